"""Our own format as programs of ours wrote it that came before this one."""

from __future__ import annotations

import sqlite3
from importlib import resources

import pytest

from crmtui.domain.fields import specs
from crmtui.domain.nouns import BY_TABLE
from crmtui.exchange.portable import portable_columns, table_of
from crmtui.store import migrations

RELEASED = "versions/schema_0004.sql"  # the oldest whose exports are out there


@pytest.fixture(scope="module")
def released() -> dict[str, set[str]]:
    """The columns of each table, as they were."""
    connection = sqlite3.connect(":memory:")
    connection.executescript(resources.files(migrations).joinpath(RELEASED).read_text("utf-8"))
    told = {table: {row[1] for row in connection.execute(f"PRAGMA table_info({table})")} for table in BY_TABLE}
    return {table: names for table, names in told.items() if names}


@pytest.mark.parametrize("amounts", [False, True])
def test_tables_are_known_without_the_columns_that_came_later(released: dict[str, set[str]], amounts: bool) -> None:
    for table, names in released.items():
        columns = portable_columns(BY_TABLE[table], amounts=amounts)
        headers = [column.name for column in columns if not column.field or column.field in names]
        assert table_of(headers, table) == table


def test_a_field_came_later_when_the_released_schema_is_without_it(released: dict[str, set[str]]) -> None:
    for table, names in released.items():
        known = specs(BY_TABLE[table])
        assert {name for name, spec in known.items() if spec.is_later} == known.keys() - names
