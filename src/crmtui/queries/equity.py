"""What customers are worth: customer equity of all, of each account, and what holds for all accounts of a level.

All of it is worked out at once, and remembered as long as nothing that it rests on has changed.
"""

from __future__ import annotations

import datetime as dt
import threading
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from crmtui.collecting import seldom_collecting
from crmtui.domain.words import Level, Posture
from crmtui.domain.workspace import Workspace
from crmtui.method import chain as chains, equity as method, margins, transitions
from crmtui.method.defection import risk
from crmtui.method.rewards import Holding, rewards
from crmtui.method.staying import stays
from crmtui.method.stopping import best, partings
from crmtui.method.transitions import LADDER, LOST, Track
from crmtui.method.values import values
from crmtui.queries import programmes
from crmtui.queries.books import NOTHING, Book, LeftOut, Rates, books, left_out
from crmtui.queries.remembered import Remembered
from crmtui.store.reading import equity as rows, records
from crmtui.store.reading.connections import reading

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from crmtui.method.defection import Risk
    from crmtui.method.equity import AccountWorth, Equity
    from crmtui.method.margins import Link
    from crmtui.method.staying import Stay
    from crmtui.method.stopping import Parting, Policy
    from crmtui.method.transitions import Counts
    from crmtui.method.values import Values, Worth
    from crmtui.queries.books import Books
    from crmtui.queries.programmes import ProgrammePage
    from crmtui.store.reading.equity import Kept

__all__ = [
    "HORIZON",
    "Basis",
    "EquityPage",
    "Line",
    "Silence",
    "at_hand",
    "basis",
    "of_account",
    "page",
    "provide",
    "tracks",
]

ALIVE: Final = LADDER[:-1]
HORIZON: Final = 3  # years for which the risk to lose an account is told
_POSTURES: Final = {one.value: one for one in Posture}
_BUYING: Final = tuple(level.value for level in Level if level is not Level.PROSPECT)


class Silence(StrEnum):
    """Why there is no figure."""

    NO_ACCOUNT = "no_account"
    ALL_LOST = "all_lost"
    NO_MARGIN = "no_margin"  # nobody has written down what anything sold in our own currency brought
    NO_RATE = "no_rate"  # the discount rate is 0: what comes for ever has no end


@dataclass(frozen=True, slots=True)
class Basis:
    """What holds for all accounts.

    Attributes:
        today: the day it is of.
        rates: currency, and what an hour costs.
        rate: discount rate of a year.
        silence: why there is no figure; None where there is one.
        accounts: how many there are, without lost ones.
        lost: how many were lost.
        is_idle: whether there is a figure although nothing was sold in the years by which it is told what accounts
            bring: it is one of margins of nothing.
        counts: the transitions of a year.
        link: how level and margin go together.
        values: of the levels; None where there is no figure, as all below.
        policy: whom to stop serving.
        stays: how long accounts of each level stay there, and what they share; empty likewise.
        risks: to lose an account of each level, within `HORIZON` years.
        ups: what an account would be worth more one level up, by level; None at the top, where nobody's margin is
            known there, and where nothing was sold.
        left_out: what no figure could take.
    """

    today: dt.date
    rates: Rates
    rate: float
    silence: Silence | None
    accounts: int
    lost: int
    is_idle: bool
    counts: Counts
    link: Link
    values: Values | None
    policy: Policy | None
    stays: Mapping[str, Stay]
    risks: Mapping[str, Risk]
    ups: Mapping[str, Worth | None]
    left_out: LeftOut


@dataclass(frozen=True, slots=True)
class Line:
    """An account and what it is worth.

    Attributes:
        key: which.
        name: as it was written down.
        level: its level.
        is_said: whether anybody has judged the level.
        posture: what is done with it, as set by hand; None for none.
        worth: value, band and terms.
        parting: whether to go on with it.
        book: what it brought and cost.
    """

    key: int
    name: str
    level: Level
    is_said: bool
    posture: Posture | None
    worth: AccountWorth
    parting: Parting
    book: Book


@dataclass(frozen=True, slots=True)
class EquityPage:
    """What all customers are worth.

    Attributes:
        basis: what holds for all.
        equity: the figure with its levels; None where there is none.
        lines: the accounts that are not lost, the most valuable first; empty where there is no figure.
        programmes: those for priority customers.
    """

    basis: Basis
    equity: Equity | None
    lines: tuple[Line, ...]
    programmes: tuple[ProgrammePage, ...]


