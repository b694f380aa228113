"""What a list tells its screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.message import Message

if TYPE_CHECKING:
    from crmtui.tui.widgets.window_source import Sort
    from crmtui.tui.widgets.window_view import WindowView


class ListMessage(Message, namespace="window_list"):
    """A message of one list, which selectors of `@on` match."""

    def __init__(self, sender: WindowView) -> None:
        super().__init__()
        self.sender = sender

    @property
    def control(self) -> WindowView:
        """The list."""
        return self.sender


class Highlighted(ListMessage, namespace="window_list"):
    """The cursor is on another record.

    Attributes:
        key: its integer key; None when the list has become empty.
    """

    def __init__(self, sender: WindowView, key: int | None) -> None:
        super().__init__(sender)
        self.key = key


class Opened(ListMessage, namespace="window_list"):
    """A record is to be opened.

    Attributes:
        key: its integer key.
    """

    def __init__(self, sender: WindowView, key: int) -> None:
        super().__init__(sender)
        self.key = key


class Marked(ListMessage, namespace="window_list"):
    """Other records are marked.

    Attributes:
        keys: all that are marked now.
    """

    def __init__(self, sender: WindowView, keys: frozenset[int]) -> None:
        super().__init__(sender)
        self.keys = keys


class SortRequested(ListMessage, namespace="window_list"):
    """Another order is asked for; the screen answers with `set_sort`.

    Attributes:
        sort: the order.
    """

    def __init__(self, sender: WindowView, sort: Sort) -> None:
        super().__init__(sender)
        self.sort = sort


class Counted(ListMessage, namespace="window_list"):
    """A list has been read.

    Attributes:
        count: how many rows it has.
        is_complete: whether these are all; the rest follows at once.
    """

    def __init__(self, sender: WindowView, count: int, *, is_complete: bool) -> None:
        super().__init__(sender)
        self.count = count
        self.is_complete = is_complete


class Judged(ListMessage, namespace="window_list"):
    """A filter has been tried; the rows of the last good one stay as long as it is wrong.

    Attributes:
        sentence: what is wrong with it; empty when nothing is.
    """

    def __init__(self, sender: WindowView, sentence: str) -> None:
        super().__init__(sender)
        self.sentence = sentence
