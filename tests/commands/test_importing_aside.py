"""Where there is much to write others can go on meanwhile, and nothing of anybody is lost."""

from __future__ import annotations

import contextlib
import datetime as dt
import os
import sqlite3
from typing import TYPE_CHECKING

import pytest

from crmtui.commands.importing import ATTEMPTS, ImportOptions, import_files
from crmtui.domain.accounts import Account
from crmtui.domain.people import Person, PersonEmail
from crmtui.domain.words import Source
from crmtui.errors import FileProblemError
from crmtui.store import aside, database, files
from crmtui.store.reading.connections import reading
from crmtui.store.unit import has_written, work
from store_dump import faults, query
from workbooks import rows_of_text, xlsx

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

pytestmark = pytest.mark.usefixtures("keeps_backups")
COUNT = 5_000
SOME = 300  # enough to be written to a copy


class StoppedError(Exception):
    """The user stops the import."""


@pytest.fixture
def people(tmp_path: Path) -> Path:
    file = tmp_path / "people.csv"
    rows = (f"Ada,Neri {number},ada{number}@example.com,{'x' * 30}\n" for number in range(COUNT))
    file.write_text("First name,Last name,E-mail,Title\n" + "".join(rows), encoding="utf-8")
    return file


def folder_of_cards(folder: Path) -> Path:
    place = folder / "cards"
    place.mkdir()
    for number in range(SOME):
        card = ("BEGIN:VCARD", "VERSION:3.0", f"FN:Ada Neri {number}", "END:VCARD", "")
        place.joinpath(f"{number}.vcf").write_text("\r\n".join(card), "utf-8")
    return place


def small_workbook(folder: Path) -> Path:
    names = [("Name", "Company"), *((f"Ada Neri {number}", "Aurora") for number in range(SOME))]
    return xlsx(folder / "people.xlsx", rows_of_text(names))


def series(folder: Path) -> Path:
    file = folder / "visits.ics"
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0"]
    for number in range(20):
        lines += ["BEGIN:VEVENT", f"UID:{number}", "DTSTART:20260102T090000Z", "SUMMARY:Visit"]
        lines += ["ATTENDEE:mailto:ada@example.com", "RRULE:FREQ=WEEKLY", "END:VEVENT"]
    file.write_text("\r\n".join([*lines, "END:VCALENDAR", ""]), "utf-8")
    return file


def save(path: Path, name: str) -> None:
    with work(path, "add", Source.TUI) as unit:
        unit.insert(Account, {"name": name})


def counted(path: Path, table: str) -> int:
    with reading(path) as connection:
        return int(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0])


def names(path: Path) -> list[str]:
    with reading(path) as connection:
        return [name for (name,) in connection.execute("SELECT name FROM account ORDER BY id")]


def saving(path: Path, times: int) -> Callable[[], None]:
    """Somebody else saves an account in the middle of each of so many attempts."""
    calls = iter(range(10_000))
    saved: set[int] = set()

    def heed() -> None:
        attempt = next(calls) // 3  # it is called for every few thousand rows, and before the end
        if attempt < times and attempt not in saved:
            saved.add(attempt)
            save(path, f"Account {attempt}")

    return heed


def left_over(path: Path) -> list[str]:
    return [file.name for file in path.parent.iterdir() if file.name.startswith(f".{path.name}.")]


def is_locked(path: Path) -> bool:
    with contextlib.closing(sqlite3.connect(path, timeout=0, isolation_level=None)) as other:
        try:
            other.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError:
            return True
        return False


def test_nobody_waits_for_many_rows(workspace: Path, people: Path) -> None:
    seen: list[bool] = []
    before = database.identity(workspace)
    assert counted(workspace, "person") == 0
    report = import_files(workspace, [people], ImportOptions(heed=lambda: seen.append(is_locked(workspace))))
    assert report.done
    assert seen
    assert not any(seen)
    assert database.identity(workspace) != before
    assert counted(workspace, "person") == COUNT
    assert has_written(workspace)
    assert (faults(workspace), left_over(workspace)) == ([], [])
    assert workspace.stat().st_mode & 0o777 == 0o600


