"""Take proposed contacts into their plan: one undoable step for as many as are taken at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from crmtui.commands import contacts
from crmtui.domain.plans import Plan
from crmtui.domain.words import ContactStatus
from crmtui.errors import ConflictError
from crmtui.store.reading import records
from crmtui.store.unit import UnitOfWork, work
from crmtui.text import _, line, ngettext

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from crmtui.domain.words import Source
    from crmtui.method.proposals import Proposal
    from crmtui.queries.proposing import DraftPage


def accept(path: Path, page: DraftPage, proposals: Sequence[Proposal], source: Source) -> list[int]:
    """Plan contacts of a draft; returns their keys, in the order given.

    Raises:
        NotFoundError: the plan, or somebody, is gone.
        InvalidError: somebody has refused the channel meanwhile.
        ConflictError: the budget no longer allows it, since something else was planned meanwhile.
    """
    with work(path, "", source) as unit:
        plan = records.get(unit.connection, Plan, page.plan.id)
        _require_budget(unit, plan, sum(proposal.cost for proposal in proposals))
        keys = [contacts.put_in_plan(unit, _fields(page, one), [one.person]) for one in proposals]
        unit.relabel(
            ngettext(
                "Take {count} proposed contact into {plan}",
                "Take {count} proposed contacts into {plan}",
                len(keys),
                plan=line(plan.objective)[:80],
            )
        )
        return keys


def _fields(page: DraftPage, proposal: Proposal) -> dict[str, Any]:
    message = page.message(proposal)
    fields: dict[str, Any] = {
        "plan_id": page.plan.id,
        "account_id": page.subject.account_id,
        "opportunity_id": page.subject.opportunity_id,
        "channel_id": proposal.channel,
        "day": proposal.day,
        "cost": proposal.cost,
        "currency": page.plan.currency,
        "hours": proposal.hours,
        "message": message.words[:500],
        "win_of_id": message.win_of_id,
        "proposition_id": message.proposition_id,
    }
    actor = page.actors.get(proposal.person)
    return fields if actor is None else fields | {"actor_id": actor}


def _require_budget(unit: UnitOfWork, plan: Plan, cost: int) -> None:
    if plan.budget is None or not cost:
        return
    (held,) = unit.connection.execute(
        "SELECT coalesce(sum(cost), 0) FROM contact WHERE plan_id = ? AND status <> ? AND currency = ?",
        (plan.id, ContactStatus.CANCELLED.value, plan.currency),
    ).fetchone()
    if held + cost > plan.budget:
        raise ConflictError(_("The budget no longer allows this; propose again."))
