"""Contacts and actions as a calendar: each under an identity that stays, so that a calendar takes in what changed."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, Final

from crmtui.commands.exporting_scope import ALL
from crmtui.domain.action_plan import PlanAction
from crmtui.domain.plans import Channel, Contact
from crmtui.domain.words import ContactStatus
from crmtui.errors import UsageError
from crmtui.exchange.calendars.writing import AT, HEAD, TAIL, EntryOf, entry_text
from crmtui.exchange.portable import portable_columns
from crmtui.store.reading import contacts, flat, records
from crmtui.store.reading.entry_revisions import entry_revisions
from crmtui.store.reading.revisions import external_ids
from crmtui.text import _, line

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator, Sequence

    from crmtui.commands.exporting_scope import Scope
    from crmtui.domain.fields import Record

KINDS: Final = ("plans", "contacts", "actions", ALL)
SOURCE: Final = "icalendaruid"
_PAGE: Final = 1_000
_LONGEST: Final = 250
_CONTACTS: Final = {"plans": "plan_id IS NOT NULL", "contacts": "1", ALL: "1"}
_STATUSES: Final = {ContactStatus.CANCELLED: "CANCELLED"}


def calendar(connection: sqlite3.Connection, scope: Scope) -> Iterator[str]:
    """A calendar as texts: its head, each entry, its tail.

    Raises:
        UsageError: a kind that has no place in a calendar.
    """
    if scope.kind not in KINDS:
        raise UsageError(_("calendars are of {kinds}").format(kinds=", ".join(KINDS)))
    events = tasks = list[int]()
    if scope.kind in _CONTACTS:
        events = _keys(connection, scope, Contact, f"{_CONTACTS[scope.kind]} ORDER BY day, time, id")
    if scope.kind in ("actions", ALL):
        tasks = _keys(connection, scope, PlanAction, "1 ORDER BY due_on, id")
    scope.tally.total = len(events) + len(tasks)
    yield HEAD
    if events:
        codes = {channel.uid: (channel.code, channel.name) for channel in records.where(connection, Channel, "1", ())}
        for page in _pages(connection, Contact, events):
            for entry in _events(connection, page, codes):
                scope.tally.add()
                yield entry_text(entry)
    for page in _pages(connection, PlanAction, tasks):
        for record_id in page.keys:
            scope.tally.add()
            yield entry_text(_task(page, record_id))
    yield TAIL


def _keys(connection: sqlite3.Connection, scope: Scope, kind: type[Record], rest: str) -> list[int]:
    """The keys of what has an entry, in order of time; of those that were chosen, or that hang on them."""
    table = kind.noun.table
    chosen = None if scope.chosen is None else set(scope.keys(connection, table))
    return [
        key for (key,) in connection.execute(f"SELECT id FROM {table} WHERE {rest}") if chosen is None or key in chosen
    ]


class _Page:
    """Some records as rows by their columns, with their identities outside and the last changes of their entries."""

    def __init__(self, connection: sqlite3.Connection, kind: type[Record], keys: Sequence[int]) -> None:
        self.keys = keys
        columns = [column.name for column in portable_columns(kind)]
        found = flat.rows(connection, kind, keys)
        self.rows: dict[int, dict[str, Any]] = {
            record_id: dict(zip(columns, found[record_id], strict=True)) for record_id in keys
        }
        external = external_ids(connection, kind.noun.table, SOURCE, keys)
        # One of a series had no identity of its own where it came from.
        self._external = {record_id: uid for record_id, uid in external.items() if "#" not in uid}
        self._revisions = entry_revisions(connection, kind.noun.table, keys)

    def uid(self, record_id: int) -> str:
        """The identity of its entry: that which it came under, or else ours."""
        return self._external.get(record_id, f"{self.rows[record_id]['uid']}{AT}")

    def revision(self, record_id: int) -> tuple[int, str]:
        """The number of what it tells, and when that was changed last; now where the history has forgotten."""
        found = self._revisions[record_id]
        return found.number, found.at or dt.datetime.now(dt.UTC).isoformat()


def _pages(connection: sqlite3.Connection, kind: type[Record], keys: Sequence[int]) -> Iterator[_Page]:
    for start in range(0, len(keys), _PAGE):
        yield _Page(connection, kind, keys[start : start + _PAGE])


def _events(connection: sqlite3.Connection, page: _Page, channels: dict[str, tuple[str, str]]) -> Iterator[EntryOf]:
    interlocutors = contacts.interlocutors(connection, page.keys)
    uids = _uids_of_people(connection, page.keys)
    for record_id in page.keys:
        row, people = page.rows[record_id], [person.name for person in interlocutors.get(record_id, ())]
        code, channel = channels[row["channel_uid"]]
        number, changed_at = page.revision(record_id)
        summary = _summary(channel, people, row)
        told = (("CHANNEL", code), ("STATUS", row["status"]), ("SUMMARY", summary), ("MESSAGE", row["message"]))
        links = (("ACCOUNT", row["account_uid"] or ""), ("OPPORTUNITY", row["opportunity_uid"] or ""))
        yield EntryOf(
            is_task=False,
            uid=page.uid(record_id),
            number=number,
            changed_at=changed_at,
            summary=summary,
            description=row["outcome"],
            day=row["day"],
            time=row["time"],
            hours=row["hours"],
            status=_STATUSES.get(ContactStatus[row["status"].upper()], "CONFIRMED"),
            categories=[row["account"] or ""],
            people=people,
            ours=[*told, *links, *(("PERSON", uid) for uid in uids.get(record_id, ()))],
        )


def _summary(channel: str, people: Sequence[str], row: dict[str, Any]) -> str:
    """What people see in their calendar: how, whom, about what."""
    whom = ", ".join(people) or row["account"] or row["opportunity"] or ""
    about = f": {row['message']}" if row["message"] else ""
    return line(" · ".join(filter(None, (channel, whom))) + about)[:_LONGEST].strip()


def _uids_of_people(connection: sqlite3.Connection, contact_ids: Sequence[int]) -> dict[int, list[str]]:
    marks = ", ".join(str(int(contact_id)) for contact_id in contact_ids)
    found: dict[int, list[str]] = {}
    for contact_id, uid in connection.execute(
        f"""SELECT cp.contact_id, n.uid FROM contact_person cp JOIN person n ON n.id = cp.person_id
        WHERE cp.contact_id IN ({marks}) ORDER BY cp.id"""
    ):
        found.setdefault(contact_id, []).append(uid)
    return found


def _task(page: _Page, record_id: int) -> EntryOf:
    row = page.rows[record_id]
    number, changed_at = page.revision(record_id)
    return EntryOf(
        is_task=True,
        uid=page.uid(record_id),
        number=number,
        changed_at=changed_at,
        summary=row["name"],
        description=row["lesson"],
        day=row["due_on"] or "",
        status="COMPLETED" if row["done_on"] else "NEEDS-ACTION",
        done_on=row["done_on"] or "",
        categories=[row["account"] or ""],
        ours=[("ACCOUNT", row["account_uid"] or ""), ("OPPORTUNITY", row["opportunity_uid"] or "")],
    )
