"""All decision-making units at once: what very many maps come to, today and on days that are over.

They are read once, a column each, and worked out together for every day that is asked for.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

from crmtui.collecting import seldom_collecting
from crmtui.domain.words import Role
from crmtui.method.leverage import role_weight
from crmtui.store.reading import standing as rows

if TYPE_CHECKING:
    import datetime as dt
    import sqlite3

    from crmtui.method.leverage import Rules
    from crmtui.method.map_values import Values
    from crmtui.store.reading.standing import Then

_ROLES: Final = {role.value: role for role in Role}


class AllMaps:
    """What was read of all maps.

    Args:
        connection: reading.
        today: from which days are counted back; later contacts do not count.
        used: what the user has set about the figures of maps.
    """

    @seldom_collecting()
    def __init__(self, connection: sqlite3.Connection, today: dt.date, used: Rules) -> None:
        from crmtui.method import many_maps  # brings numpy, which takes as long as some hundred maps one by one

        self._today, self._used = today, used
        self._people = rows.all_stances(connection)
        weights = {kept: role_weight(roles(kept), used) for kept in set(self._people.roles)}
        self._weights = [weights[kept] for kept in self._people.roles]
        self._ties = many_maps.Ties(*rows.all_ties(connection))
        qualities = rows.qualities(connection)
        persons, channels, days = rows.all_meetings(connection, today)
        self._contacts = many_maps.Contacts(persons, [qualities[one] for one in channels], days)

    @seldom_collecting()
    def values(self, day: dt.date, then: Then | None = None) -> dict[int, Values]:
        """What all maps come to on a day, by what had been judged then; without those that have nobody."""
        from crmtui.method import many_maps

        there = rows.judged_as(self._people, then) if then else self._people
        met = self._contacts.until((self._today - day).days)
        people = many_maps.People(
            key=there.id,
            map_id=there.map_id,
            reports_to=there.reports_to_id,
            role=self._weights,
            power=there.power,
            attitude=there.attitude,
            openness=there.openness,
            relationship=there.relationship,
            reached=many_maps.reached(there.person_id, met, self._used.half_life),
            strength=there.win_strength,
        )
        return many_maps.values(people, self._ties, self._used.informal_share)


@cache
def roles(kept: str) -> tuple[Role, ...]:
    """The roles of a stakeholder, as they are kept."""
    return tuple(_ROLES[role] for role in kept.split(",") if role)
