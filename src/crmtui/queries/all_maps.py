"""All decision-making units at once: what very many maps come to, today and on days that are over.

They are read once, a column each, and worked out together for every day that is asked for.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

from crmtui.collecting import seldom_collecting
from crmtui.domain.words import Role
from crmtui.method.leverage import role_weight
from crmtui.store.reading import all_maps as rows, standing

if TYPE_CHECKING:
    import datetime as dt
    import sqlite3
    from collections.abc import Sequence

    from crmtui.method.columns import Floats
    from crmtui.method.leverage import Rules
    from crmtui.method.map_values import Values
    from crmtui.store.reading.all_maps import Then

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
        # They bring numpy, which takes as long as some hundred maps one by one.
        from crmtui.method import columns, many_maps

        self._today, self._used = today, used
        there = rows.all_stances(connection)
        self._persons = columns.real(there.person_id)
        self._people = many_maps.People(
            key=columns.whole(there.id),
            map_id=columns.whole(there.map_id),
            reports_to=columns.real(there.reports_to_id),
            role=self._weights(there.roles.split(",")) if there.id else columns.real(""),
            power=columns.real(there.power),
            attitude=columns.real(there.attitude),
            openness=columns.real(there.openness),
            relationship=columns.real(there.relationship),
            reached=columns.real(""),
            strength=columns.real(there.win_strength),
        )
        self._ties = many_maps.Ties(*map(columns.real, rows.all_ties(connection)))
        found, qualities = rows.all_meetings(connection), standing.qualities(connection)
        quality = columns.looked_up(columns.whole(found.channel_id), qualities)
        happened = (columns.whole(found.id), quality, today.toordinal() - columns.days(found.day))
        self._contacts = many_maps.met((columns.whole(found.contact_id), columns.whole(found.person_id)), happened)

    def _weights(self, kept: Sequence[str]) -> Floats:
        """The weights of roles in a decision, as they are kept."""
        from crmtui.method import columns

        known = {one: role_weight(roles(one.replace(" ", ",")), self._used) for one in set(kept)}
        return columns.array([known[one] for one in kept])

    @seldom_collecting()
    def values(self, day: dt.date, then: Then | None = None) -> dict[int, Values]:
        """What all maps come to on a day, by what had been judged then; without those that have nobody."""
        from crmtui.method import many_maps

        there = self._people.judged_as(then) if then else self._people
        met = self._contacts.until((self._today - day).days)
        reached = many_maps.reached(self._persons, met, self._used.half_life)
        return many_maps.values(there._replace(reached=reached), self._ties, self._used.informal_share)


@cache
def roles(kept: str) -> tuple[Role, ...]:
    """The roles of a stakeholder, as they are kept."""
    return tuple(_ROLES[role] for role in kept.split(",") if role)
