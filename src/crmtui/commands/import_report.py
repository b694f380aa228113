"""What an import did, or would do: the same report for both."""

from __future__ import annotations

from array import array
from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from crmtui import figures
from crmtui.domain.nouns import BY_TABLE
from crmtui.domain.values import quoted
from crmtui.text import _, line, ngettext

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from crmtui.exchange.mapping.recognised import ColumnGuess
    from crmtui.exchange.problems import Problem


class Outcome(StrEnum):
    """What became of a row."""

    NEW = "new"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    KEPT = "kept"
    DOUBTFUL = "doubtful"
    PASSED = "passed"
    REJECTED = "rejected"


class Outcomes:
    """What became of each row of a file; kept small, since files have millions of rows."""

    def __init__(self) -> None:
        self._lines: array[int] = array("q")
        self._records: array[int] = array("q")
        self._names: list[str] = []
        self._uids: list[str] = []
        self._kinds = bytearray()

    def add(
        self,
        outcome: Outcome,
        lines: Iterable[int],
        records: Iterable[int],
        names: Iterable[str],
        uids: Iterable[str] = (),
    ) -> None:
        """Some more rows that ended alike.

        Args:
            outcome: how they ended.
            lines: of the file.
            records: the keys of their records; 0 for none.
            names: what the rows call them.
            uids: the identities of their records, where these are of several kinds.
        """
        before = len(self._lines)
        self._lines.extend(lines)
        self._records.extend(records)
        self._names.extend(names)
        self._uids.extend(uids)
        self._kinds.extend([_OUTCOMES.index(outcome)] * (len(self._lines) - before))

    def turn(self, lines: Collection[int], outcome: Outcome) -> None:
        """Rows that turned out to end otherwise, by their lines."""
        for place, line_there in enumerate(self._lines):
            if line_there in lines:
                self._kinds[place] = _OUTCOMES.index(outcome)

    def __iter__(self) -> Iterator[tuple[int, Outcome, int, str, str]]:
        """(line, outcome, record, name, identity if it is known) in the order of the file."""
        for place in sorted(range(len(self._lines)), key=self._lines.__getitem__):
            uid = self._uids[place] if self._uids else ""
            yield self._lines[place], _OUTCOMES[self._kinds[place]], self._records[place], self._names[place], uid


_OUTCOMES: Final = tuple(Outcome)
MOST_DOUBTS: Final = 10_000  # that are told one by one
MOST_NAMED: Final = 5


@dataclass(frozen=True, slots=True)
class Change:
    """A field of a record that is there, before and after.

    Attributes:
        line: the line of the row.
        record_id: the record.
        name: what it is called.
        field: the field, in the user's language, or the name of a custom field.
        before: as it is shown.
        after: as it is shown.
    """

    line: int
    record_id: int
    name: str
    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Doubt:
    """A new row, or an account that one names, that may mean a record that is there, or what an earlier row tells.

    Attributes:
        line: the line of the row.
        name: what the row calls it.
        record_id: the record; `matching.SEVERAL` where there are more, 0 where it is a row.
        other: what that is called.
        score: how likely that is, 0 to 1.
        reasons: what speaks for it, in words, the strongest first.
        against: what speaks against it, in words.
        other_line: the line of the row that it may be; 0 where that is a record.
    """

    line: int
    name: str
    record_id: int
    other: str
    score: float
    reasons: tuple[str, ...]
    against: tuple[str, ...] = ()
    other_line: int = 0

    @property
    def because(self) -> str:
        """All that speaks for and against it, and the score."""
        but = (_("but {reason}").format(reason=reason) for reason in self.against)
        return f"{'; '.join((*self.reasons, *but))} ({self.score:.0%})"

    def sentence(self, other: str) -> str:
        """What it may be, and why; `other` is how the name of that is shown."""
        if self.other_line:
            told = _("may be {name} of line {line}: {reason}")
            return told.format(name=other, line=self.other_line, reason=self.because)
        return _("may be {name}: {reason}").format(name=other, reason=self.because)


