from __future__ import annotations

import contextlib
import errno
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from crmtui.commands.import_folders import named
from crmtui.errors import FileProblemError
from crmtui.exchange.atomic import atomic, refuse_taken, together
from hostile import STRINGS, has_control

FULL_DISK = """
import resource, signal, sys
from pathlib import Path
from crmtui.exchange.atomic import atomic
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, 10_000))
with atomic(Path(sys.argv[1])) as stream:
    for _ in range(int(sys.argv[2])):
        stream.write("x" * 100)
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "out.csv"
    path.write_text("old", encoding="utf-8")
    return path


def only(file: Path, content: str) -> bool:
    return file.read_text(encoding="utf-8") == content and list(file.parent.iterdir()) == [file]


def test_a_file_is_replaced_when_the_block_ends(file: Path) -> None:
    with atomic(file) as stream:
        stream.write("new\r\né\n")
        stream.flush()
        assert file.read_text(encoding="utf-8") == "old"
    assert file.read_bytes() == "new\r\né\n".encode()
    assert file.stat().st_mode & 0o777 == 0o600
    assert list(file.parent.iterdir()) == [file]


def test_a_new_file_is_for_its_owner_only(tmp_path: Path) -> None:
    with atomic(tmp_path / "new", "wb") as stream:
        stream.write(b"\0\xff")
    assert (tmp_path / "new").read_bytes() == b"\0\xff"
    assert (tmp_path / "new").stat().st_mode & 0o777 == 0o600


KILLED = """
import os, signal, sys
from pathlib import Path
from crmtui.exchange.atomic import atomic
with atomic(Path(sys.argv[1])) as stream:
    stream.write("half")
    stream.flush()
    os.kill(os.getpid(), signal.SIGKILL)
