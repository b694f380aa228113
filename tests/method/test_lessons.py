"""What is learnt from what ended, method.md section 7: reasons, findings, effort, moves, weights, channels."""

from __future__ import annotations

import datetime as dt

import pytest

from crmtui.domain.words import Level
from crmtui.method.effort import Effort, against, moves
from crmtui.method.ladder import Mark, history
from crmtui.method.lessons import Ended, reasons, shared
from crmtui.method.revision import Change, Use, channels, weights
from crmtui.method.winrate import Model
from crmtui.method.winrate_learning import Outcome, learn
from outcomes import deals


def ended(count: int, first: int, is_won: bool, *findings: str) -> list[Ended]:
    return [Ended(first + at, is_won, findings=frozenset(findings)) for at in range(count)]


def test_reasons_are_counted_however_they_are_written() -> None:
    found = reasons(
        [
            Ended(1, is_won=False, reason="Price"),
            Ended(2, is_won=False, reason=" price. "),
            Ended(3, is_won=False, reason="Perché no"),
            Ended(4, is_won=False, reason="perche  no"),
            Ended(5, is_won=False, reason="PRICE"),
            Ended(6, is_won=True, reason="Trust"),
            Ended(7, is_won=True),
        ]
    )
    assert [(one.text, one.share.count, one.share.of) for one in found.lost] == [("Price", 3, 5), ("Perché no", 2, 5)]
    assert found.lost[0].keys == (1, 2, 5)
    assert [one.text for one in found.won] == ["Trust"]
    assert (found.silent.count, found.silent.of) == (1, 7)


def test_what_the_lost_shared_is_a_lesson_only_where_the_won_had_it_less() -> None:
    cases = [
        *ended(30, 0, False, "no_decider", "no_opponent"),
        *ended(10, 100, False, "no_opponent"),
        *ended(5, 200, True, "no_decider", "no_opponent"),
        *ended(35, 300, True, "no_opponent"),
    ]
    first, second = shared(cases)
    assert (first.code, first.lost.count, first.won.count, first.is_lesson) == ("no_decider", 30, 5, True)
    assert first.difference.value == pytest.approx(0.75 - 0.125)
    assert (second.code, second.is_lesson) == ("no_opponent", False)
    assert first.keys == tuple(range(30))


def test_where_all_were_lost_nothing_is_a_lesson() -> None:
    found = shared(ended(9, 0, False, "rival"))
    assert not found[0].is_lesson
    assert found[0].difference.value is None


def test_maps_that_nobody_drew_count_for_nothing() -> None:
    found = shared([*ended(3, 0, False, "rival"), Ended(9, is_won=False), Ended(10, is_won=True, findings=frozenset())])
    assert (found[0].lost.of, found[0].won.of) == (3, 1)


def test_nothing_has_ended() -> None:
    assert shared([]) == ()
    assert reasons([]).silent.value is None


def test_plan_against_what_was_done() -> None:
    found = against([Effort(1, 10, 4, 0), Effort(2, 5, 5, 1), Effort(3, 0, 0, 3), Effort(4, 2, 1, 1)])
    assert (found.planned, found.done, found.unplanned) == (17, 10, 5)
    assert found.ratio == pytest.approx(10 / 17)
    assert found.under == (1,)
    assert found.over == (3, 2)
    assert against([]).ratio is None


def test_moves_on_the_ladder() -> None:
    day = dt.date.fromisoformat
    told = {
        1: [Mark(day("2024-01-01"), Level.BUYER), Mark(day("2025-06-01"), Level.PARTNER)],
        2: [Mark(day("2024-01-01"), Level.ACCOUNT), Mark(day("2025-06-01"), Level.BUYER)],
        3: [Mark(day("2024-01-01"), Level.BUYER)],
        4: [Mark(day("2025-02-01"), Level.BUYER), Mark(day("2025-06-01"), Level.ACCOUNT)],
        5: [Mark(day("2024-01-01"), Level.BUYER), Mark(day("2025-02-01"), Level.BUYER)],
    }
    found = moves({key: history(marks) for key, marks in told.items()}, day("2024-12-31"), day("2025-12-31"))
    assert (found.risen, found.fallen, found.unseen) == ((1,), (2,), 1)
    assert (found.up.count, found.up.of, found.down.count) == (1, 3, 1)
    assert found.rows[Level.BUYER][Level.PARTNER] == 1
    assert found.rows[Level.BUYER][Level.BUYER] == 1


def test_a_weight_that_outcomes_contradict_comes_first() -> None:
    told = [
        Outcome(at % 2 == 0, {"need": 2.0, "price": 1.0}, {"need": 1 + (at % 2) * 2 + at % 3 / 2, "price": 2})
        for at in range(40)
    ]
    found = weights(learn(told[:10]), told)
    assert [(one.code, one.change) for one in found] == [("need", Change.CONTRADICTED), ("price", None)]
    assert found[0].difference.value == pytest.approx((found[0].won or 0) - (found[0].lost or 0))
    assert found[0].count == 40
    assert found[0].learnt is None


def test_learnt_weights_say_what_counts_less_and_more() -> None:
    told = deals(400, effects=(3.0, 1.0, 0.0))
    found = {one.code: one for one in weights(learn(told), told)}
    assert found["values"].change in (Change.LESS, Change.CONTRADICTED)
    assert found["need"].learnt == pytest.approx(found["need"].weight * (found["need"].factor or 0))
    assert found["need"].factor is not None
    assert found["need"].factor > 1.5
    stronger = weights(Model(0, 1, (1, 0, 1), 0.3, factors={"need": 2.5}), told)
    assert [one.change for one in stronger if one.code == "need"] == [Change.MORE]


def test_few_grades_and_one_class_contradict_nothing() -> None:
    told = [Outcome(is_won=False, weights={"need": 1.0}, grades={"need": 4.0})] * 30
    assert weights(learn(told), told)[0].change is None
    assert weights(learn([]), []) == ()


def test_channels_that_cost_much_and_cover_little() -> None:
    found = channels([Use(1, 20, 8000, 2.0), Use(2, 40, 1000, 6.0), Use(3, 2, 1000, 0.0)])
    assert [(one.use.key, one.is_poor) for one in found] == [(1, True), (3, False), (2, False)]
    assert found[0].cost == pytest.approx(0.8)
    assert found[0].covered == pytest.approx(0.25)


def test_channels_that_cost_nothing_or_cover_nothing() -> None:
    assert channels([Use(1, 9, 0, 1.0)]) == ()
    assert channels([Use(1, 9, 10, 0.0)])[0].is_poor
    assert channels([]) == ()
