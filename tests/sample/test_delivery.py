"""The sample tells of delivery and of the white space what their screens show."""

from __future__ import annotations

import datetime as dt
from collections import Counter

import pytest

from crmtui.domain.delivery import Competence, CustomerRequest, Project, Promise, Satisfaction
from crmtui.domain.whitespace import WhiteSpace
from crmtui.domain.words import Kept, ProjectStatus, Supply
from crmtui.domain.workspace import Actor
from crmtui.method import delivery, satisfaction
from sample.story import DAYS, Story, told


@pytest.fixture(params=DAYS, ids=lambda day: f"{day:%a}")
def story(request: pytest.FixtureRequest) -> Story:
    return told(request.param)


def day(value: object) -> dt.date | None:
    assert value is None or isinstance(value, dt.date)
    return value


def test_promises_met_every_fate_and_some_of_mine_are_overdue(story: Story) -> None:
    rows = story.of(Promise)
    given = [
        delivery.Promise(number, day(row.values.get("due_on")), row.values.get("kept"))  # type: ignore[arg-type]  # a word of a TOML file
        for number, row in enumerate(rows)
    ]
    fates = delivery.promises(given, story.today).keys
    assert all(fates.values())
    (me,) = story.of(Actor, is_me=True)
    overdue = next(keys for fate, keys in fates.items() if fate == "overdue")
    assert any(rows[key].values.get("actor_id") == me.ref for key in overdue)
    assert all(("ended_on" in row.values) is (row.values.get("kept") in set(Kept)) for row in rows)


def test_requests_were_answered_in_time_and_late_and_one_is_due_today(story: Story) -> None:
    days = [
        (row.values["received_on"], row.values.get("due_on"), row.values.get("answered_on"))
        for row in story.of(CustomerRequest)
    ]
    given = [delivery.Request(n, *map(day, one)) for n, one in enumerate(days)]  # type: ignore[arg-type]  # the first is there
    assert all(delivery.requests(given, story.today).keys.values())
    assert story.today in [due for _received, due, answered in days if answered is None]


def test_customers_promote_and_detract_and_one_of_them_has_a_trend() -> None:
    scores = Counter(satisfaction.loyalty(int(str(row.values["score"]))) for row in told().of(Satisfaction))
    assert len(scores) == 3
    assert all(row.values["comment"] for row in told().of(Satisfaction))
    assert max(Counter(row.values["account_id"] for row in told().of(Satisfaction)).values()) >= 4


def test_projects_run_and_ended_and_need_what_we_have_have_not_and_do_not_know() -> None:
    statuses = {row.values["status"] for row in told().of(Project)}
    assert statuses >= {ProjectStatus.RUNNING, ProjectStatus.DONE}
    grades = {row.values.get("grade") for row in told().of(Competence)}
    assert grades >= {None, 1, 4}


def test_the_white_space_has_every_state_and_contracts_that_end_soon(story: Story) -> None:
    cells = story.of(WhiteSpace)
    assert {row.values["state"] for row in cells} >= set(Supply) - {Supply.US}
    soon = [
        row for row in cells if (ends := day(row.values.get("contract_ends_on"))) and (ends - story.today).days <= 60
    ]
    assert len(soon) >= 3
    assert all(("competitor_id" in row.values) is (row.values["state"] is Supply.COMPETITOR) for row in cells)
