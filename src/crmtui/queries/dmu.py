"""A map of a decision-making unit on one page: its people, its lines, its figures and what stands out."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from crmtui.domain.dmu import DmuMap
from crmtui.domain.words import Basis, Role
from crmtui.errors import NotFoundError
from crmtui.method import dmu as method, what_if
from crmtui.method.dmu_findings import findings
from crmtui.queries.dmu_sheets import Elsewhere, Sheet, sheets
from crmtui.queries.dmu_words import gain, told
from crmtui.queries.records import suggest
from crmtui.queries.standing import of_map, rules
from crmtui.store.reading import dmu, dmu_people, records, standing
from crmtui.store.reading.connections import reading
from crmtui.store.reading.dmu import Place, Placed
from crmtui.text import _, line

if TYPE_CHECKING:
    import datetime as dt
    import sqlite3
    from pathlib import Path

    from crmtui.domain.dmu import Influence
    from crmtui.method.dmu import Figures
    from crmtui.method.dmu_findings import Fact
    from crmtui.store.reading.standing import Channel

__all__ = [
    "DmuPage",
    "Elsewhere",
    "Finding",
    "Place",
    "Placed",
    "Sheet",
    "candidates",
    "judged",
    "maps_of",
    "newest",
    "page",
    "page_at",
    "people_elsewhere",
]


@dataclass(frozen=True, slots=True)
class Finding:
    """A fact in words, and the place to change it.

    Attributes:
        fact: which.
        sentence: in the user's language; names in it are cleaned text.
        gain: what it would bring to see to it, likewise.
        gains: the same as a number: so much favour or its band, coverage or leverage.
        key: the stakeholder to go to, the weightiest of several; None where it is about the map.
        field: the stakeholder's field to change; `last_contact` for a contact that is missing.
        is_urgent: whether it calls for something to be done.
        roles: those that nobody fills, where it is about that.
    """

    fact: Fact
    sentence: str
    gain: str
    gains: float
    key: int | None
    field: str
    is_urgent: bool
    roles: tuple[Role, ...] = ()


@dataclass(frozen=True, slots=True)
class DmuPage:
    """All that the screen of a map shows.

    Attributes:
        placed: what the map is of; its `map_id` is None while there is none.
        sheets: the stakeholders, in the order they came onto the map.
        figures: favour, coverage, leverages and what can be counted, with their terms.
        findings: what stands out, the urgent first.
        edges: the lines of influence and of conflict between the stakeholders.
        notes: of the map.
        brings: where there is no map, how many people a new one starts with.
        others: how many other maps the account has.
        channels: those in use, the one that covers most first.
    """

    placed: Placed
    sheets: tuple[Sheet, ...]
    figures: Figures
    findings: tuple[Finding, ...]
    edges: tuple[Influence, ...] = ()
    notes: str = ""
    brings: int = 0
    others: int = 0
    channels: tuple[Channel, ...] = ()

    @property
    def title(self) -> str:
        """What the map is of: `Aurora Spa`, or `Aurora Spa / Line 4`."""
        return " / ".join(line(name) for name in (self.placed.account, self.placed.opportunity) if name)

    def is_block(self, key: int) -> bool:
        """Whether somebody has a veto and ends against us."""
        return key in self.figures.favour.blocks

    def sheet(self, key: int | None) -> Sheet | None:
        """The sheet of a stakeholder; None when it is not on the map."""
        return next((sheet for sheet in self.sheets if sheet.key == key), None)


def page(path: Path, map_id: int, today: dt.date) -> DmuPage:
    """A map; NotFoundError if it is gone."""
    with reading(path) as connection:
        return _page(connection, dmu.place_of(connection, map_id), today)


def page_at(path: Path, place: Place, today: dt.date) -> DmuPage:
    """The map of an account or an opportunity, empty while nobody has begun one; NotFoundError if those are gone."""
    with reading(path) as connection:
        return _page(connection, place, today)


def maps_of(path: Path, account_id: int) -> tuple[Placed, ...]:
    """The account's own place, then those of its opportunities that have a map or are still open."""
    with reading(path) as connection:
        return tuple(dmu.places_of(connection, account_id))


def newest(path: Path) -> Place | None:
    """The place of the map on which somebody was judged last; None when there are no maps."""
    with reading(path) as connection:
        map_id = dmu.newest(connection)
        return None if map_id is None else dmu.place_of(connection, map_id)


def candidates(path: Path, placed: Placed) -> list[tuple[int, str, str]]:
    """The people of the account who are not on the map yet: (key, name, title), by name."""
    with reading(path) as connection:
        return dmu_people.candidates(connection, placed.account_id, placed.map_id)


def people_elsewhere(path: Path, placed: Placed, words: str) -> list[tuple[int, str, str]]:
    """The people of other accounts, or of none, who answer to words: (key, name, account)."""
    found = suggest(path, "person", words)
    with reading(path) as connection:
        ours = {key for key, _name, _title in dmu_people.candidates(connection, placed.account_id, placed.map_id)}
        ours.update(dmu.people(connection, placed.map_id) if placed.map_id else ())
        employers = dmu_people.employers(connection, [key for key, _name in found])
    return [(key, name, employers.get(key, "")) for key, name in found if key not in ours]


def judged(
    page: DmuPage,
    key: int,
    field: str,
    value: int | None,
    today: dt.date,
    *,
    basis: Basis = Basis.ASSUMED,
    according_to: str = "",
) -> DmuPage:
    """What a page will be once a judgement of somebody on it is saved."""
    if value is None:
        basis, according_to = Basis.ASSUMED, ""
    on = None if value is None else today
    said: dict[str, Any] = {
        field: value,
        f"{field}_basis": basis,
        f"{field}_on": on,
        f"{field}_source": line(according_to),
    }
    sheets = tuple(
        replace(sheet, stakeholder=replace(sheet.stakeholder, **said)) if sheet.key == key else sheet
        for sheet in page.sheets
    )
    figures = what_if.changed(page.figures, {key: {field: value}})
    return replace(page, sheets=sheets, figures=figures, findings=_told(figures, sheets, today))


def _page(connection: sqlite3.Connection, place: Place, today: dt.date) -> DmuPage:
    placed = dmu.placed(connection, place)
    if placed is None:
        raise NotFoundError(_("What this map is of is no longer there."))
    others = dmu.others(connection, placed)
    if placed.map_id is None:
        origin = dmu.origin(connection, place)
        brings = len(dmu.stakeholders(connection, origin)) if origin else 0
        return DmuPage(placed, (), method.figures((), rules=rules(connection)), (), brings=brings, others=others)
    there = sheets(connection, placed, placed.map_id, today)
    figures = of_map(connection, placed.map_id, today).figures
    return DmuPage(
        placed=placed,
        sheets=there,
        figures=figures,
        findings=_told(figures, there, today),
        edges=tuple(dmu.influences(connection, placed.map_id)),
        notes=records.get(connection, DmuMap, placed.map_id).notes,
        others=others,
        channels=tuple(standing.channels(connection)),
    )


def _told(figures: Figures, there: tuple[Sheet, ...], today: dt.date) -> tuple[Finding, ...]:
    """What stands out, in words."""
    by_key = {sheet.key: sheet for sheet in there}
    return tuple(
        Finding(
            fact=one.fact,
            sentence=told(one, by_key, figures, today),
            gain=gain(one, by_key),
            gains=one.gain.value,
            key=one.keys[0] if one.keys else None,
            field=one.field,
            is_urgent=one.is_urgent,
            roles=one.roles,
        )
        for one in findings(figures)
    )
