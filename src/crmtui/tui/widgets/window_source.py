"""What a list asks of its screen: which columns there are, and rows in order, a window at a time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from array import array
    from collections.abc import Mapping, Sequence

    from textual.content import Content

    from crmtui.tui.show import Justify


@dataclass(frozen=True, slots=True, kw_only=True)
class ListColumn:
    """A column of a list.

    Attributes:
        key: what sorting by it is called.
        title: its heading, untranslated.
        width: the fewest cells it is shown in.
        widest: the most cells it grows to; as narrow as `width` when 0.
        justify: where its cells stand.
        priority: 0 is always shown; the greatest is the first to fold when the list is narrow.
        flexible: takes all the room that the others leave; one column of a list.
        sortable: whether the list can be sorted by it.
        tells: the keys of the columns of its table that it tells together; only its own when empty.
    """

    key: str
    title: str
    width: int
    widest: int = 0
    justify: Justify = "left"
    priority: int = 0
    flexible: bool = False
    sortable: bool = True
    tells: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sort:
    """The order of a list: the key of a column, and whether the greatest comes first."""

    key: str
    descending: bool = False


class Row(NamedTuple):
    """A record as a list shows it.

    Attributes:
        id: its integer key.
        cells: one for each column, in the order of the columns; a plain string is cleaned when it is shown.
    """

    id: int
    cells: tuple[Content | str, ...]


class Head(NamedTuple):
    """The beginning of a list.

    Attributes:
        ids: the first keys, in order.
        complete: whether there are no more.
    """

    ids: array[int]
    complete: bool


class WindowSource(Protocol):
    """Where a list gets its rows from; called in threads, more than one at a time, so nothing here is shared.

    Every method may raise `CrmtuiError`; filter is the text of the filter box, empty for all records, and sort
    is None for the source's own order.
    """

    @property
    def columns(self) -> Sequence[ListColumn]:
        """The columns, in the order they are shown; called on the UI thread, so at hand."""

    def head(self, words: str, sort: Sort | None, limit: int) -> Head:
        """The first keys of those that answer to the filter, quickly: it runs at each key typed."""

    def ids(self, words: str, sort: Sort | None) -> array[int]:
        """All keys of those that answer to the filter, in order, as `array("q")`."""

    def rows(self, ids: Sequence[int]) -> Mapping[int, Row]:
        """The rows of some keys; one that has gone meanwhile is left out."""
