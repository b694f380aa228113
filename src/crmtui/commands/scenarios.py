"""Keep plans of the territory as scenarios, change the hours in them, and choose the one that counts."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from crmtui.commands.records import labelled
from crmtui.domain.accounts import Account
from crmtui.domain.territory import ScenarioLine, TerritoryScenario
from crmtui.domain.workspace import Workspace
from crmtui.errors import InvalidError
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


def add(path: Path, given: Mapping[str, Any], source: Source) -> int:
    """Write a new scenario without accounts; returns its key. One that is accepted takes that from any other.

    Raises:
        InvalidError: names each field that is wrong.
        ConflictError: there is one of that name.
    """
    with work(path, "", source) as unit:
        key = unit.insert(TerritoryScenario, {name: value for name, value in given.items() if value is not None})
        _accept_one(unit, key, given)
        unit.relabel(labelled(_("Add {record} {title}"), unit, TerritoryScenario, key))
    return key


def edit(path: Path, scenario_id: int, given: Mapping[str, Any], source: Source) -> None:
    """Change a scenario. Errors as for `add`, and NotFoundError."""
    with work(path, "", source) as unit:
        unit.update(TerritoryScenario, scenario_id, given)
        _accept_one(unit, scenario_id, given)
        unit.relabel(labelled(_("Change {record} {title}"), unit, TerritoryScenario, scenario_id))


def save(path: Path, name: str, plan: Plan, today: dt.date, source: Source) -> int:
    """Keep a plan as a scenario for the weeks that begin today; one of the same name is written over.

    Raises:
        InvalidError: no name.
    """
    with work(path, _("Save scenario {name}").format(name=line(name)[:80]), source) as unit:
        settings = records.get(unit.connection, Workspace, 1)
        given = {
            "name": name,
            "starts_on": today,
            "ends_on": today + dt.timedelta(weeks=WEEKS, days=-1),
            "capacity": plan.capacity,
            "hour_cost": settings.hour_cost,
            "step": STEP,
            "with_travel": bool(plan.trips),
        }
        found = next(records.where(unit.connection, TerritoryScenario, "name = ?", (line(name),)), None)
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
                "currency": settings.base_currency,
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
        given = {"is_accepted": True}
        unit.update(TerritoryScenario, scenario_id, given)
        _accept_one(unit, scenario_id, given)
        unit.relabel(_("Accept scenario {name}").format(name=name))


def allot(path: Path, scenario_id: int, given: Mapping[int, float | None], source: Source) -> int:
    """Give accounts other hours in a scenario; None takes one out of it. Returns how many changed.

    What was expected to be gained was so with the hours of before, and is forgotten.

    Raises:
        InvalidError: hours that cannot be, by the name of the account.
        NotFoundError: the scenario or an account is gone.
    """
    with work(path, "", source) as unit:
        name = line(records.get(unit.connection, TerritoryScenario, scenario_id).name)[:80]
        count = sum(_allot(unit, scenario_id, account_id, hours) for account_id, hours in given.items())
        unit.relabel(_("Change the hours of scenario {name}").format(name=name))
    return count


def _allot(unit: UnitOfWork, scenario_id: int, account_id: int, hours: float | None) -> bool:
    name = records.get(unit.connection, Account, account_id).name
    keys = (scenario_id, account_id)
    before = next(records.where(unit.connection, ScenarioLine, "scenario_id = ? AND account_id = ?", keys), None)
    if hours == (before.hours if before else None):
        return False
    try:
        if before is None:
            currency = records.get(unit.connection, Workspace, 1).base_currency
            given = {"scenario_id": scenario_id, "account_id": account_id, "hours": hours, "currency": currency}
            unit.insert(ScenarioLine, given)
        elif hours is None:
            unit.delete(ScenarioLine, before.id)
        else:
            unit.update(ScenarioLine, before.id, {"hours": hours, "gain": None})
    except InvalidError as error:
        raise InvalidError({line(name)[:80]: "; ".join(error.fields.values())}) from None
    return True


def _accept_one(unit: UnitOfWork, scenario_id: int, given: Mapping[str, Any]) -> None:
    """Only one scenario is accepted."""
    if given.get("is_accepted"):
        for one in list(records.where(unit.connection, TerritoryScenario, "is_accepted")):
            if one.id != scenario_id:
                unit.update(TerritoryScenario, one.id, {"is_accepted": False})
