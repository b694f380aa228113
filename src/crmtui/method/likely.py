"""The most likely parameters above 0, and how sure they are: for models of what customers do (`buying`, `spending`).

Quasi-Newton steps on the logarithms (L-BFGS-B: Byrd, Lu, Nocedal & Zhu 1995); the curvature at the end gives the
covariance. Whatever runs to a bound, or leaves a flat direction, has not settled: it would be a figure of nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    Floats: TypeAlias = NDArray[np.floating[Any]]
    Misfit: TypeAlias = Callable[[Floats], tuple[float, Floats]]

BOUND: Final = 9.0  # logarithms within so much of 0: parameters from 0.0001 to 8,000
_STEP: Final = 1e-4
_FLAT: Final = 1e-6
_ROUNDS: Final = 500
_GAIN: Final = 0.01  # of log-likelihood, which is not worth another step


@dataclass(frozen=True, slots=True, eq=False)
class Fit:
    """What was found.

    Attributes:
        parameters: all above 0.
        covariance: of their logarithms (Laplace).
        log_likelihood: there.
    """

    parameters: Floats
    covariance: Floats
    log_likelihood: float


def fitted(misfit: Misfit, start: Floats) -> Fit | None:
    """Where the misfit, given with its derivatives for logarithms of parameters, is least; None where it is nowhere."""
    from scipy.optimize import minimize

    with np.errstate(all="ignore"):
        found = minimize(
            misfit,
            start,
            jac=True,
            method="L-BFGS-B",
            bounds=[(-BOUND, BOUND)] * len(start),
            options={"maxiter": _ROUNDS, "ftol": 1e-14, "gtol": 1e-7},
        )
        if not np.isfinite(found.fun) or np.abs(found.x).max() > BOUND - _STEP:
            return None
        curvature = _curvature(misfit, found.x)
    if not np.isfinite(curvature).all():
        return None
    widths = np.linalg.eigvalsh(curvature)
    if widths[0] < _FLAT * widths[-1]:
        return None
    covariance = np.linalg.inv(curvature)
    if _is_away(misfit(found.x)[1], covariance):
        return None
    return Fit(np.exp(found.x), covariance, -float(found.fun))


def _is_away(down: Floats, covariance: Floats) -> bool:
    """Whether a Newton step would still gain a hundredth of a log-likelihood: it stopped too early."""
    return float(down @ covariance @ down) / 2 > _GAIN


def _curvature(misfit: Misfit, at: Floats) -> Floats:
    """Second derivatives, by central differences of the first."""
    rows = []
    for place in range(len(at)):
        step = np.zeros_like(at)
        step[place] = _STEP
        rows.append((misfit(at + step)[1] - misfit(at - step)[1]) / (2 * _STEP))
    found = np.array(rows)
    return (found + found.T) / 2
