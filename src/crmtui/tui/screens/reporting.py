"""Asks for which report, for whom and where to, and writes it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from textual import on

from crmtui import paths
from crmtui.commands import reporting
from crmtui.commands.reporting import Wish
from crmtui.queries import report_kinds, reports
from crmtui.queries.report_kinds import SUBJECTS, Report
from crmtui.text import N_, _
from crmtui.tui import left_out, show
from crmtui.tui.screens.file_dialog import FORM, Choice, FileDialog
from crmtui.tui.widgets.options import Item, Options

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from crmtui.queries.report_kinds import Part
    from crmtui.tui.screens.base import RoomScreen

LABELS: Final[Mapping[Report, str]] = {
    Report.ACCOUNT: N_("Account plan"),
    Report.OPPORTUNITY: N_("Opportunity review"),
    Report.DMU: N_("DMU sheet"),
    Report.QUARTER: N_("Quarterly review"),
    Report.PORTFOLIO: N_("Portfolio"),
}
OF_ACCOUNT: Final = (Report.ACCOUNT, Report.DMU, Report.QUARTER)
OF_MAP: Final = (Report.DMU, Report.ACCOUNT, Report.QUARTER)
OF_OPPORTUNITY: Final = (Report.OPPORTUNITY,)
OF_ALL: Final = (Report.PORTFOLIO,)
SECTIONS: Final = "sections"
OURSELVES: Final = "internal"
READERS: Final = {OURSELVES: N_("ourselves"), "customer": N_("the customer")}
FORMS: Final = {"html": "HTML", "md": "Markdown", "pdf": "PDF"}
MOST_OF_NAME: Final = 36  # characters, so that the kind of report is still in the name of the file


class ReportScreen(FileDialog):
    """Dismissed with a sentence that tells where the report is, or with None.

    Args:
        workspace: the file.
        today: the day it is made.
        name: of whom, for the name of the file.
        key: of the account or the opportunity; 0 for all customers.
        choice: the reports to choose from; the first is chosen.
    """

    HELP = N_(
        "Up and down go from line to line, left and right choose, enter writes. Space puts a section in or leaves it "
        "out, backspace leaves all of them out; what you leave out is left out of the next report too. A report for "
        "the customer holds only what may leave the house; one for ourselves holds judgements on people. The portfolio "
        "compares customers, and is for ourselves alone."
    )
    DEFAULT_CSS = "ReportScreen .-none { display: none; }"

    def __init__(self, workspace: Path, today: dt.date, name: str, key: int, choice: Sequence[Report]) -> None:
        super().__init__(_("Report: {name}").format(name=name))
        self._workspace, self._today, self._called, self._key = workspace, today, name, key
        self._choice = choice
        self._parts = {what: report_kinds.offered(what) for what in choice}
        self._out = {what: left_out.of(what) for what in choice}
        self._of = choice[0]  # whose sections are offered

    def choices(self) -> Sequence[Choice]:
        """Which, for whom, and how; what is on no customer is never for one."""
        readers = [word for word in READERS if word == OURSELVES or any(what in SUBJECTS for what in self._choice)]
        return (
            Choice("what", _("Report"), [Item(what.value, _(LABELS[what])) for what in self._choice]),
            Choice("reader", _("For"), [Item(word, _(READERS[word])) for word in readers]),
            Choice(FORM, _("Format"), [Item(word, label) for word, label in FORMS.items()]),
            Choice(SECTIONS, _("Sections"), [], many=True),
        )

    def on_mount(self) -> None:
        """Offer the sections; the maps of opportunities have to be asked for."""
        self._offer()
        if Report.DMU in self._choice:
            asked = partial(reports.offered, self._workspace, Report.DMU, self._key)
            self._jobs.run("sections", asked, on_done=self._know, on_failed=self._failed)

    def _know(self, found: tuple[Part, ...]) -> None:
        self._parts[Report.DMU] = found
        self._offer()

    @property
    def _sections(self) -> Options:
        return self.query_one(f"#{SECTIONS}", Options)

    @on(Options.Changed)
    def _follow(self, changed: Options.Changed) -> None:
        """Other sections for another report or reader; what is left out of them is noted."""
        if changed.options.id != SECTIONS:
            self._offer()
            return
        offered, chosen = set(changed.options.offered), set(changed.options.values)
        self._out[self._of] = self._out[self._of] - offered | (offered - chosen)

    def _offer(self) -> None:
        """Those of the report that is chosen, all but what was left out last; all where that leaves none."""
        self._of = Report(self.chosen("what"))
        is_ours = self.chosen("reader") == OURSELVES
        parts = [part for part in self._parts[self._of] if part.is_shared or is_ours]
        items = [Item(part.id, show.at_most(show.label(part.title), MOST_OF_NAME).plain) for part in parts]
        every = [item.value for item in items]
        self._sections.offer(items, [one for one in every if one not in self._out[self._of]] or every)
        self.query_one(f"#line-{SECTIONS}").set_class(not items, "-none")
        self._tell("" if items else _("Nothing of this report is for the customer."))

    def action_take(self) -> None:
        """Write it, unless every section is left out."""
        if self._sections.offered and not self._sections.values:
            self._tell(_("Every section is left out: put one in."), is_wrong=True)
        else:
            super().action_take()

    @property
    def wish(self) -> Wish:
        """What is chosen."""
        return Wish(
            what=Report(self.chosen("what")),
            key=self._key,
            form=self.chosen(FORM),
            reader=self.chosen("reader"),
            sections=() if self._sections.values == self._sections.offered else self._sections.values,
        )

    def suggestion(self) -> Path:
        """Named after whom it is of and which it is."""
        wish = self.wish
        title = f"{self._called[:MOST_OF_NAME].strip()} - {_(LABELS[wish.what])}"
        return paths.suggested(title, wish.form, paths.documents())

    def writing(self) -> Callable[[Path], str]:
        """Write it, and remember what was left out."""
        left_out.keep(self._of, self._sections.offered, self._sections.values)
        return partial(_written, self._workspace, self.wish, self._today, self.heed)


def ask(screen: RoomScreen, name: str, key: int, choice: Sequence[Report]) -> None:
    """Let the user choose a report, write it, and tell where it is."""

    def closed(told: str | None) -> None:
        if told is not None:
            screen.crm.tell(told)

    screen.app.push_screen(ReportScreen(screen.workspace, screen.crm.today, name, key, choice), closed)


def _written(workspace: Path, wish: Wish, today: dt.date, heed: Callable[[], None], target: Path) -> str:
    """In a thread: a sentence of what was written and where."""
    title = reporting.write(workspace, wish, today, target, heed)
    return _("{title}: written to {file}.").format(title=title, file=str(target))
