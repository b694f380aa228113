"""The action plans of the sample: objectives, strategies and who does what until when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmtui.domain.action_plan import Objective, PlanAction, Strategy
from crmtui.domain.opportunities import Opportunity
from crmtui.sample.rows import Ref

if TYPE_CHECKING:
    from crmtui.sample.rows import Book, Table


def add_action_plan(book: Book, account: Ref, objectives: list[Table], loose: list[Table]) -> None:
    """Add the objectives of an account, each with strategies that have actions, and the actions without a strategy."""
    for table in objectives:
        fields = _placed(account, table)
        ways = fields.pop("strategies")
        objective = book.add(Objective, f"{account.name}.{table['name']}", fields)
        for way in ways:
            name = f"{objective.name}.{way['name']}"
            strategy = book.add(Strategy, name, {"objective": objective, "name": way["name"]})
            links = {"opportunity_id": fields["opportunity_id"]} if "opportunity_id" in fields else {}
            for action in way["actions"]:
                _add_action(book, account, {**links, "strategy_id": strategy, **action})
    for action in loose:
        _add_action(book, account, action)


def _add_action(book: Book, account: Ref, table: Table) -> None:
    fields = _placed(account, table)
    book.add(PlanAction, f"{account.name}.{table['name']}", fields)


def _placed(account: Ref, table: Table) -> Table:
    fields: Table = {"account_id": account} | table
    for short in ("due", "done"):
        if short in fields:
            fields[f"{short}_on"] = fields.pop(short)
    if deal := fields.pop("opportunity", None):
        fields["opportunity_id"] = Ref(Opportunity, f"{account.name}/{deal}")
    return fields
