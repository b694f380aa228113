"""Draw the lines on a map: who influences whom, and who is in conflict with whom."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from crmtui.domain.dmu import Influence, Stakeholder
from crmtui.domain.words import EdgeKind
from crmtui.errors import ConflictError
from crmtui.store.reading import dmu, records
from crmtui.store.unit import work
from crmtui.text import _

if TYPE_CHECKING:
    import datetime as dt
    import sqlite3
    from collections.abc import Mapping
    from pathlib import Path

    from crmtui.domain.words import Source


def link(path: Path, source_id: int, target_id: int, given: Mapping[str, Any], source: Source, today: dt.date) -> int:
    """Draw a line from one stakeholder to another, judged today unless `given` says so; returns its key.

    A line of that kind that is there already is changed; a conflict is the same in both directions.

    Args:
        path: the workspace.
        source_id: who influences.
        target_id: who listens.
        given: `kind`, `strength` (1 to 3, clear when left out), `is_formal`, `basis`, `source`, `notes`.
        source: the door.
        today: the day of the judgement.

    Raises:
        ConflictError: the two are not on one map, or are the same.
        InvalidError: names each field that is wrong.
    """
    with work(path, "", source) as unit:
        _require_one_map(unit.connection, source_id, target_id)
        fields = {"strength": 2, "judged_on": today, **given, "source_id": source_id, "target_id": target_id}
        known = _known(unit.connection, fields)
        if known is None:
            key = unit.insert(Influence, fields)
        else:
            key = known.id
            unit.update(Influence, key, {name: fields[name] for name in fields if not name.endswith("_id")})
        drawn = _words(unit.connection, records.get(unit.connection, Influence, key))
        unit.relabel(_("Draw the line: {line}").format(line=drawn))
        return key


def unlink(path: Path, influence_id: int, source: Source) -> None:
    """Take a line away; NotFoundError if it is gone."""
    with work(path, "", source) as unit:
        words = _words(unit.connection, records.get(unit.connection, Influence, influence_id))
        unit.delete(Influence, influence_id)
        unit.relabel(_("Take away the line: {line}").format(line=words))


def _require_one_map(connection: sqlite3.Connection, source_id: int, target_id: int) -> None:
    ends = [records.get(connection, Stakeholder, key) for key in (source_id, target_id)]
    if source_id == target_id:
        raise ConflictError(_("A line leads from one person to another one."))
    if ends[0].map_id != ends[1].map_id:
        raise ConflictError(_("The two are not on the same map."))


def _known(connection: sqlite3.Connection, fields: Mapping[str, Any]) -> Influence | None:
    """The line that is there already."""
    kind = fields.get("kind") or EdgeKind.INFLUENCE
    ends = [(fields["source_id"], fields["target_id"])]
    if kind == EdgeKind.CONFLICT:
        ends.append(ends[0][::-1])
    for one in ends:
        parameters = (*one, str(kind), bool(fields.get("is_formal")))
        condition = "source_id = ? AND target_id = ? AND kind = ? AND is_formal = ?"
        if found := next(records.where(connection, Influence, condition, parameters), None):
            return found
    return None


def _words(connection: sqlite3.Connection, edge: Influence) -> str:
    """`Conti influences Ferrari`."""
    map_id = records.get(connection, Stakeholder, edge.source_id).map_id
    names = dmu.called(connection, map_id)
    ends = {"source": names[edge.source_id][:80], "target": names[edge.target_id][:80]}
    is_conflict = edge.kind is EdgeKind.CONFLICT
    return (_("{source} is in conflict with {target}") if is_conflict else _("{source} influences {target}")).format(
        **ends
    )
