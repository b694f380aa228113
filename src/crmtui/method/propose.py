"""Propose contacts for a plan as a draft: by gain in coverage per cost (method.md section 6).

Greedy: of all contacts that could be added, the one with the greatest gain per price is proposed; then again, given
what was proposed before. The gain is marginal: how much it adds to the coverage K = Σ c·k at the end of the plan, with
what happened and what is planned. The price is the channel's cost and the hours at what an hour is worth. What has no
price at all goes first, by gain per hour. (Greedy by gain per price, since k has diminishing returns and every contact
of a person lowers what the next one brings: Nemhauser, Wolsey & Fisher 1978.)

The rules, in the order in which they bind:

- a channel that the person has refused is never proposed; the preferred channel is the only one proposed, unless it is
  refused or useless (not in use, covers nothing, no cost known in the plan's currency);
- the cost of what is proposed never exceeds what the budget leaves;
- a day is a working day from today, or from the plan's first day, to its last, and at least `cadence` days from every
  other contact with the person;
- among those it is the day in the middle of the longest stretch without a contact of the plan, so that a draft of any
  length spreads over the period; of equal ones the day farthest from the person's own contacts, then the later one,
  since what is recent covers more.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Final, NamedTuple

from crmtui.method.coverage import Encounter, most, reached as covered
from crmtui.method.proposals import LEAST_GAIN, MOST, Choice, Draft, Meeting, Outlook, Person, Proposal, Stop

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from crmtui.method.proposals import Rules, Way

LONGEST: Final = 731  # days of a plan that are looked at: two years; beyond them a contact has no weight now
_FAR: Final = 10**6


class _Option(NamedTuple):
    """A contact that could be proposed, or why there is none for the person."""

    proposal: Proposal | None
    stop: Stop


def propose(people: Sequence[Person], ways: Sequence[Way], rules: Rules) -> Draft:
    """A draft for a plan: proposals, the best first, and why there are no more."""
    unpriced = tuple(way.key for way in ways if way.cost is None)
    if stop := _stopped(people, rules):
        return Draft(proposals=(), outlook=outlook(people, rules), stop=stop, held=(), unpriced=unpriced)
    days = working(rules)
    chosen = {person.key: choice(person, ways) for person in people}
    found: list[Proposal] = []
    ahead = {person.key: person for person in people}  # with what is proposed among what is planned
    while True:
        calendar = _Calendar(rules, days, found)
        options = {key: _option(person, chosen[key], rules, calendar) for key, person in ahead.items()}
        best = max((one.proposal for one in options.values() if one.proposal), key=_worth, default=None)
        if best is None or len(found) == MOST:
            break
        found.append(best)
        ahead[best.person] = _with(ahead[best.person], best, ways)
        if rules.left is not None:
            rules = replace(rules, left=rules.left - best.cost)
    return Draft(
        proposals=tuple(found),
        outlook=outlook(people, rules, (ahead[person.key] for person in people)),
        stop=None,
        held=tuple((key, one.stop) for key, one in options.items()),
        unpriced=unpriced,
    )


def outlook(people: Sequence[Person], rules: Rules, proposed: Iterable[Person] | None = None) -> Outlook:
    """Coverage now, at the end with what is planned, and with what is proposed: people who have it among theirs."""
    return Outlook(
        now=_whole(people, [_k(person.done, person, rules.today, rules) for person in people]),
        planned=_whole(people, [_at_the_end(person, rules) for person in people]),
        proposed=_whole(people, [_at_the_end(person, rules) for person in (people if proposed is None else proposed)]),
    )


def reached(people: Sequence[Person], ways: Sequence[Way], rules: Rules, some: Iterable[Proposal]) -> float | None:
    """Coverage at the end of the plan if what is planned happens and some of what was proposed."""
    ahead = {person.key: person for person in people}
    for proposal in some:
        ahead[proposal.person] = _with(ahead[proposal.person], proposal, ways)
    return outlook(people, rules, (ahead[person.key] for person in people)).proposed


def working(rules: Rules) -> tuple[dt.date, ...]:
    """The working days of the plan that are not over."""
    first = max(rules.starts_on, rules.today)
    span = range(min((rules.ends_on - first).days + 1, LONGEST))
    days = (first + dt.timedelta(days=number) for number in span)
    return tuple(day for day in days if day.weekday() in rules.working_days)


def choice(person: Person, ways: Sequence[Way]) -> tuple[Choice, tuple[Way, ...]]:
    """The channels that can be proposed to a person, and why these."""
    usable = tuple(way for way in ways if way.key not in person.refused and way.cost is not None and way.quality > 0)
    preferred = tuple(way for way in usable if way.key == person.preferred)
    if preferred:
        return Choice.PREFERRED, preferred
    if person.preferred is None:
        return Choice.BEST, usable
    return (Choice.INSTEAD_OF_REFUSED if person.preferred in person.refused else Choice.INSTEAD_OF_USELESS), usable


def _stopped(people: Sequence[Person], rules: Rules) -> Stop | None:
    if rules.ends_on < max(rules.today, rules.starts_on):
        return Stop.OVER
    if not people:
        return Stop.NOBODY
    return None if working(rules) else Stop.NO_DAY


# Days


class _Calendar:
    """The working days of a plan, and how near each is to what it holds."""

    def __init__(self, rules: Rules, days: Sequence[dt.date], found: Sequence[Proposal]) -> None:
        held = [day.toordinal() for day in (*rules.calendar, *(proposal.day for proposal in found))]
        first, last = max(rules.starts_on, rules.today).toordinal(), rules.ends_on.toordinal()
        crowd = sorted({*held, first - 1, last + 1})
        count = Counter(held)
        self._days = [(day, day.toordinal()) for day in days]
        self._room = {at: _distance(crowd, at) for _day, at in self._days}
        self._held = {at: count[at] for _day, at in self._days}

    def best(self, person: Person, cadence: int) -> tuple[dt.date, int] | None:
        """The day for another contact with a person, and how far it is from the nearest one; None for none."""
        own = sorted(meeting.day.toordinal() for meeting in (*person.done, *person.planned))
        found = [
            (-self._held[at], self._room[at], apart, day)
            for day, at in self._days
            if (apart := _distance(own, at)) >= max(1, cadence)
        ]
        if not found:
            return None
        _held, room, _apart, day = max(found)
        return day, room


def _distance(ordered: Sequence[int], at: int) -> int:
    """To the nearest of some numbers in order; far where there are none."""
    place = bisect_left(ordered, at)
    return min((abs(at - near) for near in ordered[max(0, place - 1) : place + 1]), default=_FAR)


# Gain


def _option(person: Person, chosen: tuple[Choice, tuple[Way, ...]], rules: Rules, calendar: _Calendar) -> _Option:
    """The best contact that could be added with a person now."""
    why, ways = chosen
    if person.leverage <= 0:
        return _Option(None, Stop.WEIGHTLESS)
    if not ways:
        return _Option(None, Stop.REFUSED if person.refused else Stop.UNPRICED)
    day = calendar.best(person, rules.cadence)
    if day is None:
        return _Option(None, Stop.CADENCE)
    every = [_proposal(person, way, why, day, rules) for way in ways]
    worth = [proposal for proposal in every if proposal.gain >= LEAST_GAIN]
    if not worth:
        return _Option(None, Stop.CAPPED if _is_capped(person, rules) else Stop.COVERED)
    affordable = [proposal for proposal in worth if not proposal.cost or _fits(proposal.cost, rules.left)]
    return _Option(max(affordable, key=_worth, default=None), Stop.ENOUGH if affordable else Stop.BUDGET)


def _is_capped(person: Person, rules: Rules) -> bool:
    limit = most(person.relationship)
    return limit is not None and _at_the_end(person, rules) >= limit


def _fits(cost: int, left: int | None) -> bool:
    return left is None or cost <= left


def _proposal(person: Person, way: Way, why: Choice, day: tuple[dt.date, int], rules: Rules) -> Proposal:
    before = _at_the_end(person, rules)
    after = _at_the_end(replace(person, planned=(*person.planned, Meeting(day[0], way.quality))), rules)
    cost = way.cost or 0
    return Proposal(
        person=person.key,
        channel=way.key,
        day=day[0],
        gain=person.leverage * (after - before),
        leverage=person.leverage,
        before=before,
        after=after,
        cost=cost,
        hours=way.hours,
        price=cost + way.hours * rules.hour_cost,
        choice=why,
        last=max((meeting.day for meeting in person.done), default=None),
        gap=day[1],
    )


def _worth(proposal: Proposal) -> tuple[int, float, float, int, int]:
    """What is compared: gain per price; without a price first, by gain per hour, or by gain where it takes none."""
    order = (proposal.gain, -proposal.person, -proposal.channel)
    if proposal.price > 0:
        return (0, proposal.gain / proposal.price, *order)
    return (1, proposal.gain / proposal.hours, *order) if proposal.hours > 0 else (2, proposal.gain, *order)


def _with(person: Person, proposal: Proposal, ways: Sequence[Way]) -> Person:
    quality = next(way.quality for way in ways if way.key == proposal.channel)
    return replace(person, planned=(*person.planned, Meeting(proposal.day, quality)))


def _at_the_end(person: Person, rules: Rules) -> float:
    """How much a person is covered on the last day, if what is planned happens; what is late already does not."""
    ahead = tuple(meeting for meeting in person.planned if meeting.day >= rules.today)
    return _k((*person.done, *ahead), person, rules.ends_on, rules)


def _k(meetings: Iterable[Meeting], person: Person, day: dt.date, rules: Rules) -> float:
    k = covered((Encounter(meeting.quality, (day - meeting.day).days) for meeting in meetings), rules.half_life)
    limit = most(person.relationship)
    return k if limit is None else min(k, limit)


def _whole(people: Sequence[Person], ks: Sequence[float]) -> float | None:
    """K = Σ c·k."""
    if not any(person.leverage > 0 for person in people):
        return None
    return sum(person.leverage * k for person, k in zip(people, ks, strict=True))
