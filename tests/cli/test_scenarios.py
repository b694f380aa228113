from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from crmtui.commands import territory
from crmtui.days import dated
from crmtui.domain.money import format_amount
from crmtui.domain.words import Source
from crmtui.queries.territory import WEEKS
from crmtui.store.reading.connections import reading
from customers import TODAY, Customers

if TYPE_CHECKING:
    from cli.conftest import Crmtui


def filled(crmtui: Crmtui) -> None:
    customers = Customers(crmtui.path)
    for name, sales in (("Aurora", 6_000_000), ("Helios", 2_000_000)):
        given = {"sales": sales, "margin_share": 0.4, "hours": 4.0}
        given |= {"none": 0.2, "half": 0.62, "more": 1.3, "most": 1.5}
        territory.judge(crmtui.path, customers.account(name), given, TODAY, Source.CLI)
    customers.account("Nordik")


def test_scenarios_are_saved_shown_changed_compared_and_accepted(crmtui: Crmtui) -> None:
    filled(crmtui)
    assert "Saved Spring" in crmtui("territory", "--capacity", "8", "--save", "Spring").err
    crmtui("territory", "--capacity", "16", "--save", "Autumn")
    spring = next(row for row in crmtui("scenarios", "list").rows if row["name"] == "Spring")
    begins, ends = (dt.date.fromisoformat(spring[name]) for name in ("starts_on", "ends_on"))
    assert ends - begins == dt.timedelta(weeks=WEEKS, days=-1)
    aurora, helios = crmtui("scenarios", "show", "Spring").rows
    assert (aurora["name"], aurora["hours_today"], aurora["is_accepted"]) == ("Aurora", 4.0, False)
    assert aurora["hours"] + helios["hours"] == 8.0
    assert aurora["gain"] > 0
    assert "Changed what 2 accounts get" in crmtui("scenarios", "set", "Spring", "Aurora=3.5", "Nordik=2").err
    assert "Changed what 0 accounts get" in crmtui("scenarios", "set", "Spring", "Nordik=2", "Aurora=3.5").err
    rows = {one["name"]: one for one in crmtui("scenarios", "show", "Spring").rows}
    assert (rows["Aurora"]["hours"], rows["Aurora"]["gain"], rows["Nordik"]["hours"]) == (3.5, None, 2.0)
    crmtui("scenarios", "set", "Spring", "Nordik=-")
    out = crmtui("scenarios", "show", "Spring", "--format", "table").out
    assert "Nordik" not in out
    assert "accepted      no" in out
    assert "Accepted Spring" in crmtui("scenarios", "accept", "Spring").err
    assert "yes: plans, proposals and Today" in crmtui("scenarios", "show", "Spring", "--format", "table").out
    changes = crmtui("scenarios", "compare", "Spring", "Autumn").rows
    assert all(one["more"] == one["second"] - one["first"] != 0 for one in changes)
    assert "Autumn" in crmtui("scenarios", "compare", "Spring", "Autumn", "--format", "table").out
    (change,) = crmtui("scenarios", "compare", "Spring", "Autumn", "--columns", "name,level,more", "--limit", "1").rows
    assert list(change) == ["name", "level", "more"]
    names = crmtui("scenarios", "show", "Spring", "Autumn", "--columns", "scenario,name", "--sort", "-name").rows
    assert [one["name"] for one in names] == sorted((one["name"] for one in names), reverse=True)
    assert {one["scenario"] for one in names} == {"Spring", "Autumn"}
    assert "the same" in crmtui("scenarios", "compare", "Spring", "Spring").err
    crmtui("scenarios", "add", "--name", "Empty", "--starts-on", "today", "--ends-on", "+1m")
    assert "Empty: This scenario gives no account anything." in crmtui("scenarios", "show", "Empty").err


def test_more_hours_than_there_are_are_warned_of_when_they_are_set_shown_and_accepted(crmtui: Crmtui) -> None:
    filled(crmtui)
    crmtui("territory", "--capacity", "8", "--save", "Spring")
    told = "Its accounts take 901 hours, and there are 8: lower those of some, or raise those that there are."
    assert "there are 8" not in crmtui("scenarios", "accept", "Spring").err
    whole = crmtui("scenarios", "show", "Spring", "--format", "table").out
    assert "there are 8" not in whole
    assert "without those" not in whole
    assert told in crmtui("scenarios", "set", "Spring", "Aurora=900", "Helios=1").err
    assert told in crmtui("scenarios", "show", "Spring").err
    out = crmtui("scenarios", "show", "Spring", "--format", "table").out
    assert told in " ".join(out.split())
    assert told in crmtui("scenarios", "accept", "Spring").err
    assert accepted(crmtui) == ["Spring"]
    assert told in crmtui("scenarios", "edit", "Spring", "--accepted").err
    assert (
        "Its accounts take 901 hours, and there are 900:"
        in crmtui("scenarios", "edit", "Spring", "--capacity", "900").err
    )
    assert "Its accounts take" not in crmtui("scenarios", "edit", "Spring", "--capacity", "901").err


