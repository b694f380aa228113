"""Draw maps of decision-making units: who is on them, who reports to whom, and what is judged of each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from crmtui.commands.dmu_start import JUDGED, begin, circumstances, dated, latest
from crmtui.domain.dmu import DmuMap, Stakeholder
from crmtui.domain.fields import specs
from crmtui.domain.people import Person
from crmtui.domain.values import check, label
from crmtui.domain.words import Basis
from crmtui.errors import ConflictError, InvalidError
from crmtui.store.reading import dmu, records
from crmtui.store.reading.dmu import Place
from crmtui.store.unit import work
from crmtui.text import _, line

if TYPE_CHECKING:
    import datetime as dt
    import sqlite3
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from crmtui.domain.words import Source
    from crmtui.store.unit import UnitOfWork

__all__ = [
    "Grounds",
    "Place",
    "add_placeholder",
    "add_stakeholder",
    "edit_stakeholder",
    "fill_placeholder",
    "judge",
    "map_of",
    "remove",
    "report_to",
]

_SPECS: Final = specs(Stakeholder)
_JUDGED_BY: Final = {field: name for name, fields in JUDGED.items() for field in fields}


@dataclass(frozen=True, slots=True)
class Grounds:
    """What a judgement rests on.

    Attributes:
        basis: assumed or confirmed.
        according_to: who says so.
    """

    basis: Basis = Basis.ASSUMED
    according_to: str = ""


GUESS: Final = Grounds()


def map_of(path: Path, place: Place, source: Source) -> int:
    """The map of an account or an opportunity; returns its key.

    Where there is none, one is made: with everybody, every judgement and every line of the account's own map, or else
    of the newest map of its opportunities; each judgement is the latest one in the account.

    Raises:
        NotFoundError: the account or the opportunity is gone.
    """
    with work(path, "", source) as unit:
        map_id, _is_new = _map(unit, place)
        unit.relabel(_("Begin the map of {map}").format(map=_title(unit.connection, map_id)))
        return map_id


def add_stakeholder(
    path: Path,
    at: int | Place,
    given: Mapping[str, Any],
    source: Source,
    today: dt.date,
    *,
    new_person: Mapping[str, Any] | None = None,
) -> int:
    """Put a person on a map; returns the stakeholder's key.

    The person starts from what is judged on other maps of the account, else from the title and the boss that the
    person's own record names; `given` goes before that.

    Args:
        path: the workspace.
        at: the map, or the place of one; a map that is not there is begun.
        given: fields of the stakeholder, `person_id` among them unless the person is new.
        source: the door.
        today: when it is judged, unless `given` says so.
        new_person: fields of a person who is not in the workspace yet, of the map's account unless they say so.

    Raises:
        InvalidError: names each field that is wrong.
        ConflictError: the person is on the map already.
    """
    with work(path, "", source) as unit:
        map_id, is_new = _map(unit, at)
        fields = {**given, "map_id": map_id}
        if new_person is not None:
            fields["person_id"] = unit.insert(Person, {"account_id": _account(unit, map_id), **new_person})
        stakeholder_id = _brought(unit, fields, today) if is_new else None
        stakeholder_id = stakeholder_id or _seat(unit, fields, today)
        _relabel(unit, _("Add {name} to the map of {map}"), stakeholder_id)
        return stakeholder_id


def add_placeholder(
    path: Path,
    at: int | Place,
    position: str,
    source: Source,
    today: dt.date,
    **given: Any,  # noqa: ANN401 - fields of a stakeholder
) -> int:
    """Put a role that must exist but has no name yet on a map; returns the stakeholder's key."""
    return add_stakeholder(path, at, {**given, "person_id": None, "position": position}, source, today)


def edit_stakeholder(path: Path, stakeholder_id: int, given: Mapping[str, Any], source: Source, today: dt.date) -> None:
    """Change some fields; a judgement that changes is dated (see `judge`).

    Raises:
        InvalidError: names each field that is wrong, a boss who is not on the map or would report to a report too.
        ConflictError: another stakeholder of the map is that person.
        NotFoundError: the stakeholder is gone.
    """
    with work(path, "", source) as unit:
        before = records.get(unit.connection, Stakeholder, stakeholder_id)
        fields = {name: value for name, value in given.items() if name != "map_id"}
        _write(unit, before, dated(before, fields, today))
        _relabel(unit, _("Change {name} on the map of {map}"), stakeholder_id)


