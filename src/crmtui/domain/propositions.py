"""The value proposition: what the customer needs, what we offer, what it brings and the proof (method.md 6)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmtui.domain import words
from crmtui.domain.fields import Noun, OnDelete, Record, choice, date, integer, line, link, record
from crmtui.text import N_

if TYPE_CHECKING:
    import datetime as dt


@record(
    Noun(
        table="proposition",
        one=N_("line of the value proposition"),
        many=N_("lines of the value proposition"),
        title="need",
        checks=("(account_id IS NULL) <> (opportunity_id IS NULL)",),
        searched=("need", "offer", "benefit", "proof"),
    )
)
class Proposition(Record):
    """One line of it, for an account or for one opportunity; personal wins are on the map, with the person."""

    account_id: int | None = link(N_("Account"), "account", on_delete=OnDelete.CASCADE)
    opportunity_id: int | None = link(N_("Opportunity"), "opportunity", on_delete=OnDelete.CASCADE)
    need: str = line(N_("Need"), N_("What the customer needs."), required=True)
    offer: str = line(N_("Offer"), N_("What we bring to it."))
    offering_id: int | None = link(N_("Offering"), "offering")
    benefit: str = line(N_("Benefit"), N_("What the customer has from it."))
    proof: str = line(N_("Proof"), N_("Why it can be believed."))
    basis: words.Basis = choice(N_("Need is"), words.Basis, words.Basis.ASSUMED, required=True)
    judged_on: dt.date | None = date(N_("Judged on"))
    source: str = line(N_("According to"))
    position: int = integer(N_("Position"), value=1, low=1, required=True, hidden=True)