@dataclass(slots=True)
class FileReport:
    """What became of one file.

    Attributes:
        path: the file.
        table: the table of the noun that it holds.
        columns: what each column was taken for, and why.
        headers: its header, for the file of rejected rows.
        notes: what was recognised, decided or mended, in sentences; first what else should be known before it is done.
        weighty: how many of them are that.
        options: how what was recognised or left unknown is said otherwise on the command line.
        new: rows that became records.
        updated: rows whose records got something that they lacked, or were overwritten on demand.
        unchanged: rows that say what the workspace says.
        kept: rows whose records say something else, which was kept.
        rejected: rows that were refused, each with line, column, value and reason.
        linked: records that rows named and no file held, added by their name alone; by table.
        respelt: words and names that were taken for another spelling: (as the file has it, as the workspace has it).
        name: what is imported is called, where that is not the name of the file: a sheet of a workbook.
        program: what wrote the file, where that was recognised.
        mapping: the file for which the mapping was made that was used again; '' for none.
        unmet: keys of another system that lead to no record, by the header of their column.
        doubtful: new rows that may mean a record that is there, or one another, the first of them.
        doubts: how many there are.
        named: accounts added by their name that may mean one that is there, or one another, the first of them.
        left_out: how many of them were left out.
        changes: what would be, or was, changed in records that are there; only where it was asked for.
        held: what the rows say otherwise and was kept as it is; only where changes were asked for.
        outcomes: what became of each row; only where it was asked for.
        reasons: why rows were kept or passed over, by line; only where outcomes were asked for.
        samples: the fields of the first new records; only where changes were asked for.
        apart: by line, what a row calls its record, and why amounts that might be changed were kept; the first of them.
        amounts_apart: how many rows that are.
    """

    path: Path
    table: str
    columns: tuple[ColumnGuess, ...] = ()
    headers: tuple[str, ...] = ()
    notes: list[str] = field(default_factory=list)
    weighty: int = 0
    options: list[str] = field(default_factory=list)
    new: int = 0
    updated: int = 0
    unchanged: int = 0
    kept: int = 0
    rejected: list[Problem] = field(default_factory=list)
    linked: Counter[str] = field(default_factory=Counter)
    respelt: Counter[tuple[str, str]] = field(default_factory=Counter)
    name: str = ""
    program: str = ""
    mapping: str = ""
    unmet: Counter[str] = field(default_factory=Counter)
    doubtful: list[Doubt] = field(default_factory=list)
    doubts: int = 0
    named: list[Doubt] = field(default_factory=list)
    left_out: int = 0
    changes: list[Change] | None = None
    held: list[Change] = field(default_factory=list)
    outcomes: Outcomes | None = None
    reasons: dict[int, str] = field(default_factory=dict)
    samples: list[Change] = field(default_factory=list)
    apart: dict[int, tuple[str, str]] = field(default_factory=dict)
    amounts_apart: int = 0

    def set_apart(self, number: int, name: str, why: str) -> None:
        """Note that amounts of a row were kept that might be changed."""
        self.amounts_apart += 1
        if len(self.apart) < MOST_DOUBTS:
            self.apart[number] = (name, why)

    @property
    def title(self) -> str:
        """What it is called."""
        return self.name or self.path.name

    def tell_first(self, notes: Iterable[str]) -> None:
        """Some more notes of what should be known before it is done."""
        told = list(notes)
        self.notes[self.weighty : self.weighty] = told
        self.weighty += len(told)

    @property
    def rows(self) -> int:
        """How many rows the file has."""
        return self.new + self.updated + self.unchanged + self.kept + self.left_out + len(self.rejected)


@dataclass(slots=True)
class ImportReport:
    """What became of all files.

    Attributes:
        files: one for each file, in the order in which they were written: our own before those of other programs.
        dry_run: whether nothing was to be written.
        done: whether the workspace was changed.
        set_id: the step that undo takes back; 0 when nothing changed.
        passed: files that were found in a folder and passed over, a sentence each.
    """

    files: list[FileReport] = field(default_factory=list)
    dry_run: bool = False
    done: bool = False
    set_id: int = 0
    passed: list[str] = field(default_factory=list)

    @property
    def rejected(self) -> int:
        """How many rows were refused."""
        return sum(len(file.rejected) for file in self.files)


def nothing_changed(report: ImportReport) -> str:
    """Why an import that refused nothing changed nothing, in a sentence."""
    kept = sum(file.kept for file in report.files)
    if not kept:
        return _("Everything in these files is there already; nothing was changed.")
    return ngettext(
        "Nothing was changed: {count} row says something else than its record, which was kept.",
        "Nothing was changed: {count} rows say something else than their records, which were kept.",
        kept,
    )


def unmet_note(header: str, count: int, *, of_ours: bool) -> str:
    """That keys in a column lead nowhere, in a sentence; `of_ours` where they should to our people."""
    if of_ours:
        told = ngettext(
            "Column {header}: {count} key leads to none of our people, and it is kept as it is.",
            "Column {header}: {count} keys lead to none of our people, and they are kept as they are.",
            count,
            header=header,
        )
        return f"{told} {_('A list of all users or owners tells whose.')}"
    return ngettext(
        "Column {header}: {count} key leads to no record, and it is kept as it is.",
        "Column {header}: {count} keys lead to no record, and they are kept as they are.",
        count,
        header=header,
    )


def added_notes(added: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """What was added by name, in sentences; by table."""
    for table, names in added.items():
        few, noun = ", ".join(map(quoted, names[:MOST_NAMED])), BY_TABLE[table].noun
        yield ngettext(
            "{count} record ({records}) added by name, since no row describes it: {names}",
            "{count} records ({records}) added by name, since no row describes them: {names}",
            count := len(names),
            records=_(noun.one if count == 1 else noun.many),
            names=few + ("…" if names[MOST_NAMED:] else ""),
        )


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
    if file.apart:
        said, first = _("line {line}, {name}: {why}"), list(file.apart.items())[:MOST_NAMED]
        few = [said.format(line=number, name=quoted(name), why=why) for number, (name, why) in first]
        notes.append(
            ngettext(
                "Amounts of {count} row are in another currency than others of its record: {rows}.",
                "Amounts of {count} rows are in another currency than others of their records: {rows}.",
                file.amounts_apart,
                rows="; ".join(few) + ("…" if file.amounts_apart > MOST_NAMED else ""),
            )
        )
    if empty := ", ".join(f"{header} {figures.count(count)}" for header, count in blank.items() if count):
        notes.append(_("Empty cells: {columns}.").format(columns=empty))
    return notes
