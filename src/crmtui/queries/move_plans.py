"""What is planned, for the best next moves: contacts that are late or due, and what the plans that run lack."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final

from crmtui.domain.money import exponent
from crmtui.domain.words import Weekday
from crmtui.method import propose as method
from crmtui.method.move_field import Channel, Course, Proposed, Visit
from crmtui.method.proposals import Meeting, Person, Rules, Way

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from crmtui.domain.workspace import Workspace
    from crmtui.method.proposals import Allowance
    from crmtui.queries.move_maps import Settled
    from crmtui.queries.stakes import Purse
    from crmtui.store.reading.moves import Planned, Reached, Running

SOON: Final = 3  # days in which a contact that is planned counts as a next move


def channels(reached: Iterable[Reached], purse: Purse) -> tuple[Channel, ...]:
    """The channels in use with what they cost in whole units of the workspace's own currency."""
    return tuple(
        Channel(key=one.key, hours=one.hours, cost=purse.units(one.cost or 0, one.currency) or 0, quality=one.quality)
        for one in reached
    )


def visits(planned: Iterable[Planned], purse: Purse, today: dt.date) -> tuple[Visit, ...]:
    """The contacts of ours that are late, or due within `SOON` days; each with its own hours and cost where known."""
    last = today.toordinal() + SOON
    by_contact: dict[int, list[Planned]] = defaultdict(list)
    for one in planned:
        if one.is_mine and _ordinal(one.day) <= last:
            by_contact[one.contact_id].append(one)
    return tuple(_visit(those, purse, today) for those in by_contact.values())


def _visit(those: Sequence[Planned], purse: Purse, today: dt.date) -> Visit:
    one = those[0]
    cost, currency = (one.usual_cost, one.usual_currency) if one.cost is None else (one.cost, one.currency)
    return Visit(
        key=one.contact_id,
        people=tuple(person.person_id for person in those),
        channel=Channel(
            key=one.channel_id,
            hours=one.usual_hours if one.hours is None else one.hours,
            cost=purse.units(cost or 0, currency) or 0,
            quality=one.quality,
        ),
        due=_ordinal(one.day) - today.toordinal(),
        account=one.account_id,
        deal=one.opportunity_id,
        plan=one.plan_id,
    )


@dataclass(frozen=True, slots=True)
class Plans:
    """What plans are proposed from.

    Attributes:
        running: the plans.
        planned: the people in all contacts that are still to happen.
        reached: the channels in use; so also channels, as moves take them, in the same order.
        settings: the workspace's.
        today: from which on there may be contacts.
        allowances: what the accepted scenario of today leaves each of its accounts.
    """

    running: Sequence[Running]
    planned: Sequence[Planned]
    reached: Sequence[Reached]
    channels: Sequence[Channel]
    settings: Workspace
    today: dt.date
    allowances: Mapping[int, Allowance]

    def courses(self, settled: Settled, of_accounts: Mapping[int, int]) -> tuple[Course, ...]:
        """The plans that have a map; `of_accounts` is the map of each account with a plan."""
        meetings: dict[int, list[Meeting]] = defaultdict(list)
        calendars: dict[int, set[tuple[int, dt.date]]] = defaultdict(set)
        for one in self.planned:
            day = dt.date.fromisoformat(one.day)
            meetings[one.person_id].append(Meeting(day, one.quality))
            if one.plan_id is not None and day >= self.today:
                calendars[one.plan_id].add((one.contact_id, day))
        found = []
        for plan in self.running:
            whole = of_accounts.get(plan.account_id or 0)
            map_id = whole if plan.is_whole else settled.map_of(plan.opportunity_id or 0)
            if plan.is_mine and map_id in settled.maps:
                days = [day for _contact, day in calendars[plan.key]]
                found.append(
                    Course(
                        key=plan.key,
                        map=map_id,
                        account=plan.account_id,
                        deal=plan.opportunity_id,
                        propose=partial(self._proposed, plan, settled, map_id, meetings, days),
                    )
                )
        return tuple(found)

    def _proposed(
        self,
        plan: Running,
        settled: Settled,
        map_id: int,
        meetings: Mapping[int, Sequence[Meeting]],
        calendar: Sequence[dt.date],
    ) -> Proposed | None:
        """The first line of the draft of a plan."""
        people = [
            Person(
                key=face.person,
                leverage=face.weight,
                relationship=relationship,
                done=tuple(
                    Meeting(self.today - dt.timedelta(days=one.days), one.quality)
                    for one in settled.met.get(face.person, ())
                ),
                planned=tuple(meetings.get(face.person, ())),
                preferred=face.preferred,
                refused=face.refused,
            )
            for face, relationship in settled.reachable(map_id)
        ]
        ways = [
            Way(one.key, one.quality, one.cost if one.currency == plan.currency else None, one.hours)
            for one in self.reached
        ]
        found = method.first(people, ways, self._rules(plan, calendar))
        if found is None:
            return None
        channel = next(one for one in self.channels if one.key == found.channel)
        return Proposed(person=found.person, channel=channel, day=found.day)

    def _rules(self, plan: Running, calendar: Sequence[dt.date]) -> Rules:
        settings = self.settings
        is_own = plan.currency == settings.base_currency
        return Rules(
            today=self.today,
            starts_on=dt.date.fromisoformat(plan.starts_on),
            ends_on=dt.date.fromisoformat(plan.ends_on),
            working_days=frozenset(list(Weekday).index(day) for day in settings.working_days),
            cadence=settings.cadence_days if plan.cadence is None else plan.cadence,
            left=None if plan.budget is None else plan.budget - plan.held,
            hour_cost=settings.hour_cost * float(10 ** exponent(plan.currency)) if is_own else 0.0,
            half_life=settings.half_life_days,
            calendar=tuple(calendar),
            allowance=self.allowances.get(plan.account_id or 0),
        )


def _ordinal(day: str) -> int:
    return dt.date.fromisoformat(day).toordinal()
