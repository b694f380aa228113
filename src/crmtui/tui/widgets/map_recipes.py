"""The ways in which a map may be arranged, the most pleasant first: card sizes, spaces, and what becomes a list."""

from __future__ import annotations

from typing import Final, NamedTuple

from crmtui.tui.widgets.map_blocks import Gauge

_NEVER: Final = 1 << 20
_MAX_DEPTH: Final = 6  # bosses deeper than this always list their reports
_CROWD: Final = 60  # from here on only dense lists are worth trying, and time counts


class _Density(NamedTuple):
    """Card width, the space across, down and in lists, and what choosing them costs."""

    card: int
    across: int
    down: int
    listed: int
    cost: int


_DENSITIES: Final = (
    _Density(22, 10, 3, 1, 0),
    _Density(22, 6, 3, 1, 1),
    _Density(22, 4, 2, 1, 3),
    _Density(20, 4, 2, 1, 5),
    _Density(20, 4, 2, 0, 9),
    _Density(18, 3, 2, 0, 12),
    _Density(16, 3, 1, 0, 18),
    _Density(14, 2, 1, 0, 32),
)


class Policy(NamedTuple):
    """From which depth on all reports are listed; from how many on a plain family is listed, or paired.

    A plain family is one whose members have no reports of their own.
    """

    deep: int
    family: int
    pair: int
    cost: int


_PAIRS: Final = ((_NEVER, 0), (8, 1), (7, 2), (6, 3), (4, 4))  # from which length on lists are paired, its cost
_CROWD_POLICIES: Final = [Policy(_NEVER, 2, 4, 0), Policy(1, 2, 4, 2), Policy(0, 2, 4, 4)]


class Recipe(NamedTuple):
    """One way to arrange a map; `cost` says how much less pleasant it is than the best."""

    gauge: Gauge
    policy: Policy
    cost: int


def recipes(people: int, depth: int, largest: int, tall: int, *, roomy: bool) -> list[Recipe]:
    """All recipes for a forest, cheapest first.

    Args:
        people: how many cards there are.
        depth: levels below the top.
        largest: members of the largest family.
        tall: lines of a card.
        roomy: whether edges need space between the cards.
    """
    crowd = people >= _CROWD
    densities = _DENSITIES[-3:-1] if crowd else _DENSITIES if roomy else _DENSITIES[1:]
    policies = _CROWD_POLICIES if crowd else _policies(min(depth, _MAX_DEPTH), largest)
    choices = [
        Recipe(_gauge(density, tall, roomy=roomy), policy, density.cost + policy.cost)
        for density in densities
        for policy in policies
    ]
    return sorted(choices, key=lambda recipe: recipe.cost)


def _policies(depth: int, largest: int) -> list[Policy]:
    pairs = [(length, cost) for length, cost in _PAIRS if length <= largest or length == _NEVER]
    rows = [Policy(_NEVER, 2, pair, cost + 6) for pair, cost in pairs]
    lists = [
        Policy(deep, 2, pair, cost + 8 + 2 * (depth - deep))
        for deep in range(depth - 1, -1, -1)
        for pair, cost in pairs
    ]
    return [Policy(_NEVER, _NEVER, _NEVER, 0), *rows, *lists]


def _gauge(density: _Density, tall: int, *, roomy: bool) -> Gauge:
    across = max(density.across, 3) if roomy else density.across
    down = max(density.down, 2) if roomy else density.down
    return Gauge(density.card, tall, across, down, density.listed)
