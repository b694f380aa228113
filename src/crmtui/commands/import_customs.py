"""Columns that have no field here: kept as custom fields of their records, or written as notes on them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from crmtui.domain.accounts import Note
from crmtui.domain.bringing import CustomValue
from crmtui.store.writing import bulk
from crmtui.store.writing.matching import several_of, values_by_name

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Sequence

    from crmtui.domain.checked import Checked
    from crmtui.exchange.mapping.drafts import Drafts
    from crmtui.store.unit import UnitOfWork

LONGEST_NAME: Final = 500
Kept = dict[tuple[int, str], list[tuple[int, str]]]  # (key, value) of custom fields by record and name


class Customs:
    """The columns without a field of one file.

    Args:
        unit: the unit of work.
        table: what its rows become.
        source: the program or the file, as it is shown.
        today: the day of notes.
    """

    def __init__(self, unit: UnitOfWork, table: str, source: str, today: dt.date) -> None:
        self._unit = unit
        self._owner = f"{table}_id"
        self._source = source
        self._today = today

    def add(self, drafts: Drafts, record_ids: Sequence[int]) -> None:
        """Write what the rows tell of their records, of which nothing is kept yet."""
        for name, cells in drafts.customs.items():
            self.write(name, *_told(cells, record_ids))
        for name, cells in drafts.notes.items():
            self.note(name, *_told(cells, record_ids))

    def kept(self, record_ids: Iterable[int]) -> Kept:
        """The custom fields of some records."""
        return values_by_name(self._unit, self._owner, record_ids)

    def noted(self, record_ids: Iterable[int]) -> dict[int, list[str]]:
        """The notes on some records."""
        return several_of(self._unit, Note.noun.table, "text", self._owner, record_ids)

    def write(self, name: str, record_ids: Sequence[int], cells: Checked) -> None:
        """Custom fields of one name, for records that have none of it."""
        count = len(record_ids)
        columns: dict[str, Sequence[object]] = {
            self._owner: record_ids,
            "name": [name[:LONGEST_NAME]] * count,
            "value": cells,
            "source": [self._source] * count,
        }
        bulk.insert_columns(self._unit, CustomValue, columns)

    def rewrite(self, keys: Sequence[int], cells: Checked) -> None:
        """Other values for custom fields that are there, by their keys."""
        bulk.update_columns(self._unit, CustomValue, keys, {"value": cells})

    def note(self, name: str, record_ids: Sequence[int], cells: Checked) -> None:
        """Notes that say what a column says."""
        count = len(record_ids)
        columns: dict[str, Sequence[object]] = {
            self._owner: record_ids,
            "day": [self._today] * count,
            "text": [noted(name, cell) for cell in cells],
        }
        bulk.insert_columns(self._unit, Note, columns)

    def keep(self, unmet: Iterable[tuple[int, str, str]]) -> None:
        """Keep single cells, (record, column, cell), unless their records have a custom field of that name."""
        cells = list(unmet)
        known = self.kept({record_id for record_id, _name, _cell in cells}) if cells else {}
        rows = [
            {self._owner: record_id, "name": name[:LONGEST_NAME], "value": cell, "source": self._source}
            for record_id, name, cell in cells
            if (record_id, name[:LONGEST_NAME]) not in known
        ]
        bulk.insert_many(self._unit, CustomValue, rows)


def noted(name: str, cell: object) -> str:
    """The text of a note for a cell."""
    return f"{name}: {cell}"


def _told(cells: Checked, record_ids: Sequence[int]) -> tuple[Sequence[int], Checked]:
    """The records whose row says something, with what it says."""
    if None not in cells:
        return record_ids, cells
    places = [place for place, cell in enumerate(cells) if cell is not None]
    return [record_ids[place] for place in places], cells.picked(places)
