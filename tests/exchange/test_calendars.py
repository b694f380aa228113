"""iCalendar files of the usual programs as events and to-dos; series, broken files and bombs."""

from __future__ import annotations

import datetime as dt
import time
import tracemalloc
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings, strategies as st

from crmtui.errors import FileProblemError
from crmtui.exchange.calendars import writing_out
from crmtui.exchange.calendars.reading import CalendarFile, read_calendar
from crmtui.exchange.entries import Entry, EntryKind
from crmtui.exchange.kinds import FileKind, recognise
from hostile import ENDLESSLY, SHORT

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Opened = Callable[..., CalendarFile]

TODAY = dt.date(2026, 3, 12)

OUTLOOK = r"""BEGIN:VCALENDAR
PRODID:-//Microsoft Corporation//Outlook 16.0 MIMEDIR//EN
VERSION:2.0
METHOD:PUBLISH
BEGIN:VTIMEZONE
TZID:W. Europe Standard Time
BEGIN:STANDARD
DTSTART:16011028T030000
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:16010325T020000
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
END:DAYLIGHT
END:VTIMEZONE
BEGIN:VEVENT
ATTENDEE;CN="Bianchi, Laura";RSVP=TRUE:mailto:Laura@Helios.example
ATTENDEE;CN=dario@helios.example:invalid:nomail
CLASS:PUBLIC
CREATED:20260301T080000Z
DESCRIPTION:First line\nsecond\, line\n
DTEND;TZID="W. Europe Standard Time":20260401T103000
DTSTAMP:20260301T080000Z
DTSTART;TZID="W. Europe Standard Time":20260401T090000
LAST-MODIFIED:20260302T080000Z
LOCATION:Microsoft Teams
ORGANIZER;CN=Anna:MAILTO:anna@ours.example
SEQUENCE:2
SUMMARY;LANGUAGE=it:Pilot review
UID:040000008200E00074C5B7101A82E008
CATEGORIES:Customers,North
BEGIN:VALARM
TRIGGER:-PT15M
DESCRIPTION:Reminder
END:VALARM
END:VEVENT
END:VCALENDAR
"""


pytestmark = pytest.mark.usefixtures("rome")


@pytest.fixture
def opened(tmp_path: Path) -> Opened:
    def open_(text: str | bytes) -> CalendarFile:
        path = tmp_path / "a.ics"
        path.write_bytes(text if isinstance(text, bytes) else text.replace("\n", "\r\n").encode())
        assert recognise(path) is FileKind.CALENDAR
        return read_calendar(path, TODAY)

    return open_


def event(*lines: str, uid: str = "1", kind: str = "VEVENT") -> str:
    said = [f"BEGIN:{kind}", f"UID:{uid}", *lines, f"END:{kind}"]
    return "\n".join(said) + "\n"


def file(*entries: str, method: str = "") -> str:
    return f"BEGIN:VCALENDAR\nVERSION:2.0\n{method}{''.join(entries)}END:VCALENDAR\n"


def test_an_event_of_outlook(opened: Opened) -> None:
    (entry,) = opened(OUTLOOK).entries()
    assert entry == Entry(
        line=20,
        kind=EntryKind.CONTACT,
        key="040000008200E00074C5B7101A82E008",
        summary="Pilot review",
        description="First line\nsecond, line",
        location="Microsoft Teams",
        day=dt.date(2026, 4, 1),
        time="09:00",
        ends_at=dt.datetime(2026, 4, 1, 8, 30, tzinfo=dt.UTC),
        hours=1.5,
        mails=("laura@helios.example", "anna@ours.example"),
        categories=("Customers", "North"),
        changed_at=dt.datetime(2026, 3, 2, 8, tzinfo=dt.UTC),
        number=2,
    )


