"""Rows of one name that are several records all the same: branches of a company, and namesakes at an account.

What a row tells beside the name is held against what another row, or a record, tells: the town, street and telephone of
an account, the title and telephones of a person without an address. Two rows of one file are two where something
differs and neither street nor telephone is the same. A record that is there moves house, and people are promoted: it is
another one only where two things differ, unless several have the name, of which one must fit.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple, cast

from crmtui.exchange.mapping.meanings import ASIDE
from crmtui.exchange.phones import may_be_same
from crmtui.store.writing.matching import SEVERAL, present, several_of
from crmtui.text import key

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from crmtui.exchange.mapping.drafts import Drafts
    from crmtui.store.unit import UnitOfWork

Cells = tuple[str | None, ...]
_MOST_ALIKE: Final = 1  # things in which a row may differ from the one record of its name
_ACCOUNT: Final = ("city", "street", "phone")


class Told(NamedTuple):
    """What somebody or something is told apart by.

    Attributes:
        place: the town of an account, or what a person is.
        street: of an account; '' of people.
        phones: telephones as they are written.
    """

    place: str = ""
    street: str = ""
    phones: tuple[str, ...] = ()


class Weighed(NamedTuple):
    """What two tell beside their name.

    Attributes:
        differing: in how many things they differ.
        same: in how many they are the same.
        is_sure: whether one of these is a telephone, or a street in the same town.
    """

    differing: int
    same: int
    is_sure: bool


class Apart:
    """What tells rows of one name apart from one another and from records.

    Args:
        unit: the unit of work.
        table: of what the rows become.
    """

    def __init__(self, unit: UnitOfWork, table: str) -> None:
        self._unit = unit
        self._table = table
        self._there: dict[int, Told] = {}

    def cells(self, drafts: Drafts) -> Iterator[Cells]:
        """What each row tells, as it is kept in mind; nothing where rows tell nothing of the kind."""
        if self._table == "account":
            columns = [drafts.column(name) for name in _ACCOUNT] if drafts.values.keys() & set(_ACCOUNT) else []
        elif self._table == "person" and not any(ASIDE[name][0] == "person_email" for name in drafts.asides):
            phones = [cells for name, cells in drafts.asides.items() if ASIDE[name][0] == "person_phone"]
            columns = [drafts.column("title"), *phones] if phones or "title" in drafts.values else []
        else:
            columns = []
        return zip(*cast("Sequence[Sequence[str | None]]", columns), strict=True)

    def are_two(self, one: Cells, other: Cells) -> bool:
        """Whether two rows of one file and name are two records."""
        found = _weighed(self._told(one), self._told(other))
        return found.differing > 0 and not found.is_sure

    def meant(self, candidates: Sequence[int], cells: Cells, *, is_strict: bool) -> int | None:
        """Which record of the row's name it means; SEVERAL where that is not clear, None for none of them.

        Args:
            candidates: the records of the name.
            cells: what the row tells.
            is_strict: whether other rows of the file have the name too.
        """
        row, there = self._told(cells), self._records(candidates)
        weighed = {record_id: _weighed(row, there[record_id]) for record_id in candidates}
        most = 0 if is_strict or len(candidates) > 1 else _MOST_ALIKE
        fitting = [one for one, found in weighed.items() if found.is_sure or found.differing <= most]
        if len(fitting) > 1:
            best = max(weighed[one].same for one in fitting)
            fitting = [one for one in fitting if weighed[one].same == best]
        return fitting[0] if len(fitting) == 1 else SEVERAL if fitting else None

    def _told(self, cells: Cells) -> Told:
        texts = [cell or "" for cell in cells]
        if self._table == "account":
            place, street, *phones = texts
            return Told(place, street, tuple(filter(None, phones)))
        return Told(texts[0], "", tuple(filter(None, texts[1:])))

    def _records(self, record_ids: Sequence[int]) -> Mapping[int, Told]:
        missing = [record_id for record_id in record_ids if record_id not in self._there]
        if missing and self._table == "account":
            found = present(self._unit, self._table, _ACCOUNT, missing)
            self._there |= {one: self._told(tuple(kept[name] for name in _ACCOUNT)) for one, kept in found.items()}
        elif missing:
            found = present(self._unit, self._table, ("title",), missing)
            phones = several_of(self._unit, "person_phone", "number", "person_id", missing)
            self._there |= {one: self._told((found[one]["title"], *phones.get(one, ()))) for one in missing}
        return self._there


def _weighed(one: Told, other: Told) -> Weighed:
    """In how much two differ, and are the same, of what both tell."""
    towns = _compared(key(one.place), key(other.place))
    streets = _compared(key(one.street), key(other.street))
    dialled = None
    if one.phones and other.phones:
        dialled = any(
            key(mine) == key(theirs) or may_be_same(mine, theirs) for mine in one.phones for theirs in other.phones
        )
    found = (towns, streets, dialled)
    is_sure = dialled is True or (streets is True and towns is not False)
    return Weighed(found.count(False), found.count(True), is_sure)


def _compared(one: str, other: str) -> bool | None:
    """Whether two are the same; None where one of both is not told."""
    return one == other if one and other else None
