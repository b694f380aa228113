"""Transition probabilities with a Dirichlet prior, method.md section 5."""

from __future__ import annotations

import math

import pytest
from hypothesis import given

from chains import chains, counted
from crmtui.method.chain import STRENGTH, Chain, believed, chain
from crmtui.method.transitions import LADDER, LOST, Counts

NOTHING = counted({})


@given(chains())
def test_rows_sum_to_one(found: Chain) -> None:
    for row in found.rows:
        assert math.fsum(row) == pytest.approx(1, abs=1e-12)
        assert min(row) >= 0


def test_without_history_the_belief_comes_back() -> None:
    found = chain(NOTHING)
    assert found.rows == believed(LADDER, {LOST})
    assert found.rows[1] == pytest.approx((0.1, 0.7, 0.1, 0.0, 0.1))
    assert found.rows[0] == pytest.approx((0.8, 0.1, 0.0, 0.0, 0.1))
    assert found.rows[-1] == (0, 0, 0, 0, 1)
    assert found.completeness == 0


def test_fifty_transitions_own_nine_tenths_of_their_row() -> None:
    found = chain(counted({"buyer": {"buyer": 25, "account": 25}}))
    assert found.rows[1] == pytest.approx(
        [
            (one + STRENGTH * share) / 55
            for one, share in zip((0, 25, 25, 0, 0), believed(LADDER, {LOST})[1], strict=True)
        ]
    )
    assert found.completeness == pytest.approx(50 / 55 / 4)


def test_what_lost_customers_did_later_is_no_transition() -> None:
    assert chain(counted({LOST: {"buyer": 3}})).rows[-1] == (0, 0, 0, 0, 1)


def test_the_variance_of_a_row_is_dirichlets() -> None:
    found = chain(counted({one: {one: 6, LOST: 4} for one in LADDER[:-1]}), strength=0)
    assert found.variance(1, (0, 1, 0, 0, 0)) == pytest.approx(0.6 * 0.4 / 11)
    assert found.variance(4, (1, 2, 3, 4, 5)) == 0


@pytest.mark.parametrize(
    ("counts", "options", "said"),
    [
        (NOTHING, {"strength": 0}, "nothing is counted and nothing is believed of state 1"),
        (NOTHING, {"strength": -1}, "cannot be worth -1"),
        (NOTHING, {"strength": math.nan}, "cannot be worth nan"),
        (NOTHING, {"belief": [[1.0] * 5] * 5}, "sum to 1"),
        (NOTHING, {"belief": [[1.0]]}, "a row for each state"),
        (Counts(("a", LOST), ((-1.0, 2.0), (0.0, 0.0))), {}, "not numbers of at least 0"),
    ],
)
def test_what_makes_no_probabilities_is_refused(counts: Counts, options: dict[str, float], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        chain(counts, **options)  # type: ignore[arg-type]  # one of either


def test_a_belief_is_made_of_shares() -> None:
    with pytest.raises(ValueError, match="no shares of one whole"):
        believed(LADDER, {LOST}, step=0.5, loss=0.2)
