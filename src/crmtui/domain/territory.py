"""The territory: how sales answer to effort, and how the hours of a period are divided (method.md section 4)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from crmtui.domain import words
from crmtui.domain.fields import (
    Follows,
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
    number,
    record,
    text,
    yes_no,
)
from crmtui.text import N_

if TYPE_CHECKING:
    import datetime as dt


def _multiple(label: str, help_text: str) -> Any:  # noqa: ANN401 - dataclass fields are made so
    """A judgement of what sales would be, as a multiple of today's."""
    return number(label, help_text, low=0, high=100)


def _hours(label: str, help_text: str = "", **more: Any) -> Any:  # noqa: ANN401 - dataclass fields are made so
    """Hours that one account, or one trip, takes in a period; twenty people who do nothing else have so many."""
    return number(label, help_text, low=0, high=10_000, **more)


@record(Noun(table="area", one=N_("area"), many=N_("areas"), unique=(("name",),)))
class Area(Record):
    """Where accounts are visited on one trip, so that they share the way there."""

    name: str = line(N_("Name"), required=True)
    trip_hours: float = _hours(N_("Hours a trip"), N_("There and back, once for all that is done there."), value=0.0)


@record(
    Noun(
        table="response_curve",
        one=N_("response curve"),
        many=N_("response curves"),
        title="source",
        unique=(("account_id",),),
        follows=(
            Follows("least_hours", "most_hours", is_walled=True),
            Follows("least_hours", "pinned_hours", is_walled=True),
            Follows("pinned_hours", "most_hours", is_walled=True),
        ),
    )
)
class ResponseCurve(Record):
    """What an account's sales would be with other effort: five judgements (Little 1970), and the bounds of effort.

    What is empty was not asked; the defaults by level and potential stand in for it.
    """

    account_id: int = link(N_("Account"), "account", on_delete=OnDelete.CASCADE, required=True)
    sales: int | None = money(
        N_("Sales a year"), N_("With today's effort; counted from orders and won opportunities when empty."), low=0
    )
    margin_share: float | None = number(
        N_("Share of margin"), N_("Of sales, 0 to 1; counted from orders when empty."), low=-1, high=1
    )
    currency: str = currency()
    hours: float | None = _hours(N_("Hours today"), N_("A period; counted from contacts when empty."))
    none: float | None = _multiple(N_("Sales with no effort"), N_("As a multiple of today's: 0.8 is four fifths."))
    half: float | None = _multiple(N_("Sales with half the effort"), N_("As a multiple of today's."))
    more: float | None = _multiple(N_("Sales with half as much again"), N_("As a multiple of today's."))
    most: float | None = _multiple(N_("Sales at saturation"), N_("With all the effort in the world, of today's."))
    least_hours: float | None = _hours(N_("At least"), N_("Hours a period that the account is promised."))
    most_hours: float | None = _hours(N_("At most"), N_("Hours a period that the account would take."))
    pinned_hours: float | None = _hours(N_("Fixed at"), N_("Hours a period, whatever is proposed."))
    basis: words.Basis = choice(N_("Judgement is"), words.Basis, words.Basis.ASSUMED, required=True)
    judged_on: dt.date | None = date(N_("Judged on"))
    source: str = line(N_("According to"))


@record(
    Noun(
        table="territory_scenario",
        one=N_("scenario"),
        many=N_("scenarios"),
        unique=(("name",),),
        follows=(Follows("starts_on", "ends_on", is_walled=True),),
    )
)
class TerritoryScenario(Record):
    """How the hours of a period could be divided; the accepted one is what plans are measured against."""

    name: str = line(N_("Name"), required=True)
    starts_on: dt.date = date(N_("From"), required=True)
    ends_on: dt.date = date(N_("Until"), required=True)
    unit: words.EffortUnit = choice(
        N_("Effort is divided in"),
        words.EffortUnit,
        words.EffortUnit.HOURS,
        N_("Hours, or whole contacts."),
        required=True,
        is_later=True,
    )
    # Of the whole team: two thousand people in a quarter.
    capacity: float = number(
        N_("There are"), N_("Hours, or contacts, as effort is divided."), 0.0, low=0, high=1_000_000, required=True
    )
    hour_cost: float = number(
        N_("Cost of an hour"), N_("In the workspace's own currency."), 0.0, low=0, high=100_000, required=True
    )
    step: float = number(
        N_("Hours a step"), N_("Effort is divided in steps of so many hours."), 1.0, low=0.25, high=100, required=True
    )
    with_travel: bool = yes_no(N_("With travel"), N_("Accounts of an area share the trip there."))
    is_accepted: bool = yes_no(N_("Accepted"), N_("What plans and Today are measured against."))
    notes: str = text(N_("Notes"))


@record(
    Noun(
        table="scenario_line",
        one=N_("hours of an account"),
        many=N_("hours of accounts"),
        title="scenario_id",
        unique=(("scenario_id", "account_id"),),
    )
)
class ScenarioLine(Record):
    """The hours of one account in a scenario, and what it was expected to gain, on the day it was saved."""

    scenario_id: int = link(N_("Scenario"), "territory_scenario", on_delete=OnDelete.CASCADE, required=True)
    account_id: int = link(N_("Account"), "account", on_delete=OnDelete.CASCADE, required=True)
    hours_today: float | None = _hours(N_("Hours today"))
    hours: float = _hours(N_("Hours proposed"), required=True, value=0.0)
    contacts: int | None = integer(
        N_("Contacts proposed"),
        N_("Empty where the scenario is divided in hours."),
        low=0,
        high=10_000,
        is_later=True,
    )
    gain: int | None = money(N_("Gain"), N_("Of margin less the cost of effort, against today, a period."))
    currency: str = currency()
