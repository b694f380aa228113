"""A next move: what is to be done, and what its gain is made of (method.md sections 2, 3 and 6).

All gains are put on one scale, the money an hour brings. A move raises the probability of winning; that change times
the margin at stake, less what the move costs, over the hours that it takes:

    gain = Σ ΔP(win) · margin - cost        summed over the open opportunities that it touches
    rank = gain / hours

Coverage and favour come on this scale through the scorecard, where they are criteria: `Deal.coverage` and
`Deal.favour` say what P(win) gains by one unit of each. How much of them a move brings is worked out in `move_gains`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import datetime as dt

    from crmtui.method.dmu_findings import Fact
    from crmtui.method.move_field import Gap


class Kind(StrEnum):
    """What is to be done; of moves that are worth the same an hour the first comes first."""

    HOLD = "hold"  # a contact that is planned: late, or due in the next days
    CATCH_UP = "catch_up"  # a communication plan that has fallen behind
    PLAN = "plan"  # the next contact that a communication plan lacks
    CONTACT = "contact"  # speak to a person
    NEARER = "nearer"  # bring a person a step closer, where somebody else is nearer or we are not at the level
    WIN_OVER = "win_over"  # those who weigh and are not for us
    WIN = "win"  # find a personal win that convinces somebody
    FIND = "find"  # find out what a map does not know
    RAISE = "raise"  # bring a criterion of a scorecard one grade up
    ASK = "ask"  # find out a criterion that is unknown
    SCORE = "score"  # fill in the first scorecard
    MAP = "map"  # draw who decides
    GATE = "gate"  # meet a gate of the next level of the relationship


# Hours that a move takes, where no channel says it: judgements, told as assumed wherever they are shown.
HOURS: Final = {
    Kind.WIN: 4.0,
    Kind.FIND: 1.0,
    Kind.RAISE: 8.0,
    Kind.ASK: 1.0,
    Kind.SCORE: 1.0,
    Kind.MAP: 1.0,
    Kind.GATE: 8.0,
}


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
    BAND = "band"  # the band of the favour narrows
    LEVEL = "level"  # the relationship comes nearer to the next level


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
        people: to speak to.
        channel: how.
        code: the criterion or the gate.
        gap: what was found about the map that it answers; None for none.
        notes: what else was found of the person.
        map: on which the person, or what was found, is; None where there is none.
        contacts: that are planned already and are to be held.
        plan: the communication plan that it belongs to.
        day: that it is proposed for.
        due: days until it is due, below 0 for late; None where it has no day.
        hours: that it takes.
        cost: in whole units of the base currency.
        terms: what the gain is made of, the greatest first.
    """

    kind: Kind
    account: int | None = None
    deal: int | None = None
    people: tuple[int, ...] = ()
    channel: int | None = None
    code: str = ""
    gap: Gap | None = None
    notes: tuple[Fact, ...] = ()
    map: int | None = None
    contacts: tuple[int, ...] = ()
    plan: int | None = None
    day: dt.date | None = None
    due: int | None = None
    hours: float = 1.0
    cost: float = 0.0
    terms: tuple[Term, ...] = ()

    @property
    def person(self) -> int | None:
        """The first to speak to; None where it is nobody."""
        return self.people[0] if self.people else None

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
