"""Where opinions settle, method.md section 2 (Friedkin & Johnsen 1990, 1999)."""

from __future__ import annotations

from typing import Final

import pytest
from hypothesis import given, strategies as st

from crmtui.method.influence import BOSS_STRENGTH, Settled, Tie, listening, settle

A, B, C, D = 1, 2, 3, 4

# Friedkin & Johnsen 1999, the example of four persons who discuss: W with its diagonal, and openness 1 - diag W.
FRIEDKIN_JOHNSEN: Final = (
    (0.220, 0.120, 0.360, 0.300),
    (0.147, 0.215, 0.344, 0.294),
    (0.0, 0.0, 1.0, 0.0),
    (0.090, 0.178, 0.446, 0.286),
)

OPENNESS = st.floats(0, 1) | st.sampled_from([0.0, 0.5, 1.0])
TIES = st.lists(
    st.builds(Tie, st.integers(0, 6), st.integers(0, 6), st.integers(1, 3), is_formal=st.booleans()), max_size=20
)
NETWORKS = st.tuples(st.lists(OPENNESS, min_size=1, max_size=7), TIES, st.floats(0, 1))


def settled(openness: list[float], ties: list[Tie], share: float = 0.5) -> Settled:
    return settle(listening(range(len(openness)), ties, share), openness)


def network(given_: tuple[list[float], list[Tie], float]) -> Settled:
    openness, ties, share = given_
    return settled(openness, ties, share)


# Where opinions settle


def test_the_example_of_friedkin_and_johnsen() -> None:
    """Check of method.md section 2, from Friedkin & Johnsen 1999: four persons end at 60.02, 59.98, 75.00 and 74.99."""
    weights = [dict(enumerate(row)) for row in FRIEDKIN_JOHNSEN]
    found = settle(weights, [1 - FRIEDKIN_JOHNSEN[at][at] for at in range(4)])
    assert found.opinions([25, 25, 75, 85]) == pytest.approx([60.02, 59.98, 75.00, 74.99], abs=0.005)
    assert sum(found.leverages([0.25] * 4)) == pytest.approx(1)


def test_who_listens_to_nobody_keeps_the_own_opinion_whatever_the_openness() -> None:
    found = settled([1, 0.5, 0], [])
    assert found.opinions([0.2, -1, 1]) == [0.2, -1, 1]
    assert (found.held, found.adrift) == ((1, 1, 1), ())


def test_a_listener_ends_between_the_own_attitude_and_the_other() -> None:
    found = settled([0.5, 0.25], [Tie(0, 1)])
    assert found.opinions([1, -1]) == pytest.approx([1, -0.5])
    assert found.leverages([0, 1]) == pytest.approx([0.25, 0.75])


def test_who_is_entirely_open_only_passes_on_what_others_think() -> None:
    found = settled([0.5, 1, 0.5], [Tie(0, 1), Tie(1, 2)])
    assert found.opinions([1, -1, 0]) == pytest.approx([1, 1, 0.5])
    assert found.leverages([0, 0.5, 0.5]) == pytest.approx([0.75, 0, 0.25])


def test_two_who_listen_to_each_other_meet() -> None:
    found = settled([0.5, 0.5], [Tie(0, 1), Tie(1, 0)])
    assert found.opinions([1, -1]) == pytest.approx([1 / 3, -1 / 3])


def test_a_circle_where_nobody_holds_to_anything_agrees_on_the_mean() -> None:
    """DeGroot 1974: each counts as much as the others listen, here alike."""
    found = settled([1, 1, 1], [Tie(0, 1), Tie(1, 2), Tie(2, 0)])
    assert found.adrift == (0, 1, 2)
    assert found.opinions([1, 0, -0.4]) == pytest.approx([0.2, 0.2, 0.2])
    assert found.leverages([1, 0, 0]) == pytest.approx([1 / 3, 1 / 3, 1 / 3])


def test_a_circle_that_listens_to_one_who_holds_on_comes_to_that_opinion() -> None:
    found = settled([1, 1, 0.2], [Tie(0, 1), Tie(1, 0), Tie(2, 0)])
    assert found.adrift == ()
    assert found.opinions([-1, -1, 0.5]) == pytest.approx([0.5, 0.5, 0.5])


