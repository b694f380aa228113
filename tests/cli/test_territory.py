from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Final

from crmtui.commands import territory
from crmtui.domain.words import Source
from customers import TODAY, Customers

if TYPE_CHECKING:
    from cli.conftest import Crmtui, Ran

SOUTH: Final = (0.3, 0.7, 1.15, 1.4)


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
    assert at_four["one_more"] == more - four
    assert at_four["one_more_most"] >= at_four["one_more"]
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


def met(crmtui: Crmtui) -> None:
    """The two territories of method.md: four calls of two hours with each in this quarter."""
    customers = Customers(crmtui.path)
    customers.set(hour_cost=0.0)
    lately = (TODAY - dt.date.today()).days / 365.25 + 0.1  # noqa: DTZ011 - the program asks the clock too
    for name, sales, margin, said in (("North", 24_000, 0.4, (0.2, 0.62, 1.3, 1.5)), ("South", 20_000, 0.3, SOUTH)):
        key = customers.account(name)
        answers = dict(zip(("none", "half", "more", "most"), said, strict=True))
        territory.judge(crmtui.path, key, {"sales": sales, "margin_share": margin, **answers}, TODAY, Source.CLI)
        for _call in range(4):
            customers.contact(key, lately, hours=2.0)


def test_the_example_of_the_method_is_shared_out_in_contacts(crmtui: Crmtui) -> None:
    met(crmtui)
    total, north, south = crmtui("territory", "--by", "contacts", "--why").rows
    assert (total["unit"], total["capacity"], total["contacts_today"], total["hours"]) == ("contacts", 8.0, 8.0, 16.0)
    assert [(one["contacts"], one["hours_each"], one["hours"]) for one in (north, south)] == [(5, 2, 10), (3, 2, 6)]
    assert total["gain"] == 205  # 41.0527 less 39.00, in cents
    assert "hours a contact: 2, of its own 4 contacts" in north["why"]
    assert any(line.startswith("one contact more: brings at most") for line in north["why"])
    out = crmtui("territory", "--by", "contacts", "--capacity", "9", "--gains", "--format", "table").out
    assert "Contacts today" in out
    assert "One contact more" in out
    assert "9 of 9; today 8" in out
    assert crmtui("territory").rows[0]["unit"] == "hours"
    assert "--by is one of hours, contacts" in crmtui("territory", "--by", "days", code=2).err
    assert "take 9 contacts, and there are 3" in pinned(crmtui).err


def pinned(crmtui: Crmtui) -> Ran:
    crmtui("curves", "edit", crmtui("curves", "list").rows[0]["uid"], "--pinned-hours", "18")
    return crmtui("territory", "--by", "contacts", "--capacity", "3", code=1)


def test_a_scenario_keeps_the_contacts_that_it_was_divided_in(crmtui: Crmtui) -> None:
    met(crmtui)
    crmtui("territory", "--by", "contacts", "--capacity", "8", "--save", "Spring")
    crmtui("territory", "--by", "contacts", "--capacity", "10", "--save", "Autumn")
    crmtui("territory", "--by", "hours", "--capacity", "16", "--save", "Hours")
    crmtui("scenarios", "accept", "Spring")
    assert crmtui("territory").rows[0]["unit"] == "contacts"  # as what counts is divided
    rows = crmtui("scenarios", "show", "Spring").rows
    assert [(one["unit"], one["contacts"], one["hours"]) for one in rows] == [
        ("contacts", 5, 10.0),
        ("contacts", 3, 6.0),
    ]
    compared = crmtui("scenarios", "compare", "Spring", "Autumn").rows
    assert {one["unit"] for one in compared} == {"contacts"}
    assert sum(one["more"] for one in compared) == 2
    assert {one["unit"] for one in crmtui("scenarios", "compare", "Spring", "Hours").rows} <= {"hours"}
    told = "Its accounts take 10 contacts, and there are 8"
    assert told in crmtui("scenarios", "set", "Spring", "North=7").err
    assert crmtui("scenarios", "show", "Spring").rows[0]["hours"] == 14.0
    assert "North: 2.5 is no whole number of contacts" in crmtui("scenarios", "set", "Spring", "North=2.5", code=1).err
    shown = " ".join(crmtui("scenarios", "show", "Spring", "--format", "table").out.split())
    assert "contacts 10 of 8 hours 20 " in shown
    assert "divided in contacts" in crmtui("scenarios", "edit", "Spring", "--unit", "hours", code=1).err
    crmtui("scenarios", "edit", "Spring", "--unit", "contacts")
