"""Who listens to whom on a map, and where opinions settle (Friedkin & Johnsen 1990; method.md section 2).

With W the weights with which each person (a row, of sum 1) listens to the others and Λ the diagonal of the openness,

    x = ΛW x + (I - Λ) s    so    x = V s,   V = (I - ΛW)^-1 (I - Λ)

each opinion x is a mean of the attitudes s, its weights the row of V. I - ΛW is eliminated once and serves both x and
dᵀV. Its diagonal is taken from the sums of its rows, as Grassmann, Taksar & Heyman (1985) do for Markov chains, so that
nothing is ever subtracted: weights come out exact to rounding and never negative, however open everybody is.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

HELD: Final = 1e-9  # what each of a group adrift keeps of the own attitude, see `settle`
NO_SHARE: Final = 1e-9  # a kind of influence with less than this share of the whole is left out
BOSS_STRENGTH: Final = 2  # of the line from whom somebody reports to: clear, as long as nobody has judged it


class Tie(NamedTuple):
    """An influence; a conflict is none.

    Attributes:
        source: who is listened to.
        target: who listens.
        strength: above 0; counts against the other strengths of its kind with the same listener.
        is_formal: by office, not by personal weight.
    """

    source: int
    target: int
    strength: float = BOSS_STRENGTH
    is_formal: bool = False


@dataclass(frozen=True, slots=True)
class Settled:
    """Where opinions settle, whatever the attitudes they start from.

    Attributes:
        held: 1 - openness of each person, 0 to 1: how much counts of the own attitude; 1 for who listens to nobody.
        adrift: the places of those who only listen to one another, entirely, so that no attitude holds them.
        rows: I - ΛW eliminated: the factors below the diagonal, the pivots on it, -ΛW as it became above it.
    """

    held: tuple[float, ...]
    adrift: tuple[int, ...]
    rows: tuple[list[float], ...]

    def opinions(self, attitudes: Sequence[float]) -> list[float]:
        """The opinion in which each person ends: x = V s."""
        found: list[float] = []
        for row, held, attitude in zip(self.rows, self.held, attitudes, strict=True):
            found.append(held * attitude + sum(map(_times, row, found)))
        for at in range(len(found) - 1, -1, -1):
            row = self.rows[at]
            found[at] = (found[at] + sum(map(_times, row[at + 1 :], found[at + 1 :]))) / row[at]
        return found

    def leverages(self, rights: Sequence[float]) -> list[float]:
        """How much each person's attitude counts: c = dᵀV, at least 0 and of the same sum as the rights."""
        return [held * one for held, one in zip(self.held, self.gathered(rights), strict=True)]

    def gathered(self, rights: Sequence[float]) -> list[float]:
        """What comes together with each person, the own right and what listeners pass on: dᵀ(I - ΛW)^-1, at least 0."""
        left = list(rights)
        for at, row in enumerate(self.rows):
            one = left[at] = left[at] / row[at]
            for later in range(at + 1, len(left)):
                if weight := row[later]:  # few listen to each other
                    left[later] += weight * one
        for at in range(len(left) - 1, -1, -1):
            one, row = left[at], self.rows[at]
            for before in range(at):
                if weight := row[before]:
                    left[before] += weight * one
        return left


def _times(one: float, other: float) -> float:
    return one * other


def listening(keys: Sequence[int], ties: Iterable[Tie], informal_share: float) -> tuple[dict[int, float], ...]:
    """W: for each person the weights of those whom the person listens to, by their places in `keys`.

    The formal and the informal strengths of a listener are each scaled to sum 1 and mixed as (1 - θ)·formal +
    θ·informal, θ from 0 to 1; who has one kind only listens to that alone. Two ties of a kind between the same two
    are one, of the greater strength; ties in both directions, and of both kinds, all count. A tie with oneself, or
    with somebody who is not there, is none. Empty for who listens to nobody.
    """
    places = {key: at for at, key in enumerate(keys)}
    formal: dict[int, dict[int, float]] = {}
    informal: dict[int, dict[int, float]] = {}
    for tie in ties:
        source, target = places.get(tie.source), places.get(tie.target)
        if source is not None and target is not None and source != target and tie.strength > 0:
            row = (formal if tie.is_formal else informal).setdefault(target, {})
            row[source] = max(tie.strength, row.get(source, 0))
    listeners = formal.keys() | informal.keys()
    return tuple(
        _mixed(formal.get(at, {}), informal.get(at, {}), informal_share) if at in listeners else {}
        for at in range(len(keys))
    )


def _mixed(formal: Mapping[int, float], informal: Mapping[int, float], share: float) -> dict[int, float]:
    if not (formal and informal):
        return _scaled(formal or informal, 1)
    mixed = _scaled(formal, 1 - share) if share < 1 - NO_SHARE else {}
    for source, weight in _scaled(informal, share).items() if share > NO_SHARE else ():
        mixed[source] = mixed.get(source, 0) + weight
    return mixed


def _scaled(strengths: Mapping[int, float], whole: float) -> dict[int, float]:
    total = sum(strengths.values())
    return {source: whole * strength / total for source, strength in strengths.items()}


def settle(weights: Sequence[Mapping[int, float]], openness: Sequence[float]) -> Settled:
    """Work out where opinions settle; the rows of `weights` sum to 1, or are empty; `openness` is 0 to 1.

    Who listens to nobody keeps the own attitude, whatever the openness. Where some are entirely open (1) and only
    listen to one another, no attitude holds them and I - ΛW has no inverse. They are taken to keep a trace (`HELD`)
    of their own, each the same: in the limit that is the opinion they would come to agree on (DeGroot 1974).
    """
    held = [1 - open_ if row else 1.0 for row, open_ in zip(weights, openness, strict=True)]
    adrift = _adrift(weights, held)
    for at in adrift:
        held[at] = HELD
    rows = [[0.0] * len(held) for _ in held]
    for at, row in enumerate(weights):
        for source, weight in row.items():
            rows[at][source] = (1 - held[at]) * weight
    _eliminate(rows, list(held))
    return Settled(tuple(held), adrift, tuple(rows))


def _adrift(weights: Sequence[Mapping[int, float]], held: Sequence[float]) -> tuple[int, ...]:
    """The places of those from whom no line of listening leads to somebody who holds to the own attitude."""
    if all(held):
        return ()
    anchored = {at for at, share in enumerate(held) if share > 0}
    grown = True
    while grown:
        more = {at for at, row in enumerate(weights) if at not in anchored and not anchored.isdisjoint(row)}
        anchored |= more
        grown = bool(more)
    return tuple(at for at in range(len(held)) if at not in anchored)


def _eliminate(rows: list[list[float]], held: list[float]) -> None:
    """Turn ΛW into the factors of I - ΛW, in place; `held` are the sums of its rows."""
    for at, row in enumerate(rows):
        rest = row[at + 1 :]
        row[at] = held[at] + sum(rest)
        for later in range(at + 1, len(rows)):
            below = rows[later]
            if below[at]:
                factor = below[at] = below[at] / row[at]
                below[at + 1 :] = [one + factor * other for one, other in zip(below[at + 1 :], rest, strict=True)]
                held[later] += factor * held[at]
