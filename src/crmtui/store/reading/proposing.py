"""The rows that contacts are proposed from: who is on a map, what was agreed and happened with them, by which ways."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3

    from crmtui.store.reading.plans import Subject


@dataclass(frozen=True, slots=True)
class Target:
    """Somebody with a name on a map.

    Attributes:
        stakeholder_id: the place on the map.
        relationship: 0 to 4; None when nobody has judged it.
        preferred: the channel that the person prefers; None when unknown.
        win: the personal win that we propose; '' for none.
        actor_id: who of ours looks after the person; None for nobody.
    """

    person_id: int
    stakeholder_id: int
    name: str
    relationship: int | None
    preferred: int | None
    win: str
    actor_id: int | None


@dataclass(frozen=True, slots=True)
class Channel:
    """A channel in use; `cost` is None where it is not known in the currency that was asked for."""

    id: int
    name: str
    quality: float
    cost: int | None
    hours: float


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a value proposition.

    Attributes:
        id: its key.
        words: what a message would say of it: the benefit, else the offer, else the need.
    """

    id: int
    words: str


def targets(connection: sqlite3.Connection, map_id: int) -> list[Target]:
    """Who is on a map, without placeholders."""
    rows = connection.execute(
        """SELECT n.id, s.id, n.name, s.relationship, n.preferred_channel_id, s.win, s.covered_by_id
        FROM stakeholder s JOIN person n ON n.id = s.person_id WHERE s.map_id = ? ORDER BY s.id""",
        (map_id,),
    )
    return [Target(*row) for row in rows]


def channels(connection: sqlite3.Connection, currency: str) -> list[Channel]:
    """The channels in use, with their usual cost where it is in a currency."""
    rows = connection.execute(
        """SELECT id, name, quality, CASE WHEN currency = ? THEN cost END, hours FROM channel
        WHERE is_active ORDER BY id""",
        (currency,),
    )
    return [Channel(*row) for row in rows]


def meetings(connection: sqlite3.Connection, map_id: int) -> dict[int, list[tuple[str, bool, float]]]:
    """All contacts of those on a map that were not called off: (day, whether it happened, quality) by person."""
    found: dict[int, list[tuple[str, bool, float]]] = defaultdict(list)
    for person_id, day, is_done, quality in connection.execute(
        """SELECT cp.person_id, c.day, c.status = 'done', h.quality FROM stakeholder s
        JOIN contact_person cp ON cp.person_id = s.person_id JOIN contact c ON c.id = cp.contact_id
        JOIN channel h ON h.id = c.channel_id WHERE s.map_id = ? AND c.status <> 'cancelled'""",
        (map_id,),
    ):
        found[person_id].append((day, bool(is_done), quality))
    return found


def refused(connection: sqlite3.Connection, map_id: int) -> dict[int, frozenset[int]]:
    """The channels that those on a map have refused, by person; who refused none is left out."""
    found: dict[int, frozenset[int]] = {}
    for person_id, channel_id in connection.execute(
        """SELECT k.person_id, k.channel_id FROM stakeholder s JOIN consent k ON k.person_id = s.person_id
        WHERE s.map_id = ? AND k.state = 'refused'""",
        (map_id,),
    ):
        found[person_id] = found.get(person_id, frozenset()) | {channel_id}
    return found


def lines(connection: sqlite3.Connection, about: Subject) -> list[Line]:
    """The value proposition that a plan is about: of its opportunity, then of its account."""
    rows = connection.execute(
        """SELECT id, CASE WHEN benefit <> '' THEN benefit WHEN offer <> '' THEN offer ELSE need END
        FROM proposition WHERE opportunity_id = ? OR account_id = ?
        ORDER BY opportunity_id IS NULL, position, id""",
        (about.opportunity_id, about.account_id),
    )
    return [Line(*row) for row in rows]


def willingness(connection: sqlite3.Connection, account_id: int) -> int | None:
    """Whether an account wants to be managed, 0 to 4, as assessed last; None where nobody has asked."""
    row = connection.execute(
        "SELECT willingness FROM assessment WHERE account_id = ? ORDER BY day DESC LIMIT 1", (account_id,)
    ).fetchone()
    return row[0] if row else None
