"""Money as integer minor units with an ISO 4217 code: how it is read from text and written in full."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final, NamedTuple

from crmtui.text import N_, _, localised, marks as marks_of_language

# The active codes of ISO 4217 that name money people pay with (no metals, funds and testing codes).
CURRENCIES: Final = frozenset(
    """
    AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF
    CHF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD
    HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD
    LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK
    PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS
    TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VED VES VND VUV WST XAF XCD XOF XPF YER ZAR ZMW ZWG
    """.split()  # noqa: SIM905 - a table of codes
)
_WITHOUT_DECIMALS: Final = tuple(
    "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF".split()  # noqa: SIM905 - as above
)
_THREE_DECIMALS: Final = ("BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND")
OTHER_DECIMALS: Final = (_WITHOUT_DECIMALS, _THREE_DECIMALS)  # those of one number together

# What a sign may stand for; the first is meant unless the user's own currency is among the others.
_SIGNS: Final = {
    "€": ("EUR",),
    "$": ("USD", "CAD", "AUD", "NZD", "SGD", "HKD", "MXN"),
    "£": ("GBP",),
    "¥": ("JPY", "CNY"),
    "₹": ("INR",),
    "₩": ("KRW",),
}
_SCALES: Final = {
    **dict.fromkeys(("k", "tsd", "mila", "migliaia", "thousand"), 3),
    **dict.fromkeys(("m", "mn", "mln", "mio", "million", "millions", "milione", "milioni"), 6),
    **dict.fromkeys(("b", "bn", "mld", "mrd", "billion", "miliardo", "miliardi"), 9),
}
_SHAPE: Final = re.compile(
    rf"""(?P<minus1>[-\u2212])?\s*(?P<before>[A-Za-z]{{3}}(?![A-Za-z])|[€$£¥₹₩])?\s*(?P<minus2>[-\u2212])?\s*
        (?P<digits>[0-9](?:[0-9.,'\u2019\u00a0\u202f ]*[0-9])?)\s*
        (?P<scale>(?:{"|".join(sorted(_SCALES, key=len, reverse=True))})(?:(?![A-Za-z])|(?=(?-i:[A-Z]{{3}})$)))?\.?\s*
        (?P<after>[A-Za-z]{{3}}|[€$£¥₹₩])?""",
    re.VERBOSE | re.IGNORECASE,
)
_BLANKS: Final = re.compile(r"['\u2019\u00a0\u202f ]")
_LONGEST: Final = 64
_LARGEST: Final = 2**53 - 1  # JSON readers keep integers exact up to here
_GROUP: Final = 3

NOT_MONEY: Final = N_("“{text}” is not an amount of money; write it like 1,200.50 EUR or 62k")
AMBIGUOUS: Final = N_("“{text}” can be read in two ways; write it without separators of thousands")
TOO_FINE: Final = N_("“{text}” has more decimals than {currency} has")
TOO_LARGE: Final = N_("“{text}” is too large an amount")
NO_CURRENCY: Final = N_("“{text}” is not a currency of ISO 4217, such as EUR")


class Money(NamedTuple):
    """An amount.

    Attributes:
        minor: minor units (cents), an integer.
        currency: ISO 4217 code.
    """

    minor: int
    currency: str


def exponent(currency: str) -> int:
    """How many decimals a currency has: 0, 2 or 3; 2 for a code that is not known."""
    if currency in _WITHOUT_DECIMALS:
        return 0
    return 3 if currency in _THREE_DECIMALS else 2


def fineness(currency: str) -> int:
    """What to multiply minor units by, so that amounts of every currency are thousandths of its unit."""
    return int(10 ** (_GROUP - exponent(currency)))


def parse_currency(text: str) -> str:
    """The ISO 4217 code that a text names, in capitals; ValueError, with a sentence, when there is none."""
    code = text.strip().upper()
    if code not in CURRENCIES:
        raise ValueError(_(NO_CURRENCY).format(text=text[:_LONGEST]))
    return code


def parse_money(text: str, default_currency: str) -> Money:
    """Read an amount as people write it: `1,200.50 EUR`, `€ 1.200,50`, `1.2k`, `3M`, `USD 485,000.00`.

    Points, commas, apostrophes and blanks may separate thousands. One separator before three digits is taken
    as thousands, since few currencies have three decimals; where it could be either (`1,200 KWD`, and scaled
    amounts such as `1.200k`) the text is refused, not guessed; but `1.200 KWD` is how we write it ourselves in English,
    and `1,200 KWD` in Italian.

    Raises:
        ValueError: with a sentence for the user, when the text is no amount, or not only one.
    """
    shape = _SHAPE.fullmatch(text.strip()) if len(text) <= _LONGEST else None
    if shape is None or (shape["minus1"] and shape["minus2"]):
        raise ValueError(_(NOT_MONEY).format(text=text[:_LONGEST]))
    currency = _currency(shape["before"], shape["after"], default_currency, text)
    scale = _SCALES[shape["scale"].lower()] if shape["scale"] else 0
    number = _number(shape["digits"], scale, exponent(currency), text)
    minor = number.scaleb(scale + exponent(currency))
    if minor != minor.to_integral_value():
        raise ValueError(_(TOO_FINE if currency else NOT_MONEY).format(text=text, currency=currency))
    if minor > _LARGEST:
        raise ValueError(_(TOO_LARGE).format(text=text))
    sign = -1 if shape["minus1"] or shape["minus2"] else 1
    return Money(sign * int(minor), currency)


def has_scale(text: str) -> bool:
    """Whether an amount says itself that it counts thousands, millions or more."""
    shape = _SHAPE.fullmatch(text.strip()) if len(text) <= _LONGEST else None
    return shape is not None and shape["scale"] is not None


def format_amount(minor: int, currency: str) -> str:
    """An amount in full, `1,200.50 EUR` or `1.200,50 EUR` by the language, such as `parse_money` reads back in it."""
    return f"{format_number(Decimal(minor).scaleb(-exponent(currency)))} {currency}"


def format_number(value: Decimal | int) -> str:
    """Digits in groups of three, with the marks of the user's language."""
    return localised(f"{value:,f}" if isinstance(value, Decimal) else f"{value:,d}")


def sign_of(currency: str) -> str:
    """What is shown beside an amount in a list: `€`, or the code where no sign means only this currency."""
    for sign, codes in _SIGNS.items():
        if codes[0] == currency:
            return sign
    return currency


def _currency(before: str | None, after: str | None, default: str, text: str) -> str:
    """The currency of an amount: from its sign or code, else the default; two that differ are refused."""
    if not before and not after:
        return default
    named = {_named(word, default) for word in (before, after) if word}
    if len(named) > 1:
        raise ValueError(_(NOT_MONEY).format(text=text))
    return named.pop()


def _named(word: str, default: str) -> str:
    if (codes := _SIGNS.get(word)) is None:
        return parse_currency(word)
    return default if default in codes else codes[0]


def _number(digits: str, scale: int, decimals: int, text: str) -> Decimal:
    """The number that digits with separators stand for; ValueError when none, or more than one, fits."""
    whole, fraction = _split(digits, scale, decimals, text)
    groups = re.split(r"[.,]", whole) if _BLANKS.search(whole) is None else _BLANKS.split(whole)
    if len(groups) > 1 and not (1 <= len(groups[0]) <= _GROUP and all(len(g) == _GROUP for g in groups[1:])):
        raise ValueError(_(NOT_MONEY).format(text=text))
    if not all(group.isdigit() for group in groups) or not (fraction.isdigit() or not fraction):
        raise ValueError(_(NOT_MONEY).format(text=text))
    return Decimal(f"{''.join(groups)}.{fraction or 0}")


def _split(digits: str, scale: int, decimals: int, text: str) -> tuple[str, str]:
    """The digits before and after the decimal separator, the former still in groups."""
    marks, own = [mark for mark in digits if mark in ".,"], marks_of_language()
    if not marks:
        return digits, ""
    before, after = digits.rsplit(marks[-1], 1)
    if len(set(marks)) > 1:  # the last kind separates decimals, and only once
        if marks[-1] in marks[:-1] or len(set(marks[:-1])) > 1:
            raise ValueError(_(NOT_MONEY).format(text=text))
        return before, after
    if len(marks) > 1:
        return digits, ""
    if _BLANKS.search(before) or len(after) != _GROUP or len(before) > _GROUP or before.startswith("0"):
        return before, after
    if decimals == _GROUP and marks == [own.decimals] and not scale:
        return before, after
    if scale or decimals == _GROUP:
        raise ValueError(_(AMBIGUOUS).format(text=text))
    return digits, ""
