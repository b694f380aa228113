"""Propose contacts for a plan as a draft: by gain in coverage per cost (method.md section 6).

Greedy: of all contacts that could be added, the one with the greatest gain per price is proposed; then again, given
what was proposed before. The gain is marginal: how much it adds to the coverage K = Σ c·k at the end of the plan, with
what happened and what is planned. The price is the channel's cost and the hours at what an hour is worth. What has no
price at all goes first, by gain per hour. (Greedy by gain per price, since k has diminishing returns and every contact
of a person lowers what the next one brings: Nemhauser, Wolsey & Fisher 1978.)

The rules, in the order in which they bind:

- a channel that the person has refused is never proposed; the preferred channel is the only one proposed, unless it is
  refused or useless (not in use, covers nothing, no cost known in the plan's currency);
- the cost of what is proposed never exceeds what the budget leaves, nor its hours what the accepted plan of the
  territory leaves the account, on the days that it is for;
- a day is a working day from today, or from the plan's first day, to its last, and at least `cadence` days from every
  other contact with the person;
- among those it is the day in the middle of the longest stretch without a contact of the plan, so that a draft of any
  length spreads over the period; of equal ones the day farthest from the person's own contacts, then the later one,
  since what is recent covers more. Days so early that the contact would bring less than `LEAST_GAIN` at the end of a
  long plan are left out.
"""

from __future__ import annotations

import datetime as dt
import math
from bisect import bisect_left
from collections import Counter
from typing import TYPE_CHECKING, Final

from crmtui.method.coverage import Encounter, most, reached as covered
from crmtui.method.proposals import LEAST_GAIN, MOST, Choice, Draft, Outlook, Proposal, Stop

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from crmtui.method.proposals import Meeting, Person, Rules, Way

LONGEST: Final = 731  # days of a plan that are looked at: two years; beyond them a contact has no weight now
_FAR: Final = 10**6
_EXACT: Final = 1e-9  # hours that are lost in adding them up


def propose(people: Sequence[Person], ways: Sequence[Way], rules: Rules) -> Draft:
    """A draft for a plan: proposals, the best first, and why there are no more."""
    unpriced = tuple(way.key for way in ways if way.cost is None)
    if stop := _stopped(people, rules):
        return Draft(proposals=(), outlook=outlook(people, rules), stop=stop, held=(), unpriced=unpriced)
    days = [(day, day.toordinal()) for day in working(rules)]
    ahead = {person.key: _Prospect(person, ways, rules, days) for person in people}
    found: list[Proposal] = []
    left, hours = rules.left, _allowed(rules)
    while True:
        calendar = _Calendar(rules, found)
        options = {key: one.option(calendar, left, hours) for key, one in ahead.items()}
        offers = [option for option in options.values() if isinstance(option, Proposal)]
        if not offers or len(found) == MOST:
            break
        best = max(offers, key=_worth)
        found.append(best)
        ahead[best.person].take(best)
        left = None if left is None else left - best.cost
        hours -= best.hours if rules.allowance and rules.allowance.holds(best.day) else 0.0
    return Draft(
        proposals=tuple(found),
        outlook=outlook(people, rules, [ahead[person.key].before for person in people]),
        stop=None,
        held=tuple((key, one if isinstance(one, Stop) else Stop.ENOUGH) for key, one in options.items()),
        unpriced=unpriced,
    )


def first(people: Sequence[Person], ways: Sequence[Way], rules: Rules) -> Proposal | None:
    """The first line of the draft; None for an empty one. Quicker than all of it, for many plans at once."""
    if _stopped(people, rules):
        return None
    days = [(day, day.toordinal()) for day in working(rules)]
    calendar = _Calendar(rules, ())
    options = (_Prospect(person, ways, rules, days).option(calendar, rules.left, _allowed(rules)) for person in people)
    return max((one for one in options if isinstance(one, Proposal)), key=_worth, default=None)


def outlook(people: Sequence[Person], rules: Rules, proposed: Sequence[float] | None = None) -> Outlook:
    """Coverage now, at the end with what is planned, and as `proposed`: how much each person is covered then."""
    planned = [_capped(person, _met(person, rules)) for person in people]
    return Outlook(
        now=_whole(people, [_capped(person, _reached(person.done, rules.today, rules)) for person in people]),
        planned=_whole(people, planned),
        proposed=_whole(people, planned if proposed is None else proposed),
    )


