"""What the cells of a column look like: e-mail addresses, telephones, days, figures, keys; from the first rows."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING, Final

from crmtui.domain import values
from crmtui.domain.fields import Kind
from crmtui.exchange.dates import parse_date, serial_day
from crmtui.exchange.mapping.inexact import is_range, says_nothing
from crmtui.exchange.mapping.meanings import ASIDE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from crmtui.domain.fields import Spec
    from crmtui.exchange.reading import Row

MOST_ROWS: Final = 200
_MOST_CELLS: Final = 20_000
_LEAST_CELLS: Final = 3  # fewer say nothing against a header
SOME: Final = 1 / 3  # of the cells; where fewer are what the header promises, it does not mean that
MOST: Final = 0.8

_EMAIL: Final = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]{2,}")
_SITE: Final = re.compile(r"(?:https?://)?(?:[\w-]+\.)+[a-z]{2,24}(?:[/?:#]\S*)?", re.IGNORECASE)
_PHONE: Final = re.compile(r"[+(]?\d[\d\s().,/:*#x+-]{4,}(?:\s*(?:ext|int|interno)\.?\s*\d+)?", re.IGNORECASE)
# With decimals or thousands, so that it is no telephone number: those of 01.23.45.67.89 and 612.345.678 are.
_DECIMAL: Final = re.compile(r"\d+[.,]\d{1,2}|\d{1,3}(?:,\d{3})+(?:\.\d{1,2})?|\d{1,3}(?:\.\d{3})+,\d{1,2}")
_FIGURE: Final = re.compile(
    r"(?:[A-Z]{3}\s*|[€$£¥]\s*)?[-+(\N{MINUS SIGN}]?\s*\d[\d.,'\s]*\)?\s*(?:[kKmMbB]\w{0,2})?\s*(?:[A-Z]{3}|[€$£¥%])?"
)
_SALESFORCE: Final = r"[0-9A-Za-z]{5}0[0-9A-Za-z]{9}(?:[0-9A-Za-z]{3})?"
_KEY: Final = re.compile(rf"\d{{1,19}}|{_SALESFORCE}|[0-9a-f]{{8}}-?(?:[0-9a-f]{{4}}-?){{3}}[0-9a-f]{{12}}")
_NUMERIC_DAY: Final = re.compile(r"\d{1,2}[/-]\d{1,2}[/-](?:\d{4}|\d{2})(?:[T ].*)?")
_DIGITS: Final = 6
_OBJECTS: Final = ('[{"', '{"')  # JSON in a cell, of which no word stands for the column
_LONGEST: Final = 300  # characters of a cell that are looked at


@dataclass(frozen=True)
class Look:
    """The first cells of a column.

    Attributes:
        cells: those that are not blank, nor JSON, and do not say that something is not known.
        has_objects: whether some are JSON.
        unknown: how many say that something is not known.
    """

    cells: tuple[str, ...]
    has_objects: bool = False
    unknown: int = 0

    def share(self, fits: Callable[[str], object]) -> float:
        """The share of the cells that fit; 0 where there are none."""
        return sum(1 for cell in self.cells if fits(cell)) / len(self.cells) if self.cells else 0.0

    @cached_property
    def emails(self) -> float:
        """The share of e-mail addresses."""
        return self.share(_EMAIL.search)

    @cached_property
    def phones(self) -> float:
        """The share of telephone numbers."""
        return self.share(_is_phone)

    @cached_property
    def sites(self) -> float:
        """The share of addresses of web sites."""
        return self.share(lambda cell: "@" not in cell and _SITE.fullmatch(cell))

    @cached_property
    def days(self) -> float:
        """The share of days."""
        return self.share(_is_day)

    @cached_property
    def figures(self) -> float:
        """The share of numbers and amounts."""
        return self.share(_FIGURE.fullmatch)

    @cached_property
    def percentages(self) -> float:
        """The share of percentages."""
        return self.share(lambda cell: cell.endswith("%"))

    @cached_property
    def keys(self) -> float:
        """The share of keys that mean nothing to people."""
        return self.share(_KEY.fullmatch)

    @cached_property
    def amounts(self) -> float:
        """The share of amounts that name their currency."""
        return self.share(lambda cell: _FIGURE.fullmatch(cell) and re.search(r"[€$£¥]|\b[A-Z]{3}\b", cell))

    def contradicts(self, target: str, spec: Spec) -> bool:
        """Whether the cells are not what a target takes, however its header is called."""
        fits = self.fits(target, spec)
        are_enough = bool(self.cells) and len(self.cells) + self.unknown >= _LEAST_CELLS
        return fits is not None and are_enough and fits < SOME

    def judges(self, spec: Spec) -> bool:
        """Whether the cells surely are a judgement: each a word of ours, or most of them figures that are no shares."""
        if spec.kind is Kind.CHOICE:
            return bool(self.cells) and self.share(lambda cell: _is_word(spec, cell)) == 1
        if spec.kind is Kind.MONEY:
            return self.figures >= MOST and not any("%" in cell for cell in self.cells)
        return spec.kind is not Kind.DATE or self.fits("", spec) == 1

    def fits(self, target: str, spec: Spec) -> float | None:
        """The share of the cells that a target can take; None where cells cannot tell."""
        base = ASIDE[target][0] if target in ASIDE else target
        if base in ("person_email", "email"):
            return self.emails
        if base in ("person_phone", "phone"):
            return self.share(lambda cell: sum(map(str.isdigit, cell)) >= _DIGITS - 1)
        if target == "website":
            return self.share(lambda cell: "." in cell and " " not in cell and "@" not in cell)
        if spec.kind is Kind.DATE:
            return self.share(lambda cell: _is_day(cell) or serial_day(cell))
        if spec.kind in (Kind.MONEY, Kind.INTEGER, Kind.NUMBER):
            return self.figures and self.share(lambda cell: _FIGURE.fullmatch(cell) or is_range(cell))
        return None


def look_at(rows: Iterable[Row], width: int) -> list[Look]:
    """The looks of all columns, from the first rows."""
    count = max(2 * _LEAST_CELLS, min(MOST_ROWS, _MOST_CELLS // max(width, 1)))
    sample = [row.values for row in islice(rows, count)]
    columns: Sequence[Sequence[str]] = list(zip(*sample, strict=True)) if sample else [()] * width
    return [_look([kept for cell in column if (kept := cell[:_LONGEST].strip())]) for column in columns]


def _look(cells: Sequence[str]) -> Look:
    plain = [cell for cell in cells if not cell.startswith(_OBJECTS)]
    told = tuple(cell for cell in plain if not says_nothing(cell))
    return Look(told, len(plain) < len(cells), len(plain) - len(told))


def _is_word(spec: Spec, cell: str) -> bool:
    try:
        values.parse(spec, cell)
    except ValueError:
        return False
    return True


def _is_phone(cell: str) -> bool:
    return (
        sum(map(str.isdigit, cell)) > _DIGITS
        and _PHONE.fullmatch(cell) is not None
        and (cell.startswith(("+", "0", "(")) or any(mark in cell for mark in " -/."))
        and _DECIMAL.fullmatch(cell) is None
        and not _is_day(cell)
    )


def _is_day(cell: str) -> bool:
    """Whether it is a day, be it one that can be read in two ways."""
    if _NUMERIC_DAY.fullmatch(cell):
        return True
    try:
        parse_date(cell)
    except ValueError:
        return False
    return True
