"""The list of contacts, and the rows behind agendas, plans and forms."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from crmtui.domain import words
from crmtui.domain.words import ContactStatus
from crmtui.store.reading.lists import Column, Shape, View
from crmtui.text import N_

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping, Sequence

OPEN: Final = "c.status IN ('planned', 'moved')"

_NAMES: Final = """(SELECT group_concat(n.name, ', ') FROM contact_person cp JOIN person n ON n.id = cp.person_id
    WHERE cp.contact_id = t.id)"""

VIEW: Final = View(
    table="contact",
    joins="""JOIN channel h ON h.id = t.channel_id LEFT JOIN account a ON a.id = t.account_id
        LEFT JOIN opportunity p ON p.id = t.opportunity_id LEFT JOIN actor o ON o.id = t.actor_id""",
    order="-day",
    tie="t.time DESC, t.id DESC",
    searched=(
        "t.id IN ({contact})",
        "t.account_id IN ({account})",
        "t.opportunity_id IN ({opportunity})",
        "t.id IN (SELECT cp.contact_id FROM contact_person cp WHERE cp.person_id IN ({person}))",
    ),
    columns=(
        Column(key="day", label=N_("Day"), sql="t.day", shape=Shape.PAST, width=8),
        Column(
            key="status",
            label=N_("Status"),
            sql="t.status",
            shape=Shape.WORD,
            words=words.ContactStatus,
            width=9,
            priority=1,
        ),
        Column(key="channel", label=N_("Channel"), sql="h.name", width=10),
        Column(key="with", label=N_("With"), sql=_NAMES, width=18),
        Column(key="account", label=N_("Account"), sql="a.name", order="a.name_key", width=16, priority=2),
        Column(key="message", label=N_("Message"), sql="t.message", width=20, priority=3),
        Column(key="outcome", label=N_("Outcome"), sql="t.outcome", width=20, priority=5),
        Column(key="owner", label=N_("Our actor"), sql="o.name", width=14, priority=6),
        Column(key="hours", label=N_("Hours"), sql="t.hours", shape=Shape.NUMBER, width=5, priority=7),
        Column(
            key="cost",
            label=N_("Cost"),
            sql="t.cost",
            currency="t.currency",
            shape=Shape.MONEY,
            width=8,
            priority=4,
        ),
        Column(key="time", label=N_("Time"), sql="t.time", listed=False),
        Column(
            key="need",
            label=N_("Carries"),
            sql="(SELECT v.need FROM proposition v WHERE v.id = t.proposition_id)",
            listed=False,
        ),
        Column(
            key="win",
            label=N_("Carries the win of"),
            sql="""(SELECT coalesce(n.name, s.position) FROM stakeholder s LEFT JOIN person n ON n.id = s.person_id
                WHERE s.id = t.win_of_id)""",
            listed=False,
        ),
        Column(key="opportunity", label=N_("Opportunity"), sql="p.name", order="p.name_key", listed=False),
    ),
)


@dataclass(frozen=True, slots=True)
class Interlocutor:
    """A person in a contact.

    Attributes:
        id: its key.
        name: as it is shown.
        title: the position, '' when unknown.
    """

    id: int
    name: str
    title: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A contact with the names that a line of an agenda shows; names are '' for what is not there.

    Attributes:
        id: its key.
        time: HH:MM, local; '' for any time of the day.
        cost: minor units of `currency`; None when unknown.
        hours: None when unknown.
        people: the interlocutors, in the order they were named.
        need: what the line of the value proposition that it carries is about; so also `win_of`, whose win it carries.
        kept: what came with files and has no field of its own: (name, value), in the order in which it came.
    """

    id: int
    day: dt.date
    time: str
    status: ContactStatus
    people: tuple[Interlocutor, ...]
    channel_id: int
    channel: str
    account_id: int | None
    account: str
    opportunity_id: int | None
    opportunity: str
    plan_id: int | None
    actor_id: int | None
    actor: str
    message: str
    outcome: str
    cost: int | None
    currency: str
    hours: float | None
    proposition_id: int | None
    need: str
    win_of_id: int | None
    win_of: str
    kept: tuple[tuple[str, str], ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether it is still to happen."""
        return self.status in (ContactStatus.PLANNED, ContactStatus.MOVED)


_ENTRY: Final = """SELECT c.id, c.day, c.time, c.status, c.channel_id, h.name, c.account_id, coalesce(a.name, ''),
        c.opportunity_id, coalesce(p.name, ''), c.plan_id, c.actor_id, coalesce(o.name, ''), c.message, c.outcome,
        c.cost, c.currency, c.hours, c.proposition_id, coalesce(v.need, ''), c.win_of_id,
        coalesce((SELECT n.name FROM person n WHERE n.id = s.person_id), s.position, '')
    FROM contact c JOIN channel h ON h.id = c.channel_id LEFT JOIN account a ON a.id = c.account_id
        LEFT JOIN opportunity p ON p.id = c.opportunity_id LEFT JOIN actor o ON o.id = c.actor_id
        LEFT JOIN proposition v ON v.id = c.proposition_id LEFT JOIN stakeholder s ON s.id = c.win_of_id"""
_STATUSES: Final = {status.value: status for status in ContactStatus}
IN_ORDER: Final = "c.day, c.time = '', c.time, c.id"  # those of any time after those of a set time


def entries(
    connection: sqlite3.Connection, condition: str, parameters: Mapping[str, Any], *, limit: int = -1
) -> tuple[Entry, ...]:
    """The contacts `c` that meet a condition written by the caller, by day and time; at most `limit`."""
    rows = connection.execute(
        f"{_ENTRY} WHERE {condition} ORDER BY {IN_ORDER} LIMIT :limit", {**parameters, "limit": limit}
    ).fetchall()
    keys = [row[0] for row in rows]
    people, kept = interlocutors(connection, keys), _kept(connection, keys)
    return tuple(
        Entry(
            *(key, dt.date.fromisoformat(day), time, _STATUSES[status], tuple(people.get(key, ()))),
            *(*names, tuple(kept.get(key, ()))),
        )
        for key, day, time, status, *names in rows
    )


def _kept(connection: sqlite3.Connection, contact_ids: Sequence[int]) -> dict[int, list[tuple[str, str]]]:
    """The custom fields of each contact; contacts without any are left out."""
    marks = ", ".join(str(int(contact_id)) for contact_id in contact_ids)
    found: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for contact_id, name, value in connection.execute(
        f"SELECT contact_id, name, value FROM custom_value WHERE contact_id IN ({marks}) ORDER BY id"
    ):
        found[contact_id].append((name, value))
    return found


def interlocutors(connection: sqlite3.Connection, contact_ids: Sequence[int]) -> dict[int, list[Interlocutor]]:
    """The people in each contact; contacts without people are left out."""
    marks = ", ".join(str(int(contact_id)) for contact_id in contact_ids)
    found: dict[int, list[Interlocutor]] = defaultdict(list)
    for contact_id, *person in connection.execute(
        f"""SELECT cp.contact_id, n.id, n.name, n.title FROM contact_person cp JOIN person n ON n.id = cp.person_id
        WHERE cp.contact_id IN ({marks}) ORDER BY cp.id"""
    ):
        found[contact_id].append(Interlocutor(*person))
    return found


@dataclass(frozen=True, slots=True)
class Refusal:
    """A person who does not want to be reached on a channel.

    Attributes:
        day: when that was said, ISO.
        source: who or what says so; '' when nobody noted it.
    """

    person: str
    channel: str
    day: str
    source: str


def refusals(connection: sqlite3.Connection, channel_id: int, person_ids: Sequence[int]) -> list[Refusal]:
    """Who of these people has refused a channel, by name."""
    marks = ", ".join(str(int(person_id)) for person_id in person_ids)
    rows = connection.execute(
        f"""SELECT n.name, h.name, k.day, k.source FROM consent k JOIN person n ON n.id = k.person_id
        JOIN channel h ON h.id = k.channel_id
        WHERE k.state = 'refused' AND k.channel_id = ? AND k.person_id IN ({marks}) ORDER BY n.name_key, n.id""",
        (channel_id,),
    )
    return [Refusal(*row) for row in rows]


def refused_by(connection: sqlite3.Connection, person_ids: Sequence[int]) -> dict[int, tuple[str, ...]]:
    """The names of the channels that each of these people has refused; those who refused none are left out."""
    marks = ", ".join(str(int(person_id)) for person_id in person_ids)
    found: dict[int, tuple[str, ...]] = {}
    for person_id, channel in connection.execute(
        f"""SELECT k.person_id, h.name FROM consent k JOIN channel h ON h.id = k.channel_id
        WHERE k.state = 'refused' AND k.person_id IN ({marks}) ORDER BY h.name_key"""
    ):
        found[person_id] = (*found.get(person_id, ()), channel)
    return found


def account_of(connection: sqlite3.Connection, table: str, key: int | None) -> int | None:
    """The account that an opportunity, a plan, a project or a person belongs to; None when it has none."""
    row = connection.execute(_ACCOUNT_OF[table], (key,)).fetchone()
    return row[0] if row else None


_ACCOUNT_OF: Final = {
    "opportunity": "SELECT account_id FROM opportunity WHERE id = ?",
    "person": "SELECT account_id FROM person WHERE id = ?",
    "project": "SELECT account_id FROM project WHERE id = ?",
    "plan": """SELECT coalesce(t.account_id, p.account_id) FROM plan t
        LEFT JOIN opportunity p ON p.id = t.opportunity_id WHERE t.id = ?""",
}


def me(connection: sqlite3.Connection) -> int | None:
    """The key of the one of ours who is the user; None where nobody is marked so."""
    row = connection.execute("SELECT id FROM actor WHERE is_me = 1").fetchone()
    return row[0] if row else None
