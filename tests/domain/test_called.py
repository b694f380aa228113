"""Names of ours in cells, however they are spelt."""

from __future__ import annotations

import pytest

from crmtui.domain.called import plain_name, words_of_name


@pytest.mark.parametrize(
    ("cell", "name"),
    [
        ("Bini, Anna", "Anna Bini"),
        ("De Luca, Dr. Anna (Inactive)", "Anna De Luca"),
        ("Dott.ssa Anna Bini", "Anna Bini"),
        ("Anna Bini, Carla Neri", "Anna Bini, Carla Neri"),
        ("Dr.", "Dr."),
    ],
)
def test_a_name_is_made_plain(cell: str, name: str) -> None:
    assert plain_name(cell) == name


def test_words_of_a_name_have_no_order() -> None:
    found = {words_of_name(cell) for cell in ("Anna Bini", "BINI, anna", "Prof. Bini Anna", "anna.bini@ours.example")}
    assert found == {frozenset({"anna", "bini"})}
