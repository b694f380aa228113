"""Numbers and percentages in cells, with a decimal point or a decimal comma, as a whole column has it."""

from __future__ import annotations

import re
from decimal import Decimal
from enum import Enum
from typing import TYPE_CHECKING, Final

from crmtui.domain.values import quoted
from crmtui.text import N_, _

if TYPE_CHECKING:
    from collections.abc import Iterable

NOT_A_NUMBER: Final = N_("{value} is not a number; write it like 1234.5")
OTHER_MARK: Final = N_("{value} does not fit a column that writes decimals with a {mark}")
AMBIGUOUS: Final = N_("{value} may be thousands or decimals; say what marks decimals in the column")
NOT_WHOLE: Final = N_("{value} is not a whole number")
TOO_LARGE: Final = N_("{value} has too many digits")
NOT_A_PERCENTAGE: Final = N_("{value} is not a percentage; write it like 63 %")

_BLANKS: Final = "\u00a0\u202f\u2009 '\u2019"
_SHAPE: Final = re.compile(
    rf"(?P<sign>[-+\u2212]?) ?(?P<body>[0-9](?:[0-9{_BLANKS}.,]*[0-9])?|[.,][0-9]+)(?P<power>[eE][+-]?[0-9]{{1,2}})?"
)
_SPACED: Final = re.compile(rf"[0-9]{{1,3}}(?:[{_BLANKS}][0-9]{{3}})+(?:[.,][0-9]+)?")
_GROUPED: Final = {mark: re.compile(rf"[0-9]{{1,3}}(?:[{mark}][0-9]{{3}})+") for mark in ".,"}
_OTHER: Final = {".": ",", ",": "."}
_AROUND: Final = re.compile(r"^[^\W\d_]*[\s€$£¥₹₩]*|[\s€$£¥₹₩%]*[^\W\d_]*\s*$")
_GROUP: Final = 3
_LONGEST: Final = 64
_MOST_DIGITS: Final = 30


class NumberStyle(Enum):
    """What marks the decimals in a column of numbers."""

    POINT = "point"
    COMMA = "comma"
    EITHER = "either"  # no cell of the column can be read in two ways
    AMBIGUOUS = "ambiguous"  # some can (`1.234`), and nothing in the column says which way
    MIXED = "mixed"  # some cells say one way, some the other


def decide_number_style(samples: Iterable[str]) -> NumberStyle:
    """What marks decimals in a column, from all its cells: `12,5` or `1.234,50` or `1.234.567` decides it."""
    found = {mark for sample in samples if (mark := _decimal_mark(sample)) is not None}
    if {".", ","} <= found:
        return NumberStyle.MIXED
    if "." in found:
        return NumberStyle.POINT
    if "," in found:
        return NumberStyle.COMMA
    return NumberStyle.AMBIGUOUS if "?" in found else NumberStyle.EITHER


def _decimal_mark(sample: str) -> str | None:
    """The mark of decimals that a cell makes sure of, `?` when it could be either, None when it has none.

    An amount that names its currency is read by itself, so that it asks nothing; but it may make sure for others.
    """
    if shape := _shape(sample.strip().removesuffix("%").rstrip()):
        return _mark_of(shape["body"])
    shape = _shape(_AROUND.sub("", sample)) if len(sample) <= _LONGEST else None
    mark = _mark_of(shape["body"]) if shape else None
    return None if mark == "?" else mark


def _mark_of(body: str) -> str | None:
    marks = [char for char in body if char in ".,"]
    if not marks:
        return None
    last = marks[-1]
    if len(set(marks)) > 1 or any(char in _BLANKS for char in body):
        return last
    if len(marks) > 1:
        return _OTHER[last]  # 1.234.567: what is there several times parts thousands
    before, behind = body.split(last)
    return "?" if len(behind) == _GROUP and 1 <= len(before) <= _GROUP and before[0] != "0" else last


def _shape(typed: str) -> re.Match[str] | None:
    return _SHAPE.fullmatch(typed) if len(typed) <= _LONGEST else None


def parse_number(text: str, style: NumberStyle = NumberStyle.EITHER) -> Decimal:
    """The number in a cell, exact: `1234.5`, `1.234,50`, `1'234.50`, `1 234`, `-5`, `1.2E+05`.

    Args:
        text: the cell.
        style: what marks decimals in the column, from `decide_number_style`.

    Raises:
        ValueError: with a sentence, when the cell is no number, or could be two and the style does not say which.
    """
    shape = _shape(text.strip())
    if shape is None:
        raise ValueError(_(NOT_A_NUMBER).format(value=quoted(text)))
    mark = _mark_for(shape["body"], style, text)
    whole, _mark, decimals = shape["body"].partition(mark) if mark else (shape["body"], "", "")
    digits = _ungrouped(whole, mark, text)
    if len(digits) + len(decimals) > _MOST_DIGITS:
        raise ValueError(_(TOO_LARGE).format(value=quoted(text)))
    if not (decimals.isdigit() or not decimals):
        raise ValueError(_(NOT_A_NUMBER).format(value=quoted(text)))
    sign = "-" if shape["sign"] in ("-", "\u2212") else ""
    return Decimal(f"{sign}{digits or '0'}{decimals and '.'}{decimals}{shape['power'] or ''}")


def _mark_for(body: str, style: NumberStyle, text: str) -> str:
    own = _mark_of(body)
    if own is None:
        return ""
    if style in (NumberStyle.POINT, NumberStyle.COMMA):
        wanted = "." if style is NumberStyle.POINT else ","
        if own not in ("?", wanted):
            mark = _("point") if wanted == "." else _("comma")
            raise ValueError(_(OTHER_MARK).format(value=quoted(text), mark=mark))
        return wanted
    if own == "?":
        raise ValueError(_(AMBIGUOUS).format(value=quoted(text)))
    return own


def _ungrouped(whole: str, mark: str, text: str) -> str:
    """The digits before the decimals, whose groups of thousands must be whole ones."""
    if whole.isdigit() or not whole:
        return whole
    apart = _OTHER[mark] if mark else ""
    if _SPACED.fullmatch(whole) or (apart and _GROUPED[apart].fullmatch(whole)):
        return re.sub("[^0-9]", "", whole)
    raise ValueError(_(NOT_A_NUMBER).format(value=quoted(text)))


def parse_whole(text: str, style: NumberStyle = NumberStyle.EITHER) -> int:
    """The whole number in a cell; `1,234`, `5.0` and `1.2E+05` are whole too.

    Raises:
        ValueError: with a sentence, as `parse_number`, or when there are decimals.
    """
    number = parse_number(text, style)
    if number != number.to_integral_value():
        raise ValueError(_(NOT_WHOLE).format(value=quoted(text)))
    return int(number)


def parse_percentage(text: str, style: NumberStyle = NumberStyle.EITHER) -> Decimal:
    """The percentage in a cell, in points: `63`, `63%` and `63 %` are 63.

    Raises:
        ValueError: with a sentence, when the cell is no percentage.
    """
    try:
        return parse_number(text.strip().removesuffix("%"), style)
    except ValueError as error:
        if _shape(text.strip().removesuffix("%").rstrip()):
            raise
        raise ValueError(_(NOT_A_PERCENTAGE).format(value=quoted(text))) from error


def format_number(number: Decimal | float) -> str:
    """A number as `parse_number` reads it back in the style POINT: plain digits, no groups."""
    return f"{Decimal(str(number)):f}"
