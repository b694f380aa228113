"""Rows of other programs' files into the workspace: matched, linked, added or completed; a few thousand at a time."""

from __future__ import annotations

from enum import Enum
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from crmtui.commands.import_links import Links
from crmtui.domain import values
from crmtui.domain.fields import Record, default, specs
from crmtui.domain.identity import ExternalIdentity
from crmtui.domain.nouns import BY_TABLE
from crmtui.domain.opportunities import Opportunity, StageChange
from crmtui.domain.words import Stage
from crmtui.exchange.mapping.drafts import Draft
from crmtui.exchange.mapping.meanings import EXTERNAL
from crmtui.exchange.problems import Problem
from crmtui.store.writing.bulk import insert_many, update_many
from crmtui.store.writing.matching import SEVERAL, Index, has_owner, present
from crmtui.text import _, key

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from crmtui.commands.import_report import FileReport
    from crmtui.store.unit import UnitOfWork

CHUNK: Final = 4_000
Placed = list[tuple[int, Draft]]


class Existing(Enum):
    """What a row may do to the record that it means."""

    FILL = "fill"  # give it what it lacks
    OVERWRITE = "overwrite"
    SKIP = "skip"


class ForeignImport:
    """One import of several linked files."""

    def __init__(self, unit: UnitOfWork, existing: Existing) -> None:
        self._unit = unit
        self._existing = existing
        self._links = Links(unit)

    def load(self, report: FileReport, rows: Iterable[Draft | Problem]) -> None:
        """Write the rows of one file and count what became of them."""
        kind = BY_TABLE[report.table]
        source = key(next((guess.header for guess in report.columns if guess.field == EXTERNAL), ""))
        index = self._links.open(report.table, source)
        seen: set[Any] = set()
        left = iter(rows)
        while chunk := list(islice(left, CHUNK)):
            report.rejected += [row for row in chunk if isinstance(row, Problem)]
            drafts = self._links.resolve(report, kind, [row for row in chunk if isinstance(row, Draft)])
            fresh, known = _sorted(report, index, drafts, seen)
            self._add(report, kind, index, fresh, source)
            self._complete(report, kind, known)
        self._links.finish(report, kind, overwrite=self._existing is Existing.OVERWRITE)

    def _add(self, report: FileReport, kind: type[Record], index: Index, fresh: list[Draft], source: str) -> None:
        names = sorted({name for draft in fresh for name in draft.values})
        blanks = {name: _blank(kind, name) for name in names}
        keys = insert_many(self._unit, kind, (blanks | draft.values for draft in fresh))
        placed = list(zip(keys, fresh, strict=True))
        for record_id, draft in placed:
            index.add(record_id, draft.values["name"], _within(index, draft), draft.external)
            self._links.remember(kind, record_id, draft)
        insert_many(self._unit, ExternalIdentity, _identities(placed, index.table, source))
        for table in ("person_email", "person_phone"):
            for rows in _aside(placed, table):
                insert_many(self._unit, BY_TABLE[table], rows)
        if kind is Opportunity:
            insert_many(self._unit, StageChange, _stages(placed))
        report.new += len(fresh)

    def _complete(self, report: FileReport, kind: type[Record], known: Placed) -> None:
        """Compare each row with its record, and change what the mode allows."""
        if not known:
            return
        names = sorted({name for _id, draft in known for name in draft.values})
        kept = present(self._unit, kind.noun.table, names, (record_id for record_id, _draft in known))
        for record_id, draft in known:
            self._links.remember(kind, record_id, draft)
            change, differs = self._changes(kind, draft, kept[record_id])
            if change:
                update_many(self._unit, kind, sorted(change), [(record_id, change)])
            report.updated += bool(change)
            report.kept += differs and not change
            report.unchanged += not differs

    def _changes(self, kind: type[Record], draft: Draft, kept: dict[str, Any]) -> tuple[dict[str, Any], bool]:
        change: dict[str, Any] = {}
        differs = False
        for name, value in draft.values.items():
            spec = specs(kind)[name]
            then = kept[name]
            if values.plain(spec, values.check(spec, value)) == then:
                continue
            differs = True
            if self._existing is Existing.OVERWRITE or (self._existing is Existing.FILL and then in (None, "")):
                change[name] = value
        return change, differs


def _sorted(report: FileReport, index: Index, drafts: list[Draft], seen: set[Any]) -> tuple[list[Draft], Placed]:
    """The drafts that become new records, and those that mean one; rows that cannot be told are refused."""
    fresh: list[Draft] = []
    known: Placed = []
    for draft in drafts:
        within = _within(index, draft)
        name = draft.values["name"]
        record_id = index.external(draft.external) if draft.external else index.named(name, within)
        mark = draft.external or (key(name), within)
        if mark in seen:
            report.rejected.append(Problem(draft.line, _("an earlier row is the same record"), "", name, draft.cells))
        elif record_id == SEVERAL:
            report.rejected.append(Problem(draft.line, _("several records have this name"), "", name, draft.cells))
        elif record_id is None:
            fresh.append(draft)
        else:
            known.append((record_id, draft))
        seen.add(mark)
    return fresh, known


def _within(index: Index, draft: Draft) -> int:
    return (draft.values.get("account_id") or 0) if has_owner(index.table) else 0


def _blank(kind: type[Record], name: str) -> Any:  # noqa: ANN401 - a value of any kind
    return default(kind, name)


def _identities(placed: Placed, table: str, source: str) -> Iterator[dict[str, Any]]:
    for record_id, draft in placed:
        if draft.external:
            yield {"source": source, "kind": table, "external_id": draft.external, "record_id": record_id}


def _aside(placed: Placed, table: str) -> Iterable[list[dict[str, Any]]]:
    """The e-mails or telephones of people, in groups that give the same fields."""
    shapes: dict[tuple[str, ...], list[dict[str, Any]]] = {}
    for record_id, draft in placed:
        for other, fields in draft.aside:
            if other == table:
                shapes.setdefault(tuple(fields), []).append({"person_id": record_id, **fields})
    return shapes.values()


def _stages(placed: Placed) -> Iterator[dict[str, Any]]:
    for record_id, draft in placed:
        stage = draft.values.get("stage", Stage.PROSPECTING)
        opened, closed = draft.values.get("opened_on"), draft.values.get("closed_on")
        if opened:
            yield {"opportunity_id": record_id, "stage": Stage.ENGAGING if stage.is_closed else stage, "day": opened}
        if closed and stage.is_closed:
            yield {"opportunity_id": record_id, "stage": stage, "day": closed}
