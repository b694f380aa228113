"""Numbers as the user's language writes them, and what is typed read so that nothing is taken for something else.

The one place that knows what parts thousands and what marks decimals is `text.MARKS`.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

from crmtui import text
from crmtui.text import N_, _

NO_NUMBER: Final = N_("{value} is not a number")
AMBIGUOUS: Final = N_("{value} may be thousands or decimals: write {thousands} or {decimals}")
_TYPED: Final = re.compile(r"(?P<sign>[-+\u2212]?) ?(?P<body>[0-9.,'\u2019 ]*[0-9])(?P<power>[eE][-+]?[0-9]{1,3})?")
_BLANKS: Final = re.compile(r"[\u00a0\u202f\u2009]")
_APART: Final = "' \u2019"  # what else may part thousands
_GROUPS: Final = re.compile(r"[0-9]{1,3}(?:([.,'\u2019 ])[0-9]{3})(?:\1[0-9]{3})*")
_LONGEST: Final = 64
_GROUP: Final = 3


class Figure(float):
    """A number that is written in the user's manner wherever it is formatted: `f"{Figure(1234.5):,.1f}"`."""

    def __format__(self, spec: str) -> str:
        """As a float, with the marks of the language."""
        return text.localised(format(float(self), spec))


def count(number: int) -> str:
    """A whole number in groups of three digits."""
    return text.localised(f"{number:,d}")


def brief(value: float, digits: int = 1) -> str:
    """A number in groups of three digits, with so many decimals at most and none that it does not need."""
    shown = f"{round(value, digits) + 0.0:,.{digits}f}"  # adding nothing takes the sign off a zero
    whole, point, decimals = shown.partition(".")
    return text.localised(f"{whole}{point}{decimals.rstrip('0')}".removesuffix("."))


def read(typed: str) -> Decimal:
    """The number that somebody typed, with a decimal point or a decimal comma, with or without groups of thousands.

    One mark before just three digits could be either. The language's own mark of decimals is taken as that; the other
    is refused, in no language guessed: `1.234` is a little more than one in English, and refused in Italian.

    Raises:
        ValueError: with a sentence, when it is no number, or could be two.
    """
    shape = _TYPED.fullmatch(_BLANKS.sub(" ", typed.strip())) if len(typed) <= _LONGEST else None
    if shape is None:
        raise ValueError(_(NO_NUMBER).format(value=text.quoted(typed)))
    whole, decimals = _split(shape["body"], typed)
    is_whole = whole.isdigit() or _GROUPS.fullmatch(whole) or (not whole and decimals)
    if not is_whole or not (decimals.isdigit() or not decimals):
        raise ValueError(_(NO_NUMBER).format(value=text.quoted(typed)))
    digits = re.sub("[^0-9]", "", whole) or "0"
    sign = "-" if shape["sign"] in ("-", "\u2212") else ""
    return Decimal(f"{sign}{digits}.{decimals or 0}{shape['power'] or ''}")


def read_whole(typed: str) -> int:
    """The whole number that somebody typed: here every mark before three digits parts thousands.

    Raises:
        ValueError: with a sentence, when it is none.
    """
    shape = _TYPED.fullmatch(_BLANKS.sub(" ", typed.strip())) if len(typed) <= _LONGEST else None
    if shape is None or shape["power"] or not (shape["body"].isdigit() or _GROUPS.fullmatch(shape["body"])):
        raise ValueError(_("{value} is not a whole number").format(value=text.quoted(typed)))
    number = int(re.sub("[^0-9]", "", shape["body"]))
    return -number if shape["sign"] in ("-", "\u2212") else number


def _split(body: str, typed: str) -> tuple[str, str]:
    """The digits before the mark of decimals, still in their groups, and those behind it; '' without one."""
    marks = [char for char in body if char in ".,"]
    if not marks:
        return body, ""
    whole, decimals = body.rsplit(marks[-1], 1)
    if len(set(marks)) > 1 or any(char in _APART for char in whole):
        return whole, decimals
    if len(marks) > 1:
        return body, ""
    if marks[0] == text.marks().decimals or len(decimals) != _GROUP or not _could_be_thousands(whole):
        return whole, decimals
    digits = f"{whole}{decimals}"
    raise ValueError(
        _(AMBIGUOUS).format(
            value=text.quoted(typed), thousands=digits, decimals=f"{whole}{text.marks().decimals}{decimals}"
        )
    )


def _could_be_thousands(whole: str) -> bool:
    return 1 <= len(whole) <= _GROUP and not whole.startswith("0")
