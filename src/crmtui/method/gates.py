"""The gates of the relationship ladder: what a level needs, how far it is, and why (method.md section 1)."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from crmtui.domain.fields import Word
from crmtui.domain.words import Indicator, Level, Rank
from crmtui.method.recognition import BONDS, DEEPEST_BONDS, ROWS, TOP, Mean, mean
from crmtui.text import N_

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence


class Name(Word):
    """The gates, those of the lowest level first."""

    BUYER_ORDERS = "buyer_orders", N_("orders")
    BUYER_COVER = "buyer_cover", N_("key people covered")
    ACCOUNT_RECOGNITION = "account_recognition", N_("recognised as consultant")
    ACCOUNT_COVER = "account_cover", N_("process owner or director covered")
    ACCOUNT_BONDS = "account_bonds", N_("bonds")
    PARTNER_RECOGNITION = "partner_recognition", N_("recognised as strategic support")
    PARTNER_COVER = "partner_cover", N_("general management covered")
    PARTNER_BONDS = "partner_bonds", N_("organisational and professional bonds")


DEFAULTS: Final[Mapping[Name, float]] = {
    Name.BUYER_ORDERS: 1,
    Name.BUYER_COVER: 1,
    Name.ACCOUNT_RECOGNITION: 3,
    Name.ACCOUNT_COVER: 2,
    Name.ACCOUNT_BONDS: 2,
    Name.PARTNER_RECOGNITION: 3,
    Name.PARTNER_COVER: 3,
    Name.PARTNER_BONDS: 3,
}
LEVELS: Final[Mapping[Name, Level]] = {
    name: Level.BUYER if name.startswith("buyer") else Level.ACCOUNT if name.startswith("account") else Level.PARTNER
    for name in Name
}
# Whose cover a gate asks for: the row "key people" of the ladder.
RANKS: Final[Mapping[Name, Rank]] = {
    Name.BUYER_COVER: Rank.HEAD,
    Name.ACCOUNT_COVER: Rank.DIRECTOR,
    Name.PARTNER_COVER: Rank.GENERAL,
}


class State(StrEnum):
    """Whether a gate is met."""

    MET = "met"
    MISSING = "missing"
    UNKNOWN = "unknown"  # not met, since nobody knows


@dataclass(frozen=True, slots=True)
class Seat:
    """Somebody on the account's map.

    Attributes:
        key: who it is.
        rank: whose key people the person is; None when unknown.
        cover: 4·k, how well the person is covered by contacts that happened (section 2), 0 to 4.
        is_assumed: whether the rank was guessed.
    """

    key: int
    rank: Rank | None
    cover: float
    is_assumed: bool = False


@dataclass(frozen=True, slots=True)
class Term:
    """Something that a gate is made of.

    Attributes:
        of: the indicator, the key of the seat, or None for what is counted (orders).
        value: its rating or cover, 0 to 4, or the count; None when unknown.
        counts: whether it makes the value: of the people only the best covered does.
        is_unknown: whether something has to be found out: the rating, or the rank of a person.
        is_assumed: whether the rating was assumed or the rank guessed.
    """

    of: Indicator | int | None
    value: float | None
    counts: bool = True
    is_unknown: bool = False
    is_assumed: bool = False


@dataclass(frozen=True, slots=True)
class Gate:
    """A gate as it stands.

    Attributes:
        name: which one.
        needed: the threshold; 0 asks for nothing, and is met.
        value: 0 to 4, or the number of orders; None when unknown.
        low: the value if all that is unknown turned out worst.
        high: the same, turned out best.
        state: met, missing, or not met because unknown.
        terms: what the value is made of, and what would be if it were known.
    """

    name: Name
    needed: float
    value: float | None
    low: float
    high: float
    state: State
    terms: tuple[Term, ...]

    @property
    def level(self) -> Level:
        """The level that it leads to."""
        return LEVELS[self.name]

    @property
    def is_met(self) -> bool:
        """Whether one may pass."""
        return self.state is State.MET

    @property
    def gap(self) -> float | None:
        """How much is lacking, 0 when met; None when unknown."""
        if self.is_met:
            return 0.0
        return None if self.value is None else self.needed - self.value

    @property
    def could_be_met(self) -> bool:
        """Whether it would be met if all that is unknown turned out best."""
        return self.high >= self.needed

    @property
    def unknown(self) -> tuple[Term, ...]:
        """The terms that nobody knows."""
        return tuple(term for term in self.terms if term.is_unknown)


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What the gates look at.

    Attributes:
        grades: the ratings of the indicators, 0 to 4; what is not there, or None, is unknown.
        assumed: the indicators whose rating is assumed, not confirmed.
        seats: everybody on the account's map.
        orders: how many orders it gave that were not cancelled.
    """

    grades: Mapping[Indicator, int | None]
    assumed: frozenset[Indicator] = frozenset()
    seats: Sequence[Seat] = ()
    orders: int = 0


