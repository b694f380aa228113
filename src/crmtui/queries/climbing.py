"""What the gates of the relationship ladder look at, from what is kept: the same for one account and for all."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

from crmtui.domain.words import Basis, Rank
from crmtui.method.gates import Facts, Name, Seat
from crmtui.method.ladder import Ladder, Override, climb
from crmtui.method.rank import guess
from crmtui.method.recognition import TOP
from crmtui.store.reading import assessments
from crmtui.text import _

if TYPE_CHECKING:
    import datetime as dt
    import sqlite3
    from collections.abc import Iterator, Mapping, Sequence
    from typing import Protocol

    from crmtui.domain.relationship import Assessment
    from crmtui.domain.words import Indicator
    from crmtui.domain.workspace import Workspace

    class Rated(Protocol):
        """A rating, and how sure it is."""

        @property
        def grade(self) -> int | None:
            """0 to 4; None when unknown."""

        @property
        def basis(self) -> Basis | None:
            """Assumed or confirmed."""


KEPT: Final = 10_000  # titles of which it is kept what they tell
_RANKS: Final = {rank.value: rank for rank in Rank}


class Ladders:
    """How accounts stand on the ladder by their newest assessments: read for all of them, worked out when asked for.

    Args:
        account_ids: which.
        covers: k, 0 to 1, of each stakeholder on their maps.
    """

    def __init__(
        self,
        connection: sqlite3.Connection,
        account_ids: Sequence[int],
        covers: Mapping[int, float],
        settings: Workspace,
        today: dt.date,
    ) -> None:
        self._needed = thresholds(settings)
        self._by = assessments.latest(connection, account_ids) if account_ids else {}
        self._rated = assessments.grades(connection, [one.id for one in self._by.values()])
        self._orders = assessments.orders(connection, today.isoformat(), account_ids)
        self._covers = covers
        self._seats: dict[int, list[tuple[int, str | None, str, str]]] = {}
        for account_id, key, _name, said, position, title in assessments.seats(connection, account_ids):
            self._seats.setdefault(account_id, []).append((key, said, position, title))
        self._known: dict[int, Ladder] = {}

    def of(self, account_id: int) -> Ladder:
        """How an account stands."""
        if account_id not in self._known:
            by = self._by.get(account_id)
            ratings = self._rated.get(by.id, {}) if by else {}
            asked = facts(ratings, list(self._seated(account_id)), self._orders.get(account_id, 0))
            self._known[account_id] = climb(asked, self._needed, override(by))
        return self._known[account_id]

    def missing(self, account_id: int) -> tuple[str, ...]:
        """The gates that it does not meet for the next level."""
        return tuple(gate.name.value for gate in self.of(account_id).missing)

    def _seated(self, account_id: int) -> Iterator[Seat]:
        for key, said, position, title in self._seats.get(account_id, ()):
            rank, is_assumed = ranked(said, position, title)
            yield Seat(key, rank, cover(self._covers.get(key, 0.0)), is_assumed)


def facts(ratings: Mapping[Indicator, Rated], seats: Sequence[Seat], orders: int) -> Facts:
    """What the gates of one account look at."""
    return Facts(
        grades={indicator: rating.grade for indicator, rating in ratings.items()},
        assumed=frozenset(indicator for indicator, rating in ratings.items() if rating.basis is Basis.ASSUMED),
        seats=seats,
        orders=orders,
    )


def thresholds(settings: Workspace) -> dict[Name, float]:
    """What each gate needs in a workspace."""
    return {name: float(getattr(settings, f"gate_{name.value}")) for name in Name}


def override(assessment: Assessment | None) -> Override | None:
    """The level that was set by hand; None where the gates decide."""
    if assessment is None or assessment.override_level is None:
        return None
    return Override(assessment.override_level, assessment.override_reason or _("no reason given"))


def cover(k: float) -> float:
    """4·k, 0 to 4."""
    return min(float(TOP), max(0.0, TOP * k))


@lru_cache(maxsize=KEPT)
def ranked(said: str | None, position: str, title: str) -> tuple[Rank | None, bool]:
    """Whose key people somebody is, and whether that was guessed from the position or the title."""
    if said:
        return _RANKS[said], False
    found = guess(position) or guess(title)
    return found, found is not None
