"""What is asked ahead is there when it is waited for, and what fails there troubles nobody."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest

from crmtui.queries.ahead import ahead

if TYPE_CHECKING:
    import sqlite3
    from pathlib import Path


def test_it_is_known_when_it_was_waited_for(workspace: Path) -> None:
    found: list[tuple[str, int]] = []

    def ask(connection: sqlite3.Connection) -> None:
        found.append(
            (threading.current_thread().name, connection.execute("SELECT count(*) FROM channel").fetchone()[0])
        )

    with ahead(workspace, ask) as wait:
        wait()
        assert found == [("asking ahead", 7)]
        wait()  # as often as one likes
    assert len(found) == 1


def test_its_connection_is_closed_whatever_happens(workspace: Path) -> None:
    seen: list[sqlite3.Connection] = []

    def ask(connection: sqlite3.Connection) -> None:
        seen.append(connection)
        connection.execute("SELECT nothing FROM nowhere")

    with ahead(workspace, ask):
        pass
    with pytest.raises(Exception, match="closed"):
        seen[0].execute("SELECT 1")


def test_it_is_over_when_what_asked_for_it_fails(workspace: Path) -> None:
    threads: list[threading.Thread] = []

    def ask(_connection: sqlite3.Connection) -> None:
        threads.append(threading.current_thread())

    with pytest.raises(ZeroDivisionError), ahead(workspace, ask):
        raise ZeroDivisionError
    assert not threads[0].is_alive()