"""


def test_what_a_killed_process_was_writing_goes_when_the_next_file_is_written(file: Path) -> None:
    subprocess.run([sys.executable, "-c", KILLED, str(file)], check=False)
    (left,) = file.parent.glob(".*")
    with atomic(file.parent / "other.csv"):
        assert left.exists()  # it could be one that somebody has just begun
    with atomic(file.parent / "slow.csv") as stream:
        stream.write("slow")
        for part in file.parent.glob(".*"):
            os.utime(part, (0, 0))
        with atomic(file.parent / "other.csv"):
            assert not left.exists()
    assert sorted(path.name for path in file.parent.iterdir()) == ["other.csv", "out.csv", "slow.csv"]


@pytest.mark.parametrize("error", [KeyError("x"), ValueError("x"), KeyboardInterrupt()])
def test_an_error_in_the_block_leaves_the_old_file_and_nothing_else(file: Path, error: BaseException) -> None:
    with pytest.raises(type(error)), atomic(file) as stream:  # noqa: PT012 - the failing block is what is tried
        stream.write("half")
        raise error
    assert only(file, "old")


@pytest.mark.parametrize("rows", ["101", "5000"])
def test_a_full_disk_leaves_the_old_file_and_nothing_else(file: Path, rows: str) -> None:
    ran = subprocess.run(
        [sys.executable, "-c", FULL_DISK, str(file), rows], capture_output=True, text=True, check=False
    )
    assert f"{file}: the disk is full, what stood there before is unchanged; free some space" in ran.stderr
    assert only(file, "old")


@pytest.mark.parametrize("step", ["os.fsync", "pathlib.Path.replace", "tempfile.mkstemp"])
@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EROFS, errno.EACCES])
def test_a_failure_of_any_step_leaves_the_old_file_and_nothing_else(
    file: Path, monkeypatch: pytest.MonkeyPatch, step: str, code: int
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(step, fail)
    with pytest.raises(FileProblemError, match=str(file)), atomic(file) as stream:
        stream.write("new")
    monkeypatch.undo()
    assert only(file, "old")


def test_a_link_is_followed(file: Path, tmp_path: Path) -> None:
    link = tmp_path / "link.csv"
    link.symlink_to(file)
    with atomic(link) as stream:
        stream.write("new")
    assert link.is_symlink()
    assert file.read_text(encoding="utf-8") == "new"


def test_a_device_is_written_to_and_stays_one() -> None:
    with atomic(Path(os.devnull)) as stream:
        stream.write("gone")
    assert Path(os.devnull).is_char_device()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_a_full_device_is_said() -> None:
    with pytest.raises(FileProblemError, match="the disk is full"), atomic(Path("/dev/full")) as stream:
        stream.write("x")


def test_a_lone_surrogate_is_written_as_json_writes_it(tmp_path: Path) -> None:
    with atomic(tmp_path / "x") as stream:
        stream.write("\ud800")
    assert (tmp_path / "x").read_bytes() == rb"\ud800"


@pytest.mark.parametrize(
    ("place", "said"),
    [("", "this is a folder"), ("missing/x.csv", "its folder does not exist"), ("out.csv/x", "cannot be")],
)
def test_places_that_cannot_be_written_are_refused(file: Path, place: str, said: str) -> None:
    with pytest.raises(FileProblemError, match=said), atomic(file.parent / place):
        pytest.fail("the block must not be entered")


@pytest.mark.parametrize("name", STRINGS)
def test_hostile_names_are_written_or_refused_in_a_clean_sentence(tmp_path: Path, name: str) -> None:
    target = tmp_path / "deep" / "er" / f"x{STRINGS[name]}".replace("/", "_")
    target.parent.mkdir(parents=True)
    try:
        with atomic(target) as stream:
            stream.write("x")
        assert target.read_text(encoding="utf-8") == "x"
    except FileProblemError as refusal:
        assert not has_control(str(refusal))  # noqa: PT017 - both outcomes are fine
        assert len(str(refusal)) < 400  # noqa: PT017 - as above
    assert len(list(target.parent.iterdir())) <= 1


@pytest.mark.parametrize("name", ["team.db", "team.db-journal", "team.db-wal", "link"])
def test_a_database_and_what_belongs_to_it_are_never_written_over(tmp_path: Path, name: str) -> None:
    database = tmp_path / "team.db"
    with contextlib.closing(sqlite3.connect(database)) as connection:
        connection.execute("CREATE TABLE t (x)")
    (tmp_path / "link").symlink_to(database)
    before = database.read_bytes()
    with pytest.raises(FileProblemError, match="not written over"), atomic(tmp_path / name) as stream:
        stream.write("x")
    assert database.read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["link", "team.db"]


def test_what_is_read_from_is_not_written_to(file: Path, tmp_path: Path) -> None:
    refuse_taken(tmp_path / "other.csv", [file])
    (tmp_path / "link").symlink_to(file)
    for path in (file, tmp_path / "link", tmp_path / "." / file.name):
        with pytest.raises(FileProblemError, match="read from"):
            refuse_taken(path, [file])


FOLDER_KILLED = """
import os, signal, sys
from pathlib import Path
from crmtui.exchange.atomic import together
with together(Path(sys.argv[1])) as opened:
    with opened("a.csv") as stream:
        stream.write("new")
    with opened("b.csv") as stream:
        stream.write("half")
        stream.flush()
        os.kill(os.getpid(), signal.SIGKILL)
