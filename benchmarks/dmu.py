"""How long does a decision-making unit take to be worked out again, and how does that grow?

    python benchmarks/dmu.py [--rounds N] [--json]

Made-up maps of 5 to 300 people with four lines of influence each, half of the attitudes, powers and relationships
judged, five contacts a person. Milliseconds, medians: all figures anew (leverages, favour and coverage with their terms
and bands); the same once an attitude has changed, which moves no leverage; all findings, each with its gain from
figures worked out again. The peer solves the same equations with numpy on one thread, for the opinions and leverages
alone; the greatest difference to it is told, too.
"""

from __future__ import annotations

import argparse
import os
import random
import statistics
import time
from typing import TYPE_CHECKING, Any, Final

# Before numpy is loaded: its idle threads would slow down who is measured next.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
import numpy as np
from report import Target, tell

from crmtui.domain.words import Role
from crmtui.method.coverage import Encounter
from crmtui.method.dmu import Figures, Member, figures
from crmtui.method.dmu_findings import findings
from crmtui.method.influence import Tie
from crmtui.method.what_if import changed

if TYPE_CHECKING:
    from collections.abc import Callable

SIZES: Final = (5, 10, 30, 100, 300)
ASKED: Final = 30
MOST_MS: Final = 5.0
LIES: Final = 1e-9  # the most that rounding may differ by
SEED: Final = 7


def main() -> None:
    """Print the figures and whether the targets are met."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=101)
    parser.add_argument("--json", action="store_true", help="one JSON object on stdout")
    asked = parser.parse_args()
    found = {f"{size} people": measure(size, asked.rounds) for size in SIZES}
    wanted = found[f"{ASKED} people"]
    targets = [
        Target(f"a map of {ASKED} people anew, ms", wanted["anew_ms"], MOST_MS),
        Target("the same after a change of attitude, ms", wanted["attitude_ms"], MOST_MS),
        Target("greatest difference to numpy", max(one["difference"] for one in found.values()), LIES),
    ]
    tell(found, targets, as_json=asked.json)


def measure(size: int, rounds: int) -> dict[str, Any]:
    """Medians in milliseconds for one size; fewer rounds where one takes long."""
    members, ties = made(size)
    before = figures(members, ties)
    ways: dict[str, Callable[[], object]] = {
        "anew_ms": lambda: figures(members, ties),
        "attitude_ms": lambda: changed(before, {members[0].key: {"attitude": 1}}),
        "findings_ms": lambda: findings(before),
        "numpy_ms": lambda: peer(before),
    }
    times: dict[str, list[float]] = {name: [] for name in ways}
    for _round in range(max(3, rounds * ASKED // max(size, ASKED))):
        for name, way in ways.items():
            start = time.perf_counter()
            way()
            times[name].append((time.perf_counter() - start) * 1000)
    medians: dict[str, Any] = {name: round(statistics.median(taken), 3) for name, taken in times.items()}
    return medians | {"difference": difference(before)}


def made(size: int) -> tuple[list[Member], list[Tie]]:
    """People and the lines between them, always the same."""
    draw = random.Random(SEED)  # noqa: S311 - made-up people, no secrets

    def judged(low: int, high: int) -> int | None:
        return draw.randint(low, high) if draw.random() < 1 / 2 else None

    members = [
        Member(
            key=key,
            roles=(draw.choice(list(Role)),),
            power=judged(0, 4),
            attitude=judged(-2, 2),
            relationship=judged(0, 4),
            openness=draw.random(),
            reports_to=draw.randrange(1, key) if key > 1 else None,
            encounters=tuple(Encounter(draw.random(), draw.randrange(365)) for _ in range(5)),
        )
        for key in range(1, size + 1)
    ]
    ties = [
        Tie(draw.randint(1, size), draw.randint(1, size), draw.randint(1, 3), draw.random() < 1 / 4)
        for _ in range(4 * size)
    ]
    return members, ties


def peer(found: Figures) -> tuple[Any, Any]:
    """Opinions and leverages by numpy: x = V s and c = dᵀV, with V = (I - ΛW)^-1 (I - Λ) as it stands."""
    terms = found.leverage.terms
    places = {term.key: at for at, term in enumerate(terms)}
    weights = np.zeros((len(terms), len(terms)))
    for at, term in enumerate(terms):
        for key, weight in term.listens:
            weights[at, places[key]] = weight
    openness = np.array([term.openness for term in terms])
    matrix = np.eye(len(terms)) - openness[:, None] * weights
    attitudes = np.array([(member.attitude or 0) / 2 for member in found.members])
    rights = np.array([term.right for term in terms])
    opinions = np.linalg.solve(matrix, (1 - openness) * attitudes)
    return opinions, np.linalg.solve(matrix.T, rights) * (1 - openness)


def difference(found: Figures) -> float:
    """The greatest difference to the peer, of an opinion or a leverage."""
    opinions, leverages = peer(found)
    ours = [term.opinion for term in found.favour.terms], [term.leverage for term in found.leverage.terms]
    return float(max(np.abs(opinions - ours[0]).max(), np.abs(leverages - ours[1]).max()))


if __name__ == "__main__":
    main()
