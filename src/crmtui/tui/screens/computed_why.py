"""Why a computed criterion has its grade, and the way to where it is changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from crmtui.domain.words import Computed
from crmtui.text import N_
from crmtui.tui.actions import Action, bindings
from crmtui.tui.screens.dialog import Dialog
from crmtui.tui.screens.score_why import ScoreWhy
from crmtui.tui.widgets.score_computed import terms

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from crmtui.queries.scorecards import Line, ScorecardPage
    from crmtui.tui.screens.base import RoomScreen

GO: Final = "go"
ALL: Final = "all"
THERE: Final = Action(
    id="computed.go", key="enter", label=N_("Go there"), help=N_("Go to the place where it can be changed.")
)
EVERYTHING: Final = Action(
    id="computed.all", key="w", label=N_("Why P(win)"), help=N_("See every term of the probability.")
)


class ComputedWhy(Dialog[str]):
    """The terms of a computed criterion; the answer is `GO`, `ALL` or None.

    Args:
        page: the card.
        line: the row.
    """

    BINDINGS: ClassVar = bindings(THERE, EVERYTHING)
    DEFAULT_CSS: ClassVar[str] = """
    ComputedWhy VerticalScroll { height: auto; max-height: 100%; scrollbar-size-vertical: 1; }
    """

    def __init__(self, page: ScorecardPage, line: Line) -> None:
        super().__init__(line.label)
        self._page = page
        self._line = line

    def compose_box(self) -> ComposeResult:
        """The terms."""
        with VerticalScroll():
            yield Static(Content("\n").join(terms(self._line, self._page)), markup=False)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Where there is a place to go to."""
        if action == "go":
            return place(self._page, self._line) is not None
        return super().check_action(action, parameters)

    def action_go(self) -> None:
        """Answer that one wants to go there."""
        self.dismiss(GO)

    def action_all(self) -> None:
        """Answer that one wants to see everything."""
        self.dismiss(ALL)


def tell(screen: RoomScreen, page: ScorecardPage, line: Line | None) -> None:
    """Say over a screen how a computed row was made, or every term of the probability, for any other row."""

    def answered(answer: str | None) -> None:
        if answer == ALL:
            screen.app.push_screen(ScoreWhy(page))
        elif answer == GO and line and (there := place(page, line)):
            table, key, part = there
            screen.crm.open_record(table, key, at=part)

    if line and line.computed:
        screen.app.push_screen(ComputedWhy(page, line), answered)
    else:
        screen.app.push_screen(ScoreWhy(page))


def place(page: ScorecardPage, line: Line) -> tuple[str, int, str] | None:
    """The table, the key and the part of the page where a computed criterion is changed; None for nowhere yet."""
    if line.computed is Computed.LEVEL:
        account = page.opportunity.account_id
        return ("account", account, "relationship") if account else None
    if line.computed in (Computed.FAVOUR, Computed.COVERAGE, Computed.WINS) and page.sources.standing:
        return ("dmu_map", page.sources.standing.map_id, "")
    return None
