"""What came with files and has no field of its own, as pages show it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmtui.domain.bringing import PROGRAMS
from crmtui.domain.identity import MERGED
from crmtui.store.reading import brought as reading_brought
from crmtui.store.reading.brought import OWNERS, Brought, Custom
from crmtui.store.reading.connections import reading
from crmtui.text import _

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["OWNERS", "Brought", "Custom", "known_as", "of_record"]


def of_record(path: Path, table: str, record_id: int) -> Brought:
    """What came with a record."""
    with reading(path) as connection:
        return reading_brought.brought(connection, table, record_id)


def known_as(brought: Brought) -> Iterator[tuple[str, str]]:
    """The keys in other systems, and the names of records that are part of this one now, each with a label."""
    for source, key in brought.keys:
        if source == MERGED:
            yield _("Merged with it"), key
            continue
        program = PROGRAMS.get(source)
        yield (_("Key in {program}").format(program=program) if program else _("Key elsewhere")), key
