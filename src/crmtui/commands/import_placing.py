"""What other programs tell of things done, or to be done, into the workspace: as contacts, actions and notes.

What was brought before is brought up to date as `import_last_word` says. Nobody is ever taken out of a contact, and
nothing that is done becomes undone, unless it is put off there to a day to come, and nobody has said anything else by
hand since, or it is called off there, and nobody has touched it by hand.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from crmtui.commands.contacts import OPEN, said as refusal_said
from crmtui.commands.import_changes import Changes, New
from crmtui.commands.import_entries import NAMED, SAID
from crmtui.commands.import_entry_keys import EntryKeys
from crmtui.commands.import_existing import Changed, Existing
from crmtui.commands.import_last_word import LastWord, Verdict
from crmtui.commands.import_placing_asides import Asides, title_of
from crmtui.commands.import_report import Outcome, Outcomes
from crmtui.commands.import_telling import Telling
from crmtui.commands.import_versions import version_of
from crmtui.domain import values
from crmtui.domain.accounts import Note
from crmtui.domain.action_plan import PlanAction
from crmtui.domain.bringing import CustomValue
from crmtui.domain.fields import LONGEST_LINE, specs
from crmtui.domain.identity import ExternalIdentity
from crmtui.domain.people import Person
from crmtui.domain.plans import Contact, ContactPerson
from crmtui.domain.words import ContactStatus
from crmtui.exchange.entries import EntryKind
from crmtui.exchange.problems import Problem
from crmtui.store.reading import contacts
from crmtui.store.reading.entry_revisions import entry_revisions
from crmtui.store.writing.bulk import insert_many, update_many
from crmtui.store.writing.matching import KEEPING_OURS, present, several_of, values_by_name
from crmtui.text import N_, _, line

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping, Sequence

    from crmtui.commands.import_guessing import Guess
    from crmtui.commands.import_participants import Participants
    from crmtui.commands.import_report import FileReport
    from crmtui.domain.fields import Record
    from crmtui.exchange.calendars.writing_out import Coming
    from crmtui.exchange.entries import Entry
    from crmtui.store.unit import UnitOfWork

KINDS: Final[Mapping[EntryKind, type[Record]]] = {
    EntryKind.CONTACT: Contact,
    EntryKind.TASK: PlanAction,
    EntryKind.NOTE: Note,
}
_AHEAD: Final = "number_ahead"
SUPERSEDED: Final = N_("a newer version of it is in the file too")
NOBODY_HERE: Final = N_("it has to do with nobody here")


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
        guess: its account, where it names none by itself.
    """

    entry: Entry
    given: dict[str, Any]
    people: list[int]
    rest: Mapping[str, str]
    record_id: int
    guess: Guess | None


