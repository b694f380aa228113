"""Grade accounts by hand on the criteria of the matrix; each is one undoable step."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from crmtui.domain.accounts import Account
from crmtui.domain.portfolio import PortfolioCriterion, PortfolioGrade
from crmtui.domain.words import Basis
from crmtui.errors import InvalidError
from crmtui.store.reading import records
from crmtui.store.unit import UnitOfWork, work
from crmtui.text import _, line

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping
    from pathlib import Path

    from crmtui.domain.words import Source


def grade(path: Path, account_id: int, given: Mapping[int, Mapping[str, Any]], source: Source, today: dt.date) -> int:
    """Grade an account on several criteria at once; what is not given stays. Returns how many grades changed.

    Another grade is a new judgement: of today, assumed, and nobody's, unless told otherwise.

    Args:
        path: the workspace.
        account_id: whose.
        given: fields of the grade by the key of the criterion.
        source: by which door.
        today: the day it was judged.

    Raises:
        InvalidError: a criterion that is computed, or a value that cannot be; by the name of the criterion.
        NotFoundError: the account or a criterion is gone.
    """
    with work(path, "", source) as unit:
        name = line(records.get(unit.connection, Account, account_id).name)[:80]
        count = sum(_put(unit, account_id, one, fields, today) for one, fields in given.items())
        unit.relabel(_("Grade {name} for the matrix").format(name=name))
    return count


def add(path: Path, given: Mapping[str, Any], source: Source, today: dt.date) -> int:
    """Write a new grade; returns its key. Errors as for `grade`, and ConflictError where there is one already."""
    with work(path, "", source) as unit:
        if criterion_id := given.get("criterion_id"):
            _require_by_hand(unit, criterion_id)
        key = unit.insert(PortfolioGrade, {"judged_on": today} | {k: v for k, v in given.items() if v is not None})
        _relabel(unit, key)
    return key


def edit(path: Path, grade_id: int, given: Mapping[str, Any], source: Source, today: dt.date) -> None:
    """Change a grade. Errors as for `add`, and NotFoundError."""
    with work(path, "", source) as unit:
        before = records.get(unit.connection, PortfolioGrade, grade_id)
        if criterion_id := given.get("criterion_id"):
            _require_by_hand(unit, criterion_id)
        unit.update(PortfolioGrade, grade_id, _renewed(before, given, today))
        _relabel(unit, grade_id)


def _put(unit: UnitOfWork, account_id: int, criterion_id: int, given: Mapping[str, Any], today: dt.date) -> bool:
    criterion = _require_by_hand(unit, criterion_id)
    keys = (account_id, criterion_id)
    before = next(records.where(unit.connection, PortfolioGrade, "account_id = ? AND criterion_id = ?", keys), None)
    try:
        if before is None:
            fields = {"judged_on": today, **given, "account_id": account_id, "criterion_id": criterion_id}
            unit.insert(PortfolioGrade, fields)
            return True
        fields = _renewed(before, given, today)
        if all(getattr(before, name) == value for name, value in fields.items()):
            return False
        unit.update(PortfolioGrade, before.id, fields)
    except InvalidError as error:
        raise InvalidError({criterion.name: "; ".join(error.fields.values())}) from None
    return True


def _renewed(before: PortfolioGrade, given: Mapping[str, Any], today: dt.date) -> dict[str, Any]:
    if "grade" not in given or given["grade"] == before.grade:
        return dict(given)
    return {"judged_on": today, "basis": Basis.ASSUMED, "source": "", **given}


def _require_by_hand(unit: UnitOfWork, criterion_id: int) -> PortfolioCriterion:
    criterion = records.get(unit.connection, PortfolioCriterion, criterion_id)
    if criterion.computed is not None:
        told = _("is computed ({figure}), so nobody grades it by hand: empty “Computed from” of the criterion first")
        raise InvalidError({line(criterion.name): told.format(figure=_(criterion.computed.label))})
    return criterion


def _relabel(unit: UnitOfWork, grade_id: int) -> None:
    account_id = records.get(unit.connection, PortfolioGrade, grade_id).account_id
    name = line(records.get(unit.connection, Account, account_id).name)[:80]
    unit.relabel(_("Grade {name} for the matrix").format(name=name))
