"""Add and change people with their addresses and consents; each is one undoable step."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from crmtui.commands.records import labelled
from crmtui.domain.fields import Kind, Record, Spec, Word, specs
from crmtui.domain.people import Consent, Person, PersonEmail, PersonPhone
from crmtui.domain.words import EmailKind, PhoneKind
from crmtui.errors import InvalidError
from crmtui.store.reading import records
from crmtui.store.unit import UnitOfWork, work
from crmtui.text import N_, _, clean, key, line

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from crmtui.domain.words import ConsentState, Source

# Fields of the form of a person that are no part of the record: addresses, one a line.
ADDRESSES: Final[Mapping[str, Spec]] = {
    "emails": Spec(
        kind=Kind.TEXT,
        label=N_("E-mails"),
        help=N_("One a line, the first is the primary one; its kind after it when it is not work: anna@x.example home"),
    ),
    "phones": Spec(
        kind=Kind.TEXT,
        label=N_("Telephones"),
        help=N_("One a line, the first is the primary one; its kind after it when it is not work: 555 0204 mobile"),
    ),
}


@dataclass(frozen=True, slots=True)
class Said:
    """What a person said about being contacted on a channel."""

    channel_id: int
    state: ConsentState
    day: dt.date
    source: str = ""


@dataclass(frozen=True, slots=True)
class _Way:
    """How the addresses of one sort are kept."""

    name: str
    kind: type[Record]
    field: str
    words: type[Word]


_WAYS: Final = (
    _Way("emails", PersonEmail, "address", EmailKind),
    _Way("phones", PersonPhone, "number", PhoneKind),
)
_PARTS: Final = ("given_name", "family_name")


def add(path: Path, given: Mapping[str, Any], source: Source, *, consents: Sequence[Said] = ()) -> int:
    """Write a new person; returns the key.

    Args:
        path: the workspace.
        given: fields of the person; the name is made of its parts when it is left out. `emails` and `phones` are
            texts as `ADDRESSES` describes them.
        source: the door it came through.
        consents: what the person said about channels.

    Raises:
        InvalidError: names each field that is wrong.
    """
    fields, addresses = _parted(given)
    if not line(str(fields.get("name") or "")):
        fields["name"] = _made(fields)
    with work(path, "", source) as unit:
        person_id = unit.insert(Person, fields)
        _write_addresses(unit, person_id, addresses)
        _write_consents(unit, person_id, consents)
        unit.relabel(labelled(_("Add {record} {title}"), unit, Person, person_id))
    return person_id


def edit(
    path: Path, person_id: int, given: Mapping[str, Any], source: Source, *, consents: Sequence[Said] = ()
) -> None:
    """Change some fields of a person; arguments and errors as for `add`, and NotFoundError.

    A name that was made of its parts follows them. Who goes to another account no longer reports to somebody of
    the former one.
    """
    fields, addresses = _parted(given)
    with work(path, "", source) as unit:
        before = records.get(unit.connection, Person, person_id)
        fields |= _following(unit, before, fields)
        if fields:
            unit.update(Person, person_id, fields)
        _write_addresses(unit, person_id, addresses)
        _write_consents(unit, person_id, consents)
        unit.relabel(labelled(_("Change {record} {title}"), unit, Person, person_id))


def set_consent(path: Path, person_id: int, said: Said, source: Source) -> None:
    """Write what a person said about a channel, in place of what was said before."""
    with work(path, "", source) as unit:
        _write_consents(unit, person_id, (said,))
        unit.relabel(labelled(_("Write down the consent of {title}"), unit, Person, person_id))


def written(addresses: Sequence[PersonEmail | PersonPhone]) -> str:
    """Addresses as they are typed, one a line, so that saving them again changes nothing."""
    return "\n".join(map(_written, addresses))


def _written(one: PersonEmail | PersonPhone) -> str:
    address = one.address if isinstance(one, PersonEmail) else one.number
    is_usual = one.kind in (EmailKind.WORK, PhoneKind.WORK) and _ending(address, type(one.kind)) is None
    return address if is_usual else f"{address} {one.kind.value}"


def _parted(given: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, list[dict[str, Any]]]]:
    """The fields of the person, and the addresses that were typed."""
    fields = {name: value for name, value in given.items() if name not in ADDRESSES}
    wrong: dict[str, str] = {}
    found: dict[str, list[dict[str, Any]]] = {}
    for way in _WAYS:
        if way.name in given:
            try:
                found[way.name] = _read(way, str(given[way.name] or ""))
            except ValueError as error:
                wrong[_(ADDRESSES[way.name].label)] = str(error)
    if wrong:
        raise InvalidError(wrong, _(Person.noun.one))
    return fields, found


def _read(way: _Way, typed: str) -> list[dict[str, Any]]:
    """The addresses of a text; ValueError with a sentence that names the line."""
    from crmtui.domain.values import check

    spec = specs(way.kind)[way.field]
    found: dict[str, dict[str, Any]] = {}
    lines = [(number, line(one)) for number, one in enumerate(clean(typed).split("\n"), 1) if line(one)]
    for number, one in lines:
        ending = _ending(one, way.words)
        address = one.rpartition(" ")[0].rstrip(" :,;") if ending else one
        try:
            address = check(spec, address)
            if way.kind is PersonEmail:
                _refuse_no_email(address)
        except ValueError as error:
            raise ValueError(_("line {number}: {why}").format(number=number, why=error)) from None
        fields = {way.field: address, "kind": ending or next(iter(way.words)), "is_primary": not found}
        found.setdefault(address.casefold(), fields)
    return list(found.values())


def _ending(typed: str, words: type[Word]) -> Word | None:
    """The kind that a line ends with, by value or label, if it does."""
    last = key(typed.rpartition(" ")[2]) if " " in typed else ""
    return next((word for word in words if last and last in (key(word.value), key(_(word.label)))), None)


def _refuse_no_email(address: str) -> None:
    if not re.fullmatch(r"[^@\s]+@[^@\s]+", address):
        raise ValueError(_("{value} is not an e-mail address").format(value=line(address)[:80]))


def _write_addresses(unit: UnitOfWork, person_id: int, addresses: Mapping[str, Sequence[dict[str, Any]]]) -> None:
    """Bring the addresses to what was typed: those that stay keep their identity."""
    for way in _WAYS:
        if way.name not in addresses:
            continue
        there = list(records.where(unit.connection, way.kind, "person_id = ?", (person_id,)))
        left = {str(getattr(one, way.field)).casefold(): one for one in there}
        doubled = [one for one in there if one not in left.values()]
        for fields in addresses[way.name]:
            kept = left.pop(str(fields[way.field]).casefold(), None)
            if kept is None:
                unit.insert(way.kind, {**fields, "person_id": person_id})
            else:
                unit.update(way.kind, kept.id, fields)
        for gone in (*left.values(), *doubled):
            unit.delete(way.kind, gone.id)


def _write_consents(unit: UnitOfWork, person_id: int, consents: Sequence[Said]) -> None:
    for said in consents:
        of = "person_id = ? AND channel_id = ?"
        there = next(records.where(unit.connection, Consent, of, (person_id, said.channel_id)), None)
        fields = {"state": said.state, "day": said.day, "source": said.source}
        if there:
            unit.update(Consent, there.id, fields)
        else:
            unit.insert(Consent, {**fields, "person_id": person_id, "channel_id": said.channel_id})


def _made(fields: Mapping[str, Any]) -> str:
    """A name made of its parts."""
    return line(" ".join(str(fields.get(name) or "") for name in _PARTS))


def _following(unit: UnitOfWork, before: Person, given: Mapping[str, Any]) -> dict[str, Any]:
    """What changes along with the fields that were given."""
    found: dict[str, Any] = {}
    parts = {name: getattr(before, name) for name in _PARTS}
    after = _made({**parts, **given})
    if not line(str(given.get("name", before.name) or "")) or ("name" not in given and before.name == _made(parts)):
        found["name"] = after or given.get("name", before.name)
    is_elsewhere = "account_id" in given and given["account_id"] != before.account_id
    if is_elsewhere and "reports_to_id" not in given and before.reports_to_id is not None:
        boss = records.get(unit.connection, Person, before.reports_to_id)
        if boss.account_id != given["account_id"]:
            found["reports_to_id"] = None
    return found
