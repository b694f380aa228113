"""Rows of other programs' files into the workspace: matched, linked, added or completed; a few thousand at a time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from crmtui.commands import import_asides
from crmtui.commands.import_customs import Customs
from crmtui.commands.import_existing import Comparison, Existing
from crmtui.commands.import_links import Links
from crmtui.commands.import_matching import Known, Matching
from crmtui.commands.import_refusals import Refusals
from crmtui.domain import values
from crmtui.domain.checked import Checked
from crmtui.domain.fields import default, specs
from crmtui.domain.identity import ExternalIdentity
from crmtui.domain.opportunities import Opportunity, StageChange
from crmtui.domain.words import Stage
from crmtui.exchange.mapping.endings import CLOSED
from crmtui.exchange.mapping.meanings import EXTERNAL
from crmtui.store.writing.bulk import insert_columns
from crmtui.store.writing.matching import Index

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Mapping, Sequence

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
    """

    existing: Existing
    today: dt.date
    sources: Mapping[str, str]


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

        self._links = Links(unit, staged.report, staged.kind, sources, staged.keys_by_link(), staged.spelt)
        self._customs = Customs(unit, staged.report.table, staged.title, how.today)
        self._refusals = Refusals(unit, staged.title, how.today)

    def load(self, heed: Callable[[], None]) -> None:
        """Write the rows of the file and count what became of them; `heed` is called every few thousand rows."""
        self._unit.write_behind()
        matching = Matching(self._index)
        for read in self._staged.drafts():
            heed()
            drafts = self._links.fill(read)
            fresh, known = matching.sort(drafts)
            self._add(drafts.picked(fresh))
            self._complete(drafts, known)
        self._links.finish(overwrite=lambda field: self._modes.may(field, lacking=False))
        self._customs.keep(self._links.unmet)
        self._report.rejected += self._staged.cells(matching.problems)

    def _add(self, drafts: Drafts) -> None:
        columns = {
            name: column.filled(values.plain(column.spec, default(self._kind, name)))
            for name, column in drafts.values.items()
        }
        keys = insert_columns(self._unit, self._kind, columns, name_keys=drafts.keys)
        self._links.remember(keys, drafts, range(len(drafts)))
        self._identify(keys, drafts, range(len(drafts)))
        import_asides.add(self._unit, drafts, keys)
        self._customs.add(drafts, keys)
        self._refusals.add(drafts, keys)
        if self._kind is Opportunity:
            insert_columns(self._unit, StageChange, _stages(keys, drafts))
        self._report.new += len(drafts)

    def _complete(self, drafts: Drafts, known: list[Known]) -> None:
        """Compare each row with its record, and change what the mode allows."""
        if not known:
            return
        record_ids, places = [record_id for record_id, _place in known], [place for _id, place in known]
        self._links.remember(record_ids, drafts, places)
        comparison = Comparison(self._unit, self._modes, drafts, known)
        comparison.fields(self._kind)
        comparison.asides()
        comparison.customs(self._customs)
        comparison.changed |= self._identify(record_ids, drafts, places)
        comparison.changed |= self._refusals.complete(drafts, known)
        self._report.updated += len(comparison.changed)
        self._report.kept += len(comparison.differing - comparison.changed)
        self._report.unchanged += len(known) - len(comparison.differing | comparison.changed)

    def _identify(self, record_ids: Sequence[int], drafts: Drafts, places: Sequence[int]) -> set[int]:
        """Remember the keys in the other system that are new; returns the places of their rows."""
        externals = drafts.column(EXTERNAL)
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
