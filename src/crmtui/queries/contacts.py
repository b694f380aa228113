"""Contacts of an account, an opportunity or a person, and what a form for one needs to know."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from crmtui.errors import NotFoundError
from crmtui.store import search
from crmtui.store.reading import contacts
from crmtui.store.reading.connections import reading
from crmtui.store.reading.contacts import Entry, Interlocutor
from crmtui.text import _, key as folded, ngettext

if TYPE_CHECKING:
    from pathlib import Path

__all__ = [
    "Candidate",
    "Entry",
    "Interlocutor",
    "candidates",
    "channel_for",
    "deals",
    "entry",
    "of",
    "unwanted",
    "unwanted_told",
]

MOST: Final = 200
MOST_FOUND: Final = 20
_OF: Final = {
    "account": "c.account_id = :id",
    "opportunity": "c.opportunity_id = :id",
    "plan": "c.plan_id = :id",
    "person": "c.id IN (SELECT contact_id FROM contact_person WHERE person_id = :id)",
}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A person who may be an interlocutor.

    Attributes:
        id: its key.
        name: as it is shown.
        title: the position, '' when unknown.
        account: the name of the account, '' for none.
        refused: names of the channels that the person has refused.
    """

    id: int
    name: str
    title: str
    account: str
    refused: tuple[str, ...]


def entry(path: Path, contact_id: int) -> Entry:
    """A contact with its names; NotFoundError if it is gone."""
    with reading(path) as connection:
        found = contacts.entries(connection, "c.id = :id", {"id": contact_id})
    if not found:
        raise NotFoundError(_("The {record} is no longer there.").format(record=_("contact")))
    return found[0]


def of(path: Path, table: str, record_id: int, limit: int = MOST) -> tuple[Entry, ...]:
    """The contacts of an `account`, an `opportunity`, a `plan` or a `person`, the newest first."""
    newest = f"""c.id IN (SELECT c.id FROM contact c WHERE {_OF[table]} ORDER BY c.day DESC, c.id DESC
        LIMIT {int(limit)})"""
    with reading(path) as connection:
        return contacts.entries(connection, newest, {"id": record_id})[::-1]


def unwanted(path: Path, person_id: int) -> int:
    """How many contacts to come with a person are on a channel that the person has refused, since they were planned."""
    with reading(path) as connection:
        (count,) = connection.execute(
            f"""SELECT count(*) FROM contact_person cp JOIN contact c ON c.id = cp.contact_id
            JOIN consent k ON k.person_id = cp.person_id AND k.channel_id = c.channel_id AND k.state = 'refused'
            WHERE cp.person_id = ? AND {contacts.OPEN}""",
            (person_id,),
        ).fetchone()
    return int(count)


def unwanted_told(count: int) -> str:
    """The same in a sentence; '' for none."""
    if not count:
        return ""
    return ngettext(
        "{count} contact to come is not wanted any more: change its channel, or call it off.",
        "{count} contacts to come are not wanted any more: change their channel, or call them off.",
        count,
    )


def candidates(path: Path, words: str, account_id: int | None = None, limit: int = MOST_FOUND) -> list[Candidate]:
    """People whose names answer to words: of an account, or of all where there is none."""
    conditions, parameters = ["1"], {"account": account_id, "limit": limit}
    if account_id is not None:
        conditions.append("n.account_id = :account")
    if folded(words):
        conditions.append(
            """(n.name_key GLOB :key || '*' OR n.id IN
            (SELECT rowid FROM person_search WHERE person_search MATCH :words))"""
        )
    with reading(path) as connection:
        rows = connection.execute(
            f"""SELECT n.id, n.name, n.title, coalesce(a.name, '') FROM person n
            LEFT JOIN account a ON a.id = n.account_id
            WHERE {" AND ".join(conditions)} ORDER BY n.name_key, n.id LIMIT :limit""",
            parameters | {"key": folded(words), "words": search.terms(words)},
        ).fetchall()
        refused = contacts.refused_by(connection, [row[0] for row in rows])
    return [Candidate(key, name, title, account, refused.get(key, ())) for key, name, title, account in rows]


def deals(path: Path, words: str, account_id: int | None = None, limit: int = MOST_FOUND) -> list[tuple[int, str]]:
    """Opportunities whose names answer to words, the open ones first: (key, name); of an account, or of all."""
    conditions, parameters = ["1"], {"account": account_id, "limit": limit}
    if account_id is not None:
        conditions.append("p.account_id = :account")
    if folded(words):
        conditions.append("p.id IN (SELECT rowid FROM opportunity_search WHERE opportunity_search MATCH :words)")
    with reading(path) as connection:
        return connection.execute(
            f"""SELECT p.id, p.name FROM opportunity p WHERE {" AND ".join(conditions)}
            ORDER BY p.stage IN ('won', 'lost'), p.name_key, p.id LIMIT :limit""",
            parameters | {"words": search.terms(words)},
        ).fetchall()


def channel_for(path: Path, persons: tuple[int, ...] = ()) -> int | None:
    """The channel that a form begins with: the one that the first person prefers, else the first that none refused."""
    first = persons[0] if persons else None
    marks = ", ".join(str(int(person)) for person in persons)
    with reading(path) as connection:
        row = connection.execute(
            f"""SELECT h.id FROM channel h LEFT JOIN person n ON n.id = ? AND n.preferred_channel_id = h.id
            WHERE h.is_active AND h.id NOT IN (SELECT k.channel_id FROM consent k
                WHERE k.state = 'refused' AND k.person_id IN ({marks}))
            ORDER BY n.id IS NULL, h.id LIMIT 1""",
            (first,),
        ).fetchone()
    return row[0] if row else None
