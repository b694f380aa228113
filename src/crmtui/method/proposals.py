"""What a plan is proposed from, and the draft that comes of it, with the terms of every line (method.md section 6)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import datetime as dt

LEAST_GAIN: Final = 0.005  # of coverage: what brings less than half a point is not worth a contact
MOST: Final = 60  # proposals in a draft: more at once is no draft that anybody reads


@dataclass(frozen=True, slots=True)
class Way:
    """A channel in use.

    Attributes:
        key: which.
        quality: how much one contact covers a person, 0 to 1.
        cost: what a contact costs, minor units of the plan's currency; None when it is not known in that currency.
        hours: that a contact takes, at least 0.
    """

    key: int
    quality: float
    cost: int | None
    hours: float


@dataclass(frozen=True, slots=True)
class Meeting:
    """A contact with one person, whatever its channel: when, and how much it covers (0 to 1)."""

    day: dt.date
    quality: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody on the map of the decision-making unit.

    Attributes:
        key: who.
        leverage: the person's share of the decision, at least 0.
        relationship: 0 to 4; None when nobody has judged it.
        done: what happened, in whatever plan or none.
        planned: what is still to happen, in whatever plan or none.
        preferred: the channel that the person prefers; None when unknown.
        refused: the channels that the person has refused.
    """

    key: int
    leverage: float
    relationship: int | None = None
    done: tuple[Meeting, ...] = ()
    planned: tuple[Meeting, ...] = ()
    preferred: int | None = None
    refused: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Allowance:
    """The hours that the accepted plan of the territory leaves the account.

    Attributes:
        left: hours that may still be planned, at least 0.
        since: the first day that they are for.
        until: the last one; days outside of both take none of them.
    """

    left: float
    since: dt.date
    until: dt.date

    def holds(self, day: dt.date) -> bool:
        """Whether a contact on a day takes of them."""
        return self.since <= day <= self.until


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """What a draft has to obey.

    Attributes:
        today: no proposal lies before it.
        starts_on: the first day of the plan.
        ends_on: the last one, for which the gain is computed.
        working_days: 0 for Monday to 6 for Sunday; on others nothing is proposed.
        cadence: days that lie at least between two contacts with a person; less than 1 counts as 1.
        left: what the budget leaves, minor units; None without a budget. It holds the cost of contacts, not hours.
        allowance: what the accepted plan of the territory leaves; None where it sets no limit.
        hour_cost: what an hour is worth when channels are compared, minor units of the plan's currency.
        half_life: days after which a contact counts half.
        calendar: the days of what the plan holds already and is still to happen.
    """

    today: dt.date
    starts_on: dt.date
    ends_on: dt.date
    working_days: frozenset[int]
    cadence: int
    left: int | None
    hour_cost: float
    half_life: float
    calendar: tuple[dt.date, ...] = ()
    allowance: Allowance | None = None


class Choice(StrEnum):
    """Why a channel was chosen."""

    PREFERRED = "preferred"
    BEST = "best"  # nobody knows what the person prefers: the most coverage per cost
    INSTEAD_OF_REFUSED = "refused"  # the preferred one is refused: the best of the others
    INSTEAD_OF_USELESS = "useless"  # it is not in use, covers nothing, or has no cost in the plan's currency


class Stop(StrEnum):
    """Why nothing, or nothing more, is proposed; for the whole plan or for a person."""

    OVER = "over"  # the plan ends before today
    NO_DAY = "no day"  # no working day is left in it
    NOBODY = "nobody"  # nobody with a name is on the map
    WEIGHTLESS = "weightless"  # the person has no share in the decision
    REFUSED = "refused"  # every channel is refused
    UNPRICED = "unpriced"  # no channel that is not refused has a cost in the plan's currency
    CADENCE = "cadence"  # no day is far enough from the other contacts with the person
    CAPPED = "capped"  # contacts cover as much as the relationship lets them: it has to grow first
    COVERED = "covered"  # another contact would bring less than `LEAST_GAIN`
    BUDGET = "budget"  # it would cost more than is left
    HOURS = "hours"  # it would take more than the accepted plan of the territory leaves the account
    ENOUGH = "enough"  # the draft has `MOST` lines


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A contact that could be planned, and why.

    Attributes:
        person: with whom.
        channel: how.
        day: when.
        gain: of coverage at the end of the plan, given what happened, is planned, and was proposed before it.
        leverage: of the person; `gain` is it times the difference of the next two.
        before: how much the person would be covered at the end without it, 0 to 1.
        after: and with it.
        cost: minor units of the plan's currency.
        hours: that it takes.
        price: cost, and hours at their worth: what the gain is held against; minor units.
        choice: why this channel.
        last: the day of the last contact with the person that happened; None for never.
        gap: days to the nearest other contact of the plan, or to an end of its period: why this day.
    """

    person: int
    channel: int
    day: dt.date
    gain: float
    leverage: float
    before: float
    after: float
    cost: int
    hours: float
    price: float
    choice: Choice
    last: dt.date | None
    gap: int

    @property
    def meeting(self) -> tuple[int, dt.date, int]:
        """What it is known by: whom, when, how."""
        return self.person, self.day, self.channel


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """Coverage of the decision-making unit, 0 to 1; None where nobody has a share in the decision.

    Attributes:
        now: of what happened.
        planned: at the end of the plan, if what is planned happens and nothing else.
        proposed: at the end, if what is proposed happens too.
    """

    now: float | None
    planned: float | None
    proposed: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """Proposals, the best first.

    Attributes:
        proposals: in the order in which they were found.
        outlook: coverage now, with what is planned, and with all that is proposed.
        stop: why nothing is proposed for anybody; None where something could be.
        held: why nothing more is proposed for each person: (key, reason).
        unpriced: channels that were left out, since they have no cost in the plan's currency.
    """

    proposals: tuple[Proposal, ...]
    outlook: Outlook
    stop: Stop | None
    held: tuple[tuple[int, Stop], ...]
    unpriced: tuple[int, ...]

    @property
    def cost(self) -> int:
        """Of all that is proposed, minor units."""
        return sum(proposal.cost for proposal in self.proposals)

    @property
    def hours(self) -> float:
        """Of all that is proposed."""
        return sum(proposal.hours for proposal in self.proposals)
