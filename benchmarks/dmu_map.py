"""Is the map of a real company of 21 managers legible at 120 by 36, and who has leverage there?

    python benchmarks/dmu_map.py FOLDER [--json]

FOLDER holds Krackhardt's high-tech managers (1987): who goes to whom for advice (informal: the one asked is listened
to), who reports to whom (formal), and their levels. Person 7, the president, decides; the vice presidents are
influencers, the others users, with power by level. Nobody's attitude is known. The map is drawn by the program itself,
in a workspace of its own, and given the whole screen by `z`: every name must be there, whole.
"""

from __future__ import annotations

import argparse
import asyncio
import csv
import datetime as dt
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from report import Target, tell

from crmtui.commands import workspace
from crmtui.config import Config
from crmtui.domain.accounts import Account
from crmtui.domain.dmu import DmuMap, Influence, Stakeholder
from crmtui.domain.people import Person
from crmtui.domain.words import Source
from crmtui.queries import dmu
from crmtui.store.unit import work
from crmtui.tui.app import CrmtuiApp
from crmtui.tui.screens.dmu import DmuScreen

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crmtui.queries.dmu import DmuPage

FILES: Final = "Krack-High-Tec-{}"
SIZE: Final = (120, 36)
DECIDER: Final = 7
TODAY: Final = dt.date(2026, 3, 12)
# By level: the president, vice presidents, managers.
ROLES: Final = {1: ("decider",), 2: ("influencer",), 3: ("user",)}
POWERS: Final = {1: 4, 2: 2, 3: 1}
TITLES: Final = {1: "President", 2: "Vice president", 3: "Manager"}


def main() -> None:
    """Print the map, the leverages and whether every name can be read."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, metavar="FOLDER")
    parser.add_argument("--json", action="store_true", help="one JSON object on stdout")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "krackhardt.db"
        make(path, asked.folder)
        place = dmu.newest(path)
        if place is None:
            raise SystemExit("no map was made")
        page = dmu.page_at(path, place, TODAY)
        screen = asyncio.run(drawn(path))
    if not asked.json:
        print("\n".join(screen))
    told = "\n".join(screen)
    names = [sheet.name for sheet in page.sheets]
    tell(
        leverages(page),
        [
            Target(
                "people whose name stands whole on the screen", sum(name in told for name in names), len(names), True
            ),
            Target("leverages together", round(sum(term.leverage for term in page.figures.leverage.terms), 9), 1, True),
        ],
        as_json=asked.json,
    )


def leverages(page: DmuPage) -> dict[str, Any]:
    """Everybody, the weightiest first: the bet, the own say, how many listen, and to how many the person listens."""
    terms = sorted(page.figures.leverage.terms, key=lambda term: -term.leverage)
    names = {sheet.key: f"{sheet.name} {sheet.position}" for sheet in page.sheets}
    return {
        names[term.key]: {
            "bet": f"{term.leverage:.3f}",
            "own": f"{term.right:.3f}",
            "listeners": len(term.passed),
            "listens_to": len(term.listens),
        }
        for term in terms
    }


def make(path: Path, folder: Path) -> None:
    """A workspace with the company, its people and the map."""
    workspace.create(path, name="Krackhardt")
    levels = {int(row["ID"]): int(row["LEVEL"]) for row in _attributes(folder)}
    bosses = dict(_edges(folder, "ReportsTo"))
    with work(path, "Krackhardt", Source.IMPORT) as unit:
        account = unit.insert(Account, {"name": "High-tech managers"})
        found = unit.insert(DmuMap, {"account_id": account})
        keys: dict[int, int] = {}
        for who in sorted(levels, key=lambda who: (levels[who], who)):
            person = unit.insert(
                Person, {"name": f"Manager {who:02d}", "account_id": account, "title": TITLES[levels[who]]}
            )
            judged = {"power": POWERS[levels[who]], "power_on": TODAY, "roles": ROLES[levels[who]]}
            boss = keys.get(bosses.get(who, 0))
            keys[who] = unit.insert(
                Stakeholder, {"map_id": found, "person_id": person, "reports_to_id": boss, **judged}
            )
        for asking, asked in _edges(folder, "Advice"):
            unit.insert(Influence, {"source_id": keys[asked], "target_id": keys[asking], "strength": 2})


def _attributes(folder: Path) -> list[dict[str, str]]:
    with (folder / (FILES.format("Attributes") + ".csv")).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _edges(folder: Path, name: str) -> Iterator[tuple[int, int]]:
    """From whom to whom, of the pairs that are marked."""
    for line in (folder / (FILES.format(f"edgelist-{name}") + ".txt")).read_text(encoding="utf-8").splitlines():
        if line.strip():
            start, end, is_there = map(int, line.split())
            if is_there and start != end:
                yield start, end


async def drawn(path: Path) -> list[str]:
    """What the room of decision-making units shows of the map, line by line."""
    app = CrmtuiApp(path, Config())
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("3")
        while not (isinstance(app.screen, DmuScreen) and app.screen.page and app.screen.page.sheets):
            await pilot.pause()
        await pilot.press("z")
        for _ in range(3):
            await app.workers.wait_for_complete()
            await pilot.pause()
        return [strip.text for strip in app.screen._compositor.render_strips()]  # noqa: SLF001 - there is no other way


if __name__ == "__main__":
    main()