def gates(facts: Facts, thresholds: Mapping[Name, float] = DEFAULTS) -> tuple[Gate, ...]:
    """All gates, in the order of the ladder; a threshold that is not there is the default.

    Raises:
        ValueError: a rating or a cover is not between 0 and 4, the orders are below 0, or a threshold is not a
            number of at least 0.
    """
    _check(facts, thresholds)
    needed = {**DEFAULTS, **thresholds}
    return tuple(_gate(name, needed[name], facts) for name in Name)


def _check(facts: Facts, thresholds: Mapping[Name, float]) -> None:
    for name, threshold in thresholds.items():
        if not (math.isfinite(threshold) and threshold >= 0):
            raise ValueError(f"{name.value}: threshold {threshold} is not a number of at least 0")
    for seat in facts.seats:
        if not 0 <= seat.cover <= TOP:
            raise ValueError(f"seat {seat.key}: cover {seat.cover} is not between 0 and {TOP}")
    if facts.orders < 0:
        raise ValueError(f"{facts.orders} orders are less than none")


def _gate(name: Name, needed: float, facts: Facts) -> Gate:
    if name is Name.BUYER_ORDERS:
        return _made(name, needed, (facts.orders, facts.orders, facts.orders), (Term(None, facts.orders),))
    if name in RANKS:
        return _cover(name, needed, facts.seats)
    if name is Name.PARTNER_BONDS:
        return _weakest(name, needed, facts)
    found = mean(BONDS if name is Name.ACCOUNT_BONDS else ROWS[LEVELS[name]], facts.grades)
    return _made(name, needed, (found.value, found.low, found.high), _rated(found, facts))


def _rated(found: Mean, facts: Facts) -> tuple[Term, ...]:
    return tuple(
        Term(
            one.indicator,
            one.grade,
            counts=one.grade is not None,
            is_unknown=one.grade is None,
            is_assumed=one.grade is not None and one.indicator in facts.assumed,
        )
        for one in found.terms
    )


def _cover(name: Name, needed: float, seats: Sequence[Seat]) -> Gate:
    """The best covered of that rank or above; those of unknown rank could be of it, and so could somebody unmet."""
    ranks = list(Rank)
    fitting = [seat for seat in seats if seat.rank and ranks.index(seat.rank) >= ranks.index(RANKS[name])]
    nameless = [seat for seat in seats if seat.rank is None]
    best = max((seat.cover for seat in fitting), default=None)
    low = best or 0.0
    high = max(low, *(seat.cover for seat in nameless), 0.0) if fitting else float(TOP)
    by_cover = sorted(fitting, key=lambda seat: -seat.cover)
    terms = (
        *(Term(seat.key, seat.cover, not at, is_assumed=seat.is_assumed) for at, seat in enumerate(by_cover)),
        *(Term(seat.key, seat.cover, counts=False, is_unknown=True) for seat in nameless),
    )
    return _made(name, needed, (best, low, high), terms)


def _weakest(name: Name, needed: float, facts: Facts) -> Gate:
    """All of them have to be there: the weakest counts, and an unknown one only where the others would do."""
    found = mean(DEEPEST_BONDS, facts.grades)
    known = [one.grade for one in found.terms if one.grade is not None]
    is_open = len(known) < len(found.terms)
    weakest = min(known, default=None)
    value = None if weakest is None or (is_open and weakest >= needed) else weakest
    high = TOP if weakest is None else weakest
    return _made(name, needed, (value, 0 if is_open else high, high), _rated(found, facts))


def _made(name: Name, needed: float, figure: tuple[float | None, float, float], terms: tuple[Term, ...]) -> Gate:
    value, low, high = figure
    if not needed or (value is not None and value >= needed):
        state = State.MET
    else:
        state = State.UNKNOWN if value is None else State.MISSING
    return Gate(name, needed, value, low, high, state, terms)


def passed(level: Level, asked: Sequence[Gate]) -> Iterator[Gate]:
    """The gates of a level and of all levels below it."""
    levels = list(Level)
    return (gate for gate in asked if levels.index(gate.level) <= levels.index(level))
