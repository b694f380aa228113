"""Say how an account answers to effort, and fix its hours."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from crmtui.domain.territory import ResponseCurve
from crmtui.domain.workspace import Workspace
from crmtui.errors import InvalidError
from crmtui.method.response import QUESTIONS, Judgements, faults
from crmtui.store.reading import records
from crmtui.store.unit import UnitOfWork, work
from crmtui.text import _, line

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping
    from pathlib import Path

    from crmtui.domain.words import Source

JUDGED = ("none", "half", "more", "most")


def judge(path: Path, account_id: int, given: Mapping[str, Any], today: dt.date, source: Source) -> int:
    """Write down what was said of how an account answers to effort; returns the key of its response curve.

    Args:
        path: the workspace.
        account_id: whose.
        given: fields of the response curve; of the four judgements all, or none.
        today: the day it was said.
        source: by which door.

    Raises:
        InvalidError: judgements out of order, or a value that cannot be.
        NotFoundError: the account is gone.
    """
    with work(path, "", source) as unit:
        key = _put(unit, account_id, {**given, "judged_on": today})
        require_order(records.get(unit.connection, ResponseCurve, key))
        unit.relabel(_("Say how {name} answers to effort").format(name=_name(unit, account_id)))
    return key


def bound(path: Path, account_id: int, given: Mapping[str, Any], source: Source) -> int:
    """Fix the hours that an account gets in a period, or between how many they may be; returns as `judge`.

    Raises:
        InvalidError: bounds that contradict each other.
        NotFoundError: the account is gone.
    """
    with work(path, "", source) as unit:
        key = _put(unit, account_id, given)
        unit.relabel(_("Bound the hours of {name}").format(name=_name(unit, account_id)))
    return key


def _put(unit: UnitOfWork, account_id: int, given: Mapping[str, Any]) -> int:
    found = next(records.where(unit.connection, ResponseCurve, "account_id = ?", (account_id,)), None)
    if found is None:
        currency = records.get(unit.connection, Workspace, 1).base_currency
        return unit.insert(ResponseCurve, {"account_id": account_id, "currency": currency, **given})
    unit.update(ResponseCurve, found.id, dict(given))
    return found.id


def require_order(curve: ResponseCurve) -> None:
    """Raise InvalidError where what was said of how an account answers makes no curve, or is said in part."""
    said = [getattr(curve, one) for one in JUDGED]
    if all(one is None for one in said):
        return
    if any(one is None for one in said):
        raise InvalidError({_("Judgements"): _("give an answer to all four questions, or to none")})
    if wrong := faults(Judgements(*said)):
        raise InvalidError({_(QUESTIONS[one]): sentence for one, sentence in wrong.items()})


def _name(unit: UnitOfWork, account_id: int) -> str:
    from crmtui.domain.accounts import Account

    return line(records.get(unit.connection, Account, account_id).name)[:80]
