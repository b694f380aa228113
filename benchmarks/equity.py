"""How long do customer equity, repeat buying, white space and calibration take, and how do they grow?

    python benchmarks/equity.py [FOLDER] [--rounds N] [--json]

Made-up accounts, always the same: levels over six years, margins of four in five, orders, 50 offerings, closed
opportunities. Seconds, medians. The peer of customer equity is numpy on arrays, without terms and bands.

FOLDER holds the orders of real customers (`CDNOW_sample.txt` and `cdnow_customers_summary.csv`): the parameters found
there beside the published ones, and how well purchases of the 39 weeks after are foretold, beside "as often as until
now". Without FOLDER that is left out.
"""

from __future__ import annotations

import argparse
import csv
import datetime as dt
import random
import statistics
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from report import Target, tell

from crmtui.domain.words import Level
from crmtui.method import buying
from crmtui.method.calibration import Judged, calibration
from crmtui.method.chain import chain
from crmtui.method.equity import equity, most_valuable
from crmtui.method.likeness import Traits
from crmtui.method.repeat import Buyer, forecast, histories, learn, learn_from
from crmtui.method.rewards import Holding, rewards
from crmtui.method.rfm import standings
from crmtui.method.stopping import best, partings
from crmtui.method.suggestions import learn as learn_patterns, suggest
from crmtui.method.transitions import LADDER, LOST, Track, count
from crmtui.method.values import values

if TYPE_CHECKING:
    from collections.abc import Callable

    from crmtui.method.values import Values

TODAY: Final = dt.date(2026, 3, 12)
LEVELS: Final = tuple(level.value for level in Level)
SIZES: Final = (10_000, 100_000)
OFFERINGS: Final = 50
RATE: Final = 0.15
MOST: Final = 20
PUBLISHED: Final = (0.2426, 4.4135, 0.7929, 2.4258, -9582.4256)  # Fader, Hardie & Lee 2005
LOST_SHARE: Final = 0.1  # of the accounts
UNPRICED_SHARE: Final = 0.2  # of those whose margin nobody knows
SPLIT: Final = dt.date(1997, 9, 30)
END: Final = dt.date(1998, 6, 30)


