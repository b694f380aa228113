"""What does it cost to start, when nothing is shown but a version or a list of 85 accounts?

    python benchmarks/start.py [--rounds N] [--json]

The programs take turns, so that what else the machine does meets all of them. Limits: `--version` against
`python -c pass`; `accounts list` against `python -c "import sqlmodel"`, since reading needs no ORM.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final

import make_workspace
from installed import environment
from report import Target, tell

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

ACCOUNTS: Final = 85
MOST_VERSION: Final = 8
MOST_LIST: Final = 0.6
COMMAND: Final = Path(sys.executable).with_name("crmtui")


def programs(workspace: Path) -> dict[str, Sequence[str]]:
    """What is started, by name."""
    return {
        "pass": (sys.executable, "-c", "pass"),
        "import sqlmodel": (sys.executable, "-c", "import sqlmodel"),
        "version": (str(COMMAND), "--version"),
        "help": (str(COMMAND), "--help"),
        "accounts list": (str(COMMAND), "--db", str(workspace), "accounts", "list"),
    }


def measure(rounds: int) -> dict[str, dict[str, float]]:
    """The median time of each program in milliseconds, by the clock and of the processor."""
    with tempfile.TemporaryDirectory() as folder:
        workspace = Path(folder) / "team.db"
        make_workspace.make(workspace, ACCOUNTS)
        started = programs(workspace)
        taken: Mapping[str, list[tuple[float, float]]] = {name: [] for name in started}
        for _ in range(rounds + 1):  # the first round warms the disk
            for name, arguments in started.items():
                taken[name].append(_run(arguments, folder))
    return {
        name: {
            "wall_ms": round(statistics.median(wall for wall, _cpu in times[1:]) * 1000, 1),
            "cpu_ms": round(statistics.median(cpu for _wall, cpu in times[1:]) * 1000, 1),
        }
        for name, times in taken.items()
    }


def _run(arguments: Sequence[str], folder: str) -> tuple[float, float]:
    places = {f"CRMTUI_{place}_DIR": f"{folder}/{place.lower()}" for place in ("CONFIG", "DATA", "STATE")}
    before, begun = os.times(), time.perf_counter()
    subprocess.run(arguments, env=environment() | places, stdout=subprocess.DEVNULL, check=True)
    wall, after = time.perf_counter() - begun, os.times()
    return wall, after.children_user + after.children_system - before.children_user - before.children_system


def targets(figures: Mapping[str, Mapping[str, float]]) -> list[Target]:
    """The two ratios that were asked for, by the clock."""
    wall = {name: times["wall_ms"] for name, times in figures.items()}
    return [
        Target("crmtui --version, to python -c pass", round(wall["version"] / wall["pass"], 2), MOST_VERSION),
        Target(
            "accounts list, to import sqlmodel", round(wall["accounts list"] / wall["import sqlmodel"], 2), MOST_LIST
        ),
    ]


def main() -> None:
    """Measure, and print figures with their targets."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    figures = measure(options.rounds)
    tell(figures, targets(figures), as_json=options.json)


if __name__ == "__main__":
    main()
