"""The territory of the sample: areas, how accounts answer to effort, and plans that were kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from crmtui.domain.accounts import Account
from crmtui.domain.territory import Area, ResponseCurve, ScenarioLine, TerritoryScenario
from crmtui.sample.rows import Ref

if TYPE_CHECKING:
    from collections.abc import Mapping

    from crmtui.sample.rows import Book, Table


_LINE: Final = ("hours_today", "hours", "gain")


def add_territory(book: Book, table: Table, currencies: Mapping[str, str]) -> None:
    """Add what is told of the territory; `currencies` are those of the accounts."""
    for name, area in table["areas"].items():
        book.add(Area, name, area)
    for name, curve in table["curves"].items():
        account = {"account": Ref(Account, name), "currency": currencies[name]}
        book.add(ResponseCurve, name, account | curve)
    for name, told in table["scenarios"].items():
        scenario = book.add(TerritoryScenario, name, {key: value for key, value in told.items() if key != "hours"})
        for account_name, figures in told["hours"].items():
            given = {"scenario": scenario, "account": Ref(Account, account_name), "currency": "EUR"}
            found = dict(zip(_LINE, figures, strict=False))
            book.add(ScenarioLine, f"{name}.{account_name}", given | found)
