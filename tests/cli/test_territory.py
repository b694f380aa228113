from __future__ import annotations

from typing import TYPE_CHECKING

from crmtui.commands import territory
from crmtui.domain.words import Source
from customers import TODAY, Customers

if TYPE_CHECKING:
    from cli.conftest import Crmtui


def test_the_plan_and_each_account_come_with_their_terms(crmtui: Crmtui) -> None:
    customers = Customers(crmtui.path)
    for name, sales in (("Aurora", 6_000_000), ("Helios", 2_000_000)):
        given = {"sales": sales, "margin_share": 0.4, "hours": 4.0}
        given |= {"none": 0.2, "half": 0.62, "more": 1.3, "most": 1.5}
        territory.judge(crmtui.path, customers.account(name), given, TODAY, Source.CLI)
    total, *accounts = crmtui("territory", "--why").rows
    assert (total["section"], total["capacity"], total["hours"], total["completeness"]) == ("total", 8.0, 8.0, 1.0)
    assert total["gain"] == sum(one["gain"] for one in accounts) > 0
    assert accounts[0]["hours"] > accounts[0]["hours_today"] == 4.0
    assert any(line.startswith("one hour more: brings at most") for line in accounts[0]["why"])
    out = crmtui("territory", "--capacity", "0", "--format", "table").out
    assert "nobody gets more than nothing" in out
    assert "of 1,000,000; today 8" in crmtui("territory", "--capacity", "1e6", "--format", "table").out
    territory.bound(crmtui.path, customers.account("Nordik"), {"pinned_hours": 10_000.0}, Source.CLI)
    territory.bound(crmtui.path, customers.account("Aquila"), {"pinned_hours": 1_234.0}, Source.CLI)
    assert "take 11,234 hours, and there are 10,000.5:" in crmtui("territory", "--capacity", "10000.5", code=1).err
    assert "give 0 or more" in crmtui("territory", "--capacity", "-1", code=2).err


def test_the_gain_of_fewer_and_of_more_hours_is_told(crmtui: Crmtui) -> None:
    customers = Customers(crmtui.path)
    given = {"sales": 6_000_000, "margin_share": 0.4, "hours": 4.0, "none": 0.2, "half": 0.62, "more": 1.3, "most": 1.5}
    key = customers.account("Aurora")
    territory.judge(crmtui.path, key, given, TODAY, Source.CLI)
    territory.bound(crmtui.path, key, {"least_hours": 2.0}, Source.CLI)
    points = [one for one in crmtui("territory", "--gains").rows if one["section"] == "gain"]
    assert [points[0]["capacity"], points[-1]["capacity"]] == [0.0, 8.0]
    assert points[0]["gain"] is None  # fewer hours than are promised
    known = [one["gain"] for one in points if one["gain"] is not None]
    assert known == sorted(known)
    assert known[0] < 0 < known[-1]
    four, more = (crmtui("territory", "--capacity", hours).rows[0]["gain"] for hours in ("4", "5"))
    (at_four,) = [one for one in points if one["capacity"] == 4.0]
    assert at_four["hour"] == more - four
    assert at_four["hour_most"] >= at_four["hour"]
    out = crmtui("territory", "--gains", "--format", "table").out
    assert "One hour more" in out
    assert "?" in out


def test_without_accounts_it_is_said(crmtui: Crmtui) -> None:
    assert "There is no account to share hours out to." in crmtui("territory").err


def test_curves_that_fall_or_are_told_in_part_are_refused_by_every_door(crmtui: Crmtui) -> None:
    Customers(crmtui.path).account("Aurora")
    said = ("--none", "0.2", "--half", "0.62", "--more", "1.3", "--most", "1.5")
    out = crmtui("curves", "add", "--account", "Aurora", *said[:4], "--more", "0.9", "--most", "1.5", code=1).err
    assert "must buy more than today" in out
    assert "all four" in crmtui("curves", "add", "--account", "Aurora", *said[:6], code=1).err
    assert not crmtui("curves", "list").rows
    crmtui("curves", "add", "--account", "Aurora", *said)
    (curve,) = crmtui("curves", "list").rows
    assert curve["judged_on"]
    assert "with half of the effort" in crmtui("curves", "edit", curve["uid"], "--half", "0.1", code=1).err
    crmtui("curves", "edit", curve["uid"], "--least-hours", "2")
    (curve,) = crmtui("curves", "list").rows
    assert (curve["half"], curve["least_hours"]) == (0.62, 2.0)
