from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest

from contact_desk import TODAY, TUI, ContactDesk, begin
from crmtui.commands import action_plan, assessments, records, scorecards
from crmtui.commands.sample import create_sample
from crmtui.commands.scorecards import Cell
from crmtui.commands.workspace import configure
from crmtui.domain.accounts import Account
from crmtui.domain.action_plan import PlanAction
from crmtui.domain.dmu import DmuMap, Stakeholder
from crmtui.domain.offerings import Offering
from crmtui.domain.opportunities import Opportunity
from crmtui.domain.people import Person
from crmtui.domain.plans import Contact
from crmtui.domain.scorecards import Criterion
from crmtui.domain.workspace import Actor, Workspace
from crmtui.method.winrate import Model
from crmtui.queries import moves, proposing, records as reading, winning
from crmtui.queries.findings import Rule
from crmtui.queries.move_field import field
from crmtui.queries.moves import Kind, NextMove
from crmtui.store.reading import records as kept
from crmtui.store.reading.connections import reading as reading_of

if TYPE_CHECKING:
    from pathlib import Path

PLANNED = TODAY + dt.timedelta(days=3)


@pytest.fixture
def desk(tmp_path: Path) -> ContactDesk:
    return begin(tmp_path)


def deal(desk: ContactDesk, **given: Any) -> int:
    fields = {"name": "Line 4", "account_id": desk.account, "margin": 6_200_000, "next_step": "call", **given}
    return records.add(desk.path, Opportunity, fields, TUI)


def drawn(desk: ContactDesk, **at: int) -> int:
    return records.add(desk.path, DmuMap, at or {"account_id": desk.account}, TUI)


def judge(desk: ContactDesk, dmu: int, person: int, **given: Any) -> int:
    return records.add(desk.path, Stakeholder, {"map_id": dmu, "person_id": person, "power": 3, **given}, TUI)


def score(desk: ContactDesk, opportunity: int, **grades: int) -> None:
    keys = {one.code: one.id for one in reading.every(desk.path, Criterion)}
    for code, grade in grades.items():
        scorecards.score(desk.path, Cell(opportunity, keys[code]), grade, TUI, TODAY)


def seen(desk: ContactDesk, *kinds: Kind, mine: bool = True, alone: bool = False) -> list[NextMove]:
    """The moves of some kinds; `alone` without contacts, since nobody is told twice."""
    if alone and not desk.count():
        desk.plan("call", TODAY + dt.timedelta(days=30), [desk.bianchi])
    found = moves.found(desk.path, TODAY, mine=mine, per_account=99).best
    return [one for one in found if not kinds or one.kind in kinds]


def test_a_new_workspace_has_no_moves(desk: ContactDesk) -> None:
    found = moves.found(desk.path, TODAY)
    assert (found.best, found.total, found.left_out, found.chores) == ((), 0, 0, ())


def test_a_person_to_speak_to_is_told_with_the_channel_the_gain_and_the_reasons(desk: ContactDesk) -> None:
    line_4 = deal(desk)
    dmu = drawn(desk)
    judge(desk, dmu, desk.bianchi, roles=("decider",))
    (found,) = seen(desk, Kind.CONTACT)
    assert (found.title, found.facts) == ("Speak to Bianchi", "decider, attitude unknown, call")
    assert (found.account, found.opportunity, found.where) == ("Aurora Spa", "", "Aurora Spa")
    assert (found.table, found.key, found.at) == ("dmu_map", dmu, str(desk.bianchi))
    assert (found.person_id, found.channel_id, found.account_id) == (desk.bianchi, desk.channel("call"), desk.account)
    assert found.change == "coverage +35 pt, attitude"
    # P(win) of what was never scored is 30 %; the shipped template gives coverage 3 of 59 and favour 4 of 59
    slope = 3.0445 * 0.3 * 0.7
    gain = 62_000 * slope * (0.35 * 2 * 3 / 59 + 0.35 / 4 * 4 / 59) - 5
    assert found.gain == pytest.approx(gain * 100, rel=1e-3)
    assert found.rate == pytest.approx((found.gain or 0) / 0.5, abs=1)
    assert (found.currency, found.hours, found.is_assumed) == ("EUR", 0.5, False)
    assert found.reasons[1].startswith("Line 4: coverage +35 pt, which adds ")
    assert "less 5 EUR that it costs" in found.reasons
    assert line_4 > 0


