from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, strategies as st

from crmtui.exchange.values import (
    NumberStyle,
    decide_number_style,
    format_number,
    format_yes_no,
    parse_number,
    parse_percentage,
    parse_whole,
    parse_yes_no,
)
from hostile import STRINGS, has_control

STYLES = st.sampled_from(NumberStyle)
NUMBERS = st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**12), max_value=10**12, places=2)


@pytest.mark.parametrize(
    ("samples", "style"),
    [
        (["1100.04", "251.41"], NumberStyle.POINT),
        (["1,234.50"], NumberStyle.POINT),
        (["1,234,567"], NumberStyle.POINT),
        (["1.234,50"], NumberStyle.COMMA),
        (["1.234.567"], NumberStyle.COMMA),
        (["1.234", "12,5"], NumberStyle.COMMA),
        (["1 234,5", "7"], NumberStyle.COMMA),
        (["0.123"], NumberStyle.POINT),
        (["12345.678"], NumberStyle.POINT),
        (["90,5%"], NumberStyle.COMMA),
        (["1.234", "5"], NumberStyle.AMBIGUOUS),
        (["€ 12.500,00", "1.000"], NumberStyle.COMMA),
        (["1,000", "12,500.00 USD"], NumberStyle.POINT),
        (["USD 1.000", "7"], NumberStyle.EITHER),
        (["1,5", "1.5"], NumberStyle.MIXED),
        (["1234", "", "n/a"], NumberStyle.EITHER),
        ([], NumberStyle.EITHER),
    ],
)
def test_the_whole_column_decides_what_marks_decimals(samples: list[str], style: NumberStyle) -> None:
    assert decide_number_style(samples) is style


@pytest.mark.parametrize(
    ("text", "style", "number"),
    [
        ("1234.5", NumberStyle.EITHER, "1234.5"),
        ("1.234,50", NumberStyle.EITHER, "1234.50"),
        ("1,234.50", NumberStyle.POINT, "1234.50"),
        ("1.234", NumberStyle.COMMA, "1234"),
        ("1.234", NumberStyle.POINT, "1.234"),
        ("1,234", NumberStyle.POINT, "1234"),
        ("1.234.567", NumberStyle.MIXED, "1234567"),
        ("1'234.5", NumberStyle.EITHER, "1234.5"),
        ("1 234 567", NumberStyle.EITHER, "1234567"),
        ("1\u202f234,5", NumberStyle.COMMA, "1234.5"),
        ("-5", NumberStyle.COMMA, "-5"),
        ("\u2212 5,5", NumberStyle.COMMA, "-5.5"),
        ("+7", NumberStyle.EITHER, "7"),
        (",5", NumberStyle.EITHER, "0.5"),
        ("1.2E+05", NumberStyle.POINT, "120000"),
        (" 12 ", NumberStyle.POINT, "12"),
    ],
)
def test_numbers_by_example(text: str, style: NumberStyle, number: str) -> None:
    assert parse_number(text, style) == Decimal(number)


@pytest.mark.parametrize(
    ("text", "style", "said"),
    [
        ("1.234", NumberStyle.EITHER, "may be thousands or decimals"),
        ("1,234", NumberStyle.AMBIGUOUS, "may be thousands or decimals"),
        ("1,5", NumberStyle.POINT, "does not fit a column that writes decimals with a point"),
        ("1.234.567", NumberStyle.POINT, "does not fit"),
        ("1,23,456", NumberStyle.POINT, "is not a number; write it like 1234.5"),
        ("12.34,5", NumberStyle.COMMA, "is not a number"),
        ("1.5.5", NumberStyle.COMMA, "is not a number"),
        ("1 23", NumberStyle.EITHER, "is not a number"),
        ("12x", NumberStyle.EITHER, "is not a number"),
        ("", NumberStyle.EITHER, "is not a number"),
        ("NaN", NumberStyle.EITHER, "is not a number"),
        ("1e999", NumberStyle.EITHER, "is not a number"),
        ("٣", NumberStyle.EITHER, "is not a number"),
        ("9" * 40, NumberStyle.EITHER, "has too many digits"),
    ],
)
def test_what_is_no_number_is_refused_by_name(text: str, style: NumberStyle, said: str) -> None:
    with pytest.raises(ValueError, match=f"“{text}” {said}"):
        parse_number(text, style)


def test_whole_numbers() -> None:
    assert parse_whole("2822") == 2822
    assert parse_whole("1,234", NumberStyle.POINT) == 1234
    assert parse_whole("5.0") == 5
    with pytest.raises(ValueError, match=r"“5\.5” is not a whole number"):
        parse_whole("5.5")


@pytest.mark.parametrize("text", ["90", "90%", "90 %", "90,0%", " 90 % "])
def test_percentages_are_in_points(text: str) -> None:
    assert parse_percentage(text) == 90


@pytest.mark.parametrize("text", ["%", "ninety %", "9%0", "90%%"])
def test_what_is_no_percentage_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is not a percentage"):
        parse_percentage(text)


@pytest.mark.parametrize("word", ["yes", "Y", "TRUE", "1", "on", "x", "✓", "si", "Sì", "s", "vero"])
def test_yes(word: str) -> None:
    assert parse_yes_no(word)
    assert not parse_yes_no({"1": "0", "on": "off"}.get(word, "no"))


@pytest.mark.parametrize("word", ["", "maybe", "2", "yes!"])
def test_neither_yes_nor_no(word: str) -> None:
    with pytest.raises(ValueError, match=f"“{word}” is neither yes nor no"):
        parse_yes_no(word)


@given(st.booleans())
def test_yes_and_no_come_back(answer: bool) -> None:
    assert parse_yes_no(format_yes_no(value=answer)) is answer


@given(NUMBERS)
def test_numbers_come_back(number: Decimal) -> None:
    assert parse_number(format_number(number), NumberStyle.POINT) == number
    assert parse_number(f"{number:,f}", NumberStyle.POINT) == number
    assert parse_number(f"{number:f}".replace(".", ","), NumberStyle.COMMA) == number
    assert parse_number(f"{number:,f}".replace(",", "\u202f"), NumberStyle.POINT) == number


@given(st.lists(NUMBERS, min_size=1))
def test_a_column_that_decides_its_style_comes_back(numbers: list[Decimal]) -> None:
    cells = [f"{number:,f}".translate(str.maketrans(",.", ".,")) for number in numbers]
    style = decide_number_style(cells)
    assert style is NumberStyle.COMMA
    assert [parse_number(cell, style) for cell in cells] == numbers


@pytest.mark.parametrize("name", STRINGS)
def test_hostile_cells_are_refused_in_a_clean_short_sentence(name: str) -> None:
    for parse in (parse_number, parse_whole, parse_percentage, parse_yes_no):
        if name == "number_past_sqlite" and parse is not parse_yes_no:
            continue
        with pytest.raises(ValueError, match="“") as refusal:
            parse(STRINGS[name])
        assert not has_control(str(refusal.value))
        assert len(str(refusal.value)) < 150


@given(st.text(st.sampled_from("0123456789.,' -+eE%\u00a0")) | st.text(), STYLES)
def test_any_cell_gives_a_number_or_a_sentence(text: str, style: NumberStyle) -> None:
    decide_number_style([text])
    try:
        assert parse_percentage(text, style).is_finite()
        assert parse_whole(text, style) == parse_number(text, style)
    except ValueError as refusal:
        assert "“" in str(refusal)  # noqa: PT017 - both outcomes are fine
