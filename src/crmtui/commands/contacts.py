"""Plan contacts, log those that happened, and say what became of them; each is one undoable step.

A contact is one record all its life: planned, perhaps moved to another day, then done or cancelled. A done contact
is the interaction itself. What a person has refused is never planned; what happened all the same can be logged.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from crmtui.commands import carrying
from crmtui.domain.fields import specs
from crmtui.domain.plans import Channel, Contact, ContactPerson
from crmtui.domain.values import quoted
from crmtui.domain.words import ContactStatus
from crmtui.errors import ConflictError, InvalidError
from crmtui.store.reading import contacts, records
from crmtui.store.unit import UnitOfWork, work
from crmtui.text import N_, _, line

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from crmtui.domain.words import Source
    from crmtui.store.reading.contacts import Refusal

NOT_A_TIME: Final = N_("{value} is not a time: write 09:30")
_TIME: Final = re.compile(r"([01]?[0-9]|2[0-3])[:.]?([0-5][0-9])?")
OPEN: Final = (ContactStatus.PLANNED, ContactStatus.MOVED)


def plan_contact(path: Path, given: Mapping[str, Any], persons: Sequence[int], source: Source) -> int:
    """Plan a contact; returns its key.

    Args:
        path: the workspace.
        given: fields of `Contact`: `channel_id`, `day`, and one of `account_id`, `opportunity_id`, `plan_id` unless
            `persons` says where it belongs; also `time`, `actor_id`, `message`, `cost`, `currency`, `hours`. Cost and
            hours are the usual ones of the channel, and the actor is the user, unless told otherwise.
        persons: keys of the interlocutors.
        source: the door.

    Raises:
        InvalidError: names each field that is wrong; among them a channel that one of the people has refused.
    """
    with work(path, _("Plan a contact"), source) as unit:
        contact_id = put_in_plan(unit, given, persons)
        unit.relabel(_("Plan {title}").format(title=_title(unit, contact_id)))
        return contact_id


def put_in_plan(unit: UnitOfWork, given: Mapping[str, Any], persons: Sequence[int]) -> int:
    """The same within a step that is more than this; see `plan_contact`."""
    fields = _filled(unit, given, persons)
    _require_consent(unit, fields.get("channel_id"), persons)
    return _insert(unit, {**fields, "status": ContactStatus.PLANNED}, persons)


def log(path: Path, given: Mapping[str, Any], persons: Sequence[int], source: Source, now: dt.datetime) -> int:
    """Write down a contact that happened; returns its key.

    Args:
        path: the workspace.
        given: fields of `Contact` as in `plan_contact`, and `outcome`. `day` is the one of `now` when left out.
        persons: keys of the interlocutors.
        source: the door.
        now: aware; when it was written down.

    Raises:
        InvalidError: names each field that is wrong.
    """
    with work(path, _("Log a contact"), source) as unit:
        fields = _filled(unit, given, persons)
        fields["day"] = fields.get("day") or _day_of(now)
        contact_id = _insert(unit, {**fields, "status": ContactStatus.DONE, "done_at": now}, persons)
        unit.relabel(_("Log {title}").format(title=_title(unit, contact_id)))
        return contact_id


def edit(
    path: Path, contact_id: int, given: Mapping[str, Any], source: Source, persons: Sequence[int] | None = None
) -> None:
    """Change some fields of a contact, and its interlocutors unless they are None; the same errors as to plan it."""
    with work(path, "", source) as unit:
        before = records.get(unit.connection, Contact, contact_id)
        fields = _timed(given)
        unit.update(Contact, contact_id, fields | carrying.carried(unit, fields, before))
        if persons is not None:
            _put_persons(unit, contact_id, persons)
        after = records.get(unit.connection, Contact, contact_id)
        if after.status in OPEN and (persons is not None or {"channel_id", "day", "status"} & given.keys()):
            _require_consent(unit, after.channel_id, _persons(unit, contact_id))
        unit.relabel(_("Change {title}").format(title=_title(unit, contact_id)))


def done(
    path: Path,
    contact_ids: Sequence[int],
    outcome: str,
    source: Source,
    now: dt.datetime,
    *,
    day: dt.date | None = None,
) -> None:
    """Say that contacts happened, with the outcome; an empty one leaves what was written there.

    They happened on `day`. Where that is None: on their own day when they had a time, which makes an appointment, and
    else on the day of `now`; never later than that.

    Raises:
        ConflictError: one of them is done already: it is never entered twice.
        NotFoundError: one of them is gone.
    """
    with work(path, "", source) as unit:
        found = [records.get(unit.connection, Contact, contact_id) for contact_id in contact_ids]
        _refuse(unit, found, (ContactStatus.DONE,), _("Done already:"))
        said = {"outcome": outcome} if outcome.strip() else {}
        for contact in found:
            happened = {"day": day or day_of(contact, _day_of(now)), "status": ContactStatus.DONE, "done_at": now}
            unit.update(Contact, contact.id, {**happened, **said})
        _relabel(unit, contact_ids, _("Mark {title} as done"), _("Mark {count} contacts as done"))


def move(path: Path, contact_ids: Sequence[int], day: dt.date, source: Source) -> None:
    """Put contacts that have not happened off, or forward, to another day; the history keeps the day they had.

    Raises:
        ConflictError: one of them is done, or somebody has refused its channel meanwhile.
        NotFoundError: one of them is gone.
    """
    with work(path, "", source) as unit:
        found = [records.get(unit.connection, Contact, contact_id) for contact_id in contact_ids]
        _refuse(unit, found, (ContactStatus.DONE,), _("Done already:"))
        _require_consents(unit, found)
        for contact in found:
            if contact.day != day or contact.status not in OPEN:
                unit.update(Contact, contact.id, {"day": day, "status": ContactStatus.MOVED})
        one = _("Move {title} to {day}").replace("{day}", day.isoformat())
        _relabel(unit, contact_ids, one, _("Move {count} contacts to {day}").replace("{day}", day.isoformat()))


def cancel(path: Path, contact_ids: Sequence[int], source: Source) -> None:
    """Call contacts off; ConflictError if one of them is done already."""
    with work(path, "", source) as unit:
        found = [records.get(unit.connection, Contact, contact_id) for contact_id in contact_ids]
        _refuse(unit, found, (ContactStatus.DONE,), _("Done already:"))
        for contact in found:
            unit.update(Contact, contact.id, {"status": ContactStatus.CANCELLED})
        _relabel(unit, contact_ids, _("Cancel {title}"), _("Cancel {count} contacts"))


def reopen(path: Path, contact_ids: Sequence[int], source: Source) -> None:
    """Plan contacts again that were done or cancelled; what was written as their outcome stays.

    Raises:
        ConflictError: somebody has refused a channel meanwhile.
    """
    with work(path, "", source) as unit:
        found = [records.get(unit.connection, Contact, contact_id) for contact_id in contact_ids]
        _require_consents(unit, found)
        for contact in found:
            if contact.status not in OPEN:
                unit.update(Contact, contact.id, {"status": ContactStatus.PLANNED, "done_at": None})
        _relabel(unit, contact_ids, _("Reopen {title}"), _("Reopen {count} contacts"))


def day_of(contact: Contact | contacts.Entry, today: dt.date) -> dt.date:
    """When a contact that is now marked as done most likely happened: see `done`."""
    return min(contact.day, today) if contact.time else today


# What is filled in


def _filled(unit: UnitOfWork, given: Mapping[str, Any], persons: Sequence[int]) -> dict[str, Any]:
    fields = _timed(given)
    fields["account_id"] = fields.get("account_id") or _account(unit, fields, persons)
    if not (fields["account_id"] or fields.get("opportunity_id") or persons):
        raise _wrong("account_id", _("is needed"))
    if "actor_id" not in fields:
        fields["actor_id"] = contacts.me(unit.connection)
    fields |= carrying.carried(unit, fields, None)
    return _with_usual(unit, fields)


def _account(unit: UnitOfWork, fields: Mapping[str, Any], persons: Sequence[int]) -> int | None:
    """Where a contact belongs: to the account of its opportunity, of its plan, or of the people in it."""
    for table in ("opportunity", "plan"):
        if found := contacts.account_of(unit.connection, table, fields.get(f"{table}_id")):
            return found
    accounts = {contacts.account_of(unit.connection, "person", person) for person in persons}
    return accounts.pop() if len(accounts) == 1 else None


def _with_usual(unit: UnitOfWork, fields: dict[str, Any]) -> dict[str, Any]:
    """What was not said about cost and hours, as the channel has them; a cost only in the channel's own currency."""
    channel = next(records.where(unit.connection, Channel, "id = ?", (fields.get("channel_id"),)), None)
    if channel is None:
        return fields
    if fields.get("hours") is None:
        fields["hours"] = channel.hours
    if fields.get("cost") is None and fields.get("currency") in (None, "", channel.currency):
        fields |= {"cost": channel.cost, "currency": channel.currency}
    return fields


