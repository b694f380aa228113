"""The list of people, and the rows behind the page of one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from crmtui.domain import words
from crmtui.store.reading.lists import Column, Shape, View
from crmtui.text import N_

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence

_CONTACTS: Final = "contact_person cp JOIN contact c ON c.id = cp.contact_id WHERE cp.person_id = t.id"

VIEW: Final = View(
    table="person",
    joins="""LEFT JOIN account a ON a.id = t.account_id LEFT JOIN actor o ON o.id = a.owner_id
        LEFT JOIN channel h ON h.id = t.preferred_channel_id""",
    order="name",
    searched=(
        "t.id IN ({person})",
        "t.account_id IN ({account})",
        "t.id IN (SELECT e.person_id FROM person_email e WHERE e.id IN ({person_email}))",
    ),
    called=("t.id IN (SELECT f.person_id FROM person_phone f WHERE {digits}(f.number))",),
    columns=(
        Column(key="name", label=N_("Person"), sql="t.name", order="t.name_key", width=22),
        Column(key="account", label=N_("Account"), sql="a.name", order="a.name_key", width=20),
        Column(key="title", label=N_("Title"), sql="t.title", width=18, priority=1),
        Column(
            key="email",
            label=N_("E-mail"),
            sql="""(SELECT e.address FROM person_email e WHERE e.person_id = t.id
                ORDER BY e.is_primary DESC, e.id LIMIT 1)""",
            width=24,
            priority=3,
        ),
        Column(
            key="phone",
            label=N_("Telephone"),
            sql="""(SELECT f.number FROM person_phone f WHERE f.person_id = t.id
                ORDER BY f.is_primary DESC, f.id LIMIT 1)""",
            width=16,
            priority=4,
        ),
        Column(
            key="style",
            label=N_("Style"),
            sql="t.social_style",
            shape=Shape.WORD,
            words=words.SocialStyle,
            width=10,
            priority=5,
        ),
        Column(
            key="last",
            label=N_("Last"),
            sql=f"(SELECT max(c.day) FROM {_CONTACTS} AND c.status = 'done')",
            shape=Shape.PAST,
            width=7,
        ),
        Column(
            key="next",
            label=N_("Next"),
            sql=f"(SELECT min(c.day) FROM {_CONTACTS} AND c.status IN ('planned', 'moved') AND c.day >= :today)",
            shape=Shape.FUTURE,
            width=7,
            priority=2,
        ),
        Column(key="account_id", label=N_("Account"), sql="t.account_id", shape=Shape.NUMBER, listed=False),
        Column(key="department", label=N_("Department"), sql="t.department", listed=False),
        Column(key="city", label=N_("City"), sql="t.city", listed=False),
        Column(key="country", label=N_("Country"), sql="t.country", listed=False),
        Column(key="channel", label=N_("Preferred channel"), sql="h.code", listed=False),
        Column(key="owner", label=N_("Owner"), sql="o.name", listed=False),
    ),
)


@dataclass(frozen=True, slots=True)
class Permission:
    """What a person said about a channel.

    Attributes:
        consent_id: the record; None where nobody has asked.
        state: granted or refused; '' where nobody has asked.
        day: ISO.
        source: who says so.
    """

    consent_id: int | None
    channel_id: int
    channel: str
    state: str
    day: str | None
    source: str


@dataclass(frozen=True, slots=True)
class Stake:
    """A person's place on a map.

    Attributes:
        stakeholder_id: the record.
        map_id: the map.
        account: the account's name; '' for an opportunity without one.
        opportunity: the opportunity's name; '' for the account's own map.
        position: in the organisation, as the map has it.
        roles: the words, with commas.
        veto: 1 where the person can stop the decision alone, else 0.
        power: 0 to 4, None when unknown.
        attitude: -2 to 2, None when unknown.
        relationship: 0 to 4, None when unknown.
        win: the personal win.
    """

    stakeholder_id: int
    map_id: int
    account: str
    opportunity: str
    position: str
    roles: str
    veto: int
    power: int | None
    attitude: int | None
    relationship: int | None
    win: str


def names(connection: sqlite3.Connection, person_id: int) -> tuple[str, str, str]:
    """The names of the account, of the boss, and of the preferred channel; '' for what is not there."""
    row = connection.execute(
        """SELECT coalesce(a.name, ''), coalesce(b.name, ''), coalesce(h.name, '') FROM person t
        LEFT JOIN account a ON a.id = t.account_id LEFT JOIN person b ON b.id = t.reports_to_id
        LEFT JOIN channel h ON h.id = t.preferred_channel_id WHERE t.id = ?""",
        (person_id,),
    ).fetchone()
    return (row[0], row[1], row[2])


def contact_days(connection: sqlite3.Connection, person_id: int, today: str) -> tuple[str | None, str | None]:
    """The days, ISO, of the last contact that happened and of the next one planned."""
    of = "FROM contact_person cp JOIN contact c ON c.id = cp.contact_id WHERE cp.person_id = :id"
    row = connection.execute(
        f"""SELECT (SELECT max(c.day) {of} AND c.status = 'done'),
            (SELECT min(c.day) {of} AND c.status IN ('planned', 'moved') AND c.day >= :today)""",
        {"id": person_id, "today": today},
    ).fetchone()
    return (row[0], row[1])


def permissions(connection: sqlite3.Connection, person_id: int) -> tuple[Permission, ...]:
    """What the person said about each channel that is in use, and about others."""
    rows = connection.execute(
        """SELECT c.id, h.id, h.name, coalesce(c.state, ''), c.day, coalesce(c.source, '') FROM channel h
        LEFT JOIN consent c ON c.channel_id = h.id AND c.person_id = ?
        WHERE h.is_active OR c.id IS NOT NULL ORDER BY h.id""",
        (person_id,),
    )
    return tuple(Permission(*row) for row in rows)


def stakes(connection: sqlite3.Connection, person_id: int) -> tuple[Stake, ...]:
    """The maps that the person is on, the account's own first."""
    return tuple(stakes_of(connection, [person_id]).get(person_id, ()))


def stakes_of(connection: sqlite3.Connection, person_ids: Sequence[int]) -> dict[int, list[Stake]]:
    """The maps that each person is on, the account's own first; people who are on none are left out."""
    marks = ", ".join(str(int(person_id)) for person_id in person_ids)
    rows = connection.execute(
        f"""SELECT s.person_id, s.id, s.map_id, coalesce(a.name, ''), coalesce(p.name, ''), s.position, s.roles, s.veto,
            s.power, s.attitude, s.relationship, s.win
        FROM stakeholder s JOIN dmu_map m ON m.id = s.map_id LEFT JOIN opportunity p ON p.id = m.opportunity_id
        LEFT JOIN account a ON a.id = coalesce(m.account_id, p.account_id)
        WHERE s.person_id IN ({marks}) ORDER BY p.id IS NOT NULL, p.name_key, s.id"""
    )
    found: dict[int, list[Stake]] = {}
    for person_id, *stake in rows:
        found.setdefault(person_id, []).append(Stake(*stake))
    return found
