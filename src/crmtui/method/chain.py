"""A Markov chain over the relationship ladder: from counts and a prior belief to probabilities (method.md section 5).

Each row of counts has a Dirichlet prior: so many transitions (`STRENGTH`) as if they had been seen already, spread as
`believed` spreads them. Probabilities are the mean of what follows, (count + prior) / (all + strength), so that a row
with no history is the belief, and one with fifty transitions is nine tenths history.

No transition probabilities of this ladder are published. The belief is therefore weak, and says only what holds for
most relationships between companies: most stay where they are for a year, a step up is as likely as a step down, and
one in ten is lost. Whoever knows better gives another; the strength says how many cases it is worth.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from crmtui.method.transitions import Counts

STRENGTH: Final = 5.0  # transitions that the belief about a state weighs as much as
STEP: Final = 0.10  # believed share that goes one step up in a period, and the same one step down
LOSS: Final = 0.10  # believed share that is lost in a period

Row = tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Chain:
    """Transition probabilities, and how sure they are.

    Attributes:
        states: in order.
        rows: probabilities from each state to each; each row sums to 1.
        weights: what each row rests on: transitions counted and believed together; infinite for an absorbing state.
        counted: transitions counted from each state.
        absorbing: the states that are never left.
    """

    states: tuple[str, ...]
    rows: tuple[Row, ...]
    weights: tuple[float, ...]
    counted: tuple[float, ...]
    absorbing: frozenset[str]

    def at(self, state: str) -> int:
        """The place of a state; ValueError for one that is not there."""
        if state not in self.states:
            raise ValueError(f"{state!r} is none of the states")
        return self.states.index(state)

    @property
    def completeness(self) -> float:
        """How much of the probabilities is counted and not believed, 0 to 1, the mean of the states that are left."""
        shares = [
            counted / weight if weight else 0.0
            for counted, weight in zip(self.counted, self.weights, strict=True)
            if math.isfinite(weight)
        ]
        return sum(shares) / len(shares) if shares else 1.0

    def variance(self, at: int, values: Sequence[float]) -> float:
        """The variance of the mean of `values` over where a state leads to, from what its row leaves open.

        Dirichlet: (Σ p·v² - (Σ p·v)²) / (weight + 1).
        """
        if not math.isfinite(self.weights[at]):
            return 0.0
        row = self.rows[at]
        mean = sum(p * value for p, value in zip(row, values, strict=True))
        spread = sum(p * (value - mean) ** 2 for p, value in zip(row, values, strict=True))
        return spread / (self.weights[at] + 1)


def believed(
    states: Sequence[str], absorbing: Iterable[str], step: float = STEP, loss: float = LOSS
) -> tuple[Row, ...]:
    """The belief before anything was counted: to the neighbours, or lost, or nowhere.

    `states` are in order, those that end the relationship last. Where there is no neighbour the share stays.

    Raises:
        ValueError: shares that are below 0 or leave nothing to stay.
    """
    if step < 0 or loss < 0 or 2 * step + loss > 1:
        raise ValueError(f"steps of {step} and a loss of {loss} are no shares of one whole")
    last = frozenset(absorbing)
    alive = [place for place, state in enumerate(states) if state not in last]
    ends = [place for place, state in enumerate(states) if state in last]
    rows = []
    for place in range(len(states)):
        row = [0.0] * len(states)
        for neighbour in (place - 1, place + 1):
            if place in alive and neighbour in alive:
                row[neighbour] = step
        for end in ends if place in alive else ():
            row[end] = loss / len(ends)
        row[place] = 1 - sum(row)
        rows.append(tuple(row))
    return tuple(rows)


def chain(
    counts: Counts,
    strength: float = STRENGTH,
    belief: Sequence[Sequence[float]] | None = None,
) -> Chain:
    """Probabilities from counts and a belief; with a strength of 0 the counts alone, scaled to 1.

    Raises:
        ValueError: a belief that is no table of probabilities, a strength below 0, or of 0 where a state has no counts.
    """
    if not (math.isfinite(strength) and strength >= 0):
        raise ValueError(f"a belief cannot be worth {strength} transitions")
    prior = believed(counts.states, counts.absorbing) if belief is None else _checked(belief, len(counts.states))
    found = [
        (_alone(at, len(prior)), math.inf)
        if state in counts.absorbing
        else _row(at, counts.rows[at], prior[at], strength)
        for at, state in enumerate(counts.states)
    ]
    return Chain(
        states=counts.states,
        rows=tuple(row for row, _weight in found),
        weights=tuple(weight for _row, weight in found),
        counted=tuple(float(sum(row)) for row in counts.rows),
        absorbing=counts.absorbing,
    )


def cut(chain: Chain, stops: frozenset[int]) -> Chain:
    """The chain in which the states at these places are never left: what comes after them counts no more."""
    size = len(chain.states)
    return replace(
        chain,
        rows=tuple(_alone(at, size) if at in stops else row for at, row in enumerate(chain.rows)),
        weights=tuple(math.inf if at in stops else weight for at, weight in enumerate(chain.weights)),
    )


def back(chain: Chain, values: Sequence[float]) -> Row:
    """What values one period later are on average, seen from each state: P · values."""
    return tuple(math.fsum(p * value for p, value in zip(row, values, strict=True)) for row in chain.rows)


def _alone(at: int, size: int) -> Row:
    return tuple(float(at == other) for other in range(size))


def _row(at: int, counted: Sequence[float], prior: Sequence[float], strength: float) -> tuple[Row, float]:
    if any(not (math.isfinite(one) and one >= 0) for one in counted):
        raise ValueError(f"transitions from state {at + 1} are not numbers of at least 0")
    weight = sum(counted) + strength
    if weight <= 0:
        raise ValueError(f"nothing is counted and nothing is believed of state {at + 1}")
    return tuple((one + strength * share) / weight for one, share in zip(counted, prior, strict=True)), weight


def _checked(belief: Sequence[Sequence[float]], size: int) -> tuple[Row, ...]:
    rows = tuple(tuple(float(one) for one in row) for row in belief)
    if len(rows) != size or any(
        len(row) != size or min(row) < 0 or not math.isclose(sum(row), 1, abs_tol=1e-9) for row in rows
    ):
        raise ValueError("a belief needs a row for each state, of shares of at least 0 that sum to 1")
    return rows