def _timed(given: Mapping[str, Any]) -> dict[str, Any]:
    """The fields with their time as HH:MM."""
    typed = str(given.get("time") or "").strip()
    if not typed:
        return dict(given)
    found = _TIME.fullmatch(typed)
    if found is None:
        raise _wrong("time", _(NOT_A_TIME).format(value=quoted(typed)))
    return {**given, "time": f"{int(found[1]):02}:{found[2] or '00'}"}


def _insert(unit: UnitOfWork, fields: Mapping[str, Any], persons: Sequence[int]) -> int:
    contact_id = unit.insert(Contact, fields)
    _put_persons(unit, contact_id, persons)
    return contact_id


def _put_persons(unit: UnitOfWork, contact_id: int, persons: Sequence[int]) -> None:
    """Make these and no others the interlocutors."""
    for entry in list(records.where(unit.connection, ContactPerson, "contact_id = ?", (contact_id,))):
        if entry.person_id not in persons:
            unit.delete(ContactPerson, entry.id)
    for person in dict.fromkeys(persons):
        if person not in _persons(unit, contact_id):
            unit.insert(ContactPerson, {"contact_id": contact_id, "person_id": person})


def _persons(unit: UnitOfWork, contact_id: int) -> list[int]:
    rows = unit.connection.execute("SELECT person_id FROM contact_person WHERE contact_id = ?", (contact_id,))
    return [row[0] for row in rows]


