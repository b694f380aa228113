"""What we do with accounts as somebody set it by hand: why, by whom and when."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from crmtui.days import dated
from crmtui.domain.words import Posture, Source
from crmtui.store.reading import postures as rows
from crmtui.text import _, line

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable

__all__ = ["ByHand", "as_kept", "because", "by_hand", "told"]

_POSTURES: Final = {one.value: one for one in Posture}


@dataclass(frozen=True, slots=True)
class ByHand:
    """A posture that was set by hand.

    Attributes:
        posture: what we do with the account.
        reason: why, on one line; '' where nobody said.
        who: who said so; '' when that is not known, or nobody asked the journal.
        is_imported: whether it came with a file, likewise.
        on: the day; None likewise.
    """

    posture: Posture
    reason: str
    who: str = ""
    is_imported: bool = False
    on: dt.date | None = None


def as_kept(posture: str | None, reason: str) -> ByHand | None:
    """What an account says by itself: the word of its posture, and the reason; None where nobody set any."""
    return ByHand(_POSTURES[posture], line(reason)) if posture else None


def by_hand(connection: sqlite3.Connection, account_ids: Iterable[int]) -> dict[int, ByHand]:
    """What the accounts and the journal say, of those that have one, by their keys."""
    return {
        one.account_id: ByHand(
            posture=_POSTURES[one.posture],
            reason=line(one.reason),
            who=line(one.actor or ""),
            is_imported=one.source == Source.IMPORT.value,
            on=dt.datetime.fromisoformat(one.at).astimezone().date() if one.at else None,
        )
        for one in rows.by_hand(connection, account_ids)
    }


def because(one: ByHand) -> str:
    """Why it was set, by whom and when: `they open doors in the north (12 Mar 2026)`."""
    reason = one.reason or _("no reason given")
    told = ", ".join(filter(None, (one.who, _(Source.IMPORT.label) if one.is_imported else "", dated(one.on))))
    return f"{reason} ({told})" if told else reason


def told(one: ByHand) -> str:
    """The same behind the posture, as something that somebody set where the program works out its own."""
    posture, reason = _(one.posture.label), because(one)
    return _("✎ by hand: {said}").format(said=_("{posture}: {reason}").format(posture=posture, reason=reason))
