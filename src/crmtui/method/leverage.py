"""On whom to bet: how much each person's attitude counts in a decision (method.md section 2).

c = dᵀV, where d are the decision rights, role weight · power scaled to sum 1, and V is where influence takes opinions.
Who reports to somebody listens to that person by office. The result also serves what is weighed by leverage: a mean
Σ c·y with its band, since Σ c·y = Σ d·(V y), for which only the rights of unjudged power or unknown role are open.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import accumulate
from typing import TYPE_CHECKING, Final, Protocol

from crmtui.domain.words import Role
from crmtui.method.influence import Settled, Tie, listening, settle

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from crmtui.method.dmu import Member

GREATEST_POWER: Final = 4
MIDDLE_POWER: Final = 2  # taken for the figure where nobody has judged the power
NO_ROLE: Final = 1.0  # the weight of who has no role yet
# How much a role weighs in a decision. Published weights do not exist: defaults, for the user to edit.
ROLE_WEIGHTS: Final[Mapping[Role, float]] = {
    Role.DECIDER: 4,
    Role.BUYER: 2.5,
    Role.INFLUENCER: 2,
    Role.GATEKEEPER: 1.5,
    Role.USER: 1,
    Role.INITIATOR: 1,
    Role.COACH: 0.5,
}


@dataclass(frozen=True, slots=True)
class Rules:
    """What the user may set about the figures of a map.

    Attributes:
        informal_share: θ, the share of informal influence beside the formal one, 0 to 1.
        half_life: days after which a contact counts half, above 0.
        roles: the weight of each role in a decision, at least 0; of several roles the greatest counts.
    """

    informal_share: float = 0.5
    half_life: float = 90
    roles: Mapping[Role, float] = field(default_factory=lambda: ROLE_WEIGHTS)


@dataclass(frozen=True, slots=True)
class Weight:
    """What makes one person weigh.

    Attributes:
        key: who it is.
        right: d, the share in the decision itself, 0 to 1.
        leverage: c, how much the person's attitude counts, 0 to 1; the share of `gathered` that the person keeps.
        gathered: the own right and what `passed` on by those who listen, at least 0.
        passed: (from whom, how much), what those who listen to the person pass on of what they gather.
        least: role weight · power at the least, where one of them is unknown; so also `most`.
        listens: (whom, how much), the shares of sum 1; empty for who listens to nobody.
        openness: to their influence, as it was taken: 0 for who listens to nobody.
    """

    key: int
    right: float
    leverage: float
    gathered: float
    passed: tuple[tuple[int, float], ...]
    least: float
    most: float
    listens: tuple[tuple[int, float], ...]
    openness: float

    @property
    def is_open(self) -> bool:
        """Whether the weight in the decision is not known for sure."""
        return self.least < self.most


@dataclass(frozen=True, slots=True)
class Leverage:
    """The leverages of a map, and what is weighed by them.

    Attributes:
        terms: one for each person, in the order given; leverages are at least 0 and sum to 1, and so do rights.
        settled: where influence takes opinions.
        is_open: whether somebody's weight in the decision is not known for sure.
        is_even: nobody has any weight, by role and power, so that all were taken to decide alike.
        adrift: who only listens to one another, so that no attitude holds them.
    """

    terms: tuple[Weight, ...]
    settled: Settled
    is_open: bool
    is_even: bool
    adrift: tuple[int, ...]

    def of(self, key: int) -> float:
        """The leverage of a person; 0 for somebody who is not there."""
        return next((term.leverage for term in self.terms if term.key == key), 0.0)

    @property
    def key_people(self) -> tuple[int, ...]:
        """Who weighs: at least as much as all would if they weighed alike; the first weighs most."""
        share = 1 / max(len(self.terms), 1) - 1e-9
        weighty = (term for term in self.terms if term.leverage >= share)
        return tuple(term.key for term in sorted(weighty, key=lambda term: -term.leverage))

    def mean(self, values: Sequence[float]) -> float:
        """Σ c·y."""
        return sum(term.leverage * value for term, value in zip(self.terms, values, strict=True))

    def least(self, values: Sequence[float], settled: Sequence[float] | None = None) -> float:
        """The least Σ c·y that weights within their ranges can make; `settled` is V y where that is known already."""
        return -self.most([-value for value in values], None if settled is None else [-value for value in settled])

    def most(self, values: Sequence[float], settled: Sequence[float] | None = None) -> float:
        """The greatest Σ c·y that weights within their ranges can make; `settled` is V y where that is known already.

        As a mean of V y weighed by rights it is greatest with the most for all above some value and the least below.
        """
        if not self.is_open:
            return self.mean(values)
        ends = self.settled.opinions(values) if settled is None else settled
        found = sorted(zip(ends, self.terms, strict=True), key=_first, reverse=True)
        least, most = [term.least for _value, term in found], [term.most for _value, term in found]
        ends = [value for value, _term in found]
        means = _means(ends, least, most)
        if not any(least):
            means.append(sum(ends) / len(ends))  # they may all turn out to weigh nothing: then all decide alike
        return max(means)


def _first(one: tuple[float, Weight]) -> float:
    return one[0]


def _means(values: Sequence[float], least: Sequence[float], most: Sequence[float]) -> list[float]:
    """The means of values with the most weight for the first n and the least for the others, for every n."""
    spans = [above - below for below, above in zip(least, most, strict=True)]
    weights = accumulate(spans, initial=sum(least))
    sums = accumulate(map(_times, spans, values), initial=sum(map(_times, least, values)))
    return [total / weight for total, weight in zip(sums, weights, strict=True) if weight > 0]


def _times(one: float, other: float) -> float:
    return one * other


class Voice(Protocol):
    """Somebody as far as the leverage of a map goes; see `Member`."""

    @property
    def key(self) -> int: ...  # noqa: D102 - those of a member
    @property
    def roles(self) -> Sequence[Role]: ...  # noqa: D102 - a member's
    @property
    def power(self) -> int | None: ...  # noqa: D102 - a member's
    @property
    def openness(self) -> float: ...  # noqa: D102 - a member's
    @property
    def reports_to(self) -> int | None: ...  # noqa: D102 - a member's


def shares(members: Sequence[Voice], ties: Iterable[Tie], rules: Rules) -> tuple[list[float], Settled]:
    """The leverages alone, in the order of the people, and where influence takes opinions: for many maps at once."""
    weights = listening([member.key for member in members], (*ties, *_reporting(members)), rules.informal_share)
    settled = settle(weights, [member.openness for member in members])
    return settled.leverages(_rights(members, rules)[0]), settled


def leverage(members: Sequence[Member], ties: Iterable[Tie], rules: Rules) -> Leverage:
    """Weigh the people of a map; `ties` are the lines of influence between them, without those of who reports to whom.

    An unjudged power is taken at the middle of its scale for the figure, and all of it for the band; an unknown role
    weighs 1 in the figure, and as any role in the band.
    """
    keys = [member.key for member in members]
    weights = listening(keys, (*ties, *_reporting(members)), rules.informal_share)
    settled = settle(weights, [member.openness for member in members])
    ranges = _ranges(members, rules)
    rights, is_even = _rights(members, rules)
    gathered = settled.gathered(rights)
    passed: list[list[tuple[int, float]]] = [[] for _ in keys]
    for listener, row in enumerate(weights):
        for source, weight in row.items():
            passed[source].append((keys[listener], gathered[listener] * (1 - settled.held[listener]) * weight))
    terms = tuple(
        Weight(
            keys[at],
            rights[at],
            settled.held[at] * gathered[at],
            gathered[at],
            tuple(passed[at]),
            *ranges[at],
            tuple((keys[source], weight) for source, weight in weights[at].items()),
            1 - settled.held[at],
        )
        for at in range(len(keys))
    )
    adrift = tuple(keys[at] for at in settled.adrift)
    return Leverage(terms, settled, any(least < most for least, most in ranges), is_even, adrift)


def _reporting(members: Iterable[Voice]) -> Iterable[Tie]:
    """The formal structure as influence: each listens to whom they report to."""
    return (Tie(member.reports_to, member.key, is_formal=True) for member in members if member.reports_to is not None)


def _rights(members: Sequence[Voice], rules: Rules) -> tuple[list[float], bool]:
    """The decision rights, of sum 1, and whether all are alike since nobody has any weight."""
    weights = [
        role_weight(member.roles, rules) * (MIDDLE_POWER if member.power is None else member.power)
        for member in members
    ]
    total = sum(weights)
    if total > 0:
        return [weight / total for weight in weights], False
    return [1 / len(weights)] * len(weights) if weights else [], True


def role_weight(roles: Iterable[Role], rules: Rules) -> float:
    """How much somebody of these roles weighs in a decision, at least 0."""
    return max(map(rules.roles.__getitem__, roles), default=NO_ROLE)


def _ranges(members: Iterable[Member], rules: Rules) -> list[tuple[float, float]]:
    """Role weight times power of each, at the least and at the most."""
    any_role = (min(NO_ROLE, *rules.roles.values()), max(NO_ROLE, *rules.roles.values()))
    found = []
    for member in members:
        low, high = (role_weight(member.roles, rules),) * 2 if member.roles else any_role
        found.append(
            (0.0, high * GREATEST_POWER) if member.power is None else (low * member.power, high * member.power)
        )
    return found
