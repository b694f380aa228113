from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import pytest
from textual._styles_cache import StylesCache
from textual.css.stylesheet import Stylesheet

from crmtui.tui import changes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.css.model import RuleSet


@pytest.fixture(autouse=True)
def _nothing_drawn_is_kept() -> Iterator[None]:
    """Textual remembers the borders of a thousand widgets, and with them every line that they have drawn."""
    yield
    StylesCache.get_inner_outer.cache_clear()


@pytest.fixture(autouse=True)
def _writers_end(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The thread that writes for an app ends with the test, or it would keep the app with all that it has drawn."""
    begun: list[ThreadPoolExecutor] = []

    def writer(*, max_workers: int, thread_name_prefix: str) -> ThreadPoolExecutor:
        begun.append(ThreadPoolExecutor(max_workers, thread_name_prefix))
        return begun[-1]

    monkeypatch.setattr(changes, "ThreadPoolExecutor", writer)
    yield
    for one in begun:
        one.shutdown()


@pytest.fixture(scope="session", autouse=True)
def _rules_are_parsed_once() -> Iterator[None]:
    """All apps share what became of rules in the same colours: to parse them was a sixth of the time of each app."""
    kept: dict[tuple[object, ...], list[RuleSet]] = {}
    parsed = Stylesheet._parse_rules

    def once(sheet: Stylesheet, *arguments: Any, **named: Any) -> list[RuleSet]:
        key = (*sheet._variables, *sheet._variables.values(), *arguments, *named.values())
        if key not in kept:
            kept[key] = parsed(sheet, *arguments, **named)
        return kept[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Stylesheet, "_parse_rules", once)
        yield
