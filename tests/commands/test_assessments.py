from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from crmtui.commands import assessments, history, records as generic
from crmtui.commands.assessments import Rating
from crmtui.domain.accounts import Account
from crmtui.domain.dmu import Stakeholder
from crmtui.domain.offerings import Order
from crmtui.domain.relationship import Assessment, AssessmentRating
from crmtui.domain.words import Basis, Indicator, Level
from crmtui.errors import ConflictError, InvalidError, NotFoundError
from crmtui.queries import records, workspace
from relations import TODAY, TUI, Relation, begin

if TYPE_CHECKING:
    from pathlib import Path

TOMORROW = TODAY + dt.timedelta(days=1)
MONTH = dt.timedelta(days=30)


@pytest.fixture
def aurora(workspace: Path) -> Relation:
    return begin(workspace)


def kept(aurora: Relation) -> list[Assessment]:
    return records.belonging(aurora.path, Assessment, "account_id", aurora.account)


def ratings(aurora: Relation, assessment_id: int) -> dict[Indicator, AssessmentRating]:
    found = records.belonging(aurora.path, AssessmentRating, "assessment_id", assessment_id)
    return {one.indicator: one for one in found}


def test_the_first_rating_begins_the_first_assessment(aurora: Relation) -> None:
    said = Rating(indicator=Indicator.PROMISES, grade=3, evidence="kept the date of the start-up")
    key = assessments.rate(aurora.path, aurora.account, said, TUI, TODAY)
    assert [one.day for one in kept(aurora)] == [TODAY]
    (rating,) = ratings(aurora, key).values()
    assert (rating.grade, rating.evidence, rating.judged_on, rating.basis) == (
        *(3, "kept the date of the start-up", TODAY),
        Basis.ASSUMED,
    )


def test_on_the_same_day_that_days_is_changed_and_on_another_it_is_copied(aurora: Relation) -> None:
    first = aurora.rate(promises=3)
    assert aurora.rate(product=2) == first
    second = aurora.rate(promises=1, day=TOMORROW)
    assert {one: rating.grade for one, rating in ratings(aurora, first).items()} == {"promises": 3, "product": 2}
    assert {one: rating.grade for one, rating in ratings(aurora, second).items()} == {"promises": 1, "product": 2}
    assert ratings(aurora, second)[Indicator.PRODUCT].judged_on == TODAY


def test_saving_computes_the_level_and_the_account_follows(aurora: Relation) -> None:
    aurora.person("Conti", "Head of purchasing", meetings=1)
    aurora.order()
    aurora.rate(promises=3)
    assert kept(aurora)[0].level is Level.BUYER
    account = aurora.record()
    assert (account.level, account.level_on, account.level_basis) == (Level.BUYER, TODAY, Basis.ASSUMED)


def test_a_level_that_rests_on_nothing_assumed_is_confirmed(aurora: Relation) -> None:
    person = aurora.person("Conti", "", meetings=2)
    generic.edit(aurora.path, Stakeholder, person, {"rank": "general"}, TUI)
    aurora.order()
    sure = [Rating(indicator=one, grade=4, basis=Basis.CONFIRMED) for one in Indicator]
    assessments.assess(aurora.path, aurora.account, TUI, TODAY, ratings=sure)
    assert (aurora.record().level, aurora.record().level_basis) == (Level.PARTNER, Basis.CONFIRMED)


def test_all_of_it_is_one_step_that_undo_takes_back_whole(aurora: Relation) -> None:
    generic.edit(aurora.path, Account, aurora.account, {"level": "partner"}, TUI)
    assessments.rate(aurora.path, aurora.account, Rating(indicator=Indicator.ADVICE, grade=1), TUI, TODAY)
    newest = workspace.next_undo(aurora.path)
    assert newest is not None
    assert newest.label == "Rate Aurora Spa · ability to advise: 1"
    assert aurora.record().level is Level.PROSPECT
    history.undo(aurora.path, TUI)
    assert kept(aurora) == []
    assert aurora.record().level is Level.PARTNER


