"""What an entry of a calendar or a table says, and how that differs from the record that it came as before."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from crmtui.commands.contacts import OPEN
from crmtui.domain import values
from crmtui.domain.accounts import Note
from crmtui.domain.action_plan import PlanAction
from crmtui.domain.fields import specs
from crmtui.domain.plans import Contact
from crmtui.domain.words import Achieved, ContactStatus
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


def differing(
    kind: type[Record], entry: Entry, given: dict[str, Any], kept: dict[str, Any], *, is_newer: bool
) -> dict[str, Any]:
    """What an entry says that its record does not; `is_newer` where it is a newer version than the one that came."""
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
        _settle(change, kept, entry, is_newer=is_newer)
    elif kind is PlanAction and kept["done_on"]:
        _end(change, given, kept, entry, is_newer=is_newer)
    return change


def is_settled_anew(kind: type[Record], change: Mapping[str, Any], kept: Mapping[str, Any]) -> bool:
    """Whether a change calls off what is done, or calls on again what was called off."""
    if kind is PlanAction:
        return kept["achieved"] == Achieved.NOT.value and "achieved" in change
    if kind is not Contact or "status" not in change:
        return False
    return kept["status"] == ContactStatus.CANCELLED.value or (
        kept["status"] == ContactStatus.DONE.value and change["status"] is ContactStatus.CANCELLED
    )


def _end(
    change: dict[str, Any], given: Mapping[str, Any], kept: Mapping[str, Any], entry: Entry, *, is_newer: bool
) -> None:
    """What ended stays so, on its day; but what was called off is open again, or done, by a newer version."""
    if kept["achieved"] == Achieved.NOT.value and is_newer and not entry.is_cancelled:
        change |= {"done_on": given["done_on"], "achieved": None}
    elif entry.done_on is None:
        for name in ("done_on", "achieved"):
            change.pop(name, None)


def _settle(change: dict[str, Any], kept: dict[str, Any], entry: Entry, *, is_newer: bool) -> None:
    """What is done stays so, unless it is called off; what is open and goes to another day is moved.

    What was done and goes to a day to come has not been yet: then it is moved too. One that is done and due later was
    done before: its record knows better on which day. What was called off is on again by a newer version alone.
    """
    status, now = change.pop("status", None), ContactStatus[kept["status"].upper()]
    if now is ContactStatus.CANCELLED and status is not None and is_newer:
        is_moved = status is ContactStatus.PLANNED and "day" in change
        change["status"] = ContactStatus.MOVED if is_moved else status
    if now is ContactStatus.DONE and status is ContactStatus.CANCELLED:
        change["status"] = status
    elif now is ContactStatus.DONE:
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