"""


def of(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text() for path in folder.iterdir()} if folder.exists() else {}


@pytest.fixture(params=[True, False], ids=["old", "new"])
def folder(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """One with files, and one that is not there yet."""
    place = tmp_path / "all"
    if request.param:
        place.mkdir()
        for name in ("b.csv", "c.csv"):
            (place / name).write_text("old")
    return place


def write(folder: Path, end: BaseException | None = None) -> None:
    with together(folder) as opened:
        for name in ("a.csv", "b.csv"):
            with opened(name) as stream:
                stream.write("new")
        if end:
            raise end


def test_the_files_of_a_folder_take_their_places_together(folder: Path) -> None:
    before = of(folder)
    write(folder)
    assert of(folder) == before | {"a.csv": "new", "b.csv": "new"}
    assert (folder / "b.csv").stat().st_mode & 0o777 == 0o600
    assert before or folder.stat().st_mode & 0o777 == 0o700
    assert list(folder.parent.iterdir()) == [folder]


def test_of_many_files_in_a_folder_those_that_are_the_same_are_left_alone(tmp_path: Path) -> None:
    folder = tmp_path / "all"
    for content in ("old", "new"):
        with together(folder) as opened:
            for number in range(60):
                with opened(f"{number}.csv") as stream:
                    stream.write(content if number < 10 else "same")
        if content == "old":
            before = {path.name: path.stat().st_ino for path in folder.iterdir()}
    assert [path.read_text() for path in folder.iterdir()].count("new") == 10
    assert sum(before[path.name] == path.stat().st_ino for path in folder.iterdir()) == 50


@pytest.mark.parametrize("end", [KeyError("x"), KeyboardInterrupt()])
def test_an_error_before_the_end_leaves_the_folder_as_it_was(folder: Path, end: BaseException) -> None:
    before = of(folder)
    with pytest.raises(type(end)):
        write(folder, end)
    assert of(folder) == before
    assert list(folder.parent.iterdir()) == [folder] * bool(before)


def test_a_killed_process_leaves_the_folder_as_it_was(folder: Path) -> None:
    before = of(folder)
    subprocess.run([sys.executable, "-c", FOLDER_KILLED, str(folder)], check=False)
    (left,) = folder.parent.rglob(".*.part")
    assert {path.name: path.read_text() for path in folder.glob("*.csv")} == before
    os.utime(left, (0, 0))
    write(folder)
    assert not left.exists()


KILLED_BETWEEN = """
import os, signal, sys
from pathlib import Path
from crmtui.exchange import atomic
replace = Path.replace
def put(path, target):
    if path.name == "b":
        os.kill(os.getpid(), signal.SIGKILL)
    return replace(path, target)
Path.replace = put
with atomic.together(Path(sys.argv[1])) as opened:
    for name in "abc":
        with opened(name) as stream:
            stream.write("new")
"""


@pytest.mark.parametrize("is_read", [True, False])
def test_files_of_a_folder_that_a_killed_process_had_written_are_put_in_place_next(
    tmp_path: Path, *, is_read: bool
) -> None:
    for name in "abd":
        (tmp_path / name).write_text("old", "utf-8")
    subprocess.run([sys.executable, "-c", KILLED_BETWEEN, str(tmp_path)], check=False)
    assert [(tmp_path / name).read_text("utf-8") for name in "ab"] == ["new", "old"]
    if is_read:
        with pytest.raises(FileProblemError, match="there is no file"):
            named([tmp_path])
    else:
        with together(tmp_path) as opened, opened("e") as stream:
            stream.write("newer")
        (tmp_path / "e").unlink()
    found = {path.name: path.read_text("utf-8") for path in tmp_path.iterdir()}
    assert found == {"a": "new", "b": "new", "c": "new", "d": "old"}


@pytest.mark.parametrize(("name", "said"), [("a.csv", "this is a folder"), ("b.csv", "not written over")])
def test_what_is_in_the_way_of_a_file_is_told_before_any_is_replaced(tmp_path: Path, name: str, said: str) -> None:
    (tmp_path / "a.csv").write_text("old")
    (tmp_path / name).unlink(missing_ok=True)
    if name == "a.csv":
        (tmp_path / name).mkdir()
    else:
        with contextlib.closing(sqlite3.connect(tmp_path / name)) as connection:
            connection.execute("CREATE TABLE t (x)")
    before = sorted(tmp_path.iterdir()), (tmp_path / "a.csv").stat().st_mtime_ns
    with pytest.raises(FileProblemError, match=said):
        write(tmp_path)
    assert (sorted(tmp_path.iterdir()), (tmp_path / "a.csv").stat().st_mtime_ns) == before


def test_a_folder_within_one_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileProblemError, match="its folder does not exist"):
        write(tmp_path / "missing" / "all")
