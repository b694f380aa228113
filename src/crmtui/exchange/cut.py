"""Texts that are longer than a cell of a workbook holds: cut off with a mark, and known by it when they come back.

A text that was cut off never takes the place of another: the whole one is where it was.
"""

from __future__ import annotations

import re
from typing import Final

LONGEST: Final = 32_767  # UTF-16 units in a cell
_MARK: Final = " [… crmtui: +{more} characters]"
_CUT: Final = re.compile(r" \[… crmtui: \+[0-9]+ characters\]\s*\Z")
_END: Final = "characters]"


def is_too_long(text: str) -> bool:
    """Whether no cell holds a text."""
    return len(text) > LONGEST // 2 and _units(text) > LONGEST


def cut(text: str) -> str:
    """The beginning of a text, and a mark that tells how much more there is; as long as a cell."""
    room = LONGEST - len(_MARK.format(more=len(text)))
    begun = text.encode("utf-16-le", "surrogatepass")[: 2 * room].decode("utf-16-le", "ignore")
    return begun + _MARK.format(more=len(text) - len(begun))


def is_cut(value: object) -> bool:
    """Whether a value is a text that was cut off."""
    return isinstance(value, str) and _END in value[-len(_END) - 2 :] and _CUT.search(value[-60:]) is not None


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
