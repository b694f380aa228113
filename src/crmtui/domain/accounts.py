"""Accounts: the customer organisations, what is known of them, and who competes there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmtui.domain import scales, words
from crmtui.domain.fields import (
    Noun,
    OnDelete,
    Record,
    choice,
    currency,
    date,
    integer,
    line,
    link,
    money,
    record,
    scale,
    text,
)
from crmtui.text import N_

if TYPE_CHECKING:
    import datetime as dt


@record(
    Noun(
        table="account",
        one=N_("account"),
        many=N_("accounts"),
        searched=("name", "industry", "city", "country", "website", "notes", "needs"),
        checks=("parent_id <> id",),
    )
)
class Account(Record):
    """A customer organisation, or one that is to become a customer."""

    name: str = line(N_("Name"), required=True)
    parent_id: int | None = link(N_("Part of"), "account", N_("The organisation that this one belongs to."))
    owner_id: int | None = link(N_("Owner"), "actor", N_("Who of ours answers for it."))
    industry: str = line(N_("Industry"))
    segment: words.Segment | None = choice(
        N_("Segment set by hand"), words.Segment, text=N_("The matrix works out its own, by revenue and potential.")
    )
    status: words.AccountStatus = choice(N_("Status"), words.AccountStatus, words.AccountStatus.ACTIVE, required=True)
    posture: words.Posture | None = choice(
        N_("Posture set by hand"),
        words.Posture,
        text=N_("What we do with it; the matrix works out its own, with the reason."),
    )
    posture_reason: str = line(N_("Reason of the posture"), N_("Why it was set by hand, in your words."), is_later=True)
    level: words.Level = choice(
        N_("Level"),
        words.Level,
        words.Level.PROSPECT,
        N_("How the customer sees us: the step of the relationship ladder."),
        required=True,
    )
    level_basis: words.Basis = choice(
        N_("Level is"), words.Basis, words.Basis.ASSUMED, N_("Assumed, or confirmed."), required=True
    )
    level_on: dt.date | None = date(N_("Level judged on"))
    level_source: str = line(N_("Level according to"))
    target_level: words.Level | None = choice(N_("Target level"), words.Level, blank=N_("no target"))
    target_on: dt.date | None = date(N_("Target date"))
    employees: int | None = integer(N_("Employees"), low=0)
    revenue: int | None = money(N_("Revenue"), N_("Its own yearly revenue."))
    currency: str = currency()
    potential: int | None = money(N_("Potential a year"), N_("What it would buy of what we offer in a year."), low=0)
    potential_basis: words.Basis = choice(N_("Potential is"), words.Basis, words.Basis.ASSUMED, required=True)
    potential_on: dt.date | None = date(N_("Potential judged on"))
    potential_source: str = line(N_("Potential according to"))
    lost_on: dt.date | None = date(N_("Lost on"), N_("The day it stopped being a customer."))
    area_id: int | None = link(N_("Area"), "area", N_("Where it is visited."))
    founded: int | None = integer(N_("Founded"), N_("Year."), low=1, high=2200)
    website: str = line(N_("Website"))
    email: str = line(N_("E-mail"))
    phone: str = line(N_("Telephone"))
    street: str = line(N_("Street"))
    postcode: str = line(N_("Postcode"))
    city: str = line(N_("City"))
    region: str = line(N_("Region"))
    country: str = line(N_("Country"))
    value_chain: str = text(N_("Value chain"), N_("How it makes its money, and where we touch that."))
    operating_habits: str = text(N_("Operating habits"), N_("How it works day by day."))
    organisational_habits: str = text(N_("Organisational habits"), N_("How it decides and who is heard."))
    strategic_values: str = text(N_("Strategic values"), N_("What it stands for and where it wants to go."))
    needs: str = text(N_("Needs"), N_("What it needs and who says so."))
    notes: str = text(N_("Notes"))


@record(Noun(table="tag", one=N_("tag"), many=N_("tags"), unique=(("account_id", "name"),)))
class Tag(Record):
    """A word that the user hangs on an account."""

    account_id: int = link(N_("Account"), "account", on_delete=OnDelete.CASCADE, required=True)
    name: str = line(N_("Tag"), required=True, longest=50)


@record(
    Noun(
        table="competitor",
        one=N_("competitor"),
        many=N_("competitors"),
        unique=(("name",),),
        searched=("name", "strengths", "weaknesses", "notes"),
    )
)
class Competitor(Record):
    """A supplier that our customers could choose instead of us."""

    name: str = line(N_("Name"), required=True)
    website: str = line(N_("Website"))
    strengths: str = text(N_("Strengths"))
    weaknesses: str = text(N_("Weaknesses"))
    notes: str = text(N_("Notes"))


@record(
    Noun(
        table="competitor_position",
        one=N_("competitor's position"),
        many=N_("competitors' positions"),
        title="success_factors",
        unique=(("account_id", "competitor_id"),),
    )
)
class CompetitorPosition(Record):
    """How close a competitor is to an account, and why it wins there."""

    account_id: int = link(N_("Account"), "account", on_delete=OnDelete.CASCADE, required=True)
    competitor_id: int = link(N_("Competitor"), "competitor", on_delete=OnDelete.CASCADE, required=True)
    closeness: int | None = scale(N_("Closeness"), scales.CLOSENESS)
    success_factors: str = text(N_("Critical success factors"))
    basis: words.Basis = choice(N_("Judgement is"), words.Basis, words.Basis.ASSUMED, required=True)
    judged_on: dt.date | None = date(N_("Judged on"))
    source: str = line(N_("According to"))


@record(
    Noun(
        table="note",
        one=N_("note"),
        many=N_("notes"),
        title="text",
        searched=("text",),
        checks=("account_id IS NOT NULL OR person_id IS NOT NULL OR opportunity_id IS NOT NULL",),
    )
)
class Note(Record):
    """Something worth keeping about an account, a person or an opportunity."""

    account_id: int | None = link(N_("Account"), "account", on_delete=OnDelete.CASCADE)
    person_id: int | None = link(N_("Person"), "person", on_delete=OnDelete.CASCADE)
    opportunity_id: int | None = link(N_("Opportunity"), "opportunity", on_delete=OnDelete.CASCADE)
    day: dt.date = date(N_("Day"), required=True)
    text: str = text(N_("Note"), required=True)
