"""The catalogues are complete, compiled, and keep the placeholders of their source."""

from __future__ import annotations

import ast
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


def test_what_is_said_of_one_and_of_many_is_marked_together() -> None:
    """`ngettext` finds pairs only: two messages that were marked one by one are told in English."""
    apart = [
        f"{file.name}:{node.lineno}"
        for file in sorted(Path(text.__file__).parent.rglob("*.py"))
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "ngettext"
        if not (isinstance(node.args[0], ast.Starred) or all(isinstance(one, ast.Constant) for one in node.args[:2]))
    ]
    assert apart == []


def test_one_word_may_be_said_in_two_ways() -> None:
    text.speak("it")
    try:
        assert (text._(Level.ACCOUNT.label), text._("Account")) == ("Account", "Cliente")
    finally:
        text.speak("en")
    assert text._(Level.ACCOUNT.label) == "Account"
