"""What does a key cost in the list widget, against a bare line-API list and against fewer rows?

    python benchmarks/list_keys.py [--rows N] [--rounds N] [--json]

Each key has the way back in between; `new_page` is PageDown again and again. Ratios, at most 1.5 each: Down and
PageDown to new rows against the bare list, every key against 100 rows.
"""

from __future__ import annotations

import argparse
import sys
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Final

from report import Target, tell
from terminal import Change, Terminal, median_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

HERE: Final = Path(__file__).parent
FEW: Final = "100"
MOST_RATIO: Final = 1.5

# Each key that is measured, with the one that leads back: a list of 100 rows has few screens.
MOVES: Final = {"down": "up", "pagedown": "pageup", "end": "home", "home": "end"}


def measure(programs: Mapping[str, Sequence[str]], rounds: int) -> dict[str, dict[str, float]]:
    """For each program: medians in milliseconds of each key, seconds to the first rows, peak memory in MiB.

    The programs take turns at each key, so that what else the machine does meets all of them.
    """
    with ExitStack() as stack:
        found: dict[str, dict[str, float]] = {}
        terminals: dict[str, Terminal] = {}
        for name, (script, *arguments) in programs.items():
            terminals[name] = stack.enter_context(Terminal([sys.executable, str(HERE / script), *arguments]))
            found[name] = {"filled_s": terminals[name].wait_for("Customer 000000")}
            terminals[name].settle(0.5)
        for key, back in MOVES.items():
            for name, milliseconds in _in_turns(terminals, key, back, rounds).items():
                found[name][f"{key}_ms"] = milliseconds
        long = {name: terminal for name, terminal in terminals.items() if FEW not in programs[name]}
        for name, milliseconds in _in_turns(long, "pagedown", "", rounds).items():
            found[name]["new_page_ms"] = milliseconds
        for name, terminal in terminals.items():
            found[name]["peak_mib"] = terminal.peak_memory / 2**20
        return {name: {what: round(x, 2) for what, x in figures.items()} for name, figures in found.items()}


def _in_turns(terminals: Mapping[str, Terminal], key: str, back: str, rounds: int) -> dict[str, float]:
    changes: dict[str, list[Change]] = {name: [] for name in terminals}
    for terminal in terminals.values():
        terminal.press("end" if key == "home" else "home")
    for _ in range(rounds):
        for name, terminal in terminals.items():
            changes[name].append(terminal.press(key))
            if back:
                terminal.press(back)
    return {name: median_of(taken) * 1000 for name, taken in changes.items()}


def main() -> None:
    """Measure, and print figures with their ratios."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=60)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    rows = str(options.rows)
    programs = {
        "window": ("window.py", rows),
        "window_of_100": ("window.py", FEW),
        "bare_list": ("peers.py", "list", rows),
    }
    figures = measure(programs, options.rounds)
    targets = [
        Target(f"{key}, to {peer}", round(figures["window"][f"{key}_ms"] / figures[peer][f"{key}_ms"], 2), MOST_RATIO)
        for peer, keys in (("bare_list", ("down", "new_page")), ("window_of_100", MOVES))
        for key in keys
    ]
    tell(figures, targets, as_json=options.json)


if __name__ == "__main__":
    main()
