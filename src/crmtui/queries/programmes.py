"""Programmes for priority customers: who is in, what it costs, and whether they stay, within the last year."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from crmtui.domain.programmes import Programme
from crmtui.domain.words import Level
from crmtui.method import programme as method
from crmtui.method.programme import Customer
from crmtui.method.transitions import LOST, MONTHS, months_before
from crmtui.store.reading import programmes as rows, records
from crmtui.store.reading.programmes import Member

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from crmtui.method.transitions import Track

__all__ = ["Member", "ProgrammePage", "pages"]

NAMED: Final = 12  # accounts that are told by name
_YEAR: Final = 365.25


@dataclass(frozen=True, slots=True)
class Group:
    """Accounts that are compared, on one side and with one outcome.

    Attributes:
        count: how many.
        names: of the first of them.
    """

    count: int
    names: tuple[str, ...]


_NOBODY: Final = Group(0, ())


@dataclass(frozen=True, slots=True)
class ProgrammePage:
    """A programme and what it does.

    Attributes:
        programme: the record.
        members: who is in it today.
        left: who was.
        first: the day on which the first of them joined.
        since: the first day of the time that is compared, within the last year; the last is today.
        groups: who is compared, by whether they were members when that began, and whether they stayed; None for those
            of whom nobody knows.
        figures: cost, and retention of its members beside that of other customers.
        is_elsewhere: whether its cost is in another currency than the workspace's own, and so not counted.
    """

    programme: Programme
    members: tuple[Member, ...]
    left: tuple[Member, ...]
    first: dt.date
    since: dt.date
    groups: Mapping[tuple[bool, bool | None], Group]
    figures: method.Programme
    is_elsewhere: bool

    def group(self, *, is_member: bool, stayed: bool | None) -> Group:
        """Those of one side with one outcome."""
        return self.groups.get((is_member, stayed), _NOBODY)


def pages(
    connection: sqlite3.Connection,
    tracks: Callable[[], Mapping[int, Track]],
    levels: Mapping[int, str],
    currency: str,
    today: dt.date,
) -> tuple[ProgrammePage, ...]:
    """All programmes.

    Args:
        connection: reading.
        tracks: tells what is known of each account over time.
        levels: of each account today, for those that nobody had judged before.
        currency: the workspace's own.
        today: the last day that counts.
    """
    programmes = list(records.where(connection, Programme, "1", (), "name_key, id"))
    everybody: dict[int, list[Member]] = {one.id: [] for one in programmes}
    for member in rows.members(connection) if programmes else ():
        everybody[member.programme_id].append(member)
    known = tracks() if programmes else {}
    return tuple(_page(connection, one, everybody[one.id], known, levels, currency, today) for one in programmes)


def _page(
    connection: sqlite3.Connection,
    programme: Programme,
    everybody: Sequence[Member],
    tracks: Mapping[int, Track],
    levels: Mapping[int, str],
    currency: str,
    today: dt.date,
) -> ProgrammePage:
    day = today.isoformat()
    first = min((dt.date.fromisoformat(one.joined_on) for one in everybody), default=today)
    since = min(max(first, months_before(today, MONTHS)), today)
    cost = programme.yearly_cost if programme.currency == currency else None
    inside = {one.account_id: one for one in everybody}
    given = list(_customers(tracks, levels, inside, since, today, cost))
    return ProgrammePage(
        programme=programme,
        members=tuple(one for one in everybody if one.joined_on <= day and not _has_left(one, day)),
        left=tuple(one for one in everybody if _has_left(one, day)),
        first=min(first, today),
        since=since,
        groups=_groups(connection, given),
        figures=method.programme(given),
        is_elsewhere=programme.yearly_cost is not None and cost is None,
    )


def _groups(connection: sqlite3.Connection, given: Iterable[Customer]) -> dict[tuple[bool, bool | None], Group]:
    keys: dict[tuple[bool, bool | None], list[int]] = {}
    for one in given:
        keys.setdefault((one.is_member, one.stayed), []).append(one.key)
    return {
        side: Group(len(found), tuple(rows.names(connection, found[:NAMED]).values())) for side, found in keys.items()
    }


def _customers(
    tracks: Mapping[int, Track],
    levels: Mapping[int, str],
    inside: Mapping[int, Member],
    since: dt.date,
    today: dt.date,
    cost: int | None,
) -> Iterator[Customer]:
    """All that were customers on a day; who joined later is neither a member nor one to compare with."""
    start = since.isoformat()
    for key, track in tracks.items():
        level = _level(track, levels.get(key), since)
        member = inside.get(key)
        is_member = member is not None and member.joined_on <= start and not _has_left(member, start)
        if level is None or (member is not None and not is_member and not _has_left(member, start)):
            continue
        yield Customer(
            key=key,
            is_member=is_member,
            level=level,
            stayed=_stayed(track, since, today),
            cost=None if cost is None or member is None else round(cost * _share(member, since, today)),
        )


def _level(track: Track, now: str | None, since: dt.date) -> str | None:
    """The level on a day; that of today where nobody had judged it, but it was there; None if it was no customer."""
    before = [state for day, state in sorted(track.marks, key=lambda mark: mark[0]) if day <= since]
    level = before[-1] if before else now if any(day <= since for day in track.signs) else None
    return None if level in (None, LOST, Level.PROSPECT) else level


def _stayed(track: Track, since: dt.date, today: dt.date) -> bool | None:
    """Whether it was still a customer; None where it was not seen at all."""
    later = [state for day, state in track.marks if since < day <= today]
    if LOST in later:
        return False
    return True if later or any(since < day <= today for day in track.signs) else None


def _share(member: Member, since: dt.date, today: dt.date) -> float:
    """Of a year, for which a member was in within a time."""
    end = min(today, dt.date.fromisoformat(member.left_on)) if member.left_on else today
    start = max(since, dt.date.fromisoformat(member.joined_on))
    return max(0, (end - start).days) / _YEAR


def _has_left(member: Member, day: str) -> bool:
    return member.left_on is not None and member.left_on <= day


def of_account(pages: Iterable[ProgrammePage], account_id: int) -> list[str]:
    """The names of the programmes that an account is in."""
    return [one.programme.name for one in pages if any(member.account_id == account_id for member in one.members)]
