"""What an entry of a calendar or a table says, and how that differs from the record that it came as before."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from crmtui.commands.contacts import OPEN
from crmtui.domain import values
from crmtui.domain.accounts import Note
from crmtui.domain.action_plan import PlanAction
from crmtui.domain.fields import specs
from crmtui.domain.plans import Contact
from crmtui.domain.words import ContactStatus
from crmtui.domain.workspace import Actor
from crmtui.text import _

if TYPE_CHECKING:
    from collections.abc import Mapping

    from crmtui.domain.fields import Record
    from crmtui.exchange.entries import Entry

# The fields that an entry tells again and again; the others only when it comes for the first time.
SAID: Final = {
    Contact: ("day", "time", "message", "outcome", "hours", "status"),
    PlanAction: ("name", "due_on", "done_on", "lesson", "achieved"),
    Note: ("text",),
}

WHEN: Final = ("day", "time", "status")

# What it names, which is filled where nothing is there: whose key led nowhere may have come since.
NAMED: Final = {
    Contact: ("account_id", "opportunity_id", "actor_id"),
    PlanAction: ("opportunity_id", "owner_id"),
    Note: ("account_id", "person_id", "opportunity_id"),
}


def differing(kind: type[Record], entry: Entry, given: dict[str, Any], kept: dict[str, Any]) -> dict[str, Any]:
    """What an entry says that its record does not."""
    known = specs(kind)
    change = {}
    for name in SAID[kind]:
        value = given.get(name)
        if value in (None, "") and (name not in ("time", "due_on") or (entry.named and "day" not in change)):
            continue  # a table may have no column for it; what it puts on another day is at the time that it tells
        if name == "hours" and entry.hours is None:
            continue
        if values.plain(known[name], value) != kept[name]:
            change[name] = value
    if said := entry.named:
        is_ours = bool(said.actor or said.actor_key)
        fit = (name for name in NAMED[kind] if is_ours or known[name].link != Actor.noun.table)
        change |= {name: given[name] for name in fit if kept[name] is None and given.get(name) is not None}
    if kind is Contact:
        _settle(change, kept, entry)
    elif kind is PlanAction and kept["done_on"] and entry.done_on is None:
        for name in ("done_on", "achieved"):
            change.pop(name, None)
    return change


def _settle(change: dict[str, Any], kept: dict[str, Any], entry: Entry) -> None:
    """What is done or called off stays so; what is open and goes to another day is moved.

    What was done and goes to a day to come has not been yet: then it is moved too. One that is done and due later was
    done before: its record knows better on which day.
    """
    status, now = change.pop("status", None), ContactStatus[kept["status"].upper()]
    if now is ContactStatus.DONE:
        if "day" in change and status is ContactStatus.PLANNED and entry.is_done is None:
            change["status"] = ContactStatus.MOVED
        elif change.get("day", entry.day) != entry.day:
            change.pop("day")
            change.pop("time", None)
    if now not in OPEN:
        return
    if status in (ContactStatus.CANCELLED, ContactStatus.DONE):
        change["status"] = status
    elif "day" in change and now is not ContactStatus.MOVED:
        change["status"] = ContactStatus.MOVED


def is_undone(change: Mapping[str, Any], kept: Mapping[str, Any]) -> bool:
    """Whether a change makes open again what is done."""
    return change.get("status") is ContactStatus.MOVED and kept["status"] == ContactStatus.DONE.value


def message_of(entry: Entry) -> str:
    """What the contact is about: our own words where the title is still the one that was made of them."""
    if entry.ours.get("SUMMARY") == (entry.summary,):
        return next(iter(entry.ours.get("MESSAGE", ())), "")
    return entry.summary


def outcome_of(entry: Entry) -> str:
    """The text of the entry, and its place where it is none of ours."""
    place = _("Place: {place}").format(place=entry.location) if entry.location and "STATUS" not in entry.ours else ""
    return "\n".join(filter(None, (entry.description, place)))
