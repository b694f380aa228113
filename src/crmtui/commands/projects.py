"""A won opportunity becomes a project, and what was promised at the sale comes along; one undoable step."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from crmtui.commands.delivery import settled
from crmtui.commands.records import labelled
from crmtui.domain.delivery import Project, Promise
from crmtui.domain.fields import LONGEST_LINE
from crmtui.domain.opportunities import Opportunity
from crmtui.domain.words import Stage
from crmtui.errors import ConflictError
from crmtui.store.reading import delivery, records
from crmtui.store.unit import work
from crmtui.text import _, line

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping
    from pathlib import Path

    from crmtui.domain.propositions import Proposition
    from crmtui.domain.words import Source


def begin(
    path: Path, opportunity_id: int, source: Source, today: dt.date, given: Mapping[str, Any] | None = None
) -> int:
    """Begin the project of a won opportunity; returns its key.

    Name, owner, margin and the first day are the opportunity's unless given. Promises made for the opportunity belong
    to the project from now on. What its value proposition offers was promised too: a promise for each line that is
    none yet.

    Raises:
        ConflictError: the opportunity is not won, belongs to no account, or has a project already.
        InvalidError: names each field that is wrong.
        NotFoundError: the opportunity is gone.
    """
    with work(path, "", source) as unit:
        deal = records.get(unit.connection, Opportunity, opportunity_id)
        if deal.stage is not Stage.WON:
            raise ConflictError(_("A project begins with an opportunity that was won; this one is not."))
        if deal.account_id is None:
            raise ConflictError(_("The opportunity belongs to no account yet; give it one, and its project can begin."))
        if delivery.project_of(unit.connection, opportunity_id) is not None:
            raise ConflictError(_("The project of this opportunity has begun already."))
        fields = _of(deal, today) | dict(given or {})
        project_id = unit.insert(Project, settled(unit, Project, fields, {}, today))
        made, lines = delivery.promised(unit.connection, opportunity_id)
        for promise in made:
            if promise.project_id is None:
                unit.update(Promise, promise.id, {"project_id": project_id})
        known = {promise.name for promise in made}
        for one in lines:
            if (name := told(one)) and name not in known:
                unit.insert(Promise, settled(unit, Promise, _promise(one, name, deal, project_id), {}, today))
        unit.relabel(labelled(_("Begin {record} {title}"), unit, Project, project_id))
        return project_id


def told(proposition: Proposition) -> str:
    """What a line of the value proposition promises: the benefit, else the offer."""
    return line(proposition.benefit or proposition.offer)[:LONGEST_LINE]


def _of(deal: Opportunity, today: dt.date) -> dict[str, Any]:
    owner = {"owner_id": deal.owner_id} if deal.owner_id else {}
    return {
        "account_id": deal.account_id,
        "opportunity_id": deal.id,
        "name": deal.name,
        "starts_on": today,
        "margin": deal.margin,
        "currency": deal.currency,
        **owner,
    }


def _promise(proposition: Proposition, name: str, deal: Opportunity, project_id: int) -> dict[str, Any]:
    owner = {"actor_id": deal.owner_id} if deal.owner_id else {}
    return {
        "account_id": deal.account_id,
        "opportunity_id": deal.id,
        "project_id": project_id,
        **owner,
        "name": name,
        "made_on": deal.closed_on,
        "notes": "\n".join(part for part in (proposition.need, proposition.offer, proposition.proof) if part),
    }
