"""What do the computed columns of the lists cost, on 100,000 accounts?

    python benchmarks/list_figures.py [--accounts N] [--rounds N] [--json]

A workspace of `make_workspace.py` in which every tenth account has a map of six people with twelve contacts, and every
second opportunity a scorecard. Milliseconds of wall clock and of processor time: the first 256 rows, all keys in the
order of each computed column and, beside it, of a plain one; in a new process with its imports and with nothing
remembered (first), and then again. In the terminal: down and page down in the accounts room, with figures in the file
and without. Medians.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Final

import make_sales
import make_workspace
from report import Target, tell
from terminal import Terminal

if TYPE_CHECKING:
    from collections.abc import Mapping

CALM: Final = 0.15  # seconds; what a key begins in a thread is over by then
EVERY: Final = 10
PLAIN: Final = {"accounts": "industry", "opportunities": "value"}
COMPUTED: Final = {"accounts": ("favour", "coverage"), "opportunities": ("win", "ev", "score")}
MOST_FIRST_MS: Final = 2_000
MOST_AGAIN_MS: Final = 300
MOST_ROWS_MS: Final = 50
MOST_RATIO: Final = 1.5
SCRIPT: Final = """
import datetime as dt, json, sys, time
from pathlib import Path
from crmtui.queries import lists
path, noun, order, day = Path(sys.argv[1]), sys.argv[2], sys.argv[3], dt.date.fromisoformat(sys.argv[4])
def taken(work):
    wall, cpu = time.perf_counter(), time.process_time()
    work()
    return [(time.perf_counter() - wall) * 1000, (time.process_time() - cpu) * 1000]
def ask():
    if order:
        lists.ids(path, noun, day, order=order)
    else:
        lists.rows(path, noun, keys[:256], day)
keys = lists.ids(path, noun, day)
print(json.dumps([taken(ask), taken(ask)]))
"""


def measure(accounts: int, rounds: int) -> dict[str, dict[str, float]]:
    """By what is asked, medians in milliseconds."""
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        plain, path = Path(folder) / "plain.db", Path(folder) / "figures.db"
        for file in (plain, path):
            make_workspace.make(file, accounts)
        make_sales.add_figures(path, EVERY)
        found = {}
        for noun, computed in COMPUTED.items():
            for order in ("", PLAIN[noun], *computed):
                found[f"{noun} by {order}" if order else f"{noun} rows"] = _asked(path, noun, order, rounds)
        terminals = {name: _opened(stack, file) for name, file in (("plain", plain), ("figures", path))}
        for key, back in (("down", "up"), ("pagedown", "pageup")):
            found[f"key {key}"] = _pressed(terminals, key, back, rounds)
        return found


def _asked(path: Path, noun: str, order: str, rounds: int) -> dict[str, float]:
    """In new processes: the first time, and again."""
    command = [sys.executable, "-c", SCRIPT, str(path), noun, order, make_sales.TODAY.isoformat()]
    taken = [
        json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
        for _round in range(max(1, rounds // 5))
    ]
    names = ("first_ms", "first_cpu_ms", "again_ms", "again_cpu_ms")
    columns = zip(*([*first, *again] for first, again in taken), strict=True)
    return {name: round(statistics.median(column), 1) for name, column in zip(names, columns, strict=True)}


def _opened(stack: ExitStack, path: Path) -> Terminal:
    """The app in its accounts room."""
    places = {
        f"CRMTUI_{place}_DIR": str(path.parent / path.stem / place.lower()) for place in ("CONFIG", "DATA", "STATE")
    }
    terminal = stack.enter_context(Terminal([sys.executable, "-m", "crmtui", "--db", str(path)], environment=places))
    terminal.wait_for("Accounts")
    terminal.settle(0.5)
    terminal.ask("2", make_workspace.BEGINNINGS[0])
    terminal.settle(1.0)
    return terminal


def _pressed(terminals: Mapping[str, Terminal], key: str, back: str, rounds: int) -> dict[str, float]:
    changes: dict[str, list[float]] = {name: [] for name in terminals}
    for _round in range(rounds):
        for name, terminal in terminals.items():
            changes[name].append(terminal.press(key, calm=CALM).settled * 1000)
            terminal.press(back, calm=CALM)
    return {f"{name}_ms": round(statistics.median(taken), 1) for name, taken in changes.items()}


def main() -> None:
    """Measure, and print figures with their targets."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--accounts", type=int, default=make_workspace.MANY)
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    found = measure(options.accounts, options.rounds)
    targets = [
        Target(f"{noun} by {order}, {when}", found[f"{noun} by {order}"][f"{when}_cpu_ms"], most)
        for noun, computed in COMPUTED.items()
        for order in computed
        for when, most in (("first", MOST_FIRST_MS), ("again", MOST_AGAIN_MS))
    ]
    targets += [Target(f"{noun} rows, again", found[f"{noun} rows"]["again_cpu_ms"], MOST_ROWS_MS) for noun in COMPUTED]
    targets += [
        Target(f"{key}, to a file without", round(found[key]["figures_ms"] / found[key]["plain_ms"], 2), MOST_RATIO)
        for key in ("key down", "key pagedown")
    ]
    tell(found, targets, as_json=options.json)


if __name__ == "__main__":
    main()
