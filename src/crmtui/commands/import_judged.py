"""Judgements that rows tell anew: what says how one is known goes with it, and is never left beside another one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmtui.domain import values
from crmtui.domain.fields import default, specs
from crmtui.store.reading.doubles import companions

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from crmtui.domain.fields import Record
    from crmtui.domain.values import Plain


class Judgements:
    """The judgements among the columns of a file.

    Attributes:
        along: of each its basis, day, source and reason.
        begun: what these are, and the judgements themselves, before anybody has judged.
    """

    def __init__(self, kind: type[Record], columns: Mapping[str, Sequence[Plain]]) -> None:
        known = specs(kind)
        along = {name: tuple(companions(name, known)) for name in columns if name in known}
        self.along = {name: others for name, others in along.items() if others}
        fields = {one for name, others in self.along.items() for one in (name, *others)}
        self.begun = {one: values.plain(known[one], default(kind, one)) for one in fields}
        self._columns = columns

    def lacks(self, name: str, now: Mapping[str, Plain]) -> bool:
        """Whether nobody has judged yet, as a new account is a prospect."""
        return name in self.along and all(now[one] == self.begun[one] for one in (name, *self.along[name]))

    def follow(self, place: int, now: Mapping[str, Plain], allowed: Sequence[str]) -> tuple[list[str], list[str]]:
        """What else changes with the fields that a row may change: what it tells of them, and what is unknown now."""
        others = [other for name in allowed for other in self.along.get(name, ()) if other not in allowed]
        told = [other for other in others if other in self._columns and self._columns[other][place] is not None]
        blank = [other for other in others if other not in told and now[other] != self.begun[other]]
        return [other for other in told if self._columns[other][place] != now[other]], blank
