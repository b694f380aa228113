"""What cells of activities mean: durations, kinds, states, and text that was written as HTML."""

from __future__ import annotations

import datetime as dt
import time

import pytest

from crmtui.exchange import durations
from crmtui.exchange.dates import serial_day, time_in
from crmtui.exchange.hypertext import plain
from crmtui.exchange.mapping.activity_words import kind_in, kind_of, state_of
from hostile import ENDLESSLY, SHORT, has_control


@pytest.mark.parametrize(
    ("cell", "header", "hours"),
    [
        ("00:30", "Duration", 0.5),
        ("01:15:36", "Call duration", 1.26),
        ("90", "Duration", 1.5),
        ("900", "CallDurationInSeconds", 0.25),
        ("900", "Call Duration (Seconds)", 0.25),
        ("1.5", "Durata (ore)", 1.5),
        ("1,5", "Hours", 1.5),
        ("3600000", "hs_call_duration", 1.0),
        ("45", "Duration (minutes)", 0.75),
        ("1h 15m", "", 1.25),
        ("2 ore", "", 2.0),
        ("30 min.", "", 0.5),
        ("1 hour, 30 minutes", "", 1.5),
        ("", "", None),
        ("0", "", None),
        ("long", "", None),
        ("about 2 hours or so", "", None),
        ("9" * 5_000, "", None),
    ],
)
def test_durations(cell: str, header: str, hours: float | None) -> None:
    assert durations.hours(cell, header) == hours


@pytest.mark.parametrize(
    ("cell", "kind"),
    [
        ("Logged call", "call"),
        ("Calls", "call"),
        ("E-Mail", "email"),
        ("Visita", "meeting"),
        ("TODO", "task"),
        ("x", ""),
    ],
)
def test_kinds(cell: str, kind: str) -> None:
    assert kind_of(cell) == kind


def test_the_first_word_that_names_a_kind_counts() -> None:
    assert kind_in("Email: call me back") == "email"
    assert kind_in("Budget") == ""


@pytest.mark.parametrize(
    ("cell", "state"),
    [
        ("Completed", "done"),
        ("Not Completed", "open"),
        ("NOT_STARTED", "open"),
        ("To do", "open"),
        ("1", "done"),
        ("false", "open"),
        ("No show", "off"),
        ("CANCELED", "off"),
        ("Eseguita", "done"),
        ("Da fare", "open"),
        ("who knows", ""),
    ],
)
def test_states(cell: str, state: str) -> None:
    assert state_of(cell) == state


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<p>One</p><p>Two&nbsp;three</p>", "One\n\nTwo three"),
        ("One<br>Two<br/>Three", "One\nTwo\nThree"),
        ("<ul><li>a</li><li>b</li></ul>", "- a\n- b"),
        ('<a href="https://x.example/">https://x.example</a>', "https://x.example"),
        ('<a href="javascript:alert(1)">here</a>', "here"),
        ("<style>p {}</style><script>x()</script><b>Hello</b>", "Hello"),
        ("5 < 6 and 7 > 3", "5 < 6 and 7 > 3"),
        ("Laura <laura@x.example>", "Laura <laura@x.example>"),
        ("plain &amp; simple", "plain &amp; simple"),
        ("<p>un&eacute; &lt;tag&gt;</p>", "uné <tag>"),
        ("<b>never closed", "never closed"),
    ],
)
def test_hypertext_becomes_plain(text: str, expected: str) -> None:
    assert plain(text) == expected


@pytest.mark.parametrize("text", SHORT)
def test_hostile_hypertext_is_only_text(text: str) -> None:
    assert not has_control(plain(f"<p>{text}</p>").replace("\n", "").replace("\t", ""))


@pytest.mark.parametrize(
    "text",
    [
        "<p>" * 60_000,
        "<p" * 60_000,
        "&" * 180_000 + "<p>",
        "<p>" + "<a href='" * 20_000,
        "<td>" * 45_000,
        "<b>" + " " * 180_000 + "x",
        "<p>" + "<!--" * 40_000,
    ],
)
def test_endless_hypertext_takes_no_longer(text: str) -> None:
    begin = time.process_time()
    plain(text)
    assert time.process_time() - begin < ENDLESSLY


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("2026-03-10 14:30", dt.time(14, 30)),
        ("3/10/2026, 2:30 PM", dt.time(14, 30)),
        ("2026-03-10T14:30:00.000Z", dt.time(14, 30, tzinfo=dt.UTC)),
        ("09:05:00", dt.time(9, 5)),
        ("2026-03-10", None),
        ("", None),
        ("25:00", None),
    ],
)
def test_the_time_behind_a_day(cell: str, expected: dt.time | None) -> None:
    assert time_in(cell) == expected


@pytest.mark.parametrize(
    ("cell", "day"),
    [("46113", dt.date(2026, 4, 1)), ("46083,5", dt.date(2026, 3, 2)), ("12345", None), ("20260331", None), ("", None)],
)
def test_days_as_spreadsheets_count_them(cell: str, day: dt.date | None) -> None:
    assert serial_day(cell) == day
