"""What was learnt: were the probabilities right, why was won and lost, was done what was planned, what to change."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from crmtui.domain.words import Level
from crmtui.domain.workspace import Workspace
from crmtui.method import calibration as method, effort, ladder, lessons, revision
from crmtui.method.calibration import Judged
from crmtui.method.effort import Effort
from crmtui.method.lessons import NOTHING, Ended
from crmtui.method.revision import Use
from crmtui.method.transitions import MONTHS, months_before
from crmtui.queries import standing, templates, winning
from crmtui.queries.books import Rates
from crmtui.store.reading import learning as rows, records
from crmtui.store.reading.connections import reading

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from pathlib import Path

    from crmtui.method.calibration import Calibration
    from crmtui.method.effort import Against, Moves
    from crmtui.method.lessons import Common, Reasons
    from crmtui.method.revision import Channel, Weight
    from crmtui.store.reading.learning import Closed, Spent

    _Key = Callable[[Spent], int]
    _Figures = Callable[[Spent], tuple[float, float]]

__all__ = ["MOST_MAPS", "Channels", "Efforts", "LearningPage", "Weights", "channels", "page"]

MOST_MAPS: Final = 1000  # maps, those with most contacts, by which channels are compared: each is solved anew
_LEVELS: Final = {level.value: level for level in Level}


@dataclass(frozen=True, slots=True)
class Efforts:
    """What was planned against what was done.

    Attributes:
        since: the first day that is compared; the last is today.
        hours: by account; contacts without hours count none. Planned is what is in a plan.
        contacts: by channel, likewise.
        allotted: hours by account, of the accepted scenario of the territory as far as it has come; None without one.
        allotted_since: its first day.
    """

    since: dt.date
    hours: Against
    contacts: Against
    allotted: Against | None
    allotted_since: dt.date | None


@dataclass(frozen=True, slots=True)
class Weights:
    """What outcomes say of the criteria of a template.

    Attributes:
        template: its name.
        template_id: its newest version.
        outcomes: closed opportunities with a card of it.
        found: its criteria, those to change first.
    """

    template: str
    template_id: int
    outcomes: int
    found: tuple[Weight, ...]


@dataclass(frozen=True, slots=True)
class LearningPage:
    """What was learnt.

    Attributes:
        today: the day it is of.
        closed: by key, those that ended, the last first.
        calibration: of the probabilities given at the time.
        unjudged: closed ones that nobody had given a probability.
        reasons: why they ended as they did.
        shared: findings on the maps of lost ones, beside won ones.
        mapped: how many closed ones had a map that was looked at.
        efforts: plan against what was done, within a year.
        moved_since: the first day of the moves on the ladder.
        moves: within the year.
        weights: of each template with outcomes.
        accounts: the names of accounts.
        channels: the names of channels.
        labels: what criteria are called, by code.
    """

    today: dt.date
    closed: Mapping[int, Closed]
    calibration: Calibration
    unjudged: int
    reasons: Reasons
    shared: tuple[Common, ...]
    mapped: int
    efforts: Efforts
    moved_since: dt.date
    moves: Moves
    weights: tuple[Weights, ...]
    accounts: Mapping[int, str]
    channels: Mapping[int, str]
    labels: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Channels:
    """What channels brought for their cost within a year.

    Attributes:
        since: the first day that counts.
        currency: of the costs.
        found: the dearest for what it covers first; empty where nothing was spent.
        names: of the channels.
        maps: how many maps they were compared by.
        others: maps with contacts that were left out, as there are so many.
        elsewhere: contacts whose cost is in another currency.
    """

    since: dt.date
    currency: str
    found: tuple[Channel, ...]
    names: Mapping[int, str]
    maps: int
    others: int
    elsewhere: int


def page(path: Path, today: dt.date) -> LearningPage:
    """What was learnt, but for the channels."""
    with reading(path) as connection:
        closed = rows.closed(connection)
        kept = rows.findings(connection)
        ended = [_ended(one, kept) for one in closed]
        judged = [
            Judged(one.opportunity_id, one.probability, bool(one.is_won))
            for one in closed
            if one.probability is not None
        ]
        since = months_before(today, MONTHS)
        return LearningPage(
            today=today,
            closed={one.opportunity_id: one for one in closed},
            calibration=method.calibration(judged),
            unjudged=len(closed) - len(judged),
            reasons=lessons.reasons(ended),
            shared=lessons.shared(ended),
            mapped=sum(one.findings is not None for one in ended),
            efforts=_efforts(connection, since, today),
            moved_since=since,
            moves=_moves(rows.levels(connection, today.isoformat()), since, today),
            weights=_weights(connection),
            accounts=rows.names(connection),
            channels={key: name for key, (name, _quality) in rows.channels(connection).items()},
            labels=rows.labels(connection),
        )


def channels(path: Path, today: dt.date) -> Channels:
    """What channels brought for their cost; solving the maps takes longest."""
    since = months_before(today, MONTHS)
    first, last = since.isoformat(), today.isoformat()
    with reading(path) as connection:
        settings = records.get(connection, Workspace, 1)
        rates = Rates(settings.base_currency, settings.hour_cost)
        known = rows.channels(connection)
        met = rows.met(connection, first, last)
        busy = Counter({account_id: 0 for account_id, *_rest in met})
        for account_id, _channel, _person, times in met:
            busy[account_id] += times
        chosen = [account_id for account_id, _count in busy.most_common(MOST_MAPS)]
        stood = standing.of_accounts(connection, chosen, today) if chosen else {}
        weights = {account_id: one.leverages for account_id, one in stood.items()}
        spent = [one for one in rows.spent(connection, first, last, rates.currency) if one.account_id in weights]
        covered: defaultdict[int, float] = defaultdict(float)
        for account_id, channel_id, person_id, times in met:
            leverage = weights.get(account_id, {}).get(person_id, 0.0)
            covered[channel_id] += leverage * known[channel_id][1] * times
        return Channels(
            since=since,
            currency=rates.currency,
            found=revision.channels(_uses(spent, covered, rates)),
            names={key: name for key, (name, _quality) in known.items()},
            maps=len(weights),
            others=max(0, len(busy) - MOST_MAPS),
            elsewhere=sum(one.elsewhere for one in spent),
        )


def _ended(one: Closed, kept: Mapping[int, set[str]]) -> Ended:
    found = kept.get(one.opportunity_id)
    looked = None if found is None else frozenset(found - {NOTHING})
    return Ended(one.opportunity_id, bool(one.is_won), one.reason, looked)


def _efforts(connection: sqlite3.Connection, since: dt.date, today: dt.date) -> Efforts:
    day = today.isoformat()
    spent = rows.spent(connection, since.isoformat(), day, "")
    allotted = rows.allotted(connection, day)
    return Efforts(
        since=since,
        hours=effort.against(_by(spent, lambda one: one.account_id or 0, lambda one: (one.hours, one.hours_done))),
        contacts=effort.against(_by(spent, lambda one: one.channel_id, lambda one: (one.planned, one.done))),
        allotted=_allotted(connection, allotted, today) if allotted else None,
        allotted_since=dt.date.fromisoformat(allotted[0]) if allotted else None,
    )


def _by(spent: Iterable[Spent], key: _Key, figures: _Figures) -> list[Effort]:
    """For each account or channel what was planned, what of it was done, and what was done beside it."""
    planned: defaultdict[int, float] = defaultdict(float)
    done: defaultdict[int, float] = defaultdict(float)
    unplanned: defaultdict[int, float] = defaultdict(float)
    for one in spent:
        all_, happened = figures(one)
        if one.is_planned:
            planned[key(one)] += all_
            done[key(one)] += happened
        else:
            unplanned[key(one)] += happened
    keys = dict.fromkeys([*planned, *unplanned])
    return [Effort(each, planned[each], done[each], unplanned[each]) for each in keys]


def _allotted(
    connection: sqlite3.Connection, scenario: tuple[str, str, Mapping[int, float]], today: dt.date
) -> Against:
    """The hours of the accepted scenario, as far as its time has gone, against those of contacts since it began.

    What an account got beyond its hours does none of those of another.
    """
    first, last = (dt.date.fromisoformat(day) for day in scenario[:2])
    share = ((today - first).days + 1) / ((last - first).days + 1)
    before = (first - dt.timedelta(days=1)).isoformat()
    done: defaultdict[int, float] = defaultdict(float)
    for one in rows.spent(connection, before, today.isoformat(), ""):
        done[one.account_id or 0] += one.hours_done
    keys = dict.fromkeys([*scenario[2], *done])
    planned = {key: scenario[2].get(key, 0.0) * share for key in keys}
    within = {key: min(hours, done[key]) for key, hours in planned.items()}
    return effort.against(Effort(key, planned[key], within[key], done[key] - within[key]) for key in keys)


def _moves(found: Iterable[tuple[int, str, str, int]], since: dt.date, today: dt.date) -> Moves:
    marks: defaultdict[int, list[ladder.Mark]] = defaultdict(list)
    for account_id, day, level, by_hand in found:
        marks[account_id].append(ladder.Mark(dt.date.fromisoformat(day), _LEVELS[level], bool(by_hand)))
    return effort.moves({key: ladder.history(those) for key, those in marks.items()}, since, today)


def _weights(connection: sqlite3.Connection) -> tuple[Weights, ...]:
    known = winning.learnt(connection)
    return tuple(
        Weights(
            template,
            templates.versions(connection, template)[-1].id,
            len(outcomes),
            revision.weights(known.model(template), outcomes),
        )
        for template, outcomes in known.outcomes.items()
        if template
    )


def _uses(spent: Sequence[Spent], covered: Mapping[int, float], rates: Rates) -> list[Use]:
    count: Counter[int] = Counter()
    cost: defaultdict[int, float] = defaultdict(float)
    for one in spent:
        count[one.channel_id] += one.done
        cost[one.channel_id] += one.cost + one.hours_done * rates.minor_hour
    return [Use(key, done, cost[key], covered.get(key, 0.0)) for key, done in count.items() if done]
