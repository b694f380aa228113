"""What became of each row of an import, as a file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from crmtui.commands.import_report import Outcome
from crmtui.exchange.atomic import atomic, refuse_taken
from crmtui.exchange.writing import Format, write_rows
from crmtui.store.reading.connections import reading
from crmtui.text import _

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from crmtui.commands.import_report import FileReport, ImportReport

HEADERS: Final = ("file", "line", "outcome", "written", "uid", "name", "changes", "reason")
_FORMATS: Final = {".jsonl": Format.JSONL, ".tsv": Format.TSV, ".json": Format.JSON}
_PAGE: Final = 5_000


def write_results(workspace: Path, report: ImportReport, target: Path) -> int:
    """Write a row for each row of the files, in the format that the name of the target asks for, else CSV.

    Args:
        workspace: where the records are that the rows mean.
        report: of an import whose options said `is_traced`.
        target: the file; it is written whole or not at all.

    Returns:
        How many rows there are.

    Raises:
        FileProblemError: the target cannot be written.
    """
    form = _FORMATS.get(target.suffix.lower(), Format.CSV)
    refuse_taken(target, (file.path for file in report.files))
    with atomic(target) as stream:
        if not workspace.exists():  # a trial where there is none yet
            return write_rows(stream, form, HEADERS, _rows(None, report))
        with reading(workspace) as connection:
            return write_rows(stream, form, HEADERS, _rows(connection, report))


def _rows(connection: sqlite3.Connection | None, report: ImportReport) -> Iterator[Sequence[object]]:
    for file in report.files:
        yield from _of_file(connection, file, is_written=report.done)


def _of_file(
    connection: sqlite3.Connection | None, file: FileReport, *, is_written: bool
) -> Iterator[Sequence[object]]:
    changes, held = _changes(file), _held(file)
    doubts = {doubt.line: doubt.sentence(doubt.other) for doubt in file.doubtful}
    ended = list(file.outcomes or ())
    refused = [(problem.line, Outcome.REJECTED, 0, "", "") for problem in file.rejected]
    reasons = file.reasons | {
        problem.line: _reason(problem.column, problem.value, problem.reason) for problem in file.rejected
    }
    every = sorted((*ended, *refused), key=lambda each: each[0])
    for start in range(0, len(every), _PAGE):
        page = every[start : start + _PAGE]
        uids = _uids(connection, file.table, {record for _line, _outcome, record, _name, uid in page if not uid})
        for line, outcome, record, name, uid in page:
            did = is_written and outcome in (Outcome.NEW, Outcome.UPDATED)
            shown = uid or uids.get(record, "")
            _called, apart = file.apart.get(line, ("", ""))
            reason = reasons.get(line, doubts.get(line, apart))
            if outcome is Outcome.KEPT:
                reason = "; ".join(filter(None, (reason, held.get((line, record)))))
            yield file.title, line, outcome.value, did, shown, name, changes.get((line, record), ""), reason


def _changes(file: FileReport) -> dict[tuple[int, int], str]:
    """What changes in a record, by (line, record): `Industry: retail > services`."""
    found: dict[tuple[int, int], str] = {}
    for change in file.changes or ():
        told = f"{change.field}: {change.before or '-'} > {change.after}"
        before = found.get((change.line, change.record_id))
        found[change.line, change.record_id] = f"{before}; {told}" if before else told
    return found


def _held(file: FileReport) -> dict[tuple[int, int], str]:
    """What a row says otherwise and was kept, by (line, record)."""
    found: dict[tuple[int, int], str] = {}
    for one in file.held:
        kept = _("{kept}, not {other}").format(kept=one.before or _("nothing"), other=one.after)
        before = found.get((one.line, one.record_id))
        found[one.line, one.record_id] = "; ".join(filter(None, (before, f"{one.field}: {kept}")))
    return found


def _reason(column: str, value: str, why: str) -> str:
    return ": ".join(filter(None, (column, value[:200], why)))


def _uids(connection: sqlite3.Connection | None, table: str, records: set[int]) -> dict[int, str]:
    """The identities of records that are there."""
    wanted = ", ".join(str(record) for record in records if record)
    if connection is None or not wanted:
        return {}
    return dict(connection.execute(f"SELECT id, uid FROM {table} WHERE id IN ({wanted})").fetchall())
