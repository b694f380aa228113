"""White space: what each account buys of what we offer, from whom, and until when (method.md section 5)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmtui.domain import words
from crmtui.domain.fields import Noun, OnDelete, Record, choice, currency, date, line, link, money, record
from crmtui.text import N_

if TYPE_CHECKING:
    import datetime as dt


@record(
    Noun(
        table="white_space",
        one=N_("cell of the white space"),
        many=N_("white space"),
        title="state",
        unique=(("account_id", "offering_id"),),
        checks=("competitor_id IS NULL OR state = 'competitor'",),
    )
)
class WhiteSpace(Record):
    """An account, or a business unit of one, and an offering: who supplies it there."""

    account_id: int = link(N_("Account"), "account", on_delete=OnDelete.CASCADE, required=True)
    offering_id: int = link(N_("Offering"), "offering", on_delete=OnDelete.CASCADE, required=True)
    state: words.Supply = choice(N_("Supplied by"), words.Supply, words.Supply.UNKNOWN, required=True)
    competitor_id: int | None = link(N_("Competitor"), "competitor", N_("Who supplies it, where it is a competitor."))
    contract_ends_on: dt.date | None = date(N_("Contract ends on"))
    potential: int | None = money(N_("Potential a year"), N_("What the account would buy of it in a year."), low=0)
    currency: str = currency()
    basis: words.Basis = choice(N_("Judgement is"), words.Basis, words.Basis.ASSUMED, required=True)
    judged_on: dt.date | None = date(N_("Judged on"))
    source: str = line(N_("According to"))
