"""What became of rows of our own format: their outcomes, new records, and each field that changes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from crmtui.commands.import_changes import New
from crmtui.commands.import_existing import Changed
from crmtui.domain import values
from crmtui.domain.fields import specs
from crmtui.text import _

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from crmtui.commands.import_own_files import OwnRow
    from crmtui.commands.import_report import Outcome, Outcomes
    from crmtui.domain.fields import Record


def new_records(kind: type[Record], rows: Iterable[tuple[int, tuple[OwnRow, Mapping[str, Any]]]]) -> Iterator[New]:
    """New records with their fields, each with its key."""
    known = specs(kind)
    for record_id, (row, given) in rows:
        told = {name: values.plain(known[name], value) for name, value in given.items() if name in known}
        yield New(row.line, record_id, told)


def changed_fields(
    kind: type[Record], row: OwnRow, record_id: int, kept: Mapping[str, Any], change: Mapping[str, Any]
) -> Iterator[Changed]:
    """Each field that a row changes, before and after."""
    for name, value in change.items():
        yield Changed(row.line, record_id, name, kept[name], values.plain(specs(kind)[name], value))


def trace(outcomes: Outcomes, outcome: Outcome, kind: type[Record], rows: Sequence[tuple[OwnRow, str]]) -> None:
    """What became of rows, each with the identity of its record."""
    titles = (str(row.cells.get(kind.noun.title) or _(kind.noun.one)) for row, _uid in rows)
    outcomes.add(outcome, (row.line for row, _uid in rows), [0] * len(rows), titles, (uid for _row, uid in rows))
