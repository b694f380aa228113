"""Write the value proposition of an account or an opportunity, line by line; each is one undoable step."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from crmtui.commands.records import labelled
from crmtui.domain.fields import specs
from crmtui.domain.propositions import Proposition
from crmtui.domain.words import Basis
from crmtui.errors import InvalidError
from crmtui.store.reading import contacts, propositions, records
from crmtui.store.reading.dmu import Place
from crmtui.store.unit import UnitOfWork, work
from crmtui.text import _

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping
    from pathlib import Path

    from crmtui.domain.words import Source


def add(path: Path, given: Mapping[str, Any], source: Source, today: dt.date) -> int:
    """Write a new line after the others; returns its key. Where both are given it is the opportunity's.

    Raises:
        InvalidError: names each field that is wrong; among them a line of neither an account nor an opportunity.
    """
    with work(path, "", source) as unit:
        fields = {"judged_on": today} | {name: value for name, value in given.items() if value is not None}
        fields |= _subject(unit, given, {})
        place = Place(account_id=fields["account_id"], opportunity_id=fields["opportunity_id"])
        fields["position"] = propositions.next_position(unit.connection, place)
        line_id = unit.insert(Proposition, fields)
        unit.relabel(labelled(_("Add {record} {title}"), unit, Proposition, line_id))
        return line_id


def edit(path: Path, line_id: int, given: Mapping[str, Any], source: Source, today: dt.date) -> None:
    """Change some fields of a line; another need, or another basis, is judged today unless another day is given.

    Raises:
        InvalidError: as for `add`.
        NotFoundError: the line is gone.
    """
    with work(path, "", source) as unit:
        before = records.get(unit.connection, Proposition, line_id)
        fields = dict(given)
        if {"account_id", "opportunity_id"} & fields.keys():
            fields |= _subject(unit, given, {name: getattr(before, name) for name in ("account_id", "opportunity_id")})
        is_other_need = fields.get("need", before.need) != before.need
        if is_other_need:
            fields = {"basis": Basis.ASSUMED} | fields
        if is_other_need or fields.get("basis", before.basis) != before.basis:
            said = fields.get("judged_on")
            fields["judged_on"] = today if said in (None, before.judged_on) else said
        unit.update(Proposition, line_id, fields)
        unit.relabel(labelled(_("Change {record} {title}"), unit, Proposition, line_id))


def move(path: Path, line_id: int, by: int, source: Source) -> None:
    """Put a line so many places further down, or up where `by` is below 0; it stops at the ends."""
    with work(path, "", source) as unit:
        line = records.get(unit.connection, Proposition, line_id)
        order = [one.id for one in propositions.of(unit.connection, Place(line.account_id, line.opportunity_id))]
        at = order.index(line_id)
        to = max(0, min(at + by, len(order) - 1))
        order.insert(to, order.pop(at))
        for position, key in enumerate(order, 1):
            if records.get(unit.connection, Proposition, key).position != position:
                unit.update(Proposition, key, {"position": position})
        unit.relabel(labelled(_("Put {record} {title} elsewhere"), unit, Proposition, line_id))


def _subject(unit: UnitOfWork, given: Mapping[str, Any], before: Mapping[str, Any]) -> dict[str, Any]:
    """An account or an opportunity; the opportunity where both are given."""
    account, opportunity = given.get("account_id"), given.get("opportunity_id")
    if not (account or opportunity):
        account, opportunity = (
            before.get(name) if name not in given else None for name in ("account_id", "opportunity_id")
        )
    if not (account or opportunity):
        raise _wrong("account_id", _("an account or an opportunity is needed"))
    if account and opportunity:
        if contacts.account_of(unit.connection, "opportunity", opportunity) != account:
            raise _wrong("opportunity_id", _("belongs to another account"))
        account = None
    return {"account_id": account or None, "opportunity_id": opportunity or None}


def _wrong(name: str, why: str) -> InvalidError:
    return InvalidError({_(specs(Proposition)[name].label): why}, _(Proposition.noun.one))
