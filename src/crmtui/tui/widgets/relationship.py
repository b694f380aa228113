"""The relationship with an account: its ladder with what is met and missing, ratings, playbook and history."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, ClassVar, Final, Self, cast

from textual import on
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.widgets import Static

from crmtui.domain.words import Indicator, Source
from crmtui.method.gates import RANKS, Name
from crmtui.queries import relationship as queries, relationship_words as words
from crmtui.text import N_, _
from crmtui.tui import actions
from crmtui.tui.actions import Action, bindings
from crmtui.tui.edits import Edits
from crmtui.tui.jobs import Jobs
from crmtui.tui.screens import relating
from crmtui.tui.screens.maps import open_map
from crmtui.tui.screens.told import ToldScreen
from crmtui.tui.widgets import ladder_told
from crmtui.tui.widgets.ladder_paint import gate_of, is_plannable, label_of
from crmtui.tui.widgets.ladder_rows import Field
from crmtui.tui.widgets.ladder_table import LadderTable
from crmtui.tui.widgets.told import Told, side

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Mapping, Sequence

    from textual.app import ComposeResult

    from crmtui.errors import CrmtuiError
    from crmtui.queries.relationship import RelationshipPage
    from crmtui.tui.edits import Change
    from crmtui.tui.screens.base import RoomScreen
    from crmtui.tui.widgets.ladder_rows import Place

OPEN: Final = Action(
    id="ladder.open",
    key="enter",
    label=N_("Go there"),
    help=N_("Go to where the gate is met: people, ratings, orders."),
)
EVIDENCE: Final = Action(
    id="ladder.evidence",
    key="e",
    label=N_("Evidence"),
    help=N_("Write down what the rating under the cursor rests on, who says so, and whether it is confirmed."),
)
PLAN: Final = Action(
    id="ladder.plan", key="a", label=N_("Plan it"), help=N_("Make the missing gate an action of the account plan.")
)
LEVEL: Final = Action(
    id="ladder.level",
    key="s",
    label=N_("Level, target"),
    help=N_("Set the target and its date, or the level itself by hand with a reason."),
)
PAST: Final = Action(
    id="ladder.past", key="O", label=N_("Older"), help=N_("See how it was assessed on another day; it is only read.")
)


LATEST: Final = Action(
    id="ladder.latest", key="escape", label=N_("Latest"), help=N_("Go back to the latest assessment.")
)
AGAIN: Final = Action(
    id="ladder.again",
    key="n",
    label=N_("Assess again"),
    help=N_("Keep today what the gates say now; the ratings stay as they are until you change them."),
)
DROP: Final = Action(
    id="ladder.drop",
    key="d,delete",
    label=N_("Delete"),
    help=N_("Delete the assessment that is shown; the level becomes that of the one before. Undo brings it back."),
)
_DOABLE: Final[Mapping[str, Callable[[RelationshipPage, Place], bool]]] = {
    "why": lambda _page, _place: True,
    "level": lambda page, _place: page.is_latest,
    "again": lambda page, _place: page.is_latest,
    "drop": lambda page, _place: page.assessment is not None,
    "past": lambda page, _place: len(page.assessment_ids) > 1,
    "open": lambda _page, place: isinstance(place, Name),
    "plan": lambda page, place: isinstance(place, Name) and is_plannable(page, gate_of(page, place)),
    "evidence": lambda page, place: page.is_latest and not isinstance(place, Name),
    "editor": lambda page, place: page.is_latest and (isinstance(place, Indicator) or place is Field.BENEFIT),
}


@dataclass(frozen=True, slots=True, eq=False)
class RatingEdit:
    """A rating that the user gave; each is one of its own."""

    place: Place
    grade: int | None
    day: dt.date

    def applied(self, page: RelationshipPage) -> RelationshipPage:
        """The page with it."""
        if isinstance(self.place, Indicator):
            return queries.regraded(page, self.place, self.grade, self.day)
        if page.assessment is None:
            return page
        return replace(page, assessment=replace(page.assessment, willingness=self.grade, willingness_on=self.day))


class Relationship(Horizontal):
    """The part of an account's page about the relationship.

    Args:
        room: the screen that it will be on.
        account_id: whose.
    """

    BINDINGS: ClassVar = bindings(EVIDENCE, PLAN, LEVEL, OPEN, actions.WHY, AGAIN, PAST, LATEST, DROP, actions.EDITOR)
    DEFAULT_CSS = """
    Relationship {
        layers: base over;
        & #standing { height: 2; text-wrap: nowrap; text-overflow: ellipsis; }
        & #side { height: 1fr; border: none; border-left: vkey $foreground 25%; }
        .-narrow & #side { border: round $foreground 25%; }
    }
    """

    class Wanted(Message):
        """Another part of the page is wanted.

        Attributes:
            tab: its id.
        """

        def __init__(self, tab: str) -> None:
            super().__init__()
            self.tab = tab

    def __init__(self, room: RoomScreen, account_id: int) -> None:
        super().__init__(id="relationship")
        self.account_id = account_id
        self.page: RelationshipPage | None = None
        self.table = LadderTable()
        self._told = Told()
        self._today = room.crm.today
        self._older: int | None = None
        self._edits: Edits[RelationshipPage] = Edits()
        self._jobs = Jobs(self)

    def compose(self) -> ComposeResult:
        """How it stands above the rows; what goes with the row beside them."""
        with Vertical():
            yield Static(id="standing", markup=False)
            yield self.table
        yield side(self._told, _("Row, history, playbook"))

    @property
    def room(self) -> RoomScreen:
        """The screen that it is on."""
        return cast("RoomScreen", self.screen)

    def focus(self, scroll_visible: bool = True) -> Self:
        """Put the focus on the rows."""
        self.table.focus(scroll_visible)
        return self

    # Reading

    def reload(self) -> None:
        """Read again; ratings given meanwhile stay in sight."""
        if self.is_attached:
            work = partial(queries.page, self.room.workspace, self.account_id, self._today, self._older)
            read = partial(self._show_read, self._edits.saved)
            self._jobs.run("relationship", work, on_done=read, on_failed=self._gone)

    def _gone(self, error: CrmtuiError) -> None:
        """The older assessment has been deleted; that of the account itself the page says."""
        if self._older is not None:
            self.room.crm.tell(str(error), is_wrong=True)
            self._older = None
            self.reload()

    def _show_read(self, known: Sequence[Change[RelationshipPage]], page: RelationshipPage) -> None:
        self._edits.forget(known)
        before = self.page.account.level if self.page else page.account.level
        if before is not page.account.level:
            told = _("The level went from {before} to {after}; s sets it by hand, with a reason.")
            self.room.crm.tell(told.format(before=_(before.label), after=_(page.account.level.label)))
        self._show(self._edits.applied(page) if page.is_latest else page)

    def _show(self, page: RelationshipPage) -> None:
        self.page = page
        self.query_one("#standing", Static).update(ladder_told.standing(page, self._today))
        self.table.display_page(page)

    @on(LadderTable.Moved)
    def _tell(self) -> None:
        if self.page is not None:
            place = self.table.place
            self._told.tell(ladder_told.beside(self.page, place, self._today))
            if place is not None:
                self.room.say(ladder_told.on_one_line(self.page, place, self._today))
            self.refresh_bindings()

    # Rating

    @on(LadderTable.Graded)
    def _grade(self, event: LadderTable.Graded) -> None:
        if self.page is None or not self.page.is_latest:
            return
        edit = RatingEdit(event.place, event.grade, self._today)
        self._edits.add(edit)
        self._show(edit.applied(self.page))
        self.room.change(
            relating.rating(self.room.workspace, self.account_id, event.place, event.grade, self._today),
            on_done=lambda _key: self._edits.settle(edit, is_saved=True),
            on_failed=partial(self._fail, edit),
            repeat=lambda: self.table.action_grade(-1 if event.grade is None else event.grade),
        )

    def _fail(self, edit: RatingEdit, error: CrmtuiError) -> None:
        self.room.crm.tell(str(error), is_wrong=True)
        self._edits.settle(edit, is_saved=False)
        self.reload()

    # What else can be done

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What can be done to the row under the cursor."""
        if action == "latest":
            return self._older is not None and not self.room.has_class("-pane")
        if action in _DOABLE:
            return (
                self.page is not None and self.table.place is not None and _DOABLE[action](self.page, self.table.place)
            )
        return super().check_action(action, parameters)

    def action_evidence(self) -> None:
        """Write down what goes with the row."""
        if self.page and self.table.place is not None:
            self.room.edit(relating.form(self.room.workspace, self.page, self.table.place, self._today))

    def action_editor(self) -> None:
        """Write the evidence in the user's own editor."""
        if self.page and (place := self.table.place) is not None:
            relating.edit_text(self.room, self.page, place, self._today)

    def action_level(self) -> None:
        """Set target and level."""
        if self.page:
            self.room.edit(relating.setting(self.room.workspace, self.page, self._today))

    def action_plan(self) -> None:
        """Make the gate an action of the account plan."""
        place = self.table.place
        if self.page and isinstance(place, Name):
            work = relating.planning(self.room.workspace, self.page, gate_of(self.page, place), self._today)
            name = words.action(gate_of(self.page, place))
            self.room.change(work, on_done=lambda _key: self.room.crm.tell(_("Planned: {name}").format(name=name)))

    def action_open(self) -> None:
        """Go to where the gate is met."""
        place = self.table.place
        if not self.page or not isinstance(place, Name):
            return
        if place in RANKS:
            open_map(self.room, self.account_id)
        elif place is Name.BUYER_ORDERS:
            self.post_message(self.Wanted("orders"))
        else:
            rated = [term for term in gate_of(self.page, place).terms if isinstance(term.of, Indicator)]
            weakest = min(rated, key=lambda term: -1 if term.value is None else term.value)
            self.table.go_to(cast("Indicator", weakest.of))

    @on(LadderTable.Chosen)
    def _choose(self) -> None:
        """A row was clicked twice: go where the gate is met, or write what the rating rests on."""
        if isinstance(self.table.place, Name):
            self.action_open()
        elif self.check_action("evidence", ()):
            self.action_evidence()

    def action_again(self) -> None:
        """Assess as of today."""
        from crmtui.commands import assessments

        work = partial(assessments.assess, self.room.workspace, self.account_id, Source.TUI, self._today)
        self.room.change(work)

    def action_drop(self) -> None:
        """Delete the assessment that is shown."""
        from crmtui.commands import assessments, records

        if self.page and self.page.assessment:
            self._older = None
            keys = [self.page.assessment.id]
            work = partial(assessments.delete, self.room.workspace, keys, Source.TUI)
            self.room.change(work, on_done=lambda gone: self.room.crm.tell(records.said(gone)))

    def action_why(self) -> None:
        """The terms behind the level and the strength."""
        if self.page:
            place = self.table.place
            title = label_of(place) if isinstance(place, Name) else self.page.account.name
            self.app.push_screen(ToldScreen(title, ladder_told.why(self.page, place, self._today)))

    def action_past(self) -> None:
        """Choose one of the dated assessments."""
        if self.page:
            self.app.push_screen(relating.past(self.page), self._show_past)

    def action_latest(self) -> None:
        """Go back to the latest assessment."""
        self._older = None
        self.reload()

    def _show_past(self, found: relating.Dated | None) -> None:
        if found is not None and self.page is not None:
            newest = self.page.assessment_ids[-1]
            self._older = None if found.key == newest else found.key
            self.reload()
