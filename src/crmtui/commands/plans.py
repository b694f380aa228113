"""Add and change communication plans; each is one undoable step. Deleting one leaves its contacts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from crmtui.commands.records import labelled
from crmtui.domain.fields import specs
from crmtui.domain.plans import Plan
from crmtui.errors import InvalidError
from crmtui.store.reading import contacts, records
from crmtui.store.unit import UnitOfWork, work
from crmtui.text import _

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from crmtui.domain.words import Source


def add(path: Path, given: Mapping[str, Any], source: Source) -> int:
    """Write a new plan, for an account or for an opportunity; returns its key.

    Where both are given, the plan is for the opportunity.

    Raises:
        InvalidError: names each field that is wrong; among them a period that ends before it begins.
    """
    with work(path, "", source) as unit:
        plan_id = unit.insert(Plan, _checked(unit, given, {}))
        unit.relabel(labelled(_("Add {record} {title}"), unit, Plan, plan_id))
        return plan_id


def edit(path: Path, plan_id: int, given: Mapping[str, Any], source: Source) -> None:
    """Change some fields of a plan; the same errors as `add`, and NotFoundError."""
    with work(path, "", source) as unit:
        before = records.get(unit.connection, Plan, plan_id)
        unit.update(Plan, plan_id, _checked(unit, given, {name: getattr(before, name) for name in specs(Plan)}))
        unit.relabel(labelled(_("Change {record} {title}"), unit, Plan, plan_id))


def _checked(unit: UnitOfWork, given: Mapping[str, Any], before: Mapping[str, Any]) -> dict[str, Any]:
    """What is given, with its subject settled."""
    fields = dict(given)
    if not before or {"account_id", "opportunity_id"} & fields.keys():
        fields |= _subject(unit, fields, before)
    return fields


def _subject(unit: UnitOfWork, given: Mapping[str, Any], before: Mapping[str, Any]) -> dict[str, Any]:
    """An account or an opportunity; what was changed last counts where there are two."""
    account, opportunity = (given.get(name, before.get(name)) for name in ("account_id", "opportunity_id"))
    if not (account or opportunity):
        raise _wrong("account_id", _("an account or an opportunity is needed"))
    if account and opportunity and given.get("opportunity_id"):
        of = contacts.account_of(unit.connection, "opportunity", opportunity)
        if given.get("account_id") and of != account:
            raise _wrong("opportunity_id", _("belongs to another account"))
    if opportunity and (given.get("opportunity_id") or not given.get("account_id")):
        return {"account_id": None, "opportunity_id": opportunity}
    return {"account_id": account, "opportunity_id": None}


def _wrong(name: str, why: str) -> InvalidError:
    return InvalidError({_(specs(Plan)[name].label): why}, _(Plan.noun.one))
