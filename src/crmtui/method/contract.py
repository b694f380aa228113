"""What a contract customer is worth: a simple multiple of its margin (method.md section 5).

A customer that brings m a period, the first one period ahead, and stays with probability r each time, is worth

    m · r/(1+i-r)

for ever (Gupta & Lehmann 2003, "Customers as assets"; their margin multiple with a constant margin).
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Multiple:
    """A value and its terms.

    Attributes:
        value: margin times multiple, in the unit of the margin.
        multiple: r/(1+i-r).
        margin: m, in a period.
        retention: r, 0 to 1.
        rate: i, of a period.
    """

    value: float
    multiple: float
    margin: float
    retention: float
    rate: float


def contract_value(margin: float, retention: float, rate: float) -> Multiple:
    """What the periods to come are worth; ValueError for a retention not between 0 and 1, or a rate not above 0."""
    if not 0 <= retention <= 1:
        raise ValueError(f"a retention of {retention} is not between 0 and 1")
    if not rate > 0:
        raise ValueError(f"a discount rate of {rate} is not above 0")
    multiple = retention / (1 + rate - retention)
    return Multiple(margin * multiple, multiple, margin, retention, rate)
