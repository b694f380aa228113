"""The drawing of a plan: a shape for each thing that became of a contact, in the place of its day."""

from __future__ import annotations

import datetime as dt
import itertools
from xml.etree import ElementTree as ET

import pytest

from crmtui.exchange.report import plan_svg
from crmtui.exchange.report.plan_svg import Row, Sign
from hostile import STRINGS

TODAY = dt.date(2026, 3, 12)
WORDS = {Sign.DONE: "done", Sign.OPEN: "planned", Sign.OFF: "cancelled"}


def drawn(*rows: Row, today: dt.date = TODAY) -> ET.Element:
    return ET.fromstring(plan_svg.draw("Plan", "told", rows, today, WORDS))  # noqa: S314 - made here


def day(number: int) -> dt.date:
    return TODAY + dt.timedelta(days=number)


def circles(root: ET.Element) -> list[tuple[float, bool]]:
    """From the left, and whether they are full; without the legend."""
    found = [one for one in root.iter() if one.tag.endswith("circle")]
    lowest = max(float(one.get("cy", "0")) for one in found)
    return [
        (float(one.get("cx", "0")), one.get("fill") == one.get("stroke"))
        for one in found
        if float(one.get("cy", "0")) < lowest
    ]


def test_contacts_stand_in_the_order_of_their_days_and_tell_what_became_of_them() -> None:
    root = drawn(Row("Ada", ((day(20), Sign.OPEN), (day(-3), Sign.DONE), (day(5), Sign.OPEN))))
    places = circles(root)
    assert [full for _x, full in places] == [True, False, False]
    assert [x for x, _full in places] == sorted(x for x, _full in places)
    assert all(0 < x < 640 for x, _full in places)


def test_only_what_is_there_is_in_the_legend_and_today_only_where_the_plan_is() -> None:
    texts = [one.text for one in drawn(Row("Ada", ((day(1), Sign.OPEN), (day(9), Sign.OPEN)))).iter() if one.text]
    assert "planned" in texts
    assert not {"done", "cancelled"} & set(texts)
    dashed = [one for one in drawn(Row("Ada", ((day(1), Sign.OPEN),))).iter() if one.get("stroke-dasharray")]
    assert dashed == []
    dashed = list(drawn(Row("Ada", ((day(-1), Sign.DONE), (day(1), Sign.OFF)))).iter())
    assert len([one for one in dashed if one.get("stroke-dasharray")]) == 1


@pytest.mark.parametrize("span", [0, 1, 6, 90, 400, 3660, 40_000])
def test_days_above_do_not_cover_each_other(span: int) -> None:
    root = drawn(Row("Ada", ((day(0), Sign.DONE), (day(span), Sign.OPEN))))
    places = sorted(
        float(one.get("x", "0")) for one in root.iter() if one.tag.endswith("text") and (one.text or "")[:1].isdigit()
    )
    assert places
    assert all(later - sooner >= 66 for sooner, later in itertools.pairwise(places))
    assert places[-1] + 33 <= 640


@pytest.mark.parametrize("name", STRINGS.values(), ids=STRINGS.keys())
def test_names_are_words(name: str) -> None:
    root = drawn(Row(name[:2000], ((day(0), Sign.DONE),)))
    assert {one.tag.rpartition("}")[2] for one in root.iter()} <= {"svg", "title", "desc", "path", "text", "circle"}


def test_nothing_is_drawn_where_there_is_no_contact() -> None:
    assert plan_svg.draw("Plan", "", [Row("Ada", ())], TODAY, WORDS) == ""