def test_who_may_use_the_workspace_may_use_it_afterwards(
    workspace: Path, people: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ours = [os.getegid() + 1] if os.geteuid() == 0 else os.getgroups()  # the superuser may give any group
    group = next((one for one in ours if one != os.getegid()), os.getegid())
    monkeypatch.setattr(os, "getgroups", lambda: [group])
    os.chown(workspace, -1, group)
    workspace.chmod(0o660)
    before = database.identity(workspace)
    assert import_files(workspace, [people], ImportOptions()).done
    assert database.identity(workspace) != before
    found = workspace.stat()
    assert (found.st_gid, found.st_mode & 0o777) == (group, 0o660)


def test_a_file_of_a_group_that_is_not_ours_is_written_in_place(
    workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    group = workspace.stat().st_gid
    monkeypatch.setattr(os, "getegid", lambda: group + 1)
    monkeypatch.setattr(os, "getgroups", lambda: [group + 1])
    assert not aside.can_be_replaced(workspace)


def test_a_trial_locks_nothing_and_changes_nothing(workspace: Path, people: Path) -> None:
    seen: list[bool] = []
    before = workspace.read_bytes()
    import_files(workspace, [people], ImportOptions(dry_run=True, heed=lambda: seen.append(is_locked(workspace))))
    assert seen
    assert not any(seen)
    assert (workspace.read_bytes(), left_over(workspace)) == (before, [])


@pytest.mark.parametrize("times", [1, ATTEMPTS - 1])
def test_what_somebody_saves_meanwhile_stays_and_the_rows_come_to_it(workspace: Path, people: Path, times: int) -> None:
    report = import_files(workspace, [people], ImportOptions(heed=saving(workspace, times)))
    assert (report.done, report.files[0].new) == (True, COUNT)
    assert (counted(workspace, "person"), counted(workspace, "account")) == (COUNT, times)
    assert (faults(workspace), left_over(workspace)) == ([], [])


def test_who_saves_all_the_time_has_to_wait_in_the_end(workspace: Path, people: Path) -> None:
    seen: list[bool] = []

    def heed() -> None:
        seen.append(is_locked(workspace))
        if not seen[-1]:
            save(workspace, f"Account {len(seen)}")

    report = import_files(workspace, [people], ImportOptions(heed=heed))
    assert (report.done, seen[-1]) == (True, True)
    assert counted(workspace, "person") == COUNT
    assert counted(workspace, "account") == seen.count(False)
    assert faults(workspace) == []


def test_an_import_that_is_stopped_leaves_everything_as_it_was(workspace: Path, people: Path) -> None:
    before = workspace.read_bytes()

    def stop() -> None:
        raise StoppedError

    with pytest.raises(StoppedError):
        import_files(workspace, [people], ImportOptions(heed=stop))
    assert (workspace.read_bytes(), left_over(workspace)) == (before, [])


@pytest.mark.parametrize("name", ["team.db", "new.db"])
def test_a_disk_that_gets_full_is_told_by_the_name_that_people_know(
    workspace: Path, people: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    usual, path = database.connect, workspace.with_name(name)

    def connect(path: Path) -> sqlite3.Connection:
        connection = usual(path)
        if path.name.startswith("."):
            connection.execute("PRAGMA max_page_count = 200")
        return connection

    monkeypatch.setattr(database, "connect", connect)
    with pytest.raises(FileProblemError) as caught:
        import_files(path, [people], ImportOptions())
    assert str(caught.value) == f"The disk is full: nothing was changed in {path}. Free some space and try again."
    assert left_over(path) == []


def test_a_link_to_the_workspace_stays_one(workspace: Path, people: Path, tmp_path: Path) -> None:
    link = tmp_path / "elsewhere" / "link.db"
    link.parent.mkdir()
    link.symlink_to(workspace)
    assert import_files(link, [people], ImportOptions()).done
    assert link.is_symlink()
    assert counted(workspace, "person") == counted(link, "person") == COUNT
    assert left_over(link) == left_over(workspace) == []


def test_a_file_of_two_names_is_written_in_place(workspace: Path, people: Path, tmp_path: Path) -> None:
    os.link(workspace, tmp_path / "second.db")
    assert not aside.can_be_replaced(workspace)
    assert import_files(workspace, [people], ImportOptions()).done
    assert (tmp_path / "second.db").samefile(workspace)
    assert counted(workspace, "person") == COUNT


def test_a_workspace_with_a_log_beside_it_is_not_replaced(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert aside.can_be_replaced(workspace)
    monkeypatch.setattr(database, "is_wal_sound", lambda _version: True)
    assert not aside.can_be_replaced(workspace)


@pytest.mark.parametrize("make", [folder_of_cards, small_workbook, series])
def test_rows_count_and_not_the_size_of_files(workspace: Path, tmp_path: Path, make: Callable[[Path], Path]) -> None:
    with work(workspace, "add", Source.TUI) as unit:
        person = unit.insert(Person, {"name": "Ada"})
        unit.insert(PersonEmail, {"person_id": person, "address": "ada@example.com", "kind": "work"})
    seen: list[bool] = []
    now = dt.datetime(2026, 3, 12, tzinfo=dt.UTC)
    options = ImportOptions(heed=lambda: seen.append(is_locked(workspace)), now=now)
    assert import_files(workspace, [make(tmp_path)], options).done
    assert seen
    assert not any(seen)


def test_a_copy_of_an_old_workspace_is_not_taken_for_one_that_was_left_behind(workspace: Path) -> None:
    os.utime(workspace, (0, 0))
    with aside.aside(workspace) as copy:
        files.sweep(workspace.parent)  # as another import does in the meantime
        save(copy.path, "Aurora")
        assert copy.take_place()
    assert names(workspace) == ["Aurora"]


def test_few_rows_are_written_in_place(workspace: Path, tmp_path: Path) -> None:
    few = tmp_path / "few.csv"
    few.write_text("Name,Company,E-mail\nAda Neri,Aurora,ada@example.com\n", encoding="utf-8")
    before = database.identity(workspace)
    assert import_files(workspace, [few], ImportOptions()).done
    assert database.identity(workspace) == before


def test_a_copy_does_not_take_the_place_of_a_workspace_that_was_changed_or_replaced(workspace: Path) -> None:
    with aside.aside(workspace) as copy:
        save(copy.path, "Aurora")
        save(workspace, "Helios")
        assert not copy.take_place()
    with aside.aside(workspace) as copy, aside.aside(workspace) as other:
        save(copy.path, "Aurora")
        save(other.path, "Zenit")
        assert other.take_place()
        assert not copy.take_place()
    assert names(workspace) == ["Helios", "Zenit"]
    assert left_over(workspace) == []


def test_who_waited_for_the_lock_writes_to_the_file_that_is_there_then(
    workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usual, waiting = database.connect, [True]

    def connect(path: Path) -> sqlite3.Connection:
        connection = usual(path)
        if path == workspace and waiting.pop():
            waiting[:] = [False] * 10
            with aside.aside(workspace) as copy:
                save(copy.path, "Aurora")
                assert copy.take_place()
        return connection

    monkeypatch.setattr(database, "connect", connect)
    save(workspace, "Helios")
    assert names(workspace) == ["Aurora", "Helios"]


def test_a_fax_is_not_the_telephone_that_is_called_first(workspace: Path, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(
        "First Name,Last Name,Company,Business Fax,Business Phone\nAda,Rossi,Acme,021111111,022222222\n", "utf-8"
    )
    import_files(workspace, [path], ImportOptions())
    found = query(workspace, "SELECT number FROM person_phone ORDER BY is_primary DESC, id")
    assert [number for (number,) in found] == ["022222222", "021111111"]
