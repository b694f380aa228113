"""What does a key cost in the list widget, against a bare line-API list and against fewer rows?

    python benchmarks/list_keys.py [--rows N] [--rounds N] [--json]

Ratios, at most 1.5 each: Down and PageDown to new rows against the bare list, every key against 100 rows.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Final

from terminal import Change, Terminal, median_of

HERE: Final = Path(__file__).parent
FEW: Final = "100"
# Each key that is measured, with the one that leads back: a list of 100 rows has few screens.
MOVES: Final = {"down": "up", "pagedown": "pageup", "end": "home", "home": "end"}


def measure(script: str, *arguments: str, rounds: int) -> dict[str, float]:
    """Medians in milliseconds for each key, seconds to the first rows, and the peak of memory in MiB."""
    with Terminal([sys.executable, str(HERE / script), *arguments]) as terminal:
        found = {"filled_s": terminal.wait_for("Customer 000000")}
        terminal.settle(0.5)
        for key, back in MOVES.items():
            terminal.press("home" if key != "home" else "end")
            found[f"{key}_ms"] = median_of([_there(terminal, key, back) for _ in range(rounds)]) * 1000
        if arguments[-1] != FEW:  # always new rows
            terminal.press("home")
            found["new_page_ms"] = median_of([terminal.press("pagedown") for _ in range(rounds)]) * 1000
        found["peak_mib"] = terminal.peak_memory / 2**20
        return {name: round(value, 2) for name, value in found.items()}


def _there(terminal: Terminal, key: str, back: str) -> Change:
    change = terminal.press(key)
    terminal.press(back)
    return change


def main() -> None:
    """Measure, and print figures with their ratios."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=60)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    rows, rounds = str(options.rows), options.rounds
    figures = {
        "window": measure("window.py", rows, rounds=rounds),
        "window_of_100": measure("window.py", FEW, rounds=rounds),
        "bare_list": measure("peers.py", "list", rows, rounds=rounds),
    }
    ratios = {
        f"{key}_to_{peer}": round(figures["window"][f"{key}_ms"] / figures[peer][f"{key}_ms"], 2)
        for peer, keys in (("bare_list", ("down", "new_page")), ("window_of_100", MOVES))
        for key in keys
    }
    if options.json:
        print(json.dumps({"figures": figures, "ratios": ratios}))
        return
    print("each key with the way back in between; new_page: PageDown again and again")
    for name, found in figures.items():
        print(f"{name:14} " + "  ".join(f"{key} {value}" for key, value in found.items()))
    for name, ratio in ratios.items():
        print(f"{name:28} {ratio}")


if __name__ == "__main__":
    main()
