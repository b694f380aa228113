from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from crmtui.commands import assessments, opportunities, records as generic, workspace
from crmtui.domain.accounts import Account
from crmtui.domain.action_plan import PlanAction
from crmtui.domain.offerings import Order
from crmtui.domain.words import Indicator, Level, Rank
from crmtui.domain.workspace import Workspace
from crmtui.errors import NotFoundError
from crmtui.method.gates import Gate, Name, State
from crmtui.queries import accounts, climbing, lists, relationship, relationship_words as words
from crmtui.queries.accounts import EventKind, Subject
from crmtui.store.reading.assessments import willingness
from crmtui.store.reading.connections import reading
from relations import TODAY, TUI, Relation, begin

if TYPE_CHECKING:
    from pathlib import Path

    from crmtui.queries.relationship import RelationshipPage

MONTH = dt.timedelta(days=30)


@pytest.fixture
def aurora(workspace: Path) -> Relation:
    return begin(workspace)


def gate(page: RelationshipPage, name: Name) -> Gate:
    return next(one for one in page.standing.ladder.gates if one.name is name)


def test_before_the_first_assessment_everything_is_unknown_and_the_level_as_entered(aurora: Relation) -> None:
    generic.edit(aurora.path, Account, aurora.account, {"level": "partner"}, TUI)
    page = aurora.page()
    assert (page.assessment, page.moves, page.is_as_entered, page.has_drifted) == (None, (), True, False)
    assert len(page.ratings) == 20
    assert {one.grade for one in page.ratings.values()} == {None}
    assert page.standing.ladder.level is Level.PROSPECT
    assert page.standing.strength.value is None


def test_the_cover_of_a_gate_is_four_times_k_of_the_best_of_that_rank(aurora: Relation) -> None:
    """method.md sections 1 and 2: one meeting covers k = 0.6; with a relationship of 1 it is at most 2/5."""
    aurora.person("Conti", "Head of purchasing", meetings=1)
    aurora.person("Ferrari", "Managing director", meetings=1, known=1)
    page = aurora.page()
    assert gate(page, Name.BUYER_COVER).value == pytest.approx(4 * 0.6)
    assert gate(page, Name.PARTNER_COVER).value == pytest.approx(4 * 0.4)
    conti, ferrari = page.standing.people.values()
    assert (conti.rank, conti.is_assumed, ferrari.rank) == (Rank.HEAD, True, Rank.GENERAL)
    assert page.standing.coverage is not None


def test_what_was_won_counts_as_an_order_where_none_was_written_down(aurora: Relation) -> None:
    won = {"name": "Line 4", "account_id": aurora.account, "stage": "won", "reason": "fit", "lesson": "start early"}
    key = opportunities.add(aurora.path, won, TUI, TODAY)
    assert aurora.page().standing.orders == 1
    order = aurora.order()
    assert aurora.page().standing.orders == 2
    generic.edit(aurora.path, Order, order, {"opportunity_id": key}, TUI)
    assert aurora.page().standing.orders == 1
    generic.edit(aurora.path, Order, order, {"status": "cancelled"}, TUI)
    assert aurora.page().standing.orders == 0, "it was ordered, and cancelled"


def test_a_level_entered_since_is_told_from_an_assessed_one(aurora: Relation) -> None:
    aurora.rate(promises=3)
    assert not aurora.page().is_as_entered
    generic.edit(aurora.path, Account, aurora.account, {"level": "partner"}, TUI)
    assert aurora.page().is_as_entered


def test_what_the_gates_say_today_is_told_from_what_was_kept(aurora: Relation) -> None:
    aurora.person("Conti", "Head of purchasing", meetings=1)
    aurora.order()
    aurora.rate(promises=3)
    later = aurora.page(TODAY + 12 * MONTH)
    assert later.has_drifted
    assert later.standing.ladder.computed is Level.PROSPECT, "the contacts have faded"
    assert later.account.level is Level.BUYER


def test_older_assessments_are_kept_and_regressions_shown(aurora: Relation) -> None:
    given = {"override_level": "account", "override_reason": "frame contract"}
    old = assessments.assess(aurora.path, aurora.account, TUI, TODAY - MONTH, given=given)
    assessments.assess(aurora.path, aurora.account, TUI, TODAY, given={"override_level": None})
    page = aurora.page()
    assert [(move.mark.level, move.steps) for move in page.moves] == [(Level.ACCOUNT, None), (Level.PROSPECT, -2)]
    assert page.moves[1].is_regression
    older = aurora.page(assessment_id=old)
    assert not older.is_latest
    assert older.standing.ladder.override is not None
    with pytest.raises(NotFoundError):
        aurora.page(assessment_id=999)


def test_the_thresholds_are_the_workspaces(aurora: Relation) -> None:
    aurora.rate(performance=2, expertise=2, integration=2)
    assert gate(aurora.page(), Name.ACCOUNT_RECOGNITION).state is State.MISSING
    workspace.configure(aurora.path, {"gate_account_recognition": 1.5}, TUI)
    assert gate(aurora.page(), Name.ACCOUNT_RECOGNITION).state is State.MET
    assert aurora.page().benchmarks[Name.ACCOUNT_RECOGNITION] == pytest.approx(1.5)


def test_the_weights_of_the_strength_are_the_workspaces(aurora: Relation) -> None:
    aurora.rate(performance=4, professional=2)
    assert aurora.page().standing.strength.value == pytest.approx(100 * (0.4 * 1 + 0.3 * 0.5) / 0.7)
    workspace.configure(aurora.path, {"weight_recognition": 1, "weight_bonds": 3}, TUI)
    assert aurora.page().standing.strength.value == pytest.approx(100 * (1 * 1 + 3 * 0.5) / 4)


