"""Keep plans of the territory as scenarios, change the hours in them, and choose the one that counts."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from crmtui.commands.records import labelled
from crmtui.domain.accounts import Account
from crmtui.domain.territory import ScenarioLine, TerritoryScenario
from crmtui.domain.words import EffortUnit
from crmtui.domain.workspace import Workspace
from crmtui.errors import InvalidError
from crmtui.figures import Figure
from crmtui.queries.territory import STEP, WEEKS, hours_each
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
    """Change a scenario. Errors as for `add`, NotFoundError, and InvalidError where the unit of accounts is changed."""
    with work(path, "", source) as unit:
        _keep_unit(unit, scenario_id, given)
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
            "unit": plan.unit,
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
                "contacts": one.proposed if plan.unit is EffortUnit.CONTACTS else None,
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
    """Give accounts other hours in a scenario, or contacts where it is divided in them. Returns how many changed.

    None takes an account out of it. Contacts take the hours that they take there already, else as they are known on the
    first day of the scenario.

    What was expected to be gained was so with the hours of before, and is forgotten.

    Raises:
        InvalidError: hours or contacts that cannot be, by the name of the account.
        NotFoundError: the scenario or an account is gone.
    """
    with work(path, "", source) as unit:
        scenario = records.get(unit.connection, TerritoryScenario, scenario_id)
        count = sum(_allot(unit, scenario, account_id, effort) for account_id, effort in given.items())
        told = _("Change the contacts of scenario {name}") if _by_contacts(scenario) else None
        told = told or _("Change the hours of scenario {name}")
        unit.relabel(told.format(name=line(scenario.name)[:80]))
    return count


def _by_contacts(scenario: TerritoryScenario) -> bool:
    return scenario.unit is EffortUnit.CONTACTS


def _allot(unit: UnitOfWork, scenario: TerritoryScenario, account_id: int, effort: float | None) -> bool:
    name = records.get(unit.connection, Account, account_id).name
    keys = (scenario.id, account_id)
    before = next(records.where(unit.connection, ScenarioLine, "scenario_id = ? AND account_id = ?", keys), None)
    try:
        if before is not None and effort == (before.contacts if _by_contacts(scenario) else before.hours):
            return False
        if effort is None:
            if before is not None:
                unit.delete(ScenarioLine, before.id)
            return before is not None
        figures = _figures(unit, scenario, account_id, before, effort)
        if before is None:
            currency = records.get(unit.connection, Workspace, 1).base_currency
            given = {"scenario_id": scenario.id, "account_id": account_id, "currency": currency}
            unit.insert(ScenarioLine, given | figures)
            return True
        unit.update(ScenarioLine, before.id, figures | {"gain": None})
    except InvalidError as error:
        raise InvalidError({line(name)[:80]: "; ".join(error.fields.values())}) from None
    return True


def _figures(
    unit: UnitOfWork, scenario: TerritoryScenario, account_id: int, before: ScenarioLine | None, effort: float
) -> dict[str, Any]:
    """The hours of a line, and its contacts where the scenario is divided in them."""
    if not _by_contacts(scenario):
        return {"hours": effort}
    if effort != round(effort):
        raise InvalidError({"contacts": _("{value:g} is no whole number of contacts").format(value=Figure(effort))})
    if before is not None and before.contacts:
        each = before.hours / before.contacts
    else:
        each = hours_each(unit.connection, account_id, scenario.starts_on)
    return {"contacts": round(effort), "hours": effort * each}


def _keep_unit(unit: UnitOfWork, scenario_id: int, given: Mapping[str, Any]) -> None:
    """Raise InvalidError where the unit is changed of what accounts get already."""
    before = records.get(unit.connection, TerritoryScenario, scenario_id).unit
    wanted = given.get("unit") or before
    if wanted is before or not any(records.where(unit.connection, ScenarioLine, "scenario_id = ?", (scenario_id,))):
        return
    told = _("what accounts get is divided in {before}: save a plan that is divided in {wanted} instead")
    raise InvalidError({"unit": told.format(before=_(before.label), wanted=_(wanted.label))})


def _accept_one(unit: UnitOfWork, scenario_id: int, given: Mapping[str, Any]) -> None:
    """Only one scenario is accepted."""
    if given.get("is_accepted"):
        for one in list(records.where(unit.connection, TerritoryScenario, "is_accepted")):
            if one.id != scenario_id:
                unit.update(TerritoryScenario, one.id, {"is_accepted": False})
