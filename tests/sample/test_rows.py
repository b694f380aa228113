from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, strategies as st

from crmtui.domain.accounts import Account, Note
from crmtui.domain.dmu import Influence, Stakeholder
from crmtui.domain.opportunities import Opportunity
from crmtui.domain.words import Basis, Level, Role
from crmtui.domain.workspace import Actor
from crmtui.sample.rows import Book, Ref

TODAY = dt.date(2026, 3, 12)  # a Thursday


def test_a_link_is_named_without_its_suffix() -> None:
    book = Book(TODAY)
    book.add(Account, "acme", {"name": "Acme", "owner": "anna"})
    assert book.rows[0].values == {"name": "Acme", "owner_id": Ref(Actor, "anna")}


def test_a_judgement_is_taken_apart() -> None:
    book = Book(TODAY)
    book.add(Account, "acme", {"level": ["buyer", "confirmed", -2, "Anna"]})
    assert book.rows[0].values == {
        "level": Level.BUYER,
        "level_basis": Basis.CONFIRMED,
        "level_on": dt.date(2026, 3, 10),
        "level_source": "Anna",
    }


def test_a_judgement_of_the_whole_row_has_no_name_of_its_own() -> None:
    book = Book(TODAY)
    book.add(Influence, "line", {"judged": ["assumed", -1]})
    assert book.rows[0].values == {"basis": Basis.ASSUMED, "judged_on": dt.date(2026, 3, 11)}


def test_money_is_kept_in_minor_units() -> None:
    book = Book(TODAY)
    book.add(Opportunity, "deal", {"value": 1250.5})
    assert book.rows[0].values == {"value": 125_050}


def test_several_words_are_kept_in_the_order_of_the_method_and_lines_become_one_text() -> None:
    book = Book(TODAY)
    book.add(Stakeholder, "who", {"roles": ["decider", "user"], "criteria": ["downtime", "price"]})
    assert book.rows[0].values == {"roles": (Role.USER, Role.DECIDER), "criteria": "downtime\nprice"}


def test_a_field_that_nobody_knows_is_refused() -> None:
    with pytest.raises(KeyError, match="colour_id"):
        Book(TODAY).add(Note, "note", {"colour": "red"})


def test_a_word_that_nobody_knows_is_refused() -> None:
    with pytest.raises(ValueError, match="friend"):
        Book(TODAY).add(Account, "acme", {"level": "friend"})


@given(
    st.dates(dt.date(2020, 1, 1), dt.date(2040, 1, 1)),
    st.integers(-900, 900),
    st.integers(-900, 900),
)
def test_days_stay_in_order_and_off_the_weekend(today: dt.date, one: int, other: int) -> None:
    book = Book(today)
    first, second = sorted((one, other))
    assert book.day(first) <= book.day(second)
    assert first == 0 or book.day(first).weekday() < 5
    assert (book.day(first) < today) == (first < 0)
    assert (book.day(first) > today) == (first > 0)
