"""How long until Today has ranked the best next moves of a whole sales team's workspace?

    python benchmarks/today.py [--accounts N] [--times N] [--rounds N] [--json]

A workspace of 1,000 accounts and 10,000 opportunities with maps, scorecards, contacts and assessments, made by
`make_sales.py`, and one ten times that. Seconds for everybody's moves: in a new process, with its imports and with what
the closed opportunities teach learnt for the first time; then again in the same process, each time after a change to
the workspace; and for the page of what is due. Medians.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final

import make_sales
from report import Target, tell

from crmtui.commands import records
from crmtui.domain.plans import Contact
from crmtui.domain.words import Source
from crmtui.queries import moves, today as due

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

MOST_SECONDS: Final = 1.0
FIRST: Final = """
import datetime as dt, json, sys, time
from pathlib import Path
start, cpu = time.perf_counter(), time.process_time()
from crmtui.queries import moves
found = moves.found(Path(sys.argv[1]), dt.date.fromisoformat(sys.argv[2]), mine=False)
print(json.dumps([time.perf_counter() - start, time.process_time() - cpu, found.total]))
"""


def measure(accounts: int, rounds: int) -> dict[str, float]:
    """Medians in seconds on a workspace of so many accounts."""
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "sales.db"
        make_sales.make(path, accounts)
        moves.found(path, make_sales.TODAY, mine=False)
        firsts = [_first(path) for _ in range(max(1, rounds // 3))]
        ranked = [_again(path, number) for number in range(rounds)]
        paged = [_timed(lambda: due.page(path, make_sales.TODAY, mine=False)) for _ in range(rounds)]
    return {
        "accounts": accounts,
        "opportunities": accounts * make_sales.DEALS,
        "first_s": _median(wall for wall, _cpu, _total in firsts),
        "first_cpu_s": _median(cpu for _wall, cpu, _total in firsts),
        "again_s": _median(wall for wall, _cpu in ranked),
        "again_cpu_s": _median(cpu for _wall, cpu in ranked),
        "due_s": _median(wall for wall, _cpu in paged),
        "moves_found": firsts[0][2],
    }


def _first(path: Path) -> tuple[float, float, int]:
    """Wall and processor seconds in a new process, and how many moves gain something."""
    command = [sys.executable, "-c", FIRST, str(path), make_sales.TODAY.isoformat()]
    ran = subprocess.run(command, check=True, capture_output=True, text=True)
    wall, cpu, total = json.loads(ran.stdout)
    return wall, cpu, total


def _again(path: Path, number: int) -> tuple[float, float]:
    """The same in this process, after somebody wrote down an outcome."""
    records.edit(path, Contact, 1, {"outcome": f"round {number}"}, Source.CLI)
    return _timed(lambda: moves.found(path, make_sales.TODAY, mine=False))


def _timed(work: Callable[[], object]) -> tuple[float, float]:
    wall, cpu = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - wall, time.process_time() - cpu


def _median(seconds: Iterable[float]) -> float:
    return round(statistics.median(seconds), 3)


def targets(figures: Mapping[str, Mapping[str, float]]) -> list[Target]:
    """A thousand accounts within a second, the first time too."""
    usual = figures["usual"]
    return [
        Target("seconds to rank Today after a change", usual["again_s"], MOST_SECONDS),
        Target("seconds to rank Today in a new process", usual["first_s"], MOST_SECONDS),
    ]


def main() -> None:
    """Measure, and print figures with their targets."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--accounts", type=int, default=make_sales.ACCOUNTS)
    parser.add_argument("--times", type=int, default=10)
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    figures = {"usual": measure(options.accounts, options.rounds)}
    found = targets(figures)
    if options.times > 1:
        figures["times"] = measure(options.accounts * options.times, max(3, options.rounds // 3))
    tell(figures, found, as_json=options.json)


if __name__ == "__main__":
    main()
