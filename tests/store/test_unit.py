"""All of a unit of work is written, or nothing: through errors, full disks, kills and other processes."""

from __future__ import annotations

import contextlib
import hashlib
import signal
import sqlite3
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy.exc import IntegrityError

from crmtui.domain.accounts import Account
from crmtui.domain.people import Person
from crmtui.domain.words import Source
from crmtui.errors import BusyError, FileProblemError, InvalidError
from crmtui.queries import workspace as queries
from crmtui.store import database
from crmtui.store.unit import UnitOfWork, work
from crmtui.store.writing import bulk
from store_dump import dump, faults

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def write(unit: UnitOfWork) -> None:
    """A bit of everything."""
    account = unit.insert(Account, {"name": "Aurora", "notes": "n" * 5000})
    person = unit.insert(Person, {"name": "Laura", "account_id": account})
    unit.update(Account, account, {"city": "Milano"})
    unit.delete(Person, person)


def test_a_unit_of_work_is_one_change_set(workspace: Path) -> None:
    before = len(queries.history(workspace))
    with work(workspace, "Add Aurora", Source.CLI, actor="anna") as unit:
        write(unit)
    newest, *older = queries.history(workspace)
    assert len(older) == before
    assert queries.version(workspace) == newest.id
    assert (newest.label, newest.actor, newest.source, newest.rows) == ("Add Aurora", "anna", "cli", 4)
    assert faults(workspace) == []


ENDS = (RuntimeError, InvalidError, KeyboardInterrupt, SystemExit, GeneratorExit)


@pytest.mark.parametrize("end", ENDS)
def test_an_error_leaves_nothing_behind(workspace: Path, end: type[BaseException]) -> None:
    before = digest(workspace)

    def fail(unit: UnitOfWork) -> None:
        write(unit)
        raise InvalidError({}) if end is InvalidError else end

    with pytest.raises(end), work(workspace, "", Source.CLI) as unit:
        fail(unit)
    assert digest(workspace) == before


def test_a_unit_that_goes_on_after_a_failed_write_is_not_taken_for_done(workspace: Path) -> None:
    before = digest(workspace)

    def go_on(unit: UnitOfWork) -> None:
        write(unit)
        with contextlib.suppress(IntegrityError):
            unit.insert(Person, {"name": "Laura", "account_id": 4711})

    with pytest.raises(RuntimeError, match="took back"), work(workspace, "", Source.CLI) as unit:
        go_on(unit)
    assert digest(workspace) == before


def test_changing_nothing_leaves_no_change_set(workspace: Path) -> None:
    with work(workspace, "add", Source.CLI) as unit:
        account = unit.insert(Account, {"name": "Aurora"})
    before = queries.version(workspace)
    with work(workspace, "look", Source.CLI) as unit:
        unit.update(Account, account, {"name": "Aurora"})
        unit.relabel("nothing")
    assert queries.version(workspace) == before


def test_a_unit_that_is_abandoned_changes_nothing(workspace: Path) -> None:
    before = digest(workspace)
    with work(workspace, "try", Source.CLI) as unit:
        write(unit)
        unit.abandon()
    assert digest(workspace) == before


def test_a_fault_at_any_step_leaves_nothing_behind(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """SQLite is stopped after 30, 60, 90 … of its instructions, until the unit gets through."""
    before, connect, stops = dump(workspace), database.connect, 0

    def stopping(after: int) -> Callable[[Path], sqlite3.Connection]:
        def opened(path: Path) -> sqlite3.Connection:
            left = iter(range(after))
            connection = connect(path)
            connection.set_progress_handler(lambda: next(left, None) is None, 30)
            return connection

        return opened

    for steps in range(10_000):
        with monkeypatch.context() as patch:
            patch.setattr(database, "connect", stopping(steps))
            try:
                with work(workspace, "add", Source.CLI) as unit:
                    write(unit)
            except (sqlite3.OperationalError, FileProblemError):
                stops += 1
            else:
                break
        assert dump(workspace) == before
    assert stops > 20
    assert dump(workspace) != before
    assert faults(workspace) == []


def test_a_full_file_is_said_and_nothing_changes(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before, connect = digest(workspace), database.connect

    def full(path: Path) -> sqlite3.Connection:
        connection = connect(path)
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count = {pages}")
        return connection

    monkeypatch.setattr(database, "connect", full)
    with pytest.raises(FileProblemError, match="disk is full"), work(workspace, "", Source.CLI) as unit:
        unit.insert(Account, {"name": "Aurora", "notes": "n" * 200_000})
    assert digest(workspace) == before


@pytest.mark.skipif(sys.platform == "win32", reason="a limit of POSIX")
def test_a_write_that_the_system_refuses_changes_nothing(workspace: Path) -> None:
    """No file may grow beyond a limit, which is raised page by page: each write in turn is the one that fails."""
    import resource

    before, failed = dump(workspace), 0
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    end = workspace.stat().st_size + (1 << 20)
    for limit in [*range(0, 1 << 16, 4096), *range(1 << 16, end, 1 << 16)]:
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, hard))
        try:
            with work(workspace, "add", Source.CLI) as unit:
                unit.insert(Account, {"name": "Aurora", "notes": "n" * 100_000})
        except FileProblemError:
            failed += 1
        else:
            break
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        assert dump(workspace) == before
        assert faults(workspace) == []
    assert failed > 10


