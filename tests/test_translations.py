"""The catalogues are complete, compiled, and keep the placeholders of their source."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from crmtui import text
from crmtui.domain.words import Level

if TYPE_CHECKING:
    from types import ModuleType

TOOL = Path(__file__).parent.parent / "tools" / "catalogue.py"


def tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location("catalogue", TOOL)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("language", [code for code in text.LANGUAGES if code != "en"])
def test_catalogue_is_complete_and_compiled(language: str) -> None:
    assert tool().complaints(language) == []


def test_one_word_may_be_said_in_two_ways() -> None:
    text.speak("it")
    try:
        assert (text._(Level.ACCOUNT.label), text._("Account")) == ("Account", "Cliente")
    finally:
        text.speak("en")
    assert text._(Level.ACCOUNT.label) == "Account"
