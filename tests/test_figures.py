"""Numbers are written and read in the manner of the language, and what could be two is refused."""

from __future__ import annotations

import ast
import re
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, strategies as st

from crmtui import figures, text
from crmtui.domain import money, values
from crmtui.domain.fields import specs
from crmtui.domain.plans import Contact
from crmtui.figures import Figure

if TYPE_CHECKING:
    from collections.abc import Iterator

LANGUAGES = list(text.LANGUAGES)
HOURS = specs(Contact)["hours"]


@pytest.fixture(autouse=True)
def _english_again() -> Iterator[None]:
    yield
    text.speak("en")


def test_whatever_a_sentence_tells_with_decimals_is_written_in_that_manner() -> None:
    """Decimals that are formatted as plain numbers keep their point in every language."""
    plain = []
    for file in sorted(Path(text.__file__).parent.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "format":
                asked = set(re.findall(r"\{(\w+):[^}]*(?:\.[1-9]f|g)\}", ast.unparse(node.func.value)))
                given = {one.arg: ast.unparse(one.value) for one in node.keywords if one.arg in asked}
                plain += [f"{file.name}:{node.lineno} {name}" for name in given if "Figure(" not in given[name]]
    assert plain == []


@pytest.mark.parametrize(
    ("language", "shown"),
    [("en", ["1,234.50", "+0.34", "12,345", "1,200.50 EUR"]), ("it", ["1.234,50", "+0,34", "12.345", "1.200,50 EUR"])],
)
def test_they_are_written_in_the_manner_of_the_language(language: str, shown: list[str]) -> None:
    text.speak(language)
    amount = money.format_amount(120_050, "EUR")
    assert [f"{Figure(1234.5):,.2f}", f"{Figure(0.34):+.2f}", figures.count(12_345), amount] == shown
    assert text.ngettext("{count}", "{count}", 12_345) == figures.count(12_345)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("1234", "1234"),
        ("1.5", "1.5"),
        ("1,5", "1.5"),
        ("-2,25", "-2.25"),
        ("\u22120.5", "-0.5"),
        (",5", "0.5"),
        ("0.125", "0.125"),
        ("0,125", "0.125"),
        ("1.2345", "1.2345"),
        ("1234,567", "1234.567"),
        ("1.234,5", "1234.5"),
        ("1,234.5", "1234.5"),
        ("1.234.567", "1234567"),
        ("1 234,5", "1234.5"),
        ("1\u202f234", "1234"),
        ("1'234.5", "1234.5"),
        ("1e-05", "0.00001"),
    ],
)
def test_both_manners_are_read_in_every_language(language: str, typed: str, number: str) -> None:
    text.speak(language)
    assert figures.read(typed) == Decimal(number)


@pytest.mark.parametrize(("language", "own", "other"), [("en", "1.234", "1,234"), ("it", "1,234", "1.234")])
def test_what_could_be_two_numbers_is_the_languages_own_or_refused(language: str, own: str, other: str) -> None:
    text.speak(language)
    assert figures.read(own) == Decimal("1.234")
    with pytest.raises(ValueError, match=f"1234.*{own.replace('.', '[.]')}"):
        figures.read(other)


@pytest.mark.parametrize(
    "typed", ["", "x", "1.2.3", "1,23,456", "1.234,5,6", "1,234 5", "--1", "1_000", "inf", "9" * 99]
)
def test_what_is_no_number_is_refused(typed: str) -> None:
    with pytest.raises(ValueError, match="is not a number"):
        figures.read(typed)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("typed", "number"), [("1.234", 1234), ("1,234", 1234), ("12 000", 12_000), ("-3", -3)])
def test_in_a_whole_number_marks_part_thousands(language: str, typed: str, number: int) -> None:
    text.speak(language)
    assert figures.read_whole(typed) == number


@pytest.mark.parametrize("typed", ["1.5", "1,23", "", "1e3", "x"])
def test_what_is_not_whole_is_refused(typed: str) -> None:
    with pytest.raises(ValueError, match="is not a whole number"):
        figures.read_whole(typed)


@pytest.mark.parametrize("language", LANGUAGES)
@given(number=st.floats(0, 1e6))
def test_what_a_form_shows_is_what_it_reads(language: str, number: float) -> None:
    text.speak(language)
    assert values.parse(HOURS, values.shown(HOURS, min(number, HOURS.high or number))) == min(
        number, HOURS.high or number
    )


@pytest.mark.parametrize("language", LANGUAGES)
@given(minor=st.integers(-(10**12), 10**12), currency=st.sampled_from(["EUR", "JPY", "KWD"]))
def test_an_amount_that_is_shown_is_read_back(language: str, minor: int, currency: str) -> None:
    text.speak(language)
    assert money.parse_money(money.format_amount(minor, currency), "USD") == (minor, currency)


@pytest.mark.parametrize("floor", ["cli", "tui", "queries", "plots"])
def test_no_decimals_are_written_past_the_language(floor: str) -> None:
    formatted = re.compile(r'\bf"[^"\n]*\{(?![^{}]*Figure\()[^{}"]*:\+?,?(?:\.[1-9][fg]|g)\}')
    files = (Path(figures.__file__).parent / floor).rglob("*.py")
    assert not [f"{file.name}: {found[0]}" for file in files for found in formatted.finditer(file.read_text("utf-8"))]


@pytest.mark.parametrize(
    ("value", "english", "italian"),
    [(8.0, "8", "8"), (9.84, "9.8", "9,8"), (100.0, "100", "100"), (1e6, "1,000,000", "1.000.000"), (-0.01, "0", "0")],
)
def test_a_figure_has_no_more_decimals_than_it_needs_and_never_a_power_of_ten(
    value: float, english: str, italian: str
) -> None:
    assert figures.brief(value) == english
    text.speak("it")
    assert figures.brief(value) == italian