@dataclass(frozen=True, slots=True)
class _Read:
    """What was read; accounts and holdings without those that were lost, in the same order."""

    today: dt.date
    rates: Rates
    rate: float
    accounts: Sequence[Kept]
    lost: int
    books: Books
    tracks: Mapping[int, Track]
    holdings: Sequence[Holding]


UNASKED: Final = 20_000  # accounts for which it is worked out without being asked: two seconds in a thread


@dataclass(frozen=True, slots=True)
class _Valued:
    """What holds for all, and for each account whether to go on with it; with what was read."""

    basis: Basis
    partings: Mapping[int, Parting]
    read: _Read


_TABLES: Final = (
    *("workspace", "account", "assessment", "sales_order", "order_line", "opportunity", "contact"),
    *("programme", "programme_member"),
)
_remembered: Final[Remembered[EquityPage]] = Remembered(_TABLES)
_valued: Final[Remembered[_Valued]] = Remembered(_TABLES)
_WHOLE: Final = 0  # the key of what is remembered of all accounts together


def page(path: Path, today: dt.date) -> EquityPage:
    """What customers are worth, all of them and each."""
    with reading(path) as connection:
        return _page(connection, today)


def basis(connection: sqlite3.Connection, today: dt.date) -> Basis:
    """What holds for all accounts, on a connection that is reading."""
    return _values(connection, today).basis


def parted(connection: sqlite3.Connection, today: dt.date) -> Mapping[int, Parting]:
    """Whether to go on with each account, by its key; empty where there is no figure."""
    return _values(connection, today).partings


def provide(connection: sqlite3.Connection, today: dt.date) -> None:
    """Let SQL on this connection ask `account_value(account)`."""
    rows.provide(connection, {line.key: round(line.worth.value) for line in _page(connection, today).lines})


def of_account(path: Path, account_id: int, today: dt.date) -> tuple[Basis, Line | None]:
    """What one account is worth; None where it is lost or gone, or where there is no figure at all."""
    return _of(page(path, today), account_id)


def at_hand(path: Path, account_id: int, today: dt.date) -> tuple[tuple[Basis, Line | None] | None, bool]:
    """What one account is worth where that is known already, else None; and whether it takes long to work out."""
    with reading(path) as connection:
        is_known = _WHOLE in _valued.at(connection, today)
        known = _of(_page(connection, today), account_id) if is_known else None
        return known, count(connection) > UNASKED


def count(connection: sqlite3.Connection) -> int:
    """How many accounts there are, whatever became of them."""
    return rows.count(connection)


def _of(found: EquityPage, account_id: int) -> tuple[Basis, Line | None]:
    return found.basis, next((line for line in found.lines if line.key == account_id), None)


def _page(connection: sqlite3.Connection, today: dt.date) -> EquityPage:
    known = _remembered.at(connection, today)
    if _WHOLE not in known:
        known[_WHOLE] = _worked_out(connection, today)
    return known[_WHOLE]


def _values(connection: sqlite3.Connection, today: dt.date) -> _Valued:
    with _valuing:
        known = _valued.at(connection, today)
        if _WHOLE not in known:
            known[_WHOLE] = _value(connection, today)
        return known[_WHOLE]


_valuing: Final = threading.Lock()  # who asks while it is being worked out waits for that


@seldom_collecting()
def _value(connection: sqlite3.Connection, today: dt.date) -> _Valued:
    read = _read(connection, today)
    found = _basis(read)
    parted = partings(found.policy, read.holdings) if found.policy else ()
    return _Valued(found, {one.key: one for one in parted}, read)


@seldom_collecting()
def _worked_out(connection: sqlite3.Connection, today: dt.date) -> EquityPage:
    valued = _values(connection, today)
    found, read = valued.basis, valued.read
    levels = {one.account_id: one.level for one in read.accounts}
    clubs = programmes.pages(connection, read.tracks, levels, read.rates.currency, today)
    if found.values is None:
        return EquityPage(found, None, (), clubs)
    equity = method.equity(found.values, read.holdings)
    lines = [
        Line(
            key=one.account_id,
            name=one.name,
            level=_LEVELS[one.level],
            is_said=bool(one.is_said),
            posture=_POSTURES.get(one.posture or ""),
            worth=worth,
            parting=valued.partings[one.account_id],
            book=read.books.of.get(one.account_id, NOTHING),
        )
        for one, worth in zip(read.accounts, equity.accounts, strict=True)
    ]
    return EquityPage(found, equity, tuple(sorted(lines, key=lambda line: -line.worth.value)), clubs)


