"""Published chains and made-up ones, for tests of what customers are worth."""

from __future__ import annotations

import math
import random
from typing import TYPE_CHECKING, Final

from hypothesis import strategies as st

from crmtui.method.chain import Chain, chain
from crmtui.method.transitions import LADDER, LOST, Counts
from crmtui.method.values import Reward, Timing, Values, values

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

LOYALTY: Final = (
    *("platinum top", "platinum low", "gold top", "gold low", "silver top", "silver low", "inactive", "lost"),
)
LOYALTY_COUNTS: Final = dict(zip(LOYALTY, (200.0, 800.0, 1100.0, 4300.0, 6800.0, 26600.0, 18200.0, 0.0), strict=True))
LOYALTY_MARGINS: Final = (4410.0, 2145.0, 1100.0, 430.0, 86.0, 16.4, -2.0, 0.0)
LOYALTY_ROWS: Final = """
    39 13 10 3 2 1 31 0 | 11 33 11 8 3 2 33 0 | 3 10 31 10 8 3 36 0 | 1 3 10 30 10 8 38 0
    | 0 1 3 11 34 11 40 0 | 0 0 1 2 9 28 60 0 | 0 0 0 1 3 8 0 88 | 0 0 0 0 0 0 0 0
"""
RECENCY: Final = ("1", "2", "3", "4", "lost")


def loyalty() -> Values:
    """The loyalty case of method.md section 5: yearly margins, the first one a year ahead, d = 15 %."""
    rows = tuple(tuple(float(one) for one in row.split()) for row in LOYALTY_ROWS.split("|"))
    counted = chain(Counts(LOYALTY, rows), strength=0)
    given = {state: Reward(margin) for state, margin in zip(LOYALTY, LOYALTY_MARGINS, strict=True)}
    return values(counted, given, 0.15, Timing.AHEAD)


def recency() -> Values:
    """Pfeifer & Carraway 2000: who bought n periods ago buys with p(n), 40 a sale, 4 a mailing; d = 20 %."""
    rows = [[0.0] * len(RECENCY) for _state in RECENCY]
    for at, p in enumerate((0.3, 0.2, 0.15, 0.05)):
        rows[at][0], rows[at][at + 1] = p, 1 - p
    given = {state: Reward(36.0 if state == "1" else -4.0) for state in RECENCY[:-1]}
    return values(chain(Counts(RECENCY, tuple(map(tuple, rows))), strength=0), given, 0.2)


def counted(rows: Mapping[str, Mapping[str, float]]) -> Counts:
    """Counts over the ladder from those that are not 0."""
    return Counts(LADDER, tuple(tuple(rows.get(one, {}).get(to, 0.0) for to in LADDER) for one in LADDER))


@st.composite
def chains(draw: st.DrawFn) -> Chain:
    """Chains over the ladder from any counts, with a belief of any strength above 0."""
    row = st.tuples(*[st.integers(0, 40)] * len(LADDER))
    rows = draw(st.tuples(*[row] * len(LADDER)))
    counts = Counts(LADDER, tuple(tuple(map(float, one)) for one in rows))
    return chain(counts, draw(st.floats(0.1, 50)))


def rewarded(least: float) -> st.SearchStrategy[dict[str, Reward]]:
    """A reward for each level."""
    one = st.builds(Reward, st.floats(least, 1e6), st.floats(0, 1e5), st.floats(0, 1e5))
    return st.tuples(*[one] * (len(LADDER) - 1)).map(lambda found: dict(zip(LADDER, found, strict=False)))


DRAWS: Final = 300  # their deviation is sure to a twenty-fifth
MANY: Final = counted(
    {one: {one: 70, LADDER[max(0, at - 1)]: 12, LADDER[at + 1]: 18, LOST: 9} for at, one in enumerate(LADDER[:-1])}
)
LEVELS: Final = {one: Reward(100.0 * (1 + at) ** 2, 15) for at, one in enumerate(LADDER[:-1])}


def seeded(seed: int) -> random.Random:
    """Draws that are always the same."""
    return random.Random(seed)  # noqa: S311 - fixed draws, not a secret


def drawn(found: Chain, draw: random.Random) -> Chain:
    """A chain as it may be as well: each row from its Dirichlet distribution."""
    rows = []
    for row, weight in zip(found.rows, found.weights, strict=True):
        if math.isinf(weight):
            rows.append(row)
            continue
        parts = [draw.gammavariate(weight * p, 1) if p else 0.0 for p in row]
        rows.append(tuple(part / sum(parts) for part in parts))
    return Chain(found.states, tuple(rows), found.weights, found.counted, found.absorbing)


def deviation(found: Sequence[float]) -> float:
    """The standard deviation of what was drawn."""
    mean = sum(found) / len(found)
    return math.sqrt(sum((one - mean) ** 2 for one in found) / (len(found) - 1))
