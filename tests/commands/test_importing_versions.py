"""Importing calendars again: the newest version of an entry has the last word, whichever came last."""

from __future__ import annotations

import csv
import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest

from crmtui.commands import contacts, history
from crmtui.commands.import_results import write_results
from crmtui.commands.importing import Existing, ImportOptions, import_files
from crmtui.domain.words import Source
from store_dump import query

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from crmtui.commands.import_report import ImportReport

    Brought = Callable[..., ImportReport]

NOW = dt.datetime(2026, 3, 12, 12, tzinfo=dt.UTC)
LAURA = "ATTENDEE:mailto:laura@helios.example"
STATES = "SELECT day, status FROM contact ORDER BY id"

pytestmark = pytest.mark.usefixtures("rome")


@pytest.fixture
def brought(workspace: Path, tmp_path: Path) -> Brought:
    (people := tmp_path / "people.csv").write_text("Name,Company,Email\nLaura,Helios,laura@helios.example\n", "utf-8")
    import_files(workspace, [people], ImportOptions())

    def bring(*entries: str, **options: Any) -> ImportReport:
        path = tmp_path / "a.ics"
        path.write_text("BEGIN:VCALENDAR\n" + "".join(entries) + "END:VCALENDAR\n", "utf-8")
        return import_files(workspace, [path], ImportOptions(now=NOW, **options))

    return bring


def version(number: int | None, stamp: int, *lines: str, day: str = "20260401", kind: str = "VEVENT") -> str:
    """An entry with its number, changed on a day of February 2020, for a day."""
    told = () if number is None else (f"SEQUENCE:{number}",)
    when = f"{'DUE' if kind == 'VTODO' else 'DTSTART'}:{day}T070000Z"
    lines = ("UID:1", "SUMMARY:Visit", f"DTSTAMP:202002{stamp:02}T000000Z", when, *told, *lines)
    return "\n".join((f"BEGIN:{kind}", *lines, f"END:{kind}", ""))


@pytest.mark.parametrize(
    ("newer", "older"),
    [((3, 1), (1, 2)), ((1, 2), (1, 1)), ((None, 2), (None, 1)), ((2, 2), (None, 1))],
    ids=["number", "day of change", "no numbers", "number and none"],
)
def test_an_older_version_changes_nothing_and_is_told(
    workspace: Path, tmp_path: Path, brought: Brought, newer: tuple[int | None, int], older: tuple[int | None, int]
) -> None:
    brought(version(*older, LAURA))
    brought(version(*newer, LAURA, day="20260402"))
    report = brought(version(*older, LAURA), is_traced=True)
    assert query(workspace, STATES) == [("2026-04-02", "moved")]
    assert (report.done, report.files[0].kept) == (False, 1)
    assert (
        report.files[0].notes[-1] == "1 entry is older than the version that came before, and changes nothing: “Visit”"
    )
    write_results(workspace, report, target := tmp_path / "results.csv")
    (row,) = csv.DictReader(target.read_text("utf-8").splitlines())
    why = "a newer version of it came before; Day: 2026-04-02, not 2026-04-01"
    assert (row["outcome"], row["reason"]) == ("kept", why)
    assert brought(version(*older, LAURA), existing=Existing.OVERWRITE).done
    assert query(workspace, STATES) == [("2026-04-01", "moved")]


@pytest.mark.parametrize("is_first", [True, False])
@pytest.mark.parametrize(("newer", "older"), [((3, 1), (1, 2)), ((1, 2), (1, 1)), ((None, 2), (None, 1))])
def test_of_two_versions_in_one_file_the_newer_counts_wherever_it_stands(
    workspace: Path, brought: Brought, newer: tuple[int | None, int], older: tuple[int | None, int], *, is_first: bool
) -> None:
    entries = [version(*newer, LAURA, day="20260402"), version(*older, LAURA)]
    report = brought(*(entries if is_first else reversed(entries)), is_traced=True)
    assert query(workspace, STATES) == [("2026-04-02", "planned")]
    assert (report.rejected, report.files[0].new) == (0, 1)
    assert sorted(outcome for _line, outcome, *_rest in report.files[0].outcomes or ()) == ["new", "passed"]
    told = "1 entry is an older version of one in the same file, and was passed over: “Visit”"
    assert told in report.files[0].notes