def test_what_is_planned_for_a_gate_is_beside_it(aurora: Relation) -> None:
    given = {"account_id": aurora.account, "name": "Ask Conti", "gate": "account_bonds"}
    generic.add(aurora.path, PlanAction, given, TUI)
    (action,) = aurora.page().actions["account_bonds"]
    assert (action.name, action.is_done) == ("Ask Conti", False)


def test_regraded_is_what_will_be_read_back(aurora: Relation) -> None:
    aurora.rate(performance=3, expertise=3)
    shown = relationship.regraded(aurora.page(), Indicator.INTEGRATION, 4, TODAY)
    aurora.rate(integration=4)
    read = aurora.page()
    assert shown.standing == read.standing
    assert shown.ratings == read.ratings


def test_all_accounts_at_once_are_as_each_alone(aurora: Relation) -> None:
    other = begin_other(aurora)
    aurora.person("Conti", "Head of purchasing", meetings=1)
    aurora.order()
    aurora.rate(promises=3, professional=2)
    found = relationship.standings(aurora.path, TODAY)
    assert found[aurora.account] == aurora.page().standing
    assert found[other].strength.value is None
    with reading(aurora.path) as connection:
        covers = {key: one.cover / 4 for key, one in found[aurora.account].people.items()}
        ladders = climbing.Ladders(connection, [aurora.account, other], covers, Workspace(), TODAY)
        assert ladders.of(aurora.account) == found[aurora.account].ladder
        assert ladders.of(other) == found[other].ladder
        assert ladders.missing(other) == ("buyer_orders", "buyer_cover")
        assert willingness(connection) == {aurora.account: None}


def begin_other(aurora: Relation) -> int:
    return generic.add(aurora.path, Account, {"name": "Helios"}, TUI)


class TestWords:
    def test_a_missing_gate_says_how_far_and_through_whom(self, aurora: Relation) -> None:
        aurora.person("Conti", "Head of purchasing", meetings=1, known=0)
        page = aurora.page()
        cover = gate(page, Name.BUYER_COVER)
        assert words.measured(cover) == "0.8 of 1"
        assert words.missing(cover, page.standing.people) == "best covered: Conti; 0.2 missing"
        assert words.action(cover) == "Get to know the head of the area or of purchasing better (0.8 of 1)"
        assert words.missing(gate(page, Name.BUYER_ORDERS), {}) == "no order yet"

    def test_an_unknown_gate_says_what_to_find_out(self, aurora: Relation) -> None:
        aurora.rate(performance=4, expertise=1)
        page = aurora.page()
        recognised = gate(page, Name.ACCOUNT_RECOGNITION)
        assert words.missing(recognised, {}) == (
            "lowest: know-how and expertise 1; not rated: work and integration process"
        )
        support = gate(page, Name.PARTNER_RECOGNITION)
        assert words.measured(support) == "? of 3"
        assert words.action(support) == "Be recognised as strategic support: find out first"
        assert "nobody of that rank" in words.missing(gate(page, Name.PARTNER_COVER), {})

    def test_questions_name_what_nobody_knows(self, aurora: Relation) -> None:
        aurora.person("Conti", "Master fitter")
        page = aurora.page()
        asked = [words.question(one, page.standing.people) for one in page.standing.ladder.questions]
        assert "Who is there: head of an area, purchasing manager?" in asked
        assert "Whose key people is Conti?" in asked
        assert "How does it rate us: ability to advise?" in asked

    def test_a_figure_is_never_rounded_up_to_what_is_not_there(self) -> None:
        assert words.figure(2.99) == "2.9"
        assert words.figure(3.0) == "3"
        assert words.figure(None) == "?"


def test_the_list_is_newest_first(aurora: Relation) -> None:
    first = aurora.rate(promises=4, day=TODAY - MONTH)
    second = aurora.rate(product=2)
    assert list(lists.ids(aurora.path, "assessments", TODAY)) == [second, first]
    assert list(lists.ids(aurora.path, "assessments", TODAY, filter_text="aurora level:prospect")) == [second, first]
    cells = dict(zip([one.key for one in lists.columns("assessments")],
        lists.rows(aurora.path, "assessments", [second], TODAY)[second], strict=True))  # fmt: skip
    assert (cells["account"], cells["level"], cells["rated"]) == ("Aurora Spa", "prospect", pytest.approx(0.1))


def test_assessments_are_in_the_timeline_and_a_level_is_told_once(aurora: Relation) -> None:
    given = {"override_level": "account", "override_reason": "frame contract"}
    assessments.assess(aurora.path, aurora.account, TUI, TODAY - MONTH, given=given)
    assessments.assess(aurora.path, aurora.account, TUI, TODAY, given={"override_level": None, "notes": "it ended"})
    subject = Subject("account", aurora.account)
    found = accounts.event_rows(aurora.path, accounts.event_keys(aurora.path, subject))
    told = [found[key] for key in accounts.event_keys(aurora.path, subject)]
    assert [(one.kind, one.about, one.status, one.text, one.more) for one in told] == [
        (EventKind.ASSESSMENT, "account", "prospect", "it ended", ""),
        (EventKind.ASSESSMENT, "", "account", "", "frame contract"),
    ]
    assert len(accounts.event_keys(aurora.path, subject, words="frame")) == 1