def reached(people: Sequence[Person], ways: Sequence[Way], rules: Rules, some: Iterable[Proposal]) -> float | None:
    """Coverage at the end of the plan if what is planned happens and some of what was proposed."""
    met = {person.key: _met(person, rules) for person in people}
    qualities = {way.key: way.quality for way in ways}
    for one in some:
        met[one.person] = _with(met[one.person], qualities[one.channel], one.day, rules)
    return _whole(people, [_capped(person, met[person.key]) for person in people])


def working(rules: Rules) -> tuple[dt.date, ...]:
    """The working days of the plan that are not over."""
    first = max(rules.starts_on, rules.today)
    span = range(min((rules.ends_on - first).days + 1, LONGEST))
    days = (first + dt.timedelta(days=number) for number in span)
    return tuple(day for day in days if day.weekday() in rules.working_days)


def choice(person: Person, ways: Sequence[Way]) -> tuple[Choice, tuple[Way, ...]]:
    """The channels that can be proposed to a person, and why these."""
    usable = tuple(way for way in ways if way.key not in person.refused and _is_usable(way))
    preferred = tuple(way for way in usable if way.key == person.preferred)
    if preferred:
        return Choice.PREFERRED, preferred
    if person.preferred is None:
        return Choice.BEST, usable
    return (Choice.INSTEAD_OF_REFUSED if person.preferred in person.refused else Choice.INSTEAD_OF_USELESS), usable


def _is_usable(way: Way) -> bool:
    return way.cost is not None and way.quality > 0


def _stopped(people: Sequence[Person], rules: Rules) -> Stop | None:
    if rules.ends_on < max(rules.today, rules.starts_on):
        return Stop.OVER
    if not people:
        return Stop.NOBODY
    return None if working(rules) else Stop.NO_DAY


class _Calendar:
    """How near each day is to what a plan holds."""

    def __init__(self, rules: Rules, found: Sequence[Proposal]) -> None:
        held = [day.toordinal() for day in (*rules.calendar, *(proposal.day for proposal in found))]
        first, last = max(rules.starts_on, rules.today).toordinal(), rules.ends_on.toordinal()
        self._crowd = sorted({*held, first - 1, last + 1})
        self._count = Counter(held)
        self._room: dict[int, tuple[int, int]] = {}

    def room(self, at: int) -> tuple[int, int]:
        """How many contacts a day holds, below 0, and how far it is from the nearest day that holds one."""
        if at not in self._room:
            self._room[at] = (-self._count[at], _distance(self._crowd, at))
        return self._room[at]


