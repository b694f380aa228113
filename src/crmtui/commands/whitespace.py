"""Say who supplies what to whom, and make an opportunity of a cell; each is one undoable step."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from crmtui.commands import opportunities
from crmtui.domain.accounts import Account
from crmtui.domain.fields import specs
from crmtui.domain.offerings import Offering
from crmtui.domain.whitespace import WhiteSpace
from crmtui.domain.words import Basis, BudgetRung, Supply
from crmtui.errors import ConflictError, InvalidError
from crmtui.store.reading import records, whitespace
from crmtui.store.unit import UnitOfWork, work
from crmtui.text import _, line, ngettext

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from crmtui.domain.words import Source

Place = tuple[int, int]  # account and offering
_JUDGES: Final = ("state", "competitor_id", "contract_ends_on", "potential", "basis", "source")


def judge(path: Path, places: Sequence[Place], given: Mapping[str, Any], source: Source, today: dt.date) -> None:
    """Say something of cells: who supplies them, until when, what they are worth; what is not given stays.

    Naming a competitor says that it supplies the cell; any other state takes the name away. It is judged today unless
    a day is given, and assumed unless told otherwise.

    Raises:
        InvalidError: names each field that is wrong.
        NotFoundError: an account or an offering is gone.
    """
    fields = {name: value for name, value in given.items() if name not in ("account_id", "offering_id")}
    if fields.get("competitor_id") and fields.get("state", Supply.COMPETITOR) is not Supply.COMPETITOR:
        label = _(specs(WhiteSpace)["competitor_id"].label)
        raise InvalidError({label: _("only where a competitor supplies it")}, _(WhiteSpace.noun.one))
    with work(path, "", source) as unit:
        judged = whitespace.judged(unit.connection, {account for account, _offering in places})
        for place in places:
            _judge(unit, place, judged.get(place), fields, today)
        one = _("Say who supplies {offering} to {account}")
        many = ngettext("Say who supplies {count} cell", "Say who supplies {count} cells", len(places))
        unit.relabel(_of_one(unit, one, places) if len(places) == 1 else many)


def _judge(unit: UnitOfWork, place: Place, before: WhiteSpace | None, given: Mapping[str, Any], today: dt.date) -> None:
    fields = dict(given)
    if fields.get("competitor_id"):
        fields["state"] = Supply.COMPETITOR
    if fields.get("state", Supply.COMPETITOR) is not Supply.COMPETITOR:
        fields["competitor_id"] = None
    if "judged_on" not in fields and any(name in fields for name in _JUDGES):
        fields["judged_on"] = today
    if "state" in fields and "basis" not in fields and before and fields["state"] is not before.state:
        fields["basis"] = Basis.ASSUMED
    if before is None:
        account, offering = place
        currency = records.get(unit.connection, Account, account).currency
        records.get(unit.connection, Offering, offering)
        fields["currency"] = fields.get("currency") or currency
        unit.insert(WhiteSpace, {**fields, "account_id": account, "offering_id": offering})
    else:
        unit.update(WhiteSpace, before.id, fields)


def forget(path: Path, places: Sequence[Place], source: Source) -> int:
    """Forget what was said of cells: orders speak again. Returns of how many something had been said."""
    with work(path, "", source) as unit:
        judged = whitespace.judged(unit.connection, {account for account, _offering in places})
        known = [place for place in places if place in judged]
        for place in known:
            unit.delete(WhiteSpace, judged[place].id)
        one = _("Forget who supplies {offering} to {account}")
        many = ngettext("Forget who supplies {count} cell", "Forget who supplies {count} cells", len(known))
        unit.relabel(_of_one(unit, one, known) if len(known) == 1 else many)
        return len(known)


def _of_one(unit: UnitOfWork, template: str, places: Sequence[Place]) -> str:
    account, offering = places[0]
    return template.format(
        offering=line(records.get(unit.connection, Offering, offering).name)[:80],
        account=line(records.get(unit.connection, Account, account).name)[:80],
    )


def open_opportunity(path: Path, place: Place, source: Source, today: dt.date) -> int:
    """Make an opportunity of a cell, at the first rung of budget creation: a need that has no budget yet.

    It is worth the cell's potential, where that is known, and belongs to who answers for the account. Returns its key.

    Raises:
        ConflictError: there is an open opportunity for it already.
        NotFoundError: the account or the offering is gone.
    """
    account_id, offering_id = place
    with work(path, "", source) as unit:
        account = records.get(unit.connection, Account, account_id)
        offering = records.get(unit.connection, Offering, offering_id)
        if whitespace.open_deal(unit.connection, account_id, offering_id) is not None:
            raise ConflictError(
                _("There is an open opportunity for {offering} at {account} already.").format(
                    offering=line(offering.name), account=line(account.name)
                )
            )
        cell = whitespace.judged(unit.connection, [account_id]).get(place)
        given: dict[str, Any] = {
            "name": offering.name,
            "account_id": account_id,
            "offering_id": offering_id,
            "budget": BudgetRung.UNAWARE,
        }
        if account.owner_id:
            given["owner_id"] = account.owner_id
        if cell and cell.potential is not None:
            given |= {"value": cell.potential, "currency": cell.currency}
        return opportunities.insert(unit, given, today)
