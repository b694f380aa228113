"""How cells of a delimited text are quoted, where they are: by which mark, and how that is written within a cell."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

_BACKSLASH: Final = "\\"
_ESCAPED: Final = re.compile(r"""\\(["'\\])""")


class Quoting(NamedTuple):
    r"""How cells are quoted.

    Attributes:
        mark: what stands around a cell that is quoted.
        is_escaped: whether a mark within a cell has a backslash before it (`\"`, as MySQL writes), and a backslash
            another; else a mark is doubled (`""`, RFC 4180).
        is_spaced: whether blanks stand before the mark.
    """

    mark: str = '"'
    is_escaped: bool = False
    is_spaced: bool = False

    def doubled(self, line: str) -> str:
        """A line whose marks within cells are doubled, as the module `csv` reads them."""
        return _ESCAPED.sub(self._without_backslash, line) if self.is_escaped and _BACKSLASH in line else line

    def _without_backslash(self, found: re.Match[str]) -> str:
        return found[1] * (2 if found[1] == self.mark else 1)


USUAL: Final = Quoting()
OTHERS: Final = (
    Quoting(is_escaped=True),
    Quoting(is_spaced=True),
    Quoting("'"),
    Quoting("'", is_escaped=True),
    Quoting("'", is_spaced=True),
)
