"""Rows of our own format into the workspace: matched by identity, or by what may not repeat; nothing is lost."""

from __future__ import annotations

from collections import defaultdict
from itertools import groupby, islice
from typing import TYPE_CHECKING, Any, Final

from crmtui.commands.import_changes import Changes
from crmtui.commands.import_identities import Brought, Known
from crmtui.commands.import_own_existing import Allowed
from crmtui.commands.import_own_names import by_name, uid_column
from crmtui.commands.import_own_rows import (
    Identity,
    Later,
    Meant,
    Upward,
    dangling,
    identities,
    lacking,
    repeated,
    unknown,
)
from crmtui.commands.import_own_told import changed_fields, new_records, trace
from crmtui.commands.import_report import FileReport, Outcome, Outcomes
from crmtui.domain import values
from crmtui.domain.fields import Record, specs
from crmtui.domain.nouns import BY_TABLE
from crmtui.exchange import portable
from crmtui.exchange.cut import is_cut
from crmtui.exchange.problems import Problem, refusal
from crmtui.exchange.reading import MOST_PROBLEMS
from crmtui.store.circles import circles, upward
from crmtui.store.unit import new_uid
from crmtui.store.writing.bulk import insert_many, update_many
from crmtui.store.writing.matching import present
from crmtui.store.writing.rules import broken
from crmtui.text import _, ngettext

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from crmtui.commands.import_existing import Changed, Existing
    from crmtui.commands.import_own_files import OwnFile, OwnRow
    from crmtui.store.unit import UnitOfWork

CHUNK: Final = 4_000


def load(
    unit: UnitOfWork,
    files: list[OwnFile],
    heed: Callable[[int], None],
    existing: Existing,
    *,
    is_traced: bool = False,
    is_told: bool = False,
) -> list[FileReport]:
    """Write the rows of all files; links forward are filled at the end.

    Args:
        unit: the unit of work.
        files: in any order.
        heed: called with how many there are more, every few thousand rows.
        existing: what rows may do to records that are there.
        is_traced: whether to tell what became of each row.
        is_told: whether to tell each field that changes.
    """
    loader = _OwnImport(unit, heed, existing)
    reports = []
    order = list(BY_TABLE)
    files = sorted(files, key=lambda each: order.index(each.first) if each.first in order else 0)
    for file in files:
        report = FileReport(file.path, file.first, notes=[_("Our own format.")], name=file.name, headers=file.headers)
        report.outcomes = Outcomes() if is_traced else None
        report.changes = [] if is_told else None
        loader.load(report, file.rows())
        report.rejected += file.problems()
        reports.append(report)
    count = loader.finish()
    for file, report in zip(files, reports, strict=True):
        report.rejected = file.cells(report.rejected)
    if count:
        told = ngettext(
            "{count} account has the level of its newest assessment now.",
            "{count} accounts have the levels of their newest assessments now.",
            count,
        )
        reports[-1].notes.append(told)
    if count := loader.left_whole:
        told = ngettext(
            "{count} text came back cut off, as workbooks cut them: the whole one stays.",
            "{count} texts came back cut off, as workbooks cut them: the whole ones stay.",
            count,
        )
        reports[-1].notes.append(told)
    return reports