def test_another_grade_is_assumed_and_nobodys_unless_that_is_said(aurora: Relation) -> None:
    sure = Rating(indicator=Indicator.ADVICE, grade=2, basis=Basis.CONFIRMED, according_to="Conti", evidence="asked us")
    key = assessments.rate(aurora.path, aurora.account, sure, TUI, TODAY)
    assessments.rate(aurora.path, aurora.account, Rating(indicator=Indicator.ADVICE, grade=2), TUI, TODAY)
    assert ratings(aurora, key)[Indicator.ADVICE].basis is Basis.CONFIRMED
    assessments.rate(aurora.path, aurora.account, Rating(indicator=Indicator.ADVICE, grade=3), TUI, TODAY)
    found = ratings(aurora, key)[Indicator.ADVICE]
    assert (found.basis, found.source, found.evidence) == (Basis.ASSUMED, "", "asked us")


def test_evidence_alone_leaves_the_grade(aurora: Relation) -> None:
    key = aurora.rate(advice=2)
    said = Rating(indicator=Indicator.ADVICE, is_graded=False, evidence="asked us", basis=Basis.CONFIRMED)
    assessments.rate(aurora.path, aurora.account, said, TUI, TODAY)
    found = ratings(aurora, key)[Indicator.ADVICE]
    assert (found.grade, found.evidence, found.basis) == (2, "asked us", Basis.CONFIRMED)


def test_unknown_is_not_zero(aurora: Relation) -> None:
    key = aurora.rate(advice=0)
    aurora.rate(advice=None)
    found = ratings(aurora, key)[Indicator.ADVICE]
    assert (found.grade, found.judged_on) == (None, None)


class TestOverride:
    def test_it_holds_with_its_reason(self, aurora: Relation) -> None:
        given = {"override_level": "account", "override_reason": "frame contract signed"}
        assessments.assess(aurora.path, aurora.account, TUI, TODAY, given=given)
        (assessment,) = kept(aurora)
        assert (assessment.level, assessment.override_level) == (Level.PROSPECT, Level.ACCOUNT)
        account = aurora.record()
        assert (account.level, account.level_source) == (Level.ACCOUNT, "frame contract signed")
        assert account.level_basis is Basis.ASSUMED

    @pytest.mark.parametrize(
        "given",
        [
            {"override_level": "account"},
            {"override_level": "account", "override_reason": "  "},
            {"override_reason": "because"},
            {"override_level": "emperor", "override_reason": "because"},
        ],
    )
    def test_without_its_other_half_it_is_refused(self, aurora: Relation, given: dict[str, str]) -> None:
        with pytest.raises(InvalidError):
            assessments.assess(aurora.path, aurora.account, TUI, TODAY, given=given)
        assert kept(aurora) == []

    def test_taken_away_it_takes_its_reason_along(self, aurora: Relation) -> None:
        given = {"override_level": "account", "override_reason": "frame contract signed"}
        assessments.assess(aurora.path, aurora.account, TUI, TODAY, given=given)
        assessments.assess(aurora.path, aurora.account, TUI, TODAY, given={"override_level": None})
        (assessment,) = kept(aurora)
        assert (assessment.override_level, assessment.override_reason) == (None, "")
        assert aurora.record().level is Level.PROSPECT


class TestTarget:
    def test_it_is_the_accounts_own(self, aurora: Relation) -> None:
        generic.edit(aurora.path, Account, aurora.account, {"target_level": "account", "target_on": TOMORROW}, TUI)
        aurora.rate(promises=2)
        assert (kept(aurora)[0].target_level, kept(aurora)[0].target_on) == (Level.ACCOUNT, TOMORROW)
        assessments.assess(aurora.path, aurora.account, TUI, TODAY, given={"target_level": "partner"})
        assert aurora.record().target_level is Level.PARTNER

    def test_one_set_on_the_account_since_is_not_lost(self, aurora: Relation) -> None:
        aurora.rate(promises=2)
        generic.edit(aurora.path, Account, aurora.account, {"target_level": "partner"}, TUI)
        aurora.rate(product=2)
        assert aurora.record().target_level is Level.PARTNER
        assert kept(aurora)[0].target_level is Level.PARTNER


