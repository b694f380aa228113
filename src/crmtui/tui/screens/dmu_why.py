"""Why the figures of a map say what they say."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.containers import VerticalScroll
from textual.widgets import Static

from crmtui.text import _
from crmtui.tui.screens.dialog import Dialog
from crmtui.tui.widgets.dmu_reasons import reasons

if TYPE_CHECKING:
    import datetime as dt

    from textual.app import ComposeResult

    from crmtui.queries.dmu import DmuPage


class FigureReasons(Dialog[None]):
    """Every term of the figures.

    Args:
        page: the map.
        today: the day it is seen from.
        key: the stakeholder whose own figures come first; None for nobody.
    """

    DEFAULT_CSS: ClassVar[str] = """
    FigureReasons VerticalScroll { height: auto; max-height: 100%; scrollbar-size-vertical: 1; }
    """

    def __init__(self, page: DmuPage, today: dt.date, key: int | None = None) -> None:
        super().__init__(_("Why these figures"))
        self.told = reasons(page, today, key)

    def compose_box(self) -> ComposeResult:
        """The terms, to scroll through."""
        with VerticalScroll():
            yield Static(self.told, markup=False)
