"""The short way of checking many values is the long way of checking one."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings, strategies as st

from crmtui.domain import values
from crmtui.domain.accounts import Account
from crmtui.domain.checked import Checked, checked, checker
from crmtui.domain.fields import specs
from crmtui.domain.nouns import RECORDS
from crmtui.domain.people import Person, PersonEmail
from crmtui.domain.words import Basis, Level
from hostile import STRINGS

if TYPE_CHECKING:
    from crmtui.domain.fields import Spec

SPECS = [spec for kind in RECORDS for spec in specs(kind).values()]
VALUES = (
    st.none()
    | st.booleans()
    | st.integers(-3, 5)
    | st.integers()
    | st.floats()
    | st.text()
    | st.sampled_from(["", " ", "EUR", "eur ", *Basis, *Level, "assumed", "partner", (), (Basis.ASSUMED,)])
    | st.sampled_from(sorted(STRINGS.values(), key=len)[:-3])
    | st.dates()
    | st.datetimes(timezones=st.just(dt.UTC))
)


def long_way(spec: Spec, value: values.Value) -> values.Value:
    return values.plain(spec, values.check(spec, value))


def outcome(spec: Spec, value: values.Value, *, short: bool) -> tuple[type, object]:
    try:
        found = checker(spec)(value) if short else long_way(spec, value)
    except (ValueError, TypeError) as error:
        return type(error), str(error)
    return type(found), found


@settings(max_examples=400)
@given(st.sampled_from(SPECS), VALUES)
def test_both_ways_agree_on_every_field(spec: Spec, value: values.Value) -> None:
    assert outcome(spec, value, short=True) == outcome(spec, value, short=False)


def outcomes(spec: Spec, column: list[values.Value]) -> list[tuple[type, object]]:
    """Of each value, or of the first that is wrong."""
    found = [outcome(spec, value, short=False) for value in column]
    wrong = [one for one in found if issubclass(one[0], Exception)]
    return wrong[:1] or found


@settings(max_examples=400)
@given(st.sampled_from(SPECS), st.lists(st.integers(-3, 5)) | st.lists(VALUES, max_size=4), VALUES, st.integers(0, 3))
def test_a_column_is_what_each_of_its_values_is(
    spec: Spec, column: list[values.Value], same: values.Value, times: int
) -> None:
    for given_ in (column, [same] * times):
        try:
            told: list[tuple[type, object]] = [(type(value), value) for value in checked(spec, given_)]
        except (ValueError, TypeError) as error:
            told = [(type(error), str(error))]
        assert told == outcomes(spec, given_)


@pytest.mark.parametrize("column", [[1, 2, -1], [-1, 2, 1], [1, 2, 2**63]])
def test_whole_numbers_that_are_too_small_or_too_large_are_found_among_others(column: list[values.Value]) -> None:
    employees = specs(Account)["employees"]
    assert checked(employees, [1, 2, 3]) == [1, 2, 3]
    with pytest.raises(ValueError, match=r"below 0|too large"):
        checked(employees, column)


def test_a_checked_column_is_not_checked_again_but_for_another_field() -> None:
    name, address = specs(Person)["name"], specs(PersonEmail)["address"]
    column = checked(name, ["A" * 400])
    assert checked(name, column) is column
    with pytest.raises(ValueError, match="at most 320"):
        checked(address, column)


def test_blanks_are_filled_and_places_picked() -> None:
    column = Checked(specs(Person)["title"], ["Buyer", None, "Engineer"])
    assert column.filled("") == ["Buyer", "", "Engineer"]
    assert column.picked([2, 0]) == ["Engineer", "Buyer"]
    assert column.picked([2]).spec is column.spec