def judge(
    path: Path,
    stakeholder_id: int,
    field: str,
    value: Any,  # noqa: ANN401 - the field's
    source: Source,
    today: dt.date,
    *,
    grounds: Grounds = GUESS,
) -> None:
    """Judge the power, the attitude, the relationship or the win of a stakeholder, as of today; None for unknown.

    Raises:
        InvalidError: the field cannot hold the value.
        KeyError: the field is none that is judged.
    """
    name = _JUDGED_BY[field]
    value = _checked(field, value)
    with work(path, "", source) as unit:
        before = records.get(unit.connection, Stakeholder, stakeholder_id)
        said = dict(zip(circumstances(name), (grounds.basis, today, grounds.according_to), strict=True))
        _write(unit, before, dated(before, {field: value, **said}, today))
        unit.relabel(
            _("Judge {name}: {field} {value}").format(
                field=_(_SPECS[field].label),
                name=_called(unit, before.map_id, stakeholder_id),
                value=label(_SPECS[field], value) or _("unknown"),
            )
        )


def report_to(path: Path, stakeholder_id: int, boss_id: int | None, source: Source) -> None:
    """Say to whom a stakeholder reports on the map, None for nobody; the errors are those of `edit_stakeholder`."""
    with work(path, "", source) as unit:
        before = records.get(unit.connection, Stakeholder, stakeholder_id)
        _write(unit, before, {"reports_to_id": boss_id})
        names = dmu.called(unit.connection, before.map_id)
        boss = names[boss_id][:80] if boss_id else _("nobody")
        unit.relabel(_("Let {name} report to {boss}").format(name=names[stakeholder_id][:80], boss=boss))


def fill_placeholder(
    path: Path, stakeholder_id: int, person: int | Mapping[str, Any], source: Source, today: dt.date
) -> None:
    """Say who a placeholder is; everything that is said of the role stays.

    Args:
        path: the workspace.
        stakeholder_id: the placeholder.
        person: the person's key, or the fields of a person who is not in the workspace yet.
        source: the door.
        today: when it is said.

    Raises:
        ConflictError: it is no placeholder any more, or the person is on the map already.
    """
    with work(path, "", source) as unit:
        before = records.get(unit.connection, Stakeholder, stakeholder_id)
        if before.person_id is not None:
            called = _called(unit, before.map_id, stakeholder_id)
            raise ConflictError(_("{name} is no placeholder any more.").format(name=called))
        if not isinstance(person, int):
            own = {"account_id": _account(unit, before.map_id), "title": before.position}
            person = unit.insert(Person, own | dict(person))
        _write(unit, before, dated(before, {"person_id": person}, today))
        called = _called(unit, before.map_id, stakeholder_id)
        unit.relabel(
            _("Put {name} in the place of {position}").format(name=called, position=line(before.position)[:80])
        )


def remove(path: Path, stakeholder_ids: Sequence[int], source: Source) -> str:
    """Take stakeholders off their map; who reported to them reports to their boss. Returns what was done, in words."""
    with work(path, "", source) as unit:
        said = _("Take {count} people off the map").format(count=len(stakeholder_ids))
        for stakeholder_id in stakeholder_ids:
            gone = records.get(unit.connection, Stakeholder, stakeholder_id)
            if len(stakeholder_ids) == 1:
                said = _relabel(unit, _("Take {name} off the map of {map}"), stakeholder_id)
            for report in records.where(unit.connection, Stakeholder, "reports_to_id = ?", (stakeholder_id,)):
                unit.update(Stakeholder, report.id, {"reports_to_id": gone.reports_to_id})
            unit.delete(Stakeholder, stakeholder_id)
        unit.relabel(said)
        return said


def _map(unit: UnitOfWork, at: int | Place) -> tuple[int, bool]:
    """The map that is named, or that of a place; and whether it had to be begun."""
    if isinstance(at, int):
        return records.get(unit.connection, DmuMap, at).id, False
    found = dmu.map_at(unit.connection, at)
    return (found.id, False) if found else (begin(unit, at), True)


def _brought(unit: UnitOfWork, given: Mapping[str, Any], today: dt.date) -> int | None:
    """Change the stakeholder whom a map that was begun just now has brought along; None where it has not."""
    for one in dmu.stakeholders(unit.connection, given["map_id"]):
        if one.person_id is not None and one.person_id == given.get("person_id"):
            _write(unit, one, dated(one, given, today))
            return one.id
    return None


