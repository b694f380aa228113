"""How good is the win probability on real deals that it has not seen, beside a reference library in the same run?

    python benchmarks/winrate.py FOLDER [FOLDER] [--json]

FOLDER holds `Salvirt_B2B_ML_dataset.csv` (real deals scored on 21 attributes), or the sales team's files
`sales_pipeline.csv`, `accounts.csv` and `sales_teams.csv`, whose outcomes carry no signal. The peer is scikit-learn's
logistic regression on one-hot attributes, as it comes. All seeds are fixed.
"""

from __future__ import annotations

import argparse
import random
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean
from typing import TYPE_CHECKING, Any, Final

from deal_cards import Deals, maven, salvirt
from report import Target, tell

from crmtui.method.winrate import estimate
from crmtui.method.winrate_learning import learn

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

FOLDS: Final = 10
SEEDS: Final = range(10)
FEW: Final = 40  # deals that little is learnt from
DRAWS: Final = 100  # of so few
BINS: Final = 5
POINTS: Final = 0.02  # that probabilities without a signal may be from the base rate


@dataclass(frozen=True, slots=True)
class Tried:
    """Probabilities of deals, in any order, with their outcomes: ours and the peer's."""

    won: list[bool]
    ours: list[float]
    peer: list[float]


def main() -> None:
    """Print the figures and whether the targets are met."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="+", type=Path, metavar="FOLDER")
    parser.add_argument("--json", action="store_true", help="one JSON object on stdout")
    asked = parser.parse_args()
    figures: dict[str, Any] = {}
    targets: list[Target] = []
    for folder in asked.folders:
        has_pipeline = (folder / "sales_pipeline.csv").exists()
        found, wanted = without_signal(maven(folder)) if has_pipeline else with_signal(salvirt(folder))
        figures |= found
        targets += wanted
    tell(figures, targets, as_json=asked.json)


def with_signal(deals: Deals) -> tuple[dict[str, Any], list[Target]]:
    """Ten folds under each seed, and learning from few deals."""
    runs = [_tried(deals, folds(len(deals.won), seed)) for seed in SEEDS]
    few = [_tried(deals, [_drawn(deals, seed)]) for seed in range(DRAWS)]
    our_brier, peer_brier = ([brier(getattr(run, who), run.won) for run in runs] for who in ("ours", "peer"))
    our_area, peer_area = ([area(getattr(run, who), run.won) for run in runs] for who in ("ours", "peer"))
    few_ours, few_peer = (fmean(brier(getattr(run, who), run.won) for run in few) for who in ("ours", "peer"))
    rate = fmean(deals.won)
    figures = {
        "deals": {"distinct": len(deals.won), "won": f"{rate:.3f}", "Brier of the rate": f"{rate * (1 - rate):.4f}"},
        "Brier, 10 folds": _range(our_brier, peer_brier),
        "AUC, 10 folds": _range(our_area, peer_area),
        f"Brier, {FEW} deals": {"crmtui": f"{few_ours:.4f}", "one-hot regression": f"{few_peer:.4f}"},
        **_calibration("crmtui", [one for run in runs for one in run.ours], [won for run in runs for won in run.won]),
        **_calibration("one-hot", [one for run in runs for one in run.peer], [won for run in runs for won in run.won]),
    }
    targets = [
        Target("Brier score of unseen deals", round(fmean(our_brier), 4), 0.165),
        Target("AUC of unseen deals", round(fmean(our_area), 4), 0.83, is_least=True),
        Target(f"Brier score from {FEW} deals, of the peer's", round(few_ours / few_peer, 3), 0.999),
    ]
    return figures, targets


def without_signal(deals: Deals) -> tuple[dict[str, Any], list[Target]]:
    """Ten folds: how far does any probability go from the base rate?"""
    found: list[float] = []
    for learnt_from, tried in folds(len(deals.won), 0):
        found += ours(deals, learnt_from, tried)
    rate = fmean(deals.won)
    farthest = max(abs(one - rate) for one in found)
    figures = {
        "no signal": {
            "closed": len(found),
            "base rate": f"{rate:.4f}",
            "lowest": f"{min(found):.4f}",
            "highest": f"{max(found):.4f}",
        }
    }
    return figures, [Target("farthest from the base rate, no signal", round(farthest, 4), POINTS)]


def brier(probabilities: Sequence[float], won: Sequence[bool]) -> float:
    """The mean squared error of probabilities (Brier 1950)."""
    return fmean((one - ended) ** 2 for one, ended in zip(probabilities, won, strict=True))


def area(probabilities: Sequence[float], won: Sequence[bool]) -> float:
    """The share of pairs, one won and one lost, in which the won one had the higher probability; ties count half."""
    ups = [one for one, ended in zip(probabilities, won, strict=True) if ended]
    downs = [one for one, ended in zip(probabilities, won, strict=True) if not ended]
    return sum((up > down) + (up == down) / 2 for up in ups for down in downs) / (len(ups) * len(downs))


def folds(count: int, seed: int) -> Iterator[tuple[list[int], list[int]]]:
    """(to learn from, to try) for each fold."""
    places = list(range(count))
    random.Random(seed).shuffle(places)  # noqa: S311 - a fixed order, not a secret
    for fold in range(FOLDS):
        tried = places[fold::FOLDS]
        out = set(tried)
        yield [at for at in places if at not in out], tried


def _drawn(deals: Deals, seed: int) -> tuple[list[int], list[int]]:
    """A few deals to learn from, some won and some lost, and all others."""
    draw = random.Random(seed)  # noqa: S311 - a fixed order, not a secret
    everything = range(len(deals.won))
    chosen: list[int] = []
    while len({deals.won[at] for at in chosen}) < 2:  # noqa: PLR2004 - won and lost
        chosen = draw.sample(everything, FEW)
    out = set(chosen)
    return chosen, [at for at in everything if at not in out]


def _tried(deals: Deals, folds: Any) -> Tried:  # noqa: ANN401 - pairs of places, in a list or one by one
    found = Tried([], [], [])
    for learnt_from, tried in folds:
        found.won.extend(deals.won[at] for at in tried)
        found.ours.extend(ours(deals, learnt_from, tried))
        found.peer.extend(peers(deals, learnt_from, tried))
    return found


def ours(deals: Deals, learnt_from: Sequence[int], tried: Sequence[int]) -> list[float]:
    """Our probabilities of some deals, learnt from others."""
    cards = deals.cards(learnt_from)
    model = learn(deals.outcomes(cards, learnt_from))
    return [estimate(model, deals.answers(cards[at])).value for at in tried]


def peers(deals: Deals, learnt_from: Sequence[int], tried: Sequence[int]) -> list[float]:
    """The reference library's."""
    from sklearn.linear_model import LogisticRegression
    from sklearn.preprocessing import OneHotEncoder

    names = [*deals.scales, *deals.records]
    rows = [[one[name] for name in names] for one in deals.attributes]
    encoder = OneHotEncoder(handle_unknown="ignore").fit([rows[at] for at in learnt_from])
    found = LogisticRegression(max_iter=1000)
    found.fit(encoder.transform([rows[at] for at in learnt_from]), [deals.won[at] for at in learnt_from])
    return [float(one) for one in found.predict_proba(encoder.transform([rows[at] for at in tried]))[:, 1]]


def _range(mine: Sequence[float], peer: Sequence[float]) -> dict[str, str]:
    return {
        "crmtui": f"{fmean(mine):.4f} ({min(mine):.4f} to {max(mine):.4f})",
        "one-hot regression": f"{fmean(peer):.4f} ({min(peer):.4f} to {max(peer):.4f})",
    }


def _calibration(who: str, probabilities: Sequence[float], won: Sequence[bool]) -> dict[str, str]:
    """For each fifth of the scale: how many deals, their mean probability and the share won."""
    found = {}
    for number in range(BINS):
        low, high = number / BINS, (number + 1) / BINS
        inside = [
            (one, ended)
            for one, ended in zip(probabilities, won, strict=True)
            if low <= one < high or one == high == 1.0
        ]
        if inside:
            given, ended = fmean(one for one, _won in inside), fmean(won for _one, won in inside)
            shown = f"n {len(inside) / len(SEEDS):.0f}  given {given:.2f}  won {ended:.2f}"
            found[f"{who} {low:.1f} to {high:.1f}"] = shown
    return found


if __name__ == "__main__":
    main()
