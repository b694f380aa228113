"""Made-up territories, and the peer that shares out their hours, too: HiGHS, by scipy."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

from crmtui.method.response import Judgements, fit
from crmtui.method.territory import MINUTES, Account

if TYPE_CHECKING:
    import random
    from collections.abc import Sequence


def account(key: int, draw: random.Random, *, most: int, hours: Sequence[float]) -> Account:
    """A made-up account with so many contacts at most, a contact taking one of these hours."""
    none = draw.uniform(0, 0.6)
    half = draw.uniform(none + 0.05, 0.95)
    more = draw.uniform(1.05, 1.4)
    return Account(
        key=key,
        name=f"account {key}",
        curve=fit(Judgements(none, half, more, draw.uniform(more + 0.05, 2.0))),
        today=draw.randint(1, max(1, most // 3)),
        sales=round(draw.lognormvariate(9, 1.2) * 100),
        margin=draw.uniform(0.1, 0.5),
        hours=draw.choice(hours),
        contact_cost=draw.choice((0, 0, 2_000)),
        most=most,
    )


@dataclass(frozen=True, slots=True)
class Answer:
    """What the peer found.

    Attributes:
        value: margin less cost of its plan, worked out from its whole numbers; None where it found none in time.
        is_optimal: whether it says that there is no better one.
        message: what it says.
    """

    value: float | None
    is_optimal: bool
    message: str


def by_highs(accounts: Sequence[Account], capacity: float, hour_cost: float = 0.0, seconds: float = 60.0) -> Answer:
    """The same problem as a mixed-integer program: a yes or no for every number of contacts of every account."""
    sizes = [one.ends[1] - one.ends[0] + 1 for one in accounts]
    pairs = [(one, contacts) for one in accounts for contacts in range(one.ends[0], one.ends[1] + 1)]
    values = np.array([worth(one, contacts, hour_cost) for one, contacts in pairs])
    minutes = np.array([[contacts * round(one.hours * MINUTES) for one, contacts in pairs]])
    unit = max(1, int(np.gcd.reduce(minutes, axis=None)))
    each = csr_array((np.ones(len(pairs)), (np.repeat(np.arange(len(sizes)), sizes), np.arange(len(pairs)))))
    found: Any = milp(
        -values / max(1.0, float(np.abs(values).max())),  # it warns of great figures
        integrality=np.ones(len(pairs)),
        bounds=Bounds(0, 1),
        constraints=[
            LinearConstraint(each, 1, 1),
            LinearConstraint(csr_array(minutes / unit), -np.inf, math.floor(capacity * MINUTES + 1e-6) // unit),
        ],
        options={"mip_rel_gap": 0, "time_limit": seconds},
    )
    if found.x is None:
        return Answer(None, is_optimal=False, message=found.message)
    return Answer(math.fsum(values[found.x > 1 / 2]), is_optimal=found.status == 0, message=found.message)


def worth(one: Account, contacts: int, hour_cost: float = 0.0) -> float:
    """Margin less cost of an account whose figures are known, with so many contacts."""
    sales = (one.sales or 0.0) * one.curve.at(contacts / one.base)
    return (one.margin or 0.0) * sales - contacts * (one.contact_cost + one.hours * hour_cost)
