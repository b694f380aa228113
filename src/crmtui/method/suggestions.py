"""What an account could need next: what accounts like it buy, and what goes with what it buys (method.md section 5).

Two kinds of evidence for an offering that an account does not have from us. Peers: of the accounts that agree with it
in industry, size or segment, so many buy it. Basket: of the accounts that buy what it buys, so many buy this too
(association rules: Agrawal, Imielinski & Swami 1993). Of each the support (how many buy), the confidence (their share,
with Wilson's interval) and the lift (how many times the share among all accounts) are given.

Thousands of such shares are looked at, and some are high by chance. So evidence needs a support of `SUPPORT`, and its
probability under chance (hypergeometric: so many buyers or more in a group of that size drawn from all accounts) must
pass Benjamini & Hochberg's step-up (1995): of what is shown about a tenth, at most, is chance. Accounts that buy by
chance alone get no suggestion in nine of ten workspaces.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from crmtui.domain.words import Supply
from crmtui.method.likeness import Likeness, crowd, likenesses
from crmtui.method.proportions import Proportion, proportion

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from crmtui.method.likeness import Crowd, Traits
    from crmtui.method.whitespace import Cell

SUPPORT: Final = 5  # buyers below which nothing is said
PEERS: Final = 8  # accounts below which a group is too small to be looked at
CHANCE: Final = 0.10  # share of what is shown that may be chance
_TINY: Final = 1e-12  # share of a sum below which its rest is left out


class Kind(StrEnum):
    """Where evidence comes from."""

    PEERS = "peers"
    BASKET = "basket"


@dataclass(frozen=True, slots=True)
class Evidence:
    """Why an offering could be needed.

    Attributes:
        kind: peers or basket.
        offering: what could be needed.
        like: what peers agree in, trait and value; empty for a basket.
        given: the offering that goes with it; None for peers.
        confidence: share of those other accounts that buys it; its count is the support.
        elsewhere: how many of them are known to have it from somebody else, or to make it themselves.
        share: of all other accounts that buys it, above 0.
        chance: the probability of so many buyers, or more, by chance.
    """

    kind: Kind
    offering: int
    like: Likeness
    given: int | None
    confidence: Proportion
    elsewhere: int
    share: float
    chance: float

    @property
    def support(self) -> int:
        """How many of them buy it."""
        return self.confidence.count

    @property
    def lift(self) -> float:
        """How many times the share of all accounts their share is."""
        return (self.confidence.value or 0.0) / self.share


@dataclass(frozen=True, slots=True)
class Patterns:
    """What was found.

    Attributes:
        peers: evidence by what accounts agree in.
        baskets: evidence by what they buy.
        looked_at: how many shares were tried, of which these passed.
        accounts: on how many accounts.
    """

    peers: Mapping[Likeness, tuple[Evidence, ...]]
    baskets: Mapping[int, tuple[Evidence, ...]]
    looked_at: int
    accounts: int


@dataclass(frozen=True, slots=True)
class Suggestion:
    """An offering that an account could need.

    Attributes:
        account: which.
        offering: which.
        evidence: the best first, by the lower end of the confidence.
        cell: what is known of it there; None where nobody has looked.
    """

    account: int
    offering: int
    evidence: tuple[Evidence, ...]
    cell: Cell | None

    @property
    def best(self) -> Evidence:
        """The strongest evidence."""
        return self.evidence[0]

    @property
    def expected(self) -> float | None:
        """Confidence times potential, minor units a year; None where nobody knows the potential."""
        if self.cell is None or self.cell.potential is None:
            return None
        return (self.best.confidence.value or 0.0) * self.cell.potential


def learn(
    traits: Sequence[Traits],
    bought: Mapping[int, Collection[int]],
    elsewhere: Mapping[int, Collection[int]] | None = None,
) -> Patterns:
    """What accounts that are alike buy, and what is bought together.

    Args:
        traits: of all accounts.
        bought: offerings that each has from us, by account.
        elsewhere: offerings that it is known to have from others, or to make itself.
    """
    found = crowd(traits, bought, elsewhere or {})
    looked_at, tried = 0, []
    for one in _tried(found):
        looked_at += 1
        if one is not None:
            tried.append(one)
    passed = _passed(tried, looked_at)
    peers: dict[Likeness, list[Evidence]] = {}
    baskets: dict[int, list[Evidence]] = {}
    for one in passed:
        if one.given is None:
            peers.setdefault(one.like, []).append(one)
        else:
            baskets.setdefault(one.given, []).append(one)
    return Patterns(
        peers={like: tuple(those) for like, those in peers.items()},
        baskets={given: tuple(those) for given, those in baskets.items()},
        looked_at=looked_at,
        accounts=len(found.accounts),
    )


def suggest(patterns: Patterns, one: Traits, bought: Collection[int], cells: Iterable[Cell] = ()) -> list[Suggestion]:
    """What an account could need, the surest first; never what it has from us, nor what it does not need."""
    known = {cell.offering: cell for cell in cells}
    closed = {cell.offering for cell in known.values() if cell.state in (Supply.US, Supply.NOT_NEEDED)}
    found: dict[int, list[Evidence]] = {}
    for evidence in _for(patterns, one, bought):
        if evidence.offering not in bought and evidence.offering not in closed:
            found.setdefault(evidence.offering, []).append(evidence)
    told = [
        Suggestion(one.account, offering, tuple(sorted(those, key=_surest)), known.get(offering))
        for offering, those in found.items()
    ]
    return sorted(told, key=lambda suggestion: (_surest(suggestion.best), suggestion.offering))


def _for(patterns: Patterns, one: Traits, bought: Iterable[int]) -> Iterator[Evidence]:
    for likeness in likenesses(one):
        yield from patterns.peers.get(likeness, ())
    for offering in bought:
        yield from patterns.baskets.get(offering, ())


def _surest(evidence: Evidence) -> float:
    return -evidence.confidence.low


def _tried(found: Crowd) -> Iterator[Evidence | None]:
    """Evidence of each share that is looked at; None where it is no higher than that of all, or of too few buyers."""
    count = len(found.accounts)
    logs = _Factorials(count)
    wanted = {offering: (buyers, buyers.bit_count()) for offering, buyers in found.buyers.items()}
    wanted = {offering: both for offering, both in wanted.items() if SUPPORT <= both[1] < count}
    for like, members in found.groups.items():
        size = members.bit_count()
        if PEERS <= size < count:
            for offering, (buyers, whole) in wanted.items():
                support = (members & buyers).bit_count()
                told = _told(logs, support, size, whole)
                users = (members & found.users.get(offering, 0)).bit_count() if told else 0
                yield told and _evidence(Kind.PEERS, offering, like, None, told, users)
    for given, (members, size) in wanted.items():
        for offering, (buyers, whole) in wanted.items():
            if offering != given and size >= PEERS:
                told = _told(logs, (members & buyers).bit_count(), size, whole)
                users = (members & found.users.get(offering, 0)).bit_count() if told else 0
                yield told and _evidence(Kind.BASKET, offering, (), given, told, users)


_Told = tuple[int, int, float, float]  # support, other accounts of the group, share of all others, chance


def _told(logs: _Factorials, support: int, size: int, whole: int) -> _Told | None:
    """None where there is nothing to say, or nobody to say it to: all of the group buy it."""
    if support < SUPPORT or support == size or support * logs.count <= whole * size:
        return None
    return support, size - 1, whole / (logs.count - 1), logs.tail(support, size, whole)


def _evidence(kind: Kind, offering: int, like: Likeness, given: int | None, told: _Told, elsewhere: int) -> Evidence:
    """The account that it will be said to is one of the group that does not buy: the others are one fewer."""
    support, others, share, chance = told
    return Evidence(kind, offering, like, given, proportion(support, others), elsewhere, share, chance)


def _passed(tried: Iterable[Evidence], looked_at: int) -> list[Evidence]:
    """Those up to the last whose chance is at most its place's part of `CHANCE`."""
    ordered = sorted(tried, key=lambda one: one.chance)
    last = max((place for place, one in enumerate(ordered, 1) if one.chance <= CHANCE * place / looked_at), default=0)
    return ordered[:last]


class _Factorials:
    """Logarithms of factorials up to a number of accounts, for the chance of a count."""

    def __init__(self, count: int) -> None:
        self.count = count
        self._logs = [math.lgamma(one + 1) for one in range(count + 1)]

    def tail(self, support: int, size: int, whole: int) -> float:
        """The probability of `support` buyers or more among `size` accounts drawn from all, of which `whole` buy.

        Of what is more than `CHANCE`, and so passes nowhere, only as much is added up.
        """
        logs, count = self._logs, self.count
        rest = count - whole
        log = logs[whole] + logs[rest] + logs[size] + logs[count - size] - logs[count]
        log -= logs[support] + logs[whole - support] + logs[size - support] + logs[rest - size + support]
        first = math.exp(log)
        term = total = 1.0
        for more in range(support, min(size, whole)):
            term *= (whole - more) * (size - more) / ((more + 1) * (rest - size + more + 1))
            total += term
            if term < _TINY * total or first * total > CHANCE:
                break
        return min(1.0, first * total)
