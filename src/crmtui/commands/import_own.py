"""Rows of our own format into the workspace: matched by identity, or by what may not repeat; nothing is lost."""

from __future__ import annotations

from collections import defaultdict
from itertools import groupby, islice
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from crmtui.commands.import_changes import Changes
from crmtui.commands.import_identities import Brought, Known
from crmtui.commands.import_own_names import by_name, uid_column
from crmtui.commands.import_own_told import changed_fields, new_records, trace
from crmtui.commands.import_report import FileReport, Outcome, Outcomes
from crmtui.domain import values
from crmtui.domain.fields import Record, default, specs
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
    from collections.abc import Callable, Iterator, Mapping

    from crmtui.commands.import_existing import Changed
    from crmtui.commands.import_own_files import OwnFile, OwnRow
    from crmtui.store.unit import UnitOfWork

CHUNK: Final = 4_000


class _Identity(NamedTuple):
    """The fields by which a record is known, and what a row has in them."""

    names: tuple[str, ...]
    kept: tuple[values.Plain, ...]


def load(
    unit: UnitOfWork,
    files: list[OwnFile],
    heed: Callable[[int], None],
    *,
    is_traced: bool = False,
    is_told: bool = False,
) -> list[FileReport]:
    """Write the rows of all files; links forward are filled at the end.

    Args:
        unit: the unit of work.
        files: in any order.
        heed: called with how many there are more, every few thousand rows.
        is_traced: whether to tell what became of each row.
        is_told: whether to tell each field that changes.
    """
    loader = _OwnImport(unit, heed)
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


class _Upward(NamedTuple):
    """A link of a row to another record of its table, whose identity is `wanted`."""

    report: FileReport
    row: OwnRow
    wanted: str


class _OwnImport:
    def __init__(self, unit: UnitOfWork, heed: Callable[[int], None]) -> None:
        from crmtui.commands.import_consents import Consents  # need much that files of other programs do not
        from crmtui.commands.import_levels import HEEDED, Levels

        self._unit = unit
        self._heed = heed
        self._keys: dict[str, Known] = {}
        self._later: list[tuple[FileReport, OwnRow, str, str, str]] = []
        self._upward: dict[tuple[str, str], dict[str, _Upward]] = defaultdict(dict)
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
                report.rejected += [_unknown(row) for row in run]
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
                report.rejected.append(_dangling(row, field, wanted))
            elif record_id is not None:
                update_many(self._unit, BY_TABLE[row.table], (field,), [(record_id, {field: target})])
        for (table, field), brought in self._upward.items():
            self._open_circles(BY_TABLE[table], field, brought)
        return self._levels.settle()

    def _open_circles(self, kind: type[Record], field: str, brought: Mapping[str, _Upward]) -> None:
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
        known: list[tuple[OwnRow, int, dict[str, Any]]] = []
        lines: dict[str, int] = {}
        self._learn(kind, rows)
        for row in rows:
            try:
                uid, given, links = portable.read_cells(kind, row.cells)
            except ValueError as error:
                report.rejected.append(Problem(row.line, str(error)))
                continue
            handle = uid or new_uid()
            if not self._link(report, kind, row, handle, given, links):
                continue
            identities = list(_identities(kind, uid, given))
            record_id = self._match(kind, identities)
            before = min(lines.setdefault(handle, row.line), self._before(row, record_id, identities))
            if problem := _repeated(row, before) or (record_id is None and _lacking(kind, row, given)):
                report.rejected.append(problem)
            elif refusal := self._consents.against(kind, record_id, given):
                report.rejected.append(Problem(row.line, refusal))
            elif against := broken(self._unit.connection, kind, record_id, given):
                report.rejected.append(Problem(row.line, str(against)))
            elif record_id is None:
                fresh.append((row, given | {"uid": handle}))
            else:
                self._known(kind.noun.table).means(handle, record_id)
                known.append((row, record_id, given))
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
    ) -> bool:
        for field, column, name, target in by_name(self._unit, kind, row.cells, links):
            if target is None:
                report.rejected.append(Problem(row.line, _("no record is called so, or several are"), column, name))
                return False
            given[field] = target
            links.pop(field, None)
        for field, wanted in links.items():
            target = self._key(kind, field, wanted, row) if wanted else None
            if wanted and field in upward(kind):
                self._upward[kind.noun.table, field][uid] = _Upward(report, row, wanted)
            if wanted and target is None:
                if specs(kind)[field].required:
                    report.rejected.append(_dangling(row, field, wanted))
                    return False
                self._later.append((report, row, uid, field, wanted))
            given[field] = target
        return True

    def _match(self, kind: type[Record], identities: list[_Identity]) -> int | None:
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

    def _before(self, row: OwnRow, record_id: int | None, identities: list[_Identity]) -> int:
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

    def _update(self, report: FileReport, kind: type[Record], known: list[tuple[OwnRow, int, dict[str, Any]]]) -> None:
        if not known:
            return
        names = sorted({name for _row, _id, given in known for name in given})
        kept = present(self._unit, kind.noun.table, names, (record_id for _row, record_id, _given in known))
        told: list[Changed] = []
        for row, record_id, given in known:
            change = {
                name: value
                for name, value in given.items()
                if values.plain(specs(kind)[name], value) != kept[record_id][name]
            }
            for name in [name for name, value in change.items() if is_cut(value) and kept[record_id][name]]:
                del change[name]
                self.left_whole += 1
            if change:
                update_many(self._unit, kind, sorted(change), [(record_id, change)])
                told += (
                    changed_fields(kind, row, record_id, kept[record_id], change) if report.changes is not None else ()
                )
            if kind in self._heeded:
                self._levels.heed(kind, record_id, given, is_changed=bool(change))
            report.updated += bool(change)
            report.unchanged += not change
            if report.outcomes is not None:
                outcome = Outcome.UPDATED if change else Outcome.UNCHANGED
                trace(report.outcomes, outcome, kind, [(row, str(row.cells.get("uid") or ""))])
        Changes(self._unit, kind).tell(report, told)


def _repeated(row: OwnRow, before: int) -> Problem | None:
    """The reason to refuse a row that brings again what a row before it in the file brought."""
    if before == row.line:
        return None
    return Problem(row.line, _("the record of line {line} is brought again").format(line=before))


def _identities(kind: type[Record], uid: str, given: Mapping[str, Any]) -> Iterator[_Identity]:
    """By what a row's record is known, the surest first; a workspace is the only one of its kind."""
    if uid:
        yield _Identity(("uid",), (uid,))
    if kind.noun.table == "workspace":
        yield _Identity((), ())
    for group in kind.noun.unique:
        kept = tuple(values.plain(specs(kind)[name], given.get(name)) for name in group)
        if None not in kept:
            yield _Identity(group, kept)


def _lacking(kind: type[Record], row: OwnRow, given: Mapping[str, Any]) -> Problem | None:
    """The reason to refuse a new record that has not what it needs."""
    for name, spec in specs(kind).items():
        if spec.required and given.get(name, default(kind, name)) in (None, ""):
            return Problem(row.line, _("is needed"), name)
    return None


def _unknown(row: OwnRow) -> Problem:
    return Problem(row.line, _("it does not say what it is: `type` is missing or unknown"), portable.TYPE, row.table)


def _dangling(row: OwnRow, field: str, wanted: str) -> Problem:
    return Problem(row.line, _("it links to a record that is nowhere"), uid_column(field), wanted)
