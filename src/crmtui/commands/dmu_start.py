"""How judgements travel from map to map: a new map, and a person new to a map, start from the latest values."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, Final

from crmtui.domain.dmu import DmuMap, Influence, Stakeholder
from crmtui.domain.fields import specs
from crmtui.domain.people import Person
from crmtui.domain.words import Basis
from crmtui.errors import NotFoundError
from crmtui.store.reading import dmu, records
from crmtui.text import _

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Mapping

    from crmtui.domain.fields import Record
    from crmtui.store.reading.dmu import Place
    from crmtui.store.unit import UnitOfWork

# What is judged of a stakeholder: the fields that share one basis, day and source, by the name these begin with.
JUDGED: Final[Mapping[str, tuple[str, ...]]] = {
    "power": ("power",),
    "attitude": ("attitude",),
    "relationship": ("relationship",),
    "win": ("win", "win_strength"),
}


def begin(unit: UnitOfWork, place: Place) -> int:
    """Make the map of a place, with everybody and every line of the map that it starts from; returns its key."""
    if dmu.placed(unit.connection, place) is None:
        raise NotFoundError(_("What this map is of is no longer there."))
    map_id = unit.insert(DmuMap, {"account_id": place.account_id, "opportunity_id": place.opportunity_id})
    if origin := dmu.origin(unit.connection, place):
        _copy(unit, origin, map_id)
    return map_id


def latest(connection: sqlite3.Connection, map_id: int, person_id: int) -> dict[str, Any]:
    """What a stakeholder starts from: the person's entries on other maps of the account, or else the person's record.

    The boss is the same person's, if that is on the map.
    """
    placed = dmu.placed(connection, dmu.place_of(connection, map_id))
    account_id = placed.account_id if placed else None
    known = dmu.judged_elsewhere(connection, account_id, person_id) if account_id else []
    if not known:
        person = records.get(connection, Person, person_id)
        return {"position": person.title, "reports_to_id": _seat(connection, map_id, person.reports_to_id)}
    boss_id = known[-1].reports_to_id
    boss = records.get(connection, Stakeholder, boss_id).person_id if boss_id else None
    return _fields(known[-1]) | newest_judgements(known) | {"reports_to_id": _seat(connection, map_id, boss)}


def newest_judgements(known: Iterable[Stakeholder]) -> dict[str, Any]:
    """Of several entries of one person, the judgements of the latest day; of one day, those of the last entry."""
    found: dict[str, Any] = {}
    entries = list(known)
    for name, fields in JUDGED.items():
        judged = [entry for entry in entries if any(getattr(entry, field) not in (None, "") for field in fields)]
        if judged:
            newest = max(reversed(judged), key=lambda entry: getattr(entry, f"{name}_on") or dt.date.min)
            found |= {field: getattr(newest, field) for field in (*fields, *circumstances(name))}
    return found


def circumstances(name: str) -> tuple[str, str, str]:
    """The fields that say how sure a judgement is, of which day, and who says so."""
    return f"{name}_basis", f"{name}_on", f"{name}_source"


def dated(before: Stakeholder | None, given: Mapping[str, Any], today: dt.date) -> dict[str, Any]:
    """What is given, with the circumstances of each judgement that it changes.

    Another value, or another basis, is judged today unless another day is given; another value is assumed, and
    nobody's, unless the basis and the source are given; what is not known any more has no day and no source.
    """
    found = dict(given)
    for name, fields in JUDGED.items():
        basis, day, source = circumstances(name)
        is_other = any(field in given and given[field] != getattr(before, field, None) for field in fields)
        if is_other:
            found = {basis: Basis.ASSUMED, source: ""} | found
        if is_other or (basis in given and before and given[basis] != getattr(before, basis)):
            said = given.get(day)
            found[day] = today if said is None or said == getattr(before, day, None) else said
        if is_other and not any(found.get(field, getattr(before, field, None)) not in (None, "") for field in fields):
            found |= {basis: Basis.ASSUMED, day: None, source: ""}
    return found


def _copy(unit: UnitOfWork, origin: int, map_id: int) -> None:
    old = dmu.stakeholders(unit.connection, origin)
    new = {entry.id: unit.insert(Stakeholder, _copied(unit, entry, map_id)) for entry in old}
    for entry in old:
        if entry.reports_to_id in new:
            unit.update(Stakeholder, new[entry.id], {"reports_to_id": new[entry.reports_to_id]})
    for edge in dmu.influences(unit.connection, origin):
        if edge.source_id in new and edge.target_id in new:
            ends = {"source_id": new[edge.source_id], "target_id": new[edge.target_id]}
            unit.insert(Influence, _fields(edge) | ends)


def _copied(unit: UnitOfWork, entry: Stakeholder, map_id: int) -> dict[str, Any]:
    fields = _fields(entry) | {"map_id": map_id, "reports_to_id": None}
    if entry.person_id is None:
        return fields
    return fields | _latest_judgements(unit.connection, entry)


def _latest_judgements(connection: sqlite3.Connection, entry: Stakeholder) -> dict[str, Any]:
    """The newest judgements of a stakeholder's person on all maps of the account; of one day, the entry's own."""
    placed = dmu.placed(connection, dmu.place_of(connection, entry.map_id))
    if placed is None or placed.account_id is None or entry.person_id is None:
        return {}
    others = dmu.judged_elsewhere(connection, placed.account_id, entry.person_id)
    return newest_judgements([*(other for other in others if other.id != entry.id), entry])


def _seat(connection: sqlite3.Connection, map_id: int, person_id: int | None) -> int | None:
    """The stakeholder that a person is on a map; None when the person is not on it."""
    if person_id is None:
        return None
    return next((one.id for one in dmu.stakeholders(connection, map_id) if one.person_id == person_id), None)


def _fields(record: Record) -> dict[str, Any]:
    return {name: getattr(record, name) for name in specs(type(record))}
