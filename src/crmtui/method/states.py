"""What customers are worth by states of the user's own (method.md section 5), as `values` and `stopping` have it.

The user gives the states with what each brings in a period, and where its customers go: counted, or as shares. A state
that brings nothing and is never left ends a relationship. The states stand in the order of a ladder, whose upper end is
the one that brings more unless the user says so.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from crmtui.figures import Figure
from crmtui.method.chain import chain
from crmtui.method.stopping import best
from crmtui.method.transitions import Counts
from crmtui.method.values import Reward, Timing, values
from crmtui.text import N_, _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crmtui.method.chain import Chain
    from crmtui.method.stopping import Policy
    from crmtui.method.values import Values, Worth

MOST: Final = 100  # states: each is looked at with each
FEWEST: Final = 2
_MOST: Final = 1e15  # no figure is greater
NOT_SCALED: Final = N_(
    "nothing says where its customers go, so that its row cannot be scaled to 1: write how many stay under its own name"
)


@dataclass(frozen=True, slots=True)
class State:
    """A state as the user gives it.

    Attributes:
        name: which.
        margin: what a customer in it brings in a period.
        moves: how many go to each state in a period, or what share, in the order of the states; each at least 0.
        customers: how many are in it; None when nobody says.
    """

    name: str
    margin: float
    moves: tuple[float, ...]
    customers: float | None = None

    def is_end(self, at: int) -> bool:
        """Whether it ends a relationship: it brings nothing, and nobody leaves it."""
        return not self.margin and not any(count for to, count in enumerate(self.moves) if to != at)


@dataclass(frozen=True, slots=True)
class StateWorth:
    """What a customer in a state is worth.

    Attributes:
        state: which, as it was given.
        is_end: whether it ends a relationship.
        worth: its value when nobody is ever left, with its terms.
        best: its value when every state is left where going on is worth less than nothing.
        continuing: what it brings this period and the best that can follow, below 0 where it is to be left.
        above: the state above it; '' at the top, and where a relationship has ended.
        up: what a customer there is worth more; None where there is none.
    """

    state: State
    is_end: bool
    worth: Worth
    best: float
    continuing: float
    above: str
    up: Worth | None

    @property
    def is_to_stop(self) -> bool:
        """Whether serving a customer in it loses money, whatever one does later."""
        return not self.is_end and self.continuing < 0


@dataclass(frozen=True, slots=True)
class StatesWorth:
    """What customers are worth by states.

    Attributes:
        lines: one for each state, in the order given.
        total: all customers together; None where of a state that is no end nobody says how many there are.
        best: the same by the best policy.
        rate: discount rate of a period.
        timing: when the first margin comes.
        is_best_first: whether the first state is the upper end of the ladder.
        is_counted: whether moves are customers counted, so that values have bands.
    """

    lines: tuple[StateWorth, ...]
    total: Worth | None
    best: float | None
    rate: float
    timing: Timing
    is_best_first: bool
    is_counted: bool


def worth(
    states: Sequence[State],
    rate: float,
    timing: Timing = Timing.NOW,
    *,
    is_counted: bool = False,
    is_best_first: bool | None = None,
) -> StatesWorth:
    """What a customer in each state is worth, and all of them.

    Args:
        states: in order.
        rate: discount rate of a period, above 0.
        timing: when the first margin comes.
        is_counted: whether moves are customers counted; else they are shares, and nothing is said of how sure they are.
        is_best_first: whether the first state is the upper end; None: whether it brings more than the last.

    Raises:
        ValueError: what cannot be valued, in a translated sentence.
    """
    _check(states, rate)
    ends = [state.is_end(at) for at, state in enumerate(states)]
    given = {state.name: Reward(state.margin) for state in states}
    found = values(_chain(states, ends, is_counted=is_counted), given, rate, timing)
    policy = best(found)
    alive = [state for state, is_end in zip(states, ends, strict=True) if not is_end]
    if is_best_first is None:
        is_best_first = alive[0].margin > alive[-1].margin
    above = _above([state.name for state in alive], is_best_first=is_best_first)
    lines = tuple(_line(found, policy, state, at, above.get(state.name, "")) for at, state in enumerate(states))
    total, best_total = None, None
    if all(state.customers is not None for state in alive):
        total = found.weighted({state.name: state.customers or 0.0 for state in states})
        best_total = math.fsum((line.state.customers or 0.0) * line.best for line in lines)
    return StatesWorth(lines, total, best_total, rate, timing, is_best_first, is_counted)


def _chain(states: Sequence[State], ends: Sequence[bool], *, is_counted: bool) -> Chain:
    names = tuple(state.name for state in states)
    absorbing = frozenset(name for name, is_end in zip(names, ends, strict=True) if is_end)
    found = chain(Counts(names, tuple(state.moves for state in states), absorbing), strength=0)
    return found if is_counted else replace(found, weights=(math.inf,) * len(names))


def _above(alive: Sequence[str], *, is_best_first: bool) -> dict[str, str]:
    """The state above each but the uppermost."""
    upwards = alive[::-1] if is_best_first else alive
    return dict(pairwise(upwards))


def _line(found: Values, policy: Policy, state: State, at: int, above: str) -> StateWorth:
    continuing = policy.continuing[at]
    later = continuing - state.margin
    return StateWorth(
        state=state,
        is_end=state.name in found.chain.absorbing,
        worth=found.worth(state.name),
        best=later if found.timing is Timing.AHEAD else max(0.0, continuing),
        continuing=continuing,
        above=above,
        up=found.weighted({above: 1.0, state.name: -1.0}) if above else None,
    )


def _check(states: Sequence[State], rate: float) -> None:
    """Raise ValueError, in a translated sentence, for what cannot be valued."""
    if not (math.isfinite(rate) and rate > 0):
        raise ValueError(
            _(
                "with a discount rate of {rate:g} what comes in a hundred years counts like today: give more than 0"
            ).format(rate=Figure(rate))
        )
    if len(states) < FEWEST:
        raise ValueError(_("one state is no chain: there must be another that its customers can come to, such as lost"))
    if len(states) > MOST:
        raise ValueError(
            _("{count} states are more than the {most} that can be told apart").format(count=len(states), most=MOST)
        )
    for at, state in enumerate(states):
        for value, low in ((state.margin, -_MOST), (state.customers or 0.0, 0.0), *((one, 0.0) for one in state.moves)):
            if not low <= value <= _MOST:
                raise ValueError(
                    _("{state}: {value:g} cannot be: margins may be below 0, customers and moves may not").format(
                        state=state.name, value=Figure(value)
                    )
                )
        if not state.is_end(at) and not sum(state.moves):
            raise ValueError(f"{state.name}: {_(NOT_SCALED)}")
    if all(state.is_end(at) for at, state in enumerate(states)):
        raise ValueError(_("no state brings anything or leads anywhere: give margins and moves"))
