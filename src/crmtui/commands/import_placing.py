"""What other programs tell of things done, or to be done, into the workspace: as contacts, actions and notes.

What was brought before is brought up to date: the other program has the last word until somebody changes the record by
hand; then the later of the two has. Nobody is ever taken out of a contact, and nothing that is done becomes undone,
unless it is put off there to a day to come, and nobody has said anything else by hand since.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from crmtui.commands.contacts import OPEN, said as refusal_said
from crmtui.commands.import_changes import Changes
from crmtui.commands.import_entries import NAMED, SAID, WHEN, differing, is_undone
from crmtui.commands.import_entry_keys import EntryKeys
from crmtui.commands.import_existing import Changed, Existing
from crmtui.commands.import_report import Outcome, Outcomes
from crmtui.commands.import_telling import Telling
from crmtui.domain import values
from crmtui.domain.accounts import Note
from crmtui.domain.action_plan import PlanAction
from crmtui.domain.bringing import CustomValue
from crmtui.domain.fields import LONGEST_LINE, specs
from crmtui.domain.identity import ExternalIdentity
from crmtui.domain.plans import Contact, ContactPerson
from crmtui.domain.words import ContactStatus
from crmtui.exchange.calendars.writing import AT
from crmtui.exchange.entries import EntryKind
from crmtui.exchange.problems import Problem
from crmtui.store.reading import contacts
from crmtui.store.reading.entry_revisions import contact_revisions, entry_revisions, own_revisions
from crmtui.store.writing.bulk import insert_many, update_many
from crmtui.store.writing.matching import KEEPING_OURS, present, several_of, values_by_name
from crmtui.text import _, line, ngettext

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from crmtui.commands.import_participants import Participants
    from crmtui.commands.import_report import FileReport
    from crmtui.domain.fields import Record
    from crmtui.exchange.entries import Entry
    from crmtui.store.reading.revisions import Revision
    from crmtui.store.unit import UnitOfWork

KINDS: Final[Mapping[EntryKind, type[Record]]] = {
    EntryKind.CONTACT: Contact,
    EntryKind.TASK: PlanAction,
    EntryKind.NOTE: Note,
}
_MOST_NAMED: Final = 5
_LONGEST_NAME: Final = 80  # of what has none
_AHEAD: Final = "number_ahead"


@dataclass(frozen=True, slots=True)
class Way:
    """How entries are brought.

    Attributes:
        existing: what they may do to records that are there.
        now: what is over by then has happened.
        source: what their identities in the other program are called.
        title: the program or the file, as custom fields remember where they came from.
        key_column: what the column of their identities is called.
        is_told: whether to tell each field that changes.
        is_traced: whether to tell what became of each entry.
    """

    existing: Existing
    now: dt.datetime
    source: str
    title: str
    key_column: str
    is_told: bool = False
    is_traced: bool = False


@dataclass(frozen=True, slots=True)
class _Said:
    """What an entry says.

    Attributes:
        entry: it.
        given: the fields of its record.
        people: who is in it.
        rest: what has no place, by header.
        record_id: the record that it means; 0 for a new one.
    """

    entry: Entry
    given: dict[str, Any]
    people: list[int]
    rest: Mapping[str, str]
    record_id: int


class Placing:
    """The entries of one file while they find their places."""

    def __init__(self, unit: UnitOfWork, whom: Participants, way: Way, reports: Mapping[EntryKind, FileReport]) -> None:
        self._unit = unit
        self._whom = whom
        self._way = way
        self._reports = reports
        self._known = {kind: EntryKeys(unit, KINDS[kind], way.source) for kind in reports}
        self._telling = Telling(unit, whom, way.now)
        self._changes = {kind: Changes(unit, KINDS[kind]) for kind in reports}
        self._strangers: list[str] = []
        self._never_here = 0
        self._seen: dict[str, int] = {}  # the record of each entry; 0 for those that became none, or not yet
        self._changed: dict[str, dt.datetime | None] = {}  # of series, when they were
        self._fresh: list[_Said] = []
        self._met: list[_Said] = []
        for report in reports.values():
            report.changes = [] if way.is_told else None
            report.outcomes = Outcomes() if way.is_traced else None

    def place(self, entries: Iterable[Entry]) -> None:
        """Some more entries, which are written together."""
        self._fresh, self._met = [], []
        pending: dict[str, _Said] = {}
        for entry in entries:
            if entry.key in self._seen or len(entry.key) > LONGEST_LINE:
                self._repeat(entry, pending.get(entry.key))
            elif said := self._take(entry):
                pending[entry.key] = said
        for kind in self._reports:
            self._add(kind, [said for said in self._fresh if said.entry.kind is kind])
            self._update(kind, [said for said in self._met if said.entry.kind is kind])

    def _take(self, entry: Entry) -> _Said | None:
        """What an entry says; None where nothing becomes of it."""
        self._seen[entry.key] = 0
        self._changed.setdefault(entry.key.rpartition("#")[0], entry.changed_at)
        record_id = self._known[entry.kind].find(entry.key)
        given = self._telling.given(entry, record_id)
        if given is None and entry.is_cancelled:
            self._never_here += 1
        elif given is None:
            self._strangers.append(entry.summary or entry.description[:LONGEST_LINE])
            self._note(Outcome.PASSED, entry)
        elif problem := self._problem(entry, given, record_id):
            self._reports[entry.kind].rejected.append(problem)
        else:
            # Actions and notes have no custom fields: their text keeps what has no place.
            rest = self._telling.rest(entry) if entry.kind is EntryKind.CONTACT else {}
            said = _Said(entry, given, given.pop("people", []), rest, record_id or 0)
            (self._met if record_id else self._fresh).append(said)
            return said
        return None

    def _repeat(self, entry: Entry, earlier: _Said | None) -> None:
        """An entry that was there already: tables tell one with several people once for each of them."""
        record_id = self._seen.get(entry.key, 0)
        if entry.named is None or entry.kind is not EntryKind.CONTACT or not (earlier or record_id):
            why = _("an earlier row is the same record")
            self._reports[entry.kind].rejected.append(Problem(entry.line, why, self._way.key_column, entry.key))
            return
        people = self._whom.people(entry)
        if earlier:
            earlier.people.extend(person for person in people if person not in earlier.people)
        else:
            self._put_people([(record_id, person) for person in people])
        self._end(Outcome.UNCHANGED, entry, record_id)

    def _end(self, outcome: Outcome, entry: Entry, record_id: int) -> None:
        """Count what became of an entry."""
        report = self._reports[entry.kind]
        setattr(report, outcome.value, getattr(report, outcome.value) + 1)
        self._note(outcome, entry, record_id)

    def _note(self, outcome: Outcome, entry: Entry, record_id: int = 0) -> None:
        if (outcomes := self._reports[entry.kind].outcomes) is not None:
            outcomes.add(outcome, [entry.line], [record_id], [entry.summary or line(entry.description[:_LONGEST_NAME])])

    def _problem(self, entry: Entry, given: dict[str, Any], record_id: int | None) -> Problem | None:
        if entry.kind is EntryKind.TASK and not given["name"]:
            return Problem(entry.line, _("the row has no name"), "" if entry.named else "SUMMARY")
        if entry.kind is EntryKind.CONTACT and record_id is None and given["status"] in OPEN:
            refused = contacts.refusals(self._unit.connection, given["channel_id"], given["people"])
            if refused:
                return Problem(entry.line, "; ".join(map(refusal_said, refused)))
        return None

    # What becomes of them

    def _add(self, kind: EntryKind, rows: list[_Said]) -> None:
        table = KINDS[kind].noun.table
        keys = insert_many(self._unit, KINDS[kind], (said.given for said in rows))
        pairs = list(zip(keys, rows, strict=True))
        self._put_people([(key, person) for key, said in pairs for person in said.people])
        self._keep([(key, said.rest) for key, said in pairs])
        identities = (
            {"source": self._way.source, "kind": table, "external_id": said.entry.key, "record_id": key}
            for key, said in pairs
        )
        insert_many(self._unit, ExternalIdentity, identities)
        for key, said in pairs:
            self._seen[said.entry.key] = key
            self._end(Outcome.NEW, said.entry, key)

    def _put_people(self, wanted: Sequence[tuple[int, int]]) -> set[int]:
        """Put people into contacts that they are not in; returns these contacts."""
        kept = several_of(self._unit, ContactPerson.noun.table, "person_id", "contact_id", {one for one, _p in wanted})
        missing = [(one, person) for one, person in dict.fromkeys(wanted) if person not in kept.get(one, ())]
        insert_many(self._unit, ContactPerson, ({"contact_id": one, "person_id": person} for one, person in missing))
        return {one for one, _person in missing}

    def _keep(self, told: Sequence[tuple[int, Mapping[str, str]]]) -> set[int]:
        """Keep what contacts tell that has no place, unless they have a custom field of that name; returns which."""
        wanted = [(one, name[:LONGEST_LINE], value) for one, rest in told for name, value in rest.items()]
        kept = values_by_name(self._unit, "contact_id", {one for one, _name, _value in wanted})
        fresh = [row for row in wanted if row[:2] not in kept]
        rows = (
            {"contact_id": one, "name": name, "value": value, "source": self._way.title} for one, name, value in fresh
        )
        insert_many(self._unit, CustomValue, rows)
        return {one for one, _name, _value in fresh}

    def _update(self, kind: EntryKind, rows: list[_Said]) -> None:
        record, ids = KINDS[kind], [said.record_id for said in rows]
        names = (*SAID[record], *NAMED[record])
        more = {EntryKind.CONTACT: ("done_at", _AHEAD), EntryKind.TASK: (_AHEAD,)}.get(kind, ())
        kept = present(self._unit, record.noun.table, (*names, *more), ids)
        further = self._further(record.noun.table, rows, kept)
        by_hand = own_revisions(self._unit.connection, record.noun.table, ids) if rows else {}
        with_people = contact_revisions(self._unit.connection, ids) if rows and kind is EntryKind.CONTACT else by_hand
        changing: dict[int, bool] = {}
        others: set[int] = set()  # what says something else
        for said in rows:
            one, now = said.record_id, kept[said.record_id]
            self._seen[said.entry.key] = one
            may_change = self._may_change(by_hand[one], said.entry)
            if self._way.source in KEEPING_OURS and said.entry.is_done is None and not said.entry.is_cancelled:
                said.given["status"] = None  # our own list does not tell it, and the clock would be a guess
            change = differing(record, said.entry, said.given, now)
            if is_undone(change, now) and not _is_later(by_hand[one], said.entry.changed_at):
                change = {name: value for name, value in change.items() if name not in WHEN}
            allowed = {name: value for name, value in change.items() if may_change(now[name])}
            if one in further:
                allowed[_AHEAD] = said.given[_AHEAD]
            if allowed:
                whole = self._telling.whole(said.entry, allowed, now) if kind is EntryKind.CONTACT else allowed
                update_many(self._unit, record, sorted(whole), [(one, whole)])
                self._tell(said, allowed, now)
            changing[one] = bool(allowed)
            others |= {one} if change else set()
        open_ones = [said for said in rows if self._may_change(with_people[said.record_id], said.entry)("")]
        told = self._put_people([(said.record_id, person) for said in open_ones for person in said.people])
        told |= self._keep([(said.record_id, said.rest) for said in open_ones])
        for said in rows:
            one = said.record_id
            changed = changing[one] or one in told
            outcome = Outcome.UPDATED if changed else Outcome.KEPT if one in others else Outcome.UNCHANGED
            self._end(outcome, said.entry, one)

    def _further(self, table: str, rows: Sequence[_Said], kept: Mapping[int, Mapping[str, Any]]) -> set[int]:
        """The records whose numbers must go further ahead, to be above those that their entries tell."""
        above = [one for one in rows if (one.given.get(_AHEAD) or 0) > (kept[one.record_id].get(_AHEAD) or 0)]
        if not above or self._way.existing is Existing.SKIP:
            return set()
        ours = entry_revisions(self._unit.connection, table, [said.record_id for said in above])
        return {said.record_id for said in above if (said.entry.number or 0) > ours[said.record_id].number}

    def _tell(self, said: _Said, allowed: Mapping[str, Any], now: Mapping[str, Any]) -> None:
        """What changes in a record."""
        known = specs(KINDS[said.entry.kind])
        changed = [
            Changed(said.entry.line, said.record_id, name, now[name], values.plain(known[name], value))
            for name, value in allowed.items()
        ]
        self._changes[said.entry.kind].tell(self._reports[said.entry.kind], changed)

    def call_off(self, coming: Mapping[str, set[str]], last: dt.date) -> None:
        """Call off what was planned as one of a series and is none of it any more: left out, or after its end.

        Args:
            coming: of each series, by its identity, the identities of those from today on.
            last: the last day that they are of.
        """
        today = self._way.now.astimezone().date().isoformat()
        for key, record_id in self._known[EntryKind.CONTACT].coming(today, last.isoformat()):
            uid = key.rpartition("#")[0]
            if uid not in coming or key in self._seen or key in coming[uid]:
                continue
            kept = present(self._unit, Contact.noun.table, ("status",), [record_id])[record_id]
            is_open = ContactStatus[kept["status"].upper()] in OPEN
            by_hand = own_revisions(self._unit.connection, Contact.noun.table, [record_id])[record_id]
            if is_open and self._later_may(by_hand, self._changed.get(uid))(kept["status"]):
                update_many(self._unit, Contact, ["status"], [(record_id, {"status": ContactStatus.CANCELLED})])
                self._reports[EntryKind.CONTACT].updated += 1

    def _may_change(self, revision: Revision, entry: Entry) -> Callable[[Any], bool]:
        """Whether a value may be changed: none, all, or only those that are blank.

        What went out from here and comes back older than what is here was passed by: it changes nothing.
        """
        is_ours, changed_at = entry.key.endswith(AT), entry.changed_at
        is_counted = is_ours and entry.number is not None and entry.number < revision.number
        is_passed = is_counted and changed_at is not None and changed_at <= dt.datetime.fromisoformat(revision.at)
        if is_passed and self._way.existing is not Existing.OVERWRITE:
            return lambda _now: False
        return self._later_may(revision, changed_at)

    def _later_may(self, by_hand: Revision, changed_at: dt.datetime | None) -> Callable[[Any], bool]:
        """Whether a value may be changed: none, all, or only those that are blank.

        Args:
            by_hand: when somebody changed the record.
            changed_at: when its entry was changed.
        """
        if self._way.existing is Existing.SKIP:
            return lambda _now: False
        if _is_later(by_hand, changed_at) or self._way.existing is Existing.OVERWRITE:
            return lambda _now: True
        return lambda now: now in (None, "")

    def notes(self) -> Iterator[str]:
        """What was passed over, in sentences."""
        if self._never_here:
            yield ngettext(
                "{count} entry was called off before it was ever here, and was passed over",
                "{count} entries were called off before they were ever here, and were passed over",
                self._never_here,
            )
        if self._strangers:
            names = list(dict.fromkeys(self._strangers))
            few = ", ".join(values.quoted(name) for name in names[:_MOST_NAMED])
            yield ngettext(
                "{count} entry has to do with nobody here and was passed over: {names}",
                "{count} entries have to do with nobody here and were passed over: {names}",
                len(self._strangers),
                names=few + ("…" if len(names) > _MOST_NAMED else ""),
            )


def _is_later(by_hand: Revision, changed_at: dt.datetime | None) -> bool:
    """Whether an entry was changed after anybody changed its record by hand."""
    touched = by_hand.by_hand_at
    return not touched or (changed_at is not None and changed_at > dt.datetime.fromisoformat(touched))
