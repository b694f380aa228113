"""The pictures of reports: each is told in words too, and shows what was kept."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

import maps
from crmtui.commands import contacts, dmu, plans, scorecards
from crmtui.domain.plans import Channel
from crmtui.domain.words import Role, Source
from crmtui.exchange.report.document import Picture
from crmtui.queries import records, report_pictures
from crmtui.queries.report_kinds import Report
from crmtui.queries.reports import report
from maps import TODAY
from queries.test_reports import subjects

if TYPE_CHECKING:
    from pathlib import Path

    from crmtui.exchange.report.document import Document

THEN = TODAY - dt.timedelta(days=40)


def pictures(found: Document) -> list[Picture]:
    return [block for section in found.sections for block in section.blocks if isinstance(block, Picture)]


@pytest.fixture
def aurora(tmp_path: Path) -> maps.Maps:
    return maps.begin(tmp_path)


@pytest.fixture
def planned(aurora: maps.Maps) -> maps.Maps:
    """A plan with a contact done, one ahead and one called off."""
    fields = {"account_id": aurora.account, "objective": "Line 4", "starts_on": TODAY, "ends_on": dt.date(2026, 5, 31)}
    plan = plans.add(aurora.path, fields, Source.CLI)
    keys = [
        contacts.plan_contact(
            aurora.path,
            {"day": day, "plan_id": plan, "channel_id": records.find(aurora.path, Channel, "call")},
            [aurora.people[name]],
            Source.CLI,
        )
        for day, name in (
            (TODAY, "Conti, Gino"),
            (dt.date(2026, 4, 1), "Conti, Gino"),
            (dt.date(2026, 4, 2), "Conti, Gino"),
            (dt.date(2026, 4, 3), "Ferrari, Ada"),
        )
    ]
    contacts.done(aurora.path, keys[:1], "", Source.CLI, dt.datetime.combine(TODAY, dt.time(9), dt.UTC))
    contacts.cancel(aurora.path, keys[2:3], Source.CLI)
    return aurora


def test_every_picture_is_told_in_words_and_none_is_for_the_customer(filled: Path) -> None:
    captions = set()
    for what in Report:
        for key in subjects(filled, what):
            for picture in pictures(report(filled, what, key, TODAY)):
                assert picture.text.strip()
                assert not picture.shared
                captions.add(picture.caption.partition(";")[0].partition(",")[0])
    assert captions == {
        "Who reports to whom",
        "Whom we meet when",
        "Level of the relationship at each assessment",
        "P(win) on the day of each scorecard",
        "Attractiveness against strength of the relationship",
        "What more effort in the period would bring",
        "The probabilities that were given against the share won",
    }


def test_the_map_tells_who_reports_to_whom_and_who_listens_to_whom(aurora: maps.Maps) -> None:
    boss = aurora.add("Bianchi, Laura")
    below = aurora.add("Conti, Gino", reports_to_id=boss)
    aurora.link(below, boss)
    (picture,) = pictures(report(aurora.path, Report.DMU, aurora.account, TODAY))
    told = {text.partition(" · ")[0]: text for text in picture.text.splitlines()}
    assert told["Bianchi, Laura"].endswith("listens to Conti, Gino")
    assert told["Conti, Gino"].endswith("reports to Bianchi, Laura")


def test_favour_and_coverage_are_drawn_as_they_were_kept(aurora: maps.Maps) -> None:
    somebody = aurora.add("Conti, Gino", aurora.of_line4, power=4, roles=(Role.DECIDER,))
    for day, attitude in ((THEN, -2), (TODAY, 2)):
        dmu.judge(aurora.path, somebody, "attitude", attitude, Source.CLI, day)
        scorecards.start(aurora.path, aurora.line4, Source.CLI, day)
        aurora.met("Conti, Gino", TODAY)
    told = {one.caption: one.text for one in pictures(report(aurora.path, Report.OPPORTUNITY, aurora.line4, TODAY))}
    favour, coverage = (
        told[f"{what} of the decision-making unit on the day of each scorecard"] for what in ("Favour", "Coverage")
    )
    assert favour == "31 Jan 2026: -1.00\n12 Mar 2026: +1.00"
    first, last = coverage.splitlines()
    assert first == "31 Jan 2026: 0 %"
    assert last > "12 Mar 2026: 1"


def test_what_is_known_of_one_day_is_no_trend(aurora: maps.Maps) -> None:
    scorecards.start(aurora.path, aurora.line4, Source.CLI, TODAY)
    assert pictures(report(aurora.path, Report.OPPORTUNITY, aurora.line4, TODAY)) == []


def test_a_plan_tells_who_is_met_when(planned: maps.Maps) -> None:
    (picture,) = pictures(report(planned.path, Report.ACCOUNT, planned.account, TODAY, ["plan"]))
    assert picture.text.splitlines() == [
        "Conti, Gino: done 12 Mar 2026; planned 1 Apr 2026; cancelled 2 Apr 2026",
        "Ferrari, Ada: planned 3 Apr 2026",
    ]
    assert picture.svg.count("<circle") == 3 + 2  # with those of the legend


def test_a_plan_with_many_people_tells_how_many_are_left_out(
    planned: maps.Maps, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(report_pictures, "MOST_PEOPLE", 1)
    (picture,) = pictures(report(planned.path, Report.ACCOUNT, planned.account, TODAY, ["plan"]))
    assert picture.text.splitlines()[1] == "1 more person is left out."
    assert "Ferrari" not in picture.svg