class _OwnImport:
    def __init__(self, unit: UnitOfWork, heed: Callable[[int], None], existing: Existing) -> None:
        from crmtui.commands.import_consents import Consents  # need much that files of other programs do not
        from crmtui.commands.import_levels import HEEDED, Levels

        self._unit = unit
        self._heed = heed
        self._existing = existing
        self._keys: dict[str, Known] = {}
        self._later: list[Later] = []
        self._upward: dict[tuple[str, str], dict[str, Upward]] = defaultdict(dict)
        self._seen: dict[tuple[object, ...], int] = {}
        self._brought = Brought()
        self._consents = Consents(unit)
        self._levels, self._heeded = Levels(unit), HEEDED
        self.left_whole = 0  # texts that came back cut off

    def load(self, report: FileReport, rows: Iterator[OwnRow]) -> None:
        self._seen.clear()
        self._brought.clear()
        for table, run in groupby(rows, key=lambda row: row.table):
            if table not in BY_TABLE:
                report.rejected += [unknown(row) for row in run]
                continue
            while chunk := list(islice(run, CHUNK)):
                self._heed(len(chunk))
                self._take(report, BY_TABLE[table], chunk)
                if len(report.rejected) == report.rows > MOST_PROBLEMS:  # not one of so many fits
                    why = _("too many records have a fault; is this the right file?")
                    raise refusal(report.path, why, chunk[-1].line)

    def finish(self) -> int:
        """The links to records that came after; what is nowhere stays empty, and is said.

        Returns how many accounts changed their levels, since the files brought their newest assessments.
        """
        for report, row, uid, field, wanted in self._later:
            record_id = self._known(row.table).get(uid)
            target = self._key(BY_TABLE[row.table], field, wanted, row)
            if target is None:
                report.rejected.append(dangling(row, field, wanted))
            elif record_id is not None:
                update_many(self._unit, BY_TABLE[row.table], (field,), [(record_id, {field: target})])
        for (table, field), brought in self._upward.items():
            self._open_circles(BY_TABLE[table], field, brought)
        return self._levels.settle()

    def _open_circles(self, kind: type[Record], field: str, brought: Mapping[str, Upward]) -> None:
        """Leave out, of the links that close a circle, the last one that the files brought."""
        known = self._known(kind.noun.table)
        known.learn(brought)
        links = {record_id: link for uid, link in brought.items() if (record_id := known.get(uid)) is not None}
        for circle in circles(self._unit.connection, kind, field):
            if ours := [record_id for record_id in circle if record_id in links]:
                last = max(ours, key=lambda record_id: links[record_id].row.line)
                report, row, wanted = links[last]
                report.rejected.append(Problem(row.line, _("that would be a circle"), uid_column(field), wanted))
                update_many(self._unit, kind, (field,), [(last, {field: None})])

    def _known(self, table: str) -> Known:
        if table not in self._keys:
            self._keys[table] = Known(self._unit, table)
        return self._keys[table]

    def _learn(self, kind: type[Record], rows: list[OwnRow]) -> None:
        """Look up in one go all identities that rows name."""
        known = specs(kind)
        for column in portable.portable_columns(kind):
            link = known[column.field].link if column.field else kind.noun.table
            if link and not column.is_title:
                self._known(link).learn(uid for row in rows if (uid := str(row.cells.get(column.name) or "")))

    def _key(self, kind: type[Record], field: str, wanted: str, row: OwnRow) -> int | None:
        table = specs(kind)[field].link or str(row.cells.get("kind", ""))
        return self._known(table).get(wanted) if table in BY_TABLE else None

    def _take(self, report: FileReport, kind: type[Record], rows: list[OwnRow]) -> None:
        fresh: list[tuple[OwnRow, dict[str, Any]]] = []
        known: list[Meant] = []
        lines: dict[str, int] = {}
        self._learn(kind, rows)
        for row in rows:
            try:
                uid, given, linked = portable.read_cells(kind, row.cells)
            except ValueError as error:
                report.rejected.append(Problem(row.line, str(error)))
                continue
            handle = uid or new_uid()
            if self._known(kind.noun.table).is_merged(handle):  # what it says was weighed when it was made part of it
                self._count(report, kind, row, Outcome.UNCHANGED)
                continue
            later = self._link(report, kind, row, handle, given, linked)
            if later is None:
                continue
            told = list(identities(kind, uid, given))
            record_id = self._match(kind, told)
            before = min(lines.setdefault(handle, row.line), self._before(row, record_id, told))
            if problem := repeated(row, before) or (record_id is None and lacking(kind, row, given)):
                report.rejected.append(problem)
            elif refusal := self._consents.against(kind, record_id, given):
                report.rejected.append(Problem(row.line, refusal))
            elif against := broken(self._unit.connection, kind, record_id, given):
                report.rejected.append(Problem(row.line, str(against)))
            elif record_id is None:
                fresh.append((row, given | {"uid": handle}))
                self._await(report, row, handle, linked, later)
            else:
                self._known(kind.noun.table).means(handle, record_id)
                known.append(Meant(row, record_id, handle, given, linked, later))
        self._add(report, kind, fresh)
        self._update(report, kind, known)

    def _link(
        self,
        report: FileReport,
        kind: type[Record],
        row: OwnRow,
        uid: str,
        given: dict[str, Any],
        links: dict[str, str],
    ) -> list[Later] | None:
        """Put the keys of what a row links to among what it tells; what is to come, None where it is refused."""
        later = []
        for field, column, name, target in by_name(self._unit, kind, row.cells, links):
            if target is None:
                report.rejected.append(Problem(row.line, _("no record is called so, or several are"), column, name))
                return None
            given[field] = target
            links.pop(field, None)
        for field, wanted in links.items():
            target = self._key(kind, field, wanted, row) if wanted else None
            if wanted and target is None:
                if specs(kind)[field].required:
                    report.rejected.append(dangling(row, field, wanted))
                    return None
                later.append(Later(report, row, uid, field, wanted))
            given[field] = target
        return later

    def _await(
        self, report: FileReport, row: OwnRow, uid: str, linked: Mapping[str, str], later: Iterable[Later]
    ) -> None:
        """Remember the links of a record that are to be filled, or may close a circle."""
        self._later += later
        for field in upward(BY_TABLE[row.table]):
            if wanted := linked.get(field):
                self._upward[row.table, field][uid] = Upward(report, row, wanted)

    def _match(self, kind: type[Record], identities: list[Identity]) -> int | None:
        for identity in identities:
            if identity.names == ("uid",):
                record_id = self._known(kind.noun.table).get(str(identity.kept[0]))
            else:
                condition = " AND ".join(f"{name} = ?" for name in identity.names) or "1"
                row = self._unit.connection.execute(
                    f"SELECT id FROM {kind.noun.table} WHERE {condition}", identity.kept
                ).fetchone()
                record_id = int(row[0]) if row else None
            if record_id is not None:
                return record_id
        return None

    def _before(self, row: OwnRow, record_id: int | None, identities: list[Identity]) -> int:
        """The first line of the file that brought what a row brings: its own, or one before it."""
        places = [
            self._seen.setdefault((row.table, identity), row.line)
            for identity in identities
            if identity.names != ("uid",)
        ]
        if record_id is not None:
            places.append(self._brought.line(row.table, record_id) or row.line)
            self._brought.note(row.table, record_id, row.line)
        return min(places, default=row.line)

    def _add(self, report: FileReport, kind: type[Record], fresh: list[tuple[OwnRow, dict[str, Any]]]) -> None:
        for _names, run in groupby(fresh, key=lambda each: sorted(each[1])):
            group = list(run)
            keys = insert_many(self._unit, kind, (given for _row, given in group))
            for record_id, (row, given) in zip(keys, group, strict=True):
                self._known(kind.noun.table).added(given["uid"], record_id)
                self._brought.note(kind.noun.table, record_id, row.line)
                if kind in self._heeded:
                    self._levels.heed(kind, record_id, given)
            report.new += len(group)
            Changes(self._unit, kind).show_new(report, new_records(kind, zip(keys, group, strict=True)))
            if report.outcomes is not None:
                trace(report.outcomes, Outcome.NEW, kind, [(row, given["uid"]) for row, given in group])

    def _update(self, report: FileReport, kind: type[Record], known: list[Meant]) -> None:
        if not known:
            return
        allowed = Allowed(self._unit, kind, self._existing)
        names = sorted({*allowed.needed, *(name for one in known for name in one.given)})
        kept = present(self._unit, kind.noun.table, names, (one.record_id for one in known))
        told: list[Changed] = []
        held: list[Changed] = []
        for one in known:
            now = kept[one.record_id]
            differing = self._differing(kind, one, now)
            change = allowed.of(one.record_id, now, differing)
            if change:
                update_many(self._unit, kind, sorted(change), [(one.record_id, change)])
            self._await(
                *(report, one.row, one.uid, {name: one.linked[name] for name in one.linked if name in change}),
                [each for each in one.later if allowed.may(each.field, now)],
            )
            if kind in self._heeded:
                self._levels.heed(kind, one.record_id, one.given, is_changed=bool(change))
            if report.changes is not None:
                left = {name: value for name, value in differing.items() if name not in change}
                told += changed_fields(kind, one.row, one.record_id, now, change)
                held += changed_fields(kind, one.row, one.record_id, now, left)
            outcome = Outcome.UPDATED if change else Outcome.KEPT if differing else Outcome.UNCHANGED
            self._count(report, kind, one.row, outcome)
        changes = Changes(self._unit, kind)
        changes.tell(report, told)
        changes.hold(report, held)

    def _count(self, report: FileReport, kind: type[Record], row: OwnRow, outcome: Outcome) -> None:
        """Count what became of a row that means a record which is there."""
        setattr(report, outcome.value, getattr(report, outcome.value) + 1)
        if report.outcomes is not None:
            trace(report.outcomes, outcome, kind, [(row, str(row.cells.get("uid") or ""))])

    def _differing(self, kind: type[Record], one: Meant, now: Mapping[str, values.Plain]) -> dict[str, Any]:
        """What a row tells otherwise than it is kept; no text that was cut off where there is one, no link to itself.

        What was above a record may be part of it now.
        """
        known, table = specs(kind), kind.noun.table
        found = {name: value for name, value in one.given.items() if values.plain(known[name], value) != now[name]}
        for name in [name for name, value in found.items() if known[name].link == table and value == one.record_id]:
            del found[name]
        for name in [name for name, value in found.items() if is_cut(value) and now[name]]:
            del found[name]
            self.left_whole += 1
        return found
