r"""The guard of cells against spreadsheets, which run what begins like a formula (CWE-1236).

A cell is *dangerous* when, after any number of apostrophes, it goes on with `=`, `+`, `-`, `@`, their full-width
forms, a tab or a line end; but a plain negative number (`-5`, `-1.5`) is not. Writing puts one apostrophe before
each dangerous cell; reading takes one apostrophe from each cell that begins with an apostrophe and is dangerous.
Since apostrophes count as part of the danger, `=1`, `'=1` and `''=1` become `'=1`, `''=1` and `'''=1`, and every
cell comes back as it was. Raw cells are left alone, but for those that would be taken for guarded ones.
"""

from __future__ import annotations

import re
from typing import Final

APOSTROPHE: Final = "'"
_SIGNS: Final = "=+\\-@\\t\\r\\n\uff1d\uff0b\uff0d\uff20"

#: What the first character of a dangerous cell can be: a cheap test before the exact one.
SUSPECTS: Final = frozenset("=+-@\t\r\n\uff1d\uff0b\uff0d\uff20'")

_DANGEROUS: Final = re.compile(f"'*[{_SIGNS}]")
_GUARDED: Final = re.compile(f"'+[{_SIGNS}]")
_PLAIN_NUMBER: Final = re.compile(r"-[0-9]+(?:[.,][0-9]+)?")
_IN_DOUBT: Final = frozenset("-'")


def guard(cell: str) -> str:
    """The cell as it is written: with one apostrophe more when it is dangerous."""
    first = cell[:1]
    if first not in SUSPECTS:
        return cell
    if first in _IN_DOUBT and (not _DANGEROUS.match(cell) or _PLAIN_NUMBER.fullmatch(cell)):
        return cell
    return APOSTROPHE + cell


def bare(cell: str) -> str:
    """The cell as it is written raw: only one that `unguard` would take an apostrophe from has one more."""
    return APOSTROPHE + cell if cell[:1] == APOSTROPHE and _GUARDED.match(cell) else cell


def unguard(cell: str) -> str:
    """The cell as it was before it was guarded."""
    return cell[1:] if _GUARDED.match(cell) else cell
