"""Write response curves field by field, behind the same check of the judgements as when they are asked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from crmtui.commands.records import labelled
from crmtui.commands.territory import JUDGED, require_order
from crmtui.domain.territory import ResponseCurve
from crmtui.store.reading import records
from crmtui.store.unit import work
from crmtui.text import _

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping
    from pathlib import Path

    from crmtui.domain.words import Source


def add(path: Path, given: Mapping[str, Any], source: Source, today: dt.date) -> int:
    """Write the curve of an account, as of today unless a day is given; returns its key.

    Raises:
        InvalidError: judgements out of order or in part, or a value that cannot be.
        ConflictError: the account has a curve already.
    """
    with work(path, "", source) as unit:
        key = unit.insert(ResponseCurve, _dated(given, today))
        require_order(records.get(unit.connection, ResponseCurve, key))
        unit.relabel(labelled(_("Add {record} {title}"), unit, ResponseCurve, key))
    return key


def edit(path: Path, curve_id: int, given: Mapping[str, Any], source: Source, today: dt.date) -> None:
    """Change a curve. Errors as for `add`, and NotFoundError."""
    with work(path, "", source) as unit:
        unit.update(ResponseCurve, curve_id, _dated(given, today))
        if _is_judged(given):
            require_order(records.get(unit.connection, ResponseCurve, curve_id))
        unit.relabel(labelled(_("Change {record} {title}"), unit, ResponseCurve, curve_id))


def _dated(given: Mapping[str, Any], today: dt.date) -> dict[str, Any]:
    """What is judged anew is judged today."""
    return ({"judged_on": today} if _is_judged(given) else {}) | dict(given)


def _is_judged(given: Mapping[str, Any]) -> bool:
    return any(name in given for name in JUDGED)
