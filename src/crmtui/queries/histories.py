"""What is known of accounts over time: their books, and how they came from one level to another.

Those of very many accounts are added up and counted together, by columns.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final

from crmtui.method import transitions
from crmtui.method.transitions import LADDER, LOST, Track
from crmtui.queries.books import books
from crmtui.store.reading import equity as rows

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from crmtui.method.books import Book
    from crmtui.method.many_books import Signs
    from crmtui.method.transitions import Counts
    from crmtui.queries.books import Rates
    from crmtui.store.reading.equity import Kept

MANY: Final = 1_000  # accounts that are added up together rather than one by one
_PLACES: Final = {state: place for place, state in enumerate(LADDER)}


@dataclass(frozen=True, slots=True)
class Histories:
    """What is known of accounts.

    Attributes:
        books: what they brought and cost, by their keys; without those of which nothing is on record.
        counts: the transitions of a year.
        tracks: tells what is known of each over time, by its key.
    """

    books: Mapping[int, Book]
    counts: Counts
    tracks: Callable[[], Mapping[int, Track]]


def histories(connection: sqlite3.Connection, kept: Sequence[Kept], today: dt.date, rates: Rates) -> Histories:
    """What is known of all accounts."""
    return (together if len(kept) > MANY else alone)(connection, kept, today, rates)


def is_lost(one: Kept, today: dt.date) -> bool:
    """Whether it is no customer any more."""
    return bool(one.is_closed) or (one.lost_on is not None and one.lost_on <= today.isoformat())


# One by one


def alone(connection: sqlite3.Connection, kept: Sequence[Kept], today: dt.date, rates: Rates) -> Histories:
    """What is known of each account by itself."""
    known = books(connection, today, rates)
    tracks = _tracks(kept, rows.marks(connection, today.isoformat()), known.seen, today)
    return Histories(known.of, transitions.count(tracks.values(), today), lambda: tracks)


def _tracks(
    kept: Iterable[Kept], marks: Iterable[str], seen: Mapping[int, tuple[dt.date, ...]], today: dt.date
) -> dict[int, Track]:
    """What is known of each account over time, by its key."""
    judged: defaultdict[int, list[tuple[dt.date, str]]] = defaultdict(list)
    for account_id, day, level in zip(*(one.split(",") if one else () for one in marks), strict=True):
        judged[int(account_id)].append((dt.date.fromisoformat(day), level))
    return {
        one.account_id: _track(one, judged.get(one.account_id, []), seen.get(one.account_id, ()), today) for one in kept
    }


def _track(one: Kept, judged: list[tuple[dt.date, str]], signs: tuple[dt.date, ...], today: dt.date) -> Track:
    """One that is closed without a day on which it was lost was so on the day after it was seen last."""
    entered = dt.date.fromisoformat(one.level_on) if one.level_on else None
    if entered and entered <= today and (not judged or entered > judged[-1][0]):
        judged.append((entered, one.level))
    if judged and is_lost(one, today):
        last = max([day for day, _level in judged] + list(signs)) + dt.timedelta(days=1)
        judged.append((dt.date.fromisoformat(one.lost_on) if one.lost_on else min(last, today), LOST))
    return Track(tuple(judged), signs)


# By columns


def together(connection: sqlite3.Connection, kept: Sequence[Kept], today: dt.date, rates: Rates) -> Histories:
    """The same, worked out of all of them at once."""
    from crmtui.method import many_tracks, many_transitions  # they bring numpy
    from crmtui.method.many_books import Contacts, ManyBooks, Sales

    day = today.isoformat()
    sales = Sales(*rows.all_sold(connection, day, rates.currency))
    contacts = Contacts(*rows.all_touched(connection, day, rates.currency))
    found = ManyBooks(sales, contacts, today, rates.minor_hour)
    judged = rows.marks(connection, day)
    marks = many_tracks.marks(
        many_tracks.Judged(judged[0], judged[1], [_PLACES[one] for one in filter(None, judged[2].split(","))]),
        many_tracks.Accounts(
            key=[one.account_id for one in kept],
            state=[_PLACES[one.level] for one in kept],
            entered_on=[one.level_on for one in kept],
            lost_on=[one.lost_on for one in kept],
            is_lost=[is_lost(one, today) for one in kept],
        ),
        found.signs,
        today,
        _PLACES[LOST],
    )
    counts = many_transitions.count(marks, found.signs, today)
    return Histories(found.of, counts, partial(_later, kept, judged, found.signs, today))


def _later(kept: Sequence[Kept], marks: Sequence[str], signs: Signs, today: dt.date) -> dict[int, Track]:
    """The tracks of very many, when somebody asks for them."""
    seen: defaultdict[int, set[dt.date]] = defaultdict(set)
    for account_id, day in zip(signs.account.tolist(), map(dt.date.fromordinal, signs.day.tolist()), strict=True):
        seen[account_id].add(day)
    return _tracks(kept, marks, {key: tuple(days) for key, days in seen.items()}, today)
