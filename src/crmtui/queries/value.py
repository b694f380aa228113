"""The value proposition on one page: for the organisation, and for each person of the decision-making unit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from crmtui.domain.dmu import Stakeholder
from crmtui.errors import NotFoundError
from crmtui.queries import standing
from crmtui.store.reading import dmu, propositions, records
from crmtui.store.reading.connections import reading
from crmtui.store.reading.dmu import Place
from crmtui.store.reading.propositions import Carried
from crmtui.text import _, line

if TYPE_CHECKING:
    import datetime as dt
    import sqlite3
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from crmtui.domain.propositions import Proposition

__all__ = ["Carried", "Line", "Part", "Place", "ValuePage", "Win", "lines_for", "page", "wins_for"]

NEVER = Carried()


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the value proposition for the organisation.

    Attributes:
        record: need, offer, benefit and proof.
        offering: the name of the offering that is meant; '' for none.
        carried: how many contacts are about it.
    """

    record: Proposition
    offering: str
    carried: Carried


@dataclass(frozen=True, slots=True)
class Part:
    """The lines of the account, or of one of its opportunities.

    Attributes:
        place: whose.
        name: the opportunity's; '' for the account's own.
        lines: in order.
    """

    place: Place
    name: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Win:
    """What the decision means for one person: criterion or objective, and the personal win that we propose.

    Attributes:
        stakeholder: the record, whose map may be the account's.
        name: of the person, or of the role that has no name yet.
        leverage: the person's share of the decision, 0 to 1.
        weighs: whether that is at least an equal share of it, or the person can stop it alone.
        carried: how many contacts are about the win.
    """

    stakeholder: Stakeholder
    name: str
    leverage: float
    weighs: bool
    carried: Carried

    @property
    def is_missing(self) -> bool:
        """Whether there is no win for somebody of weight."""
        return self.weighs and not self.stakeholder.win.strip()


@dataclass(frozen=True, slots=True)
class ValuePage:
    """A value proposition.

    Attributes:
        place: whose.
        account: the account's name; '' for none.
        opportunity: the opportunity's name; '' for the account as a whole.
        own: the lines of the place itself.
        others: those of the account's opportunities; for an opportunity those of its account.
        wins: for each person of the map, those who weigh most first.
        map_id: the map they are on; None where there is none.
        is_inherited: whether that is the account's map, where this is of an opportunity.
    """

    place: Place
    account: str
    opportunity: str
    own: Part
    others: tuple[Part, ...]
    wins: tuple[Win, ...]
    map_id: int | None
    is_inherited: bool

    @property
    def missing(self) -> tuple[Win, ...]:
        """Those of weight who have no win yet."""
        return tuple(win for win in self.wins if win.is_missing)

    @property
    def title(self) -> str:
        """`Aurora Spa`, or `Aurora Spa / Line 4`."""
        return " / ".join(line(name) for name in (self.account, self.opportunity) if name)


def page(path: Path, place: Place, today: dt.date) -> ValuePage:
    """The value proposition of an account or an opportunity; NotFoundError if that is gone."""
    with reading(path) as connection:
        placed = dmu.placed(connection, place)
        if placed is None:
            raise NotFoundError(_("What this value proposition is for is no longer there."))
        told = _Told(connection, placed.account_id)
        found = standing.at(connection, place, today)
        return ValuePage(
            place=place,
            account=placed.account,
            opportunity=placed.opportunity,
            own=told.part(place, placed.opportunity, propositions.of(connection, place)),
            others=told.others(place, placed.account_id),
            wins=_wins(connection, found, propositions.carried(connection, "win_of_id", placed.account_id)),
            map_id=found.map_id if found else None,
            is_inherited=bool(found and found.is_inherited),
        )


def lines_for(path: Path, account_id: int | None, opportunity_id: int | None) -> list[tuple[int, str, str]]:
    """What a contact there can be about: (key, need, benefit), the lines of its opportunity first."""
    with reading(path) as connection:
        deal = propositions.of(connection, Place(opportunity_id=opportunity_id)) if opportunity_id else []
        own = propositions.of(connection, Place(account_id=account_id)) if account_id else []
        others = propositions.of_deals(connection, account_id) if account_id and not opportunity_id else []
    lines = [*deal, *own, *(one for _key, _name, found in others for one in found)]
    return [(one.id, one.need, one.benefit or one.offer) for one in lines]


def wins_for(
    path: Path, account_id: int | None, opportunity_id: int | None, today: dt.date
) -> list[tuple[int, str, str]]:
    """Whose personal win a contact there can be about: (stakeholder, name, win), those who weigh most first."""
    if not (account_id or opportunity_id):
        return []
    place = Place(opportunity_id=opportunity_id) if opportunity_id else Place(account_id=account_id)
    with reading(path) as connection:
        wins = _wins(connection, standing.at(connection, place, today), {})
    return [(win.stakeholder.id, win.name, line(win.stakeholder.win)) for win in wins if win.stakeholder.win.strip()]


class _Told:
    """What the lines of an account need besides themselves, read once."""

    def __init__(self, connection: sqlite3.Connection, account_id: int | None) -> None:
        self._connection = connection
        self._offerings = propositions.offerings(connection)
        self._carried = propositions.carried(connection, "proposition_id", account_id)

    def part(self, place: Place, name: str, lines: Sequence[Proposition]) -> Part:
        return Part(place, name, tuple(self._line(one) for one in lines))

    def _line(self, one: Proposition) -> Line:
        return Line(one, self._offerings.get(one.offering_id or 0, ""), self._carried.get(one.id, NEVER))

    def others(self, place: Place, account_id: int | None) -> tuple[Part, ...]:
        if account_id is None:
            return ()
        if place.opportunity_id is not None:
            own = Place(account_id=account_id)
            lines = propositions.of(self._connection, own)
            return (self.part(own, "", lines),) if lines else ()
        return tuple(
            self.part(Place(opportunity_id=key), name, lines)
            for key, name, lines in propositions.of_deals(self._connection, account_id)
        )


def _wins(
    connection: sqlite3.Connection, found: standing.Standing | None, carried: Mapping[int, Carried]
) -> tuple[Win, ...]:
    if found is None:
        return ()
    names = dmu.called(connection, found.map_id)
    leverages = {term.key: term.leverage for term in found.figures.leverage.terms}
    equal = 1 / len(leverages) if leverages else 1.0
    wins = [
        Win(
            stakeholder=one,
            name=line(names[one.id]),
            leverage=leverages.get(one.id, 0.0),
            weighs=one.veto or leverages.get(one.id, 0.0) >= equal - 1e-9,
            carried=carried.get(one.id, NEVER),
        )
        for one in records.where(connection, Stakeholder, "map_id = ?", (found.map_id,))
    ]
    return tuple(sorted(wins, key=lambda win: -win.leverage))
