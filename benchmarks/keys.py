"""What does a key cost in the accounts room, with 100,000 accounts against 100 and against a bare line-API list?

    python benchmarks/keys.py [--accounts N] [--rounds N] [--json]

The programs take turns at each key, so that what else the machine does meets all of them. A key that moves is timed
twice: until the screen begins to change (the row under the cursor is drawn first), and until nothing changes any more
(the preview beside the list has followed). A letter of the filter is timed until the rows that answer are shown.
What is being done is told on stderr; the whole takes about two minutes, most of them waiting for screens to be calm.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Final

import make_workspace
from report import Target, tell
from terminal import Change, Terminal

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

HERE: Final = Path(__file__).parent
CALM: Final = 0.15  # seconds; what a key begins in a thread is over by then

# Each key that is measured, with the one that leads back: a list of 100 rows has few screens.
MOVES: Final = {"down": "up", "pagedown": "pageup", "end": "home", "home": "end"}
WORDS: Final = ("li", "sp", "te")  # each letter finds another first row than the one before, in both files
MOST_RATIO: Final = 1.5
MOST_MIB: Final = 80

Figures = dict[str, dict[str, float]]


def measure(accounts: int, rounds: int) -> Figures:
    """For each program medians in milliseconds of each key, and its peak memory in MiB."""
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        terminals = {
            "many": _opened(stack, Path(folder) / "many.db", accounts),
            "few": _opened(stack, Path(folder) / "few.db", make_workspace.FEW),
            "bare": stack.enter_context(Terminal([sys.executable, str(HERE / "peers.py"), "list", str(accounts)])),
        }
        for terminal in terminals.values():
            terminal.settle(0.5)
        found: Figures = {name: {} for name in terminals}
        for key, back in MOVES.items():
            _note(found, key, _pressed(terminals, key, back, rounds))
        apps = {name: (terminals[name], Path(folder) / f"{name}.db") for name in ("many", "few")}
        for name, figures in _typed(apps, rounds).items():
            found[name] |= figures
        for name, terminal in terminals.items():
            found[name]["peak_mib"] = round(terminal.peak_memory / 2**20, 1)
        return found


def _opened(stack: ExitStack, path: Path, accounts: int) -> Terminal:
    """The app in its accounts room."""
    print(f"a workspace of {accounts:,} accounts …", file=sys.stderr)
    make_workspace.make(path, accounts)
    places = {f"CRMTUI_{place}_DIR": str(path.parent / place.lower()) for place in ("CONFIG", "DATA", "STATE")}
    terminal = stack.enter_context(Terminal([sys.executable, "-m", "crmtui", "--db", str(path)], environment=places))
    terminal.wait_for("Accounts")
    terminal.settle(0.5)
    terminal.ask("2", make_workspace.BEGINNINGS[0])
    terminal.settle(0.5)
    return terminal


def _pressed(terminals: Mapping[str, Terminal], key: str, back: str, rounds: int) -> Mapping[str, list[Change]]:
    changes: dict[str, list[Change]] = {name: [] for name in terminals}
    print(f"{key} …", file=sys.stderr)
    _send(terminals.values(), "end" if key == "home" else "home")
    for _ in range(rounds):
        for name, terminal in terminals.items():
            changes[name].append(terminal.press(key, calm=CALM))
        _send(terminals.values(), back)
    return changes


def _send(terminals: Iterable[Terminal], key: str) -> None:
    """Type a key everywhere, and wait until all are calm."""
    those = tuple(terminals)
    for terminal in those:
        terminal.send(key)
    for terminal in those:
        terminal.settle(CALM)


def _typed(apps: Mapping[str, tuple[Terminal, Path]], rounds: int) -> Figures:
    """Medians in milliseconds of the first and the second letter of a filter, until the row is shown that it finds."""
    taken: dict[str, dict[str, list[float]]] = {name: {} for name in apps}
    terminals = [terminal for terminal, _path in apps.values()]
    print("filter …", file=sys.stderr)
    for word in WORDS * -(-rounds // len(WORDS)):
        _send(terminals, "/")
        for typed, key in ((word[:1], "first_letter_ms"), (word, "second_letter_ms")):
            for name, (terminal, path) in apps.items():
                seconds = terminal.ask(typed[-1], make_workspace.first_account(path, typed))
                taken[name].setdefault(key, []).append(seconds)
                terminal.settle(CALM)
        _send(terminals, "escape")
    return {name: {key: _milliseconds(times) for key, times in found.items()} for name, found in taken.items()}


def _note(found: Figures, key: str, changes: Mapping[str, Sequence[Change]]) -> None:
    for name, taken in changes.items():
        found[name][f"{key}_first_ms"] = _milliseconds([change.first for change in taken])
        found[name][f"{key}_ms"] = _milliseconds([change.settled for change in taken])


def _milliseconds(seconds: Sequence[float]) -> float:
    return round(statistics.median(seconds) * 1000, 1)


def targets(figures: Figures) -> list[Target]:
    """Each key against the same in a short list, moving against the bare list, and memory."""
    many, few, bare = figures["many"], figures["few"], figures["bare"]
    keys = [name for name in many if name.endswith("_ms") and not name.endswith("_first_ms")]
    found = [
        Target(f"{key.removesuffix('_ms')}, to 100 accounts", round(many[key] / few[key], 2), MOST_RATIO)
        for key in keys
    ]
    for key in ("down", "pagedown"):
        ratio = round(many[f"{key}_first_ms"] / bare[f"{key}_first_ms"], 2)
        found.append(Target(f"{key} until the list has moved, to the bare list", ratio, MOST_RATIO))
    found.append(Target("peak memory in MiB", many["peak_mib"], MOST_MIB))
    return found


def main() -> None:
    """Measure, and print figures with their targets."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--accounts", type=int, default=make_workspace.MANY)
    parser.add_argument("--rounds", type=int, default=21)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    figures = measure(options.accounts, options.rounds)
    tell(figures, targets(figures), as_json=options.json)


if __name__ == "__main__":
    main()
