"""What an entry says, as the fields of the contact, the action or the note that it becomes."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from crmtui.commands.import_entries import message_of, outcome_of
from crmtui.domain.fields import LONGEST_LINE
from crmtui.domain.people import Person
from crmtui.domain.plans import Channel
from crmtui.domain.words import Achieved, ContactStatus
from crmtui.exchange.entries import EntryKind
from crmtui.store.reading import records
from crmtui.store.reading.revisions import second_of
from crmtui.store.writing.matching import present
from crmtui.text import _

if TYPE_CHECKING:
    from collections.abc import Mapping

    from crmtui.commands.import_participants import Participants
    from crmtui.exchange.entries import Entry
    from crmtui.store.unit import UnitOfWork


class Telling:
    """What entries of one file say.

    Args:
        unit: the unit of work.
        whom: who and what they name.
        now: what is over by then has happened.
    """

    def __init__(self, unit: UnitOfWork, whom: Participants, now: dt.datetime) -> None:
        self._unit = unit
        self._whom = whom
        self._now = now
        self._channels = {channel.id: channel for channel in records.where(unit.connection, Channel, "1", ())}

        (at,) = unit.connection.execute("SELECT at FROM change_set WHERE id = ?", (unit.set_id,)).fetchone()
        self._begun = second_of(at)

    def rest(self, entry: Entry) -> dict[str, str]:
        """What the entry that was looked at last tells and has no place, by header."""
        return {**entry.kept, **self._whom.unmet(entry)}

    def given(self, entry: Entry, record_id: int | None) -> dict[str, Any] | None:
        """The fields of what it becomes; None for what has to do with nobody here, or was called off unseen."""
        people = self._whom.people(entry)
        opportunity = self._whom.opportunity(entry)
        account = self._whom.account(entry, people, opportunity)
        if entry.kind is EntryKind.TASK:
            return self._action(entry, record_id, people, account, opportunity)
        if record_id is None and not (people or account or opportunity):
            return None
        if entry.kind is EntryKind.NOTE:
            return self._note(entry, people, account, opportunity)
        return self._contact(entry, record_id, people, account, opportunity)

    def _contact(
        self, entry: Entry, record_id: int | None, people: list[int], account: int | None, opportunity: int | None
    ) -> dict[str, Any] | None:
        is_ours = "STATUS" in entry.ours
        if record_id is None and entry.is_cancelled and not is_ours and entry.named is None:
            return None
        is_over = entry.ends_at is not None and entry.ends_at <= self._now
        status = ContactStatus.DONE if (is_over if entry.is_done is None else entry.is_done) else ContactStatus.PLANNED
        if is_ours:
            said = next((word for word in ContactStatus if word.value in entry.ours["STATUS"]), status)
            is_put_off = said is ContactStatus.DONE and record_id is not None and not is_over
            status = ContactStatus.PLANNED if is_put_off else said  # what is ours goes along when another day is said
        status = ContactStatus.CANCELLED if entry.is_cancelled else status
        channel = self._channels[self._whom.channel(entry)]
        day, time = entry.day, entry.time
        if status is ContactStatus.DONE and not is_ours and day and day > self._today:
            day, time = self._today, ""  # it was due later, and has happened
        return {
            "account_id": account,
            "opportunity_id": opportunity,
            "day": day,
            "time": time,
            "channel_id": channel.id,
            "actor_id": self._whom.actor(entry),
            "status": status,
            "message": message_of(entry)[:LONGEST_LINE],
            "outcome": outcome_of(entry),
            "hours": entry.hours or channel.hours,
            "cost": channel.cost,
            "currency": channel.currency,
            "done_at": self._ended(entry) if status is ContactStatus.DONE else None,
            "number_ahead": self._ahead(entry),
            "people": people,
        }

    def whole(self, entry: Entry, change: dict[str, Any], kept: Mapping[str, Any]) -> dict[str, Any]:
        """A change of a contact with what belongs to it: when it was done, which is never before its day."""
        if change.get("status") is ContactStatus.DONE:
            return change | {"done_at": self._ended(entry)}
        if kept["status"] != ContactStatus.DONE.value:
            return change
        if "status" in change:
            return change | {"done_at": None}
        if "day" not in change:
            return change
        ended, said = self._ended(entry), kept["done_at"]
        return change | {"done_at": max(ended, dt.datetime.fromisoformat(said)) if said else ended}

    @property
    def _today(self) -> dt.date:
        return self._now.astimezone().date()

    def _ended(self, entry: Entry) -> dt.datetime:
        """When it was over, as far as it is."""
        return min(entry.ends_at, self._now) if entry.ends_at else self._now

    def _action(
        self, entry: Entry, record_id: int | None, people: list[int], account: int | None, opportunity: int | None
    ) -> dict[str, Any] | None:
        """The fields of an action; None for one that names no account, or that was called off unseen."""
        if record_id is None and (account is None or (entry.is_cancelled and entry.named is None)):
            return None
        done_on = entry.done_on if entry.is_done else None
        given: dict[str, Any] = {
            "account_id": account,
            "opportunity_id": opportunity,
            "name": entry.summary[:LONGEST_LINE],
            "owner_id": self._whom.actor(entry),
            "due_on": entry.day,
            "done_on": done_on or (self._by_now(entry) if entry.is_done else None),
            "lesson": "\n\n".join(filter(None, (self._text(entry), self._with(entry, people)))),
            "number_ahead": self._ahead(entry),
        }
        if entry.is_cancelled:
            given |= {"done_on": entry.done_on or self._today, "achieved": Achieved.NOT}
        return given

    def _by_now(self, entry: Entry) -> dt.date:
        """When something was done of which only is told that it was: on the day it was due, unless that is to come."""
        return min(entry.day or self._today, self._today)

    def _with(self, entry: Entry, people: list[int]) -> str:
        """Whom a row about an action names, since actions have no people."""
        if entry.named is None or not people:
            return ""
        names = present(self._unit, Person.noun.table, ("name",), people)
        header = entry.named.headers.get("people") or entry.named.headers.get("people_keys") or _(Person.noun.many)
        return f"{header}: {', '.join(str(names[person]['name']) for person in people)}"

    def _note(self, entry: Entry, people: list[int], account: int | None, opportunity: int | None) -> dict[str, Any]:
        return {
            "account_id": account,
            "person_id": people[0] if people else None,
            "opportunity_id": opportunity,
            "day": entry.day,
            "text": self._text(entry),
        }

    def _ahead(self, entry: Entry) -> int | None:
        """By how much our number must go ahead to be above the one that it told; None where it is by itself."""
        return entry.number + 1 - self._begun if entry.number is not None and entry.number >= self._begun else None

    def _text(self, entry: Entry) -> str:
        """The text of an action or a note, with what it tells and has no other place."""
        rest = "\n".join(f"{name}: {value}" for name, value in self.rest(entry).items())
        return "\n\n".join(filter(None, (entry.description, rest)))
