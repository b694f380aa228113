"""Which rows the relationship of an account has: gates by level, what is asked first, ratings by level, bonds."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final, TypeAlias

from crmtui.domain.words import Indicator, Level
from crmtui.method.gates import LEVELS, Name
from crmtui.method.recognition import BONDS, ROWS, mean
from crmtui.text import N_

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crmtui.queries.relationship import RelationshipPage


class Field(StrEnum):
    """What is asked of the account before investing."""

    WILLINGNESS = "willingness"
    BENEFIT = "benefit"


Place: TypeAlias = Name | Field | Indicator
"""What the cursor can be on."""

LABELS: Final = {
    Field.WILLINGNESS: N_("wants to be managed"),
    Field.BENEFIT: N_("what is in it for the customer"),
}
GATES: Final = N_("{level}: gates")
MANAGED: Final = N_("Before investing")
JUDGED: Final = N_("{level}: how it judges us")
BOUND: Final = N_("Bonds")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading between the rows.

    Attributes:
        label: untranslated; may name the `{level}`.
        level: the level it is of; None for none.
        value: the mean of the ratings below, 0 to 4; None where nothing is rated, or nothing is.
        met: how many of the gates below are met; None where there are none below.
        count: how many rows are below.
    """

    label: str
    level: Level | None
    value: float | None
    met: int | None
    count: int


def rows(page: RelationshipPage) -> tuple[Heading | Place, ...]:
    """Headings and places, from top to bottom."""
    return (*_gates(page), Heading(MANAGED, None, None, None, 2), *Field, *_ratings(page))


def _gates(page: RelationshipPage) -> Iterator[Heading | Place]:
    for level in list(Level)[1:]:
        gates = [gate for gate in page.standing.ladder.gates if LEVELS[gate.name] is level]
        yield Heading(GATES, level, None, sum(gate.is_met for gate in gates), len(gates))
        yield from (gate.name for gate in gates)


def _ratings(page: RelationshipPage) -> Iterator[Heading | Place]:
    grades = {indicator: judged.grade for indicator, judged in page.ratings.items()}
    for level, row in ROWS.items():
        yield Heading(JUDGED, level, mean(row, grades).value, None, len(row))
        yield from row
    yield Heading(BOUND, None, mean(BONDS, grades).value, None, len(BONDS))
    yield from BONDS


def first(page: RelationshipPage) -> Place:
    """Where the cursor begins: the first gate that is missing for the next level, or the first of all."""
    missing = page.standing.ladder.missing
    return missing[0].name if missing else Name.BUYER_ORDERS
