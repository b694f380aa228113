"""Which command writes which record: most are written as they are, some bring more along."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from crmtui.domain.opportunities import Opportunity
from crmtui.domain.people import Person
from crmtui.domain.words import Source

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from crmtui.cli.desk import Desk
    from crmtui.commands.together import Part
    from crmtui.domain.fields import Record


def add(desk: Desk, kind: type[Record], given: Mapping[str, Any], parts: Sequence[Part]) -> int:
    """Write a new record; returns its key."""
    if kind is Opportunity:
        from crmtui.commands import opportunities

        return opportunities.add(desk.path, given, Source.CLI, desk.today)
    from crmtui.commands import together

    return together.save(desk.path, kind, None, _named(kind, given), Source.CLI, parts=parts)


def edit(desk: Desk, kind: type[Record], record_id: int, given: Mapping[str, Any], parts: Sequence[Part]) -> None:
    """Change a record."""
    if kind is Opportunity:
        from crmtui.commands import opportunities

        opportunities.edit(desk.path, record_id, given, Source.CLI, desk.today)
    else:
        from crmtui.commands import together

        together.save(desk.path, kind, record_id, given, Source.CLI, parts=parts)


def _named(kind: type[Record], given: Mapping[str, Any]) -> Mapping[str, Any]:
    """A person's name is made of its parts where none was given."""
    if kind is not Person or given.get("name"):
        return given
    parts = (given.get("given_name", ""), given.get("family_name", ""))
    return {**given, "name": " ".join(part for part in parts if part)}
