"""Fits and forecasts of repeat buying for many accounts at once; this file knows numpy, and `repeat` loads it.

Bands by the delta method: the figure is moved with each parameter's logarithm, and the covariance of those gives its
variance: of the logarithm of what is above 0, of the log-odds of a probability, so that no band leaves its bounds.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import numpy as np

from crmtui.method import buying, spending
from crmtui.method.buying import Seen
from crmtui.method.repeat import Forecast
from crmtui.method.winrate import BAND

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from crmtui.method.likely import Fit
    from crmtui.method.repeat import History

    Floats: TypeAlias = NDArray[np.floating[Any]]

YEAR: Final = 365.25 / 7  # weeks
STEPS: Final = 4  # of a year, in each of which purchases are taken to come in the middle
_STEP: Final = 1e-3
_TINY: Final = 1e-300


def fit_buying(seen: Sequence[History]) -> Fit | None:
    """r, alpha, a, b; None where nothing settles."""
    return buying.fit(_seen(seen))


def fit_spending(priced: Sequence[History]) -> Fit | None:
    """p, q, v from histories that have a spend; None where nothing settles, or all spend the same."""
    return spending.fit(*_spent(priced))


def forecasts(
    bought: Fit, spent: Fit | None, histories: Sequence[History], weeks: float, rate: float, margin: float
) -> list[Forecast]:
    """As `repeat.forecast`, which checks what it is asked."""
    seen = _seen(histories)
    alive = _odds_band(bought, lambda parameters: buying.alive(parameters, seen))
    purchases = _band(bought, lambda parameters: buying.expected(parameters, seen, weeks))
    if spent is None:
        nothing: list[float | None] = [None] * len(histories)
        spend = value = value_low = value_high = nothing
    else:
        counts, means = _spent(histories)
        spend_, spend_wide = _log_wide(spent, lambda parameters: spending.expected(parameters, counts, means))
        worth, wide = _log_wide(bought, lambda parameters: _discounted(parameters, seen, weeks, rate))
        whole, factor = worth * spend_ * margin, np.exp(BAND * np.hypot(spend_wide, wide))
        ends = np.sort(np.stack([whole / factor, whole * factor]), axis=0)
        spend, value = spend_.tolist(), whole.tolist()
        value_low, value_high = ends[0].tolist(), ends[1].tolist()
    columns = (*(one.tolist() for one in (*alive, *purchases)), spend, value, value_low, value_high, histories)
    return [Forecast(history.key, *row) for history, *row in zip(histories, *columns, strict=True)]


def _discounted(parameters: Floats, seen: Seen, weeks: float, rate: float) -> Floats:
    """Expected purchases, each discounted to today from the middle of its step."""
    steps = max(1, math.ceil(weeks / YEAR * STEPS))
    found = np.zeros_like(seen.span)
    before = np.zeros_like(seen.span)
    for step in range(1, steps + 1):
        until = buying.expected(parameters, seen, weeks * step / steps)
        found += (until - before) / (1 + rate) ** (weeks * (step - 0.5) / steps / YEAR)
        before = until
    return found


def _band(fit: Fit, figure: Callable[[Floats], Floats]) -> tuple[Floats, Floats, Floats]:
    """A figure above 0 and the ends of its band."""
    found, wide = _log_wide(fit, figure)
    factor = np.exp(BAND * wide)
    return found, found / factor, found * factor


def _log_wide(fit: Fit, figure: Callable[[Floats], Floats]) -> tuple[Floats, Floats]:
    """A figure above 0 and the standard deviation of its logarithm."""
    return figure(fit.parameters), _wide(fit, lambda parameters: np.log(np.maximum(figure(parameters), _TINY)))


def _odds_band(fit: Fit, figure: Callable[[Floats], Floats]) -> tuple[Floats, Floats, Floats]:
    """A probability and the ends of its band; one that is 0 or 1 whatever the parameters has no width."""
    found = figure(fit.parameters)
    edge = np.finfo(float).eps
    inside = (found > edge) & (found < 1 - edge)

    def odds(parameters: Floats) -> Floats:
        p = np.clip(figure(parameters), edge, 1 - edge)
        return np.asarray(np.log(p / (1 - p)))

    half = np.where(inside, BAND * _wide(fit, odds), 0.0)
    middle = odds(fit.parameters)
    ends = [np.where(inside, 1 / (1 + np.exp(-(middle + sign * half))), found) for sign in (-1, 1)]
    return found, ends[0], ends[1]


def _wide(fit: Fit, figure: Callable[[Floats], Floats]) -> Floats:
    """The standard deviation of figures that parameters leave open, by central differences of their logarithms."""
    slopes = []
    for place in range(len(fit.parameters)):
        factor = np.ones_like(fit.parameters)
        factor[place] = math.exp(_STEP)
        slopes.append((figure(fit.parameters * factor) - figure(fit.parameters / factor)) / (2 * _STEP))
    each = np.array(slopes)
    return np.asarray(np.sqrt(np.maximum(0.0, np.einsum("in,ij,jn->n", each, fit.covariance, each))))


def _seen(histories: Sequence[History]) -> Seen:
    rows = np.array([(one.repeats, one.last, one.span) for one in histories], dtype=float)
    return Seen(rows[:, 0], rows[:, 1], rows[:, 2])


def _spent(histories: Sequence[History]) -> tuple[Floats, Floats]:
    rows = np.array([(one.priced, one.spend or 0.0) for one in histories], dtype=float)
    return rows[:, 0], rows[:, 1]