@pytest.mark.parametrize(
    ("lines", "day", "clock", "hours"),
    [
        (["DTSTART:20260401T070000Z", "DTEND:20260401T080000Z"], dt.date(2026, 4, 1), "09:00", 1),
        (["DTSTART:20260401T230000Z"], dt.date(2026, 4, 2), "01:00", None),
        (["DTSTART:20260401T070000", "DURATION:PT45M"], dt.date(2026, 4, 1), "07:00", 0.75),
        (["DTSTART;TZID=America/New_York:20260401T090000"], dt.date(2026, 4, 1), "15:00", None),
        (["DTSTART;TZID=Nowhere/Land:20260401T090000"], dt.date(2026, 4, 1), "09:00", None),
        (["DTSTART;VALUE=DATE:20260401", "DTEND;VALUE=DATE:20260403"], dt.date(2026, 4, 1), "", None),
        (["DTSTART:20260401T070000Z", "DTEND:20260404T080000Z"], dt.date(2026, 4, 1), "09:00", None),
        (["DTSTART:20260401T070000Z", "DTEND:20260401T060000Z"], dt.date(2026, 4, 1), "09:00", None),
        (["DTSTART:99991231T235959Z"], dt.date(9999, 12, 31), "23:59", None),
    ],
)
def test_when_an_event_is(opened: Opened, lines: list[str], day: dt.date, clock: str, hours: float | None) -> None:
    (entry,) = opened(file(event(*lines))).entries()
    assert (entry.day, entry.time, entry.hours) == (day, clock, hours)


def test_to_dos(opened: Opened) -> None:
    found = opened(
        file(
            event("SUMMARY:Send offer", "DUE;VALUE=DATE:20260401", "STATUS:NEEDS-ACTION", kind="VTODO"),
            event("SUMMARY:Call", "DUE:20260401T230000Z", "COMPLETED:20260330T220000Z", kind="VTODO", uid="2"),
            event("SUMMARY:Some day", "STATUS:CANCELLED", kind="VTODO", uid="3"),
        )
    ).entries()
    assert [(one.summary, one.day, one.is_done, one.done_on, one.is_cancelled) for one in found] == [
        ("Send offer", dt.date(2026, 4, 1), False, None, False),
        ("Call", dt.date(2026, 4, 2), True, dt.date(2026, 3, 31), False),
        ("Some day", None, False, None, True),
    ]


WEEKLY = ["DTSTART;TZID=Europe/Rome:20250101T090000", "DURATION:PT30M", "RRULE:FREQ=WEEKLY", "SUMMARY:Weekly"]


def test_a_series_is_written_out_around_today(opened: Opened) -> None:
    change = event("RECURRENCE-ID;TZID=Europe/Rome:20260318T090000", "DTSTART;TZID=Europe/Rome:20260319T110000")
    without = "EXDATE;TZID=Europe/Rome:20260325T090000"
    found = opened(file(event(*WEEKLY, without), change))
    entries = list(found.entries())
    assert len(entries) == writing_out.MOST_OF_ONE + 1
    by_key = {entry.key: entry for entry in entries}
    assert (by_key["1#2026-03-11"].day, by_key["1#2026-03-11"].time) == (dt.date(2026, 3, 11), "09:00")
    assert (by_key["1#2026-04-01"].time, by_key["1#2026-04-01"].hours) == ("09:00", 0.5)  # the clock has changed
    assert (by_key["1#2026-03-18"].day, by_key["1#2026-03-18"].time) == (dt.date(2026, 3, 19), "11:00")
    assert "1#2026-03-25" not in by_key
    assert found.notes[-1] == "Series were written out from 2025-03-11 to 2026-06-12, at most 60 of each."
    assert len(found.notes) == len(set(found.notes))


