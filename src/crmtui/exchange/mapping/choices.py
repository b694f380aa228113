"""What the user decides about the reading of a file, and what is still to be decided."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from crmtui.exchange.mapping.our_names import OurNames

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """What was decided beforehand.

    Attributes:
        currency: of money that names none.
        day_first: whether 03/04 is the third of April; None to decide by the column.
        decimal_comma: whether 1.234 is a thousand and more; None to decide by the column.
        units: for a header, what its numbers are multiplied with.
        words: for a header and a cell, as `text.key` folds it, the word of ours that it means.
        people: what our people are called, as `text.key` folds it, and their e-mail addresses in lower case.
        keys: the keys that our people have elsewhere.
        spelt: a key as it is compared, of a cell.
        names: what our people are called in several spellings.
    """

    currency: str = "EUR"
    day_first: bool | None = None
    decimal_comma: bool | None = None
    units: Mapping[str, float] = field(default_factory=dict)
    words: Mapping[tuple[str, str], str] = field(default_factory=dict)
    people: frozenset[str] = frozenset()
    keys: frozenset[str] = frozenset()
    spelt: Callable[[str], str] = str
    names: OurNames = field(default_factory=OurNames)


class About(StrEnum):
    """What only the user can know."""

    DATES = "dates"  # whether the day or the month is first
    NUMBERS = "numbers"  # whether a comma or a point marks decimals
    WORDS = "words"  # which of our words is meant; rows are refused where that is not known
    YES_NO = "yes or no"  # whether a word says yes; it counts as no where that is not known
    PEOPLE = "people"  # which of our people is meant; somebody new where that is not known
    UNITS = "units"  # what figures are counted in


@dataclass(frozen=True, slots=True)
class Open:
    """Something about a column that nothing in the file decides.

    Attributes:
        about: what.
        header: the column.
        target: what the column becomes.
        examples: cells that can be read in two ways, or that are unknown.
        sentence: what it is, and, where nothing can be read before, how it is said on the command line.
        option: how it is said there otherwise, where it can be read all the same.
    """

    about: About
    header: str
    target: str
    examples: tuple[str, ...]
    sentence: str
    option: str = ""


@dataclass(frozen=True, slots=True)
class Understood:
    """A cell that was understood, and may mean something else.

    Attributes:
        about: a word of ours, or one of our people.
        header: the column.
        target: what the column becomes.
        cell: as the file has it.
        word: what it was taken for.
    """

    about: About
    header: str
    target: str
    cell: str
    word: str
