"""A made-up language, written without one Latin letter: what still reads Latin on a screen escaped translation."""

from __future__ import annotations

import datetime as dt
import gettext
import re
import string
from typing import TYPE_CHECKING

import pytest

from crmtui import text
from crmtui.commands import records, workspace as workspaces
from crmtui.domain.accounts import Account, Competitor
from crmtui.domain.opportunities import Opportunity
from crmtui.domain.people import Person
from crmtui.domain.plans import Contact, Plan
from crmtui.domain.words import Source
from crmtui.domain.workspace import Actor
from crmtui.tui.app import CrmtuiApp
from crmtui.tui.rooms import ROOMS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from textual.pilot import Pilot

LATIN = string.ascii_lowercase + string.ascii_uppercase
STRANGE = "".join(chr(start + place) for start in (0x430, 0x410) for place in range(26))  # Cyrillic
HOLES = re.compile(r"(\{[^}]*\})")
# What is the same in every language: names of keys and of the program, currencies, units, and the words that are
# typed in the filter language and shown there as they are typed.
SAME = re.compile(
    r"\b(crmtui|EUR|ctrl|space|enter|esc|tab|shift|alt|home|end|pgup|pgdn|up|down|left|right|ins|del|backspace|HH|MM"
    r"|[a-z]+:[a-z]+|last>60d|EDITOR|Ctrl|F1|f1|DMU|ISO)\b"
)


class MadeUp(gettext.NullTranslations):
    """Every letter of a message becomes another one of the same width; placeholders stay."""

    def gettext(self, message: str) -> str:
        parts = HOLES.split(message)
        table = str.maketrans(LATIN, STRANGE)
        return "".join(part if HOLES.fullmatch(part) else part.translate(table) for part in parts)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return self.gettext(msgid1 if n == 1 else msgid2)


@pytest.fixture(autouse=True)
def made_up() -> Iterator[None]:
    text.use(MadeUp(), "en")
    yield
    text.use(gettext.NullTranslations(), "en")


@pytest.fixture
def foreign(tmp_path: Path) -> Path:
    """A workspace in whose data there is no Latin letter either."""
    path = tmp_path / "9.db"
    workspaces.create(path, name="Ω")

    def add(kind: type, **given: object) -> int:
        return records.add(path, kind, given, Source.CLI)

    today = dt.datetime.now(dt.UTC).date()
    me = add(Actor, name="Άννα", is_me=True)
    account = add(Account, name="Αύρα", owner_id=me)
    add(Competitor, name="Ρίβα")
    person = add(Person, name="Λάουρα", account_id=account)
    assert person
    opportunity = add(Opportunity, name="Γραμμή 4", account_id=account, value=1_000_00)
    plan = add(Plan, objective="Σκοπός", account_id=account, starts_on=today, ends_on=today + dt.timedelta(days=30))
    add(
        Contact,
        account_id=account,
        opportunity_id=opportunity,
        plan_id=plan,
        day=today - dt.timedelta(days=1),
        channel_id=1,
        message="Λόγος",
    )
    return path


def escaped(pilot: Pilot[int]) -> set[str]:
    """Words of three Latin letters and more that the screen shows now."""
    lines = [strip.text for strip in pilot.app.screen._compositor.render_strips()]
    return {word for line in lines for word in re.findall(r"[A-Za-z]{3,}", SAME.sub(" ", line))}


async def rested(pilot: Pilot[int]) -> None:
    for _ in range(3):
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()


VISITS: list[tuple[str, ...]] = [(room.key,) for room in ROOMS]
VISITS += [(room.key, "n") for room in ROOMS]
VISITS += [(room.key, "f1") for room in ROOMS]
VISITS += [("2", "enter"), ("4", "enter"), ("5", "enter"), ("2", "slash"), ("4", "b"), ("1", "ctrl+p"), ("2", "e")]


@pytest.mark.parametrize("size", [(120, 36), (80, 24)], ids=["wide", "narrow"])
async def test_no_text_escapes_translation(foreign: Path, size: tuple[int, int]) -> None:
    app, found, seen = CrmtuiApp(foreign), {}, set()
    async with app.run_test(size=size) as pilot:
        await rested(pilot)
        for keys in VISITS:
            for key in keys:
                await pilot.press(key)
                await rested(pilot)
            seen.add((app.current_mode, type(app.screen)))
            if words := escaped(pilot):
                found[keys] = words
            await pilot.press("escape")
            await rested(pilot)
            assert len(app.screen_stack) == 1, keys
    assert found == {}
    assert len(seen) > 2 * len(ROOMS)
