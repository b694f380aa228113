"""The rows that the figures of all maps are made of, a column each: what very many maps are worked out of at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeAlias

from crmtui.store.reading.at_once import texts

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping


class AllStances(NamedTuple):
    """Everybody on any map, as `standing.Stance` tells of one: a column of text each.

    "nan" is what is unknown; between roles are blanks.
    """

    id: str
    map_id: str
    person_id: str
    reports_to_id: str
    roles: str
    power: str
    attitude: str
    openness: str
    relationship: str
    win_strength: str


class AllMeetings(NamedTuple):
    """Contacts that happened, and who was there, a column of text each.

    Attributes:
        contact_id: of those who were there.
        person_id: who they are.
        id: of the contacts.
        channel_id: by what channel.
        day: ISO.
    """

    contact_id: str
    person_id: str
    id: str
    channel_id: str
    day: str


def all_stances(connection: sqlite3.Connection) -> AllStances:
    """The people of all maps there are; the strength of a win only where there is one."""
    made = {
        "roles": "replace(roles, ',', ' ')",
        "win_strength": f"CASE WHEN trim(win) <> '' THEN {_OR_NAN} ELSE 'nan' END",
    }
    names = (made.get(name, _OR_NAN).format(name=name) for name in AllStances._fields)
    return AllStances(*texts(connection, names, "stakeholder"))


_OR_NAN: Final = "coalesce({name}, 'nan')"
Then: TypeAlias = "Mapping[int, Mapping[str, Any]]"  # by stakeholder, judgements by their names
_JUDGEMENTS: Final = ("power", "attitude", "relationship")


def judged_then(connection: sqlite3.Connection, until: str) -> Then:
    """What people on maps had been judged to be by a day, where they were judged anew later."""
    found: dict[int, dict[str, Any]] = {}
    for name in _JUDGEMENTS:
        rows = connection.execute(
            f"""SELECT id, {name}, max(change_id) FROM past_stakeholder
            WHERE {name} IS NOT NULL AND ({name}_on IS NULL OR {name}_on <= :until)
                AND id IN (SELECT id FROM stakeholder WHERE {name}_on > :until)
            GROUP BY id""",
            {"until": until},
        )
        for key, value, _change in rows:
            found.setdefault(key, {})[name] = value
    return found


def all_ties(connection: sqlite3.Connection) -> list[str]:
    """The lines of influence of all maps, a column of text each: from whom, to whom, strength, whether formal."""
    names = ("source_id", "target_id", "strength", "is_formal")
    return texts(connection, names, "influence WHERE kind = 'influence'")


def all_meetings(connection: sqlite3.Connection) -> AllMeetings:
    """Contacts that happened, on whatever day: read apart from who was there, which takes half as long as together."""
    there = texts(connection, ("contact_id", "person_id"), "contact_person")
    contacts = texts(connection, ("id", "channel_id", "day"), "contact NOT INDEXED WHERE status = 'done'")
    return AllMeetings(*there, *contacts)
