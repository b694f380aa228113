"""A map of a decision-making unit on one page: its people, its lines, its figures and what stands out."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from crmtui.domain.dmu import DmuMap
from crmtui.domain.words import Basis, Role
from crmtui.errors import NotFoundError
from crmtui.method import dmu as method
from crmtui.method.dmu_findings import findings
from crmtui.queries.dmu_words import told
from crmtui.queries.records import suggest
from crmtui.store.reading import dmu, records
from crmtui.store.reading.connections import reading
from crmtui.store.reading.dmu import Place, Placed, Touch
from crmtui.text import _, line

if TYPE_CHECKING:
    import sqlite3
    from pathlib import Path

    from crmtui.domain.dmu import Influence, Stakeholder
    from crmtui.domain.people import Person
    from crmtui.method.dmu import Figures
    from crmtui.method.dmu_findings import Fact

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

    @property
    def is_block(self) -> bool:
        """Whether it is a veto holder against us."""
        return self.stakeholder.veto and (self.stakeholder.attitude or 0) < 0


@dataclass(frozen=True, slots=True)
class Finding:
    """A fact in words, and the place to change it.

    Attributes:
        fact: which.
        sentence: in the user's language; names in it are cleaned text.
        key: the stakeholder to go to, the weightiest of several; None where it is about the map.
        field: the stakeholder's field to change; `last_contact` for a contact that is missing.
        is_urgent: whether it calls for something to be done.
        roles: those that nobody fills, where it is about that.
    """

    fact: Fact
    sentence: str
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
        figures: the simple figures with their terms.
        findings: what stands out, the urgent first.
        edges: the lines of influence and of conflict between the stakeholders.
        notes: of the map.
        brings: where there is no map, how many people a new one starts with.
        others: how many other maps the account has.
    """

    placed: Placed
    sheets: tuple[Sheet, ...]
    figures: Figures
    findings: tuple[Finding, ...]
    edges: tuple[Influence, ...] = ()
    notes: str = ""
    brings: int = 0
    others: int = 0

    @property
    def title(self) -> str:
        """What the map is of: `Aurora Spa`, or `Aurora Spa / Line 4`."""
        return " / ".join(line(name) for name in (self.placed.account, self.placed.opportunity) if name)

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
        return dmu.candidates(connection, placed.account_id, placed.map_id)


def people_elsewhere(path: Path, placed: Placed, words: str) -> list[tuple[int, str, str]]:
    """The people of other accounts, or of none, who answer to words: (key, name, account)."""
    found = suggest(path, "person", words)
    with reading(path) as connection:
        ours = {key for key, _name, _title in dmu.candidates(connection, placed.account_id, placed.map_id)}
        ours.update(dmu.people(connection, placed.map_id) if placed.map_id else ())
        employers = dmu.employers(connection, [key for key, _name in found])
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
    seen = _seen(sheets, page.placed, today)
    return replace(page, sheets=sheets, figures=seen.figures, findings=seen.findings)


def _page(connection: sqlite3.Connection, place: Place, today: dt.date) -> DmuPage:
    placed = dmu.placed(connection, place)
    if placed is None:
        raise NotFoundError(_("What this map is of is no longer there."))
    others = dmu.others(connection, placed)
    if placed.map_id is None:
        origin = dmu.origin(connection, place)
        brings = len(dmu.stakeholders(connection, origin)) if origin else 0
        return replace(_seen((), placed, today), brings=brings, others=others)
    return replace(
        _seen(_sheets(connection, placed, placed.map_id, today), placed, today),
        notes=records.get(connection, DmuMap, placed.map_id).notes,
        edges=tuple(dmu.influences(connection, placed.map_id)),
        others=others,
    )


def _seen(sheets: tuple[Sheet, ...], placed: Placed, today: dt.date) -> DmuPage:
    """A page with what its sheets tell together."""
    members = [_member(sheet, today) for sheet in sheets]
    by_key = {sheet.key: sheet for sheet in sheets}
    found = (
        Finding(
            fact=one.fact,
            sentence=told(one, [by_key[key] for key in one.keys], today),
            key=one.keys[0] if one.keys else None,
            field=one.field,
            is_urgent=one.is_urgent,
            roles=one.roles,
        )
        for one in findings(members)
    )
    return DmuPage(placed=placed, sheets=sheets, figures=method.figures(members), findings=tuple(found))


def _sheets(connection: sqlite3.Connection, placed: Placed, map_id: int, today: dt.date) -> tuple[Sheet, ...]:
    since = today - dt.timedelta(days=method.RECENT)
    people = dmu.people(connection, map_id)
    touches = dmu.touches(connection, map_id, today, since)
    refused = dmu.refusals(connection, map_id)
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
        )

    return tuple(map(sheet, dmu.stakeholders(connection, map_id)))


def _member(sheet: Sheet, today: dt.date) -> method.Member:
    stakeholder = sheet.stakeholder
    return method.Member(
        key=stakeholder.id,
        is_named=sheet.person is not None,
        roles=stakeholder.roles,
        has_veto=stakeholder.veto,
        power=stakeholder.power,
        attitude=stakeholder.attitude,
        relationship=stakeholder.relationship,
        is_covered=stakeholder.covered_by_id is not None,
        has_win=bool(stakeholder.win.strip()),
        has_rival=stakeholder.competitor_id is not None,
        days=(today - sheet.last_contact).days if sheet.last_contact else None,
        contacts=sheet.recent,
    )


def _day(kept: str | None) -> dt.date | None:
    return dt.date.fromisoformat(kept) if kept else None
