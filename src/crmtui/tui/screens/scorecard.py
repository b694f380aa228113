"""The page of an opportunity: its scorecard, with the figures that move as one scores."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar, Final

from textual import on
from textual.containers import Vertical
from textual.content import Content

from crmtui.domain.words import Source
from crmtui.queries import opportunities, scorecards
from crmtui.queries.score_words import source
from crmtui.text import N_, _
from crmtui.tui import actions
from crmtui.tui.actions import bindings
from crmtui.tui.score_edits import Edit, Edits
from crmtui.tui.screens import closing, judging, project_key, score_actions as does, score_desk
from crmtui.tui.screens.base import PageScreen
from crmtui.tui.screens.project_key import PROJECT
from crmtui.tui.screens.report_key import REPORT
from crmtui.tui.screens.value_key import VALUE, open_value
from crmtui.tui.widgets import opportunity_facts as facts
from crmtui.tui.widgets.page import Pane
from crmtui.tui.widgets.score_anchors import Anchors
from crmtui.tui.widgets.score_head import ScoreHead, legend, title
from crmtui.tui.widgets.score_reasons import reasons
from crmtui.tui.widgets.score_table import ScoreTable
from crmtui.tui.widgets.told import Told, side

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable
    from pathlib import Path

    from textual.app import ComposeResult

    from crmtui.errors import CrmtuiError
    from crmtui.queries.opportunities import OpportunityPage
    from crmtui.queries.scorecards import Line, ScorecardPage as Card
    from crmtui.tui.edits import Change


@dataclass(frozen=True, slots=True)
class _Read:
    """What the page has read: the card, and the facts below it."""

    card: Card
    page: OpportunityPage


class ScorecardPage(PageScreen):
    """One opportunity and its scorecard.

    Args:
        key: the opportunity.
    """

    HELP = N_(
        "The scorecard asks the same questions of every opportunity. P(win) is learnt from those that you have closed; "
        "what is unknown is left out, widens the band, and is listed as the next thing to find out. EV is P(win) times "
        "margin, less the cost still to be spent."
    )
    BINDINGS: ClassVar = bindings(
        does.EVIDENCE,
        actions.WHY,
        does.BUDGET,
        does.RIVAL,
        does.PAST,
        does.CLOSE,
        PROJECT,
        does.RECORD,
        VALUE,
        REPORT,
        actions.CONTACT,
        does.DROP,
        does.RENEW,
        does.EDITOR,
        does.BUDGET_BACK,
        does.TEMPLATE,
    )
    DEFAULT_CSS = """
    ScorecardPage {
        & #work { width: 1fr; }
        & #meaning { height: 8; }
        & #side { width: 38; }
        &.-narrow #side { width: 52; }
    }
    """
    AUTO_FOCUS = "ScoreTable"

    def __init__(self, key: int, **more: Any) -> None:  # noqa: ANN401 - as the base asks
        super().__init__(key, **more)
        self._read: _Read | None = None
        self._older: int | None = None
        self._edits = Edits()
        self._wanted: int | None = None

    def compose_body(self) -> ComposeResult:
        """Head, table and anchors; the reasons on the right."""
        yield ScoreHead()
        with Vertical(id="work"):
            yield Pane(ScoreTable(), title=_("Scorecard"), id="card")
            yield Pane(Anchors(), id="meaning")
        yield side(Told(), _("Why, and what next"))

    @property
    def table(self) -> ScoreTable:
        """The rows."""
        return self.query_one(ScoreTable)

    @property
    def card(self) -> Card | None:
        """The card that is shown, with the grades that are still being saved."""
        return self._read.card if self._read else None

    # Reading

    def reload(self) -> None:
        """Read the card again; grades given meanwhile stay in sight."""
        work = partial(_read, self.workspace, self.key, self._older, self.crm.today)
        self.jobs.run("card", work, on_done=partial(self._show_read, self._edits.saved), on_failed=self._gone)

    def _gone(self, error: CrmtuiError) -> None:
        """The opportunity has been deleted, here or elsewhere."""
        self.crm.tell(str(error), is_wrong=True)
        if self._older is not None:
            self._show_latest()
        elif self.is_current:
            self.app.pop_screen()

    def _show_read(self, known: tuple[Change[Card], ...], read: _Read) -> None:
        self._edits.forget(known)
        self._show(_Read(self._edits.applied(read.card) if read.card.is_latest else read.card, read.page))

    def _show(self, read: _Read) -> None:
        self._read = read
        self.table.display_card(read.card)
        self.query_one(ScoreHead).show_card(read.card, read.page, self.crm.today)
        self.query_one(Told).tell(partial(_reasons, read, self.crm.today), from_top=False)
        self.query_one("#card", Pane).entitle(*title(read.card))
        self.say(legend(read.card))
        if self._wanted in [rival.competitor_id for rival in read.card.rivals]:
            self.table.go_to_competitor(self._wanted)
            self._wanted = None
        if self.at:
            self.table.go_to_criterion(self.at)
            self.at = ""
        self.refresh_bindings()

    @on(ScoreTable.Moved)
    def _show_meaning(self) -> None:
        line, rival, judged, told = self.table.line, self.table.rival, None, ""
        if line is not None and self.card is not None:
            judged = judging.judged(self.card, line, rival)
            told = "" if rival else source(line, self.card)
            self.query_one("#meaning", Pane).entitle(f"{line.label} · {rival.name if rival else _('us')}")
        self.query_one(Anchors).tell(line, judged, self.crm.today, told)
        self.refresh_bindings()

    # Scoring

    @on(ScoreTable.Graded)
    def _grade(self, event: ScoreTable.Graded) -> None:
        self._take(Edit(event.criterion_id, event.competitor_id, event.grade, self.crm.today))

    @on(Anchors.Chosen)
    def _choose(self, event: Anchors.Chosen) -> None:
        self.table.focus()
        self.table.action_grade(event.grade)

    def _take(self, edit: Edit) -> None:
        """Show a grade at once, and save it."""
        if self._read is None or not self._read.card.is_latest:
            self.crm.tell(_("An older card is kept as it was. Escape goes back to the latest, which can be scored."))
            return
        line = self.table.line
        if edit.competitor_id is None and line and line.is_computed:
            self._override(self._read.card, line, edit.grade)
            return
        self._edits.add(edit)
        self._show(_Read(self._edits.applied(self._read.card), self._read.page))
        self._save(edit)

    def _override(self, card: Card, line: Line, grade: int | None) -> None:
        """Ask why a computed grade is to be another."""
        if grade is None:
            self.crm.tell(_("It is computed: {source}.").format(source=source(line, card)))
        else:
            self.edit(judging.overriding(self.workspace, card, line, grade, self.crm.today))

    def _save(self, edit: Edit) -> None:
        from crmtui.commands import scorecards as commands

        cell = commands.Cell(self.key, edit.criterion_id, edit.competitor_id)
        self.change(
            partial(commands.score, self.workspace, cell, edit.grade, Source.TUI, edit.day),
            on_done=lambda _card: self._edits.settle(edit, is_saved=True),
            on_failed=partial(self._fail, edit),
            repeat=lambda: self._again(edit.grade),
        )

    def _fail(self, edit: Edit, error: CrmtuiError) -> None:
        self.crm.tell(str(error), is_wrong=True)
        self._edits.settle(edit, is_saved=False)
        if self.is_attached:
            self.reload()

    def _again(self, grade: int | None) -> None:
        self.table.action_grade(-1 if grade is None else grade)

    # What else can be done

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """An older card is only read."""
        card = self.card
        if action in does.LATEST_ONLY and (card is None or not card.is_latest):
            return False
        if action in _CAN:
            return card is not None and _CAN[action](self, card)
        return super().check_action(action, parameters)

    @property
    def _can_go_back(self) -> bool:
        return self._older is not None or super()._can_go_back

    def action_back(self) -> None:
        """From an older card to the latest; from there, where one came from."""
        if self._older is not None and not self.has_class("-pane"):
            self._show_latest()
        else:
            super().action_back()

    def _show_latest(self) -> None:
        self._older = None
        self.reload()

    def action_why(self) -> None:
        """How a computed criterion was made, with the cursor on one; else every term of the probability."""
        from crmtui.tui.screens import computed_why

        if self.card:
            computed_why.tell(self, self.card, None if self.table.rival else self.table.line)

    def action_report(self) -> None:
        """Write a review of the opportunity to a file."""
        from crmtui.tui.screens import reporting

        if self.card:
            reporting.ask(self, self.card.opportunity.name, self.key, reporting.OF_OPPORTUNITY)

    def action_budget(self, by: int) -> None:
        """One step on or back in the creation of a budget."""
        score_desk.step_budget(self, self.key, by)

    @on(ScoreTable.Chosen)
    def _tell_what_it_rests_on(self) -> None:
        if self.check_action("evidence", ()):
            self.action_evidence()

    def action_evidence(self) -> None:
        """Write the evidence in a form."""
        if self.card and self.table.line:
            self.edit(judging.form(self.workspace, self.card, self.table.line, self.table.rival, self.crm.today))

    def action_editor(self) -> None:
        """Write the evidence in the user's own editor."""
        if self.card and (line := self.table.line):
            judging.edit_evidence(self, self.card, line, self.table.rival)

    def action_rival(self) -> None:
        """Choose a competitor."""
        score_desk.add_rival(self, self.key, self._go_to_rival)

    def _go_to_rival(self, competitor_id: int) -> None:
        """As soon as the card has been read again."""
        self._wanted = competitor_id

    def action_drop(self) -> None:
        """Take the competitor under the cursor off."""
        if rival := self.table.rival:
            score_desk.drop_rival(self, self.key, rival)

    def action_past(self) -> None:
        """Choose one of the dated cards."""
        if self.card:
            score_desk.choose_day(self, self.card, self._show_past)

    def _show_past(self, scorecard_id: int) -> None:
        if self.card is not None:
            newest = self.card.moments[-1].scorecard_id
            self._older = None if scorecard_id == newest else scorecard_id
            self.reload()

    def action_renew(self) -> None:
        """Go on with the newer template."""
        if self.card and (newer := self.card.newer_template_id):
            score_desk.go_on_with(self, self.key, newer)

    def action_template(self) -> None:
        """Choose another template."""
        score_desk.choose_template(self, self.key)

    def action_record(self) -> None:
        """Change the opportunity itself."""
        if self.card:
            self.edit(closing.editing(self.workspace, self.card.opportunity, self.crm.today))

    def action_contact(self) -> None:
        """Write down a contact about it."""
        if self.card:
            closing.log_contact(self, self.card.opportunity)

    def action_value(self) -> None:
        """Open the value proposition."""
        open_value(self, self.key)

    def action_project(self) -> None:
        """Begin its project, or go to it."""
        if self.card:
            project_key.begin(self, self.card.opportunity)

    def action_close(self) -> None:
        """Ask how it ended."""
        if self.card:
            closing.close(self, self.card.opportunity)


_CAN: Final[dict[str, Callable[[ScorecardPage, Card], bool]]] = {
    "drop": lambda page, _card: page.table.rival is not None,
    "renew": lambda _page, card: card.newer_template_id is not None,
    "past": lambda _page, card: len(card.moments) > 1,
    "report": lambda _page, _card: True,
    "project": lambda _page, card: project_key.can_begin(card.opportunity),
    "close": lambda _page, card: not card.opportunity.stage.is_closed,
    "budget": lambda _page, card: not card.opportunity.stage.is_closed,
}


def _reasons(read: _Read, today: dt.date, width: int) -> Content:
    """Why the figures are what they are, and what the opportunity is."""
    return Content("\n").join([*reasons(read.card, today, width), *facts.section(read.page, today, width)])


def _read(path: Path, key: int, older: int | None, today: dt.date) -> _Read:
    return _Read(scorecards.card(path, key, today, older), opportunities.page(path, key, today))