def _seat(unit: UnitOfWork, given: Mapping[str, Any], today: dt.date) -> int:
    """Write a new stakeholder."""
    map_id, person_id = given["map_id"], given.get("person_id")
    _require_free(unit.connection, map_id, person_id)
    start = latest(unit.connection, map_id, person_id) if person_id else {}
    fields = start | dated(Stakeholder(**start) if start else None, given, today)
    _require_boss(unit.connection, map_id, None, fields.get("reports_to_id"))
    _require_title(fields.get("person_id"), fields.get("position"))
    return unit.insert(Stakeholder, fields)


def _write(unit: UnitOfWork, before: Stakeholder, given: Mapping[str, Any]) -> None:
    if given.get("person_id") not in (None, before.person_id):
        _require_free(unit.connection, before.map_id, given["person_id"])
    if given.get("reports_to_id") is not None:
        _require_boss(unit.connection, before.map_id, before.id, given["reports_to_id"])
    _require_title(given.get("person_id", before.person_id), given.get("position", before.position))
    unit.update(Stakeholder, before.id, given)


def _require_free(connection: sqlite3.Connection, map_id: int, person_id: int | None) -> None:
    for other in dmu.stakeholders(connection, map_id) if person_id else ():
        if other.person_id == person_id:
            name = dmu.called(connection, map_id)[other.id]
            raise ConflictError(_("{name} is on this map already.").format(name=name))


def _require_title(person_id: int | None, position: str | None) -> None:
    if person_id is None and not line(position or ""):
        raise _wrong("position", _("is needed: it names a placeholder"))


def _require_boss(connection: sqlite3.Connection, map_id: int, stakeholder_id: int | None, boss_id: int | None) -> None:
    """Refuse a boss of another map, and one who reports, over however many others, to this very stakeholder."""
    if boss_id is None:
        return
    bosses = {one.id: one.reports_to_id for one in dmu.stakeholders(connection, map_id)}
    names = dmu.called(connection, map_id)
    if boss_id not in bosses:
        raise _wrong("reports_to_id", _("is not on this map"))
    if boss_id == stakeholder_id:
        raise _wrong("reports_to_id", _("nobody reports to oneself"))
    line_up = list(_upwards(bosses, boss_id))
    if stakeholder_id in line_up:
        links = (
            _("{name} reports to {boss}").format(name=names[one], boss=names[bosses[one] or one])
            for one in line_up[: line_up.index(stakeholder_id)]
        )
        raise _wrong("reports_to_id", _("that would be a circle: {links}").format(links=", ".join(links)))


def _upwards(bosses: Mapping[int, int | None], start: int) -> Iterator[int]:
    """A stakeholder and all above, each once."""
    seen: set[int] = set()
    at: int | None = start
    while at is not None and at not in seen:
        seen.add(at)
        yield at
        at = bosses.get(at)


def _wrong(field: str, sentence: str) -> InvalidError:
    return InvalidError({_(_SPECS[field].label): sentence}, _(Stakeholder.noun.one))


def _checked(field: str, value: Any) -> Any:  # noqa: ANN401 - the field's
    try:
        return check(_SPECS[field], value)
    except ValueError as error:
        raise _wrong(field, str(error)) from None


def _account(unit: UnitOfWork, map_id: int) -> int | None:
    placed = dmu.placed(unit.connection, dmu.place_of(unit.connection, map_id))
    return placed.account_id if placed else None


def _relabel(unit: UnitOfWork, template: str, stakeholder_id: int) -> str:
    map_id = records.get(unit.connection, Stakeholder, stakeholder_id).map_id
    said = template.format(name=_called(unit, map_id, stakeholder_id), map=_title(unit.connection, map_id))
    unit.relabel(said)
    return said


def _called(unit: UnitOfWork, map_id: int, stakeholder_id: int) -> str:
    return dmu.called(unit.connection, map_id)[stakeholder_id][:80]


def _title(connection: sqlite3.Connection, map_id: int) -> str:
    placed = dmu.placed(connection, dmu.place_of(connection, map_id))
    names = (placed.account, placed.opportunity) if placed else ()
    return " / ".join(line(name)[:80] for name in names if name)
