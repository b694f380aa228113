"""Rows of other programs' files into the workspace: matched, linked, added or completed; a few thousand at a time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from crmtui.commands import import_asides
from crmtui.commands.import_changes import Changes
from crmtui.commands.import_companies import Companies
from crmtui.commands.import_customs import Customs
from crmtui.commands.import_doubts import Doubts
from crmtui.commands.import_existing import Changed, Comparison
from crmtui.commands.import_links import Links
from crmtui.commands.import_matching import Known, Matching, Sorted
from crmtui.commands.import_refusals import Refusals
from crmtui.commands.import_report import Outcome, Outcomes, closing_notes
from crmtui.commands.import_unplaced import tell_unplaced
from crmtui.domain import values
from crmtui.domain.accounts import Account
from crmtui.domain.checked import Checked
from crmtui.domain.fields import default, specs
from crmtui.domain.identity import ExternalIdentity
from crmtui.domain.opportunities import Opportunity, StageChange
from crmtui.domain.people import Person
from crmtui.domain.words import Stage
from crmtui.exchange.mapping.endings import CLOSED
from crmtui.exchange.mapping.meanings import EXTERNAL
from crmtui.store.writing.bulk import insert_columns
from crmtui.store.writing.matching import Index
from crmtui.text import _, ngettext

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from crmtui.commands.import_existing import Existing
    from crmtui.commands.import_report import FileReport
    from crmtui.commands.import_staging import Staged
    from crmtui.domain.values import Plain
    from crmtui.exchange.mapping.drafts import Drafts
    from crmtui.store.unit import UnitOfWork


@dataclass(frozen=True, slots=True)
class How:
    """How files are brought.

    Attributes:
        existing: what rows may do to records that are there, unless a file says otherwise.
        today: the day on which it happens.
        sources: what the keys of each table are called that the files bring.
        skip_doubtful: whether to leave out new rows that may mean a record that is there, or an earlier new row, also
            where nothing was said of that for a file.
        is_told: whether to tell each field that changes.
        is_traced: whether to tell what became of each row.
    """

    existing: Existing
    today: dt.date
    sources: Mapping[str, Sequence[str]]
    skip_doubtful: bool = False
    is_told: bool = False
    is_traced: bool = False


class ForeignImport:
    """The writing of one file that was read and checked."""

    def __init__(self, unit: UnitOfWork, staged: Staged, how: How) -> None:
        self._unit = unit
        self._staged = staged
        self._report = staged.report
        self._kind = staged.kind
        self._how = how
        self._modes = staged.modes(how.existing)
        self._index = Index(unit, staged.report.table, staged.source)

        def sources(table: str, header: str) -> Sequence[str]:
            return staged.key_sources(table, header, how.sources)

        self._is_left_out = bool(how.skip_doubtful or staged.mapping.skip_doubtful)  # what is doubtful
        self._doubts = Doubts(unit, staged.report, self._index)
        links = staged.keys_by_link()
        self._links = Links(unit, staged.report, staged.kind, sources, links, staged.spelt, self._doubts)
        self._customs = Customs(unit, staged.report.table, staged.title, how.today)
        self._refusals = Refusals(unit, staged.title, how.today)
        self._changes = Changes(unit, staged.kind)
        self._companies = Companies(unit)
        self._status: dict[int, Outcome] = {}  # by line, of rows whose links within the table are filled at the end
        self._new: list[range] = []  # the keys of new people, some of whom have no account
        self._joined = 0  # rows of records that earlier rows mean too
        self._report.changes = [] if how.is_told else None
        self._report.outcomes = Outcomes() if how.is_traced else None

    def load(self, heed: Callable[[int], None]) -> None:
        """Write the rows of the file; `heed` is told how many were read, and when."""
        self._unit.write_behind()
        matching = Matching(self._unit, self._index)
        matched = self._matched(matching, heed)
        for drafts, found in self._undoubted(matched) if self._is_left_out else self._noted(matched):
            self._add(drafts.picked(found.fresh))
            self._complete(drafts, found.known)
            for rows in _once_each(found.more):
                self._complete(drafts, rows, only_fills=True)
        self._unit.settle_behind()
        if self._kind is not Account:  # of which more may be named once all are written
            self._doubts.tell()
        self._report.respelt.update(matching.respelt)
        self._report.rejected += self._staged.cells(matching.problems)

    def finish(self) -> FileReport:
        """Fill the links within the table, once all its files are written; what became of the file's rows."""
        self._fill_within()
        self._doubts.tell()
        self._tell_joined()
        self._tell_empty()
        tell_unplaced(self._unit, self._report, self._new)
        self._customs.keep(self._links.unmet)
        self._report.rejected.sort(key=lambda problem: problem.line)
        self._report.notes += closing_notes(self._report, self._staged.blank)
        return self._report

    def _fill_within(self) -> None:
        """Fill the links within the table; rows that said nothing else may have changed something after all."""
        changed, differing = self._links.finish(lambda field, lacking: self._modes.may(field, lacking=lacking))
        turned = {one.line for one in changed if one.line in self._status}
        for outcome, lines in ((Outcome.UPDATED, turned), (Outcome.KEPT, differing - turned)):
            self._turn(outcome, lines)
        self._tell([one for one in changed if one.line in turned])

    def _turn(self, outcome: Outcome, lines: set[int]) -> None:
        """Count rows otherwise that were counted as unchanged, or as kept and have changed something."""
        before = {Outcome.UNCHANGED, Outcome.KEPT} if outcome is Outcome.UPDATED else {Outcome.UNCHANGED}
        turned = [one for one in lines if self._status.get(one) in before]
        for one in turned:
            was = self._status[one].value
            setattr(self._report, was, getattr(self._report, was) - 1)
            self._status[one] = outcome
        setattr(self._report, outcome.value, getattr(self._report, outcome.value) + len(turned))
        if self._report.outcomes and turned:
            self._report.outcomes.turn(set(turned), outcome)

    def _tell_joined(self) -> None:
        """That rows were not doubles again, nor decided anything."""
        if self._joined:
            self._report.notes.append(
                ngettext(
                    "{count} row means a record that an earlier row means too; what the earlier one says goes first.",
                    "{count} rows mean a record that an earlier row means too; what the earlier one says goes first.",
                    self._joined,
                )
            )

    def _tell_empty(self) -> None:
        """Rows that are no records."""
        self._report.notes += self._companies.note()
        if self._report.outcomes is not None:
            lines = self._staged.empty
            self._report.outcomes.add(Outcome.PASSED, lines, [0] * len(lines), [""] * len(lines))
            self._report.reasons |= dict.fromkeys(lines, _("it holds nothing that could be a record"))

    def _matched(self, matching: Matching, heed: Callable[[int], None]) -> Iterator[tuple[Drafts, Sorted]]:
        """The rows as they are read, with what each of them means."""
        for read in self._staged.drafts():
            heed(self._staged.newly_read(len(read)))
            if read.companies is not None:
                self._companies.fill(self._links.fill(read.companies))
            drafts = self._links.fill(read)
            yield drafts, matching.sort(drafts)

    def _noted(self, matched: Iterable[tuple[Drafts, Sorted]]) -> Iterator[tuple[Drafts, Sorted]]:
        """The same, of which the new ones are weighed when they are written."""
        for drafts, found in matched:
            if self._doubts.is_full:
                self._doubts.tell()
            self._doubts.note(drafts.picked(found.fresh))
            yield drafts, found

    def _undoubted(self, matched: Iterable[tuple[Drafts, Sorted]]) -> Iterator[tuple[Drafts, Sorted]]:
        """The same without new ones that may mean a record that is there, or one another."""
        waiting: list[tuple[Drafts, Sorted]] = []
        for drafts, found in matched:
            self._doubts.note(drafts.picked(found.fresh))
            waiting.append((drafts, found))
            if self._doubts.is_full:
                yield from self._left(waiting)
                waiting = []
        yield from self._left(waiting)

    def _left(self, matched: Iterable[tuple[Drafts, Sorted]]) -> Iterator[tuple[Drafts, Sorted]]:
        """Rows that were noted, without the doubtful ones."""
        suspects = self._doubts.tell(are_left_out=True)
        self._report.left_out += len(suspects)
        before = 0
        for drafts, found in matched:
            of_place = dict(zip(found.fresh, map(suspects.get, range(before, before + len(found.fresh))), strict=True))
            before += len(of_place)
            doubtful = {place: suspect.record_id for place, suspect in of_place.items() if suspect}
            self._note(Outcome.DOUBTFUL, drafts, list(doubtful), doubtful.values())
            yield drafts, found._replace(fresh=[place for place in found.fresh if place not in doubtful])

    def _note(self, outcome: Outcome, drafts: Drafts, places: Sequence[int], records: Iterable[int]) -> None:
        """What became of rows, where that is told."""
        if self._report.outcomes is not None:
            names = drafts.column("name")
            lines = (drafts.lines[place] for place in places)
            self._report.outcomes.add(outcome, lines, records, (str(names[place]) for place in places))

    def _tell(self, changes: Sequence[Changed]) -> None:
        """Changes, where they are told."""
        self._changes.tell(self._report, changes)

    def _add(self, drafts: Drafts) -> None:
        columns = {
            name: column.filled(values.plain(column.spec, default(self._kind, name)))
            for name, column in drafts.values.items()
        }
        keys = insert_columns(self._unit, self._kind, columns, name_keys=drafts.keys)
        if self._kind is Person and not all(drafts.column("account_id")):
            self._new.append(keys)
        self._links.remember(keys, drafts, range(len(drafts)))
        self._identify(keys, drafts, range(len(drafts)))
        import_asides.add(self._unit, drafts, keys)
        self._customs.add(drafts, keys)
        self._refusals.add(drafts, keys)
        if self._kind is Opportunity:
            insert_columns(self._unit, StageChange, _stages(keys, drafts))
        self._note(Outcome.NEW, drafts, range(len(drafts)), keys)
        self._changes.sample(self._report, drafts, keys)
        self._report.new += len(drafts)

    def _complete(self, drafts: Drafts, known: list[Known], *, only_fills: bool = False) -> None:
        """Compare each row with its record, and change what the mode allows; where earlier rows decide, fill gaps."""
        if not known:
            return
        record_ids, places = [record_id for record_id, _place in known], [place for _id, place in known]
        self._joined += len(known) if only_fills else 0
        self._links.remember(record_ids, drafts, places, only_fills=only_fills)
        modes = self._modes.filling() if only_fills else self._modes
        names = self._index.other_names
        comparison = Comparison(self._unit, modes, drafts, known, other_names=names, is_told=self._how.is_told)
        comparison.fields(self._kind)
        comparison.asides()
        comparison.customs(self._customs)
        comparison.changed |= self._identify(record_ids, drafts, places)
        comparison.changed |= self._refusals.complete(drafts, known)
        for place, why in comparison.apart.items():
            self._report.set_apart(drafts.lines[place], str(drafts.column("name")[place]), why)
        if comparison.restaged:
            self._restage(drafts, comparison.restaged)
        self._tell(comparison.changes)
        self._changes.hold(self._report, comparison.held)
        self._count(drafts, known, comparison)

    def _count(self, drafts: Drafts, known: list[Known], comparison: Comparison) -> None:
        kept = comparison.differing - comparison.changed
        self._report.updated += len(comparison.changed)
        self._report.kept += len(kept)
        self._report.unchanged += len(known) - len(comparison.changed) - len(kept)
        if not (self._how.is_traced or drafts.links or drafts.foreign):
            return
        ended: dict[Outcome, list[Known]] = {Outcome.UPDATED: [], Outcome.KEPT: [], Outcome.UNCHANGED: []}
        for record_id, place in known:
            changed = place in comparison.changed
            outcome = Outcome.UPDATED if changed else Outcome.KEPT if place in kept else Outcome.UNCHANGED
            ended[outcome].append((record_id, place))
            if drafts.links or drafts.foreign:
                self._status[drafts.lines[place]] = outcome
        for outcome, rows in ended.items():
            self._note(outcome, drafts, [place for _id, place in rows], [record_id for record_id, _place in rows])

    def _restage(self, drafts: Drafts, rows: Sequence[Known]) -> None:
        """Note that opportunities came to another stage: on the day they closed, or else today."""
        stages, days = drafts.column("stage"), drafts.column("closed_on")
        columns: dict[str, Sequence[Any]] = {
            "opportunity_id": [record_id for record_id, _place in rows],
            "stage": [stages[place] for _id, place in rows],
            "day": [days[place] or self._how.today.isoformat() for _id, place in rows],
        }
        columns["day"] = Checked(specs(StageChange)["day"], columns["day"])
        insert_columns(self._unit, StageChange, columns)

    def _identify(self, record_ids: Sequence[int], drafts: Drafts, places: Sequence[int]) -> set[int]:
        """Remember the keys in the other system that are new; returns the places of their rows."""
        externals = drafts.column(EXTERNAL)
        if not any(externals):
            return set()
        told = [
            (record_id, place, externals[place])
            for record_id, place in zip(record_ids, places, strict=True)
            if externals[place] and not self._index.has_external(str(externals[place]))
        ]
        columns: dict[str, Sequence[Any]] = {
            "source": [self._staged.source] * len(told),
            "kind": [self._report.table] * len(told),
            "external_id": [external for _id, _place, external in told],
            "record_id": [record_id for record_id, _place, _external in told],
        }
        insert_columns(self._unit, ExternalIdentity, columns)
        return {place for _id, place, _external in told}


def _once_each(rows: list[Known]) -> Iterator[list[Known]]:
    """Rows in parts, in each of which a record is meant by its next row only."""
    while rows:
        following = dict(reversed(rows))
        yield list(following.items())
        rows = [(record_id, place) for record_id, place in rows if following[record_id] != place]


def _stages(record_ids: Sequence[int], drafts: Drafts) -> dict[str, Sequence[Any]]:
    """The days on which opportunities were opened and closed, as far as the file tells."""
    days = map(drafts.column, ("stage", "opened_on", "closed_on"))
    found: list[tuple[int, Plain, Plain]] = []
    for record_id, stage, opened, closed in zip(record_ids, *days, strict=True):
        if opened:
            found.append((record_id, Stage.ENGAGING.value if stage in CLOSED else stage or Stage.PROSPECTING, opened))
        if closed:
            found.append((record_id, stage, closed))
    known = specs(StageChange)
    return {
        "opportunity_id": [record_id for record_id, _stage, _day in found],
        "stage": [stage for _id, stage, _day in found],
        "day": Checked(known["day"], [day for _id, _stage, day in found]),
    }
