from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from crmtui import text
from crmtui.commands import dmu
from crmtui.domain.delivery import OpportunityFinding
from crmtui.domain.people import Person
from crmtui.domain.plans import ContactPerson, Plan
from crmtui.domain.scorecards import Scorecard
from crmtui.domain.territory import ScenarioLine, TerritoryScenario
from crmtui.domain.words import ContactStatus, Level, Source, Stage
from crmtui.method.calibration import Doubt
from crmtui.method.revision import Use, channels
from crmtui.queries import learning, learning_words, lists, revision_words
from crmtui.queries.dmu import Place
from crmtui.queries.learning import Channels
from customers import TODAY, Customers, ago

if TYPE_CHECKING:
    from pathlib import Path

    from crmtui.queries.learning_sheet import Sheet


@pytest.fixture
def customers(workspace: Path) -> Customers:
    return Customers(workspace)


def sheet(customers: Customers, name: str) -> Sheet:
    page = learning.page(customers.path, TODAY)
    channels = learning.channels(customers.path, TODAY)
    return next(one for one in learning_words.sheets(page, channels) if one.id == name)


def scored(customers: Customers, years: float, deal: int, probability: float | None) -> None:
    given = {"opportunity_id": deal, "template_id": 1, "day": ago(years), "probability": probability}
    customers.write(Scorecard, given)


def test_an_empty_workspace_teaches_what_to_write_down(customers: Customers) -> None:
    page = learning.page(customers.path, TODAY)
    for one in learning_words.sheets(page, learning.channels(customers.path, TODAY)):
        assert one.value == "—", one.id
        assert one.says
    assert page.calibration.doubt is Doubt.NOTHING


def test_the_probability_is_that_of_the_newest_card_before_the_close(customers: Customers) -> None:
    """Method.md section 7: outcomes 0 1 1 0, probabilities .1 .9 .8 .3."""
    outcomes = ((Stage.LOST, 0.1), (Stage.WON, 0.9), (Stage.WON, 0.8), (Stage.LOST, 0.3))
    for stage, probability in outcomes:
        deal = customers.deal(None, 0.5, stage)
        scored(customers, 0.8, deal, 0.5)
        scored(customers, 0.6, deal, probability)
        scored(customers, 0.55, deal, None)
        scored(customers, 0.4, deal, 0.01)
    customers.deal(None, 0.5, Stage.LOST)
    page = learning.page(customers.path, TODAY)
    assert page.calibration.brier == pytest.approx(0.0375)
    assert (page.calibration.count, page.unjudged) == (4, 1)
    assert page.calibration.doubt is Doubt.FEW
    told = sheet(customers, "calibration")
    assert [(given, said.split(" ")[0]) for given, said in told.terms[-4:]] == [
        ("30 %", "lost"), ("80 %", "won"), ("90 %", "won"), ("10 %", "lost")
    ]  # fmt: skip
    assert told.lead is not None
    assert len(lists.ids(customers.path, "opportunities", TODAY, filter_text=told.lead.words)) == 4


def test_all_lost_is_told_as_such(customers: Customers) -> None:
    for _deal in range(3):
        scored(customers, 0.6, customers.deal(None, 0.5, Stage.LOST), 0.4)
    assert "all ended alike" in sheet(customers, "calibration").says
    assert sheet(customers, "reasons").value == "0:3"
    assert sheet(customers, "change").value == "—"


def test_a_row_says_that_too_much_was_hoped_only_where_that_can_be_told(customers: Customers) -> None:
    for probability in (0.65, *[0.9] * 5):
        scored(customers, 0.6, customers.deal(None, 0.5, Stage.LOST), probability)
    alike = sheet(customers, "calibration")
    assert [row[-1] for row in alike.rows] == ["—", "—"]
    assert "says" not in dict(alike.terms)
    scored(customers, 0.6, customers.deal(None, 0.5, Stage.WON), 0.65)
    told = sheet(customers, "calibration")
    assert [row[-1] for row in told.rows] == ["—", "hoped too much"]
    assert "once in twenty times" in dict(told.terms)["says"]


def test_a_finding_that_the_lost_had_more_often_is_a_lesson(customers: Customers) -> None:
    for number in range(24):
        stage = Stage.LOST if number % 2 else Stage.WON
        deal = customers.deal(None, 0.5, stage)
        code = "rival" if stage is Stage.LOST else "nothing"
        customers.write(OpportunityFinding, {"opportunity_id": deal, "finding": code, "day": ago(0.5)})
    found = sheet(customers, "findings")
    assert found.value == "1"
    assert found.rows[0][:3] == ("a competitor stronger with a key person", "12 of 12", "0 of 12")
    assert "See to it early" in sheet(customers, "change").says


def test_plan_against_done_counts_what_nobody_planned_apart(customers: Customers) -> None:
    key = customers.account()
    (plan,) = customers.write(
        Plan, {"objective": "More", "account_id": key, "starts_on": ago(0.9), "ends_on": ago(-0.1)}
    )
    customers.contact(key, 0.5, hours=2.0, plan_id=plan)
    customers.contact(key, 0.4, hours=1.0, plan_id=plan, status=ContactStatus.PLANNED, done_at=None)
    customers.contact(key, 0.3, hours=4.0)
    found = learning.page(customers.path, TODAY).efforts
    assert (found.hours.planned, found.hours.done, found.hours.unplanned) == (3.0, 2.0, 4.0)
    assert (found.contacts.planned, found.contacts.done, found.contacts.unplanned) == (2, 1, 1)
    customers.contact(key, 0.0, hours=9.0, plan_id=plan, status=ContactStatus.PLANNED, done_at=None)
    assert learning.page(customers.path, TODAY).efforts.contacts.planned == 2, "today's is still to come"
    assert (found.contacts.ratio, found.allotted) == (0.5, None)


