"""BG/NBD: how often customers buy again and whether they still do (Fader, Hardie & Lee 2005, Marketing Science 24).

While alive a customer buys at a rate that is gamma(r, alpha) from customer to customer, and after each purchase is lost
with a probability that is beta(a, b). x repeat purchases, the last at t, are seen over a time T since the first. The
logarithm of the likelihood (their equation 6) is put together from four terms that do not overflow (their Excel note):

    A1 = lnΓ(r+x) - lnΓ(r) + r·ln alpha         A3 = -(r+x)·ln(alpha+T)
    A2 = lnΓ(a+b) + lnΓ(b+x) - lnΓ(b) - lnΓ(a+b+x)
    A4 = ln a - ln(b+x-1) - (r+x)·ln(alpha+t)    for x > 0 only
    ln L = A1 + A2 + ln(exp A3 + exp A4)

This file knows numpy and scipy; `repeat` loads it when there is something to learn.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import numpy as np
from scipy.special import expit, gammaln, hyp2f1, psi

from crmtui.method.likely import Fit, fitted

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats: TypeAlias = NDArray[np.floating[Any]]

_APART: Final = 1e-6  # a is kept so far from 1, where the formula is 0/0


@dataclass(frozen=True, slots=True, eq=False)
class Seen:
    """What was seen of customers, one place for each.

    Attributes:
        repeats: x, purchases after the first, on other days.
        last: t, weeks from the first purchase to the last.
        span: T, weeks from the first purchase to today.
    """

    repeats: Floats
    last: Floats
    span: Floats


def log_likelihoods(parameters: Floats, seen: Seen) -> Floats:
    """Of each customer, for r, alpha, a, b above 0."""
    ends, alive, lost = _terms(parameters, seen)
    return ends + np.logaddexp(alive, lost)


def fit(seen: Seen) -> Fit | None:
    """The most likely r, alpha, a, b with the covariance of their logarithms; None where nothing settles."""
    alike, counts = np.unique(np.column_stack([seen.repeats, seen.last, seen.span]), axis=0, return_counts=True)
    scale = float(seen.span.max()) or 1.0
    small = Seen(alike[:, 0], alike[:, 1] / scale, alike[:, 2] / scale)

    def misfit(logs: Floats) -> tuple[float, Floats]:
        parameters = np.exp(logs)
        likely = float(counts @ log_likelihoods(parameters, small))
        return -likely, -(_slopes(parameters, small) @ counts) * parameters

    found = fitted(misfit, np.log([1.0, 0.5, 1.0, 3.0]))
    if found is None:
        return None
    parameters = found.parameters * np.array([1.0, scale, 1.0, 1.0])
    return Fit(parameters, found.covariance, float(log_likelihoods(parameters, seen).sum()))


def alive(parameters: Floats, seen: Seen) -> Floats:
    """The probability that each customer still buys; 1 for who bought once only: the model loses none before."""
    r, alpha, a, b = parameters
    more = np.maximum(seen.repeats, 1.0)
    odds = np.log(a) - np.log(b + more - 1) + (r + seen.repeats) * np.log((alpha + seen.span) / (alpha + seen.last))
    return np.where(seen.repeats > 0, expit(-odds), 1.0)


def expected(parameters: Floats, seen: Seen, weeks: Floats | float) -> Floats:
    """How many purchases of each customer to expect in so many weeks from today (their equation 10).

    The hypergeometric function is turned by Euler's identity, so that its arguments do not grow with x.
    """
    r, alpha, a, b = parameters
    if abs(a - 1) < _APART:
        a = 1 + _APART
    c = a + b + seen.repeats - 1
    z = weeks / (alpha + seen.span + weeks)
    rest = (1 - z) ** (a - 1) * hyp2f1(a + b - 1 - r, a - 1, c, z)
    found: Floats = np.maximum(0.0, c / (a - 1) * (1 - rest) * alive(parameters, seen))
    return found


def _terms(parameters: Floats, seen: Seen) -> tuple[Floats, Floats, Floats]:
    """A1 + A2, A3 and A4."""
    r, alpha, a, b = parameters
    x = seen.repeats
    more = np.maximum(x, 1.0)
    ends = gammaln(r + x) - gammaln(r) + r * np.log(alpha)
    ends = ends + gammaln(a + b) + gammaln(b + x) - gammaln(b) - gammaln(a + b + x)
    still = -(r + x) * np.log(alpha + seen.span)
    lost = np.log(a) - np.log(b + more - 1) - (r + x) * np.log(alpha + seen.last)
    return ends, still, np.where(x > 0, lost, -np.inf)


def _slopes(parameters: Floats, seen: Seen) -> Floats:
    """First derivatives of the logarithm of the likelihood: a row for each parameter."""
    r, alpha, a, b = parameters
    x = seen.repeats
    more = np.maximum(x, 1.0)
    _ends, still, lost = _terms(parameters, seen)
    gone = np.exp(lost - np.logaddexp(still, lost))
    here = 1 - gone
    return np.stack(
        [
            psi(r + x) - psi(r) + np.log(alpha) - here * np.log(alpha + seen.span) - gone * np.log(alpha + seen.last),
            r / alpha - (r + x) * (here / (alpha + seen.span) + gone / (alpha + seen.last)),
            psi(a + b) - psi(a + b + x) + gone / a,
            psi(a + b) + psi(b + x) - psi(b) - psi(a + b + x) - gone / (b + more - 1),
        ]
    )
