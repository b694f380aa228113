"""Columns that come as text, their values parted by commas, as numbers: many times quicker than one by one.

numpy is loaded with this module: import it where there is much to work out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Whole = NDArray[np.int64]
    Flags = NDArray[np.bool_]

_EPOCH: Final = 719_163  # the ordinal of 1970-01-01
_DAY: Final = "S10"  # YYYY-MM-DD


def whole(text: str) -> Whole:
    """Whole numbers."""
    return np.fromstring(text, np.int64, sep=",") if text else np.empty(0, np.int64)


def real(text: str) -> Floats:
    """Real numbers; "nan" is one that is unknown."""
    return np.fromstring(text, np.float64, sep=",") if text else np.empty(0)


def days(text: str) -> Whole:
    """ISO days as ordinals, as `datetime.date.toordinal` counts them."""
    if not text:
        return np.empty(0, np.int64)
    parted = np.frombuffer(f"{text},".encode(), "S11").astype(_DAY)
    return parted.astype("datetime64[D]").astype(np.int64) + _EPOCH


def array(given: Sequence[float]) -> Floats:
    """Real numbers that are numbers already."""
    return np.array(given, np.float64)


def looked_up(keys: Whole, told: Mapping[int, float]) -> Floats:
    """What is told of each key: few that come again and again."""
    known, at = np.unique(keys, return_inverse=True)
    return np.array([told[key] for key in known.tolist()], np.float64)[at]
