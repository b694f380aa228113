"""Columns of very many rows in one piece."""

from __future__ import annotations

import sqlite3

from crmtui.store.reading.at_once import columns
from hostile import STRINGS


def test_columns_keep_what_is_in_them_and_belong_together() -> None:
    connection = sqlite3.connect(":memory:")
    texts = [one for one in STRINGS if one.isprintable()]
    connection.execute("CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT, grade INTEGER, share REAL)")
    rows = [
        (at, name, at % 3 or None, at / 8) for at, name in enumerate([*texts, "", "[1, 2]", '"', "\\u0000", "a\nb\t"])
    ]
    connection.executemany("INSERT INTO t VALUES (?, ?, ?, ?)", rows)
    found = columns(connection, ("id", "name", "grade", "share"), "t WHERE id >= ?", (1,))
    assert sorted(zip(*found, strict=True)) == rows[1:]


def test_no_rows_are_empty_columns() -> None:
    assert columns(sqlite3.connect(":memory:"), ("1", "2"), "(SELECT 1) WHERE 0") == [[], []]