@pytest.mark.parametrize(
    "single",
    [
        "RECURRENCE-ID:20260317T230000Z",  # the same moment in another zone, where it is another day
        "RECURRENCE-ID;TZID=Europe/Rome:20260318T000000",
        "RECURRENCE-ID;VALUE=DATE:20260318",
    ],
)
def test_one_of_a_series_is_told_apart_in_every_zone(opened: Opened, single: str) -> None:
    late = ["DTSTART;TZID=Europe/Rome:20260304T000000", "RRULE:FREQ=WEEKLY;COUNT=3"]
    found = opened(file(event(*late, "EXDATE:20260310T230000Z"), event(single, "DTSTART:20260319T100000Z"))).entries()
    assert [(one.key, one.day, one.time) for one in found] == [
        ("1#2026-03-04", dt.date(2026, 3, 4), "00:00"),
        ("1#2026-03-18", dt.date(2026, 3, 19), "11:00"),
    ]


def test_dates_that_are_added_and_left_out(opened: Opened) -> None:
    lines = [
        "DTSTART;TZID=Europe/Rome:20260302T090000",
        "DTEND;TZID=Europe/Rome:20260302T100000",
        "RDATE;TZID=Europe/Rome:20260305T090000,20260306T140000",
        "RDATE;VALUE=PERIOD:20260309T080000Z/PT1H",
        "EXDATE;VALUE=DATE:20260305",
    ]
    found = opened(file(event(*lines))).entries()
    assert [(one.key, one.time, one.hours) for one in found] == [
        ("1#2026-03-02", "09:00", 1),
        ("1#2026-03-06T14:00", "14:00", 1),
        ("1#2026-03-09", "09:00", 1),
    ]


def test_a_series_of_several_times_a_day_has_each_once(opened: Opened) -> None:
    lines = ["DTSTART;TZID=Europe/Rome:20260310T090000", "RRULE:FREQ=DAILY;COUNT=4;BYHOUR=9,15"]
    change = event("RECURRENCE-ID;TZID=Europe/Rome:20260311T150000", "DTSTART;TZID=Europe/Rome:20260311T170000")
    without = "EXDATE;TZID=Europe/Rome:20260310T150000"
    found = opened(file(event(*lines, without), change)).entries()
    assert [(one.key, one.time) for one in found] == [
        ("1#2026-03-10", "09:00"),
        ("1#2026-03-11", "09:00"),
        ("1#2026-03-11T15:00", "17:00"),
    ]


def test_a_change_of_one_and_all_after_it(opened: Opened) -> None:
    lines = ["DTSTART;TZID=Europe/Rome:20260304T090000", "RRULE:FREQ=WEEKLY;COUNT=4", "SUMMARY:Weekly"]
    change = event(
        "RECURRENCE-ID;TZID=Europe/Rome;RANGE=THISANDFUTURE:20260318T090000",
        "DTSTART;TZID=Europe/Rome:20260319T113000",
        "SUMMARY:On Thursdays",
    )
    found = sorted(opened(file(event(*lines), change)).entries(), key=lambda entry: entry.key)
    assert [(one.key, str(one.day), one.time, one.summary) for one in found] == [
        ("1#2026-03-04", "2026-03-04", "09:00", "Weekly"),
        ("1#2026-03-11", "2026-03-11", "09:00", "Weekly"),
        ("1#2026-03-18", "2026-03-19", "11:30", "On Thursdays"),
        ("1#2026-03-25", "2026-03-26", "11:30", "On Thursdays"),
    ]


def test_two_rules_are_both_of_the_series(opened: Opened) -> None:
    rules = ["RRULE:FREQ=WEEKLY;BYDAY=MO;COUNT=2", "RRULE:FREQ=WEEKLY;BYDAY=TH;COUNT=2", "EXRULE:FREQ=DAILY;COUNT=1"]
    found = opened(file(event("DTSTART;VALUE=DATE:20260302", *rules))).entries()
    assert [one.key for one in found] == ["1#2026-03-05", "1#2026-03-09", "1#2026-03-12"]


def todo(*lines: str, uid: str = "1") -> str:
    return event(*lines, uid=uid, kind="VTODO")


