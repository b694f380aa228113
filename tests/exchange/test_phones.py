"""Telephones as they are compared, whichever way they were written."""

from __future__ import annotations

import pytest

from crmtui.exchange.phones import e164


@pytest.mark.parametrize(
    ("raw", "country", "told"),
    [
        ("+39 333 1234567", "", "+393331234567"),
        ("0039 333 1234567", "", "+393331234567"),
        ("(00)39-333.1234567", "", "+393331234567"),
        ("0039 333 1234567", "Italy", "+393331234567"),
        ("0039 333 1234567", "US", "+393331234567"),  # 011 is usual there, but nothing of theirs begins with 00
        ("011 39 333 1234567", "US", "+393331234567"),
        ("0011 39 333 1234567", "AU", "+393331234567"),  # theirs comes first: not +11
        ("011 4567890", "IT", "+390114567890"),  # Turin
        ("02 1234567", "Italia", "+39021234567"),
        ("333 1234567", "", ""),
        ("011 39 333 1234567", "", ""),
        ("00", "", ""),
        ("", "IT", ""),
    ],
)
def test_a_number_is_the_same_whichever_way_it_is_written(raw: str, country: str, told: str) -> None:
    assert e164(raw, country) == told
