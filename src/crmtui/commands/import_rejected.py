"""The rows that an import refused, as files that can be mended and imported again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmtui.exchange.atomic import atomic, refuse_taken
from crmtui.exchange.mended import REASONS
from crmtui.exchange.writing import Format, write_rows

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from crmtui.commands.import_report import FileReport, ImportReport


def write_rejected(report: ImportReport, target: Path) -> list[Path]:
    """Write the refused rows with their columns, then line, column, value and reason; returns the files.

    One file where one file had any; else one for each, named after it: `bad.csv` becomes `bad-accounts.csv`.

    Raises:
        FileProblemError: the target cannot be written.
    """
    files = [file for file in report.files if file.rejected]
    places = [target if len(files) == 1 else _beside(target, file.path) for file in files]
    for place, file in zip(places, files, strict=True):
        refuse_taken(place, (one.path for one in report.files))
        headers = _once(file.headers)
        with atomic(place) as stream:
            write_rows(stream, Format.CSV, (*headers, *REASONS), _rows(file, len(headers)))
    return places


def _rows(file: FileReport, width: int) -> Iterator[Sequence[str | int]]:
    for problem in file.rejected:
        cells = [*problem.values, *[""] * width][:width]
        yield (*cells, problem.line, problem.column, problem.value, problem.reason)


def _once(headers: Sequence[str]) -> list[str]:
    """Headers, none twice: a file may have repeated one."""
    found: list[str] = []
    for header in headers:
        name, count = header, 1
        while name in found or name in REASONS:
            count += 1
            name = f"{header} ({count})"
        found.append(name)
    return found


def _beside(target: Path, source: Path) -> Path:
    return target.with_name(f"{target.stem}-{source.stem}{target.suffix}")
