"""Keep what stood out on the map of an opportunity on the day it was won or lost: what to learn from later."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from crmtui.domain.delivery import OpportunityFinding
from crmtui.method.lessons import NOTHING
from crmtui.store.reading import records

if TYPE_CHECKING:
    import datetime as dt

    from crmtui.store.unit import UnitOfWork

FRESH: Final = 31  # days after which a map is no longer as it was on the day


def keep(unit: UnitOfWork, opportunity_id: int, closed_on: dt.date, today: dt.date) -> None:
    """Write down the findings of its map, or of its account's where it has none of its own.

    Where nobody is on a map, or it ended longer ago than the map can tell, there is nothing to write: what was not
    looked at is not the same as nothing found.
    """
    drop(unit, opportunity_id)
    if not 0 <= (today - closed_on).days <= FRESH:
        return
    from crmtui.method.dmu_findings import findings
    from crmtui.queries import standing

    found = standing.of_opportunities(unit.connection, [opportunity_id], closed_on).get(opportunity_id)
    if found is None or not found.figures.members:
        return
    codes = sorted({finding.fact.value for finding in findings(found.figures)}) or [NOTHING]
    for code in codes:
        unit.insert(OpportunityFinding, {"opportunity_id": opportunity_id, "finding": code, "day": closed_on})


def drop(unit: UnitOfWork, opportunity_id: int) -> None:
    """Take them back: it is open again, or is to be looked at anew."""
    for one in list(records.where(unit.connection, OpportunityFinding, "opportunity_id = ?", (opportunity_id,))):
        unit.delete(OpportunityFinding, one.id)
