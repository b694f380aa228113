"""The sample holds what it promises: every screen has something worth seeing."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from itertools import pairwise

import pytest

from crmtui.domain.accounts import Account, Competitor, CompetitorPosition, Note, Tag
from crmtui.domain.action_plan import Objective, PlanAction
from crmtui.domain.delivery import OpportunityFinding
from crmtui.domain.dmu import DmuMap, Influence, Stakeholder
from crmtui.domain.offerings import Offering, Order, OrderLine
from crmtui.domain.opportunities import Opportunity
from crmtui.domain.people import Consent, Person
from crmtui.domain.plans import Contact, ContactPerson, Plan
from crmtui.domain.programmes import Programme, ProgrammeMember
from crmtui.domain.propositions import Proposition
from crmtui.domain.relationship import Assessment, AssessmentRating
from crmtui.domain.scorecards import Answer, CompetitorAnswer, Scorecard
from crmtui.domain.territory import Area, ResponseCurve, ScenarioLine, TerritoryScenario
from crmtui.domain.words import Achieved, ConsentState, EdgeKind, Level, SocialStyle, Stage
from crmtui.domain.workspace import Actor
from crmtui.method.dmu_findings import Fact
from crmtui.method.lessons import NOTHING
from sample.story import told

STORY = told()
TEXTS = ("value_chain", "operating_habits", "organisational_habits", "strategic_values", "needs")


def test_accounts_stand_on_every_step_of_the_ladder() -> None:
    levels = Counter(row.values["level"] for row in STORY.of(Account))
    assert levels.total() >= 15
    assert set(levels) == set(Level)
    assert min(levels.values()) >= 2


def test_accounts_differ_in_country_industry_and_currency() -> None:
    accounts = [row.values for row in STORY.of(Account)]
    assert len({account["country"] for account in accounts}) >= 10
    assert len({account["industry"] for account in accounts}) >= 13
    assert Counter(account["currency"] for account in accounts) == {"EUR": 18, "GBP": 1, "CHF": 1}


@pytest.mark.parametrize("account", STORY.of(Account), ids=lambda row: row.ref.name)
def test_an_account_has_a_profile_tags_people_a_map_and_competitors(account: object) -> None:
    row = STORY.at(getattr(account, "ref", None))
    assert all(len(str(row.values[name])) > 30 for name in TEXTS)
    assert STORY.of(Tag, account_id=row.ref)
    assert STORY.of(CompetitorPosition, account_id=row.ref)
    assert len(STORY.of(Person, account_id=row.ref)) >= 3
    (dmu,) = STORY.of(DmuMap, account_id=row.ref)
    assert len(STORY.of(Stakeholder, map_id=dmu.ref)) >= 3


def test_there_are_people_enough_and_most_have_a_style_but_not_all() -> None:
    people = STORY.of(Person)
    styles = Counter(row.values.get("social_style") for row in people)
    assert len(people) >= 70
    assert set(SocialStyle) < set(styles)
    assert 5 <= styles[None] <= len(people) / 3


def test_our_own_people_have_one_me_and_one_manager() -> None:
    actors = STORY.of(Actor)
    assert 4 <= len(actors) <= 6
    assert len(STORY.of(Actor, is_me=True)) == 1
    assert sum("manager_id" not in row.values for row in actors) == 1


def test_maps_leave_something_to_find() -> None:
    stakeholders = STORY.of(Stakeholder)
    assert sum("person_id" not in row.values for row in stakeholders) >= 8
    assert sum("attitude" not in row.values for row in stakeholders) >= 8
    assert sum("win" not in row.values for row in stakeholders) >= 20
    assert sum("covered_by_id" not in row.values for row in stakeholders) >= 10


def test_lines_of_influence_and_conflict_are_formal_and_informal() -> None:
    lines = Counter((row.values["kind"], row.values["is_formal"]) for row in STORY.of(Influence))
    assert set(lines) == {(kind, formal) for kind in EdgeKind for formal in (True, False)}


def test_some_opportunities_have_a_map_that_differs_from_their_accounts() -> None:
    maps = [row for row in STORY.of(DmuMap) if "opportunity_id" in row.values]
    assert len(maps) >= 4
    for dmu in maps:
        account = STORY.at(dmu.values["opportunity_id"]).values["account_id"]
        (general,) = STORY.of(DmuMap, account_id=account)
        assert _judgements(dmu.ref) != _judgements(general.ref)


def _judgements(dmu: object) -> set[tuple[object, ...]]:
    names = ("person_id", "position", "power", "attitude")
    return {tuple(row.values.get(name) for name in names) for row in STORY.of(Stakeholder, map_id=dmu)}


def test_the_main_opportunities_were_scored_several_times_and_their_grades_moved() -> None:
    cards = Counter(row.values["opportunity_id"] for row in STORY.of(Scorecard))
    main = [deal for deal, count in cards.items() if count >= 3]
    assert len(main) >= 8
    assert max(cards.values()) == 6
    for deal in main:
        first, *_, last = STORY.of(Scorecard, opportunity_id=deal)
        assert _grades(first.ref) != _grades(last.ref)


def _grades(card: object) -> dict[object, object]:
    return {row.values["criterion_id"]: row.values.get("grade") for row in STORY.of(Answer, scorecard_id=card)}


def test_grades_carry_evidence_and_some_are_unknown() -> None:
    answers = STORY.of(Answer)
    assert sum("grade" not in row.values for row in answers) >= 15
    assert sum(bool(row.values.get("evidence")) for row in answers) >= 150
    assert sum(bool(row.values.get("override_reason")) for row in answers) >= 1
    assert len(STORY.of(CompetitorAnswer)) >= 100


def test_closed_opportunities_have_a_reason_a_lesson_and_a_scorecard_to_learn_from() -> None:
    won, lost = (STORY.of(Opportunity, stage=stage) for stage in (Stage.WON, Stage.LOST))
    assert (len(won), len(lost)) == (22, 15)
    for row in won + lost:
        assert row.values["reason"]
        assert row.values["lesson"]
        assert STORY.of(Scorecard, opportunity_id=row.ref)
    assert sum("lost_to_id" in row.values for row in lost) >= 8


def test_every_stage_has_open_opportunities() -> None:
    stages = Counter(row.values["stage"] for row in STORY.of(Opportunity))
    assert stages.total() >= 60
    assert min(stages[stage] for stage in Stage) >= 4


def test_a_prospect_has_no_order_and_everybody_else_has_one() -> None:
    for account in STORY.of(Account):
        is_prospect = account.values["level"] is Level.PROSPECT
        assert bool(STORY.of(Order, account_id=account.ref)) is not is_prospect


def test_the_lines_of_an_order_add_up_to_what_was_won() -> None:
    for order in STORY.of(Order):
        if deal := order.values.get("opportunity_id"):
            lines = [row.values for row in STORY.of(OrderLine, order_id=order.ref)]
            total = sum(float(str(line["quantity"])) * int(str(line["unit_price"])) for line in lines)
            assert total == STORY.at(deal).values["value"], order.ref
            assert sum(int(str(line["margin"])) for line in lines) == STORY.at(deal).values["margin"], order.ref


def test_the_rest_is_there_as_well() -> None:
    assert len(STORY.of(Offering)) >= 10
    assert len(STORY.of(Competitor)) >= 6
    assert len(STORY.of(Plan)) >= 15
    assert len(STORY.of(Note)) >= 15
    assert len(STORY.of(Consent, state=ConsentState.REFUSED)) >= 8
    assert len(STORY.of(Consent, state=ConsentState.GRANTED)) >= 3


def test_action_plans_have_what_is_over_with_lessons_what_is_late_and_what_is_to_come() -> None:
    objectives, actions = STORY.of(Objective), STORY.of(PlanAction)
    assert len({row.values["account_id"] for row in objectives}) >= 6
    assert {row.values.get("achieved") for row in objectives} >= {None, Achieved.NOT, Achieved.PARTLY}
    done = [row.values for row in actions if "done_on" in row.values]
    assert {row["achieved"] for row in done} == set(Achieved)
    assert sum("lesson" in row for row in done) >= 4
    days = [day for row in actions if "done_on" not in row.values and isinstance(day := row.values["due_on"], dt.date)]
    assert min(days) < STORY.today < max(days)
    assert STORY.today in days
    assert any("strategy_id" not in row.values for row in actions)


def test_relationships_were_assessed_on_every_level_with_progress_and_a_fall() -> None:
    assessed = STORY.of(Assessment)
    held: dict[object, list[Level]] = {}
    for row in assessed:
        held.setdefault(row.values["account_id"], []).append(
            row.values.get("override_level") or row.values["level"]  # type: ignore[arg-type]  # words of a TOML file
        )
    order = list(Level)
    steps = [order.index(after) - order.index(before) for each in held.values() for before, after in pairwise(each)]
    assert {each[-1] for each in held.values()} == set(Level)
    assert sum(step > 0 for step in steps) >= 6
    assert sum(step < 0 for step in steps) >= 1
    assert sum("override_level" in row.values for row in assessed) >= 2
    assert any(row.values.get("willingness") == 1 for row in assessed)
    assert len(held) < len(STORY.of(Account)), "some are as entered, not assessed"
    for account, levels in held.items():
        assert STORY.at(account).values["level"] == levels[-1]


def test_histories_are_long_enough_to_learn_from_and_some_customers_were_lost() -> None:
    days = [row.values["day"] for row in STORY.of(Assessment)]
    assert sum(isinstance(day, dt.date) and (STORY.today - day).days > 3 * 365 for day in days) >= 10
    lost = [row for row in STORY.of(Account) if row.values.get("lost_on")]
    assert len(lost) >= 3
    assert all(row.values["status"] == "closed" for row in lost)


def test_lost_opportunities_shared_findings_that_won_ones_did_not() -> None:
    closed = {row.ref: row.values["stage"] for row in STORY.of(Opportunity)}
    found = Counter(
        (row.values["finding"], closed[row.values["opportunity_id"]])  # type: ignore[index]  # a link of the sample
        for row in STORY.of(OpportunityFinding)
    )
    assert {code for code, _stage in found} <= {fact.value for fact in Fact} | {NOTHING}
    assert found["never_met", Stage.LOST] > 2 * found["never_met", Stage.WON]
    reasons = Counter(row.values["reason"] for row in STORY.of(Opportunity) if row.values.get("reason"))
    assert min(reasons.values()) >= 1
    assert sum(count > 1 for count in reasons.values()) >= 5


def test_a_programme_has_members_that_stayed_and_one_that_left() -> None:
    (programme,) = STORY.of(Programme)
    members = STORY.of(ProgrammeMember, programme_id=programme.ref)
    assert len(members) >= 5
    assert sum("left_on" in row.values for row in members) == 1


def test_the_territory_has_answers_bounds_trips_and_an_accepted_plan() -> None:
    curves = STORY.of(ResponseCurve)
    assert sum("most" in row.values for row in curves) >= 8
    for bound in ("least_hours", "most_hours", "pinned_hours"):
        assert any(bound in row.values for row in curves), bound
    visited = Counter(row.values["area_id"] for row in STORY.of(Account) if "area_id" in row.values)
    assert set(visited) == {row.ref for row in STORY.of(Area)}
    assert min(visited.values()) >= 2
    (accepted,) = STORY.of(TerritoryScenario, is_accepted=True)
    assert accepted.values["starts_on"] < STORY.today < accepted.values["ends_on"]  # type: ignore[operator]  # days
    assert len(STORY.of(TerritoryScenario)) == 2
    lines = STORY.of(ScenarioLine, scenario_id=accepted.ref)
    assert sum(float(str(row.values["hours"])) for row in lines) < float(str(accepted.values["capacity"]))


def test_the_potential_of_most_accounts_is_known() -> None:
    known = [row for row in STORY.of(Account) if "potential" in row.values]
    assert 14 <= len(known) < len(STORY.of(Account))
    assert {row.values["currency"] for row in known} == {"EUR", "GBP", "CHF"}


def test_ratings_carry_evidence_and_some_are_unknown() -> None:
    ratings = STORY.of(AssessmentRating)
    assert sum(bool(row.values.get("evidence")) for row in ratings) >= 60
    assert sum("grade" not in row.values for row in ratings) >= 60
    assert len({row.values.get("basis") for row in ratings if "grade" in row.values}) == 2


def test_value_propositions_are_told_in_contacts_that_happened_and_are_planned() -> None:
    lines = STORY.of(Proposition)
    assert len({row.values.get("account_id") for row in lines} - {None}) >= 4
    assert len({row.values.get("opportunity_id") for row in lines} - {None}) >= 4
    assert any("proof" not in row.values for row in lines)
    for field in ("proposition_id", "win_of_id"):
        carrying = [row for row in STORY.of(Contact) if field in row.values]
        assert {"done", "planned"} <= {str(row.values["status"]) for row in carrying}, field
    assert all(row.values.get("message") for row in STORY.of(Contact) if "win_of_id" in row.values)


def test_a_channel_is_refused_and_no_contact_to_come_uses_it() -> None:
    refused = {
        (row.values["person_id"], row.values["channel_id"])
        for row in STORY.of(Consent)
        if row.values["state"] is ConsentState.REFUSED
    }
    assert refused
    for contact in STORY.of(Contact):
        if str(contact.values["status"]) in ("planned", "moved"):
            people = [row.values["person_id"] for row in STORY.of(ContactPerson, contact_id=contact.ref)]
            assert all((person, contact.values["channel_id"]) not in refused for person in people), contact.ref