class Placing:
    """The entries of one file while they find their places.

    Attributes:
        asides: those that are told of apart.
    """

    def __init__(self, unit: UnitOfWork, whom: Participants, way: Way, reports: Mapping[EntryKind, FileReport]) -> None:
        self._unit = unit
        self._whom = whom
        self._way = way
        self._reports = reports
        self._known = {kind: EntryKeys(unit, KINDS[kind], way.source) for kind in reports}
        self._words = {kind: LastWord(unit, KINDS[kind], way.source, way.existing) for kind in reports}
        self.asides = Asides()
        self._telling = Telling(unit, whom, way.now)
        self._changes = {kind: Changes(unit, KINDS[kind]) for kind in reports}
        self._seen: dict[str, int] = {}  # the record of each entry; 0 for those that became none, or not yet
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
            if entry.is_superseded:
                self.asides.superseded.append(title_of(entry))
                self._note(Outcome.PASSED, entry, why=SUPERSEDED)
            elif entry.key in self._seen or len(entry.key) > LONGEST_LINE:
                self._repeat(entry, pending.get(entry.key))
            elif said := self._take(entry):
                pending[entry.key] = said
        for kind in self._reports:
            self._add(kind, [said for said in self._fresh if said.entry.kind is kind])
            self._update(kind, [said for said in self._met if said.entry.kind is kind])

    def _take(self, entry: Entry) -> _Said | None:
        """What an entry says; None where nothing becomes of it."""
        self._seen[entry.key] = 0
        record_id = self._known[entry.kind].find(entry.key)
        given = self._telling.given(entry, record_id)
        guess = self._whom.guess if record_id is None else None
        if given is None and entry.is_cancelled:
            self.asides.never_here += 1
        elif given is None:
            self.asides.strangers.append(title_of(entry))
            self._note(Outcome.PASSED, entry, why=NOBODY_HERE)
        elif problem := self._problem(entry, given, record_id):
            self._reports[entry.kind].rejected.append(problem)
        else:
            # Actions and notes have no custom fields: their text keeps what has no place.
            rest = self._telling.rest(entry) if entry.kind is EntryKind.CONTACT else {}
            said = _Said(entry, given, given.pop("people", []), rest, record_id or 0, guess)
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

    def _end(self, outcome: Outcome, entry: Entry, record_id: int, why: str = "") -> None:
        """Count what became of an entry, and remember why where that is not as always."""
        if why:
            self.asides.held[why].append(title_of(entry))
        report = self._reports[entry.kind]
        setattr(report, outcome.value, getattr(report, outcome.value) + 1)
        self._note(outcome, entry, record_id, why)

    def _note(self, outcome: Outcome, entry: Entry, record_id: int = 0, why: str = "") -> None:
        report = self._reports[entry.kind]
        if report.outcomes is not None:
            report.outcomes.add(outcome, [entry.line], [record_id], [title_of(entry)])
            if why:
                self._explain(entry, _(why))

    def _explain(self, entry: Entry, why: str) -> None:
        report = self._reports[entry.kind]
        if report.outcomes is not None:
            report.reasons[entry.line] = why

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
            | version_of(said.entry)
            for key, said in pairs
        )
        insert_many(self._unit, ExternalIdentity, identities)
        self._changes[kind].show_new(self._reports[kind], (self._new(key, said) for key, said in pairs))
        for key, said in pairs:
            self._seen[said.entry.key] = key
            self._end(Outcome.NEW, said.entry, key)
            if said.guess:
                self.asides.guessed.append((title_of(said.entry), said.guess))
                self._explain(said.entry, f"{line(said.guess.name)}: {said.guess.reason}")

    def _new(self, key: int, said: _Said) -> New:
        record = KINDS[said.entry.kind]
        told = {name: values.plain(specs(record)[name], value) for name, value in said.given.items()}
        return New(said.entry.line, key, told | dict(said.rest))

    def _put_people(self, wanted: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
        """Put people into contacts that they are not in; returns those, each as (contact, person)."""
        kept = several_of(self._unit, ContactPerson.noun.table, "person_id", "contact_id", {one for one, _p in wanted})
        missing = [(one, person) for one, person in dict.fromkeys(wanted) if person not in kept.get(one, ())]
        insert_many(self._unit, ContactPerson, ({"contact_id": one, "person_id": person} for one, person in missing))
        return missing

    def _keep(self, told: Sequence[tuple[int, Mapping[str, str]]]) -> list[tuple[int, str, str]]:
        """Keep what contacts tell that has no place, unless they have a custom field of that name; returns those."""
        wanted = [(one, name[:LONGEST_LINE], value) for one, rest in told for name, value in rest.items()]
        kept = values_by_name(self._unit, "contact_id", {one for one, _name, _value in wanted})
        fresh = [row for row in wanted if row[:2] not in kept]
        rows = (
            {"contact_id": one, "name": name, "value": value, "source": self._way.title} for one, name, value in fresh
        )
        insert_many(self._unit, CustomValue, rows)
        return fresh

    def _update(self, kind: EntryKind, rows: list[_Said]) -> None:
        record, ids = KINDS[kind], [said.record_id for said in rows]
        names = (*SAID[record], *NAMED[record])
        more = {EntryKind.CONTACT: ("done_at", _AHEAD), EntryKind.TASK: (_AHEAD,)}.get(kind, ())
        kept = present(self._unit, record.noun.table, (*names, *more), ids)
        further = self._further(record.noun.table, rows, kept)
        word = self._words[kind]
        word.look_up([(said.entry.key, said.record_id) for said in rows])
        verdicts: list[tuple[_Said, Verdict]] = []
        for said in rows:
            one, now = said.record_id, kept[said.record_id]
            self._seen[said.entry.key] = one
            if self._way.source in KEEPING_OURS and said.entry.is_done is None and not said.entry.is_cancelled:
                said.given["status"] = None  # our own list does not tell it, and the clock would be a guess
            verdict = word.judge(said.entry, one, said.given, now)
            allowed = verdict.allowed
            if one in further:
                allowed[_AHEAD] = said.given[_AHEAD]
            if allowed:
                whole = self._telling.whole(said.entry, allowed, now) if kind is EntryKind.CONTACT else allowed
                update_many(self._unit, record, sorted(whole), [(one, whole)])
                self._changes[kind].tell(self._reports[kind], self._fields(said, allowed, now))
            verdicts.append((said, verdict))
        open_ones = [said for said in rows if word.may_add(said.entry, said.record_id)]
        people = self._put_people([(said.record_id, person) for said in open_ones for person in said.people])
        customs = self._keep([(said.record_id, said.rest) for said in open_ones])
        added = self._added([(said.entry.line, said.record_id) for said in open_ones], people, customs)
        told = {one.record_id for one in added}
        self._changes[kind].tell(self._reports[kind], added)
        came = []
        for said, verdict in verdicts:
            self._changes[kind].hold(self._reports[kind], self._fields(said, verdict.held, kept[said.record_id]))
            changed = bool(verdict.allowed) or said.record_id in told
            outcome = Outcome.UPDATED if changed else Outcome.KEPT if verdict.held else Outcome.UNCHANGED
            if changed or (outcome is Outcome.UNCHANGED and word.has_risen(said.entry)):
                came.append((said.entry.key, said.entry))
            self._end(outcome, said.entry, said.record_id, verdict.why)
        word.keep(came)

    def _further(self, table: str, rows: Sequence[_Said], kept: Mapping[int, Mapping[str, Any]]) -> set[int]:
        """The records whose numbers must go further ahead, to be above those that their entries tell."""
        above = [one for one in rows if (one.given.get(_AHEAD) or 0) > (kept[one.record_id].get(_AHEAD) or 0)]
        if not above or self._way.existing is Existing.SKIP:
            return set()
        ours = entry_revisions(self._unit.connection, table, [said.record_id for said in above])
        return {said.record_id for said in above if (said.entry.number or 0) > ours[said.record_id].number}

    def _fields(self, said: _Said, fields: Mapping[str, Any], now: Mapping[str, Any]) -> list[Changed]:
        """Some fields of what an entry says, beside what its record says; but for what people never see."""
        known = specs(KINDS[said.entry.kind])
        return [
            Changed(said.entry.line, said.record_id, name, now[name], values.plain(known[name], value))
            for name, value in fields.items()
            if not known[name].hidden
        ]

    def _added(
        self,
        rows: Sequence[tuple[int, int]],
        people: Sequence[tuple[int, int]],
        customs: Sequence[tuple[int, str, str]],
    ) -> list[Changed]:
        """People and custom fields that contacts got, as changes of them.

        Args:
            rows: each line with its contact.
            people: contacts, each with a person.
            customs: contacts, each with the name of a custom field and its value.
        """
        lines = {contact: number for number, contact in rows}
        names = present(self._unit, Person.noun.table, ("name",), {person for _contact, person in people})
        told = [(contact, _(Person.noun.one), str(names[person]["name"])) for contact, person in people]
        return [Changed(lines[contact], contact, name, None, value) for contact, name, value in (*told, *customs)]

    def call_off(self, coming: Mapping[str, Coming], last: dt.date) -> None:
        """Call off what was planned as one of a series and is none of it any more: left out, or after its end.

        Args:
            coming: what of each series comes, by its identity.
            last: the last day that they are of.
        """
        today = self._way.now.astimezone().date().isoformat()
        word = self._words[EntryKind.CONTACT]
        for key, record_id in self._known[EntryKind.CONTACT].coming(today, last.isoformat()):
            series = coming.get(key.rpartition("#")[0])
            if series is None or key in self._seen or key in series.keys:
                continue
            kept = present(self._unit, Contact.noun.table, ("status",), [record_id])[record_id]
            word.look_up([(key, record_id)])
            is_open = ContactStatus[kept["status"].upper()] in OPEN
            if is_open and word.may_call_off(key, record_id, series.entry, kept["status"]):
                update_many(self._unit, Contact, ["status"], [(record_id, {"status": ContactStatus.CANCELLED})])
                word.keep([(key, series.entry)])
                self._reports[EntryKind.CONTACT].updated += 1
