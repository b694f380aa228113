"""How long does it take to share out the hours of a period exactly, and is it the optimum?

    python benchmarks/territory.py [--rounds N] [--seconds N] [--json]

Made-up territories with S-shaped and concave curves. The peer is HiGHS, by scipy.optimize.milp, without a gap: the same
problem as a mixed-integer program, in the same run, with so many seconds at most. Three kinds at 10,000 accounts: each
contact takes one hour; contacts take from a quarter of an hour to two; the same, and a hundred areas share trips
(without a peer). Seconds, medians: from the accounts to the plan with all its reasons. Then 200 random territories of
up to 12 accounts: how often the peer's plan is worth something else.
"""

from __future__ import annotations

import argparse
import math
import os
import random
import statistics
import time
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

# Before numpy is loaded: its idle threads would slow down who is measured next.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
from report import Target, tell
from territories import account, by_highs

from crmtui.method.territory import Area, allocate, gains
from crmtui.method.units import CONTACTS, HOURS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crmtui.method.territory import Account
    from crmtui.method.units import Unit

SEED: Final = 1971
MIXED: Final = (0.25, 0.5, 0.75, 1.0, 1.5, 2.0)
SHARE: Final = 0.9  # of the hours that today's effort takes
SMALL: Final = 120
LARGE: Final = 10_000
POINTS: Final = 25
TRIALS: Final = 200
SAME: Final = 1e-9  # relative difference of two sums of doubles that are the same


def main() -> None:
    """Print the figures and whether the targets are met."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=300.0, help="that the peer may take for one territory")
    parser.add_argument("--json", action="store_true", help="one JSON object on stdout")
    asked = parser.parse_args()
    small, hourly, mixed = made(SMALL, 24, MIXED), made(LARGE, 19, (1.0,)), made(LARGE, 19, MIXED)
    found = {
        "120 x 25": measure(small, rounds=asked.rounds) | curve(small) | peer(small, asked.seconds),
        "10,000 x 20": measure(hourly, rounds=asked.rounds) | peer(hourly, asked.seconds),
        "10,000 x 20, mixed": measure(mixed, rounds=asked.rounds) | peer(mixed, asked.seconds),
        "10,000 x 20, trips": measure(*with_trips(mixed), rounds=asked.rounds),
        "10,000 x 20, contacts": measure(mixed, rounds=asked.rounds, unit=CONTACTS),
        "200 random": trials(),
    }
    large = found["10,000 x 20"]
    targets = [
        Target("120 accounts of 25 levels, s", found["120 x 25"]["plan_s"], 0.1),
        Target("10,000 accounts of 20 levels, s", large["plan_s"], 2.0),
        Target("the same, mixed, s", found["10,000 x 20, mixed"]["plan_s"], 2.0),
        Target("the same, contacts, s", found["10,000 x 20, contacts"]["plan_s"], 2.0),
        Target("times as fast as HiGHS", large["times"], 5.0, is_least=True),
        Target("difference to its optimum", large["difference"], SAME),
        Target("differences on 200 random territories", found["200 random"]["differences"], 0),
    ]
    tell(found, targets, as_json=asked.json)


def made(count: int, most: int, hours: Sequence[float]) -> list[Account]:
    """A territory, always the same."""
    draw = random.Random(SEED)  # noqa: S311 - made-up accounts, no secrets
    return [account(key, draw, most=most, hours=hours) for key in range(count)]


def with_trips(accounts: Sequence[Account], count: int = 100) -> tuple[list[Account], list[Area]]:
    """The same with a hundred areas, a trip to each taking from four to forty hours in the period."""
    draw = random.Random(SEED)  # noqa: S311 - made-up areas, no secrets
    areas = [Area(key, f"area {key}", draw.choice((4.0, 8.0, 16.0, 40.0))) for key in range(count)]
    return [replace(one, area=draw.randrange(count)) for one in accounts], areas


def capacity_of(accounts: Sequence[Account], unit: Unit = HOURS) -> float:
    """Less than today's effort takes."""
    return round(SHARE * sum(one.today * (1 if unit.is_contacts else one.hours) for one in accounts), 1)


def measure(
    accounts: Sequence[Account], areas: Sequence[Area] = (), rounds: int = 5, unit: Unit = HOURS
) -> dict[str, Any]:
    """The median from accounts to plan."""
    times = []
    for _round in range(rounds):
        start = time.perf_counter()
        plan = allocate(accounts, capacity_of(accounts, unit), areas, unit=unit)
        times.append(time.perf_counter() - start)
    return {"plan_s": round(statistics.median(times), 4), "value": plan.value, "below_bound": plan.bound - plan.value}


def curve(accounts: Sequence[Account]) -> dict[str, Any]:
    """The gain curve: so many capacities, each solved exactly."""
    start = time.perf_counter()
    gains(accounts, [capacity_of(accounts) * at / (POINTS // 2) for at in range(POINTS)])
    return {"curve_s": round(time.perf_counter() - start, 4)}


def peer(accounts: Sequence[Account], seconds: float) -> dict[str, Any]:
    """What HiGHS takes and finds beside one more plan of ours; the whole value is missing where it finds none."""
    start = time.perf_counter()
    plan = allocate(accounts, capacity_of(accounts))
    between = time.perf_counter()
    answer = by_highs(accounts, capacity_of(accounts), seconds=seconds)
    took = time.perf_counter() - between
    difference = 1.0 if answer.value is None else abs(answer.value - plan.value) / abs(plan.value)
    return {
        "highs_s": round(took, 2),
        "times": round(took / (between - start), 1),
        "difference": difference,
        "highs_proved": answer.is_optimal,
    }


def trials() -> dict[str, Any]:
    """How many of 200 random territories are worth something else to HiGHS."""
    draw = random.Random(SEED)  # noqa: S311 - made-up accounts, no secrets
    differences = 0
    for _trial in range(TRIALS):
        accounts = [account(key, draw, most=draw.randint(1, 10), hours=MIXED) for key in range(draw.randint(1, 12))]
        capacity = round(draw.uniform(0, 1.1) * sum((one.most or 0) * one.hours for one in accounts), 2)
        cost = draw.choice((0.0, 6_000.0))
        plan, answer = allocate(accounts, capacity, hour_cost=cost), by_highs(accounts, capacity, cost)
        is_same = answer.is_optimal and math.isclose(plan.value, answer.value or 0.0, rel_tol=SAME)
        differences += not is_same
    return {"differences": differences}


if __name__ == "__main__":
    main()
