"""After a change only the maps that it touches are worked out again; all figures are those of nothing remembered."""

from __future__ import annotations

import datetime as dt
import random
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest

import by_chance
from crmtui.commands import history, merging, records as generic
from crmtui.domain.dmu import Influence, Stakeholder
from crmtui.domain.people import Person
from crmtui.domain.plans import Channel, Contact, ContactPerson
from crmtui.domain.words import Source
from crmtui.queries import records, standing
from crmtui.store.reading import freshness, standing as rows
from crmtui.store.reading.connections import reading
from crmtui.store.unit import work
from crmtui.store.writing.bulk import insert_many
from customers import TODAY

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from crmtui.domain.fields import Record
    from crmtui.method.map_values import Values

TUI = Source.TUI
ENOUGH = 2  # changes that move a figure
GIVEN: dict[str, tuple[object, ...]] = {
    "attitude": (-2, 2, None),
    "power": (0, 4, None),
    "relationship": (0, 4),
    "openness": (0.1, 1.0),
    "strength": (1, 2, 3),
    "is_formal": (True, False),
    "channel_id": (1, 2, 3),
    "day": (TODAY, TODAY - dt.timedelta(days=200)),
    "quality": (0.3, 0.5, 0.7),
}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("chance") / "team.db"
    by_chance.make(path, 1)
    return path


@pytest.fixture
def path(made: Path, tmp_path: Path) -> Path:
    copied = tmp_path / "team.db"
    copied.write_bytes(made.read_bytes())
    return copied


def drawn(path: Path, kind: type[Record], draw: random.Random) -> int:
    return draw.choice([one.id for one in records.every(path, kind)])


def edited(kind: type[Record], *fields: str) -> Callable[[Path, random.Random], object]:
    def change(path: Path, draw: random.Random) -> None:
        field = draw.choice(fields)
        generic.edit(path, kind, drawn(path, kind, draw), {field: draw.choice(GIVEN[field])}, TUI)

    return change


def deleted(kind: type[Record]) -> Callable[[Path, random.Random], object]:
    return lambda path, draw: generic.delete(path, kind, [drawn(path, kind, draw)], TUI)


def merged(path: Path, draw: random.Random) -> None:
    kept, other = draw.sample([one.id for one in records.every(path, Person)], 2)
    merging.merge(path, "person", kept, [other], TUI)


def met(path: Path, draw: random.Random) -> None:
    """Many contacts at once, which are one line of the journal."""
    people = [drawn(path, Person, draw) for _one in range(3)]
    day = TODAY - dt.timedelta(days=1)
    given = {"day": day, "channel_id": 1, "status": "done", "done_at": dt.datetime.combine(day, dt.time(9), dt.UTC)}
    with work(path, "test", TUI) as unit:
        keys = insert_many(unit, Contact, (given for _one in people))
        pairs = zip(keys, people, strict=True)
        insert_many(unit, ContactPerson, ({"contact_id": key, "person_id": person} for key, person in pairs))


def undone(path: Path, draw: random.Random) -> None:
    """One card goes; another goes too, and comes back."""
    deleted(Stakeholder)(path, draw)
    deleted(Stakeholder)(path, draw)
    values(path)
    history.undo(path, TUI)


CHANGES: dict[str, Callable[[Path, random.Random], object]] = {
    "a judgement": edited(Stakeholder, "attitude", "power", "relationship", "openness"),
    "a line": edited(Influence, "strength", "is_formal"),
    "a line that goes": deleted(Influence),
    "a contact": edited(Contact, "channel_id", "day"),
    "a contact that goes": deleted(Contact),
    "somebody who was not there": deleted(ContactPerson),
    "a card that goes": deleted(Stakeholder),
    "a person who goes": deleted(Person),
    "two who are one": merged,
    "contacts": met,
    "a card that comes back": undone,
    "a channel": edited(Channel, "quality"),
}


def values(path: Path) -> dict[int, Values]:
    with reading(path) as connection:
        return standing.values(connection, standing.maps_of_accounts(connection).values(), TODAY)


def anew(path: Path) -> dict[int, Values]:
    """The same of a copy, of which nothing is remembered."""
    copied = path.with_name(f"{uuid4()}.db")
    with closing(sqlite3.connect(path)) as there, closing(sqlite3.connect(copied)) as here:
        there.backup(here)
    return values(copied)


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_all_figures_are_those_of_nothing_remembered(
    path: Path, change: Callable[[Path, random.Random], object]
) -> None:
    draw = random.Random(5)  # noqa: S311 - always the same
    before, moved = values(path), 0
    for _time in range(20):
        change(path, draw)
        after = values(path)
        assert after == anew(path)
        before, moved = after, moved + (after != before)
        if moved == ENOUGH:
            return
    pytest.fail("hardly any change moves a figure")


def touched(path: Path, since: freshness.Position) -> set[int] | None:
    with reading(path) as connection:
        return rows.touched_maps(connection, since)


def position(path: Path) -> freshness.Position:
    with reading(path) as connection:
        return freshness.position(connection)


def test_contacts_touch_the_maps_of_who_was_in_them_and_a_channel_all(path: Path) -> None:
    before = position(path)
    met(path, random.Random(0))  # noqa: S311 - made-up changes, no secrets
    found = touched(path, before)
    assert found
    assert len(found) <= 3
    edited(Channel, "quality")(path, random.Random(0))  # noqa: S311 - made-up changes, no secrets
    assert touched(path, before) is None
    assert touched(path, position(path)) == set()


def test_a_card_that_goes_touches_its_map_also_where_no_line_ends_there(path: Path) -> None:
    tied = {end for one in records.every(path, Influence) for end in (one.source_id, one.target_id)}
    alone = next(one for one in records.every(path, Stakeholder) if one.id not in tied)
    before = position(path)
    generic.delete(path, Stakeholder, [alone.id], TUI)
    assert touched(path, before) == {alone.map_id}
