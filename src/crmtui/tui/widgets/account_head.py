"""The head of an account's page: who it is, how it sees us, and its figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from crmtui.text import _
from crmtui.tui import show
from crmtui.tui.widgets import account_facts as facts

if TYPE_CHECKING:
    import datetime as dt

    from crmtui.queries.accounts import AccountPage

GAP = 3
LEAST = 20  # cells for the name


class AccountHead(Widget):
    """Two lines, three where the ladder does not fit beside the name.

    Attributes:
        page: the account.
        worth: what it is worth, where that is known.
        asks: whether it is only worked out when somebody asks for it.
    """

    ALLOW_SELECT = False
    DEFAULT_CSS = "AccountHead { height: 2; padding: 0 1; }"

    page: reactive[AccountPage | None] = reactive(None)
    worth: reactive[facts.Worth | None] = reactive(None)
    asks: reactive[bool] = reactive(False)

    def __init__(self, today: dt.date) -> None:
        super().__init__()
        self._today = today

    def render(self) -> Content:
        """The lines."""
        if self.page is None:
            return Content()
        width = self.content_size.width
        account = self.page.account
        target = facts.target(account, self._today)
        ladder, marks = facts.ladder(account.level), _mark(self.page)
        ways = [Content("   ").join([Content("  ").join([ladder, *told]), target]) for told in (marks, _short(marks))]
        way = show.fitting(ways, width)
        figures = _fitting(facts.figures(self.page, self._today, self.worth, asks=self.asks), width)
        if self.content_size.height > 2:  # noqa: PLR2004 - the ladder has a line of its own
            return Content("\n").join([self._who(width), show.cells(way, width), figures])
        room = max(LEAST, width - way.cell_length - GAP)
        return Content("\n").join([show.cells(Content.assemble(self._who(room), " " * GAP, way), width), figures])

    def _who(self, width: int) -> Content:
        """The name and the place; the place is left out before the name is cut."""
        if self.page is None:
            return Content()
        name, place = show.label(self.page.account.name, "bold"), facts.place(self.page.account)
        room = width - name.cell_length - len(" · ")
        if not place or room < LEAST // 2:
            return show.cells(name, width)
        return show.cells(
            Content.assemble(name, (" · ", show.MUTED), show.cells(place, min(room, place.cell_length))), width
        )


def _mark(page: AccountPage) -> list[Content]:
    """That the level was set by hand, or entered and not assessed."""
    if page.is_level_by_hand:
        return [Content.styled(f"{show.glyphs().override} {_('by hand')}", show.WATCH)]
    return (
        [Content.styled(f"{show.glyphs().assumed} {_('not assessed')}", show.MUTED)] if page.is_level_as_entered else []
    )


def _short(marks: list[Content]) -> list[Content]:
    """The signs alone, where there is no room for their words."""
    return [mark[:1] for mark in marks]


def _fitting(figures: list[Content], width: int) -> Content:
    """As many figures as the line has room for."""
    line = Content()
    for figure in figures:
        longer = Content(" " * GAP).join([line, figure]) if line else figure
        if longer.cell_length > width:
            break
        line = longer
    return line