def test_of_to_dos_that_come_again_the_last_that_was_due_and_those_that_come_are_told(opened: Opened) -> None:
    monthly = ["DTSTART;VALUE=DATE:20250101", "DUE;VALUE=DATE:20250104", "RRULE:FREQ=MONTHLY", "SUMMARY:Report"]
    found = opened(file(todo(*monthly)))
    entries = list(found.entries())
    assert [(one.key, str(one.day)) for one in entries] == [
        ("1#2026-03-01", "2026-03-04"),
        ("1#2026-04-01", "2026-04-04"),
        ("1#2026-05-01", "2026-05-04"),
        ("1#2026-06-01", "2026-06-04"),
    ]
    note = "Of to-dos that come again, the last one that was due and those until 2026-06-12 were taken."
    assert found.notes[1:] == [note]


def test_to_dos_that_tell_only_when_they_are_due_come_again_too(opened: Opened) -> None:
    done = todo("RECURRENCE-ID:20260301T080000Z", "DUE:20260301T080000Z", "STATUS:COMPLETED")
    found = list(opened(file(todo("DUE:20260101T080000Z", "RRULE:FREQ=MONTHLY;COUNT=4"), done)).entries())
    assert [(one.key, one.is_done) for one in found] == [("1#2026-04-01", False), ("1#2026-03-01", True)]


def test_of_a_to_do_that_is_done_for_good_nothing_comes(opened: Opened) -> None:
    found = opened(file(todo("DUE:20260101T080000Z", "RRULE:FREQ=DAILY", "COMPLETED:20260301T080000Z"))).entries()
    assert [(one.key, one.is_done) for one in found] == [("1#2026-01-01", True)]


@pytest.mark.parametrize("end", ["UNTIL=20260318T075959Z", "UNTIL=20260311T080000Z", "UNTIL=20260317"])
def test_a_series_ends_when_it_says(opened: Opened, end: str) -> None:
    lines = [*WEEKLY[:2], f"RRULE:FREQ=WEEKLY;{end}"]
    assert max(entry.day for entry in opened(file(event(*lines))).entries() if entry.day) == dt.date(2026, 3, 11)


@pytest.mark.parametrize(
    ("entry", "why"),
    [
        (event("SUMMARY:x"), "it does not say when"),
        (event("DTSTART:someday"), "it does not say when"),
        ("BEGIN:VEVENT\nDTSTART:20260401\nEND:VEVENT\n", "it has no identity (UID), so that it would come twice"),
        (event(WEEKLY[0], "RRULE:FREQ=SECONDLY"), "it happens too often in a day; such series are not written out"),
        (
            event(WEEKLY[0], "RRULE:RSCALE=CHINESE;FREQ=YEARLY"),
            "it happens again by a rule that is not read: RSCALE=CHINESE;FREQ=YEARLY",
        ),
        (event(WEEKLY[0], "RRULE:FREQ=MINUTELY"), "it happens too often in a day; such series are not written out"),
        (event(*WEEKLY, "EXDATE:20260401,someday"), "it cannot be read: "),
        (event(WEEKLY[0], "DURATION:P999999999D"), "it cannot be read: "),
        (event(WEEKLY[0], "DESCRIPTION:" + "x" * 900_000, "COMMENT:" + "x" * 900_000), "it has more in it than an"),
        ("BEGIN:VEVENT\nUID:1\n", "it is cut off: its end is missing"),
    ],
)
def test_entries_with_a_fault_are_left_out_and_the_others_are_not(opened: Opened, entry: str, why: str) -> None:
    found = opened(file(event("DTSTART:20260401T070000Z", uid="2"), entry).removesuffix("END:VCALENDAR\n"))
    assert [one.key for one in found.entries()] == ["2"]
    (problem,) = found.problems
    assert problem.line == 7
    assert problem.reason.startswith(why)


