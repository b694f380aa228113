"""How long until the app paints, on an empty and on a large workspace, against a bare Textual app?

    python benchmarks/first_paint.py [--accounts N] [--rounds N] [--json]

Seconds from the start of the process to the first paint: the names of the rooms here, the headings of one DataTable
there. Then how much later the list of accounts is filled when `2` is pressed at the first paint; and, in a run of its
own and without a target, how much later the room Today has gathered what it tells of the whole workspace.
The programs take turns, so that what else the machine does meets all of them; medians.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

import make_workspace
from report import Target, tell
from terminal import Terminal

from crmtui.commands import workspace

if TYPE_CHECKING:
    from collections.abc import Mapping

HERE: Final = Path(__file__).parent
PAINTED: Final = "Accounts"  # the name of a room
TODAY: Final = "Today · "  # the title of the first pane, once it knows the day
MOST_RATIO: Final = 1.3
MOST_SECONDS: Final = 0.3

Times = dict[str, list[float]]


def measure(accounts: int, rounds: int) -> dict[str, dict[str, float]]:
    """Medians in seconds, by program."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        workspace.create(folder / "empty.db")
        make_workspace.make(folder / "many.db", accounts)
        awaited = {"empty": "No accounts", "many": make_workspace.first_account(folder / "many.db")}
        taken: dict[str, Times] = {"bare": {}, "empty": {}, "many": {}}
        for _ in range(rounds):
            _add(taken["bare"], _bare())
            for file, text in awaited.items():
                _add(taken[file], _app(folder / f"{file}.db", text))
    return {
        program: {what: round(statistics.median(times), 3) for what, times in found.items()}
        for program, found in taken.items()
    }


def _bare() -> Mapping[str, float]:
    with Terminal([sys.executable, str(HERE / "peers.py"), "table", "100"]) as terminal:
        painted = terminal.wait_for("Posture")
        return {"painted_s": painted, "cpu_s": terminal.cpu_time}


def _app(path: Path, awaited: str) -> Mapping[str, float]:
    with _opened(path) as terminal:
        painted = terminal.wait_for(PAINTED)
        cpu = terminal.cpu_time
        accounts = terminal.ask("2", awaited)
    with _opened(path) as terminal:
        today = -terminal.wait_for(PAINTED) + terminal.wait_for(TODAY)
    return {"painted_s": painted, "cpu_s": cpu, "accounts_after_s": accounts, "today_after_s": today}


def _opened(path: Path) -> Terminal:
    places = {f"CRMTUI_{place}_DIR": str(path.parent / place.lower()) for place in ("CONFIG", "DATA", "STATE")}
    return Terminal([sys.executable, "-m", "crmtui", "--db", str(path)], environment=places)


def _add(times: Times, found: Mapping[str, float]) -> None:
    for what, seconds in found.items():
        times.setdefault(what, []).append(seconds)


def targets(figures: Mapping[str, Mapping[str, float]]) -> list[Target]:
    """The first paint against the bare app, and how soon the lists are filled."""
    bare = figures["bare"]["painted_s"]
    found = [
        Target(
            f"first paint, {program}, to the bare app",
            round(figures[program]["painted_s"] / bare, 2),
            MOST_RATIO,
        )
        for program in ("empty", "many")
    ]
    found += [
        Target(f"seconds from there to the accounts, {program}", figures[program]["accounts_after_s"], MOST_SECONDS)
        for program in ("empty", "many")
    ]
    return found


def main() -> None:
    """Measure, and print figures with their targets."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--accounts", type=int, default=make_workspace.MANY)
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    figures = measure(options.accounts, options.rounds)
    tell(figures, targets(figures), as_json=options.json)


if __name__ == "__main__":
    main()
