"""What an import did, or would do: the same report for both."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from crmtui import figures
from crmtui.text import _, line, ngettext

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from crmtui.exchange.mapping.recognise import ColumnGuess
    from crmtui.exchange.problems import Problem


@dataclass(slots=True)
class FileReport:
    """What became of one file.

    Attributes:
        path: the file.
        table: the table of the noun that it holds.
        columns: what each column was taken for, and why.
        headers: its header, for the file of rejected rows.
        notes: what was recognised, decided or mended, in sentences.
        new: rows that became records.
        updated: rows whose records got something that they lacked, or were overwritten on demand.
        unchanged: rows that say what the workspace says.
        kept: rows whose records say something else, which was kept.
        rejected: rows that were refused, each with line, column, value and reason.
        linked: records that rows named and no file held, added by their name alone; by table.
        respelt: words and names that were taken for another spelling: (as the file has it, as the workspace has it).
        name: what is imported is called, where that is not the name of the file: a sheet of a workbook.
    """

    path: Path
    table: str
    columns: tuple[ColumnGuess, ...] = ()
    headers: tuple[str, ...] = ()
    notes: list[str] = field(default_factory=list)
    new: int = 0
    updated: int = 0
    unchanged: int = 0
    kept: int = 0
    rejected: list[Problem] = field(default_factory=list)
    linked: Counter[str] = field(default_factory=Counter)
    respelt: Counter[tuple[str, str]] = field(default_factory=Counter)
    name: str = ""

    @property
    def title(self) -> str:
        """What it is called."""
        return self.name or self.path.name

    @property
    def rows(self) -> int:
        """How many rows the file has."""
        return self.new + self.updated + self.unchanged + self.kept + len(self.rejected)


@dataclass(slots=True)
class ImportReport:
    """What became of all files.

    Attributes:
        files: one for each file, in the order in which they were written: our own before those of other programs.
        dry_run: whether nothing was to be written.
        done: whether the workspace was changed.
        set_id: the step that undo takes back; 0 when nothing changed.
    """

    files: list[FileReport] = field(default_factory=list)
    dry_run: bool = False
    done: bool = False
    set_id: int = 0

    @property
    def rejected(self) -> int:
        """How many rows were refused."""
        return sum(len(file.rejected) for file in self.files)


def closing_notes(file: FileReport, blank: Mapping[str, int]) -> list[str]:
    """What was mended on the way, and what the file leaves open, in sentences."""
    notes = [
        ngettext(
            "“{was}” was taken for “{now}” ({count} row).",
            "“{was}” was taken for “{now}” ({count} rows).",
            count,
            was=line(was),
            now=line(now),
        )
        for (was, now), count in sorted(file.respelt.items())
    ]
    if empty := ", ".join(f"{header} {figures.count(count)}" for header, count in blank.items() if count):
        notes.append(_("Empty cells: {columns}.").format(columns=empty))
    return notes
