"""Records of delimited text: read many at a time they are what they are one by one."""

from __future__ import annotations

import io

import pytest
from hypothesis import given, strategies as st

from crmtui.exchange.records import RecordError, Records, Stretches

PLAIN = ("a", "b,c", "1,2,3", ",", "\n", "\r\n", "\r", "")
PIECES = (*PLAIN, '"', '""', '"x"', '"y,z"', '"two\nlines"', "'", "'=1", '"\'+39"')
MANY = 3_000  # lines, more than are read at once


def one_by_one(text: str) -> list[tuple[int, list[str], bool] | str]:
    records = Records(io.StringIO(text, newline=""), ",", 5, is_strict=True)
    found: list[tuple[int, list[str], bool] | str] = []
    try:
        found.extend((line, cells, records.is_broken) for line, cells in records)
    except RecordError as error:
        found.append(f"{error.line} {error}")
    return found


def many_at_a_time(text: str) -> list[tuple[int, list[str], bool] | str]:
    stretches = Stretches(io.StringIO(text, newline=""), ",", 5)
    found: list[tuple[int, list[str], bool] | str] = []
    try:
        for lines, records in stretches:
            found.extend((line, cells, stretches.is_broken) for line, cells in zip(lines, records, strict=True))
    except RecordError as error:
        found.append(f"{error.line} {error}")
    return found


@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
def test_many_at_a_time_they_are_the_same(text: str) -> None:
    told = one_by_one(text)
    if told and isinstance(told[-1], str):  # what comes before the fault may not have been given yet
        assert many_at_a_time(text)[-1] == told[-1]
    else:
        assert many_at_a_time(text) == told


@pytest.mark.parametrize("odd", ['"two\nlines",x', "'=1,x", 'a"b,"c"d', "", '"it\'s",x'])
def test_an_odd_line_among_many_changes_no_other(odd: str) -> None:
    plain = [f"{number},Rossi {number}" for number in range(MANY)]
    text = "\n".join((*plain, odd, *plain)) + "\n"
    told = one_by_one(text)
    assert len(told) == 2 * MANY + 1
    assert many_at_a_time(text) == told


def test_a_quote_that_is_never_closed_is_found_behind_many_lines() -> None:
    text = "a,b\n" * MANY + '"c,d\n' + "e,f\n" * MANY
    with pytest.raises(RecordError, match="never closed") as refused:
        list(Stretches(io.StringIO(text, newline=""), ",", 1))
    assert refused.value.line == MANY + 1
