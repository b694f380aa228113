"""What the user decides about the reading of a file, and what is still to be decided."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """What was decided beforehand.

    Attributes:
        currency: of money that names none.
        day_first: whether 03/04 is the third of April; None to decide by the column.
        decimal_comma: whether 1.234 is a thousand and more; None to decide by the column.
        units: for a header, what its numbers are multiplied with.
        words: for a header and a cell, as `text.key` folds it, the word of ours that it means.
    """

    currency: str = "EUR"
    day_first: bool | None = None
    decimal_comma: bool | None = None
    units: Mapping[str, float] = field(default_factory=dict)
    words: Mapping[tuple[str, str], str] = field(default_factory=dict)


class About(StrEnum):
    """What only the user can know."""

    DATES = "dates"  # whether the day or the month is first
    NUMBERS = "numbers"  # whether a comma or a point marks decimals
    WORDS = "words"  # which of our words is meant


@dataclass(frozen=True, slots=True)
class Open:
    """Something about a column that nothing in the file decides.

    Attributes:
        about: what.
        header: the column.
        target: what the column becomes.
        examples: cells that can be read in two ways, or that are unknown.
        sentence: what it is and how it is said on the command line.
    """

    about: About
    header: str
    target: str
    examples: tuple[str, ...]
    sentence: str
