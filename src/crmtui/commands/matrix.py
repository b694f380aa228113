"""Keep where accounts are in the portfolio matrix: later moves are told from there, not from what was known then."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmtui.domain.portfolio import PortfolioPosition
from crmtui.store.reading import records
from crmtui.store.unit import work
from crmtui.store.writing.bulk import insert_many
from crmtui.text import _

if TYPE_CHECKING:
    from pathlib import Path

    from crmtui.domain.words import Source
    from crmtui.queries.matrix import MatrixPage


def keep(path: Path, page: MatrixPage, source: Source) -> int:
    """Keep the places of the day, in the stead of those kept that day before; returns how many."""
    with work(path, _("Keep the places in the matrix"), source, by_record=False) as unit:
        for old in list(records.where(unit.connection, PortfolioPosition, "day = ?", (page.today.isoformat(),))):
            unit.delete(PortfolioPosition, old.id)
        given = [
            {
                "account_id": one.key,
                "day": page.today,
                "attractiveness": one.place.attractiveness.value,
                "strength": one.place.strength.value,
                "segment": one.segmented.segment,
                "posture": one.stance.posture,
            }
            for one in page.lines
        ]
        return len(list(insert_many(unit, PortfolioPosition, given)))
