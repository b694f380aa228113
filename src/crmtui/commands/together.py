"""A record and what belongs to it (a person's e-mails, an order's lines), saved as one undoable step."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from crmtui.commands.records import labelled
from crmtui.store.unit import UnitOfWork, work
from crmtui.text import _

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from crmtui.domain.fields import Record
    from crmtui.domain.words import Source


@dataclass(frozen=True, slots=True)
class Part:
    """A record that belongs to another.

    Attributes:
        kind: what it is.
        link: its field that leads to the whole.
        given: its other fields.
        record_id: its key; None for a new one.
        is_dropped: whether it is to be deleted.
    """

    kind: type[Record]
    link: str
    given: Mapping[str, Any] = field(default_factory=dict)
    record_id: int | None = None
    is_dropped: bool = False


def save(
    path: Path,
    kind: type[Record],
    record_id: int | None,
    given: Mapping[str, Any],
    source: Source,
    *,
    parts: Sequence[Part] = (),
) -> int:
    """Write a new record (no key) or change one, with its parts; returns its key.

    Raises:
        InvalidError: names each field that is wrong.
        ConflictError: another record has what must be unique.
        NotFoundError: the record is gone.
    """
    label = _("Add {record} {title}") if record_id is None else _("Change {record} {title}")
    with work(path, "", source) as unit:
        if record_id is None:
            record_id = unit.insert(kind, given)
        elif given:
            unit.update(kind, record_id, given)
        write_parts(unit, record_id, parts)
        unit.relabel(labelled(label, unit, kind, record_id))
    return record_id


def write_parts(unit: UnitOfWork, record_id: int, parts: Sequence[Part]) -> None:
    """Write, change or delete what belongs to a record."""
    for part in parts:
        if part.is_dropped and part.record_id is not None:
            unit.delete(part.kind, part.record_id)
        elif part.record_id is None:
            unit.insert(part.kind, {**part.given, part.link: record_id})
        else:
            unit.update(part.kind, part.record_id, part.given)