def test_a_file_that_calls_off(opened: Opened) -> None:
    (entry,) = opened(file(event("DTSTART:20260401T070000Z"), method="METHOD:CANCEL\n")).entries()
    assert entry.is_cancelled


def test_our_own_properties(opened: Opened) -> None:
    lines = ["DTSTART:20260401T070000Z", "X-CRMTUI-PERSON:a", "X-CRMTUI-PERSON:b", "X-CRMTUI-MESSAGE:x\\, y"]
    (entry,) = opened(file(event(*lines))).entries()
    assert entry.ours == {"PERSON": ("a", "b"), "MESSAGE": ("x, y",)}


BOMBS = {
    "many series": file(*(event(*WEEKLY[:2], "RRULE:FREQ=DAILY", uid=str(uid)) for uid in range(300))),
    "long series": file(
        *(event("DTSTART:19000101", "RRULE:FREQ=DAILY;COUNT=99999", uid=str(uid)) for uid in range(50))
    ),
    "many hours": file(*(event(*WEEKLY[:2], "RRULE:FREQ=HOURLY;BYYEARDAY=-366", uid=str(uid)) for uid in range(9000))),
    "rules that never come": file(
        *(event(*WEEKLY[:2], "RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", uid=str(uid)) for uid in range(3000))
    ),
    "many minutes": file(
        *(event(*WEEKLY[:2], "RRULE:FREQ=MINUTELY;INTERVAL=15;COUNT=30000", uid=str(uid)) for uid in range(900))
    ),
    "endless line": "BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:" + "x\n " * 500_000,
}


@pytest.mark.parametrize("text", BOMBS.values(), ids=BOMBS)
def test_bombs_are_refused_quickly(opened: Opened, text: str) -> None:
    start = time.process_time()
    with pytest.raises(FileProblemError, match=r"too often|longer than 1 MB"):
        list(opened(text).entries())
    assert time.process_time() - start < ENDLESSLY


def test_an_endless_line_needs_little_memory(opened: Opened) -> None:
    raw = BOMBS["endless line"].encode()
    tracemalloc.start()
    with pytest.raises(FileProblemError, match="longer than 1 MB"):
        opened(raw)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 32 << 20


def test_a_time_zone_that_never_ends_is_not_believed(opened: Opened) -> None:
    zone = OUTLOOK[OUTLOOK.index("BEGIN:VTIMEZONE") : OUTLOOK.index("BEGIN:VEVENT")]
    zone = zone.replace("W. Europe Standard Time", "Made Up").replace("FREQ=YEARLY;BYDAY=-1SU", "FREQ=SECONDLY")
    start = time.process_time()
    (entry,) = opened(file(zone, event("DTSTART;TZID=Made Up:20260401T090000"))).entries()
    assert time.process_time() - start < ENDLESSLY
    assert entry.time == "09:00"


@pytest.mark.parametrize("zone", ["Europe", "A" * 5_000, "a/" * 2_000 + "b", "../../../etc/passwd", "/"])
def test_a_zone_with_the_name_of_a_folder_or_of_no_file_is_as_good_as_none(opened: Opened, zone: str) -> None:
    calendar = opened(file(event(f"DTSTART;TZID={zone}:20260401T090000"), event("DTSTART:20260402T080000Z", uid="b")))
    first, _second = calendar.entries()
    assert (first.day, first.time) == (dt.date(2026, 4, 1), "09:00")
    assert calendar.problems == []


@pytest.mark.parametrize("days", [28, 1])
def test_thousands_of_days_that_are_taken_out_are_gone_over_once(opened: Opened, days: int) -> None:
    out = ",".join(
        f"2026{month:02}{day:02}T{hour:02}0100Z"
        for month in range(1, 13)
        for day in range(1, days + 1)
        for hour in range(24)
    )
    start = time.process_time()
    found = list(opened(file(event("DTSTART:20260101T090000Z", "RRULE:FREQ=DAILY", f"EXDATE:{out}"))).entries())
    assert time.process_time() - start < ENDLESSLY
    assert not any(entry.day and entry.day.day <= days and entry.day.year == 2026 for entry in found)


