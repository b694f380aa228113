"""Tables of what is worked out: the same columns on screen, in filters and in files."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from conftest import TODAY
from crmtui.errors import UsageError
from crmtui.queries import picked_cells, worked, worked_tables
from crmtui.queries.lists import Shape
from crmtui.queries.picked_cells import Manner

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("noun", worked_tables.NOUNS)
def test_each_column_sorts_filters_and_is_written(sample: Path, noun: str) -> None:
    table, rows = worked_tables.table(noun), worked_tables.read(noun, sample, TODAY)
    assert rows
    for one in table.columns:
        key, cells = one.column.key, [one.of(row) for row in rows]
        for turned in ("", "-"):
            found = worked.chosen(sample, table, rows, TODAY, order=turned + key)
            ranks = [rank for row in found if (rank := one.rank(row)) is not None]
            assert len(found) == len(rows)
            assert ranks == sorted(ranks, reverse=bool(turned)), key
        if one.column.shape is Shape.MONEY:
            cells = [minor for minor, _currency in cells]
        if one.column in table.filtered:
            known = worked.chosen(sample, table, rows, TODAY, filter_text=f"{key}:any")
            assert len(known) == sum(cell not in (None, "", []) for cell in cells), key
    for manner in Manner:
        for pick in (table.picked(table.keys), table.picked(table.shown), table.named("fields,uid")):
            headers = [one.header for one in picked_cells.cells(pick, manner)]
            assert len(set(headers)) == len(headers)


def test_filters_know_the_table_before_the_list_and_both_together(sample: Path) -> None:
    table, rows = worked_tables.table("matrix"), worked_tables.read("matrix", sample, TODAY)

    def found(words: str, order: str = "") -> list[str]:
        return [one.line.name for one in worked.chosen(sample, table, rows, TODAY, filter_text=words, order=order)]

    enriched = [one.line.name for one in rows if one.line.stance.posture.value == "enrich"]
    assert found("posture:enrich") == enriched != found("posture_by_hand:enrich")
    attractive = [one.line.name for one in rows if (one.line.place.attractiveness.value or 0) > 50]
    assert found("attractiveness>50 level:buyer owner:anna", "-name") == sorted(
        {*attractive} & {*found("level:buyer")} & {*found("owner:anna")}, reverse=True
    )
    assert found("is_certain:yes") + found("is_certain:no", "name") != []
    assert sorted(found("", "owner")) == sorted(one.line.name for one in rows)
    with pytest.raises(UsageError, match=re.escape("There is no column capacity")):
        found("capacity:3")
