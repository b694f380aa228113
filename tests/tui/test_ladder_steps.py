from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from hypothesis import given, strategies as st

from crmtui.domain.words import Level
from crmtui.method.ladder import Mark, history
from crmtui.tui import show
from crmtui.tui.widgets.ladder_steps import plot
from relations import TODAY

if TYPE_CHECKING:
    from crmtui.method.ladder import Move

YEAR = dt.timedelta(days=365)


def moves(*levels: Level, every: dt.timedelta = YEAR / 4) -> tuple[Move, ...]:
    begin = TODAY - every * len(levels)
    return history(Mark(begin + every * at, level) for at, level in enumerate(levels))


def drawn(*levels: Level, target: Level | None = None, width: int = 40) -> list[str]:
    return [line.plain for line in plot(moves(*levels), target, TODAY, width)]


def test_levels_go_up_and_time_to_the_right() -> None:
    assert drawn(Level.BUYER, Level.PARTNER, Level.ACCOUNT, target=Level.PARTNER) == [
        "Partner             ┌────────┐         ○",
        "Account             │        └───────── ",
        "Buyer      ─────────┘                   ",
        "Prospect                                ",
        "           12 Jun 2025            today",
    ]


def test_one_assessment_is_a_straight_line() -> None:
    assert drawn(Level.ACCOUNT)[1].count("─") == 28
    assert drawn(Level.ACCOUNT)[0].strip() == "Partner"


def test_only_ascii() -> None:
    show.use_ascii(True)
    try:
        assert "".join(drawn(Level.BUYER, Level.PARTNER, Level.ACCOUNT, target=Level.PARTNER)).isascii()
    finally:
        show.use_ascii(False)


def test_where_nothing_fits_and_where_there_is_nothing_nothing_is_drawn() -> None:
    assert drawn(Level.BUYER, width=30) == []
    assert drawn() == []


@given(
    st.lists(
        st.tuples(st.integers(-2000, 40), st.sampled_from(tuple(Level))), max_size=60, unique_by=lambda one: one[0]
    ),
    st.integers(0, 120),
)
def test_any_history_stays_in_its_width_and_ends_where_it_stands(marks: list[tuple[int, Level]], width: int) -> None:
    found = history(Mark(TODAY + dt.timedelta(days=days), level) for days, level in marks)
    lines = plot(found, None, TODAY, width)
    assert all(line.cell_length <= max(width, 0) for line in lines)
    if lines:
        ends = [line.plain[width - 2] for line in lines[:4]]
        assert [end != " " for end in ends] == [level is found[-1].mark.level for level in reversed(Level)]
