"""What a contact's message carries: a line of the value proposition, or somebody's personal win, of its account."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from crmtui.domain.dmu import Stakeholder
from crmtui.domain.fields import LONGEST_LINE, specs
from crmtui.domain.plans import Contact
from crmtui.domain.propositions import Proposition
from crmtui.errors import InvalidError
from crmtui.store.reading import contacts, dmu, propositions, records
from crmtui.text import _, line

if TYPE_CHECKING:
    from collections.abc import Mapping

    from crmtui.store.unit import UnitOfWork


def carried(unit: UnitOfWork, given: Mapping[str, Any], before: Contact | None) -> dict[str, Any]:
    """The message, made of what the contact carries where nobody has written one.

    Args:
        unit: the unit of work.
        given: the fields that are written.
        before: the contact as it is; None for a new one.

    Raises:
        InvalidError: the line, or the person whose win it is, belongs to another account or opportunity.
        NotFoundError: it is gone.
    """
    if not (given.get("proposition_id") or given.get("win_of_id")):
        return {}
    after = {name: given.get(name, getattr(before, name, None)) for name in ("account_id", "opportunity_id")}
    after["account_id"] = after["account_id"] or contacts.account_of(
        unit.connection, "opportunity", after["opportunity_id"]
    )
    of_line = _of_line(unit, given.get("proposition_id"), after)
    of_win = _of_win(unit, given.get("win_of_id"), after)
    written = str(given.get("message", before.message if before else "") or "")
    return {} if written.strip() else {"message": line(of_line or of_win)[:LONGEST_LINE]}


def _of_line(unit: UnitOfWork, line_id: int | None, after: Mapping[str, Any]) -> str:
    if not line_id:
        return ""
    found = records.get(unit.connection, Proposition, line_id)
    of = propositions.account_of(unit.connection, line_id)
    is_other_deal = found.opportunity_id and after["opportunity_id"] not in (None, found.opportunity_id)
    if is_other_deal or (after["account_id"] is not None and of != after["account_id"]):
        raise _wrong("proposition_id")
    return found.benefit or found.offer or found.need


def _of_win(unit: UnitOfWork, stakeholder_id: int | None, after: Mapping[str, Any]) -> str:
    if not stakeholder_id:
        return ""
    found = records.get(unit.connection, Stakeholder, stakeholder_id)
    placed = dmu.placed(unit.connection, dmu.place_of(unit.connection, found.map_id))
    if after["account_id"] is not None and (placed is None or placed.account_id != after["account_id"]):
        raise _wrong("win_of_id")
    return found.win.strip().partition("\n")[0]


def _wrong(name: str) -> InvalidError:
    return InvalidError({_(specs(Contact)[name].label): _("belongs elsewhere")}, _(Contact.noun.one))
