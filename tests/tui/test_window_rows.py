from __future__ import annotations

from array import array
from itertools import pairwise

from hypothesis import given, strategies as st

from crmtui.tui.widgets.window_columns import GAP, LEAD, TAIL, place
from crmtui.tui.widgets.window_rows import PAGE, PAGES_KEPT, Aim, Listing, load_all
from crmtui.tui.widgets.window_source import ListColumn, Row
from tui.desk import COLUMNS, Names


def test_the_least_important_columns_fold_first() -> None:
    shown = {width: [spot.column.key for spot in place(COLUMNS, width)] for width in (120, 60, 40, 30, 10)}
    assert shown == {
        120: ["name", "level", "value", "notes"],
        60: ["name", "level", "value"],
        40: ["name", "level", "value"],
        30: ["name", "level"],
        10: ["name"],
    }


def test_a_heading_is_not_cut_where_the_language_has_longer_words() -> None:
    columns = [
        ListColumn(key="name", title="Account", width=10, flexible=True),
        ListColumn(key="planned", title="Planned contacts", width=7, justify="right"),
    ]
    name, planned = place(columns, 40)
    assert planned.width == len("Planned contacts")
    assert name.width == 40 - LEAD - TAIL - GAP - planned.width


@given(st.integers(1, 200))
def test_columns_fill_the_line_and_never_leave_it(width: int) -> None:
    places = place(COLUMNS, width)
    assert places[0].x == LEAD
    assert all(left.x + left.width + GAP == right.x for left, right in pairwise(places))
    assert places[-1].x + places[-1].width + TAIL == max(width, LEAD + 1 + TAIL)


def test_a_listing_keeps_a_bounded_number_of_pages() -> None:
    listing = Listing(array("q", range(PAGE * 100)))
    for page in range(100):
        listing.keep(page, {key: Row(key, ()) for key in listing.keys(page)})
    assert listing.row(0) is None
    assert listing.row(PAGE * 100 - 1) == Row(PAGE * 100 - 1, ())
    assert len(listing.missing(0, PAGE * 100)) == 100 - PAGES_KEPT


@given(st.lists(st.integers(1, 50), unique=True), st.integers(1, 60), st.integers(0, 60), st.integers(0, 9))
def test_what_is_read_again_has_the_cursor_on_the_record_or_near(
    keys: list[int], current: int, index: int, line: int
) -> None:
    source = Names(60)
    source.keys = keys
    loaded = load_all(source, "", None, Aim(wanted=(current,), index=index, line=line, height=10))
    if current in keys:
        assert loaded.listing.ids[loaded.index] == current
    else:
        assert loaded.index == max(0, min(index, len(keys) - 1))
    assert not loaded.listing.missing(loaded.index, loaded.index)
