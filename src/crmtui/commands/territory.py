"""Say how an account answers to effort, fix its hours, and keep plans of the territory as scenarios."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from crmtui.domain.territory import ResponseCurve, ScenarioLine, TerritoryScenario
from crmtui.domain.workspace import Workspace
from crmtui.errors import InvalidError
from crmtui.method.response import QUESTIONS, Judgements, faults
from crmtui.queries.territory import STEP, WEEKS
from crmtui.store.reading import records
from crmtui.store.unit import UnitOfWork, work
from crmtui.store.writing.bulk import insert_many
from crmtui.text import _, line

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from crmtui.domain.words import Source
    from crmtui.method.territory_plan import Plan

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
        _require_order(records.get(unit.connection, ResponseCurve, key))
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


def save(path: Path, name: str, plan: Plan, today: dt.date, source: Source) -> int:
    """Keep a plan as a scenario for the weeks that begin today; one of the same name is written over.

    Raises:
        InvalidError: no name.
    """
    with work(path, _("Save scenario {name}").format(name=line(name)[:80]), source) as unit:
        currency = records.get(unit.connection, Workspace, 1).base_currency
        given = {
            "name": name,
            "starts_on": today,
            "ends_on": today + dt.timedelta(weeks=WEEKS, days=-1),
            "capacity": plan.capacity,
            "step": STEP,
            "with_travel": bool(plan.trips),
        }
        found = next(records.where(unit.connection, TerritoryScenario, "name = ?", (name,)), None)
        if found is None:
            key = unit.insert(TerritoryScenario, given)
        else:
            key = found.id
            unit.update(TerritoryScenario, key, given)
            for old in list(records.where(unit.connection, ScenarioLine, "scenario_id = ?", (key,))):
                unit.delete(ScenarioLine, old.id)
        lines = (
            {
                "scenario_id": key,
                "account_id": one.key,
                "hours_today": one.hours_today,
                "hours": one.hours,
                "gain": round(one.gain) if one.sales is not None else None,
                "currency": currency,
            }
            for one in plan.lines
            if one.hours or one.hours_today
        )
        insert_many(unit, ScenarioLine, list(lines))
    return key


def accept(path: Path, scenario_id: int, source: Source) -> None:
    """Make a scenario the one that plans and Today are measured against; any other is so no longer.

    Raises:
        NotFoundError: the scenario is gone.
    """
    with work(path, "", source) as unit:
        name = line(records.get(unit.connection, TerritoryScenario, scenario_id).name)[:80]
        for one in list(records.where(unit.connection, TerritoryScenario, "is_accepted")):
            if one.id != scenario_id:
                unit.update(TerritoryScenario, one.id, {"is_accepted": False})
        unit.update(TerritoryScenario, scenario_id, {"is_accepted": True})
        unit.relabel(_("Accept scenario {name}").format(name=name))


def _put(unit: UnitOfWork, account_id: int, given: Mapping[str, Any]) -> int:
    found = next(records.where(unit.connection, ResponseCurve, "account_id = ?", (account_id,)), None)
    if found is None:
        currency = records.get(unit.connection, Workspace, 1).base_currency
        return unit.insert(ResponseCurve, {"account_id": account_id, "currency": currency, **given})
    unit.update(ResponseCurve, found.id, dict(given))
    return found.id


def _require_order(curve: ResponseCurve) -> None:
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
