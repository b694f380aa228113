"""How long until the portfolio room tells where accounts stand, what they are worth, and what was learnt?

    python benchmarks/portfolio.py [ACCOUNTS] [--rounds N] [--json]

A workspace of `make_customers.py`, 10,000 accounts unless told otherwise. Seconds, medians: each question alone, as a
command asks it, with nothing remembered; and the parts of the room in the app (without a terminal): from the key until
a part is painted, its plot drawn, and its list filled; of the matrix also until it is known whom to leave, and how
accounts moved. The part that is opened first, the matrix, is that of a program in which only Today has been looked at;
the others are opened once the matrix is there.
"""

from __future__ import annotations

import argparse
import asyncio
import statistics
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from make_customers import TODAY, make
from report import Target, tell

from crmtui.queries import equity, learning, matrix, repeat, standing, strengths, territory, whitespace
from crmtui.queries.remembered import Remembered
from crmtui.tui.app import CrmtuiApp
from crmtui.tui.widgets.plot_view import PlotView

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

ACCOUNTS: Final = 10_000
PAINTED: Final = 0.3  # seconds
FILLED: Final = 2.0
LOOK: Final = 0.05  # seconds after which the app is looked at again: it is not to be kept busy with that
CALM: Final = 5  # times that nothing may be under way, a tenth of a second after each other
# The parts, and when each is filled.
PARTS: Final[dict[str, Callable[[Any], bool]]] = {
    "matrix": lambda part: bool(part.plot.plot and part.accounts.count),
    "territory": lambda part: part.plan is not None,
    "equity": lambda part: bool(part.accounts.count and part.figures.count),
    "white": lambda part: part.grid.row is not None,
    "learning": lambda part: bool(part.list.count),
}
# What the matrix tells after its list: whom to leave, and how accounts moved.
LATER: Final[dict[str, Callable[[Any], bool]]] = {
    "valued": lambda part: part.page.is_valued,
    "traced": lambda part: part.page.before is not None,
}


def main() -> None:
    """Print the figures and whether the targets are met."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("accounts", nargs="?", type=int, default=ACCOUNTS, metavar="ACCOUNTS")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--json", action="store_true", help="one JSON object on stdout")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "customers.db"
        make(path, asked.accounts)
        questions: dict[str, Callable[[], object]] = {
            "matrix": lambda: matrix.page(path, TODAY),
            "territory": lambda: territory.page(path, TODAY).plan(territory.page(path, TODAY).usual),
            "customer equity": lambda: equity.page(path, TODAY),
            "repeat orders": lambda: repeat.page(path, TODAY),
            "white space: what similar accounts buy": lambda: whitespace.learn(path),
            "white space: suggestions to all": lambda: whitespace.suggested(path, None, TODAY, whitespace.learn(path)),
            "learning": lambda: learning.page(path, TODAY),
            "channels": lambda: learning.channels(path, TODAY),
        }
        figures: dict[str, Any] = {name: {"s": timed(ask, asked.rounds)} for name, ask in questions.items()}
        for tab in PARTS:
            times = [asyncio.run(opened(path, tab)) for _round in range(asked.rounds)]
            figures[f"room, {tab}"] = {
                f"{state}_s": round(statistics.median(each[state] for each in times), 2) for state in times[0]
            }
    targets = [
        Target(f"{tab} {state} after the key, s", figures[f"room, {tab}"][f"{state}_s"], most)
        for tab in PARTS
        for state, most in (("painted", PAINTED), ("filled", FILLED))
    ]
    targets += [
        Target(f"matrix {state} after the key, s", figures["room, matrix"][f"{state}_s"], FILLED) for state in LATER
    ]
    tell(figures, targets, as_json=asked.json)


def timed(what: Callable[[], object], rounds: int) -> float:
    """The median of some rounds with nothing remembered, in seconds."""
    times = []
    for _round in range(rounds):
        _forget()
        start = time.perf_counter()
        what()
        times.append(time.perf_counter() - start)
    return round(statistics.median(times), 2)


def _forget() -> None:
    """What is measured is the first time."""
    for module in (equity, matrix, standing, strengths):
        for known in vars(module).values():
            if isinstance(known, Remembered):
                known._told.clear()  # noqa: SLF001 - nothing else is to forget


class _Workbench(CrmtuiApp, inherit_bindings=True):
    """The app, on the day on which the workspace was made."""

    @property
    def today(self) -> dt.date:
        return TODAY


async def _calm(app: CrmtuiApp) -> None:
    """Wait until nothing is worked out any more, not even for the room that was open before."""
    for _time in range(CALM):
        await asyncio.sleep(0.1)
        await app.workers.wait_for_complete()


async def opened(path: Path, tab: str) -> dict[str, float]:
    """Seconds until a part of the room that is asked for is painted, its plot drawn, its list filled; and `LATER`."""
    _forget()
    async with _Workbench(path).run_test(size=(120, 36)) as pilot:
        app: Any = pilot.app
        while not app.follow.news:
            await pilot.pause(0.01)
        await _calm(app)
        start = time.perf_counter()
        app.action_room("portfolio")
        if tab != "matrix":
            await _calm(app)
            start = time.perf_counter()
            await app.screen.open_tab(tab)
        while getattr(app.screen, "part", None) is None:
            await pilot.pause(0.001)
        await pilot.pause(0)
        painted = time.perf_counter() - start
        drawn = 0.0
        while not PARTS[tab](app.screen.part):
            await pilot.pause(LOOK)
            if not drawn and any(one.plot for one in app.screen.part.query(PlotView)):
                drawn = time.perf_counter() - start
        filled = time.perf_counter() - start
        found = {"painted": painted, "drawn": drawn or filled, "filled": filled}
        for state, is_so in LATER.items() if tab == "matrix" else ():
            while not is_so(app.screen.part):
                await pilot.pause(LOOK)
            found[state] = time.perf_counter() - start
        return found


if __name__ == "__main__":
    main()
