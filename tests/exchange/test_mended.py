"""Columns that only tell why rows were refused do not come back with the rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from crmtui.exchange.mended import REASONS, without_reasons
from crmtui.exchange.reading import read_table

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("headers", "kept"),
    [
        (("name", *REASONS), ("name",)),
        ((*REASONS[:2], "name", "city", *REASONS[2:]), ("name", "city")),
        (("name", "rejected_line", "rejected_reason"), ("name",)),
        (("name", "rejected_value"), ("name", "rejected_value")),  # may be somebody else's
        (REASONS, REASONS),  # nothing else would be left
    ],
)
def test_our_own_columns_are_left_out(tmp_path: Path, headers: tuple[str, ...], kept: tuple[str, ...]) -> None:
    path = tmp_path / "a.csv"
    path.write_text(",".join(headers) + "\n" + ",".join(f"of {header}" for header in headers) + "\n", "utf-8")
    table = without_reasons(read_table(path))
    assert table.headers == kept
    assert [(row.line, row.values) for row in table.rows()] == [(2, tuple(f"of {header}" for header in kept))]
    assert len(kept) == len(headers) or "rejected_line" in table.notes[-1]
