"""How long does it take to propose contacts for a plan, and how does that grow?

    python benchmarks/propose.py [--rounds N] [--json]

Made-up decision-making units of 8 to 300 people, half of the relationships judged, ten contacts a person, seven
channels as a new workspace has them, no budget; plans of a quarter and of a year. Milliseconds, medians, beside how
many contacts are proposed (at most 60) and what they add to coverage, in points.
"""

from __future__ import annotations

import argparse
import datetime as dt
import random
import statistics
import time
from typing import Any, Final

from report import Target, tell

from crmtui.commands.workspace import CHANNELS
from crmtui.method.proposals import Meeting, Person, Rules, Way
from crmtui.method.propose import propose

SIZES: Final = (8, 30, 100, 300)
WEEKS: Final = (13, 52)
ASKED: Final = "30 people, 13 weeks"
MOST_MS: Final = 1_000.0
TODAY: Final = dt.date(2026, 3, 12)
SEED: Final = 7


def main() -> None:
    """Print the figures and whether the target is met."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--json", action="store_true", help="one JSON object on stdout")
    asked = parser.parse_args()
    found = {f"{size} people, {weeks} weeks": measure(size, weeks, asked.rounds) for size in SIZES for weeks in WEEKS}
    targets = [Target(f"a draft for {ASKED}, ms", found[ASKED]["draft_ms"], MOST_MS)]
    tell(found, targets, as_json=asked.json)


def measure(size: int, weeks: int, rounds: int) -> dict[str, Any]:
    """The median of one size."""
    people, held = made(size), rules(weeks)
    ways = [
        Way(key, quality, cost * 100, hours) for key, (_code, _name, cost, hours, quality) in enumerate(CHANNELS, 1)
    ]
    times = []
    for _round in range(rounds):
        start = time.perf_counter()
        draft = propose(people, ways, held)
        times.append((time.perf_counter() - start) * 1000)
    outlook = draft.outlook
    return {
        "draft_ms": round(statistics.median(times), 1),
        "proposed": len(draft.proposals),
        "points": round(((outlook.proposed or 0) - (outlook.planned or 0)) * 100, 1),
    }


def rules(weeks: int) -> Rules:
    """A plan from today, worked at from Monday to Friday, a week between two contacts."""
    return Rules(
        today=TODAY,
        starts_on=TODAY,
        ends_on=TODAY + dt.timedelta(weeks=weeks),
        working_days=frozenset(range(5)),
        cadence=7,
        left=None,
        hour_cost=6_000,
        half_life=90,
    )


def made(size: int) -> list[Person]:
    """People of unequal weight with a past, always the same."""
    draw = random.Random(SEED)  # noqa: S311 - made-up people, no secrets
    weights = [draw.random() ** 3 for _person in range(size)]
    return [
        Person(
            key=key,
            leverage=weight / sum(weights),
            relationship=draw.choice((None, draw.randint(0, 4))),
            done=tuple(Meeting(TODAY - dt.timedelta(days=draw.randint(0, 400)), 0.35) for _contact in range(10)),
            preferred=draw.choice((None, draw.randint(1, 7))),
        )
        for key, weight in enumerate(weights)
    ]


if __name__ == "__main__":
    main()
