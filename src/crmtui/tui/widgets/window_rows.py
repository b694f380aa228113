"""The rows of a list that are at hand: all keys in order, and a bounded number of pages of what they show."""

from __future__ import annotations

from array import array
from collections import OrderedDict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

    from crmtui.tui.widgets.window_source import Row, Sort, WindowSource

PAGE: Final = 256
PAGES_KEPT: Final = 6  # the three that a tall screen may need, twice; a styled row weighs some kilobytes


class Listing:
    """Keys in order with a cache of rows.

    Args:
        ids: the keys, in order.
        complete: whether these are all.
    """

    def __init__(self, ids: array[int] | None = None, *, complete: bool = True) -> None:
        self.ids = array("q") if ids is None else ids
        self.complete = complete
        self._pages: OrderedDict[int, Mapping[int, Row]] = OrderedDict()

    def __len__(self) -> int:
        return len(self.ids)

    def row(self, index: int) -> Row | None:
        """The row at a place; None when it is not at hand."""
        page = self._pages.get(index // PAGE)
        return None if page is None else page.get(self.ids[index])

    def find(self, key: int | None, near: int = 0) -> int | None:
        """The place of a key, looked for first where it is likely; None when it is not in the list."""
        if key is None:
            return None
        if 0 <= near < len(self.ids) and self.ids[near] == key:
            return near
        try:
            return self.ids.index(key)
        except ValueError:
            return None

    def missing(self, first: int, last: int) -> tuple[int, ...]:
        """The pages that hold some of the rows from first to last, both included, and are not at hand."""
        low, high = max(0, first), min(last, len(self.ids) - 1)
        pages = range(low // PAGE, high // PAGE + 1) if low <= high else ()
        return tuple(page for page in pages if page not in self._pages)

    def keys(self, page: int) -> array[int]:
        """The keys of a page."""
        return self.ids[page * PAGE : (page + 1) * PAGE]

    def keep(self, page: int, rows: Mapping[int, Row]) -> None:
        """Remember the rows of a page, and forget the page that was filled longest ago."""
        self._pages[page] = rows
        self._pages.move_to_end(page)
        while len(self._pages) > PAGES_KEPT:
            self._pages.popitem(last=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Aim:
    """What is to be on the screen once a list has been read again.

    Attributes:
        wanted: keys for the cursor, the first that is in the list.
        index: the place of the cursor when none of them is.
        line: the line of the screen that the cursor stays on.
        height: lines of the screen.
        marks: the marked keys.
    """

    wanted: tuple[int, ...] = ()
    index: int = 0
    line: int = 0
    height: int = 0
    marks: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """A list that was read.

    Attributes:
        listing: its keys, and the rows around the cursor.
        index: the place of the cursor; 0 in an empty list.
        marks: the marked keys that are in it.
    """

    listing: Listing
    index: int = 0
    marks: frozenset[int] = frozenset()


def load_head(source: WindowSource, words: str, sort: Sort | None) -> Loaded:
    """Read the beginning of a list: a page of keys and its rows."""
    head = source.head(words, sort, PAGE)
    listing = Listing(head.ids, complete=head.complete)
    _fill(source, listing, 0, PAGE - 1)
    return Loaded(listing=listing)


def load_all(source: WindowSource, words: str, sort: Sort | None, aim: Aim) -> Loaded:
    """Read all keys of a list, and the rows that will be on the screen."""
    listing = Listing(source.ids(words, sort))
    index = locate(listing, aim)
    top = max(0, min(index - aim.line, len(listing) - aim.height))
    _fill(source, listing, top, top + aim.height)
    marks = aim.marks.intersection(listing.ids) if aim.marks else aim.marks
    return Loaded(listing=listing, index=index, marks=marks)


def locate(listing: Listing, aim: Aim) -> int:
    """Where the cursor goes: to the first wanted key that is there, else to the nearest place."""
    for key in aim.wanted:
        if (index := listing.find(key, aim.index)) is not None:
            return index
    return max(0, min(aim.index, len(listing) - 1))


def load_pages(source: WindowSource, pages: Mapping[int, array[int]]) -> Mapping[int, Mapping[int, Row]]:
    """Read the rows of some pages, by the number of the page; given are the keys of each."""
    return {page: source.rows(keys) for page, keys in pages.items()}


def _fill(source: WindowSource, listing: Listing, first: int, last: int) -> None:
    """Read rows into a listing that nobody else has yet."""
    for page in listing.missing(first, last):
        listing.keep(page, source.rows(listing.keys(page)))
