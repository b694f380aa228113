# ruff: noqa: RUF001 - full-width signs and foreign digits are what is tried
from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from crmtui.exchange.guard import bare, guard, unguard
from hostile import STRINGS

NEAR = st.text(st.sampled_from("'=+-@\t\r\n1.,a=＝"), max_size=6) | st.text()


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        ("=1+1", "'=1+1"),
        ("+39 02 1234", "'+39 02 1234"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("-2+3", "'-2+3"),
        ("\t=1", "'\t=1"),
        ("\r=1", "'\r=1"),
        ("\n=1", "'\n=1"),
        ("＝1", "'＝1"),
        ("-", "'-"),
        ("-5", "-5"),
        ("-1.5", "-1.5"),
        ("-1,5", "-1,5"),
        ("-1.5.2", "'-1.5.2"),
        ("-٥", "'-٥"),
        ("-5\n", "'-5\n"),
        ("'=1", "''=1"),
        ("'-5", "''-5"),
        ("'90s", "'90s"),
        ("O'Neil", "O'Neil"),
        ("a=b", "a=b"),
        ("", ""),
        ("'", "'"),
    ],
)
def test_guards_by_example(cell: str, written: str) -> None:
    assert guard(cell) == written
    assert unguard(written) == cell


@pytest.mark.parametrize("name", STRINGS)
def test_hostile_cells_come_back(name: str) -> None:
    assert unguard(guard(STRINGS[name])) == STRINGS[name]


@given(NEAR)
def test_every_cell_comes_back(cell: str) -> None:
    assert unguard(guard(cell)) == cell


@given(NEAR)
def test_nothing_that_is_written_begins_a_formula(cell: str) -> None:
    written = guard(cell)
    if written[:1] in set("=+-@\t\r\n＝＋－＠"):
        float(written.replace(",", "."))


@given(NEAR)
def test_what_was_written_bare_comes_back(cell: str) -> None:
    assert unguard(bare(cell)) == cell
    assert bare(cell) in (cell, f"'{cell}") if cell.startswith("'") else bare(cell) == cell
