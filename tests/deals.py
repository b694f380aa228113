"""A small workspace with opportunities, for tests of all that works on them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from crmtui.commands import opportunities, records
from crmtui.domain.accounts import Account
from crmtui.domain.words import Source
from crmtui.queries import scorecards

if TYPE_CHECKING:
    from pathlib import Path

    from crmtui.queries.scorecards import Line

TODAY = dt.date(2026, 3, 12)
TUI = Source.TUI


@dataclass(frozen=True)
class Deals:
    """The file, its one account and the opportunity `Line 4` there."""

    path: Path
    account: int
    line4: int

    def add(self, name: str, **fields: Any) -> int:
        """Another opportunity."""
        return opportunities.add(self.path, {"name": name, **fields}, TUI, TODAY)

    def line(self, code: str, opportunity: int = 0) -> Line:
        """A row of the latest scorecard."""
        card = scorecards.card(self.path, opportunity or self.line4, TODAY)
        return next(line for line in card.lines if line.code == code)

    def score_of(self, opportunity: int = 0) -> float | None:
        """The weighted score of the latest scorecard."""
        return scorecards.card(self.path, opportunity or self.line4, TODAY).score.value


def begin(path: Path) -> Deals:
    """Write them into a new workspace."""
    account = records.add(path, Account, {"name": "Aurora Spa"}, TUI)
    fields = {
        "name": "Line 4",
        "account_id": account,
        "value": 18_000_000,
        "margin": 6_200_000,
        "expected_on": dt.date(2026, 6, 30),
    }
    return Deals(path, account, opportunities.add(path, fields, TUI, TODAY))
