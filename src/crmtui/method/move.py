"""What a next move is made of: what the ranking takes, and what it tells (method.md sections 2, 3 and 6).

All gains are put on one scale, the money an hour brings. A move raises the probability of winning; that change times
the margin at stake, less what the move costs, over the hours that it takes:

    gain = Σ ΔP(win) · margin - cost        summed over the open opportunities that it touches
    rank = gain / hours

Coverage and favour come on this scale through the scorecard, where they are criteria: `Deal.coverage` and
`Deal.favour` say what P(win) gains by one unit of each. Finding out changes no figure on average, it narrows a band:
it counts `KNOWING` of the width.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

# What knowing a figure is worth, as a share of the width of its band: the expected value of perfect information on a
# figure spread evenly over the band, for somebody who stands just between two ways to act (Raiffa & Schlaifer 1961).
# That is the most it can be worth, so that finding out is never put too low.
KNOWING: Final = 1 / 8
STEP: Final = 0.5  # what one step of attitude adds to s = attitude/2 (method.md section 2)
STEP_CONTACTS: Final = 3  # meetings that one step of attitude takes; a judgement
WIDTH: Final = 2.0  # of s in [-1, 1] while the attitude is unknown; so also of favour while nobody is on the map
NEXT: Final = 0.5  # what an opportunity that is still to come counts, against one that is there; a judgement
LEAST_HOURS: Final = 0.1  # nothing is done in less than six minutes
BEST: Final = 2  # attitude of an advocate
CONVINCING: Final = 2 / 3  # of the strongest win: what is aimed at, convincing but not yet compelling


class Kind(StrEnum):
    """What is to be done."""

    CONTACT = "contact"  # speak to a person
    WIN = "win"  # find a personal win that convinces somebody
    RAISE = "raise"  # bring a criterion of a scorecard one grade up
    ASK = "ask"  # find out a criterion that is unknown
    SCORE = "score"  # fill in the first scorecard
    MAP = "map"  # draw who decides
    GATE = "gate"  # meet a gate of the next level of the relationship


# Hours that a move takes, where no channel says it: judgements, told as assumed wherever they are shown.
HOURS: Final = {Kind.WIN: 4.0, Kind.RAISE: 8.0, Kind.ASK: 1.0, Kind.SCORE: 1.0, Kind.MAP: 1.0, Kind.GATE: 8.0}


class Why(StrEnum):
    """What a term of a gain comes from."""

    COVERAGE = "coverage"  # the person is better covered
    WIN = "win"  # the person has a win that convinces
    ATTITUDE = "attitude"  # the attitude becomes known
    STEP = "step"  # the attitude comes nearer to the next step
    CRITERION = "criterion"  # a grade goes up
    ANSWER = "answer"  # a grade becomes known
    CARD = "card"  # the first scorecard narrows the band
    FAVOUR = "favour"  # the map makes the favour known
    LEVEL = "level"  # the relationship comes nearer to the next level


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """A way to reach a person.

    Attributes:
        key: which.
        hours: that a contact usually takes, at least 0.
        cost: what it usually costs, in whole units of the base currency, at least 0.
        quality: how much one contact covers a person, 0 to 1.
    """

    key: int
    hours: float
    cost: float
    quality: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Face:
    """A person on a map who may be spoken to.

    Attributes:
        person: who.
        weight: the leverage, 0 to 1; those of a map sum to 1.
        covered: the coverage now, 0 to 1.
        ceiling: the most that coverage can be, by the relationship as judged, 0 to 1.
        attitude: -2 to +2; None when nobody has judged it.
        preferred: the channel that the person prefers; None when unknown.
        refused: channels that the person has refused.
        is_awaited: whether a contact with the person is planned already.
        won: how convincing the personal win is that we propose, 0 to 1; 0 where there is none, None where there is one
            that nobody has judged.
    """

    person: int
    weight: float
    covered: float = 0.0
    ceiling: float = 1.0
    attitude: int | None = None
    preferred: int | None = None
    refused: frozenset[int] = frozenset()
    is_awaited: bool = False
    won: float | None = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A criterion of a scorecard as it bears on P(win).

    Attributes:
        code: which criterion.
        rise: by how much P rises with one grade up; 0 at the best grade, and while it is unknown.
        width: of P's band, by which an answer would narrow it; 0 when it is known.
    """

    code: str
    rise: float = 0.0
    width: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Deal:
    """An open opportunity, or the next one that an account is expected to bring.

    Attributes:
        key: which; negative for one that is still to come.
        account: whose; None when nobody's.
        stake: the margin, in whole units of the base currency; None when nothing says what it could be.
        is_assumed: whether the stake was concluded and not written down.
        chance: P(win), 0 to 1.
        favour: change of P with one unit of favour, from 0 to 1.
        coverage: change of P with one unit of coverage.
        wins: change of P with all personal wins compelling, against none.
        level: change of P with one step up the ladder.
        map: key of the map that it goes by; None where nobody is on one.
        steps: criteria that can be raised or found out by hand; empty while it has no scorecard.
        width: of P's band, by which a first scorecard would narrow it; 0 once it has one.
    """

    key: int
    account: int | None = None
    stake: float | None = None
    is_assumed: bool = False
    chance: float = 0.0
    favour: float = 0.0
    coverage: float = 0.0
    wins: float = 0.0
    level: float = 0.0
    map: int | None = None
    steps: tuple[Step, ...] = ()
    width: float = 0.0

    @property
    def counted(self) -> float:
        """The stake as it counts."""
        return (self.stake or 0.0) * (NEXT if self.key < 0 else 1.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    """A gate that an account does not meet yet.

    Attributes:
        account: whose.
        code: which.
        share: of the way to the next level that it stands for, 0 to 1: one over the number of gates missing.
    """

    account: int
    code: str
    share: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """All that a ranking looks at.

    Attributes:
        deals: open opportunities, and those still to come.
        maps: the people of each map, by its key.
        channels: those in use.
        gates: that are missing.
        left_out: accounts in which nothing is to be invested.
        begun: what an open action works on already: (account or None, opportunity or None, code).
    """

    deals: tuple[Deal, ...] = ()
    maps: Mapping[int, tuple[Face, ...]] = field(default_factory=dict)
    channels: tuple[Channel, ...] = ()
    gates: tuple[Gate, ...] = ()
    left_out: frozenset[int] = frozenset()
    begun: frozenset[tuple[int | None, int | None, str]] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A part of a gain.

    Attributes:
        why: what it comes from.
        deal: the opportunity.
        amount: the change of the figure itself: coverage, favour, grades or steps of the ladder.
        points: what that adds to P(win), 0 to 1.
        stake: what is at stake, as it counts; None when nothing says.
        chance: P(win) before.
        is_assumed: whether the stake was concluded and not written down.
    """

    why: Why
    deal: int
    amount: float
    points: float
    stake: float | None
    chance: float = 0.0
    is_assumed: bool = False

    @property
    def money(self) -> float:
        """What it adds to the expected value, in whole units of the base currency; 0 where the stake is unknown."""
        return self.points * (self.stake or 0.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """Something to do, with what it is worth.

    Attributes:
        kind: what.
        account: whose; None for an opportunity that is nobody's.
        deal: the opportunity that it is about; None where it is about an account or a person.
        person: to speak to.
        channel: how.
        code: the criterion or the gate.
        hours: that it takes.
        cost: in whole units of the base currency.
        terms: what the gain is made of, the greatest first.
    """

    kind: Kind
    account: int | None = None
    deal: int | None = None
    person: int | None = None
    channel: int | None = None
    code: str = ""
    hours: float = 1.0
    cost: float = 0.0
    terms: tuple[Term, ...] = ()

    @property
    def points(self) -> float:
        """What it adds to P(win), summed over the opportunities."""
        return sum(term.points for term in self.terms)

    @property
    def is_priced(self) -> bool:
        """Whether it is known for anything that it touches what is at stake."""
        return any(term.stake is not None for term in self.terms)

    @property
    def gain(self) -> float | None:
        """What it adds to the expected value, less its cost; None where nothing says what is at stake."""
        return sum(term.money for term in self.terms) - self.cost if self.is_priced else None

    @property
    def rate(self) -> float | None:
        """The gain an hour."""
        gain = self.gain
        return None if gain is None else gain / self.hours

    @property
    def is_assumed(self) -> bool:
        """Whether a stake in it was concluded and not written down."""
        return any(term.is_assumed and term.stake is not None for term in self.terms)
