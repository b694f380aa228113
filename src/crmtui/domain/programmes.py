"""Programmes for priority customers: who is in, what they get, what it costs (method.md section 5)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmtui.domain.fields import Follows, Noun, OnDelete, Record, currency, date, line, link, money, record, text
from crmtui.text import N_

if TYPE_CHECKING:
    import datetime as dt


@record(
    Noun(
        table="programme",
        one=N_("programme"),
        many=N_("programmes"),
        unique=(("name",),),
        follows=(Follows("starts_on", "ends_on"),),
        searched=("name", "benefits"),
    )
)
class Programme(Record):
    """What priority customers get."""

    name: str = line(N_("Name"), required=True)
    starts_on: dt.date | None = date(N_("From"))
    ends_on: dt.date | None = date(N_("Until"))
    benefits: str = text(N_("What they get"))
    yearly_cost: int | None = money(N_("Cost a year"), N_("For each customer."), low=0)
    currency: str = currency()
    notes: str = text(N_("Notes"))


@record(
    Noun(
        table="programme_member",
        one=N_("member of a programme"),
        many=N_("members of programmes"),
        title="reason",
        unique=(("programme_id", "account_id"),),
        follows=(Follows("joined_on", "left_on", is_walled=True),),
    )
)
class ProgrammeMember(Record):
    """A customer that is, or was, in a programme."""

    programme_id: int = link(N_("Programme"), "programme", on_delete=OnDelete.CASCADE, required=True)
    account_id: int = link(N_("Account"), "account", on_delete=OnDelete.CASCADE, required=True)
    joined_on: dt.date = date(N_("Joined on"), required=True)
    left_on: dt.date | None = date(N_("Left on"))
    reason: str = line(N_("Reason"), N_("Why it was taken in, or left."))