def child(script: str, path: Path, **options: Any) -> subprocess.Popen[str]:
    begin = (
        "import sys\nfrom pathlib import Path\nfrom crmtui.domain.accounts import Account\n"
        "from crmtui.domain.words import Source\nfrom crmtui.store.unit import work\npath = Path(sys.argv[1])\n"
    )
    return subprocess.Popen([sys.executable, "-c", begin + script, str(path)], text=True, **options)


@pytest.mark.skipif(sys.platform == "win32", reason="a signal of POSIX")
def test_a_process_killed_in_the_middle_leaves_the_file_as_it_was(workspace: Path) -> None:
    before = dump(workspace)
    script = (
        "with work(path, 'add', Source.CLI) as unit:\n"
        "    unit.connection.execute('PRAGMA cache_size = 5')\n"  # so that pages are in the file before the end
        "    for number in range(200):\n"
        "        unit.insert(Account, {'name': f'Aurora {number}', 'notes': 'n' * 3000})\n"
        "    print('written', flush=True)\n"
        "    sys.stdin.read()\n"
    )
    with child(script, workspace, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "written\n"
        process.send_signal(signal.SIGKILL)
        assert process.wait() == -signal.SIGKILL
    assert dump(workspace) == before
    assert faults(workspace) == []


def test_two_processes_lose_no_update(workspace: Path) -> None:
    with work(workspace, "add", Source.CLI) as unit:
        account = unit.insert(Account, {"name": "Aurora", "employees": 0})
    script = (
        "for _ in range(20):\n"
        "    with work(path, 'count', Source.CLI) as unit:\n"
        f"        had = unit.connection.execute('SELECT employees FROM account WHERE id = {account}').fetchone()[0]\n"
        f"        unit.update(Account, {account}, {{'employees': had + 1}})\n"
    )
    processes = [child(script, workspace) for _ in range(2)]
    assert [process.wait() for process in processes] == [0, 0]
    with contextlib.closing(database.connect(workspace)) as connection:
        assert connection.execute("SELECT employees FROM account").fetchone() == (40,)
    assert len(queries.history(workspace, 1000)) == 1 + 40


def test_a_reader_sees_the_last_state_that_was_committed(workspace: Path) -> None:
    with contextlib.closing(database.connect(workspace)) as reader, work(workspace, "add", Source.CLI) as unit:
        unit.insert(Account, {"name": "Aurora"})
        assert reader.execute("SELECT count(*) FROM account").fetchone() == (0,)
    assert len(dump(workspace)["account"]) == 1


def test_a_file_that_was_replaced_is_not_written_to(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A restore puts another file in place: a writer that waited for the old one must not take it for the new."""
    monkeypatch.setattr(database, "is_wal_sound", lambda _version: False)
    other = workspace.with_name("other.db")
    with contextlib.closing(database.connect(workspace)) as waiting:
        other.write_bytes(workspace.read_bytes())
        workspace.rename(workspace.with_name("kept.db"))
        other.rename(workspace)
        with pytest.raises(BusyError, match="replaced"), database.explained(workspace):
            waiting.execute("UPDATE meta SET value = ''")
    assert dump(workspace)["account"] == []


def test_a_file_that_is_replaced_while_it_is_opened_is_not_used(
    workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other, recognise = workspace.with_name("other.db"), database._recognise
    other.write_bytes(workspace.read_bytes())

    def replaced(application: int, path: Path) -> None:
        recognise(application, path)
        if other.exists():
            other.replace(path)

    database.inspect(workspace)
    monkeypatch.setattr(database, "_recognise", replaced)
    with pytest.raises(BusyError, match="replaced"):
        database.connect(workspace)
    database.connect(workspace).close()


def test_a_record_is_written_while_others_are_being_read(workspace: Path) -> None:
    with work(workspace, "add", Source.TUI) as unit:
        bulk.insert_many(unit, Account, [{"name": f"Customer {number}"} for number in range(300)])
    with work(workspace, "change", Source.TUI) as unit:
        for (key,) in unit.connection.execute("SELECT id FROM account ORDER BY id"):
            unit.update(Account, key, {"city": "Ghent"})
    with contextlib.closing(database.connect(workspace)) as connection:
        assert connection.execute("SELECT DISTINCT city FROM account").fetchall() == [("Ghent",)]