def test_who_is_to_be_met_or_has_refused_every_channel_is_no_move(desk: ContactDesk) -> None:
    deal(desk)
    dmu = drawn(desk)
    judge(desk, dmu, desk.bianchi, win="calm nights", win_strength=3)
    contact = desk.plan("call", TODAY - dt.timedelta(days=3), [desk.bianchi])
    assert not seen(desk, Kind.CONTACT)  # it stands under overdue, and no move is told twice
    records.delete(desk.path, type(desk.get(contact)), [contact], TUI)
    for code in ("meeting", "video", "call", "email", "letter", "event", "web"):
        assert seen(desk, Kind.CONTACT)
        desk.refuse(desk.bianchi, code)
    assert not seen(desk, Kind.CONTACT)


def test_a_contact_that_happened_leaves_less_to_gain(desk: ContactDesk) -> None:
    deal(desk)
    dmu = drawn(desk)
    judge(desk, dmu, desk.bianchi, attitude=2)
    (before,) = seen(desk, Kind.CONTACT)
    desk.log("call", [desk.bianchi])
    (after,) = seen(desk, Kind.CONTACT)
    assert (after.gain or 0) < (before.gain or 0)


def test_the_map_of_the_opportunity_stands_before_the_one_of_the_account(desk: ContactDesk) -> None:
    line_4 = deal(desk)
    judge(desk, drawn(desk), desk.bianchi)
    own = drawn(desk, opportunity_id=line_4)
    judge(desk, own, desk.conti)
    (found,) = seen(desk, Kind.CONTACT)
    assert (found.person_id, found.key) == (desk.conti, own)


def test_a_contact_about_one_opportunity_belongs_to_it_also_where_there_is_no_account(desk: ContactDesk) -> None:
    line_4 = deal(desk, account_id=None)
    judge(desk, drawn(desk, opportunity_id=line_4), desk.bianchi)
    (found,) = seen(desk, Kind.CONTACT)
    assert (found.account_id, found.opportunity_id, found.where) == (None, line_4, "Line 4")
    records.edit(desk.path, Opportunity, line_4, {"account_id": desk.account}, TUI)
    (found,) = seen(desk, Kind.CONTACT)
    assert (found.account_id, found.opportunity_id) == (desk.account, line_4)


def test_a_plan_that_runs_there_takes_the_contact(desk: ContactDesk) -> None:
    deal(desk)
    judge(desk, drawn(desk), desk.bianchi)
    assert [one.plan_id for one in seen(desk, Kind.CONTACT)] == [None]
    running = desk.programme(TODAY, PLANNED, budget=0)  # with nothing left to propose
    desk.plan("call", TODAY + dt.timedelta(days=30), [desk.conti], plan_id=running)
    found = seen(desk, Kind.CONTACT)[0]
    assert found.plan_id == running
    assert "It fits into the plan that runs there: Meet them all." in found.reasons


def test_a_contact_that_is_late_or_due_is_a_move_with_its_own_hours_and_leads_to_where_it_belongs(
    desk: ContactDesk,
) -> None:
    deal(desk)
    judge(desk, drawn(desk), desk.bianchi, attitude=2, win="calm nights", win_strength=3, roles=("decider",))
    contact = desk.plan("call", TODAY - dt.timedelta(days=3), [desk.bianchi], hours=1)
    (found,) = seen(desk, Kind.HOLD)
    assert (found.title, found.facts) == ("Call with Bianchi", "3 days late, decider")
    assert (found.hours, found.table, found.key, found.mark) == (1, "account", desk.account, "")
    assert found.contact
    assert found.contact.id == contact
    assert found.reasons[1].startswith("Line 4: coverage +35 pt, which adds ")
    for due, told in ((TODAY, "due today"), (PLANNED, "due in 3 days")):
        records.edit(desk.path, Contact, contact, {"day": due}, TUI)
        (found,) = seen(desk, Kind.HOLD)
        assert found.facts == f"{told}, decider"
    records.edit(desk.path, Contact, contact, {"day": TODAY + dt.timedelta(days=4)}, TUI)
    assert not seen(desk, Kind.HOLD, Kind.CONTACT)  # it is planned, and not to be held yet


