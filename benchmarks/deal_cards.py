"""Deals of the data sets as scorecards: what each attribute's values mean as a grade from 0 to 4.

Values that stand on one scale by their meaning have fixed grades, chosen without their outcomes. Where the name does
not say which way it speaks (a product, a seller, whether there was a request for information), the grade is the record
of that value in the deals learnt from, and in those only: two grades for twice the usual odds, after shrinking.
`Unknown` stays unknown.
"""

from __future__ import annotations

import csv
import math
from bisect import bisect
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from crmtui.method.scorecard import TOP, Graded
from crmtui.method.winrate import MIDDLE
from crmtui.method.winrate_learning import Outcome

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

_PRESENT: Final = {"No": 0, "Yes": 4}
_ABSENT: Final = {"Yes": 0, "No": 4}
SALVIRT: Final[Mapping[str, Mapping[str, int]]] = {
    "Authority": {"Low": 0, "Mid": 2, "High": 4},  # of the person we speak to
    "Comp_size": {"Small": 0, "Mid": 2, "Big": 4},  # what can be bought
    "Competitors": _ABSENT,
    "Partnership": _PRESENT,
    "Budgt_alloc": _PRESENT,
    "Forml_tend": _ABSENT,  # price decides, and everybody is asked
    "Growth": {"Slow down": 0, "Stable": 2, "Growth": 4},
    "Posit_statm": {"No": 0, "Neutral": 2, "Yes": 4},
    "Source": {"Direct mail": 0, "Media": 0, "Online form": 1, "Other": 2, "Event": 2, "Referral": 3, "Joint past": 4},
    "Client": {"New": 0, "Past": 2, "Current": 4},
    "Scope": {"Low": 0, "Few questions": 2, "Clear": 4},
    "Strat_deal": {"Unimportant": 0, "Average important": 2, "Very important": 4},
    "Cross_sale": _PRESENT,
    "Up_sale": _PRESENT,
    "Deal_type": {"Solution": 1, "Project": 2, "Consulting": 2, "Maintenance": 4},  # how near to what they have
    "Needs_def": {"No": 0, "Poor": 1, "Info gathering": 2, "Yes": 4},
    "Att_t_client": {"Bad client": 0, "First deal": 1, "Normal": 2, "Strategic account": 4},
}
SALVIRT_RECORDS: Final = ("Product", "Seller", "Purch_dept", "RFI", "RFP")
UNKNOWN: Final = "Unknown"
GRADES_A_DOUBLING: Final = 2  # of the odds
STRENGTHS: Final = (2, 5, 10, 20, 50, 100, 300, 1000, 10_000, 1_000_000)  # outcomes that the usual rate may weigh
PARTS: Final = 10  # that a record is made without, each in turn


@dataclass(frozen=True, slots=True)
class Deals:
    """Deals with their outcomes.

    Attributes:
        won: how each ended.
        attributes: as they are in the file.
        scales: the grade of each value, by attribute.
        records: attributes graded by their record.
    """

    won: Sequence[bool]
    attributes: Sequence[Mapping[str, str]]
    scales: Mapping[str, Mapping[str, int]]
    records: Sequence[str]

    def cards(self, learnt_from: Sequence[int]) -> list[dict[str, float]]:
        """The grades of every deal by attribute, records made of the given ones; without what is unknown."""
        columns: dict[str, list[float | None]] = {
            name: [scale.get(one[name]) for one in self.attributes] for name, scale in self.scales.items()
        }
        for name in self.records:
            columns[name] = _record([one[name] for one in self.attributes], self.won, learnt_from)
        return [
            {name: grade for name, grades in columns.items() if (grade := grades[at]) is not None}
            for at in range(len(self.won))
        ]

    @property
    def weights(self) -> dict[str, float]:
        """A template in which all criteria weigh the same."""
        return dict.fromkeys([*self.scales, *self.records], 1.0)

    def outcomes(self, cards: Sequence[Mapping[str, float]], places: Sequence[int]) -> list[Outcome]:
        """Some of the deals, to be learnt from."""
        weights = self.weights
        return [Outcome(self.won[at], weights, cards[at]) for at in places]

    def answers(self, card: Mapping[str, float]) -> list[Graded]:
        """A card as the method takes it."""
        return [Graded(name, weight, card.get(name)) for name, weight in self.weights.items()]