class _Prospect:
    """A person with what was proposed so far: how far covered at the end, and on which days there may be more."""

    def __init__(self, person: Person, ways: Sequence[Way], rules: Rules, days: Sequence[tuple[dt.date, int]]) -> None:
        self._person = person
        self._rules = rules
        self._why, self._ways = choice(person, ways)
        self._has_ways = any(_is_usable(way) for way in ways)
        self._met = _met(person, rules)
        self._own = sorted(meeting.day.toordinal() for meeting in (*person.done, *person.planned))
        self._days = [(apart, day, at) for day, at in days if (apart := _distance(self._own, at)) >= self._cadence]
        self._since = self._first_worth()

    @property
    def _cadence(self) -> int:
        return max(1, self._rules.cadence)

    @property
    def before(self) -> float:
        """How much the person is covered at the end, with what was taken."""
        return _capped(self._person, self._met)

    def take(self, proposal: Proposal) -> None:
        """Count a proposal among what is planned."""
        quality = next(way.quality for way in self._ways if way.key == proposal.channel)
        self._met = _with(self._met, quality, proposal.day, self._rules)
        taken = proposal.day.toordinal()
        near = ((min(apart, abs(at - taken)), day, at) for apart, day, at in self._days)
        self._days = [one for one in near if one[0] >= self._cadence]
        self._since = self._first_worth()

    def _first_worth(self) -> int:
        """The first of the days on which the channel that covers most brings enough; those after it do so too."""
        if not self._ways:
            return len(self._days)
        best = max(self._ways, key=lambda way: way.quality)
        return bisect_left(self._days, True, key=lambda one: self._gain(best, one[1]) >= LEAST_GAIN)

    def _gain(self, way: Way, day: dt.date) -> float:
        after = _capped(self._person, _with(self._met, way.quality, day, self._rules))
        return self._person.leverage * (after - self.before)

    def option(self, calendar: _Calendar, left: int | None, hours: float) -> Proposal | Stop:
        """The best contact that could be added now, or why there is none."""
        if self._person.leverage <= 0:
            return Stop.WEIGHTLESS
        if not self._ways:
            return Stop.REFUSED if self._has_ways else Stop.UNPRICED
        if not self._days:
            return Stop.CADENCE
        if self._since == len(self._days):
            limit = most(self._person.relationship)
            return Stop.COVERED if limit is None or self.before < limit else Stop.CAPPED
        days = [one for one in self._days[self._since :] if self._is_allowed(one[1], hours)]
        if not days:
            return Stop.HOURS
        _held, gap, _apart, day = max((*calendar.room(at), apart, day) for apart, day, at in days)
        ways = [way for way in self._ways if self._gain(way, day) >= LEAST_GAIN]
        worth = [self._proposal(way, day, gap) for way in ways if way.hours <= hours + _EXACT or not self._takes(day)]
        affordable = [one for one in worth if not one.cost or left is None or one.cost <= left]
        return max(affordable, key=_worth) if affordable else Stop.BUDGET if worth else Stop.HOURS

    def _takes(self, day: dt.date) -> bool:
        """Whether a contact on a day takes of the hours that the territory leaves."""
        return self._rules.allowance is not None and self._rules.allowance.holds(day)

    def _is_allowed(self, day: dt.date, hours: float) -> bool:
        """Whether the shortest contact that could be proposed fits into the hours of a day."""
        return not self._takes(day) or min(way.hours for way in self._ways) <= hours + _EXACT

    def _proposal(self, way: Way, day: dt.date, gap: int) -> Proposal:
        cost = way.cost or 0
        return Proposal(
            person=self._person.key,
            channel=way.key,
            day=day,
            gain=self._gain(way, day),
            leverage=self._person.leverage,
            before=self.before,
            after=_capped(self._person, _with(self._met, way.quality, day, self._rules)),
            cost=cost,
            hours=way.hours,
            price=cost + way.hours * self._rules.hour_cost,
            choice=self._why,
            last=max((meeting.day for meeting in self._person.done), default=None),
            gap=gap,
        )


def _allowed(rules: Rules) -> float:
    return math.inf if rules.allowance is None else rules.allowance.left


def _distance(ordered: Sequence[int], at: int) -> int:
    """To the nearest of some numbers in order; far where there are none."""
    place = bisect_left(ordered, at)
    return min((abs(at - near) for near in ordered[max(0, place - 1) : place + 1]), default=_FAR)


def _worth(proposal: Proposal) -> tuple[int, float, float, int, int]:
    """What is compared: gain per price; without a price first, by gain per hour, or by gain where it takes none."""
    order = (proposal.gain, -proposal.person, -proposal.channel)
    if proposal.price > 0:
        return (0, proposal.gain / proposal.price, *order)
    return (1, proposal.gain / proposal.hours, *order) if proposal.hours > 0 else (2, proposal.gain, *order)


# Coverage


def _met(person: Person, rules: Rules) -> float:
    """How much contacts cover a person on the last day, if what is planned happens; what is late already does not."""
    ahead = tuple(meeting for meeting in person.planned if meeting.day >= rules.today)
    return _reached((*person.done, *ahead), rules.ends_on, rules)


def _reached(meetings: Iterable[Meeting], day: dt.date, rules: Rules) -> float:
    return covered((Encounter(meeting.quality, (day - meeting.day).days) for meeting in meetings), rules.half_life)


def _with(met: float, quality: float, day: dt.date, rules: Rules) -> float:
    """The same with one contact more: k = 1 - (1 - k before)·(1 - q·2^(-age/h))."""
    one = covered((Encounter(quality, (rules.ends_on - day).days),), rules.half_life)
    return 1 - (1 - met) * (1 - one)


def _capped(person: Person, met: float) -> float:
    limit = most(person.relationship)
    return met if limit is None else min(met, limit)


def _whole(people: Sequence[Person], ks: Sequence[float]) -> float | None:
    """K = Σ c·k."""
    if not any(person.leverage > 0 for person in people):
        return None
    return sum(person.leverage * k for person, k in zip(people, ks, strict=True))
