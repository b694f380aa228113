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
        (count,) = connection.execute("SELECT count(*) FROM channel").fetchone()
        found.append((threading.current_thread().name, count))

    wait = ahead(workspace, ask)
    wait()
    assert found == [("asking ahead", 7)]
    wait()  # as often as one likes
    assert len(found) == 1


def test_what_fails_troubles_nobody_and_its_connection_is_closed(workspace: Path) -> None:
    seen: list[sqlite3.Connection] = []
    is_over = threading.Event()

    def ask(connection: sqlite3.Connection) -> None:
        seen.append(connection)
        connection.execute("SELECT nothing FROM nowhere")

    ahead(workspace, ask, lambda _connection: is_over.set())()
    assert is_over.wait(10)
    for thread in threading.enumerate():
        if thread.name == "asking ahead":
            thread.join(10)
    with pytest.raises(Exception, match="closed"):
        seen[0].execute("SELECT 1")


def test_nobody_waits_for_what_comes_after_the_first(workspace: Path) -> None:
    may_go_on, is_over = threading.Event(), threading.Event()

    def second(_connection: sqlite3.Connection) -> None:
        may_go_on.wait(10)
        is_over.set()

    ahead(workspace, lambda _connection: None, second)()
    assert not is_over.is_set()
    may_go_on.set()
    assert is_over.wait(10)
