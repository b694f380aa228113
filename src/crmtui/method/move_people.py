"""Moves towards people: speak to somebody, hold what is planned, what a plan lacks, win somebody over.

What several sources say of one person is one move, whose gains add up over all maps.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Final

from crmtui.method.dmu_findings import Fact
from crmtui.method.move import Kind, Why
from crmtui.method.move_gains import STEP_CONTACTS, closer, covered, moved, won
from crmtui.method.move_ground import Found, Part, Place, rated

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from crmtui.method.move_field import Channel, Course, Face, Gap, Visit
    from crmtui.method.move_ground import Ground

WIN_MARK: Final = "win:"  # before the person's key, of what an action for a win works on
NEARER_MARK: Final = "nearer:"  # the same for a step of relationship
LEAST_HOURS: Final = 0.1  # nothing is done in less than six minutes
BEHIND: Final = 2  # contacts of a plan that are late, from which it has fallen behind
_ROUNDING: Final = 1 + 1e-9  # so that what a plan lacks is worked out before any contact of the same people
_APART: Final = frozenset({Fact.RIVAL, Fact.LEVEL})  # what a step of relationship answers


def candidates(ground: Ground) -> Iterator[Found]:
    """All of them, also those that gain nothing."""
    planned: set[int] = set()  # for whom a plan has a next step
    yield from _visits(ground)
    yield from _steps(ground, planned)
    yield from _contacts(ground, planned)
    yield from _nearer(ground)
    yield from _wins(ground)


# One contact


def _contacts(ground: Ground, planned: set[int]) -> Iterator[Found]:
    """For each person the channel that is worth most an hour, or the one that the person prefers."""
    for (account, _person), places in ground.places.items():
        channels = () if any(face.is_awaited for _map, face in places) else _open_to(ground, places[0].face)
        if channels:
            is_priced, worth, best = _best(ground, places, channels)
            yield Found(is_priced, worth, Kind.CONTACT, partial(_unplanned, ground, account, places, best, planned))


def _unplanned(
    ground: Ground, account: int | None, places: Sequence[Place], channel: Channel, planned: set[int]
) -> Iterator[Found]:
    """A contact, unless a plan says when and how."""
    if places[0].face.person not in planned:
        yield _contact(ground, account, places, channel)


def _open_to(ground: Ground, face: Face) -> Sequence[Channel]:
    """The channel that a person prefers; all that are not refused where that is none of them."""
    allowed = [channel for channel in ground.field.channels if channel.key not in face.refused]
    return [channel for channel in allowed if channel.key == face.preferred] or allowed


def _best(ground: Ground, places: Iterable[Place], channels: Sequence[Channel]) -> tuple[bool, float, Channel]:
    """Whether it is known what is at stake, what an hour of a contact is worth at most, and on which channel that is.

    The same as `_contact` finds for each of them, without telling why: (1 - k)·q of coverage up to what is left, and
    q times a share of favour.
    """
    is_priced = any(ground.maps[place.map].is_priced for place in places)
    terms = []
    for map_id, face in places:
        group = ground.maps[map_id]
        coverage, favour = (worth.money if is_priced else worth.points for worth in (group.coverage, group.favour))
        left = max(0.0, face.ceiling - face.covered)
        terms.append((face.weight * coverage, 1 - face.covered, left, moved(face, (1.0,)) * favour))
    found: tuple[float, int, Channel] | None = None
    for channel in channels:
        quality = channel.quality
        gain = -channel.cost if is_priced else 0.0
        for coverage, missed, left, favour in terms:
            gain += coverage * min(left, missed * quality) + favour * quality
        one = (gain / hours_of(channel), -channel.key, channel)
        found = one if found is None or one[:2] > found[:2] else found
    if found is None:
        raise ValueError("a contact needs a channel")
    return is_priced, found[0], found[2]


def _contact(ground: Ground, account: int | None, places: Sequence[Place], channel: Channel) -> Found:
    parts = tuple(_met(ground, places, (channel.quality,)))
    hours = hours_of(channel)
    return Found(
        *rated(parts, hours, channel.cost),
        Kind.CONTACT,
        account=account,
        hours=hours,
        cost=channel.cost,
        parts=parts,
        people=(places[0].face.person,),
        channel=channel.key,
        map=places[0].map,
    )


def _met(ground: Ground, places: Iterable[Place], qualities: Sequence[float]) -> Iterator[Part]:
    """What contacts of these qualities with one person bring on each map."""
    for map_id, face in places:
        group = ground.maps[map_id]
        if coverage := covered(face, qualities):
            yield Part(Why.COVERAGE, group, "coverage", coverage)
        if favour := moved(face, qualities):
            yield Part(Why.ATTITUDE if face.attitude is None else Why.STEP, group, "favour", favour)


def hours_of(channel: Channel) -> float:
    """The hours of a contact."""
    return max(LEAST_HOURS, channel.hours)


# What is planned


def _visits(ground: Ground) -> Iterator[Found]:
    """Contacts that are planned, each for itself; those of a plan that has fallen behind together, once."""
    visits = [visit for visit in ground.field.visits if visit.account not in ground.field.left_out]
    late: dict[int, list[Visit]] = defaultdict(list)
    for visit in visits:
        if visit.plan is not None and visit.due < 0:
            late[visit.plan].append(visit)
    behind = {key: visits for key, visits in late.items() if len(visits) >= BEHIND}
    for visit in visits:
        if visit.due >= 0 or visit.plan not in behind:
            yield _held(ground, Kind.HOLD, (visit,))
    yield from (_held(ground, Kind.CATCH_UP, visits) for visits in behind.values())


def _held(ground: Ground, kind: Kind, visits: Sequence[Visit]) -> Found:
    """Contacts as they are planned; a channel that somebody has refused meanwhile brings nothing with that person."""
    qualities: dict[int, list[float]] = defaultdict(list)
    for visit in visits:
        for person in visit.people:
            if visit.channel.key not in ground.refused.get(person, ()):
                qualities[person].append(visit.channel.quality)
    parts = tuple(
        part for person, those in qualities.items() for part in _met(ground, ground.people.get(person, ()), those)
    )
    hours, cost = sum(hours_of(one.channel) for one in visits), sum(one.channel.cost for one in visits)
    first = visits[0]
    places = [place for person in qualities for place in ground.people.get(person, ())]
    is_one = kind is Kind.HOLD
    return Found(
        *rated(parts, hours, cost),
        kind,
        account=first.account if first.account is not None or not places else ground.account_of(places[0].map),
        deal=first.deal if is_one else None,
        hours=hours,
        cost=cost,
        parts=parts,
        people=tuple(qualities) if is_one else (),
        channel=first.channel.key if is_one else None,
        map=places[0].map if places else None,
        visits=tuple(visits),
        plan=first.plan,
    )


def _steps(ground: Ground, planned: set[int]) -> Iterator[Found]:
    """What each plan lacks most."""
    for course in ground.field.courses:
        if course.map in ground.maps and course.account not in ground.field.left_out:
            yield _step(ground, course, planned)


def _step(ground: Ground, course: Course, planned: set[int]) -> Found:
    """What a plan lacks most; until that is worked out it is taken for the best contact with anybody on its map."""
    open_to = (
        (ground.people[face.person], [one for one in ground.field.channels if one.key not in face.refused])
        for face in ground.field.maps.get(course.map, ())
    )
    best = max((_best(ground, places, channels)[1] for places, channels in open_to if channels), default=0.0)
    bound = best * _ROUNDING
    return Found(ground.maps[course.map].is_priced, bound, Kind.PLAN, partial(_proposed, ground, course, planned))


def _proposed(ground: Ground, course: Course, planned: set[int]) -> Iterator[Found]:
    one = course.propose()
    places = ground.people.get(one.person, ()) if one else ()
    if one is None or not places:
        return
    found = _contact(ground, course.account, places, one.channel)
    if found.worth > 0:
        planned.add(one.person)
        yield found._replace(kind=Kind.PLAN, deal=course.deal, plan=course.key, day=one.day, map=course.map)


# Several contacts


def _nearer(ground: Ground) -> Iterator[Found]:
    """Where a competitor is nearer, or nobody of ours is at the level: what a step of relationship brings."""
    for (account, person), places in ground.places.items():
        if any(map(_is_apart, places)) and not ground.is_begun(account, None, f"{NEARER_MARK}{person}"):
            raised = [_raised(place) if _is_apart(place) else place for place in places]
            yield from _often(ground, Kind.NEARER, account, [raised])


def _is_apart(place: Place) -> bool:
    return not _APART.isdisjoint(place.face.notes)


def _raised(place: Place) -> Place:
    """The same, one step of relationship closer."""
    return place._replace(face=replace(place.face, ceiling=closer(place.face)))


def win_over(ground: Ground, map_id: int, gap: Gap, mark: str) -> Iterator[Found]:
    """Those who weigh and are not for us: several contacts with each; nothing where nobody may be spoken to."""
    if ground.is_begun(ground.account_of(map_id), None, mark):
        return
    faces = {face.person: face for face in ground.field.maps.get(map_id, ())}
    people = [[Place(map_id, faces[person])] for person in gap.people if person in faces]
    for found in _often(ground, Kind.WIN_OVER, ground.account_of(map_id), people):
        yield found._replace(people=(), gap=gap)


def _often(ground: Ground, kind: Kind, account: int | None, people: Iterable[Sequence[Place]]) -> Iterator[Found]:
    """`STEP_CONTACTS` contacts with each of some people, on the channel that is worth most an hour."""
    parts: list[Part] = []
    hours = cost = 0.0
    reached: list[Place] = []
    channel = None
    for places in people:
        channels = _open_to(ground, places[0].face)
        if channels:
            channel = _best(ground, places, channels)[2]
            parts += _met(ground, places, (channel.quality,) * STEP_CONTACTS)
            hours += STEP_CONTACTS * hours_of(channel)
            cost += STEP_CONTACTS * channel.cost
            reached.append(places[0])
    if reached and channel:
        yield Found(
            *rated(parts, hours, cost),
            kind,
            account=account,
            hours=hours,
            cost=cost,
            parts=tuple(parts),
            people=tuple(place.face.person for place in reached),
            channel=channel.key if len(reached) == 1 else None,
            map=reached[0].map,
        )


# At the desk


def _wins(ground: Ground) -> Iterator[Found]:
    """For each person whose win does not convince yet the step to one that does."""
    hours = ground.field.hours[Kind.WIN]
    for (account, person), places in ground.places.items():
        money = points = 0.0
        is_priced = False
        for map_id, face in places:
            if share := won(face):
                group = ground.maps[map_id]
                money, points = money + share * group.wins.money, points + share * group.wins.points
                is_priced |= group.is_priced
        if points:
            worth = (money if is_priced else points) / hours
            yield Found(is_priced, worth, Kind.WIN, partial(_win, ground, account, person, places))


def _win(ground: Ground, account: int | None, person: int, places: Sequence[Place]) -> Iterator[Found]:
    """Finding a win, unless an action does so already."""
    if not ground.is_begun(account, None, f"{WIN_MARK}{person}"):
        hours = ground.field.hours[Kind.WIN]
        parts = tuple(
            Part(Why.WIN, ground.maps[map_id], "wins", share) for map_id, face in places if (share := won(face))
        )
        yield Found(
            *rated(parts, hours),
            Kind.WIN,
            account=account,
            hours=hours,
            parts=parts,
            people=(person,),
            map=places[0].map,
        )
