"""Events and to-dos into the workspace: as contacts and actions of people and accounts that it knows.

A calendar holds much that is no business of ours: what has to do with nobody here is passed over, and told. What was
brought before is brought up to date: the calendar has the last word until somebody changes the record by hand; then
the later of the two has. Nobody is ever taken out of a contact, and nothing that is done becomes undone.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, Final

from crmtui.commands.contacts import OPEN, said
from crmtui.commands.import_changes import Changes
from crmtui.commands.import_entries import SAID, differing, message_of, outcome_of, whole_change
from crmtui.commands.import_existing import Changed, Existing
from crmtui.commands.import_participants import Participants
from crmtui.commands.import_report import FileReport, Outcome, Outcomes
from crmtui.domain import values
from crmtui.domain.action_plan import PlanAction
from crmtui.domain.fields import LONGEST_LINE, specs
from crmtui.domain.identity import ExternalIdentity
from crmtui.domain.plans import Channel, Contact, ContactPerson
from crmtui.domain.words import Achieved, ContactStatus
from crmtui.exchange.calendars.writing import AT
from crmtui.exchange.problems import Problem
from crmtui.store.reading import contacts, records
from crmtui.store.reading.revisions import revisions
from crmtui.store.writing.bulk import insert_many, update_many
from crmtui.store.writing.matching import present
from crmtui.text import _, line, ngettext

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from crmtui.domain.fields import Record
    from crmtui.exchange.calendars.entries import Entry
    from crmtui.exchange.calendars.reading import CalendarFile
    from crmtui.store.unit import UnitOfWork

SOURCE: Final = "icalendaruid"
_MOST_NAMED: Final = 5
_DAY_LENGTH: Final = len("2026-01-31")
_ACTIONS: Final = "to-dos"


def load(
    unit: UnitOfWork,
    files: Sequence[CalendarFile],
    existing: Existing,
    now: dt.datetime,
    heed: Callable[[], None],
    *,
    is_told: bool = False,
    is_traced: bool = False,
) -> list[FileReport]:
    """Write what calendars hold; returns a report for the contacts and one for the actions of each file.

    Args:
        unit: the unit of work.
        files: the calendars.
        existing: what entries may do to records that are there.
        now: aware; what is over by then has happened.
        heed: called with each entry.
        is_told: whether to tell each field that changes.
        is_traced: whether to tell what became of each entry.
    """
    reports = []
    for file in files:
        loading = _Loading(unit, file, existing, now)
        loading.tell(is_told=is_told, is_traced=is_traced)
        for entry in file.entries():
            heed()
            loading.take(entry)
        loading.call_off()
        reports += loading.reports()
    return reports


class _Loading:
    """The entries of one file while they find their places."""

    def __init__(self, unit: UnitOfWork, file: CalendarFile, existing: Existing, now: dt.datetime) -> None:
        self._unit = unit
        self._file = file
        self._existing = existing
        self._now = now
        self._known = {kind: _Index(unit, kind) for kind in (Contact, PlanAction)}
        self._participants = Participants(unit)
        self._channels = {channel.id: channel for channel in records.where(unit.connection, Channel, "1", ())}
        name = line(file.path.name)
        self._reports = {
            Contact: FileReport(file.path, "contact", name=name),
            PlanAction: FileReport(file.path, "plan_action", name=f"{name}/{_ACTIONS}"),
        }
        self._changes: dict[type[Record], Changes] = {kind: Changes(unit, kind) for kind in (Contact, PlanAction)}
        self._strangers: list[str] = []
        self._never_here = 0
        self._seen: set[str] = set()
        self._changed: dict[str, dt.datetime | None] = {}  # of series, when they were

    def tell(self, *, is_told: bool, is_traced: bool) -> None:
        """Tell each field that changes, and what became of each entry."""
        for report in self._reports.values():
            report.changes = [] if is_told else None
            report.outcomes = Outcomes() if is_traced else None

    def _note(self, kind: type[Record], outcome: Outcome, entry: Entry, record_id: int = 0) -> None:
        if (outcomes := self._reports[kind].outcomes) is not None:
            outcomes.add(outcome, [entry.line], [record_id], [entry.summary])

    def take(self, entry: Entry) -> None:
        """One more entry."""
        kind = PlanAction if entry.is_task else Contact
        report = self._reports[kind]
        if entry.key in self._seen or len(entry.key) > LONGEST_LINE:
            report.rejected.append(Problem(entry.line, _("an earlier row is the same record"), "UID", entry.key))
            return
        self._seen.add(entry.key)
        self._changed.setdefault(entry.key.rpartition("#")[0], entry.changed_at)
        record_id = self._known[kind].find(entry.key)
        given = self._action(entry, record_id) if entry.is_task else self._contact(entry, record_id)
        if given is None and entry.is_cancelled:
            self._never_here += 1
        elif given is None:
            self._strangers.append(entry.summary)
            self._note(kind, Outcome.PASSED, entry)
        elif problem := self._problem(kind, entry, given, record_id):
            report.rejected.append(problem)
        elif record_id is None:
            self._note(kind, Outcome.NEW, entry, self._add(kind, entry, given))
            report.new += 1
        else:
            self._update(kind, entry, given, record_id)

    # What an entry says

    def _contact(self, entry: Entry, record_id: int | None) -> dict[str, Any] | None:
        """The fields of a contact; None for one that has to do with nobody here, or that was called off unseen."""
        people = self._participants.people(entry)
        account = self._participants.account(entry, people)
        is_ours = "STATUS" in entry.ours
        if record_id is None and ((entry.is_cancelled and not is_ours) or not (people or account)):
            return None
        is_over = entry.ends_at is not None and entry.ends_at <= self._now
        status = ContactStatus.DONE if is_over else ContactStatus.PLANNED
        if is_ours:
            status = next((word for word in ContactStatus if word.value in entry.ours["STATUS"]), status)
        status = ContactStatus.CANCELLED if entry.is_cancelled else status
        channel = self._channels[self._participants.channel(entry)]
        return {
            "account_id": account,
            "opportunity_id": self._participants.opportunity(entry),
            "day": entry.day,
            "time": entry.time,
            "channel_id": channel.id,
            "actor_id": self._participants.actor(entry),
            "status": status,
            "message": message_of(entry)[:LONGEST_LINE],
            "outcome": outcome_of(entry),
            "hours": entry.hours or channel.hours,
            "cost": channel.cost,
            "currency": channel.currency,
            "done_at": entry.ends_at if status is ContactStatus.DONE else None,
            "people": people,
        }

    def _action(self, entry: Entry, record_id: int | None) -> dict[str, Any] | None:
        """The fields of an action; None for one that names no account, or that was called off unseen."""
        account = self._participants.account(entry, self._participants.people(entry))
        if record_id is None and (account is None or entry.is_cancelled):
            return None
        done_on = entry.done_on if entry.is_done else None
        given: dict[str, Any] = {
            "account_id": account,
            "opportunity_id": self._participants.opportunity(entry),
            "name": entry.summary[:LONGEST_LINE],
            "owner_id": self._participants.actor(entry),
            "due_on": entry.day,
            "done_on": done_on or (self._now.date() if entry.is_done else None),
            "lesson": entry.description,
        }
        if entry.is_cancelled:
            given |= {"done_on": self._now.date(), "achieved": Achieved.NOT}
        return given

    def _problem(
        self, kind: type[Record], entry: Entry, given: dict[str, Any], record_id: int | None
    ) -> Problem | None:
        if kind is PlanAction and not given["name"]:
            return Problem(entry.line, _("the row has no name"), "SUMMARY")
        if kind is Contact and record_id is None and given["status"] in OPEN:
            refused = contacts.refusals(self._unit.connection, given["channel_id"], given["people"])
            if refused:
                return Problem(entry.line, "; ".join(map(said, refused)))
        return None

    # What becomes of it

    def _add(self, kind: type[Record], entry: Entry, given: dict[str, Any]) -> int:
        people = given.pop("people", ())
        (record_id,) = insert_many(self._unit, kind, [given])
        self._put_people(record_id, people)
        identity = {"source": SOURCE, "kind": kind.noun.table, "external_id": entry.key, "record_id": record_id}
        insert_many(self._unit, ExternalIdentity, [identity])
        return record_id

    def _put_people(self, contact_id: int, people: Sequence[int]) -> bool:
        kept = {
            row[0]
            for row in self._unit.connection.execute(
                "SELECT person_id FROM contact_person WHERE contact_id = ?", (contact_id,)
            )
        }
        missing = [{"contact_id": contact_id, "person_id": person} for person in people if person not in kept]
        if missing:
            insert_many(self._unit, ContactPerson, missing)
        return bool(missing)

    def _update(self, kind: type[Record], entry: Entry, given: dict[str, Any], record_id: int) -> None:
        people = given.pop("people", ())
        names = SAID[kind]
        kept = present(self._unit, kind.noun.table, (*names, "status") if kind is Contact else names, [record_id])
        change = differing(kind, entry, given, kept[record_id])
        may_change = self._may_change(kind, entry.changed_at, record_id)
        allowed = {name: value for name, value in change.items() if may_change(kept[record_id][name])}
        if allowed:
            whole = whole_change(allowed, given)
            update_many(self._unit, kind, sorted(whole), [(record_id, whole)])
        is_told = may_change("") and self._put_people(record_id, people)
        report, known = self._reports[kind], specs(kind)
        self._changes[kind].tell(
            report,
            [
                Changed(entry.line, record_id, name, kept[record_id][name], values.plain(known[name], value))
                for name, value in allowed.items()
            ],
        )
        outcome = Outcome.UPDATED if allowed or is_told else Outcome.KEPT if change else Outcome.UNCHANGED
        setattr(report, outcome.value, getattr(report, outcome.value) + 1)
        self._note(kind, outcome, entry, record_id)

    def call_off(self) -> None:
        """Call off what was planned as one of a series and is none of it any more: left out, or after its end."""
        today, last = self._now.astimezone().date().isoformat(), self._file.series.last.isoformat()
        for key, record_id in self._known[Contact].coming(today, last):
            uid = key.rpartition("#")[0]
            if uid not in self._file.series.coming or key in self._seen or key in self._file.series.coming[uid]:
                continue
            kept = present(self._unit, Contact.noun.table, ("status",), [record_id])[record_id]
            is_open = ContactStatus[kept["status"].upper()] in OPEN
            if is_open and self._may_change(Contact, self._changed.get(uid), record_id)(kept["status"]):
                update_many(self._unit, Contact, ["status"], [(record_id, {"status": ContactStatus.CANCELLED})])
                self._reports[Contact].updated += 1

    def _may_change(self, kind: type[Record], changed_at: dt.datetime | None, record_id: int) -> Callable[[Any], bool]:
        """Whether a value may be changed: none, all, or only those that are blank.

        Args:
            kind: of the record.
            changed_at: when its entry was changed.
            record_id: the record.
        """
        if self._existing is Existing.SKIP:
            return lambda _now: False
        touched = revisions(self._unit.connection, kind.noun.table, [record_id])[record_id].by_hand_at
        is_later = not touched or (changed_at is not None and changed_at > dt.datetime.fromisoformat(touched))
        if is_later or self._existing is Existing.OVERWRITE:
            return lambda _now: True
        return lambda now: now in (None, "")

    def reports(self) -> list[FileReport]:
        """What became of it: of the contacts always, of the actions where there were any."""
        found = [one for one in self._reports.values() if one.rows or any(one.outcomes or ())]
        found = found or [self._reports[Contact]]
        found[0].notes += self._file.notes
        found[0].rejected += self._file.problems
        if self._never_here:
            found[0].notes.append(
                ngettext(
                    "{count} entry was called off before it was ever here, and was passed over",
                    "{count} entries were called off before they were ever here, and were passed over",
                    self._never_here,
                )
            )
        if self._strangers:
            names = list(dict.fromkeys(self._strangers))
            few = ", ".join(values.quoted(name) for name in names[:_MOST_NAMED])
            found[0].notes.append(
                ngettext(
                    "{count} entry has to do with nobody here and was passed over: {names}",
                    "{count} entries have to do with nobody here and were passed over: {names}",
                    len(self._strangers),
                    names=few + ("…" if len(names) > _MOST_NAMED else ""),
                )
            )
        return found


class _Index:
    """The records of a table by the identities of their entries: those that they came under, and our own."""

    def __init__(self, unit: UnitOfWork, kind: type[Record]) -> None:
        table = kind.noun.table
        ours = unit.connection.execute(f"SELECT uid || '{AT}', id FROM {table}").fetchall()
        theirs = unit.connection.execute(
            "SELECT external_id, record_id FROM external_identity WHERE source = ? AND kind = ?", (SOURCE, table)
        )
        self._found: dict[str, int] = dict(ours) | dict(theirs.fetchall())

    def find(self, key: str) -> int | None:
        return self._found.get(key)

    def coming(self, first: str, last: str) -> Iterator[tuple[str, int]]:
        """Those of series from one day to another."""
        for key, record_id in self._found.items():
            _uid, mark, day = key.rpartition("#")
            if mark and first <= day[:_DAY_LENGTH] <= last:
                yield key, record_id