def test_willingness_has_its_circumstances(aurora: Relation) -> None:
    given = {"willingness": 3, "benefit": "one number to call"}
    assessments.assess(aurora.path, aurora.account, TUI, TODAY, given=given)
    (assessment,) = kept(aurora)
    assert (assessment.willingness, assessment.willingness_on, assessment.benefit) == (3, TODAY, "one number to call")
    assessments.assess(aurora.path, aurora.account, TUI, TODAY, given={"willingness": None})
    assert kept(aurora)[0].willingness_on is None


class TestOtherDays:
    def test_a_day_before_is_assessed_as_of_that_day(self, aurora: Relation) -> None:
        """Orders and contacts that came later count for nothing then."""
        aurora.person("Conti", "Head of purchasing", meetings=1)
        aurora.order()
        aurora.rate(promises=3)
        earlier = {"account_id": aurora.account, "day": TODAY - MONTH}
        assessments.add(aurora.path, earlier, TUI, TODAY)
        assert [(one.day, one.level) for one in kept(aurora)] == [
            (TODAY, Level.BUYER),
            (TODAY - MONTH, Level.PROSPECT),
        ]
        assert aurora.record().level is Level.BUYER

    def test_a_day_to_come_and_a_day_twice_are_refused(self, aurora: Relation) -> None:
        aurora.rate(promises=3)
        with pytest.raises(InvalidError, match="day to come"):
            assessments.add(aurora.path, {"account_id": aurora.account, "day": TOMORROW}, TUI, TODAY)
        with pytest.raises(ConflictError):
            assessments.add(aurora.path, {"account_id": aurora.account}, TUI, TODAY)
        with pytest.raises(InvalidError, match="Account"):
            assessments.add(aurora.path, {}, TUI, TODAY)

    def test_editing_computes_anew(self, aurora: Relation) -> None:
        key = aurora.rate(promises=3)
        assessments.edit(aurora.path, key, {"override_level": "buyer", "override_reason": "pays on time"}, TUI, TODAY)
        assert aurora.record().level is Level.BUYER

    def test_what_an_older_one_found_is_kept(self, aurora: Relation) -> None:
        """Whatever is known today of that day: only its own fields change."""
        aurora.person("Conti", "Head of purchasing", meetings=1)
        aurora.order()
        old = aurora.rate(promises=3)
        newest = aurora.rate(promises=4, day=TOMORROW)
        (order,) = records.belonging(aurora.path, Order, "account_id", aurora.account)
        generic.delete(aurora.path, Order, [order.id], TUI)
        assessments.edit(aurora.path, old, {"notes": "after the start-up"}, TUI, TOMORROW)
        assert [one.level for one in kept(aurora) if one.id == old] == [Level.BUYER]
        assessments.edit(aurora.path, newest, {"notes": "the order was a mistake"}, TUI, TOMORROW)
        assert aurora.record().level is Level.PROSPECT

    def test_deleting_brings_back_the_level_before(self, aurora: Relation) -> None:
        given = {"override_level": "account", "override_reason": "frame contract"}
        assessments.assess(aurora.path, aurora.account, TUI, TODAY, given=given)
        newest = aurora.rate(promises=3, day=TOMORROW)
        assessments.edit(aurora.path, newest, {"override_level": None}, TUI, TOMORROW)
        assert aurora.record().level is Level.PROSPECT
        gone = assessments.delete(aurora.path, [newest], TUI)
        assert (gone.count, gone.others) == (1, 1)
        assert aurora.record().level is Level.ACCOUNT
        assessments.delete(aurora.path, [kept(aurora)[0].id], TUI)
        assert aurora.record().level is Level.ACCOUNT, "without any it stays, as entered"


def test_what_cannot_be_rated_changes_nothing(aurora: Relation) -> None:
    with pytest.raises(InvalidError):
        aurora.rate(promises=5)
    with pytest.raises(NotFoundError):
        assessments.assess(aurora.path, 999, TUI, TODAY)
    assert kept(aurora) == []
