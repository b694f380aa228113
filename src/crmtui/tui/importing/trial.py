"""What an import would do, before it does: counts, each field before and after, doubts, and what is refused."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Final

from textual.content import Content

from crmtui import figures
from crmtui.text import N_, NP_, _, line
from crmtui.tui import show
from crmtui.tui.importing.step import ListStep
from crmtui.tui.widgets.window_source import ListColumn, Row

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crmtui.commands.import_report import Change, FileReport, ImportReport

MOST: Final = 2_000  # of a kind and file that are listed; the result file has all
COLUMNS: Final = (
    ListColumn(key="kind", title=N_("What"), width=9, widest=12, sortable=False),
    ListColumn(key="line", title=NP_("file", "Line"), width=6, widest=9, justify="right", sortable=False),
    ListColumn(key="record", title=N_("Record"), width=18, widest=30, sortable=False),
    ListColumn(key="told", title=N_("Before and after, or why"), width=30, flexible=True, sortable=False),
)


_Cells = tuple["Content | str", ...]


class TrialStep(ListStep):
    """What would be done."""

    NAME = N_("Trial")
    COLUMNS = COLUMNS
    CAN_OPEN = False
    DEFAULT_CSS = "TrialStep { & > #said { max-height: 8; } & > #about { max-height: 6; } }"
    HELP = N_("What the import would do: nothing is written yet. Ctrl+S imports; escape goes back to change something.")

    def refresh_rows(self) -> None:
        """Show what the trial told."""
        report = self.plan.trial
        self.say(Content("\n").join(map(counted, report.files)) if report else Content(_("Trying")))
        super().refresh_rows()

    def rows(self) -> list[Row]:
        """Refusals, doubts, what is added by name; then notes, changes, what is kept, and the first new records."""
        report = self.plan.trial
        return [Row(number, cells) for number, cells in enumerate(cells_of(report), 1)] if report else []

    def about(self) -> Content:
        """The row under the cursor in full, and of which of several files it is."""
        report, place = self.plan.trial, self.place
        if report is None or place is None:
            return Content()
        found = list(_of_files(report))
        if place >= len(found):
            return Content()
        file, cells = found[place]
        told = [_plain(cell) for cell in cells[1:]]
        told += [file] if len(report.files) > 1 and file not in told else []
        return show.label(" · ".join(filter(None, told)))


def counted(file: FileReport) -> Content:
    """What became, or would become, of the rows of a file."""
    parts = [
        (file.new, _("{count} new"), ""),
        (file.updated, _("{count} changed"), ""),
        (file.unchanged, _("{count} known already"), ""),
        (file.kept, _("{count} differ and were kept as they are"), show.WATCH),
        (sum(file.linked.values()), _("{count} added by name"), show.WATCH),
        (file.doubts + len(file.named), _("{count} doubtful"), show.WATCH),
        (len(file.rejected), _("{count} refused"), show.ACT),
    ]
    told = [Content.styled(said.format(count=figures.count(count)), style) for count, said, style in parts if count]
    return Content.assemble(show.label(file.title, "bold"), ": ", Content(", ").join(told or [Content(_("nothing"))]))


def cells_of(report: ImportReport) -> Iterator[_Cells]:
    """The rows of a trial."""
    return (cells for _file, cells in _of_files(report))


def _of_files(report: ImportReport) -> Iterator[tuple[str, _Cells]]:
    """The rows, each with its file: of all files first what should be known before it is done."""
    told_of = ("rejected", "doubtful", "named", "changes", "held", "samples")
    if not any(getattr(file, name) for file in report.files for name in told_of):
        told = _("Nothing is refused or in doubt, and no record that is there changes.")
        yield "", (Content.styled(_("nothing"), show.MUTED), "", "", told)
    for rows_of in (_refused, _doubtful, _weighty, _others):
        for file in report.files:
            yield from ((file.title, cells) for cells in rows_of(file))


def _refused(file: FileReport) -> Iterator[_Cells]:
    for problem in file.rejected[:MOST]:
        why = ": ".join(filter(None, (problem.column, line(problem.value)[:60], problem.reason)))
        name = next((line(cell) for cell in problem.values if cell.strip()), "")
        yield Content.styled(_("refused"), show.ACT), str(problem.line), name, show.label(why)


def _doubtful(file: FileReport) -> Iterator[_Cells]:
    for doubt in (*file.doubtful[:MOST], *file.named[:MOST]):
        why = doubt.sentence(doubt.other)
        yield Content.styled(_("doubtful"), show.WATCH), str(doubt.line), doubt.name, show.label(why)


def _weighty(file: FileReport) -> Iterator[_Cells]:
    for note in file.notes[: file.weighty]:
        yield Content.styled(_("note"), show.WATCH), "", file.title, show.label(note)


def _others(file: FileReport) -> Iterator[_Cells]:
    for note in file.notes[file.weighty :]:
        yield Content.styled(_("note"), show.MUTED), "", file.title, show.label(note)
    for change in (file.changes or ())[:MOST]:
        yield _("change"), str(change.line), change.name, _before_after(change.field, change.before, change.after)
    for one in file.held[:MOST]:
        yield Content.styled(_("kept"), show.WATCH), str(one.line), one.name, _kept(one)
    for (number, name), fields in groupby(file.samples, key=lambda one: (one.line, one.name)):
        yield Content.styled(_("new"), show.MUTED), str(number), name, Content("  ").join(map(_filled, fields))


def _filled(one: Change) -> Content:
    return Content.assemble((f"{show.label(one.field).plain} ", show.MUTED), show.label(one.after))


def _before_after(field: str, before: str, after: str) -> Content:
    was = show.label(before) if before else show.nothing()
    return Content.assemble((f"{show.label(field).plain}  ", show.MUTED), was, (" > ", show.MUTED), show.label(after))


def _kept(one: Change) -> Content:
    told = _("{kept}, not {other}").format(kept=one.before or _("nothing"), other=one.after)
    return Content.assemble((f"{show.label(one.field).plain}  ", show.MUTED), show.label(told))


def _plain(cell: Content | str) -> str:
    return cell if isinstance(cell, str) else cell.plain
