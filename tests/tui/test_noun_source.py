from __future__ import annotations

import datetime as dt
from pathlib import Path

from crmtui.tui.widgets.noun_source import NounSource

TODAY = dt.date(2026, 3, 12)


def test_words_take_no_more_room_than_the_longest_of_them_needs() -> None:
    columns = {column.key: column for column in NounSource(Path("team.db"), "opportunities", lambda: TODAY).columns}
    assert columns["stage"].widest <= max(columns["stage"].width, len("Prospecting"))
    assert columns["account"].widest > columns["account"].width
