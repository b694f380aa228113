"""The workspace itself and the people of ours who work in it."""

from __future__ import annotations

from typing import Any

from crmtui.domain import words
from crmtui.domain.fields import Noun, Record, choice, choices, currency, integer, line, link, number, record, yes_no
from crmtui.text import N_


def _weight(label: str, value: float) -> Any:  # noqa: ANN401 - dataclass fields are made so
    """How much a role counts in the decision, against the others."""
    return number(label, N_("In the decision, against the other roles."), value, low=0, high=100, required=True)


def _gate(label: str, value: float) -> Any:  # noqa: ANN401 - dataclass fields are made so
    """What must be reached for a level of the relationship."""
    return number(label, N_("At least so much, 0 to 4; 0 asks for nothing."), value, low=0, high=4, required=True)


def _hours(label: str, value: float) -> Any:  # noqa: ANN401 - dataclass fields are made so
    """What a kind of move takes, where nothing better is known."""
    return number(label, N_("By which moves are compared in Today."), value, low=0.1, high=1000, required=True)


def _part(label: str, value: float) -> Any:  # noqa: ANN401 - dataclass fields are made so
    """How much a part counts in the strength of the relationship."""
    return number(label, N_("Against the other two."), value, low=0, high=100, required=True)


@record(Noun(table="workspace", one=N_("workspace"), many=N_("workspaces"), checks=("id = 1",)))
class Workspace(Record):
    """The settings that belong to the data and travel with the file; there is exactly one."""

    name: str = line(N_("Name"), N_("What this workspace is called on screen."))
    base_currency: str = currency()
    half_life_days: int = integer(
        N_("Half-life of a contact"),
        N_("Days after which a contact counts half towards coverage."),
        90,
        low=1,
        high=3650,
        required=True,
    )
    hours_per_week: float = number(
        N_("Working hours a week"),
        N_("Hours a week for contacts with customers."),
        32.0,
        low=0,
        high=168,
        required=True,
    )
    hour_cost: float = number(
        N_("Cost of an hour"),
        N_("What an hour of ours costs, in the workspace's own currency."),
        60.0,
        low=0,
        high=100_000,
        required=True,
    )
    working_days: tuple[words.Weekday, ...] = choices(
        N_("Working days"), words.Weekday, N_("Days on which contacts are proposed."), tuple(words.Weekday)[:5]
    )
    cadence_days: int = integer(
        N_("Days between contacts"),
        N_("At least so many between two contacts to one person."),
        7,
        low=0,
        high=365,
        required=True,
    )
    base_rate: float = number(
        N_("Usual share won"),
        N_("Of your opportunities, before any has been learnt from; 0 to 1."),
        0.3,
        low=0.01,
        high=0.99,
        required=True,
    )
    informal_share: float = number(
        N_("Share of informal influence"),
        N_("How much informal influence counts beside the formal; 0 to 1."),
        0.5,
        low=0,
        high=1,
        required=True,
    )
    weight_decider: float = _weight(N_("Weight of a decider"), 4.0)
    weight_buyer: float = _weight(N_("Weight of a buyer"), 2.5)
    weight_influencer: float = _weight(N_("Weight of an influencer"), 2.0)
    weight_gatekeeper: float = _weight(N_("Weight of a gatekeeper"), 1.5)
    weight_user: float = _weight(N_("Weight of a user"), 1.0)
    weight_initiator: float = _weight(N_("Weight of an initiator"), 1.0)
    weight_coach: float = _weight(N_("Weight of a coach"), 0.5)
    gate_buyer_orders: int = integer(
        N_("Buyer: orders"), N_("Orders that make a Buyer; 0 asks for none."), 1, low=0, high=1000, required=True
    )
    gate_buyer_cover: float = _gate(N_("Buyer: key people covered"), 1.0)
    gate_account_recognition: float = _gate(N_("Account: recognition as consultant"), 3.0)
    gate_account_cover: float = _gate(N_("Account: process owner or director covered"), 2.0)
    gate_account_bonds: float = _gate(N_("Account: mean of bonds"), 2.0)
    gate_partner_recognition: float = _gate(N_("Partner: recognition as strategic support"), 3.0)
    gate_partner_cover: float = _gate(N_("Partner: general management covered"), 3.0)
    gate_partner_bonds: float = _gate(N_("Partner: organisational and professional bonds"), 3.0)
    move_hours_win: float = _hours(N_("Hours for a personal win"), 4.0)
    move_hours_raise: float = _hours(N_("Hours for one grade of a criterion"), 8.0)
    move_hours_ask: float = _hours(N_("Hours to find something out"), 1.0)
    move_hours_score: float = _hours(N_("Hours to score an opportunity"), 1.0)
    move_hours_map: float = _hours(N_("Hours to draw a map"), 1.0)
    move_hours_gate: float = _hours(N_("Hours for a gate of the ladder"), 8.0)
    weight_recognition: float = _part(N_("Strength: weight of recognition"), 0.4)
    weight_bonds: float = _part(N_("Strength: weight of bonds"), 0.3)
    weight_coverage: float = _part(N_("Strength: weight of coverage"), 0.3)
    segment_sales: float | None = number(
        N_("Segments: sales from"),
        N_(
            "A year, in the workspace's own currency, from which an account is big today; empty: from which on "
            "accounts bring four fifths of all."
        ),
        low=0,
    )
    segment_potential: float | None = number(
        N_("Segments: potential from"),
        N_(
            "A year, in the workspace's own currency, from which an account has a future; empty: from which on "
            "accounts have four fifths of all."
        ),
        low=0,
    )
    discount_rate: float = number(
        N_("Discount rate a year"), N_("For the value of customers; 0.1 is 10 %."), 0.1, low=0, high=1, required=True
    )
    is_sample: bool = yes_no(N_("Sample"), N_("A sample to try things on."), hidden=True)


@record(Noun(table="actor", one=N_("one of ours"), many=N_("our people"), searched=("name", "email", "region")))
class Actor(Record):
    """One of our own people: owns accounts and opportunities, covers stakeholders, makes contacts."""

    name: str = line(N_("Name"), required=True)
    email: str = line(N_("E-mail"))
    title: str = line(N_("Title"))
    region: str = line(N_("Region"), N_("Office or area."))
    rank: words.Rank | None = choice(N_("Rank"), words.Rank, text=N_("Whose equal our person is."))
    manager_id: int | None = link(N_("Manager"), "actor")
    is_me: bool = yes_no(N_("Me"), N_("Whether this is you: `owner:me` finds your records."))
    is_active: bool = yes_no(N_("Active"), value=True)