@given(NETWORKS)
def test_leverages_are_a_share_of_the_rights(given_: tuple[list[float], list[Tie], float]) -> None:
    found = network(given_)
    for at in range(len(found.held)):
        rights = [float(at == other) for other in range(len(found.held))]
        leverages = found.leverages(rights)
        assert min(leverages) >= 0
        assert sum(leverages) == pytest.approx(1)


@given(NETWORKS, st.lists(st.floats(-1, 1), min_size=7, max_size=7))
def test_opinions_are_means_of_attitudes_and_both_ways_of_weighing_agree(
    given_: tuple[list[float], list[Tie], float], attitudes: list[float]
) -> None:
    found = network(given_)
    attitudes = attitudes[: len(found.held)]
    opinions = found.opinions(attitudes)
    assert min(attitudes) - 1e-9 <= min(opinions) <= max(opinions) <= max(attitudes) + 1e-9
    for at, opinion in enumerate(opinions):
        leverages = found.leverages([float(at == other) for other in range(len(opinions))])
        weighed = sum(leverage * attitude for leverage, attitude in zip(leverages, attitudes, strict=True))
        assert weighed == pytest.approx(opinion, abs=1e-9)


# Who listens to whom


def test_a_tie_runs_from_who_is_listened_to() -> None:
    assert listening((A, B), [Tie(A, B)], 0.5) == ({}, {0: 1})


def test_strengths_count_against_the_others_of_their_kind() -> None:
    rows = listening((A, B, C), [Tie(A, C, 1), Tie(B, C, 3)], 0.5)
    assert rows[2] == {0: 0.25, 1: 0.75}


@pytest.mark.parametrize(
    ("share", "row"), [(0.5, {0: 0.5, 1: 0.5}), (0.25, {0: 0.75, 1: 0.25}), (0, {0: 1}), (1, {1: 1})]
)
def test_formal_and_informal_influence_are_mixed_by_their_share(share: float, row: dict[int, float]) -> None:
    ties = [Tie(A, C, 1, is_formal=True), Tie(B, C, 3)]
    assert listening((A, B, C), ties, share)[2] == pytest.approx(row)


@pytest.mark.parametrize("is_formal", [True, False])
@pytest.mark.parametrize("share", [0, 0.5, 1])
def test_who_is_influenced_in_one_kind_only_listens_to_that_alone(share: float, *, is_formal: bool) -> None:
    assert listening((A, B), [Tie(A, B, 1, is_formal=is_formal)], share)[1] == {0: 1}


def test_the_same_two_may_be_tied_both_ways_and_in_both_kinds() -> None:
    ties = [Tie(A, B, 3), Tie(B, A, 1), Tie(A, B, 1, is_formal=True), Tie(C, B, 3, is_formal=True)]
    rows = listening((A, B, C), ties, 0.5)
    assert rows[0] == {1: 1}
    assert rows[1] == pytest.approx({0: 0.5 * 0.25 + 0.5, 2: 0.5 * 0.75})


def test_two_ties_of_a_kind_between_the_same_two_are_the_stronger_one() -> None:
    ties = [Tie(A, C, 1), Tie(A, C, BOSS_STRENGTH), Tie(B, C, 2)]
    assert listening((A, B, C), ties, 0.5)[2] == {0: 0.5, 1: 0.5}


@pytest.mark.parametrize("tie", [Tie(A, A), Tie(A, D), Tie(D, A), Tie(A, B, 0)])
def test_a_tie_with_oneself_with_a_stranger_or_without_strength_is_none(tie: Tie) -> None:
    assert listening((A, B), [tie], 0.5) == ({}, {})


@given(NETWORKS)
def test_who_listens_to_somebody_listens_once(given_: tuple[list[float], list[Tie], float]) -> None:
    openness, ties, share = given_
    for row in listening(range(len(openness)), ties, share):
        assert not row or sum(row.values()) == pytest.approx(1)
