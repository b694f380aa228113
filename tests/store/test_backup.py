"""Backups are sound, come by themselves, and are thinned without ever losing the newest."""

from __future__ import annotations

import contextlib
import datetime as dt
import os
import sqlite3
import stat
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from crmtui import paths
from crmtui.commands import backups as commands
from crmtui.domain.accounts import Account
from crmtui.domain.words import Source
from crmtui.errors import BusyError, FileProblemError, NotFoundError
from crmtui.queries import workspace as queries
from crmtui.store import backup, database
from crmtui.store.backup import Named
from crmtui.store.unit import work
from store_dump import dump

pytestmark = pytest.mark.usefixtures("keeps_backups")
NOW = dt.datetime(2026, 11, 22, 6, 45, 12, tzinfo=dt.UTC)


def add(path: Path, name: str) -> None:
    with work(path, "add", Source.TUI) as unit:
        unit.insert(Account, {"name": name})


def made(path: Path, reason: str = backup.BY_HAND) -> Path:
    found = backup.make(path, reason)
    assert found is not None
    return found


def test_a_backup_is_a_whole_workspace_of_its_own(workspace: Path) -> None:
    add(workspace, "Aurora")
    copy = made(workspace)
    assert dump(copy) == dump(workspace)
    assert copy.parent == paths.backups(workspace)
    assert [entry.name for entry in copy.parent.iterdir() if entry.stat().st_size] == [copy.name]


@pytest.mark.skipif(os.name != "posix", reason="permissions of POSIX")
def test_a_backup_is_for_its_owner_alone(workspace: Path) -> None:
    copy = made(workspace)
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    assert stat.S_IMODE(copy.parent.stat().st_mode) == 0o700


def test_the_listing_says_when_why_and_how_much(workspace: Path) -> None:
    made(workspace, backup.BEFORE_IMPORT)
    add(workspace, "Aurora")
    newest = made(workspace)
    found = commands.listing(workspace)
    assert [one.reason for one in found] == [backup.BY_HAND, backup.BEFORE_IMPORT]
    assert [commands.reason(one) for one in found] == ["asked for", "before an import"]
    assert found[0].path == newest
    assert found[0].size == newest.stat().st_size
    assert found[0].changes == queries.version(workspace)
    assert abs(found[0].at - dt.datetime.now(dt.UTC)) < dt.timedelta(minutes=1)


def test_what_a_killed_backup_left_behind_goes_after_a_day(workspace: Path) -> None:
    first = made(workspace)
    left = first.with_name(".2026-01-01T000000Z-at-exit.db.0badcafe.new")
    journal = left.with_name(f"{left.name}-journal")
    fresh = first.with_name(".2026-01-01T000000Z-at-exit.db.0badbeef.new")  # another process is at it
    others = first.with_name(".something.new")
    for file in (left, journal, fresh, others):
        file.write_bytes(b"half a backup")
    for file in (left, journal, others):
        os.utime(file, (0, 0))
    add(workspace, "Aurora")
    second = made(workspace)
    assert {entry.name for entry in first.parent.iterdir()} == {entry.name for entry in (first, second, fresh, others)}


def test_what_a_killed_restore_left_behind_goes_after_a_day(workspace: Path) -> None:
    left = workspace.with_name(f".{workspace.name}.0badcafe.new")
    left.write_bytes(b"half a workspace")
    os.utime(left, (0, 0))
    commands.restore(workspace, made(workspace).name)
    assert not left.exists()


def test_nothing_changed_means_no_backup(workspace: Path) -> None:
    made(workspace)
    assert backup.make(workspace, backup.AT_EXIT) is None
    add(workspace, "Aurora")
    made(workspace)
    assert backup.make(workspace, backup.AT_EXIT) is None


def test_as_many_changes_of_another_kind_are_a_change(workspace: Path) -> None:
    """After a restore the numbers of change sets come again; they are not the same change sets."""
    first = made(workspace)
    add(workspace, "Aurora")
    made(workspace)
    commands.restore(workspace, first.name)
    add(workspace, "Helios")
    assert dump(made(workspace)) == dump(workspace)


def test_a_run_that_ends_with_as_many_changes_as_it_began_with_may_have_changed_something(workspace: Path) -> None:
    first = made(workspace)
    add(workspace, "Aurora")
    since = queries.newest(workspace)
    commands.restore(workspace, first.name)
    add(workspace, "Helios")
    assert commands.at_exit(workspace, since) is not None


def test_the_end_of_a_run_makes_one_only_if_the_run_changed_something(workspace: Path) -> None:
    since = queries.newest(workspace)
    assert commands.at_exit(workspace, since) is None
    add(workspace, "Aurora")
    assert commands.at_exit(workspace, since) is not None
    workspace.unlink()
    assert commands.at_exit(workspace, since) is None


def test_backups_in_the_same_second_do_not_take_each_others_place(workspace: Path) -> None:
    copies = set()
    for number in range(4):
        add(workspace, f"Aurora {number}")
        copies.add(made(workspace))
    found = commands.listing(workspace)
    assert {one.path for one in found} == copies
    assert [one.changes for one in found] == sorted((one.changes or 0 for one in found), reverse=True)


def test_a_workspace_in_wal_gives_a_single_file(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "is_wal_sound", lambda _version: True)
    with contextlib.closing(database.connect(workspace)) as other:
        other.execute("SELECT * FROM meta").fetchall()
        add(workspace, "Aurora")
        assert workspace.with_name("team.db-wal").stat().st_size
        copy = made(workspace)
    assert copy.read_bytes()[18:20] == b"\x01\x01"  # a rollback journal, so no second file belongs to it
    monkeypatch.undo()
    assert [row[3] for row in dump(copy)["account"]] == ["Aurora"]


