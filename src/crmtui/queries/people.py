"""A person on one page: how to reach them, what they consented to, and where they decide."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from crmtui.domain.people import Person, PersonEmail, PersonPhone
from crmtui.store.reading import people, records
from crmtui.store.reading.brought import Brought, brought
from crmtui.store.reading.connections import reading
from crmtui.store.reading.people import Permission, Stake

if TYPE_CHECKING:
    import datetime as dt
    import sqlite3
    from pathlib import Path

__all__ = ["Permission", "PersonPage", "Reach", "Stake", "page", "reach"]


@dataclass(frozen=True, slots=True)
class Reach:
    """The addresses of a person, the primary ones first."""

    emails: tuple[PersonEmail, ...] = ()
    phones: tuple[PersonPhone, ...] = ()


@dataclass(frozen=True, slots=True)
class PersonPage:
    """All that the page of a person shows.

    Attributes:
        person: the record.
        account: the account's name; '' for none.
        boss: the name of whom the person reports to.
        channel: the name of the preferred channel.
        reach: e-mails and telephones.
        consents: what was said about each channel, in the order of the channels; those never asked, too.
        stakes: the maps that the person is on.
        last: the day of the last contact, ISO.
        coming: the day of the next one planned, ISO.
        brought: what came with files and has no field of its own.
    """

    person: Person
    account: str
    boss: str
    channel: str
    reach: Reach
    consents: tuple[Permission, ...]
    stakes: tuple[Stake, ...]
    last: str | None
    coming: str | None
    brought: Brought


def page(path: Path, person_id: int, today: dt.date) -> PersonPage:
    """A person with what belongs to them; NotFoundError if they are gone."""
    with reading(path) as connection:
        person = records.get(connection, Person, person_id)
        account, boss, channel = people.names(connection, person_id)
        last, coming = people.contact_days(connection, person_id, today.isoformat())
        return PersonPage(
            person=person,
            account=account,
            boss=boss,
            channel=channel,
            reach=_reach(connection, person_id),
            consents=people.permissions(connection, person_id),
            stakes=people.stakes(connection, person_id),
            last=last,
            coming=coming,
            brought=brought(connection, "person", person_id),
        )


def reach(path: Path, person_id: int) -> Reach:
    """The addresses of a person."""
    with reading(path) as connection:
        return _reach(connection, person_id)


def _reach(connection: sqlite3.Connection, person_id: int) -> Reach:
    of, order = "person_id = ?", "is_primary DESC, id"
    return Reach(
        tuple(records.where(connection, PersonEmail, of, (person_id,), order)),
        tuple(records.where(connection, PersonPhone, of, (person_id,), order)),
    )
