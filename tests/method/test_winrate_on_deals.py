"""Win probability, method.md section 3, on real deals that it has not seen (`benchmarks/winrate.py` tells more)."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pytest
import winrate as bench
from deal_cards import Deals, maven, salvirt

DATA: Final = Path(__file__).parents[2].parent / "shared" / "data"


def folder(name: str) -> Path:
    found = DATA / name
    if not found.is_dir():
        pytest.skip(f"the deals to try it on are not here: {found}")
    return found


def unseen(deals: Deals) -> tuple[list[float], list[bool]]:
    """Probabilities of all deals, each from a model that has not seen it, and how they ended."""
    given: list[float] = []
    won: list[bool] = []
    for learnt_from, tried in bench.folds(len(deals.won), 0):
        given += bench.ours(deals, learnt_from, tried)
        won += [deals.won[at] for at in tried]
    return given, won


def test_real_deals_are_told_apart() -> None:
    """Check of method.md section 3, on the 365 distinct deals of Bohanec, Kljajić Borštnar & Robnik-Šikonja 2017."""
    given, won = unseen(salvirt(folder("salvirt")))
    assert len(won) == 365
    assert bench.brier(given, won) <= 0.165
    assert bench.area(given, won) >= 0.83


def test_without_a_signal_every_probability_is_the_base_rate() -> None:
    """Check of method.md section 3: 63.2 % of these made-up opportunities were won, whatever their attributes."""
    given, won = unseen(maven(folder("maven_crm")))
    rate = sum(won) / len(won)
    assert rate == pytest.approx(0.632, abs=0.001)
    assert max(abs(one - rate) for one in given) <= 0.02
