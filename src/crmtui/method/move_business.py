"""Moves on opportunities, their scorecards and maps, and on the level of the relationship."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from crmtui.method.dmu_findings import Fact
from crmtui.method.move import Kind, Why
from crmtui.method.move_gains import KNOWING, WIDTH
from crmtui.method.move_ground import Found, Group, Own, Part, later, rated
from crmtui.method.move_people import win_over

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crmtui.method.move_field import Climb, Deal, Gap
    from crmtui.method.move_ground import Ground

MAP_MARK: Final = "map"  # of an action that draws the first map
FIND_MARK: Final = "find:"  # before the map and what is found there, of what an action works on


def candidates(ground: Ground) -> Iterator[Found]:
    """All of them, also those that gain nothing."""
    yield from _criteria(ground)
    yield from (_card(ground, deal, Kind.SCORE, Why.CARD, deal.width * KNOWING) for deal in ground.deals if deal.width)
    yield from _first_maps(ground)
    yield from _gaps(ground)
    yield from _climbs(ground)


# Scorecards


def _criteria(ground: Ground) -> Iterator[Found]:
    """Of each scorecard what is worth most, up a grade and found out."""
    for deal in ground.deals:
        steps = [step for step in deal.steps if not ground.is_begun(deal.account, deal.key, step.code)]
        raised = max(steps, key=lambda step: step.rise, default=None)
        if raised and raised.rise:
            yield _card(ground, deal, Kind.RAISE, Why.CRITERION, raised.rise, raised.code)
        asked = max(steps, key=lambda step: step.width, default=None)
        if asked and asked.width:
            yield _card(ground, deal, Kind.ASK, Why.ANSWER, asked.width * KNOWING, asked.code)


def _card(ground: Ground, deal: Deal, kind: Kind, why: Why, points: float, code: str = "") -> Found:
    """Something on a scorecard that adds so much to P(win): a grade, or what is known then."""
    hours = ground.field.hours[kind]
    worth = points if deal.stake is None else points * deal.counted

    def settle() -> Iterator[Found]:
        part = Own(why, deal, 1.0 if kind is Kind.RAISE else points, points)
        yield Found(
            *rated((part,), hours),
            kind,
            account=deal.account,
            deal=deal.key,
            hours=hours,
            parts=(part,),
            code=code,
        )

    return Found(deal.stake is not None, worth / hours, kind, settle)


# Maps


def _first_maps(ground: Ground) -> Iterator[Found]:
    """One map an account, for all its opportunities that have none."""
    hours = ground.field.hours[Kind.MAP]
    for account, deals in ground.accounts.items():
        bare = [deal for deal in deals if deal.map is None]
        if bare and not ground.is_begun(account, None, MAP_MARK):
            parts = (Part(Why.FAVOUR, Group(bare), "favour", WIDTH * KNOWING),)
            yield Found(*rated(parts, hours), Kind.MAP, account=account, hours=hours, parts=parts)


def _gaps(ground: Ground) -> Iterator[Found]:
    """What was found about maps as a whole."""
    hours = ground.field.hours[Kind.FIND]
    for map_id, group in ground.maps.items():
        for gap in ground.field.gaps.get(map_id, ()):
            if gap.fact is Fact.FEW_SUPPORTERS:
                yield from win_over(ground, map_id, gap, mark_of(map_id, gap))
            else:
                most = WIDTH if gap.width is None else gap.width
                worth = later(group, group.favour, most * KNOWING, hours)
                yield Found(*worth, Kind.FIND, partial(_find, ground, map_id, gap))


def _find(ground: Ground, map_id: int, gap: Gap) -> Iterator[Found]:
    """Finding out what a map does not know, unless it turns out to make no difference."""
    account = ground.account_of(map_id)
    if ground.is_begun(account, None, mark_of(map_id, gap)):
        return
    width = ground.field.narrowing(map_id, gap) if gap.width is None else gap.width
    hours = ground.field.hours[Kind.FIND]
    parts = (Part(Why.BAND, ground.maps[map_id], "favour", width * KNOWING),)
    yield Found(*rated(parts, hours), Kind.FIND, account=account, hours=hours, parts=parts, map=map_id, gap=gap)


def mark_of(map_id: int, gap: Gap) -> str:
    """What an action for it works on, as actions keep it."""
    return f"{FIND_MARK}{map_id}:{gap.fact}" + (f":{gap.seat}" if gap.seat is not None else "")


# Levels


def _climbs(ground: Ground) -> Iterator[Found]:
    """The gates that are missing; until they are asked for, one is taken to be missing."""
    hours = ground.field.hours[Kind.GATE]
    for climb in ground.field.climbs:
        if deals := ground.accounts.get(climb.account):
            group = Group(deals)
            yield Found(*later(group, group.level, 1.0, hours), Kind.GATE, partial(_gates, ground, climb, group))


def _gates(ground: Ground, climb: Climb, group: Group) -> Iterator[Found]:
    """The gates that an account does not meet, each an equal part of the step to the next level."""
    hours = ground.field.hours[Kind.GATE]
    codes = climb.gates()
    for code in codes:
        if not ground.is_begun(climb.account, None, code):
            parts = (Part(Why.LEVEL, group, "level", 1 / len(codes)),)
            yield Found(*rated(parts, hours), Kind.GATE, account=climb.account, hours=hours, parts=parts, code=code)
