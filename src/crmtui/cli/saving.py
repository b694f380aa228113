"""Which command writes which record: most are written as they are, some bring more along."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any, Final

from crmtui.cli import fields, parts
from crmtui.domain.accounts import Account
from crmtui.domain.action_plan import Objective, PlanAction, Strategy
from crmtui.domain.delivery import CustomerRequest, Project, Promise, Satisfaction
from crmtui.domain.opportunities import Opportunity
from crmtui.domain.people import Person
from crmtui.domain.plans import Contact, Plan
from crmtui.domain.portfolio import PortfolioCriterion, PortfolioGrade
from crmtui.domain.propositions import Proposition
from crmtui.domain.relationship import Assessment
from crmtui.domain.territory import ResponseCurve, TerritoryScenario
from crmtui.domain.words import Source

if TYPE_CHECKING:
    from collections.abc import Mapping

    from typer.core import TyperOption

    from crmtui.cli.desk import Desk
    from crmtui.domain.fields import Record

ACTION_PLAN: Final = (Objective, Strategy, PlanAction)
DELIVERY: Final = (Project, Promise, CustomerRequest, Satisfaction)


def options(kind: type[Record], *, editing: bool) -> list[TyperOption]:
    """The options of `add` or `edit`: the fields of the record, then what belongs to it."""
    if kind is Person:
        from crmtui.cli import people

        return [*fields.options(kind), *people.options(editing=editing)]
    if kind is Contact:
        from crmtui.cli import contacts

        return [*contacts.options(), *fields.options(kind, without=contacts.UNASKED)]
    return [*fields.options(kind), *parts.options(kind, editing=editing)]


def add(desk: Desk, kind: type[Record], given: Mapping[str, Any], typed: Mapping[str, Any]) -> int:
    """Write a new record; returns its key.

    Args:
        desk: the workspace.
        kind: what it is.
        given: the values of its fields.
        typed: all options, for what belongs to it.
    """
    if module := _own(kind):
        return int(module.add(desk, given, typed))
    if module := _dated(kind):
        return int(module.add(desk.path, given, Source.CLI, desk.today))
    if module := _checked(kind):
        return int(module.add(desk.path, given, Source.CLI))
    if kind in ACTION_PLAN:
        from crmtui.commands import action_plan

        return action_plan.add(desk.path, kind, given, Source.CLI, desk.today)
    if kind in DELIVERY:
        from crmtui.commands import delivery

        written = parts.written(desk, kind, None, typed)
        return delivery.add(desk.path, kind, given, Source.CLI, desk.today, parts=written)
    from crmtui.commands import together

    return together.save(desk.path, kind, None, given, Source.CLI, parts=parts.written(desk, kind, None, typed))


def edit(desk: Desk, kind: type[Record], record_id: int, given: Mapping[str, Any], typed: Mapping[str, Any]) -> None:
    """Change a record; arguments as for `add`."""
    if module := _own(kind):
        module.edit(desk, record_id, given, typed)
    elif module := _dated(kind):
        module.edit(desk.path, record_id, given, Source.CLI, desk.today)
    elif module := _checked(kind):
        module.edit(desk.path, record_id, given, Source.CLI)
    elif kind is Account:
        from crmtui.commands import accounts

        tags = parts.written(desk, kind, record_id, typed)
        accounts.edit(desk.path, record_id, given, Source.CLI, parts=tags)
    elif kind in ACTION_PLAN:
        from crmtui.commands import action_plan

        action_plan.edit(desk.path, kind, record_id, given, Source.CLI, desk.today)
    elif kind in DELIVERY:
        from crmtui.commands import delivery

        changed = parts.written(desk, kind, record_id, typed)
        delivery.edit(desk.path, kind, record_id, given, Source.CLI, desk.today, parts=changed)
    else:
        from crmtui.commands import together

        changed = parts.written(desk, kind, record_id, typed)
        together.save(desk.path, kind, record_id, given, Source.CLI, parts=changed)


def warn(desk: Desk, kind: type[Record], record_id: int) -> None:
    """Say what does not add up in a record that was changed; nothing of most."""
    if kind is TerritoryScenario:
        from crmtui.cli import scenarios

        scenarios.warn(desk, record_id)


def _own(kind: type[Record]) -> Any:  # noqa: ANN401 - a module
    """The module of the command line that writes it with what belongs to it; None for most."""
    name = {Person: "people", Contact: "contacts"}.get(kind)
    return importlib.import_module(f"crmtui.cli.{name}") if name else None


def _dated(kind: type[Record]) -> Any:  # noqa: ANN401 - a module
    """The module of the commands that writes it as of a day; None for most."""
    return _of(
        kind,
        {
            Opportunity: "opportunities",
            Assessment: "assessments",
            Proposition: "propositions",
            PortfolioGrade: "grades",
            ResponseCurve: "curves",
        },
    )


def _checked(kind: type[Record]) -> Any:  # noqa: ANN401 - a module
    """The module of the commands that checks more of it than its fields; None for most."""
    return _of(kind, {Plan: "plans", PortfolioCriterion: "criteria", TerritoryScenario: "scenarios"})


def _of(kind: type[Record], modules: Mapping[type[Record], str]) -> Any:  # noqa: ANN401 - a module
    name = modules.get(kind)
    return importlib.import_module(f"crmtui.commands.{name}") if name else None
