"""Entries of a file of which it has a newer version too, told by their text before anything is read."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from crmtui.exchange.calendars.components import EVENT, TASK, Part
from crmtui.exchange.calendars.entries import number_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_PARAMETERS: Final = r'(?:;(?:"[^"\r\n]*+"|[^":\r\n])*+)?'
_UID: Final = re.compile(rf"^UID{_PARAMETERS}:[ \t]*+([^\r\n]*+)", re.IGNORECASE | re.MULTILINE)
_SINGLE: Final = re.compile(r"^RECURRENCE-ID[^\r\n]*+", re.IGNORECASE | re.MULTILINE)
_CHANGED: Final = tuple(
    re.compile(rf"^{name}{_PARAMETERS}:[ \t]*+(\d{{8}}T\d{{6}}Z)", re.IGNORECASE | re.MULTILINE)
    for name in ("LAST-MODIFIED", "DTSTAMP")
)


class _Version(NamedTuple):
    line: int
    number: int | None
    changed: str

    def is_newer(self, other: _Version) -> bool:
        """Whether it has the higher number, or of two with the same, or none, was changed later."""
        if None not in (self.number, other.number) and self.number != other.number:
            return (self.number or 0) > (other.number or 0)
        return bool(self.changed and other.changed) and self.changed > other.changed


def superseded(parts: Callable[[], Iterator[Part]]) -> frozenset[int]:
    """The lines of entries of which the file has a newer version; single ones of a series are entries of their own.

    Where versions tell no order all of them stay. The file is read a second time only where an identity comes twice.
    """
    once, twice = set[int](), set[int]()
    for identity, _part in _identified(parts()):
        (twice if identity in once else once).add(identity)
    newest: dict[int, _Version] = {}
    found = set[int]()
    for identity, part in _identified(parts()) if twice else ():
        if identity in twice:
            mine, other = _version(part), newest.get(identity)
            if other is None or mine.is_newer(other):
                newest[identity] = mine
                found |= {other.line} if other else set()
            elif other.is_newer(mine):
                found.add(mine.line)
    return frozenset(found)


def _identified(parts: Iterator[Part]) -> Iterator[tuple[int, Part]]:
    """Entries, each with a number that stands for its identity: a file may have a million of them."""
    for part in parts:
        if part.name in (EVENT, TASK) and (uid := _UID.search(part.text)):
            single = _SINGLE.search(part.text)
            yield hash((part.name, uid[1].strip(), single[0].strip() if single else "")), part


def _version(part: Part) -> _Version:
    changed = next((found[1] for one in _CHANGED if (found := one.search(part.text))), "")
    return _Version(part.line, number_of(part), changed)
