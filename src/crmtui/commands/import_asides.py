"""The e-mail addresses and telephone numbers of imported people: records of their own, from columns of the person."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from crmtui.domain.nouns import BY_TABLE
from crmtui.exchange.mapping.meanings import ASIDE
from crmtui.exchange.phones import are_same, may_be_same
from crmtui.store.reading.doubles import people
from crmtui.store.writing import bulk
from crmtui.text import key

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from crmtui.commands.import_matching import Known
    from crmtui.domain.checked import Checked
    from crmtui.exchange.mapping.drafts import Drafts
    from crmtui.store.unit import UnitOfWork


def add(unit: UnitOfWork, drafts: Drafts, person_ids: Sequence[int]) -> None:
    """Write what the rows tell of their people, who have nothing yet."""
    having: dict[str, set[int]] = {}
    for name, cells in drafts.asides.items():
        told, owners = cells, person_ids
        if not all(cells):
            places = [place for place, cell in enumerate(cells) if cell is not None]
            told, owners = cells.picked(places), [person_ids[place] for place in places]
        _write(unit, name, owners, told, having.setdefault(ASIDE[name][0], set()))


class _Entry(NamedTuple):
    """An address or a number that somebody has.

    Attributes:
        id: its key.
        value: as it is written.
        kind: of which kind.
    """

    id: int
    value: str
    kind: str


class Kept:
    """What people have already, beside what rows tell of them; the primary ones first."""

    def __init__(self, unit: UnitOfWork, drafts: Drafts, people: Sequence[Known]) -> None:
        self._unit = unit
        self._drafts = drafts
        self._people = people
        ids = [person_id for person_id, _place in people]
        self._kept = {
            table: _entries(unit, table, field, ids) for table, field, _kind in map(ASIDE.__getitem__, drafts.asides)
        }
        self._having = {table: set(kept) for table, kept in self._kept.items()}
        self._claimed: set[tuple[str, int]] = set()  # entries beside which a column tells another one
        self._countries: dict[int, str] = {}

    def untold(self, name: str) -> list[Known]:
        """The rows whose cell in that column their person does not have."""
        cells, kept = self._drafts.asides[name], self._kept[ASIDE[name][0]]
        return [
            (person_id, place)
            for person_id, place in self._people
            if cells[place] is not None
            and not any(self._is_same(name, person_id, str(cells[place]), one) for one in kept.get(person_id, ()))
        ]

    def beside(self, name: str, rows: Iterable[Known]) -> dict[int, _Entry]:
        """By person what a column tells another one beside: of the same kind, and nothing that the row tells too."""
        table, _field, kind = ASIDE[name]
        told = {one: cells for one, cells in self._drafts.asides.items() if ASIDE[one][0] == table}
        found = {}
        for person_id, place in rows:
            for entry in self._kept[table].get(person_id, ()):
                if entry.kind != kind or (table, entry.id) in self._claimed:
                    continue
                others = [(one, str(cells[place])) for one, cells in told.items() if cells[place] is not None]
                if not any(self._is_same(one, person_id, cell, entry) for one, cell in others):
                    found[person_id] = entry
                    self._claimed.add((table, entry.id))
                    break
        return found

    def write(self, name: str, told: Sequence[Known], instead: Mapping[int, _Entry]) -> None:
        """Give people what the column tells of them, in the place of what they had `instead`."""
        (table, field, _kind), cells = ASIDE[name], self._drafts.asides[name]
        fresh = [(person_id, place) for person_id, place in told if person_id not in instead]
        picked = cells.picked([place for _id, place in fresh])
        _write(self._unit, name, [person_id for person_id, _place in fresh], picked, self._having[table])
        changed = [(instead[person_id].id, place) for person_id, place in told if person_id in instead]
        if changed:
            values = {field: cells.picked([place for _id, place in changed])}
            bulk.update_columns(self._unit, BY_TABLE[table], [entry_id for entry_id, _place in changed], values)

    def _is_same(self, name: str, person_id: int, cell: str, entry: _Entry) -> bool:
        """Whether a cell is what somebody has: addresses without case, numbers however they are written."""
        if ASIDE[name][0] == "person_email":
            return cell.lower() == entry.value.lower()
        return key(cell) == key(entry.value) or (
            may_be_same(cell, entry.value) and are_same(cell, entry.value, self._country(person_id))
        )

    def _country(self, person_id: int) -> str:
        """Where somebody is, or their account: of few it is asked."""
        if person_id not in self._countries:
            self._countries[person_id] = people(self._unit.connection, [person_id])[0].country
        return self._countries[person_id]


def _entries(unit: UnitOfWork, table: str, field: str, person_ids: Iterable[int]) -> dict[int, list[_Entry]]:
    """What some people have, the primary ones first."""
    marks = ", ".join(str(int(person_id)) for person_id in person_ids)
    found: dict[int, list[_Entry]] = {}
    for person_id, *entry in unit.connection.execute(
        f"SELECT person_id, id, {field}, kind FROM {table} WHERE person_id IN ({marks}) ORDER BY is_primary DESC, id"
    ):
        found.setdefault(person_id, []).append(_Entry(*entry))
    return found


def _write(unit: UnitOfWork, name: str, person_ids: Sequence[int], cells: Checked, having: set[int]) -> None:
    """The first of a person is the primary one; `having` are the people who have one, these included afterwards."""
    table, field, word = ASIDE[name]
    columns: dict[str, Sequence[Any]] = {
        "person_id": person_ids,
        field: cells,
        "kind": [word] * len(cells),
        "is_primary": [person_id not in having for person_id in person_ids] if having else [True] * len(cells),
    }
    having.update(person_ids)
    bulk.insert_columns(unit, BY_TABLE[table], columns)
