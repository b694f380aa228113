from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest

from contact_desk import NOW, TODAY, TUI, ContactDesk, begin
from crmtui.commands import assessments, contacts, history, records, scorecards
from crmtui.commands.scorecards import Cell
from crmtui.domain.accounts import Account, Competitor
from crmtui.domain.offerings import Offering
from crmtui.domain.opportunities import Opportunity
from crmtui.domain.scorecards import Criterion
from crmtui.domain.whitespace import WhiteSpace
from crmtui.domain.workspace import Actor
from crmtui.queries import lists, moves, today
from crmtui.queries.today import Finding, Rule, Today

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def desk(tmp_path: Path) -> ContactDesk:
    return begin(tmp_path)


def ago(days: int) -> dt.date:
    return TODAY - dt.timedelta(days=days)


def deal(desk: ContactDesk, name: str = "Line 4", **given: Any) -> int:
    fields = {"name": name, "account_id": desk.account, "next_step": "call", "expected_on": ago(-90), **given}
    return records.add(desk.path, Opportunity, fields, TUI)


def score(desk: ContactDesk, opportunity: int, day: dt.date) -> None:
    margin = next(one.id for one in desk.all(Criterion) if one.code == "margin")
    scorecards.score(desk.path, Cell(opportunity, margin), 3, TUI, day)


def seen(desk: ContactDesk, *, mine: bool = True) -> Today:
    return today.page(desk.path, TODAY, mine=mine)


def told(found: tuple[Finding, ...], rule: Rule) -> list[Finding]:
    return [finding for finding in found if finding.rule is rule]


def test_a_new_workspace_has_nothing_for_today(tmp_path: Path) -> None:
    assert seen(begin(tmp_path)).is_empty


def test_contacts_are_overdue_today_or_within_a_week(desk: ContactDesk) -> None:
    late, now, soon = (desk.plan("call", day) for day in (ago(3), TODAY, ago(-7)))
    desk.plan("call", ago(-8))
    contacts.cancel(desk.path, [desk.plan("call", ago(1))], TUI)
    contacts.done(desk.path, [desk.plan("call", ago(2))], "", TUI, NOW)
    found = seen(desk)
    assert [agenda.total for agenda in (found.overdue, found.today, found.coming)] == [1, 1, 1]
    assert [agenda.entries[0].id for agenda in (found.overdue, found.today, found.coming)] == [late, now, soon]


def test_appointments_come_before_what_has_no_time(desk: ContactDesk) -> None:
    whenever = desk.plan("email", TODAY)
    afternoon, morning = desk.plan("meeting", TODAY, time="15:00"), desk.plan("meeting", TODAY, time="9:30")
    assert [entry.id for entry in seen(desk).today.entries] == [morning, afternoon, whenever]


def test_what_belongs_to_others_is_left_out_and_can_be_shown(desk: ContactDesk) -> None:
    me = records.add(desk.path, Actor, {"name": "Anna", "is_me": True}, TUI)
    other = records.add(desk.path, Actor, {"name": "Marco"}, TUI)
    for actor in (me, other, None):
        desk.plan("call", TODAY, actor_id=actor)
    assert (seen(desk).today.total, seen(desk).me, seen(desk).is_mine) == (2, "Anna", True)
    assert (seen(desk, mine=False).today.total, seen(desk, mine=False).is_mine) == (3, False)


def test_contracts_that_end_soon_are_watched_ours_and_those_of_others(desk: ContactDesk) -> None:
    lines = records.add(desk.path, Offering, {"name": "Line [/] study"}, TUI)
    care = records.add(desk.path, Offering, {"name": "Care"}, TUI)
    rival = records.add(desk.path, Competitor, {"name": "Rivalco"}, TUI)
    cells: tuple[dict[str, Any], ...] = (
        {"offering_id": lines, "state": "us", "contract_ends_on": ago(-41)},
        {"offering_id": care, "state": "competitor", "competitor_id": rival, "contract_ends_on": ago(-1)},
    )
    for cell in cells:
        records.add(desk.path, WhiteSpace, {"account_id": desk.account, **cell}, TUI)
    found = told(seen(desk).watch, Rule.CONTRACT)
    assert [one.why for one in found] == [
        "contract with Rivalco ends in 1 day: Care",
        "our contract ends in 41 days: Line [/] study",
    ]
    assert {(one.table, one.key) for one in found} == {("account", desk.account)}
    later = today.page(desk.path, ago(-42), mine=False)
    assert not told(later.watch, Rule.CONTRACT)
    assert len(told(today.page(desk.path, ago(50), mine=False).watch, Rule.CONTRACT)) == 1


def test_without_a_user_everything_is_shown(desk: ContactDesk) -> None:
    other = records.add(desk.path, Actor, {"name": "Marco"}, TUI)
    desk.plan("call", TODAY, actor_id=other)
    assert (seen(desk).today.total, seen(desk).is_mine) == (1, False)


def test_this_week_adds_up_what_is_done_and_planned(desk: ContactDesk) -> None:
    desk.log("meeting", day=dt.date(2026, 3, 9))
    desk.log("call", day=dt.date(2026, 3, 8))
    desk.plan("meeting", dt.date(2026, 3, 15), hours=1.5)
    found = seen(desk).week
    assert (found.monday, found.done, found.planned) == (dt.date(2026, 3, 9), 1, 1)
    assert (found.hours_done, found.hours_planned, found.hours, found.untimed) == (2.0, 1.5, 32.0, 0)


