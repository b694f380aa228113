"""Gamma-gamma: what a customer spends at each purchase (Fader & Hardie 2013, brucehardie.com/notes/025).

What is spent varies around a mean of the customer's own as gamma with shape p, and its scale from customer to customer
as gamma(q, v). Of a customer with x purchases of mean z we expect p·(v + x·z)/(p·x + q - 1) a purchase: the own mean,
shrunk towards that of all, p·v/(q-1). It takes spending to have nothing to do with how often one buys.

This file knows numpy and scipy; `repeat` loads it when there is something to learn.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
from scipy.special import gammaln, psi

from crmtui.method.likely import Fit, fitted

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats: TypeAlias = NDArray[np.floating[Any]]


def log_likelihoods(parameters: Floats, counts: Floats, means: Floats) -> Floats:
    """Of customers with so many purchases of such a mean, both above 0, for p, q, v above 0."""
    p, q, v = parameters
    shape = p * counts
    found: Floats = (
        gammaln(shape + q)
        - gammaln(shape)
        - gammaln(q)
        + q * np.log(v)
        + (shape - 1) * np.log(means)
        + shape * np.log(counts)
        - (shape + q) * np.log(v + counts * means)
    )
    return found


def fit(counts: Floats, means: Floats) -> Fit | None:
    """The most likely p, q, v with the covariance of their logarithms.

    None where nothing settles, or where q is 1 or less: the mean of all would have no end.
    """
    scale = float(means.mean())
    small = means / scale

    def misfit(logs: Floats) -> tuple[float, Floats]:
        parameters = np.exp(logs)
        return -float(log_likelihoods(parameters, counts, small).sum()), -_slopes(
            parameters, counts, small
        ) * parameters

    found = fitted(misfit, np.log([2.0, 3.0, 1.0]))
    if found is None or found.parameters[1] <= 1:
        return None
    parameters = found.parameters * np.array([1.0, 1.0, scale])
    return Fit(parameters, found.covariance, float(log_likelihoods(parameters, counts, means).sum()))


def expected(parameters: Floats, counts: Floats, means: Floats) -> Floats:
    """What each customer is expected to spend at a purchase; the mean of all where nothing is known (count 0)."""
    p, q, v = parameters
    found: Floats = p * (v + counts * np.where(counts > 0, means, 0.0)) / (p * counts + q - 1)
    return found


def _slopes(parameters: Floats, counts: Floats, means: Floats) -> Floats:
    """First derivatives of the logarithm of the likelihood of all, one for each parameter."""
    p, q, v = parameters
    shape = p * counts
    whole = np.log(v + counts * means)
    return np.array(
        [
            (counts * (psi(shape + q) - psi(shape) + np.log(means) + np.log(counts) - whole)).sum(),
            (psi(shape + q) - psi(q) + np.log(v) - whole).sum(),
            (q / v - (shape + q) / (v + counts * means)).sum(),
        ]
    )
