"""Words find what is in the records now, at every step, and no word is too strange to ask for."""

from __future__ import annotations

import contextlib
import sqlite3
import sys
from typing import TYPE_CHECKING

from hypothesis import given, strategies as st

from crmtui.commands import history
from crmtui.domain.accounts import Account
from crmtui.domain.words import Source
from crmtui.store import database, search
from crmtui.store.unit import work
from hostile import STRINGS
from store_dump import faults

if TYPE_CHECKING:
    from pathlib import Path


def found(path: Path, words: str) -> list[str]:
    with contextlib.closing(database.connect(path)) as connection:
        rows = connection.execute(
            "SELECT name FROM account WHERE id IN (SELECT rowid FROM account_search WHERE account_search MATCH ?)",
            (search.terms(words),),
        )
        return [row[0] for row in rows]


def test_words_find_the_records_of_every_moment(workspace: Path) -> None:
    with work(workspace, "add", Source.TUI) as unit:
        key = unit.insert(Account, {"name": "Società Aurora", "needs": "less downtime"})
    assert found(workspace, "societa") == found(workspace, "AUR down") == ["Società Aurora"]
    with work(workspace, "rename", Source.TUI) as unit:
        unit.update(Account, key, {"name": "Helios"})
        unit.update(Account, key, {"city": "Bozen"})
    assert (found(workspace, "aurora"), found(workspace, "hel boz")) == ([], ["Helios"])
    history.undo(workspace, Source.TUI)
    assert (found(workspace, "aurora"), found(workspace, "helios")) == (["Società Aurora"], [])
    history.redo(workspace, Source.TUI)
    with work(workspace, "delete", Source.TUI) as unit:
        unit.delete(Account, key)
    assert found(workspace, "helios") == []
    history.undo(workspace, Source.TUI)
    assert found(workspace, "helios") == ["Helios"]
    assert faults(workspace) == []


def test_strange_words_are_searched_without_harm(workspace: Path) -> None:
    for name, text in STRINGS.items():
        if search.terms(text):
            assert found(workspace, text) == [], name


@given(st.text(max_size=20))
def test_terms_are_words_that_begin(text: str) -> None:
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE VIRTUAL TABLE t USING fts5(x, detail=none)")
    terms = search.terms(text)
    if terms:
        connection.execute("SELECT * FROM t WHERE t MATCH ?", (terms,)).fetchall()


def test_no_letter_is_a_word_for_us_and_a_gap_for_the_index() -> None:
    """A term that the index cuts in two would be a phrase, which an index without places refuses."""
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE VIRTUAL TABLE t USING fts5(x, detail=none)")
    letters = [chr(code) for code in range(sys.maxunicode + 1) if search.terms(chr(code))]
    for start in range(0, len(letters), 500):
        words = " ".join(f"aa{letter}bb" for letter in letters[start : start + 500])
        connection.execute("SELECT * FROM t WHERE t MATCH ?", (search.terms(words),)).fetchall()
    assert len(letters) > 100_000
