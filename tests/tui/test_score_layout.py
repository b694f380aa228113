from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given, strategies as st

from crmtui.queries import scorecards
from crmtui.tui.widgets.score_layout import GAP, GRADE, LEAD, RIVAL, WEIGHT, Section, lay_out, rows
from deals import TODAY, begin

if TYPE_CHECKING:
    from pathlib import Path


@given(st.integers(45, 250), st.integers(0, 9), st.data())
def test_nothing_is_wider_than_the_pane_and_the_cursor_is_in_it(width: int, rivals: int, data: st.DataObject) -> None:
    column = data.draw(st.integers(0, rivals))
    layout = lay_out(width, rivals, column)
    used = LEAD + layout.label + GAP + WEIGHT + GAP + GRADE + layout.rivals * (GAP + RIVAL)
    assert used + (GAP + layout.evidence if layout.evidence else 0) <= width
    assert 0 <= layout.first <= rivals - layout.rivals
    if layout.rivals and column:
        assert layout.first < column <= layout.first + layout.rivals


def test_each_perspective_has_one_heading_and_gates_come_first(workspace: Path) -> None:
    deals = begin(workspace)
    found = rows(scorecards.card(deals.path, deals.line4, TODAY).lines)
    headings = [row.label for row in found if isinstance(row, Section)]
    assert headings == ["Gates, asked first", "Return", "Customer", "Solution fit", "Strategic fit", "Competition"]
    assert [row for row in found if isinstance(row, int)] == list(range(22))
