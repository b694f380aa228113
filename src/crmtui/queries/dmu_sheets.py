"""All that is known of each stakeholder of a map, on one sheet."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from crmtui.method import dmu as method
from crmtui.store.reading import dmu, standing
from crmtui.store.reading.dmu import Touch
from crmtui.text import line

if TYPE_CHECKING:
    import sqlite3

    from crmtui.domain.dmu import Stakeholder
    from crmtui.domain.people import Person
    from crmtui.store.reading.dmu import Placed

__all__ = ["Elsewhere", "Sheet", "sheets"]


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """What is judged of the same person on another map of the account.

    Attributes:
        opportunity: the name of the opportunity that the map is of; '' for the account as a whole.
        power: as judged there; so also attitude and relationship.
    """

    opportunity: str
    power: int | None
    attitude: int | None
    relationship: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """All that is known of a stakeholder.

    Attributes:
        stakeholder: the record.
        person: who it is; None for a placeholder.
        covered_by: the name of who of ours looks after the person; '' for nobody.
        competitor: the name of the strongest competitor with the person; '' for none.
        last_contact: the day of the last contact that happened; None for never.
        last_channel: how that was.
        contacts: how many happened.
        recent: how many of those in the last 90 days.
        next_contact: the day of the next one planned.
        refused: the channels that the person refuses.
        elsewhere: what is judged of the person on the account's other maps, the oldest map first.
        reach: the name of the channel that covers most of those the person accepts; '' for none.
    """

    stakeholder: Stakeholder
    person: Person | None = None
    covered_by: str = ""
    competitor: str = ""
    last_contact: dt.date | None = None
    last_channel: str = ""
    contacts: int = 0
    recent: int = 0
    next_contact: dt.date | None = None
    refused: tuple[str, ...] = ()
    elsewhere: tuple[Elsewhere, ...] = ()
    reach: str = ""

    @property
    def key(self) -> int:
        """The stakeholder's key."""
        return self.stakeholder.id

    @property
    def name(self) -> str:
        """The person's name, or the position that a placeholder stands for."""
        return line(self.person.name) if self.person else line(self.stakeholder.position)

    @property
    def position(self) -> str:
        """The position in this map, or else the person's title."""
        return line(self.stakeholder.position or (self.person.title if self.person else ""))

    @property
    def advice(self) -> str:
        """How to speak to the person, untranslated; '' while the social style is unknown."""
        style = self.person.social_style if self.person else None
        return method.ADVICE[style] if style else ""


def sheets(connection: sqlite3.Connection, placed: Placed, map_id: int, today: dt.date) -> tuple[Sheet, ...]:
    """The sheets of everybody on a map, in the order they came onto it."""
    since = today - dt.timedelta(days=method.RECENT)
    people = dmu.people(connection, map_id)
    touches = dmu.touches(connection, map_id, today, since)
    refused = dmu.refusals(connection, map_id)
    channels, no = standing.channels(connection), standing.refused(connection, [map_id])
    actors = dmu.names(connection, "actor", "covered_by_id", map_id)
    competitors = dmu.names(connection, "competitor", "competitor_id", map_id)
    elsewhere: dict[int, tuple[Elsewhere, ...]] = {}
    for person_id, opportunity, *judged_there in dmu.elsewhere(connection, map_id, placed.account_id):
        found = Elsewhere(line(opportunity), *judged_there)
        elsewhere[person_id] = (*elsewhere.get(person_id, ()), found)

    def sheet(stakeholder: Stakeholder) -> Sheet:
        touch = touches.get(stakeholder.person_id or 0, Touch())
        return Sheet(
            stakeholder=stakeholder,
            person=people.get(stakeholder.person_id or 0),
            covered_by=line(actors.get(stakeholder.covered_by_id or 0, "")),
            competitor=line(competitors.get(stakeholder.competitor_id or 0, "")),
            last_contact=_day(touch.last),
            last_channel=line(touch.channel),
            contacts=touch.count,
            recent=touch.recent,
            next_contact=_day(touch.coming),
            refused=tuple(map(line, refused.get(stakeholder.person_id or 0, ()))),
            elsewhere=elsewhere.get(stakeholder.person_id or 0, ()),
            reach=next((one.name for one in channels if one.key not in no.get(stakeholder.person_id or 0, ())), ""),
        )

    return tuple(map(sheet, dmu.stakeholders(connection, map_id)))


def _day(kept: str | None) -> dt.date | None:
    return dt.date.fromisoformat(kept) if kept else None
