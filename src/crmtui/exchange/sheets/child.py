"""The reading of a workbook in a process of its own; run as a script, and in need of nothing of this program.

The reader is made for speed and trusts what it reads: a file that is made for it can end the process, fill the memory
or write to the terminal. Here none of that matters: the process has a limit of memory and of time, and nobody sees
what it says on its standard error.

Standard output gets a line of JSON for each row, a list of its cells, and one before and after the rows
of each sheet, an object.
"""

from __future__ import annotations

import datetime as dt
import json
import sys
from typing import Any, Final, TextIO

_WHOLE: Final = 1e15
_A_GROUP: Final = 3
_MOST_MERGED: Final = 100_000


def main(path: str, memory: str, seconds: str) -> None:
    """Write the sheets of a workbook to standard output; exit code 3 for a password, 4 for what cannot be read."""
    _limit(int(memory), int(seconds))
    import python_calamine as calamine

    try:
        with open(path, "rb") as stream, calamine.CalamineWorkbook.from_filelike(stream) as workbook:  # noqa: PTH123 - pathlib takes its time
            for place, sheet in enumerate(workbook.sheets_metadata):
                if sheet.typ == calamine.SheetTypeEnum.WorkSheet:
                    is_hidden = sheet.visible != calamine.SheetVisibleEnum.Visible
                    _write(sys.stdout, workbook.get_sheet_by_index(place), is_hidden=is_hidden)
    except calamine.PasswordError:
        sys.exit(3)
    except calamine.CalamineError:
        sys.exit(4)


def _limit(memory: int, seconds: int) -> None:
    """Limit the process where the system can; elsewhere who waits for it does."""
    try:
        import resource
    except ImportError:
        return
    for what, most in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_CORE, 0),
    ):
        hard = resource.getrlimit(what)[1]
        resource.setrlimit(what, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))


def _write(out: TextIO, sheet: Any, *, is_hidden: bool) -> None:  # noqa: ANN401 - the library is loaded later
    start = sheet.start
    merged = [[*first, *last] for first, last in (sheet.merged_cell_ranges or ())[:_MOST_MERGED] if first[0] < last[0]]
    encode = json.JSONEncoder(separators=(",", ":")).encode
    head = {"sheet": sheet.name, "hidden": is_hidden, "start": start, "merged": merged}
    out.write(encode(head) + "\n")
    filled = [0] * sheet.width
    if start is not None:
        rows = iter(sheet.iter_rows())
        for _row in range(start[0]):  # they are given, empty, though the sheet is said to begin below them
            next(rows, None)
        for row in rows:
            cells = [cell if cell.__class__ is str else plain(cell) for cell in row]
            out.write(encode(cells) + "\n")
            for place, cell in enumerate(cells):
                if cell != "":
                    filled[place] += 1
    out.write(encode({"filled": filled}) + "\n")


def plain(cell: object) -> str | float:
    """A cell as text: plain digits, ISO 8601, yes or no; a number with more digits than are shown stays one."""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float | int):
        return _digits(cell)
    if isinstance(cell, dt.datetime):
        return cell.date().isoformat() if cell.time() == dt.time() else cell.isoformat(" ", "seconds")
    if isinstance(cell, dt.timedelta):
        minutes, seconds = divmod(round(cell.total_seconds()), 60)
        return f"{minutes // 60}:{minutes % 60:02}:{seconds:02}"
    return cell.isoformat() if isinstance(cell, dt.date | dt.time) else str(cell)


def _digits(number: float) -> str | float:
    if abs(number) < _WHOLE and number == int(number):
        return str(int(number))
    digits = f"{number:.15g}"
    if float(digits) != number:
        return number
    if "e" in digits:
        from decimal import Decimal

        digits = f"{Decimal(digits):f}"
    whole, _point, decimals = digits.partition(".")
    # Three decimals could be taken for thousands: with one more they are what they are.
    return f"{digits}0" if len(decimals) == _A_GROUP and whole.lstrip("-") != "0" else digits


if __name__ == "__main__":
    main(*sys.argv[1:])
