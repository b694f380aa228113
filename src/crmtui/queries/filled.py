"""The computed criteria of opportunities: grades that come from the map, the ladder and the creation of a budget."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from crmtui.domain.words import BudgetRung, Computed, Level
from crmtui.method import computed as method
from crmtui.method.map_values import Values
from crmtui.method.wins import Wins, wins
from crmtui.queries import standing
from crmtui.store.reading import winning as rows

if TYPE_CHECKING:
    import datetime as dt
    import sqlite3
    from collections.abc import Iterable, Mapping

    from crmtui.queries.standing import Standing
    from crmtui.store.reading.winning import Carded

__all__ = ["Filled", "Sources", "of_opportunities"]

_LEVELS: Final = {level.value: level for level in Level}
_RUNGS: Final = {rung.value: rung for rung in BudgetRung}


@dataclass(frozen=True, slots=True)
class Filled:
    """What a computed criterion comes to.

    Attributes:
        kind: what it is computed from.
        grade: 0 to 4; None where that is not known.
        low: the grade at the worst that is still possible; the same as `grade` where nothing is open.
        high: at the best.
    """

    kind: Computed
    grade: float | None
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Sources:
    """Where the computed criteria of one opportunity come from.

    Attributes:
        standing: the map; None where neither the opportunity nor its account has one.
        wins: the personal wins on it; None likewise.
        level: of the account; None without an account, or where nobody has judged it.
        budget: the step of budget creation; None when unknown.
    """

    standing: Standing | None
    wins: Wins | None
    level: Level | None
    budget: BudgetRung | None

    def filled(self, kind: Computed) -> Filled:
        """The grade of one kind, with its band."""
        if kind is Computed.LEVEL:
            return _sure(kind, None if self.level is None else method.of_level(self.level))
        if kind is Computed.BUDGET:
            return _sure(kind, None if self.budget is None else method.of_budget(self.budget))
        if self.standing is None or self.wins is None:
            return _sure(kind, None)
        if kind is Computed.FAVOUR:
            found = self.standing.figures.favour
            grade = None if found.value is None else method.of_favour(found.value)
            return Filled(kind, grade, method.of_favour(found.low), method.of_favour(found.high))
        share = self.wins if kind is Computed.WINS else self.standing.figures.coverage
        grade = None if share.value is None else method.of_share(share.value)
        return Filled(kind, grade, method.of_share(share.low), method.of_share(share.high))


def of_opportunities(connection: sqlite3.Connection, keys: Iterable[int] | None, today: dt.date) -> dict[int, Sources]:
    """The sources of opportunities, by their keys; all open ones for None."""
    wanted = None if keys is None else list(keys)
    cards = rows.carded(connection, wanted)
    maps = standing.of_opportunities(connection, wanted, today)
    won: dict[int, Wins] = {}
    for one in maps.values():
        if one.map_id not in won:
            won[one.map_id] = wins(one.figures.members, one.figures.leverage)
    return {
        one.opportunity_id: Sources(
            standing=(here := maps.get(one.opportunity_id)),
            wins=won[here.map_id] if here else None,
            level=_LEVELS.get(one.level or ""),
            budget=_RUNGS.get(one.budget or ""),
        )
        for one in cards
    }


def grades(
    connection: sqlite3.Connection, cards: Iterable[Carded], keys: Iterable[int] | None, today: dt.date
) -> dict[int, Mapping[Computed, float | None]]:
    """The grades alone of opportunities whose rows are read already; quick for very many."""
    maps = standing.maps_of_opportunities(connection, keys)
    values = standing.values(connection, maps.values(), today)
    nothing = Values(None, None, None)
    return {
        one.opportunity_id: _grades(one, values[maps[one.opportunity_id]] if one.opportunity_id in maps else nothing)
        for one in cards
    }


def _grades(card: Carded, found: Values) -> Mapping[Computed, float | None]:
    level, rung = _LEVELS.get(card.level or ""), _RUNGS.get(card.budget or "")
    return {
        Computed.FAVOUR: None if found.favour is None else method.of_favour(found.favour),
        Computed.COVERAGE: None if found.coverage is None else method.of_share(found.coverage),
        Computed.WINS: None if found.wins is None else method.of_share(found.wins),
        Computed.LEVEL: None if level is None else method.of_level(level),
        Computed.BUDGET: None if rung is None else method.of_budget(rung),
    }


def _sure(kind: Computed, grade: float | None) -> Filled:
    return Filled(kind, grade, 0.0 if grade is None else grade, method.of_share(1.0) if grade is None else grade)