def test_a_gain_that_was_so_with_other_hours_is_not_told_as_that_of_these(crmtui: Crmtui) -> None:
    filled(crmtui)
    crmtui("territory", "--capacity", "8", "--save", "Spring")
    gains = {one["name"]: one["gain"] for one in crmtui("scenarios", "show", "Spring").rows}
    crmtui("scenarios", "set", "Spring", "Aurora=1")
    out = " ".join(crmtui("scenarios", "show", "Spring", "--format", "table").out.split())
    left = format_amount(gains["Helios"], "EUR")
    assert f"gain {left} when it was saved, without those whose hours changed since or whose sales are unknown" in out


def test_trips_take_hours_of_a_scenario_that_counts_them(crmtui: Crmtui) -> None:
    filled(crmtui)
    crmtui("areas", "add", "--name", "Far", "--trip-hours", "3")
    crmtui("accounts", "edit", "Aurora", "--area", "Far")
    crmtui("territory", "--capacity", "11", "--save", "Spring")
    out = " ".join(crmtui("scenarios", "show", "Spring", "--format", "table").out.split())
    assert "hours 11 of 11, 3 of them on trips" in out
    assert "Its accounts and trips take 12 hours" in crmtui("scenarios", "set", "Spring", "Nordik=1").err
    crmtui("scenarios", "set", "Spring", "Aurora=0", "Helios=8", "Nordik=-")
    assert "hours 8 of 11 " in " ".join(crmtui("scenarios", "show", "Spring", "--format", "table").out.split())


def test_a_scenario_is_written_over_however_its_name_is_spaced(crmtui: Crmtui) -> None:
    crmtui("accounts", "add", "--name", "Aurora")
    for name in ("Spring plan", " Spring  plan ", "Spring\u200b plan", "Spring\nplan"):
        crmtui("territory", "--capacity", "8", "--save", name)
    assert [row["name"] for row in crmtui("scenarios", "list").rows] == ["Spring plan"]


def test_a_scenario_holds_the_hours_of_a_whole_team(crmtui: Crmtui) -> None:
    filled(crmtui)
    assert "Saved Team" in crmtui("territory", "--capacity", "19500", "--save", "Team").err
    crmtui("scenarios", "edit", "Team", "--capacity", "1000000")
    assert [one["capacity"] for one in crmtui("scenarios", "list").rows] == [1_000_000.0]
    said = crmtui("scenarios", "edit", "Team", "--capacity", "1000001", code=1).err
    assert "--capacity: 1,000,001 is above 1,000,000" in said


def accepted(crmtui: Crmtui) -> list[str]:
    return [one["name"] for one in crmtui("scenarios", "list").rows if one["is_accepted"]]


def test_only_one_scenario_is_accepted_whatever_the_door(crmtui: Crmtui) -> None:
    days = ("--starts-on", "2026-01-01", "--ends-on", "2026-12-31", "--capacity", "10")
    crmtui("scenarios", "add", "--name", "One", *days, "--accepted")
    crmtui("scenarios", "add", "--name", "Two", *days, "--accepted")
    assert accepted(crmtui) == ["Two"]
    crmtui("scenarios", "edit", "One", "--accepted")
    assert accepted(crmtui) == ["One"]
    assert "no account anything" in crmtui("scenarios", "show", "One", "--format", "table").out


def test_hours_that_cannot_be_are_refused_by_name_and_nothing_is_kept(crmtui: Crmtui) -> None:
    filled(crmtui)
    crmtui("territory", "--capacity", "8", "--save", "Spring")
    said = crmtui("scenarios", "set", "Spring", "Aurora=1", "Helios=-3", "Nobody=1", code=1).err
    assert "Helios: -3 is below 0" in said
    assert "Nobody" in said
    assert "say an account and what it gets" in crmtui("scenarios", "set", "Spring", "Aurora", code=2).err
    with reading(crmtui.path) as connection:
        assert not connection.execute("SELECT count(*) FROM scenario_line WHERE hours = 1").fetchone()[0]


def test_today_tells_who_gets_too_little_or_too_much_of_the_accepted_scenario(crmtui: Crmtui) -> None:
    customers = Customers(crmtui.path)
    little, much = customers.account("Aurora"), customers.account("Helios")
    day = dt.date.today()  # noqa: DTZ011 - the program asks the clock too
    since, until = day - dt.timedelta(60), day + dt.timedelta(30)
    crmtui("scenarios", "add", "--name", "Spring", "--starts-on", f"{since}", "--ends-on", f"{until}", "--accepted")
    crmtui("scenarios", "set", "Spring", "Aurora=20", "Helios=2")
    lately = (TODAY - day).days / 365.25
    customers.contact(little, lately, hours=3.0)
    customers.contact(much, lately, hours=5.0)
    out = crmtui("today", "--format", "table").out
    told = "too little: 3 h spent and 0 h planned, of 20 h; 13.4 h should be spent by now"
    assert f"Aurora · {told} (Spring until {dated(until)})" in out
    assert f"Helios · too much: 5 h spent and 0 h planned, of 2 h (Spring until {dated(until)})" in out
    assert "territory: 8 of 1.7 h a week" in out
