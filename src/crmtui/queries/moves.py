"""The best next moves across the workspace, in words: what, where, what an hour of it is worth, and why."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from crmtui.collecting import seldom_collecting
from crmtui.domain.workspace import Actor, Workspace
from crmtui.method.move import Kind
from crmtui.method.moves import PER_ACCOUNT, rank
from crmtui.queries import findings
from crmtui.queries.findings import Finding, Rule
from crmtui.queries.move_field import field
from crmtui.queries.move_telling import Teller
from crmtui.queries.next_move import NextMove
from crmtui.store.reading import records
from crmtui.store.reading.connections import reading
from crmtui.store.reading.contacts import Entry

if TYPE_CHECKING:
    import datetime as dt
    from pathlib import Path

__all__ = ["Entry", "Finding", "Kind", "Moves", "NextMove", "found"]


@dataclass(frozen=True, slots=True)
class Moves:
    """What would help most.

    Attributes:
        best: the moves, the best first.
        total: how many there are that gain something, or may.
        left_out: how many accounts were left out of it, for nothing is to be invested there.
        chores: what is not written down, and would show more moves; first that scorecards have told nothing so far,
            where that is so.
    """

    best: tuple[NextMove, ...] = ()
    total: int = 0
    left_out: int = 0
    chores: tuple[Finding, ...] = ()


def found(path: Path, day: dt.date, *, mine: bool = True, per_account: int = PER_ACCOUNT) -> Moves:
    """The best next moves of a day, at most so many of an account.

    `mine` narrows them to what is the user's or nobody's, where the workspace knows the user.
    """
    with seldom_collecting(), reading(path) as connection:
        settings = records.get(connection, Workspace, 1)
        me = next(records.where(connection, Actor, "is_me = 1"), None)
        asked: dict[str, Any] = {"me": me.id if me and mine else None, "today": day.isoformat(), "limit": findings.MOST}
        sight = field(connection, asked, settings, day)
        ranking = rank(sight.field, per_account=per_account)
        teller = Teller(connection, sight, ranking.moves, settings)
        shown = Counter(move.kind for move in ranking.moves)
        told = {Rule.NO_CARD: shown[Kind.SCORE], Rule.UNMAPPED: shown[Kind.MAP]}
        return Moves(
            best=tuple(map(teller.told, ranking.moves)),
            total=ranking.total,
            left_out=ranking.left_out,
            chores=(*findings.silent(sight.silent), *findings.chores(connection, asked, told)),
        )