def test_an_unsound_copy_is_not_kept(workspace: Path) -> None:
    with contextlib.closing(sqlite3.connect(workspace, isolation_level=None)) as connection:
        connection.execute("INSERT INTO change_set (at, label, actor, source) VALUES ('', '', '', '')")
        connection.execute(
            "INSERT INTO person_email (uid, person_id, address, kind, is_primary) VALUES ('u', 9, 'a@b', 'work', 0)"
        )
    with pytest.raises(FileProblemError, match="crmtui check"):
        backup.make(workspace, backup.BY_HAND)
    assert list(paths.backups(workspace).iterdir()) == []


@pytest.mark.skipif(os.name != "posix", reason="a limit of POSIX")
def test_a_full_disk_is_said_and_no_half_backup_is_kept(workspace: Path) -> None:
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 18, hard))
    try:
        with pytest.raises(FileProblemError):
            backup.make(workspace, backup.BY_HAND)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert list(paths.backups(workspace).iterdir()) == []


def test_a_locked_workspace_is_not_waited_for_for_ever(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "BUSY_MS", 100)
    monkeypatch.setattr(database, "is_wal_sound", lambda _version: False)
    database.connect(workspace).close()
    with contextlib.closing(sqlite3.connect(workspace, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(BusyError):
            backup.make(workspace, backup.BY_HAND)


def test_a_damaged_backup_is_listed_as_one_and_not_chosen(workspace: Path) -> None:
    sound = made(workspace)
    add(workspace, "Aurora")
    damaged = made(workspace)
    damaged.write_bytes(b"\0" * 8192)
    assert [one.changes for one in commands.listing(workspace)] == [None, 0]
    assert commands.find(workspace) == sound
    add(workspace, "Helios")
    assert made(workspace) != damaged


def test_backups_are_found_by_place_by_the_beginning_of_a_name_and_as_files(workspace: Path) -> None:
    with pytest.raises(NotFoundError, match="no backups"):
        commands.find(workspace)
    older = made(workspace, backup.BEFORE_IMPORT)
    add(workspace, "Aurora")
    newer = made(workspace)
    assert commands.find(workspace) == commands.find(workspace, "1") == newer
    assert commands.find(workspace, "2") == commands.find(workspace, older.name) == older
    assert commands.find(workspace, str(older)) == older
    with pytest.raises(NotFoundError):
        commands.find(workspace, "2026-")
    with pytest.raises(NotFoundError):
        commands.find(workspace, "9")


def test_a_workspace_has_its_backups_by_whatever_way_it_is_reached(workspace: Path) -> None:
    linked = workspace.with_name("link.db")
    linked.symlink_to(workspace)
    assert paths.backups(linked) == paths.backups(workspace)


def aged(*hours: float, reason: str = backup.BY_HAND) -> list[Named]:
    """Backups of these ages, the newest first."""
    return [Named(Path(f"{hour}.db"), NOW - dt.timedelta(hours=hour), reason) for hour in sorted(hours)]


def test_all_of_a_day_one_a_day_for_a_month_one_a_week_for_a_year_one_a_year_are_kept() -> None:
    ages = [*range(24), *(24 * day + hour for day in range(1, 800) for hour in (1, 5))]
    gone = {one.path for one in backup.surplus(aged(*ages), NOW)}
    kept = [one for one in aged(*ages) if one.path not in gone]
    days = [(NOW - one.at).days for one in kept]
    assert days.count(0) == 24
    assert 29 <= sum(0 < day < 31 for day in days) <= 32
    assert 47 <= sum(31 <= day < 366 for day in days) <= 50
    assert len([day for day in days if day >= 366]) == 2


def test_of_a_day_full_of_commands_one_an_hour_is_kept_and_what_was_made_for_a_reason() -> None:
    imports = aged(3.001, 3.002, reason=backup.BEFORE_IMPORT)
    exits = aged(*(minute / 60 for minute in range(23 * 60)), reason=backup.AT_EXIT)
    everything = sorted([*imports, *exits], key=lambda one: one.at, reverse=True)
    gone = {one.path for one in backup.surplus(everything, NOW)}
    kept = [one for one in everything if one.path not in gone]
    assert [one for one in kept if one.reason == backup.BEFORE_IMPORT] == imports
    assert kept[: backup.NEWEST] == everything[: backup.NEWEST]
    assert len(kept) == len(imports) + backup.NEWEST + 23


@given(st.lists(st.integers(0, 200_000), max_size=60), st.integers(0, 5_000))
def test_thinning_keeps_the_newest_and_settles(hours: list[int], later: int) -> None:
    backups = aged(*hours)
    gone = backup.surplus(backups, NOW)
    assert not set(map(id, gone)) & set(map(id, backups[: backup.NEWEST]))
    left = [one for one in backups if all(one is not other for other in gone)]
    assert backup.surplus(left, NOW) == []
    gone_later = backup.surplus(left, NOW + dt.timedelta(hours=later))
    assert not set(map(id, gone_later)) & set(map(id, left[: backup.NEWEST]))


def test_making_one_removes_those_that_are_too_many(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(7):
        add(workspace, f"Aurora {number}")
        made(workspace)
    old = commands.listing(workspace)[-1]
    monkeypatch.setattr(backup, "surplus", lambda backups, _now: list(backups[6:]))
    add(workspace, "Helios")
    made(workspace)
    assert len(commands.listing(workspace)) == 6
    assert not old.path.exists()
