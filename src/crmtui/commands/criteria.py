"""Say by what accounts are placed in the matrix: criteria of the user's, each with its axis and its weight."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from crmtui.commands.records import labelled
from crmtui.domain.fields import specs
from crmtui.domain.portfolio import PortfolioCriterion
from crmtui.domain.words import Axis, Figure
from crmtui.errors import InvalidError
from crmtui.method import portfolio as method
from crmtui.store.reading import matrix, records
from crmtui.store.unit import UnitOfWork, work
from crmtui.store.writing.bulk import insert_many
from crmtui.text import N_, _, key

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from crmtui.domain.words import Source

_FIGURES: Final = {figure.value: figure for figure in Figure}
_STRENGTH: Final = N_("recognition, bonds and coverage")


def usual() -> Iterator[dict[str, Any]]:
    """The method's criteria as fields, in the user's words, and in their order.

    The strength of the relationship is one of them: what it is made of, the settings weigh.
    """
    attractive = [one for one in method.DEFAULTS if one.axis is method.Axis.ATTRACTIVENESS]
    strong = sum(one.weight for one in method.DEFAULTS if one.axis is method.Axis.STRENGTH)
    for position, one in enumerate(attractive, 1):
        computed = _FIGURES[one.code] if one.is_computed else None
        yield _fields(Axis.ATTRACTIVENESS, _(one.label), one.weight, computed, position)
    yield _fields(Axis.STRENGTH, _(_STRENGTH), strong, Figure.STRENGTH, 1)


def _fields(axis: Axis, name: str, weight: float, computed: Figure | None, position: int) -> dict[str, Any]:
    return {"axis": axis, "name": name, "weight": weight, "computed": computed, "position": position}


def seed(unit: UnitOfWork) -> None:
    """Write the method's criteria into a new workspace, where they can be changed."""
    insert_many(unit, PortfolioCriterion, usual())


def restore(path: Path, source: Source) -> int:
    """Write those of the method's criteria that are not there beside the others; returns how many."""
    with work(path, _("Bring the method's criteria of the matrix back"), source) as unit:
        there = {(one.axis, key(one.name)) for one in records.where(unit.connection, PortfolioCriterion, "1")}
        missing = [one for one in usual() if (one["axis"], key(one["name"])) not in there]
        for fields in missing:
            unit.insert(PortfolioCriterion, {**fields, "position": _next(unit, fields["axis"])})
    return len(missing)


def add(path: Path, given: Mapping[str, Any], source: Source) -> int:
    """Write a new criterion, the last of its axis unless a place is given; returns its key.

    Raises:
        InvalidError: names each field that is wrong; among them a weight of 0 where nothing else has any.
        ConflictError: the axis has a criterion of that name.
    """
    with work(path, "", source) as unit:
        fields = {name: value for name, value in given.items() if value is not None}
        if axis := fields.get("axis"):
            fields = {"position": _next(unit, axis)} | fields
        record_id = unit.insert(PortfolioCriterion, fields)
        _require_weight(unit)
        unit.relabel(labelled(_("Add {record} {title}"), unit, PortfolioCriterion, record_id))
    return record_id


def edit(path: Path, record_id: int, given: Mapping[str, Any], source: Source) -> None:
    """Change a criterion; errors as for `add`, and NotFoundError."""
    with work(path, "", source) as unit:
        unit.update(PortfolioCriterion, record_id, given)
        _require_weight(unit)
        unit.relabel(labelled(_("Change {record} {title}"), unit, PortfolioCriterion, record_id))


def weigh(path: Path, record_id: int, by: float, source: Source) -> float:
    """Let a criterion count more or less, within what a weight can be; returns its weight. Errors as for `edit`."""
    with work(path, "", source) as unit:
        spec = specs(PortfolioCriterion)["weight"]
        before = records.get(unit.connection, PortfolioCriterion, record_id).weight
        weight = min(max(before + by, spec.low or 0.0), spec.high or before)
        unit.update(PortfolioCriterion, record_id, {"weight": weight})
        _require_weight(unit)
        unit.relabel(labelled(_("Weigh {record} {title}"), unit, PortfolioCriterion, record_id))
    return weight


def _next(unit: UnitOfWork, axis: Axis) -> int:
    return matrix.next_position(unit.connection, str(axis))


def _require_weight(unit: UnitOfWork) -> None:
    """An axis whose criteria all weigh nothing places nobody."""
    for axis in matrix.weightless(unit.connection):
        label = next(_(one.label) for one in Axis if one.value == axis)
        told = _("at least one criterion of {axis} must weigh more than 0, else nobody has a place")
        raise InvalidError({"weight": told.format(axis=label)})
