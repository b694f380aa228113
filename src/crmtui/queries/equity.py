"""What customers are worth: customer equity of all, of each account, and what holds for all accounts of a level.

All of it is worked out at once, and remembered as long as nothing that it rests on has changed.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from crmtui.collecting import seldom_collecting
from crmtui.domain.words import Level
from crmtui.method import equity as method
from crmtui.method.books import NOTHING
from crmtui.method.stopping import partings
from crmtui.queries import equity_basis, postures, programmes
from crmtui.queries.remembered import Remembered
from crmtui.store.reading import equity as rows
from crmtui.store.reading.connections import reading

if TYPE_CHECKING:
    import datetime as dt
    import sqlite3
    from collections.abc import Mapping
    from pathlib import Path

    from crmtui.method.books import Book
    from crmtui.method.equity import AccountWorth, Equity
    from crmtui.method.stopping import Parting
    from crmtui.queries.equity_basis import Basis, Known
    from crmtui.queries.postures import ByHand
    from crmtui.queries.programmes import ProgrammePage

_LEVELS: Final = {level.value: level for level in Level}


@dataclass(frozen=True, slots=True)
class Line:
    """An account and what it is worth.

    Attributes:
        key: which.
        name: as it was written down.
        level: its level.
        is_said: whether anybody has judged the level.
        posture: what is done with it, as set by hand, and why; None for none.
        worth: value, band and terms.
        parting: whether to go on with it.
        book: what it brought and cost.
    """

    key: int
    name: str
    level: Level
    is_said: bool
    posture: ByHand | None
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


UNASKED: Final = 20_000  # accounts for which it is worked out without being asked: two seconds in a thread


@dataclass(frozen=True, slots=True)
class _Valued:
    """What holds for all, and for each account whether to go on with it; with what was read."""

    basis: Basis
    partings: Mapping[int, Parting]
    known: Known


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
    known = equity_basis.read(connection, today)
    found = equity_basis.basis(known)
    parted = partings(found.policy, known.holdings) if found.policy else ()
    return _Valued(found, {one.key: one for one in parted}, known)


@seldom_collecting()
def _worked_out(connection: sqlite3.Connection, today: dt.date) -> EquityPage:
    valued = _values(connection, today)
    found, known = valued.basis, valued.known
    levels = {one.account_id: one.level for one in known.accounts}
    clubs = programmes.pages(connection, known.histories.tracks, levels, known.rates.currency, today)
    if found.values is None:
        return EquityPage(found, None, (), clubs)
    equity = method.equity(found.values, known.holdings)
    lines = [
        Line(
            key=one.account_id,
            name=one.name,
            level=_LEVELS[one.level],
            is_said=bool(one.is_said),
            posture=postures.as_kept(one.posture, one.posture_reason),
            worth=worth,
            parting=valued.partings[one.account_id],
            book=known.histories.books.get(one.account_id, NOTHING),
        )
        for one, worth in zip(known.accounts, equity.accounts, strict=True)
    ]
    return EquityPage(found, equity, tuple(sorted(lines, key=lambda line: -line.worth.value)), clubs)