def test_what_was_done_without_a_plan_does_none_of_what_was_planned(customers: Customers) -> None:
    """Also on the channel and on the account of the plan."""
    key = customers.account()
    (plan,) = customers.write(
        Plan, {"objective": "More", "account_id": key, "starts_on": ago(0.9), "ends_on": ago(-0.1)}
    )
    customers.contact(key, 0.4, hours=2.0, plan_id=plan, status=ContactStatus.PLANNED, done_at=None)
    for _meeting in range(3):
        customers.contact(key, 0.3, hours=1.0)
    found = sheet(customers, "effort")
    assert (found.value, found.says) == ("0 %", "0 of 1 planned contacts done; 3 unplanned")
    assert found.rows == (
        ("hours in plans", "2.0", "0.0", "0 %", "3.0"),
        ("contacts in plans", "1.0", "0.0", "0 %", "3.0"),
    )
    assert ("more than planned", "Aurora") in found.terms


def test_the_accepted_scenario_is_compared_as_far_as_it_has_come(customers: Customers) -> None:
    key, other = customers.account("A"), customers.account("B")
    given = {"name": "Half", "starts_on": ago(0.5), "ends_on": ago(-0.5), "capacity": 100.0, "is_accepted": True}
    (scenario,) = customers.write(TerritoryScenario, given)
    customers.write(ScenarioLine, {"scenario_id": scenario, "account_id": key, "hours": 40.0})
    customers.contact(key, 0.2, hours=10.0)
    customers.contact(other, 0.2, hours=3.0)
    found = learning.page(customers.path, TODAY).efforts.allotted
    assert found is not None
    assert found.planned == pytest.approx(20, abs=0.2)
    assert (found.done, found.unplanned) == (10.0, 3.0)
    assert (found.under, found.over) == ((key,), (other,))


def test_hours_beyond_those_of_an_account_do_none_of_what_others_were_to_get(customers: Customers) -> None:
    key, other = customers.account("A"), customers.account("B")
    given = {"name": "Half", "starts_on": ago(0.5), "ends_on": ago(-0.5), "capacity": 100.0, "is_accepted": True}
    (scenario,) = customers.write(TerritoryScenario, given)
    each = {"scenario_id": scenario, "hours": 40.0}
    customers.write(ScenarioLine, *({**each, "account_id": one} for one in (key, other)))
    customers.contact(key, 0.2, hours=50.0)
    found = learning.page(customers.path, TODAY).efforts.allotted
    assert found is not None
    assert found.planned == pytest.approx(40, abs=0.4)
    assert found.done == pytest.approx(found.planned / 2)
    assert found.done + found.unplanned == 50.0
    assert (found.under, found.over) == ((other,), (key,))


def test_moves_are_of_accounts_judged_before_and_again(customers: Customers) -> None:
    risen, fallen, same = (customers.account(name) for name in ("Risen", "Fallen", "Same"))
    customers.judge(risen, (1.5, Level.PROSPECT), (0.5, Level.ACCOUNT))
    customers.judge(fallen, (1.5, Level.PARTNER), (0.5, Level.BUYER))
    customers.judge(same, (1.5, Level.BUYER))
    found = learning.page(customers.path, TODAY).moves
    assert (found.risen, found.fallen, found.unseen, found.up.of) == ((risen,), (fallen,), 1, 2)


def test_a_channel_that_costs_much_and_covers_little_is_to_be_used_less(customers: Customers) -> None:
    key = customers.account()
    person, other = customers.write(Person, *({"name": name, "account_id": key} for name in ("Laura", "Gino")))
    for one, power in ((person, 4), (other, 0)):
        given = {"person_id": one, "roles": ["decider" if power else "user"], "power": power}
        dmu.add_stakeholder(customers.path, Place(account_id=key), given, Source.CLI, TODAY)
    for channel, met, cost in ((1, person, 1_000), (7, other, 90_000)):
        for number in range(6):
            contact = customers.contact(key, 0.3 + number / 100, channel_id=channel, cost=cost)
            customers.write(ContactPerson, {"contact_id": contact, "person_id": met})
    found = learning.channels(customers.path, TODAY)
    assert [found.names[one.use.key] for one in found.found if one.is_poor] == ["Web"]
    assert (found.maps, found.others) == (1, 0)
    assert "Web" in sheet(customers, "channels").says


def test_of_channels_is_said_what_was_compared() -> None:
    """A channel that costs more than it covers, and less than twice that, is not denied."""
    uses = (Use(1, 30, 84.0, 69.0), Use(2, 30, 16.0, 31.0))
    found = Channels(TODAY, "EUR", channels(uses), {1: "Meeting", 2: "Call"}, 2, 0, 0)
    used = revision_words.used(found)
    assert used.says == "of those with 5 contacts none costs twice its share of what was covered"
    assert any("at least 5 contacts" in told for _label, told in used.terms)


def test_criteria_are_called_what_the_template_calls_them(customers: Customers) -> None:
    """Their labels are the user's words, also where the program knows the same word."""
    scored(customers, 0.6, customers.deal(None, 0.5, Stage.LOST), 0.4)
    english = [row[0] for row in sheet(customers, "weights").rows]
    text.speak("it")
    try:
        assert [row[0] for row in sheet(customers, "weights").rows] == english
    finally:
        text.speak("en")
    assert "Value" in english