def test_a_plan_that_has_fallen_behind_leads_to_the_plan(desk: ContactDesk) -> None:
    deal(desk)
    dmu = drawn(desk)
    for person in (desk.bianchi, desk.conti):
        judge(desk, dmu, person)
    running = desk.programme(TODAY - dt.timedelta(days=60), PLANNED)
    for person in (desk.bianchi, desk.conti):
        desk.plan("call", TODAY - dt.timedelta(days=9), [person], plan_id=running)
    desk.log("call", [desk.bianchi], plan_id=running)
    (found,) = seen(desk, Kind.CATCH_UP)
    assert (found.title, found.facts) == ("Catch up with the plan: Meet them all", "2 contacts late, 1 done")
    assert (found.table, found.key, found.plan_id) == ("plan", running, running)
    assert not seen(desk, Kind.HOLD)


def test_what_a_plan_lacks_is_the_first_line_of_its_draft(tmp_path: Path) -> None:
    path = tmp_path / "sample.db"
    create_sample(path, TODAY)
    with reading_of(path) as connection:
        settings = kept.get(connection, Workspace, 1)
        courses = field(connection, {"me": None, "today": TODAY.isoformat()}, settings, TODAY).field.courses
    assert courses
    for course in courses:
        first = next(iter(proposing.page(path, course.key, TODAY).draft.proposals), None)
        found = course.propose()
        told = (found.person, found.channel.key, found.day) if found else None
        assert told == ((first.person, first.channel, first.day) if first else None)


def test_what_a_plan_lacks_is_told_with_its_day(desk: ContactDesk) -> None:
    deal(desk)
    judge(desk, drawn(desk), desk.bianchi)
    running = desk.programme(TODAY, TODAY + dt.timedelta(days=20))
    (found,) = seen(desk, Kind.PLAN)
    assert found.title == "Add to the plan: Bianchi"
    assert (found.table, found.key, found.plan_id, found.person_id) == ("plan", running, running, desk.bianchi)
    assert found.day
    assert found.facts.endswith(f", in {(found.day - TODAY).days} days")
    assert any(reason.startswith("It is what the plan lacks most") for reason in found.reasons)
    assert not seen(desk, Kind.CONTACT)


def test_what_a_map_does_not_know_is_to_be_found_out(desk: ContactDesk) -> None:
    deal(desk)
    dmu = drawn(desk)
    judge(desk, dmu, desk.bianchi, roles=("buyer",))
    records.add(desk.path, Stakeholder, {"map_id": dmu, "position": "Plant [red]director", "power": 3}, TUI)
    found = {one.title: one for one in seen(desk, Kind.FIND)}
    decides = found["Find out who decides"]
    assert (decides.table, decides.key, decides.mark) == ("dmu_map", dmu, f"find:{dmu}:no_decider")
    share = 4 * 4 / (4 * 4 + 2.5 * 3 + 1 * 3)
    assert decides.change == f"favour ± {share:.2f}"
    assert f"No decider is known: one would weigh {share * 100:.0f} %, and may be for or against us." in decides.reasons
    narrows = f"Line 4: the band of favour narrows by {2 * share:.2f}, which counts "
    assert any(reason.startswith(narrows) for reason in decides.reasons)
    assert {"Find out who is: user, influencer", "Find out who it is: Plant [red]director"} <= found.keys()
    given = {"name": decides.title, "account_id": desk.account, "gate": decides.mark}
    action_plan.add(desk.path, PlanAction, given, TUI, TODAY)
    assert "Find out who decides" not in {one.title for one in seen(desk, Kind.FIND)}


