"""Asks for which report, for whom and where to, and writes it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from crmtui import paths
from crmtui.commands import reporting
from crmtui.commands.reporting import Wish
from crmtui.queries.reports import SUBJECTS, Report
from crmtui.text import N_, _
from crmtui.tui.screens.file_dialog import FORM, Choice, FileDialog
from crmtui.tui.widgets.options import Item

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

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
        "Up and down go from line to line, left and right choose, enter writes. A report for the customer holds only "
        "what may leave the house; one for ourselves holds judgements on people. The portfolio compares customers, and "
        "is for ourselves alone."
    )

    def __init__(self, workspace: Path, today: dt.date, name: str, key: int, choice: Sequence[Report]) -> None:
        super().__init__(_("Report: {name}").format(name=name))
        self._workspace, self._today, self._called, self._key = workspace, today, name, key
        self._choice = choice

    def choices(self) -> Sequence[Choice]:
        """Which, for whom, and how; what is on no customer is never for one."""
        readers = [word for word in READERS if word == OURSELVES or any(what in SUBJECTS for what in self._choice)]
        return (
            Choice("what", _("Report"), [Item(what.value, _(LABELS[what])) for what in self._choice]),
            Choice("reader", _("For"), [Item(word, _(READERS[word])) for word in readers]),
            Choice(FORM, _("Format"), [Item(word, label) for word, label in FORMS.items()]),
        )

    @property
    def wish(self) -> Wish:
        """What is chosen."""
        return Wish(
            what=Report(self.chosen("what")), key=self._key, form=self.chosen(FORM), reader=self.chosen("reader")
        )

    def suggestion(self) -> Path:
        """Named after whom it is of and which it is."""
        wish = self.wish
        title = f"{self._called[:MOST_OF_NAME].strip()} - {_(LABELS[wish.what])}"
        return paths.suggested(title, wish.form, paths.documents())

    def writing(self) -> Callable[[Path], str]:
        """Write it."""
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
