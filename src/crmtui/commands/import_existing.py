"""Rows that mean records which are there: compared with them, and what the user allows is changed."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from crmtui.commands import import_asides
from crmtui.store.writing.bulk import update_columns
from crmtui.store.writing.matching import present

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crmtui.commands.import_matching import Known
    from crmtui.domain.fields import Record
    from crmtui.exchange.mapping.drafts import Drafts
    from crmtui.store.unit import UnitOfWork


class Existing(Enum):
    """What a row may do to the record that it means."""

    FILL = "fill"  # give it what it lacks
    OVERWRITE = "overwrite"
    SKIP = "skip"


class Comparison:
    """What rows say, beside what their records say.

    Attributes:
        differing: the places of rows that say something else.
        changed: the places of rows that changed their records.
    """

    def __init__(self, unit: UnitOfWork, existing: Existing, drafts: Drafts, known: Sequence[Known]) -> None:
        self.differing: set[int] = set()
        self.changed: set[int] = set()
        self._unit = unit
        self._existing = existing
        self._drafts = drafts
        self._known = known

    def fields(self, kind: type[Record]) -> None:
        """Give the records the values that they lack, or that may be overwritten."""
        columns = self._drafts.values
        kept = present(self._unit, kind.noun.table, columns, (record_id for record_id, _place in self._known))
        changes: dict[tuple[str, ...], list[Known]] = {}
        for record_id, place in self._known:
            now = kept[record_id]
            differing = [name for name in columns if columns[name][place] not in (None, now[name])]
            allowed = tuple(name for name in differing if self._may(lacking=now[name] in (None, "")))
            if differing:
                self.differing.add(place)
            if allowed:
                changes.setdefault(allowed, []).append((record_id, place))
        for names, rows in changes.items():
            places = [place for _id, place in rows]
            self.changed.update(places)
            picked = {name: columns[name].picked(places) for name in names}
            update_columns(self._unit, kind, [record_id for record_id, _place in rows], picked)

    def asides(self) -> None:
        """The same for the e-mail addresses and telephone numbers of people."""
        kept = import_asides.Kept(self._unit, self._drafts, self._known)
        for name in self._drafts.asides:
            untold = kept.untold(name)
            allowed = [
                (person_id, place) for person_id, place in untold if self._may(lacking=kept.lacks(name, person_id))
            ]
            kept.write(name, allowed)
            self.differing.update(place for _id, place in untold)
            self.changed.update(place for _id, place in allowed)

    def _may(self, *, lacking: bool) -> bool:
        return self._existing is Existing.OVERWRITE or (self._existing is Existing.FILL and lacking)
