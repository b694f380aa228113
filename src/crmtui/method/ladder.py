"""The level of the relationship: a maturity gate (method.md section 1).

An account is at the highest level whose gates, and those of all levels below, are met. A gate on something unknown is
not met; it is shown as unknown, and is the next thing to find out.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from crmtui.domain.words import Indicator, Level
from crmtui.method.gates import DEFAULTS, RANKS, Facts, Gate, Name, State, gates, passed
from crmtui.method.recognition import BONDS, ROWS

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterable, Mapping, Sequence

LEVELS: Final = tuple(Level)
INDICATORS: Final = (*(one for row in ROWS.values() for one in row), *BONDS)


@dataclass(frozen=True, slots=True)
class Override:
    """A level set by hand.

    Attributes:
        level: what it is set to.
        reason: why; needed.
    """

    level: Level
    reason: str


@dataclass(frozen=True, slots=True)
class Question:
    """Something to find out.

    Attributes:
        gate: the gate that it would decide.
        of: the indicator that nobody has rated, the seat of unknown rank, or None: nobody of that rank is on the map.
    """

    gate: Name
    of: Indicator | int | None


@dataclass(frozen=True, slots=True)
class Ladder:
    """A level and its reasons.

    Attributes:
        computed: the level that the gates give.
        low: the level if all that is unknown turned out worst.
        high: the same, turned out best.
        completeness: share of what is asked that is known, 0 to 1: ratings, and somebody of each rank on the map.
        gates: all gates, those of the lowest level first.
        override: what was set by hand; None when the gates decide.
    """

    computed: Level
    low: Level
    high: Level
    completeness: float
    gates: tuple[Gate, ...]
    override: Override | None = None

    @property
    def level(self) -> Level:
        """The level that holds: the one set by hand, or the computed one."""
        return self.override.level if self.override else self.computed

    @property
    def is_overridden(self) -> bool:
        """Whether the level set by hand is another one than the gates give."""
        return self.level is not self.computed

    @property
    def is_assumed(self) -> bool:
        """Whether the level rests on something assumed, guessed, unknown or set by hand."""
        if self.override or not self.low is self.computed is self.high:
            return True
        near = passed(self.next or self.level, self.gates)
        return any(term.is_assumed for gate in near if gate.needed for term in gate.terms if term.counts)

    @property
    def next(self) -> Level | None:
        """The level above; None at the top."""
        return stepped(self.level, 1)

    @property
    def missing(self) -> tuple[Gate, ...]:
        """The gates not met for the next level, those of lower levels included; at the top those it should have met."""
        return self.missing_for(self.next or self.level)

    def missing_for(self, level: Level) -> tuple[Gate, ...]:
        """The gates not met for a level and all below, the lowest level first."""
        return tuple(gate for gate in passed(level, self.gates) if not gate.is_met)

    @property
    def questions(self) -> tuple[Question, ...]:
        """What to find out next, each once: for the next level first, then for those above."""
        wanted = {gate.name for gate in self.missing}
        ordered = sorted(self.gates, key=lambda gate: (gate.name not in wanted, gate.state is not State.UNKNOWN))
        found: dict[tuple[Indicator | int | None, Name | None], Question] = {}
        for question in (one for gate in ordered if gate.needed for one in _questions(gate)):
            found.setdefault((question.of, question.gate if question.of is None else None), question)
        return tuple(found.values())


def climb(facts: Facts, thresholds: Mapping[Name, float] = DEFAULTS, override: Override | None = None) -> Ladder:
    """The level of an account, with all gates and their terms.

    Args:
        facts: ratings, people and orders.
        thresholds: what each gate needs; 0 asks for nothing.
        override: a level set by hand, with its reason.

    Raises:
        ValueError: a rating, a cover or a threshold out of bounds, or an override without a reason.
    """
    if override and not override.reason.strip():
        raise ValueError("a level set by hand needs its reason")
    asked = gates(facts, thresholds)
    return Ladder(
        computed=_highest(asked, lambda gate: gate.is_met),
        low=_highest(asked, lambda gate: gate.low >= gate.needed),
        high=_highest(asked, lambda gate: gate.could_be_met),
        completeness=_completeness(facts.grades, asked),
        gates=asked,
        override=override,
    )


def stepped(level: Level, by: int) -> Level | None:
    """The level so many steps up or down; None where there is none."""
    at = LEVELS.index(level) + by
    return LEVELS[at] if 0 <= at < len(LEVELS) else None


def _highest(asked: Sequence[Gate], is_open: Callable[[Gate], bool]) -> Level:
    found = Level.PROSPECT
    for level in LEVELS[1:]:
        if not all(is_open(gate) for gate in asked if gate.level is level):
            break
        found = level
    return found


def _completeness(grades: Mapping[Indicator, int | None], asked: Sequence[Gate]) -> float:
    rated = sum(grades.get(one) is not None for one in INDICATORS)
    seated = sum(gate.value is not None for gate in asked if gate.name in RANKS)
    return (rated + seated) / (len(INDICATORS) + len(RANKS))


def _questions(gate: Gate) -> Iterable[Question]:
    if gate.name in RANKS and gate.value is None:
        yield Question(gate.name, None)
    if gate.name not in RANKS or not gate.is_met:
        yield from (Question(gate.name, term.of) for term in gate.unknown)


@dataclass(frozen=True, slots=True)
class Mark:
    """The level on a day.

    Attributes:
        day: when it was assessed.
        level: the level that held.
        is_override: whether it was set by hand.
    """

    day: dt.date
    level: Level
    is_override: bool = False


@dataclass(frozen=True, slots=True)
class Move:
    """A mark and how it came from the one before.

    Attributes:
        mark: the level on the day.
        steps: how many levels up, below 0 for down; None for the first.
    """

    mark: Mark
    steps: int | None

    @property
    def is_regression(self) -> bool:
        """Whether the relationship fell."""
        return (self.steps or 0) < 0


def history(marks: Iterable[Mark]) -> tuple[Move, ...]:
    """The levels in the order of their days, each with its step up or down; falls are kept like progress."""
    found: list[Move] = []
    for mark in sorted(marks, key=lambda one: one.day):
        before = found[-1].mark.level if found else None
        found.append(Move(mark, None if before is None else LEVELS.index(mark.level) - LEVELS.index(before)))
    return tuple(found)