def salvirt(folder: Path) -> Deals:
    """The distinct rows: duplicates would be in what is learnt and in what is tried at once."""
    path = next(folder.glob("*.csv"))
    with path.open(encoding="utf-8", newline="") as file:
        rows = {tuple(row.values()): row for row in csv.DictReader(file, delimiter=";")}
    deals = list(rows.values())
    return Deals([row["Status"] == "Won" for row in deals], deals, SALVIRT, SALVIRT_RECORDS)


def maven(folder: Path) -> Deals:
    """All closed opportunities of the sales team, with what is known of agent, account and product."""
    accounts = {row["account"]: row for row in _rows(folder / "accounts.csv")}
    agents = {row["sales_agent"]: row for row in _rows(folder / "sales_teams.csv")}
    closed = [row for row in _rows(folder / "sales_pipeline.csv") if row["deal_stage"] in ("Won", "Lost")]
    sizes = sorted(float(row["revenue"]) for row in accounts.values())
    steps = [sizes[len(sizes) * fifth // 5] for fifth in range(1, 5)]
    deals = []
    for row in closed:
        account, agent = accounts.get(row["account"]), agents[row["sales_agent"]]
        deals.append({
            "product": row["product"],
            "agent": row["sales_agent"],
            "account": row["account"] or UNKNOWN,
            "office": agent["regional_office"],
            "manager": agent["manager"],
            "sector": account["sector"] if account else UNKNOWN,
            "size": str(bisect(steps, float(account["revenue"]))) if account else UNKNOWN,
        })  # fmt: skip
    scales = {"size": {str(grade): grade for grade in range(TOP + 1)}}
    records = ("product", "agent", "account", "office", "manager", "sector")
    return Deals([row["deal_stage"] == "Won" for row in closed], deals, scales, records)


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _record(values: Sequence[str], won: Sequence[bool], learnt_from: Sequence[int]) -> list[float | None]:
    """The grade of each value; a deal that is learnt from never sees the part of the deals that it is in itself."""
    count, wins = _counted(values, won, learnt_from)
    rate = (sum(won[at] for at in learnt_from) + 1) / (len(learnt_from) + 2)
    strength = _strength(count, wins, rate)
    part_of = {at: number % PARTS for number, at in enumerate(learnt_from)}
    parts = [_counted(values, won, learnt_from[number::PARTS]) for number in range(PARTS)]
    found: list[float | None] = []
    for at, value in enumerate(values):
        less, less_won = parts[part_of[at]] if at in part_of else (Counter[str](), Counter[str]())
        share = (wins[value] - less_won[value] + strength * rate) / (count[value] - less[value] + strength)
        doublings = math.log2(share / (1 - share)) - math.log2(rate / (1 - rate))
        grade = MIDDLE + GRADES_A_DOUBLING * doublings
        found.append(None if value == UNKNOWN else min(float(TOP), max(0.0, grade)))
    return found


def _counted(values: Sequence[str], won: Sequence[bool], places: Sequence[int]) -> tuple[Counter[str], Counter[str]]:
    return Counter(values[at] for at in places), Counter(values[at] for at in places if won[at])


def _strength(count: Counter[str], wins: Counter[str], rate: float) -> float:
    """How many outcomes the usual rate weighs: that under which what happened is most likely (beta-binomial)."""

    def likelihood(strength: float) -> float:
        a, b = strength * rate, strength * (1 - rate)
        known = math.lgamma(a) + math.lgamma(b) - math.lgamma(strength)
        return sum(
            math.lgamma(a + wins[value]) + math.lgamma(b + n - wins[value]) - math.lgamma(strength + n) - known
            for value, n in count.items()
            if value != UNKNOWN
        )

    return max(STRENGTHS, key=likelihood)
