"""A process that imports and is killed, whenever that is, leaves the workspace as it was, or with the whole import."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
from typing import TYPE_CHECKING, Final

import pytest

from crmtui.commands.importing import ImportOptions, import_files
from crmtui.queries import workspace as queries
from crmtui.sqlite_file import SIDECARS
from crmtui.store import backup
from crmtui.store.check import check
from store_dump import dump, faults, query

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="a signal of POSIX")

ROWS: Final = 9_000
BEGIN: Final = """
import os, signal, sys
from pathlib import Path
from crmtui.commands.importing import ImportOptions, import_files
from crmtui.store import aside, search, unit

def die(*_any):
    os.kill(os.getpid(), signal.SIGKILL)
"""
# Moments at which the process kills itself.
ALL_WRITTEN: Final = "refresh = search.refresh\nsearch.refresh = lambda *given: die(refresh(*given))\n"
COMMITTED: Final = "unit._written = type('Written', (set,), {'add': die})()\n"
IN_PLACE: Final = "take_place = aside.Aside.take_place\naside.Aside.take_place = lambda copy: die(take_place(copy))\n"
IMPORT: Final = "import_files(Path(sys.argv[1]), [Path(sys.argv[2])], ImportOptions())\n"


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("rows") / "accounts.csv"
    rows = (f"Customer {number},packaging,Milano,customer{number}.example" for number in range(ROWS))
    path.write_text("\n".join(["Company,Industry,City,Website", *rows]), "utf-8")
    return path


@pytest.fixture(scope="module")
def begun(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with accounts, of which the import fills one."""
    path = tmp_path_factory.mktemp("begun") / "team.db"
    shutil.copy2(template, path)
    few = path.with_name("few.csv")
    few.write_text("Company,City\nCustomer 7,\nHelios,Torino\n", "utf-8")
    import_files(path, [few], ImportOptions())
    return path


@pytest.fixture
def ours(begun: Path, tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    """A workspace of which many rows are written to a copy; or into the file itself, which has two names then."""
    path = tmp_path / "ours.db"
    shutil.copy2(begun, path)
    if request.param == "itself":
        os.link(path, tmp_path / "second.db")
    return path


def importing(workspace: Path, file: Path, moment: str = "") -> subprocess.Popen[bytes]:
    script = f"{BEGIN}{moment}{IMPORT}"
    return subprocess.Popen([sys.executable, "-c", script, str(workspace), str(file)])


def size(*paths: Path) -> int:
    """How many bytes there are of files that may come and go meanwhile."""
    found = 0
    for path in paths:
        with contextlib.suppress(FileNotFoundError):
            found += path.stat().st_size
    return found


def count(workspace: Path) -> int:
    ((found,),) = query(workspace, "SELECT count(*) FROM account")
    return int(found)


def kill_when(process: subprocess.Popen[bytes], condition: Callable[[], bool]) -> int:
    """Kill a process as soon as the files are so; returns how it ended, 0 where it was quicker."""
    while process.poll() is None:
        if condition():
            process.send_signal(signal.SIGKILL)
            return process.wait()
        os.sched_yield()
    return process.wait()


def assert_sound(workspace: Path) -> None:
    assert faults(workspace) == []
    assert [one.sentence for one in check(workspace)] == []


@pytest.mark.parametrize(
    ("ours", "moment", "is_there"),
    [
        ("itself", ALL_WRITTEN, False),
        ("itself", COMMITTED, True),
        ("copy", ALL_WRITTEN, False),
        ("copy", COMMITTED, False),
        ("copy", IN_PLACE, True),
    ],
    indirect=["ours"],
    ids=["written", "committed", "copy-written", "copy-committed", "copy-in-place"],
)
def test_a_kill_around_the_commit_leaves_nothing_or_all(ours: Path, file: Path, moment: str, *, is_there: bool) -> None:
    before = dump(ours)
    assert importing(ours, file, moment).wait() == -signal.SIGKILL
    if is_there:
        assert count(ours) == ROWS + 1
        assert queries.history(ours)[0].rows == ROWS
    else:
        assert dump(ours) == before
    assert_sound(ours)


@pytest.mark.parametrize(
    ("ours", "amount"),
    [("itself", 1), ("itself", 64 << 10), ("itself", 1 << 20), ("copy", 0), ("copy", 64 << 10), ("copy", 1 << 20)],
    indirect=["ours"],
)
def test_a_kill_while_it_is_written_leaves_nothing_or_all(ours: Path, file: Path, amount: int) -> None:
    before, began = dump(ours), size(ours)

    def is_reached() -> bool:
        """How much there is more than before; of a copy, more than that holds at first."""
        if not amount:
            return bool(backup.listing(ours))
        copies = ours.parent.glob(f".{ours.name}.*")
        others = size(*copies) - began if not ours.with_name("second.db").exists() else 0
        return size(ours, *(ours.with_name(f"{ours.name}{suffix}") for suffix in SIDECARS)) - began + others >= amount

    ended = kill_when(importing(ours, file), is_reached)
    if count(ours) == ROWS + 1:  # it was quicker, by a commit
        assert ended in (0, -signal.SIGKILL)
    else:
        assert ended == -signal.SIGKILL
        assert dump(ours) == before
    assert_sound(ours)


def test_a_kill_while_a_new_workspace_is_begun_leaves_none(tmp_path: Path, file: Path) -> None:
    path = tmp_path / "new" / "team.db"
    path.parent.mkdir()

    def is_reached() -> bool:
        return size(*path.parent.glob(".team.db.*.new*")) > 1 << 20

    assert kill_when(importing(path, file), is_reached) == -signal.SIGKILL
    assert not path.exists()
    import_files(path, [file], ImportOptions())
    assert count(path) == ROWS
    assert_sound(path)