def test_the_pipeline_is_told_by_currency_with_what_is_due_late_and_undated(desk: ContactDesk) -> None:
    deal(desk, value=100, expected_on=dt.date(2026, 3, 31))
    deal(desk, value=50, expected_on=None)
    deal(desk, value=7, currency="CHF", expected_on=ago(1))
    deal(desk, value=1_000, stage="won", closed_on=ago(2))
    found = seen(desk).deals
    assert (found.count, found.values) == (3, ((150, "EUR"), (7, "CHF")))
    assert (found.due, found.late, found.undated) == (1, 1, 1)


def test_the_pipeline_of_the_weeks_before_knows_what_was_open_then(desk: ContactDesk) -> None:
    deal(desk, value=100, opened_on=ago(100))
    deal(desk, value=30, opened_on=ago(100), stage="won", closed_on=ago(10))
    deal(desk, value=5, opened_on=ago(3))
    assert seen(desk).deals.trend == (130, 130, 130, 130, 130, 130, 100, 105)


def test_an_account_with_open_business_goes_quiet_after_two_months(desk: ContactDesk) -> None:
    deal(desk)
    assert [finding.why for finding in told(seen(desk).watch, Rule.UNTOUCHED)] == ["no contact logged yet"]
    desk.log("call", day=ago(71))
    found = told(seen(desk).watch, Rule.QUIET)
    assert [(one.title, one.why, one.table, one.key) for one in found] == [
        ("Aurora Spa", "no contact for 71 days", "account", desk.account)
    ]
    desk.log("call", day=ago(60))
    assert not told(seen(desk).watch, Rule.QUIET)


def test_an_account_without_business_is_left_alone_unless_it_is_a_real_one(desk: ContactDesk) -> None:
    desk.log("call", day=ago(200))
    assert not seen(desk).watch
    records.edit(desk.path, Account, desk.account, {"level": "partner"}, TUI)
    assert told(seen(desk).watch, Rule.QUIET)
    records.edit(desk.path, Account, desk.account, {"status": "closed"}, TUI)
    assert not told(seen(desk).watch, Rule.QUIET)


def test_a_level_that_fell_is_told_until_it_is_back(desk: ContactDesk) -> None:
    def fell() -> list[str]:
        found = today.page(desk.path, dt.datetime.now(dt.UTC).date())
        return [finding.why for finding in told(found.watch, Rule.FALLEN)]

    records.edit(desk.path, Account, desk.account, {"level": "account"}, TUI)
    assert not fell()
    records.edit(desk.path, Account, desk.account, {"level": "buyer"}, TUI)
    assert fell() == ["fell from Account to Buyer 0 days ago"]
    history.undo(desk.path, TUI)
    assert not fell()


def test_a_level_that_fell_between_two_assessments_is_told_with_its_day(desk: ContactDesk) -> None:
    for days, level in ((200, "account"), (20, "buyer")):
        given = {
            "account_id": desk.account,
            "day": ago(days),
            "override_level": level,
            "override_reason": "as we see it",
        }
        assessments.add(desk.path, given, TUI, TODAY)
    (found,) = told(seen(desk).watch, Rule.FALLEN)
    assert (found.title, found.why) == ("Aurora Spa", "fell from Account to Buyer 20 days ago")
    given = {"account_id": desk.account, "override_level": "account", "override_reason": "they came back"}
    assessments.add(desk.path, given, TUI, TODAY)
    assert not told(seen(desk).watch, Rule.FALLEN)


def test_old_scorecards_and_late_closes_of_what_is_open_are_told(desk: ContactDesk) -> None:
    old, late = deal(desk, "Old"), deal(desk, "Late", expected_on=ago(12))
    score(desk, old, ago(31))
    score(desk, late, ago(30))
    found = seen(desk)
    assert [(one.title, one.why, one.key) for one in told(found.watch, Rule.STALE)] == [
        ("Old", "scored 31 days ago", old)
    ]
    assert [(one.title, one.why, one.key) for one in told(found.watch, Rule.LATE)] == [
        ("Late", "expected to close 12 days ago", late)
    ]
    records.edit(desk.path, Opportunity, old, {"stage": "lost", "closed_on": TODAY}, TUI)
    assert not told(seen(desk).watch, Rule.STALE)


def test_thousands_are_told_in_one_line_that_leads_to_the_list(desk: ContactDesk) -> None:
    for number in range(7):
        deal(desk, f"Import {number}", expected_on=None, next_step="")
    found = seen(desk)
    undated = told(found.watch, Rule.UNDATED)
    assert [(one.title, one.why, one.noun) for one in undated] == [
        ("7 open opportunities", "no expected close date", "opportunities")
    ]
    assert len(lists.ids(desk.path, "opportunities", TODAY, filter_text=undated[0].words)) == 7
    assert [one.title for one in told(moves.found(desk.path, TODAY).chores, Rule.NO_STEP)] == ["7 open opportunities"]


@pytest.mark.parametrize("rule", [Rule.NO_STEP, Rule.NO_CARD, Rule.UNMAPPED, Rule.LATE, Rule.UNTOUCHED])
def test_every_line_that_counts_leads_to_those_it_counts(desk: ContactDesk, rule: Rule) -> None:
    for number in range(7):
        account = records.add(desk.path, Account, {"name": f"Firm {number}"}, TUI)
        deal(desk, f"Deal {number}", account_id=account, next_step="", expected_on=ago(5))
    chores = moves.found(desk.path, TODAY).chores
    group = next(one for one in (*chores, *seen(desk).watch) if one.rule is rule and one.noun)
    assert len(lists.ids(desk.path, group.noun, TODAY, filter_text=group.words)) == 7


@pytest.mark.parametrize("day", [dt.date.min, dt.date.max])
def test_the_ends_of_the_calendar_have_a_page_too(desk: ContactDesk, day: dt.date) -> None:
    assert today.page(desk.path, day).day == day
