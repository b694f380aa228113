"""What is said of the parts of a file, its sheets or lists: that one is not there, or was left out, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmtui.domain.values import quoted
from crmtui.exchange.problems import refusal
from crmtui.text import _, key, line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from crmtui.exchange.sheets.workbook import Sheet


def which(path: Path, sheets: Sequence[Sheet]) -> str:
    """That something was said of a workbook which counts for one of its sheets only."""
    names = ", ".join(quoted(sheet.name) for sheet in sheets)
    return _("it has the sheets {names}; say which holds what, as in --as '{file}/{sheet}=accounts'").format(
        names=names, file=line(path.name), sheet=line(sheets[0].name)
    )


def refuse_unknown(path: Path, wanted: Sequence[str], names: Sequence[str], told: str) -> None:
    """Refuse a file without a sheet or list that was chosen."""
    there = set(map(key, names))
    for name in wanted:
        if key(name) not in there:
            raise refusal(path, told.format(name=quoted(name), names=", ".join(map(quoted, names))))


def no_table(left_out: Sequence[tuple[str, str]]) -> str:
    """That none of the sheets can be read, and why."""
    if not left_out:
        return _("there is nothing in its sheets; is this the right file?")
    return " ".join(f"{line(name)}: {why}" for name, why in left_out)


def told(left_out: Sequence[tuple[str, str]]) -> Iterator[str]:
    """Which sheets were left out, and why."""
    for name, why in left_out:
        yield _("Sheet {name} was left out: {why}").format(name=line(name), why=why)