def test_two_files_may_mean_two_zones_by_one_name(opened: Opened) -> None:
    zone = OUTLOOK[OUTLOOK.index("BEGIN:VTIMEZONE") : OUTLOOK.index("BEGIN:VEVENT")]
    zone = zone.replace("W. Europe Standard Time", "Customized Time Zone")
    one = event("DTSTART;TZID=Customized Time Zone:20260701T090000")
    first = [entry.time for entry in opened(file(zone, one)).entries()]
    zone = zone.replace("+0200", "+0900").replace("+0100", "+0800")
    second = [entry.time for entry in opened(file(zone, one)).entries()]
    assert (first, second) == (["09:00"], ["02:00"])


@pytest.mark.parametrize(
    ("zone", "clock"),
    [
        ('"Eastern Standard Time"', "15:00"),
        ("/mozilla.org/20050126_1/America/New_York", "15:00"),
        ('"tzone://Microsoft/Utc"', "11:00"),
        ("tzone://Microsoft/Utc", "11:00"),
    ],
)
@pytest.mark.filterwarnings("error")
def test_zones_by_the_names_of_other_programs(opened: Opened, zone: str, clock: str) -> None:
    (entry,) = opened(file(event(f"DTSTART;TZID={zone}:20260701T090000"))).entries()
    assert entry.time == clock


def test_a_calendar_of_nothing_is_refused(opened: Opened) -> None:
    with pytest.raises(FileProblemError, match="no events or to-dos"):
        opened(file())


@pytest.mark.parametrize("text", SHORT)
def test_hostile_text_is_only_text(opened: Opened, text: str) -> None:
    raw = file(event("DTSTART:20260401T070000Z", f"SUMMARY:{text}", f"DESCRIPTION:{text}", f"CATEGORIES:{text}"))
    for entry in opened(raw).entries():
        assert all(said.isprintable() for said in (entry.summary, *entry.categories))


WORDS = st.sampled_from([
    *("BEGIN:VEVENT", "END:VEVENT", "BEGIN:VTODO", "UID:1", "DTSTART:2026", "DTSTART:20260401", "DTEND;TZID=X:1"),
    *("RRULE:FREQ=DAILY;UNTIL=x", "RRULE:FREQ=WEEKLY;BYDAY=1", "EXDATE:20260401,x", "DURATION:P", "ATTENDEE;CN=:x"),
    *("RECURRENCE-ID:2026", "COMPLETED:x", "ORGANIZER", "CATEGORIES:", "X-CRMTUI-A;B:c", "BEGIN:VTIMEZONE", "TZID:X"),
    *("DURATION:-P1D", "RRULE:", "RDATE;VALUE=PERIOD:x", ":", ";", "RECURRENCE-ID;RANGE=THISANDFUTURE:20260401"),
    *("RRULE:FREQ=YEARLY;BYWEEKNO=1", "RDATE:20260402T100000Z", "EXRULE:FREQ=DAILY", "DURATION:P999999999D"),
])  # fmt: skip


@settings(max_examples=80)
@given(st.lists(WORDS | st.text(st.sampled_from('A:;=,\\"é'), max_size=8), max_size=12))
def test_any_lines_give_entries_or_a_sentence(tmp_path_factory: pytest.TempPathFactory, lines: list[str]) -> None:
    path = tmp_path_factory.mktemp("calendar") / "a.ics"
    path.write_text("\r\n".join(["BEGIN:VCALENDAR", "BEGIN:VEVENT", "UID:2", *lines, "END:VEVENT"]), "utf-8")
    try:
        list(read_calendar(path, TODAY).entries())
    except FileProblemError as error:
        assert str(path) in str(error)  # noqa: PT017 - either is right