_LEVELS: Final = {level.value: level for level in Level}


def _read(connection: sqlite3.Connection, today: dt.date) -> _Read:
    settings = records.get(connection, Workspace, 1)
    rates = Rates(settings.base_currency, settings.hour_cost)
    kept = rows.accounts(connection)
    known = books(connection, today, rates)
    marks = rows.marks(connection, today.isoformat())
    followed = tracks(kept, marks, known.seen, today)
    alive = [one for one in kept if not _is_lost(one, today)]
    held = [_holding(one, known.of.get(one.account_id, NOTHING)) for one in alive]
    return _Read(today, rates, settings.discount_rate, alive, len(kept) - len(alive), known, followed, held)


def _holding(one: Kept, book: Book) -> Holding:
    """What an account brings in a year; who was never sold anything and is a prospect brings nothing."""
    margin = book.yearly_margin
    if margin is None and not book.has_bought and one.level == Level.PROSPECT:
        margin = 0.0
    return Holding(one.account_id, one.level, margin, book.yearly_cost)


def tracks(
    kept: Iterable[Kept],
    marks: Mapping[int, Sequence[tuple[str, str]]],
    seen: Mapping[int, tuple[dt.date, ...]],
    today: dt.date,
) -> dict[int, Track]:
    """What is known of each account over time, by its key.

    One that is closed without a day on which it was lost was so on the day after it was seen last.
    """
    return {
        one.account_id: _track(one, marks.get(one.account_id, ()), seen.get(one.account_id, ()), today) for one in kept
    }


def _track(one: Kept, marks: Sequence[tuple[str, str]], signs: tuple[dt.date, ...], today: dt.date) -> Track:
    judged = [(dt.date.fromisoformat(day), level) for day, level in marks]
    entered = dt.date.fromisoformat(one.level_on) if one.level_on else None
    if entered and entered <= today and (not judged or entered > judged[-1][0]):
        judged.append((entered, one.level))
    if judged and _is_lost(one, today):
        last = max([day for day, _level in judged] + list(signs)) + dt.timedelta(days=1)
        judged.append((dt.date.fromisoformat(one.lost_on) if one.lost_on else min(last, today), LOST))
    return Track(tuple(judged), signs)


def _is_lost(one: Kept, today: dt.date) -> bool:
    return bool(one.is_closed) or (one.lost_on is not None and one.lost_on <= today.isoformat())


def _basis(read: _Read) -> Basis:
    counts = transitions.count(read.tracks.values(), read.today)
    silence = _silence(read)
    chained = chains.chain(counts)
    is_idle = not (silence or any(read.books.of.get(one.account_id, NOTHING).is_buying for one in read.accounts))
    found = None if silence else values(chained, rewards(read.holdings, ALIVE), read.rate)
    return Basis(
        today=read.today,
        rates=read.rates,
        rate=read.rate,
        silence=silence,
        accounts=len(read.accounts),
        lost=read.lost,
        is_idle=is_idle,
        counts=counts,
        link=margins.link(read.holdings, _BUYING),
        values=found,
        policy=best(found) if found else None,
        stays=dict(zip(LADDER, stays(found), strict=True)) if found else {},
        risks={state: risk(chained, state, HORIZON) for state in ALIVE},
        ups=_ups(found, is_idle=is_idle) if found else {},
        left_out=left_out(read.books.of.values()),
    )


def _ups(found: Values, *, is_idle: bool) -> dict[str, Worth | None]:
    """What one level up is worth where somebody there brings something that is known: the others would be a guess."""
    told = zip(found.chain.states, found.rewards, strict=True)
    known = {state for state, one in told if not (is_idle or one.is_assumed)}
    return {state: found.up(state) if above in known else None for state, above in pairwise((*ALIVE, ""))}


def _silence(read: _Read) -> Silence | None:
    if not read.accounts:
        return Silence.ALL_LOST if read.lost else Silence.NO_ACCOUNT
    if all(book.margin is None for book in read.books.of.values()):
        return Silence.NO_MARGIN
    return None if read.rate > 0 else Silence.NO_RATE