def test_versions_of_a_series_and_of_its_single_ones_are_told_apart(workspace: Path, brought: Brought) -> None:
    weekly, single = (LAURA, "RRULE:FREQ=WEEKLY;COUNT=3"), (LAURA, "RECURRENCE-ID:20260408T070000Z")
    report = brought(
        version(0, 1, *weekly),
        version(1, 2, *single, day="20260409"),
        version(2, 3, *weekly, day="20260401"),
        version(2, 4, *single, day="20260410"),
    )
    assert report.rejected == 0
    assert sorted(day for day, _status in query(workspace, STATES)) == ["2026-04-01", "2026-04-10", "2026-04-15"]
    same = brought(version(9, 9, LAURA), version(9, 9, LAURA))
    assert [problem.reason for problem in same.files[0].rejected] == ["an earlier row is the same record"]


def test_undoing_an_import_takes_back_which_version_came_last(workspace: Path, brought: Brought) -> None:
    brought(version(0, 1, LAURA))
    brought(version(3, 3, LAURA, day="20260403"))
    history.undo(workspace, Source.CLI)
    brought(version(2, 2, LAURA, day="20260402").replace("DTSTAMP:2020", "DTSTAMP:2099"))  # undoing is a change by hand
    assert query(workspace, STATES) == [("2026-04-02", "moved")]


def test_what_was_called_off_is_on_again_by_a_newer_version_alone(workspace: Path, brought: Brought) -> None:
    off = version(1, 2, LAURA, "STATUS:CANCELLED")
    brought(version(0, 1, LAURA))
    brought(off)
    brought(version(0, 1, LAURA))
    assert query(workspace, STATES) == [("2026-04-01", "cancelled")]
    brought(version(2, 3, LAURA, day="20260402"))
    assert query(workspace, STATES) == [("2026-04-02", "moved")]
    brought(version(3, 4, LAURA, "STATUS:CANCELLED", day="20260402"))
    brought(version(4, 5, LAURA, day="20260402"))
    assert query(workspace, STATES) == [("2026-04-02", "planned")]


def test_a_to_do_that_was_called_off_is_open_again(workspace: Path, brought: Brought) -> None:
    helios, told = "CATEGORIES:Helios", "SELECT done_on, achieved FROM plan_action"
    brought(version(0, 1, helios, kind="VTODO"))
    brought(version(1, 2, helios, "STATUS:CANCELLED", kind="VTODO"))
    assert query(workspace, told) == [("2026-03-12", "not")]
    brought(version(2, 3, helios, kind="VTODO"))
    assert query(workspace, told) == [(None, None)]


def test_a_series_is_as_its_newest_version_says(workspace: Path, brought: Brought) -> None:
    weekly, off = (LAURA, "RRULE:FREQ=WEEKLY;COUNT=3"), "EXDATE:20260408T070000Z"
    states = ["planned", "cancelled", "planned"]
    brought(version(0, 1, *weekly))
    brought(version(1, 2, *weekly, off))
    assert [status for _day, status in query(workspace, STATES)] == states
    assert not brought(version(0, 1, *weekly)).done
    brought(version(2, 3, *weekly))
    assert {status for _day, status in query(workspace, STATES)} == {"planned"}
    assert not brought(version(1, 2, *weekly, off)).done


def test_what_is_over_and_called_off_afterwards_stays_only_by_hand(workspace: Path, brought: Brought) -> None:
    brought(version(0, 1, LAURA, day="20260310"))
    off = version(1, 2, LAURA, "STATUS:CANCELLED", day="20260310")
    brought(off)
    assert query(workspace, "SELECT status, done_at FROM contact") == [("cancelled", None)]
    history.undo(workspace, Source.CLI)
    ((contact_id,),) = query(workspace, "SELECT id FROM contact")
    contacts.edit(workspace, contact_id, {"outcome": "They want it"}, Source.CLI)
    late = off.replace("DTSTAMP:2020", "DTSTAMP:2099")
    report = brought(late, is_traced=True)
    assert (report.done, report.files[0].kept) == (False, 1)
    assert "1 entry is called off, or on again, but was changed by hand" in report.files[0].notes[-1]
    assert "changed it by hand" in next(iter(report.files[0].reasons.values()))
    assert not brought(late, existing=Existing.OVERWRITE).done
