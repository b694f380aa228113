"""How long until the portfolio room tells what customers are worth and what was learnt?

    python benchmarks/portfolio.py [ACCOUNTS] [--rounds N] [--json]

A workspace of `make_customers.py`, 10,000 accounts unless told otherwise. Seconds, medians: each question alone, as a
command asks it, and the parts of the room in the app (without a terminal): from the key until a part is painted, and
until it is filled, once the part that opens first has been read.
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

from crmtui.queries import equity, learning, repeat
from crmtui.tui.app import CrmtuiApp
from crmtui.tui.widgets.equity_part import EquityPart
from crmtui.tui.widgets.learning_part import LearningPart

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

ACCOUNTS: Final = 10_000
PAINTED: Final = 0.3  # seconds
FILLED: Final = 2.0


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
        figures: dict[str, Any] = {
            "customer equity": {"s": timed(lambda: _fresh(path), asked.rounds)},
            "repeat orders": {"s": timed(lambda: repeat.page(path, TODAY), asked.rounds)},
            "learning": {"s": timed(lambda: learning.page(path, TODAY), asked.rounds)},
            "channels": {"s": timed(lambda: learning.channels(path, TODAY), asked.rounds)},
        }
        rooms = {
            "customer equity": [asyncio.run(opened(path, "equity")) for _round in range(asked.rounds)],
            "learning": [asyncio.run(opened(path, "learning")) for _round in range(asked.rounds)],
        }
    for name, times in rooms.items():
        painted, filled = (round(statistics.median(each), 2) for each in zip(*times, strict=True))
        figures[f"room, {name}"] = {"painted_s": painted, "filled_s": filled}
    targets = [
        target
        for name in rooms
        for target in (
            Target(f"{name} painted after the key, s", figures[f"room, {name}"]["painted_s"], PAINTED),
            Target(f"{name} filled after the key, s", figures[f"room, {name}"]["filled_s"], FILLED),
        )
    ]
    tell(figures, targets, as_json=asked.json)


def timed(what: Callable[[], object], rounds: int) -> float:
    """The median of some rounds, in seconds."""
    times = []
    for _round in range(rounds):
        start = time.perf_counter()
        what()
        times.append(time.perf_counter() - start)
    return round(statistics.median(times), 2)


def _fresh(path: Path) -> None:
    """Customer equity, with nothing remembered."""
    equity._remembered._told.clear()  # noqa: SLF001 - what is measured is the first time
    equity.page(path, TODAY)


class _Workbench(CrmtuiApp, inherit_bindings=True):
    """The app, on the day on which the workspace was made."""

    @property
    def today(self) -> dt.date:
        return TODAY


async def opened(path: Path, tab: str) -> tuple[float, float]:
    """Seconds until a part of the room is painted after it is asked for, and until it is filled."""
    equity._remembered._told.clear()  # noqa: SLF001
    async with _Workbench(path).run_test(size=(120, 36)) as pilot:
        app = pilot.app
        while app.follow.version < 0:  # type: ignore[attr-defined]  # the app's own
            await pilot.pause(0.01)
        app.action_room("portfolio")  # type: ignore[attr-defined]
        await pilot.pause()
        await app.workers.wait_for_complete()
        start = time.perf_counter()
        await app.screen.open_tab(tab)  # type: ignore[attr-defined]
        await pilot.pause(0)
        painted = time.perf_counter() - start
        while not _is_filled(app, tab):
            await pilot.pause(0.01)
        return painted, time.perf_counter() - start


def _is_filled(app: Any, tab: str) -> bool:  # noqa: ANN401 - an app
    if tab == "equity":
        part = app.screen.query_one(EquityPart)
        return bool(part.accounts.count and part.figures.count)
    return bool(app.screen.query_one(LearningPart).list.count)


if __name__ == "__main__":
    main()
