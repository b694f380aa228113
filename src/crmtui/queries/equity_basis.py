"""What customer equity rests on: what was read of accounts, and what holds for all of them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from crmtui.domain.words import Level
from crmtui.domain.workspace import Workspace
from crmtui.method import chain as chains, margins
from crmtui.method.books import NOTHING, Book
from crmtui.method.defection import risk
from crmtui.method.rewards import Holding, rewards
from crmtui.method.staying import stays
from crmtui.method.stopping import best
from crmtui.method.transitions import LADDER
from crmtui.method.values import values
from crmtui.queries.books import LeftOut, Rates, left_out
from crmtui.queries.histories import histories, is_lost
from crmtui.store.reading import equity as rows, records

if TYPE_CHECKING:
    import datetime as dt
    import sqlite3
    from collections.abc import Mapping, Sequence

    from crmtui.method.defection import Risk
    from crmtui.method.margins import Link
    from crmtui.method.staying import Stay
    from crmtui.method.stopping import Policy
    from crmtui.method.transitions import Counts
    from crmtui.method.values import Values, Worth
    from crmtui.queries.histories import Histories
    from crmtui.store.reading.equity import Kept

ALIVE: Final = LADDER[:-1]
HORIZON: Final = 3  # years for which the risk to lose an account is told
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
class Known:
    """What was read of accounts; accounts and holdings without those that were lost, in the same order."""

    today: dt.date
    rates: Rates
    rate: float
    accounts: Sequence[Kept]
    lost: int
    histories: Histories
    holdings: Sequence[Holding]


def read(connection: sqlite3.Connection, today: dt.date) -> Known:
    """All that is known of accounts."""
    settings = records.get(connection, Workspace, 1)
    rates = Rates(settings.base_currency, settings.hour_cost)
    kept = rows.accounts(connection)
    known = histories(connection, kept, today, rates)
    alive = [one for one in kept if not is_lost(one, today)]
    held = [_holding(one, known.books.get(one.account_id, NOTHING)) for one in alive]
    return Known(today, rates, settings.discount_rate, alive, len(kept) - len(alive), known, held)


def _holding(one: Kept, book: Book) -> Holding:
    """What an account brings in a year; who was never sold anything and is a prospect brings nothing."""
    margin = book.yearly_margin
    if margin is None and not book.has_bought and one.level == Level.PROSPECT:
        margin = 0.0
    return Holding(one.account_id, one.level, margin, book.yearly_cost, book.told)


def basis(read: Known) -> Basis:
    """What holds for all."""
    counts, books = read.histories.counts, read.histories.books
    silence = _silence(read)
    chained = chains.chain(counts)
    is_idle = not (silence or any(books.get(one.account_id, NOTHING).is_buying for one in read.accounts))
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
        left_out=left_out(books.values()),
    )


def _ups(found: Values, *, is_idle: bool) -> dict[str, Worth | None]:
    """What one level up is worth where somebody there brings something that is known: the others would be a guess."""
    told = zip(found.chain.states, found.rewards, strict=True)
    known = {state for state, one in told if not (is_idle or one.is_assumed)}
    return {state: found.up(state) if above in known else None for state, above in pairwise((*ALIVE, ""))}


def _silence(read: Known) -> Silence | None:
    if not read.accounts:
        return Silence.ALL_LOST if read.lost else Silence.NO_ACCOUNT
    if all(book.margin is None for book in read.histories.books.values()):
        return Silence.NO_MARGIN
    return None if read.rate > 0 else Silence.NO_RATE