def test_the_hours_of_moves_are_settings(desk: ContactDesk) -> None:
    deal(desk)
    (before,) = seen(desk, Kind.SCORE)
    configure(desk.path, {"move_hours_score": 4}, TUI)
    (after,) = seen(desk, Kind.SCORE)
    assert (before.hours, after.hours) == (1, 4)
    assert after.rate == pytest.approx((before.rate or 0) / 4, abs=1)


def test_scorecards_that_have_told_nothing_are_said_to(desk: ContactDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    score(desk, deal(desk), need=2)
    judge(desk, drawn(desk), desk.bianchi)
    assert seen(desk, Kind.RAISE)
    nothing = Model(0.0, 0.0, (0.1, 0.0, 0.1), rate=0.5, count=60, won=29, closed=60)
    monkeypatch.setattr(winning.Learnt, "model", lambda *_asked: nothing)
    found = moves.found(desk.path, TODAY)
    assert not found.best
    told = [one for one in found.chores if one.rule is Rule.SILENT]
    assert [(one.title, one.where, one.why) for one in told] == [
        ("scorecards have told nothing so far", "crmtui", "29 of 60 won, whatever the grades")
    ]


def test_who_has_nothing_to_win_is_told_until_a_win_convinces(desk: ContactDesk) -> None:
    deal(desk)
    dmu = drawn(desk)
    made = judge(desk, dmu, desk.bianchi, roles=("decider",))
    (found,) = seen(desk, Kind.WIN, alone=True)
    assert (found.title, found.facts) == ("Find a personal win: Bianchi", "decider, no win yet")
    assert (found.change, found.at, found.mark) == ("wins +67 pt", str(desk.bianchi), f"win:{desk.bianchi}")
    records.edit(desk.path, Stakeholder, made, {"win": "calm nights", "win_strength": 1}, TUI)
    (found,) = seen(desk, Kind.WIN, alone=True)
    assert found.facts == "decider, the win does not convince"
    records.edit(desk.path, Stakeholder, made, {"win_strength": 2}, TUI)
    assert not seen(desk, Kind.WIN, alone=True)


def test_what_raises_p_most_is_told_as_before_and_after(desk: ContactDesk) -> None:
    line_4 = deal(desk)
    score(desk, line_4, need=3, risk=1, integration=2)
    (found,) = seen(desk, Kind.RAISE)
    assert (found.opportunity, found.at) == ("Line 4", "need")
    assert found.title.startswith("Raise: ")
    assert (found.table, found.key, found.mark) == ("opportunity", line_4, "criterion:need")
    assert found.change.startswith("P ")
    assert " → " in found.change
    assert found.hours == 8


def test_an_action_that_works_on_it_takes_it_off_the_list(desk: ContactDesk) -> None:
    line_4 = deal(desk)
    score(desk, line_4, need=3, risk=1)
    before = seen(desk, Kind.RAISE)[0]
    given = {"name": before.title, "account_id": desk.account, "opportunity_id": line_4, "gate": before.mark}
    action = action_plan.add(desk.path, PlanAction, given, TUI, TODAY)
    assert before.at not in [one.at for one in seen(desk, Kind.RAISE)]
    records.delete(desk.path, PlanAction, [action], TUI)
    assert before.at in [one.at for one in seen(desk, Kind.RAISE)]


def test_what_is_unknown_on_a_card_is_asked_and_what_has_no_card_is_scored(desk: ContactDesk) -> None:
    line_4 = deal(desk)
    (found,) = seen(desk, Kind.SCORE)
    assert (found.title, found.table, found.key) == ("Score it", "opportunity", line_4)
    score(desk, line_4, need=3)
    assert not seen(desk, Kind.SCORE)
    (found,) = seen(desk, Kind.ASK)
    assert found.title.startswith("Find out: ")
    assert found.change.startswith("P ± ")


def test_an_account_with_open_business_and_no_map_is_to_be_drawn(desk: ContactDesk) -> None:
    deal(desk)
    (found,) = seen(desk, Kind.MAP)
    assert (found.title, found.facts, found.at) == ("Draw who decides", "1 open, nobody on the map", "map")
    drawn(desk)  # a map with nobody on it decides nothing
    assert seen(desk, Kind.MAP)
    judge(desk, 1, desk.bianchi)
    assert not seen(desk, Kind.MAP)


def test_a_gate_that_is_missing_for_the_level_to_reach(desk: ContactDesk) -> None:
    deal(desk)
    judge(desk, drawn(desk), desk.bianchi)
    assert not seen(desk, Kind.GATE)
    records.edit(desk.path, Account, desk.account, {"target_level": "buyer"}, TUI)
    found = seen(desk, Kind.GATE)
    assert {one.mark for one in found} <= {"buyer_orders", "buyer_cover"}
    assert found[0].table == "account"
    assert found[0].at == "relationship"
    assert found[0].change == "towards Buyer"


# Stakes


def test_a_margin_that_is_missing_is_concluded_from_the_usual_share(desk: ContactDesk) -> None:
    deal(desk, value=10_000_000, margin=4_000_000)
    other = records.add(desk.path, Account, {"name": "Helios"}, TUI)
    deal(desk, name="Roof", account_id=other, value=5_000_000, margin=None)
    known, concluded = seen(desk, Kind.SCORE)
    assert (known.is_assumed, concluded.is_assumed) == (False, True)
    assert concluded.gain == pytest.approx((known.gain or 0) * 2 / 4, rel=1e-6)
    assert any("it was concluded: from the value" in reason for reason in concluded.reasons)


def test_where_nobody_ever_wrote_a_margin_the_value_counts(desk: ContactDesk) -> None:
    deal(desk, value=5_000_000, margin=None)
    (found,) = seen(desk, Kind.SCORE)
    assert found.is_assumed
    assert found.gain is not None


def test_without_a_value_the_list_price_of_what_is_offered_counts(desk: ContactDesk) -> None:
    offering = records.add(desk.path, Offering, {"name": "Cell", "price": 5_000_000, "currency": "EUR"}, TUI)
    deal(desk, margin=None, offering_id=offering)
    (found,) = seen(desk, Kind.SCORE)
    assert found.is_assumed
    assert found.gain is not None


def test_where_nothing_is_known_the_move_is_told_without_a_figure_and_last(desk: ContactDesk) -> None:
    other = records.add(desk.path, Account, {"name": "Helios"}, TUI)
    deal(desk, account_id=other, margin=None)
    deal(desk, margin=100)
    found = seen(desk, Kind.SCORE)
    assert [one.gain is None for one in found] == [False, True]
    assert found[1].rate is None
    assert "write down the margin" in found[1].reasons[0]


def test_another_currency_is_taken_to_be_worth_what_is_usual_in_it(desk: ContactDesk) -> None:
    deal(desk, margin=1_000_000)
    other = records.add(desk.path, Account, {"name": "Rigi"}, TUI)
    deal(desk, account_id=other, margin=900_000, currency="CHF")
    found = seen(desk, Kind.SCORE)
    assert [one.gain for one in found] == [found[0].gain] * 2
    assert sorted(one.is_assumed for one in found) == [False, True]


def test_what_brings_less_than_an_hour_costs_is_said_to(desk: ContactDesk) -> None:
    deal(desk, margin=10_000)
    (found,) = seen(desk, Kind.SCORE)
    assert "It brings less than an hour of ours costs, 60 EUR." in found.reasons
    configure(desk.path, {"hour_cost": 5}, TUI)
    (found,) = seen(desk, Kind.SCORE)
    assert not any("hour of ours costs" in reason for reason in found.reasons)


def test_a_negative_margin_is_nothing_to_win(desk: ContactDesk) -> None:
    line_4 = deal(desk, margin=-5_000)
    score(desk, line_4, need=1)
    assert not seen(desk)


def test_an_account_with_nothing_open_is_worked_on_for_the_next_time(desk: ContactDesk) -> None:
    deal(desk, stage="won", closed_on=TODAY)
    judge(desk, drawn(desk), desk.bianchi)
    (found,) = seen(desk, Kind.CONTACT)
    assert found.is_assumed
    assert found.reasons[1].startswith("the next opportunity there: ")
    assert any("counts half" in reason for reason in found.reasons)
    assert found.opportunity_id is None


def test_an_account_of_which_nothing_was_ever_sold_is_told_without_a_figure(desk: ContactDesk) -> None:
    judge(desk, drawn(desk), desk.bianchi, roles=("decider",))
    (found,) = seen(desk, Kind.CONTACT)
    assert (found.gain, found.rate) == (None, None)
    assert "write down the margin" in found.reasons[0]


@pytest.mark.parametrize("day", [dt.date.min, dt.date.max])
def test_the_ends_of_the_calendar_have_moves_too(desk: ContactDesk, day: dt.date) -> None:
    deal(desk)
    desk.log("call", [desk.bianchi])
    judge(desk, drawn(desk), desk.bianchi)
    assert moves.found(desk.path, day).best


# Whose


def test_accounts_in_which_nothing_is_invested_are_left_out_and_said(desk: ContactDesk) -> None:
    deal(desk)
    assert seen(desk)
    records.edit(desk.path, Account, desk.account, {"posture": "leave"}, TUI)
    assert (seen(desk), moves.found(desk.path, TODAY).left_out) == ([], 1)
    records.edit(desk.path, Account, desk.account, {"posture": None, "status": "dormant"}, TUI)
    assert (seen(desk), moves.found(desk.path, TODAY).left_out) == ([], 1)
    records.edit(desk.path, Account, desk.account, {"status": "active"}, TUI)
    given = {"account_id": desk.account, "willingness": 1}
    assessments.add(desk.path, given, TUI, TODAY)
    assert (seen(desk), moves.found(desk.path, TODAY).left_out) == ([], 1)


def test_what_is_for_others_to_do_is_shown_when_asked(desk: ContactDesk) -> None:
    records.add(desk.path, Actor, {"name": "Anna", "is_me": True}, TUI)
    other = records.add(desk.path, Actor, {"name": "Marco"}, TUI)
    deal(desk, owner_id=other)
    assert not seen(desk)
    assert seen(desk, mine=False)


def test_what_is_not_written_down_is_counted_without_what_is_told_already(desk: ContactDesk) -> None:
    for number in range(5):
        account = records.add(desk.path, Account, {"name": f"Helios {number}"}, TUI)
        deal(desk, account_id=account, next_step="" if number else "call")
    found = moves.found(desk.path, TODAY)
    told = {one.rule: (one.title, one.noun) for one in found.chores}
    assert told[Rule.NO_STEP] == ("4 open opportunities", "opportunities")
    scored, mapped = (sum(one.kind is kind for one in found.best) for kind in (Kind.SCORE, Kind.MAP))
    assert told[Rule.NO_CARD][0].startswith(f"{5 - scored} open opportunit")
    assert told[Rule.UNMAPPED][0].startswith(f"{5 - mapped} account")


def test_names_are_cleaned_text(desk: ContactDesk) -> None:
    records.edit(desk.path, Account, desk.account, {"name": "Acme [/] Ltd"}, TUI)
    person = records.add(desk.path, Person, {"name": "[@click=app.quit]x[/]", "account_id": desk.account}, TUI)
    deal(desk)
    judge(desk, drawn(desk), person)
    (found,) = seen(desk, Kind.CONTACT)
    assert found.title == "Speak to [@click=app.quit]x[/]"
    assert found.where == "Acme [/] Ltd"


def test_p_is_the_same_here_as_where_one_opportunity_is_looked_at(tmp_path: Path) -> None:
    path = tmp_path / "sample.db"
    create_sample(path, TODAY)
    with reading_of(path) as connection:
        settings = kept.get(connection, Workspace, 1)
        deals = field(connection, {"me": None, "today": TODAY.isoformat()}, settings, TODAY).field.deals
        told = winning.estimates(connection, None, TODAY)
        whole = winning.chances(connection, None, TODAY)
    there = [deal for deal in deals if deal.key > 0]
    assert len(there) > 20
    for deal in there:
        assert deal.chance == pytest.approx(told[deal.key].value)
        steps = {term.code: term.step for term in whole[deal.key].terms}
        for step in deal.steps:
            if step.rise:
                assert step.rise == pytest.approx(steps[step.code])
