"""Add, edit and delete a record of any noun; each is one undoable step."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from crmtui.domain.nouns import BY_TABLE
from crmtui.store.reading import records
from crmtui.store.unit import UnitOfWork, work
from crmtui.text import _, line, ngettext

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from crmtui.domain.fields import Record
    from crmtui.domain.words import Source


@dataclass(frozen=True, slots=True)
class Deleted:
    """What a deletion took away.

    Attributes:
        label: in words, as the history keeps it.
        count: how many of the records asked for.
        others: how many records that belonged to them went along.
    """

    label: str
    count: int
    others: int


def add(path: Path, kind: type[Record], given: Mapping[str, Any], source: Source) -> int:
    """Write a new record; returns its key.

    Raises:
        InvalidError: names each field that is wrong.
        ConflictError: another record has what must be unique.
    """
    with work(path, _("Add {record}").format(record=_(kind.noun.one)), source) as unit:
        record_id = unit.insert(kind, given)
        unit.relabel(labelled(_("Add {record} {title}"), unit, kind, record_id))
    return record_id


def edit(path: Path, kind: type[Record], record_id: int, given: Mapping[str, Any], source: Source) -> None:
    """Change some fields of a record; the same errors as `add`, and NotFoundError."""
    with work(path, "", source) as unit:
        unit.update(kind, record_id, given)
        unit.relabel(labelled(_("Change {record} {title}"), unit, kind, record_id))


def delete(path: Path, kind: type[Record], record_ids: Sequence[int], source: Source) -> Deleted:
    """Delete records and what belongs to them."""
    with work(path, "", source, by_record=False) as unit:
        label = labelled(_("Delete {record} {title}"), unit, kind, record_ids[0]) if len(record_ids) == 1 else ""
        label = label or _("Delete {count} {records}").format(count=len(record_ids), records=_(kind.noun.many))
        for record_id in record_ids:
            unit.delete(kind, record_id)
        unit.relabel(label)
        gone = unit.connection.execute(
            "SELECT count(*) FROM change WHERE set_id = ? AND op = 'D' AND tbl <> 'external_identity'", (unit.set_id,)
        ).fetchone()[0]
    return Deleted(label, len(record_ids), gone - len(record_ids))


def labelled(template: str, unit: UnitOfWork, kind: type[Record], record_id: int) -> str:
    """A label for the history that names the record."""
    found = getattr(records.get(unit.connection, kind, record_id), kind.noun.title)
    title = line(str(found or ""))[:80]
    return template.format(record=_(kind.noun.one), title=title).strip()


def said(deleted: Deleted) -> str:
    """A deletion in a sentence."""
    if not deleted.others:
        return deleted.label
    return f"{deleted.label} {ngettext('(and {count} record of it)', '(and {count} records of it)', deleted.others)}"


def kind_of(table: str) -> type[Record]:
    """The record that a table keeps."""
    return BY_TABLE[table]
