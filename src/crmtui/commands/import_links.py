"""Names in rows to records of the workspace; what is named and nowhere to be found is added by its name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from crmtui.domain import values
from crmtui.domain.fields import Record, specs
from crmtui.domain.nouns import BY_TABLE
from crmtui.exchange.problems import Problem
from crmtui.store.writing.bulk import insert_many, update_many
from crmtui.store.writing.matching import SEVERAL, Index, present
from crmtui.text import _, key

if TYPE_CHECKING:
    from collections.abc import Iterable

    from crmtui.commands.import_report import FileReport
    from crmtui.exchange.mapping.drafts import Draft
    from crmtui.store.unit import UnitOfWork

MOST_NAMED: Final = 5


class Links:
    """The indexes of one import, shared by its files, so that they find each other's records."""

    def __init__(self, unit: UnitOfWork) -> None:
        self._unit = unit
        self._indexes: dict[str, Index] = {}
        self._within: list[tuple[int, str, str]] = []

    def open(self, table: str, source: str) -> Index:
        """The index of the table that a file fills, with the keys of that source."""
        self._indexes[table] = Index(self._unit, table, source)
        return self._indexes[table]

    def resolve(self, report: FileReport, kind: type[Record], drafts: list[Draft]) -> list[Draft]:
        """Fill the links to other tables; drafts whose names are ambiguous go to the rejected rows."""
        for name, spec in specs(kind).items():
            naming = [draft for draft in drafts if name in draft.links]
            if naming and spec.link != report.table:
                index = self._index(spec.link)
                self._add_missing(report, index, (draft.links[name] for draft in naming))
                for draft in naming:
                    draft.values[name] = target = index.named(draft.links[name])
                    if target not in (None, SEVERAL) and index.name(target) != draft.links[name]:
                        report.respelt[draft.links[name], index.name(target)] += 1
        return [draft for draft in drafts if self._is_clear(report, draft)]

    def remember(self, kind: type[Record], record_id: int, draft: Draft) -> None:
        """Keep the links within the table until all its records are there."""
        for name, spec in specs(kind).items():
            if spec.link == kind.noun.table and name in draft.links:
                self._within.append((record_id, name, draft.links[name]))

    def finish(self, report: FileReport, kind: type[Record], *, overwrite: bool) -> None:
        """Fill the links within the table: only those that are empty, unless they may be overwritten."""
        if not self._within:
            return
        index = self._index(report.table)
        self._add_missing(report, index, (name for _id, _field, name in self._within))
        fields = sorted({field for _id, field, _name in self._within})
        kept = present(self._unit, report.table, fields, {record_id for record_id, _field, _name in self._within})
        for record_id, field, name in self._within:
            target, now = index.named(name), kept[record_id][field]
            if target in (None, SEVERAL, record_id):
                report.notes.append(
                    _("{field}: {name} is not clear, so it was left empty.").format(
                        field=_(specs(kind)[field].label), name=values.quoted(name)
                    )
                )
            elif now is None or (overwrite and now != target):
                update_many(self._unit, kind, (field,), [(record_id, {field: target})])
        self._within.clear()

    def _index(self, table: str) -> Index:
        if table not in self._indexes:
            self._indexes[table] = Index(self._unit, table)
        return self._indexes[table]

    def _add_missing(self, report: FileReport, index: Index, named: Iterable[str]) -> None:
        missing = {key(name): name for name in named if index.named(name) is None}
        if not missing:
            return
        kind = BY_TABLE[index.table]
        names = list(missing.values())
        for record_id, name in zip(
            insert_many(self._unit, kind, ({"name": name} for name in names)), names, strict=True
        ):
            index.add(record_id, name)
        report.linked[index.table] += len(names)
        few = ", ".join(values.quoted(name) for name in names[:MOST_NAMED])
        report.notes.append(
            _("{count} {records} added by name, since no row describes them: {names}.").format(
                count=len(names), records=_(kind.noun.many), names=few + ("…" if len(names) > MOST_NAMED else "")
            )
        )

    def _is_clear(self, report: FileReport, draft: Draft) -> bool:
        for name, wanted in draft.links.items():
            if draft.values.get(name) == SEVERAL:
                reason = _("several records have this name")
                report.rejected.append(Problem(draft.line, reason, name.removesuffix("_id"), wanted, draft.cells))
                return False
        return True
