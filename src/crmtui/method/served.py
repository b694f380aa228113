"""Whether an account gets the hours that the accepted plan of the territory gives it (method.md section 4).

What was spent and what is planned until the plan ends is held against the hours of the plan:

- too much where both together are more than the hours, and some slack;
- too little where what was spent lags behind an even pace by more than the slack, and what is planned does not make up
  for it.

The slack is a tenth of the hours, at least one: a contact more or less is no departure from a plan.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from crmtui.method.territory_plan import Served

SLACK: Final = 0.1
LEAST_SLACK: Final = 1.0  # hours


@dataclass(frozen=True, slots=True)
class Service:
    """How an account is served.

    Attributes:
        served: too little, too much, or right.
        hours: that the plan gives it.
        done: hours that were spent since the plan began.
        planned: hours to come until it ends.
        due: hours that an even pace would have spent by now.
    """

    served: Served
    hours: float
    done: float
    planned: float
    due: float

    @property
    def off(self) -> float:
        """By how many hours it departs from the plan, at its end."""
        return abs(self.done + self.planned - self.hours)


def service(hours: float, done: float, planned: float, share: float) -> Service:
    """How an account is served when a share (0 to 1) of the plan's days has gone.

    Raises:
        ValueError: hours below 0, or a share outside of 0 to 1.
    """
    if min(hours, done, planned) < 0 or not 0 <= share <= 1:
        raise ValueError(f"{hours}, {done} and {planned} hours and a share of {share} make no plan")
    slack = max(LEAST_SLACK, SLACK * hours)
    due, whole = share * hours, done + planned
    served = Served.RIGHT
    if whole > hours + slack:
        served = Served.OVER
    elif whole < hours - slack and done < due - slack:
        served = Served.UNDER
    return Service(served, hours, done, planned, due)
