"""How a list is read: a page at a time in threads, the cursor staying on its record."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from crmtui.errors import CrmtuiError, UsageError
from crmtui.text import _
from crmtui.tui import show
from crmtui.tui.jobs import Jobs
from crmtui.tui.widgets.window_messages import Counted
from crmtui.tui.widgets.window_rows import PAGE, Aim, Loaded, load_all, load_head, load_pages, locate
from crmtui.tui.widgets.window_view import WindowView

if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual.content import Content

    from crmtui.tui.widgets.window_source import Row, Sort, WindowSource

PATIENCE: Final = 0.2  # seconds before a list that is still empty says that it is being read
NEAR: Final = PAGE // 4  # rows beyond the screen that are read in advance


class WindowReading(WindowView):
    """A list that reads its rows from a source.

    Args:
        source: where rows come from.
        empty: what an empty list says: what it is for, and the key to begin.
        sort: the order to begin with; None for the source's own.
        words: the filter to begin with.
    """

    def __init__(
        self,
        source: WindowSource,
        empty: Content,
        *,
        sort: Sort | None = None,
        words: str = "",
        id: str | None = None,  # noqa: A002 - the name that every widget of Textual has
        classes: str | None = None,
    ) -> None:
        super().__init__(source.columns, sort, id, classes)
        self._source = source
        self._empty = empty
        self._words = words
        self._jobs = Jobs(self)
        self._asked: frozenset[int] = frozenset()
        self._goto: int | None = None
        self._home: tuple[int, int] | None = None
        self._to_end = False
        self._is_loaded = False
        self._is_slow = False
        self._error = ""

    @property
    def current(self) -> int | None:
        """The key of the record under the cursor; None in an empty list."""
        return self._current

    @property
    def marks(self) -> frozenset[int]:
        """The keys of the marked records; all of them are in the list."""
        return self._marks

    @property
    def chosen(self) -> frozenset[int]:
        """The keys that an action applies to: the marked ones, else the one under the cursor."""
        return self._marks or frozenset(() if self._current is None else (self._current,))

    @property
    def count(self) -> int:
        """How many rows the list has, as far as it has been read (see `is_complete`)."""
        return len(self._listing)

    @property
    def is_complete(self) -> bool:
        """Whether all keys have been read."""
        return self._listing.complete

    @property
    def sort(self) -> Sort | None:
        """The order of the list."""
        return self._sort

    @property
    def words(self) -> str:
        """The filter of the list."""
        return self._words

    # Reading

    def reload(self) -> None:
        """Read the list again, since records have changed."""
        read = self._read_all if self._is_loaded else self._read_head
        read()

    def set_filter(self, words: str) -> None:
        """Show the records that answer to a filter.

        They are shown from the top. When the filter is taken away the cursor goes back where it was before,
        unless it has been moved meanwhile: then it stays on its record.
        """
        if words == self._words:
            return
        if not self._words and self._current is not None:
            self._home = (self._current, self._line)
        self._words = words
        read = self._read_head if words else self._read_all
        read()

    def set_sort(self, sort: Sort | None) -> None:
        """Show the records in another order, around the cursor."""
        if sort != self._sort:
            self._sort = sort
            self._refresh_header()
            self.reload()

    def set_source(self, source: WindowSource) -> None:
        """Show other records, from the top and unmarked."""
        self._source, self._home, self._is_loaded = source, None, False
        self.show_columns(source.columns)
        self.mark(frozenset())
        self._read_head()

    def set_empty(self, empty: Content) -> None:
        """Say something else when the list is empty."""
        self._empty = empty
        self.refresh()

    def goto(self, key: int) -> None:
        """Put the cursor on a record: at once, or after reading the list again."""
        if (index := self._listing.find(key)) is None:
            self._goto = key
            self.reload()
        else:
            self.move(index, centre=True)

    def on_mount(self) -> None:
        """Read the first page; say so only when that takes long."""
        self._read_head()
        self.set_timer(PATIENCE, self._say_slow)

    def _say_slow(self) -> None:
        self._is_slow = True
        if not self._is_loaded:
            self.refresh()

    def _read_head(self) -> None:
        work = partial(load_head, self._source, self._words, self._sort)
        self._jobs.run("keys", work, on_done=self._show_head, on_failed=self._fail)

    def _read_all(self) -> None:
        aim = self._aim()
        work = partial(load_all, self._source, self._words, self._sort, aim)
        self._jobs.run("keys", work, on_done=partial(self._show_all, aim), on_failed=self._fail)

    @property
    def _line(self) -> int:
        """The line of the screen that the cursor is on, the nearest when it is off the screen."""
        return max(0, min(self._index - self._top, self.rows_visible - 1))

    def _aim(self) -> Aim:
        home, line = self._home if self._home and not self._words else (None, self._line)
        wanted = tuple(key for key in (self._goto, home, self._current) if key is not None)
        return Aim(wanted=wanted, index=self._index, line=line, height=self.rows_visible, marks=self._marks)

    def let_go(self) -> None:
        """From now on the cursor stays where the user puts it."""
        self._home = None
        self._to_end = False

    def _show_head(self, loaded: Loaded) -> None:
        marks = self._marks.intersection(loaded.listing.ids) if loaded.listing.complete else self._marks
        self._show(Loaded(listing=loaded.listing, marks=marks), 0)
        if not loaded.listing.complete:
            self.call_after_refresh(self._read_rest)

    def _read_rest(self) -> None:
        """Read all keys when the first rows are drawn, for both need the interpreter; unless others are asked for."""
        if not self._jobs.is_busy("keys"):
            self._read_all()

    def _show_all(self, aim: Aim, loaded: Loaded) -> None:
        """Show what was read; when the cursor or the marks are no longer what they were, as they are now."""
        if (now := self._aim()) != aim:
            marks = self._marks.intersection(loaded.listing.ids)
            loaded = Loaded(listing=loaded.listing, index=locate(loaded.listing, now), marks=marks)
        self._goto = None
        if not self._words:
            self._home = None
        self._show(loaded, now.line)

    def _show(self, loaded: Loaded, line: int) -> None:
        self._is_loaded, self._error = True, ""
        self.judge("")
        self._asked = frozenset()
        self._jobs.forget("rows")
        last = len(loaded.listing) - 1
        self.show_listing(loaded.listing, last if self._to_end else loaded.index, line)
        self._to_end = self._to_end and not loaded.listing.complete
        self.mark(loaded.marks)
        self.need()
        self.post_message(Counted(self, self.count, is_complete=self.is_complete))

    def _fail(self, error: CrmtuiError) -> None:
        """Say why nothing is shown; rows that are shown stay."""
        self._is_loaded = True
        if self._words and isinstance(error, UsageError):
            self.judge(str(error))
        elif self.count:
            self.notify(str(error), severity="error", markup=False)
        else:
            self._error = str(error)
            self.refresh()

    def need(self) -> None:
        """Read the pages of the screen that are not at hand, and those near it."""
        top, end = self._top, self._top + self.rows_visible
        near = self._listing.missing(top - NEAR, end + NEAR)
        if not near or (self._asked and self._asked.issuperset(self._listing.missing(top, end - 1))):
            return
        self._asked = frozenset(near)
        work = partial(load_pages, self._source, {page: self._listing.keys(page) for page in near})
        self._jobs.run("rows", work, on_done=self._keep, on_failed=self._fail_rows)

    def _keep(self, pages: Mapping[int, Mapping[int, Row]]) -> None:
        is_seen = bool(self._listing.missing(self._top, self._top + self.rows_visible - 1))
        for page, rows in pages.items():
            self._listing.keep(page, rows)
        self._asked = frozenset()
        if is_seen:
            self.refresh()
        self.need()

    def _fail_rows(self, error: CrmtuiError) -> None:
        self._asked = frozenset()
        self._fail(error)

    def say(self) -> tuple[Content | None, str]:
        """What is written where there are no rows, and the component class it is drawn in."""
        if self._error:
            return show.block(self._error), "error"
        if not self._is_loaded:
            return (show.block(_("Loading …")) if self._is_slow else None), "message"
        if self._words:
            return show.block(_("Nothing answers to this filter.")), "message"
        return self._empty, "message"
