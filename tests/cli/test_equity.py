from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from crmtui.domain.words import Level
from customers import Customers

if TYPE_CHECKING:
    from cli.conftest import Crmtui


@pytest.fixture
def customers(crmtui: Crmtui) -> Customers:
    found = Customers(crmtui.path)
    for name, margin in (("Aurora", 40_000), ("Helios", 10_000)):
        key = found.account(name, Level.BUYER)
        found.order(key, 0.5, margin)
    return found


@pytest.mark.usefixtures("customers")
def test_the_total_and_each_account_come_with_their_terms(crmtui: Crmtui) -> None:
    rows = {(row["section"], row["name"]): row for row in crmtui("equity", "--why").rows}
    total, aurora = rows["total", None], rows["account", "Aurora"]
    assert total["value"] == sum(row["value"] for (section, _name), row in rows.items() if section == "account")
    assert total["low"] < total["value"] < total["high"]
    assert (aurora["level"], aurora["currency"], aurora["leave"]) == ("buyer", "EUR", False)
    assert aurora["value"] == pytest.approx(aurora["of_level"] + aurora["own"], abs=1)
    assert any(line.startswith("brings: margin 400 EUR") for line in aurora["why"])
    out = crmtui("equity", "--format", "table").out
    assert out.index("Aurora") < out.index("Helios")
    assert "nothing counted yet" in out
    assert len(crmtui("equity", "--format", "ids", "--limit", "1").out.split()) == 1


def test_who_has_left_by_its_orders_is_marked(crmtui: Crmtui) -> None:
    customers = Customers(crmtui.path)
    customers.shop(120)
    rows = [row for row in crmtui("equity", "--why").rows if row["section"] == "account"]
    left = [row for row in rows if row["has_left"]]
    assert left
    assert all(
        row["still_buys"] < 0.1 and any(line.startswith("but: by its orders") for line in row["why"]) for row in left
    )
    assert all(row["still_buys"] >= 0.1 for row in rows if not row["has_left"])
    assert min(row["risk"] for row in left) > max(0.9, *(row["risk"] for row in rows if not row["has_left"]))
    out = crmtui("equity", "--format", "table", "--limit", "120").out
    assert len(re.findall(r"has left$", out, re.MULTILINE)) == len(left)
    assert f"{len(left)} accounts by their orders" in out
    name = left[0]["name"]
    assert "but: by its orders" in left[0]["why"][1]
    assert "by its orders it has left" in crmtui("accounts", "show", name, "--why", "--format", "table").out
    (shown,) = crmtui("accounts", "show", name, "--why").rows
    assert shown["figures"]["equity"]["has_left"] is True


def test_without_a_figure_it_is_said_why(crmtui: Crmtui) -> None:
    assert "There is no account yet." in crmtui("equity").err
    crmtui("accounts", "add", "--name", "Aurora")
    assert "Nobody has written down what anything sold brought in EUR" in crmtui("equity", "--format", "table").err


def test_where_nothing_was_sold_for_years_the_answer_says_so(crmtui: Crmtui) -> None:
    customers = Customers(crmtui.path)
    customers.order(customers.account("Aurora", Level.BUYER), 40, 9_000)
    found = crmtui("equity", "--format", "table").out
    assert "nothing was sold in the last three years" in found
    assert "0 EUR to 0 EUR" not in found
    given = crmtui("equity")
    assert "nothing was sold in the last three years" in given.err
    rows = {(row["section"], row["name"]): row for row in given.rows}
    assert (rows["total", None]["value"], rows["total", None]["low"], rows["total", None]["high"]) == (0, None, None)
    assert (rows["account", "Aurora"]["low"], rows["account", "Aurora"]["high"]) == (None, None)
    (shown,) = crmtui("accounts", "show", "Aurora", "--why").rows
    assert (shown["figures"]["equity"]["value"], shown["figures"]["equity"]["low"]) == (0, None)
    assert (rows["level", "buyer"]["value"], rows["level", "buyer"]["completeness"]) == (0, 1.0)
    assert (rows["level", "partner"]["value"], rows["level", "partner"]["completeness"]) == (None, None)


@pytest.mark.usefixtures("customers")
def test_customers_join_and_leave_a_programme(crmtui: Crmtui) -> None:
    crmtui("programmes", "add", "--name", "Circle", "--yearly-cost", "500 EUR", "--benefits", "An engineer in a day")
    assert "2 accounts came in" in crmtui("programmes", "join", "circle", "aurora", "helios", "--on", "-2y").err
    assert "0 accounts came in" in crmtui("programmes", "join", "circle", "aurora").err
    assert "lies before “Joined on”" in crmtui("programmes", "leave", "circle", "aurora", "--on", "-3y", code=1).err
    crmtui("programmes", "leave", "circle", "helios", "--reason", "too small")
    (row,) = crmtui("programmes", "show", "circle", "--why").rows
    assert [one["account"] for one in row["figures"]["members"]] == ["Aurora"]
    assert [(one["account"], one["reason"]) for one in row["figures"]["left"]] == [("Helios", "too small")]
    assert "they get" in crmtui("programmes", "show", "circle", "--why", "--format", "table").out
    assert crmtui("programmes", "list", "--columns", "name,members").rows == [{"name": "Circle", "members": 1}]
    crmtui("undo")
    assert crmtui("programmes", "list", "--columns", "members").rows == [{"members": 2}]
