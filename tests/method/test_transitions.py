"""Transitions from dated histories, method.md section 5."""

from __future__ import annotations

import datetime as dt

import pytest

from crmtui.method.transitions import LADDER, LOST, Counts, Period, Track, count, months_before

TODAY = dt.date(2026, 3, 12)


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def track(*marks: tuple[str, str], signs: tuple[str, ...] = ()) -> Track:
    return Track(tuple((day(when), state) for when, state in marks), tuple(day(when) for when in signs))


def of(counts: Counts, before: str, after: str) -> float:
    return counts.rows[counts.states.index(before)][counts.states.index(after)]


def test_years_are_counted_back_from_today() -> None:
    found = count([track(("2023-03-12", "buyer"), ("2024-05-01", "account"), ("2025-06-01", "account"))], TODAY)
    assert found.total == 2
    assert of(found, "buyer", "account") == 1
    assert of(found, "account", "account") == 1
    assert (found.carried, found.unseen) == (0, 1)
    assert found.completeness == pytest.approx(2 / 3)


def test_a_level_holds_where_there_is_a_sign_of_the_account_and_that_is_said() -> None:
    marks = (("2022-01-10", "buyer"),)
    silent, alive = count([track(*marks)], TODAY), count([track(*marks, signs=("2024-05-01",))], TODAY)
    assert (silent.total, silent.unseen) == (0, 4)
    assert (alive.total, alive.carried, alive.unseen) == (1, 1, 3)
    assert alive.completeness == 0


def test_a_loss_counts_from_the_last_known_state_and_ends_the_history() -> None:
    found = count([track(("2019-01-10", "partner"), ("2024-06-01", LOST), ("2025-06-01", "buyer"))], TODAY)
    assert found.total == 1
    assert of(found, "partner", LOST) == 1


def test_a_loss_wins_over_a_judgement_of_the_same_period() -> None:
    found = count([track(("2025-01-10", "buyer"), ("2025-06-01", LOST), ("2025-07-01", "account"))], TODAY)
    assert of(found, "buyer", LOST) == 1


def test_quarters() -> None:
    marks = [("2025-03-01", "prospect"), ("2025-05-01", "buyer"), ("2025-08-01", "buyer"), ("2025-12-13", "account")]
    found = count([track(*marks)], TODAY, Period.QUARTER)
    assert found.total == 3
    assert (of(found, "prospect", "buyer"), of(found, "buyer", "buyer"), of(found, "buyer", "account")) == (1, 1, 1)
    assert found.unseen == 1


def test_the_rate_of_a_quarter_is_the_yearly_one_four_times() -> None:
    assert (1 + Period.QUARTER.rate(0.15)) ** 4 == pytest.approx(1.15)
    assert Period.YEAR.rate(0.15) == pytest.approx(0.15)


@pytest.mark.parametrize(
    "tracks",
    [[], [Track(())], [track(("2026-01-01", "buyer"))], [track(("2027-01-01", "buyer"))], [Track((), (TODAY,))]],
    ids=["nobody", "never judged", "less than a period", "a day to come", "signs alone"],
)
def test_without_history_nothing_is_counted(tracks: list[Track]) -> None:
    found = count(tracks, TODAY)
    assert found.total == 0
    assert found.completeness is None


def test_days_that_months_do_not_have() -> None:
    assert months_before(day("2024-02-29"), 12) == day("2023-02-28")
    assert months_before(day("2026-05-31"), 3) == day("2026-02-28")
    assert months_before(dt.date(1, 3, 1), 12) == dt.date.min


def test_a_history_as_old_as_dates_go_does_not_run_for_ever() -> None:
    assert count([Track(((dt.date.min, "buyer"), (TODAY, "buyer")))], TODAY, Period.QUARTER).total == 1


def test_states_of_the_user() -> None:
    found = count([track(("2024-01-01", "green"), ("2025-06-01", "red"))], TODAY, states=("red", "green"), absorbing=())
    assert of(found, "green", "red") == 1


@pytest.mark.parametrize(
    ("tracks", "states", "said"),
    [
        ([track(("2024-01-01", "friend"), ("2025-06-01", "buyer"))], LADDER, "'friend' is none of the states"),
        ([], ("lost",), "two states or more"),
        ([], ("buyer", "buyer", "lost"), "each named once"),
        ([], ("buyer", "gone"), "'lost' is none of the states"),
    ],
)
def test_what_makes_no_chain_is_refused(tracks: list[Track], states: tuple[str, ...], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        count(tracks, TODAY, states=states)
