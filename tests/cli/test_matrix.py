from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from customers import TODAY, Customers

if TYPE_CHECKING:
    from cli.conftest import Crmtui


def test_each_account_comes_with_its_posture_and_terms(crmtui: Crmtui) -> None:
    assert "no account to place" in crmtui("matrix").err
    customers = Customers(crmtui.path)
    lately = (TODAY - dt.date.today()).days / 365.25 + 0.1  # noqa: DTZ011 - the program asks the clock too
    customers.order(customers.account("Aurora"), lately, 30_000, price=100_000)
    (row,) = crmtui("matrix", "--why").rows
    assert (row["name"], row["sales"], row["segment"], row["cell"]) == ("Aurora", 100_000, "b", None)
    assert any(line.startswith("because: nobody has judged it yet") for line in row["why"])
    assert "Kept the place of 1 account." in crmtui("matrix", "--keep", "--format", "table").err
