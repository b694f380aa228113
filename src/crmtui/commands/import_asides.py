"""The e-mail addresses and telephone numbers of imported people: records of their own, from columns of the person."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from crmtui.domain.nouns import BY_TABLE
from crmtui.exchange.mapping.meanings import ASIDE
from crmtui.store.writing import bulk
from crmtui.store.writing.matching import several_of
from crmtui.text import key

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crmtui.commands.import_matching import Known
    from crmtui.domain.checked import Checked
    from crmtui.exchange.mapping.drafts import Drafts
    from crmtui.store.unit import UnitOfWork


def add(unit: UnitOfWork, drafts: Drafts, person_ids: Sequence[int]) -> None:
    """Write what the rows tell of their people, who have nothing yet."""
    having: dict[str, set[int]] = {}
    for name, cells in drafts.asides.items():
        told, owners = cells, person_ids
        if None in cells:
            places = [place for place, cell in enumerate(cells) if cell is not None]
            told, owners = cells.picked(places), [person_ids[place] for place in places]
        _write(unit, name, owners, told, having.setdefault(ASIDE[name][0], set()))


class Kept:
    """What people have already, beside what rows tell of them."""

    def __init__(self, unit: UnitOfWork, drafts: Drafts, people: Sequence[Known]) -> None:
        self._unit = unit
        self._drafts = drafts
        self._people = people
        self._kept = {
            table: several_of(unit, table, field, "person_id", (person_id for person_id, _place in people))
            for table, field, _kind in (ASIDE[name] for name in drafts.asides)
        }
        self._having = {table: set(kept) for table, kept in self._kept.items()}

    def untold(self, name: str) -> list[Known]:
        """The rows whose cell in that column their person does not have."""
        cells, kept = self._drafts.asides[name], self._kept[ASIDE[name][0]]
        return [
            (person_id, place)
            for person_id, place in self._people
            if cells[place] is not None
            and _compared(name, str(cells[place])) not in {_compared(name, old) for old in kept.get(person_id, ())}
        ]

    def lacks(self, name: str, person_id: int) -> bool:
        """Whether a person had no address, or no number, at all before the row."""
        return person_id not in self._kept[ASIDE[name][0]]

    def write(self, name: str, told: Sequence[Known]) -> None:
        """Give people what the column tells of them."""
        cells = self._drafts.asides[name].picked([place for _id, place in told])
        _write(self._unit, name, [person_id for person_id, _place in told], cells, self._having[ASIDE[name][0]])


def _write(unit: UnitOfWork, name: str, person_ids: Sequence[int], cells: Checked, having: set[int]) -> None:
    """The first of a person is the primary one; `having` are the people who have one, these included afterwards."""
    table, field, word = ASIDE[name]
    columns: dict[str, Sequence[Any]] = {
        "person_id": person_ids,
        field: cells,
        "kind": [word] * len(cells),
        "is_primary": [person_id not in having for person_id in person_ids],
    }
    having.update(person_ids)
    bulk.insert_columns(unit, BY_TABLE[table], columns)


def _compared(name: str, value: str) -> str:
    """Addresses without case; numbers without blanks and punctuation."""
    return value.lower() if ASIDE[name][0] == "person_email" else key(value)