def main() -> None:
    """Print the figures and whether the targets are met."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, metavar="FOLDER")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--json", action="store_true", help="one JSON object on stdout")
    asked = parser.parse_args()
    figures: dict[str, Any] = {f"equity of {size:,} accounts": worth(size, asked.rounds) for size in SIZES}
    figures |= {f"white space of {size:,} accounts": space(size, asked.rounds) for size in (1_000, 10_000)}
    figures |= {f"repeat orders of {size:,} accounts": repeats(size, asked.rounds) for size in (1_000, 10_000)}
    figures["calibration of 10,000 outcomes"] = {"s": timed(calibrated(), asked.rounds)}
    whole, cells = (figures[f"{what} accounts"] for what in ("equity of 100,000", "white space of 10,000"))
    targets = [
        Target("equity of 100,000 accounts, s", _sum(whole, "count_s", "equity_s", "partings_s"), 2.0),
        Target("farthest from numpy, of the value", whole["off"], 1e-9),
        Target(
            "white space of 10,000 accounts and 50 offerings, s", round(cells["learn_s"] + cells["suggest_s"], 2), 1.0
        ),
    ]
    if asked.folder is not None:
        figures["CDNOW, 2,357 customers"] = found = parameters(asked.folder)
        figures["CDNOW, 39 weeks after"] = foretold(asked.folder)
        targets.append(Target("log-likelihood on CDNOW", found["LL"], PUBLISHED[-1], is_least=True))
    tell(figures, targets, as_json=asked.json, skipped="" if asked.folder else "real customers: no folder was given")


def _sum(figures: dict[str, Any], *names: str) -> float:
    return round(sum(float(figures[name]) for name in names), 2)


def timed(what: Callable[[], object], rounds: int) -> float:
    """The median of some rounds, in seconds."""
    times = []
    for _round in range(rounds):
        start = time.perf_counter()
        what()
        times.append(time.perf_counter() - start)
    return round(statistics.median(times), 3)


def seeded(seed: int) -> random.Random:
    """Draws that are always the same."""
    return random.Random(seed)  # noqa: S311 - made-up accounts, no secrets


def worth(size: int, rounds: int) -> dict[str, Any]:
    """Customer equity: transitions counted, then the values and terms of all accounts, then whom to leave."""
    draw = seeded(1)
    tracks = [_track(draw) for _account in range(size)]
    held = [_holding(key, track, draw) for key, track in enumerate(tracks)]
    chained = chain(count(tracks, TODAY))
    found = _valued(chained, held)
    ours = {account.key: account.value for account in equity(found, held).accounts}
    peer = _by_numpy(found, held)
    farthest = max(abs(ours[key] - value) / max(1.0, abs(value)) for key, value in enumerate(peer()))
    return {
        "count_s": timed(lambda: count(tracks, TODAY), rounds),
        "equity_s": timed(lambda: most_valuable(equity(_valued(chained, held), held), MOST), rounds),
        "partings_s": timed(lambda: partings(best(found), held), rounds),
        "numpy_s": timed(peer, rounds),
        "off": float(f"{farthest:.1e}"),
    }


def _track(draw: random.Random) -> Track:
    days = [TODAY - dt.timedelta(draw.randrange(6 * 365)) for _mark in range(4)]
    states = [draw.choice(LEVELS) for _mark in days]
    return Track(tuple(zip(days, states, strict=True)) + (((TODAY, LOST),) if draw.random() < LOST_SHARE else ()))


def _holding(key: int, track: Track, draw: random.Random) -> Holding:
    state = max(track.marks)[1]
    at = LADDER.index(state)
    margin = None if draw.random() < UNPRICED_SHARE or state == LOST else draw.gauss(100_000 * at * at, 200_000)
    return Holding(key, state, margin, draw.uniform(0, 50_000))


def _valued(chained: Any, held: list[Holding]) -> Values:  # noqa: ANN401 - a chain
    return values(chained, rewards(held, LEVELS), RATE)


def _by_numpy(found: Values, held: list[Holding]) -> Callable[[], Any]:
    """The same values on arrays."""
    states = np.array([found.chain.at(one.state) for one in held])
    brought = np.array([np.nan if one.reward is None else one.reward for one in held])
    table, means = np.array(found.chain.rows), np.array([one.value for one in found.rewards])

    def solved() -> Any:  # noqa: ANN401 - an array
        value = np.linalg.solve(np.eye(len(table)) - found.discount * table, means)
        lasting = np.where(np.diag(table) < 1, 1 / (1 - found.discount * np.diag(table)), 0.0)
        return value[states] + lasting[states] * np.nan_to_num(brought - means[states])

    return solved


def space(size: int, rounds: int) -> dict[str, Any]:
    """What similar accounts buy: learnt once, then told for every account."""
    draw = seeded(2)
    traits = [
        Traits(key, f"industry {draw.randrange(20)}", int(10 ** draw.uniform(0, 3.5)), draw.choice("abcd"))
        for key in range(size)
    ]
    usual = [draw.uniform(0.02, 0.3) for _offering in range(OFFERINGS)]
    bought = {one.account: _basket(one, usual, draw) for one in traits}
    patterns = learn_patterns(traits, bought)
    told = [suggest(patterns, one, bought[one.account]) for one in traits]
    return {
        "learn_s": timed(lambda: learn_patterns(traits, bought), rounds),
        "suggest_s": timed(lambda: [suggest(patterns, one, bought[one.account]) for one in traits], rounds),
        "looked_at": patterns.looked_at,
        "passed": sum(len(those) for those in (*patterns.peers.values(), *patterns.baskets.values())),
        "suggestions": sum(len(those) for those in told),
    }


def _basket(one: Traits, usual: list[float], draw: random.Random) -> set[int]:
    """An industry buys its own offerings three times as often as others do."""
    own = int(one.industry.split()[1])
    return {
        offering for offering, share in enumerate(usual) if draw.random() < share * (3 if offering % 20 == own else 1)
    }


def repeats(size: int, rounds: int) -> dict[str, Any]:
    """Repeat orders: fitted, forecast with bands; recency, frequency and money of the same."""
    draw = seeded(3)
    buyers = [_buyer(key, draw) for key in range(size)]
    told = histories(buyers, TODAY)
    learnt = learn_from(told)
    assert learnt.buying is not None, learnt.unfit  # noqa: S101 - a benchmark of nothing would be fast
    return {
        "orders": sum(len(one.orders) for one in buyers),
        "fit_s": timed(lambda: learn(buyers, TODAY), rounds),
        "forecast_s": timed(lambda: forecast(learnt, told, rate=RATE), rounds),
        "rfm_s": timed(lambda: standings(buyers, TODAY), rounds),
    }


def _buyer(key: int, draw: random.Random) -> Buyer:
    span, rate, drop = draw.uniform(52, 156), draw.gammavariate(1, 1 / 6), draw.betavariate(0.8, 2.5)
    scale, at, days = draw.gammavariate(4, 1 / 1500), 0.0, [0.0]
    while len(days) == 1 or draw.random() >= drop:
        at += draw.expovariate(rate)
        if at > span:
            break
        days.append(at)
    first = TODAY - dt.timedelta(weeks=span)
    return Buyer(key, tuple((first + dt.timedelta(weeks=day), draw.gammavariate(6, 1 / scale)) for day in days))


def calibrated() -> Callable[[], object]:
    """A reliability table with all figures."""
    draw = seeded(4)
    given = [(key, draw.random()) for key in range(10_000)]
    cases = [Judged(key, probability, draw.random() < probability) for key, probability in given]
    return lambda: calibration(cases)


def parameters(folder: Path) -> dict[str, Any]:
    """BG/NBD on the published summary of customers."""
    with (folder / "cdnow_customers_summary.csv").open() as lines:
        rows = np.array(
            [(float(row["frequency"]), float(row["recency"]), float(row["T"])) for row in csv.DictReader(lines)]
        )
    found = buying.fit(buying.Seen(rows[:, 0], rows[:, 1], rows[:, 2]))
    if found is None:
        return {"LL": -float("inf")}
    names = ("r", "alpha", "a", "b", "LL")
    told = (*found.parameters.tolist(), found.log_likelihood)
    return {
        **{name: round(value, 4) for name, value in zip(names, told, strict=True)},
        "published": " ".join(map(str, PUBLISHED)),
    }


def foretold(folder: Path) -> dict[str, Any]:
    """Learnt until the end of September 1997, tried on the 39 weeks after."""
    orders: dict[str, list[tuple[dt.date, float | None]]] = {}
    for line in (folder / "CDNOW_sample.txt").read_text().splitlines():
        _master, customer, day, _count, amount = line.split()
        orders.setdefault(customer, []).append((dt.date.fromisoformat(day), float(amount)))
    buyers = [Buyer(int(customer), tuple(told)) for customer, told in orders.items()]
    told = histories(buyers, SPLIT)
    learnt = learn_from(told)
    later = {one.key: one.repeats for one in histories(buyers, END)}
    bought = [later[one.key] - one.repeats for one in told]
    expected = [one.purchases for one in forecast(learnt, told, weeks=39)]
    as_before = [one.repeats / one.span * 39 for one in told]
    return {
        "bought": sum(bought),
        "expected": round(sum(expected)),
        "as before": round(sum(as_before)),
        "mean error": round(_error(expected, bought), 3),
        "mean error, as before": round(_error(as_before, bought), 3),
        "spending": " ".join(f"{value:.2f}" for value in learnt.spending.parameters) if learnt.spending else "",
    }


def _error(told: list[float], bought: list[int]) -> float:
    return statistics.fmean(abs(one - other) for one, other in zip(told, bought, strict=True))


if __name__ == "__main__":
    main()
