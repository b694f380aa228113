"""How an account is served beside the accepted plan of the territory."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from crmtui.method.served import service
from crmtui.method.territory_plan import Served

HOURS = st.floats(0, 1_000)
SHARE = st.floats(0, 1)


@pytest.mark.parametrize(
    ("hours", "done", "planned", "share", "served"),
    [
        (20, 5, 14, 0.5, Served.RIGHT),  # behind the pace, but what is planned makes up for it
        (20, 5, 4, 0.5, Served.UNDER),
        (20, 5, 4, 0.3, Served.RIGHT),  # less is planned than is given, and there is time to plan more
        (20, 8, 0, 0.5, Served.RIGHT),  # two hours are the slack of twenty
        (20, 18, 4, 0.5, Served.RIGHT),
        (20, 18, 4.1, 0.5, Served.OVER),
        (3, 2, 2, 0.5, Served.RIGHT),  # an hour is the least slack
        (3, 2, 2.5, 0.5, Served.OVER),
        (0, 0, 0, 1, Served.RIGHT),
        (0, 2, 0, 1, Served.OVER),
        (20, 0, 0, 0, Served.RIGHT),  # nothing is due on the day before
    ],
)
def test_who_gets_too_little_and_too_much(
    hours: float, done: float, planned: float, share: float, served: Served
) -> None:
    assert service(hours, done, planned, share).served is served


@given(HOURS, HOURS, HOURS, SHARE)
def test_nobody_with_just_the_hours_is_off_and_more_never_makes_too_little(
    hours: float, done: float, more: float, share: float
) -> None:
    assert service(done + more, done, more, share).served is Served.RIGHT
    if service(hours, done, 0, share).served is not Served.UNDER:
        assert service(hours, done + more, 0, share).served is not Served.UNDER


@pytest.mark.parametrize("wrong", [(-1, 0, 0, 0.5), (1, 0, 0, 1.5)])
def test_what_cannot_be_is_refused(wrong: tuple[float, float, float, float]) -> None:
    with pytest.raises(ValueError, match="make no plan"):
        service(*wrong)