# What is refused


def _require_consent(unit: UnitOfWork, channel_id: int | None, persons: Sequence[int]) -> None:
    if channel_id and (refused := contacts.refusals(unit.connection, channel_id, persons)):
        raise _wrong("channel_id", "; ".join(map(said, refused)))


def _require_consents(unit: UnitOfWork, found: Sequence[Contact]) -> None:
    refused = [
        refusal
        for contact in found
        for refusal in contacts.refusals(unit.connection, contact.channel_id, _persons(unit, contact.id))
    ]
    if refused:
        raise ConflictError(_("These contacts are not wanted:"), tuple(dict.fromkeys(map(said, refused))))


def said(refusal: Refusal) -> str:
    """A refusal in words: who, what, when, according to whom."""
    sentence = _("{person} refused {channel} on {day}").format(
        person=line(refusal.person), channel=line(refusal.channel), day=refusal.day
    )
    return f"{sentence} ({line(refusal.source)})" if refusal.source else sentence


def _refuse(unit: UnitOfWork, found: Sequence[Contact], statuses: Sequence[ContactStatus], sentence: str) -> None:
    wrong = [f"{contact.day.isoformat()} {_title(unit, contact.id)}" for contact in found if contact.status in statuses]
    if wrong:
        raise ConflictError(sentence, tuple(wrong))


def _wrong(name: str, why: str) -> InvalidError:
    return InvalidError({_(specs(Contact)[name].label): why}, _(Contact.noun.one))


# What the history says


def _relabel(unit: UnitOfWork, contact_ids: Sequence[int], one: str, many: str) -> None:
    if len(contact_ids) == 1:
        unit.relabel(one.replace("{title}", _title(unit, contact_ids[0])))
    else:
        unit.relabel(many.replace("{count}", str(len(contact_ids))))


def _title(unit: UnitOfWork, contact_id: int) -> str:
    """`Meeting · pilot review`, or who is in it, or where, when it carries no message."""
    entry = contacts.entries(unit.connection, "c.id = :id", {"id": contact_id})[0]
    people = ", ".join(person.name for person in entry.people)
    about = entry.message or people or entry.account or entry.opportunity
    return line(f"{entry.channel} · {about}" if about else entry.channel)[:80]


def _day_of(now: dt.datetime) -> dt.date:
    """The day on the user's calendar."""
    return now.astimezone().date()
