"""Figures in cells: numbers and money of a column, in the unit and the currency that it is in."""

from __future__ import annotations

import re
from functools import lru_cache
from statistics import median
from typing import TYPE_CHECKING, Final

from crmtui.domain import values
from crmtui.domain.money import exponent, has_scale, parse_money
from crmtui.exchange.values import NumberStyle, parse_number
from crmtui.text import _

if TYPE_CHECKING:
    from collections.abc import Iterable
    from decimal import Decimal

MILLION: Final = 1_000_000
# A company's yearly revenue per head lies between these in almost every industry; in millions it lies far below.
PER_HEAD: Final = (1_000, 100_000_000)
NAMES_MONEY: Final = re.compile(r"[€$£¥₹₩]|[A-Za-z]{3}|[0-9]\s*[kKmMbB]\b")
_LONGEST: Final = 64


def money(cell: str, currency: str, *, style: NumberStyle, unit: Decimal) -> int:
    """Minor units; a cell that names its currency must name the one that its row is in.

    Raises:
        ValueError: with a sentence, when it is no amount, or one in another currency.
    """
    if NAMES_MONEY.search(cell):
        found = parse_money(cell, currency)
        if found.currency != currency:
            raise ValueError(not_in(cell, currency))
        return found.minor if has_scale(cell) else int(found.minor * unit)
    amount = parse_number(cell, style) * unit * 10 ** exponent(currency)
    if amount != amount.to_integral_value():
        raise ValueError(
            _("{value} has more decimals than {currency}").format(value=values.quoted(cell), currency=currency)
        )
    return int(amount)


def not_in(cell: str, currency: str) -> str:
    """That an amount is in another currency than its row, in a sentence."""
    told = _("{value} is not in {currency}, the currency of its row")
    return told.format(value=values.quoted(cell), currency=currency)


@lru_cache(maxsize=1 << 14)
def named_currency(cell: str, default: str) -> str:
    """The currency that an amount names; '' where it names none, or is no amount.

    A sign of several currencies, such as `$`, is the default's where that is one of them.
    """
    if len(cell) > _LONGEST or not NAMES_MONEY.search(cell):
        return ""
    try:
        if not parse_money(cell, "").currency:
            return ""
        return parse_money(cell, default).currency
    except ValueError:
        return ""


def whole(cell: str, style: NumberStyle, unit: Decimal) -> int:
    """A whole number; ValueError, with a sentence, when it is none."""
    amount = parse_number(cell, style) * unit
    if amount != amount.to_integral_value():
        raise ValueError(_("{value} is not a whole number").format(value=values.quoted(cell)))
    return int(amount)


def may_be_millions(heads: Iterable[tuple[str, str]], style: NumberStyle) -> bool:
    """Whether revenue per employee would make more sense if the revenue were counted in millions."""
    ratios = []
    for revenue, employees in heads:
        try:
            ratios.append(parse_number(revenue, style) / parse_number(employees, NumberStyle.EITHER))
        except (ValueError, ArithmeticError):
            continue
    if not ratios:
        return False
    typical = float(median(ratios))
    low, high = PER_HEAD
    return typical < low <= typical * MILLION <= high
