from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from crmtui.domain.money import (
    CURRENCIES,
    Money,
    exponent,
    format_amount,
    parse_currency,
    parse_money,
    sign_of,
)

CODES = st.sampled_from(sorted(CURRENCIES))


@pytest.mark.parametrize(
    ("text", "minor", "currency"),
    [
        ("1,200.50 EUR", 120_050, "EUR"),
        ("€ 1.200,50", 120_050, "EUR"),
        ("€1200", 120_000, "EUR"),
        ("1200", 120_000, "EUR"),
        ("1,200", 120_000, "EUR"),
        ("1.200", 120_000, "EUR"),
        ("12.5", 1_250, "EUR"),
        ("0.5", 50, "EUR"),
        ("1.2k", 120_000, "EUR"),
        ("0.125M", 12_500_000, "EUR"),
        ("3M", 300_000_000, "EUR"),
        ("3 mln", 300_000_000, "EUR"),
        ("3 mln CHF", 300_000_000, "CHF"),
        ("2bn", 200_000_000_000, "EUR"),
        ("USD 485,000.00", 48_500_000, "USD"),
        ("usd 5", 500, "USD"),
        ("$5", 500, "USD"),
        ("1'200.50 CHF", 120_050, "CHF"),
        ("1 200,50", 120_050, "EUR"),
        ("1\u202f200,50\u00a0€", 120_050, "EUR"),
        ("1,234,567", 123_456_700, "EUR"),
        ("1.234.567,89", 123_456_789, "EUR"),
        ("-1,200.50", -120_050, "EUR"),
        ("€ -5", -500, "EUR"),
        ("\u2212€5", -500, "EUR"),
        ("485000 JPY", 485_000, "JPY"),
        ("1,200 ¥", 1_200, "JPY"),
        ("12.345,678 KWD", 12_345_678, "KWD"),
        ("1.5 KWD", 1_500, "KWD"),
        ("1.200 KWD", 1_200, "KWD"),
        ("EUR 5 €", 500, "EUR"),
        ("9kJPY", 9_000, "JPY"),
        ("5 MEUR", 500_000_000, "EUR"),
        ("2mlnCHF", 200_000_000, "CHF"),
    ],
)
def test_reads_what_people_write(text: str, minor: int, currency: str) -> None:
    assert parse_money(text, "EUR") == Money(minor, currency)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "is not an amount"),
        ("abc", "is not an amount"),
        ("--5", "is not an amount"),
        ("-€-5", "is not an amount"),
        ("1,2,3", "is not an amount"),
        ("1.2.3,4.5", "is not an amount"),
        ("1,20.5,0", "is not an amount"),
        ("12,34,567.00", "is not an amount"),
        ("1 2", "is not an amount"),
        ("1e9", "is not an amount"),
        ("=1+1", "is not an amount"),
        ("\u0661\u0662", "is not an amount"),
        ("5 €  USD", "is not an amount"),
        ("EUR 5 USD", "is not an amount"),
        ("5 XYZ", "is not a currency"),
        ("5 kXYZ", "is not a currency"),
        ("5 mall", "is not an amount"),
        ("1,200 KWD", "two ways"),
        ("1.200k", "two ways"),
        ("1,234M", "two ways"),
        ("1.2345", "more decimals than EUR"),
        ("1.5 JPY", "more decimals than JPY"),
        ("1.0005k JPY", "more decimals than JPY"),
        ("99999999999999999", "too large"),
        ("9" * 100_000, "is not an amount"),
    ],
)
def test_refuses_rather_than_guesses(text: str, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        parse_money(text, "EUR")


def test_the_sign_of_a_dollar_means_ones_own() -> None:
    assert parse_money("$5", "CAD").currency == "CAD"
    assert sign_of("CAD") == "CAD"
    assert sign_of("USD") == "$"
    assert sign_of("EUR") == "€"


def test_currencies() -> None:
    assert parse_currency(" eur ") == "EUR"
    assert [exponent(code) for code in ("JPY", "EUR", "KWD", "???")] == [0, 2, 3, 2]
    with pytest.raises(ValueError, match="ISO 4217"):
        parse_currency("EURO")


def test_writes_in_full() -> None:
    assert format_amount(123_456_789, "EUR") == "1,234,567.89 EUR"
    assert format_amount(-5, "EUR") == "-0.05 EUR"
    assert format_amount(5, "JPY") == "5 JPY"
    assert format_amount(0, "KWD") == "0.000 KWD"


@given(st.integers(-(2**53) + 1, 2**53 - 1), CODES)
def test_what_is_written_reads_back(minor: int, currency: str) -> None:
    written = format_amount(minor, currency)
    assert parse_money(written, "EUR") == Money(minor, currency)
    assert parse_money(written.replace(",", ""), "EUR") == Money(minor, currency)


@given(st.text(max_size=80))
def test_any_text_is_read_or_refused_with_a_sentence(text: str) -> None:
    try:
        assert isinstance(parse_money(text, "EUR").minor, int)
    except ValueError as refusal:
        assert "“" in str(refusal)  # noqa: PT017 - any text may be refused, or not
