"""A list whose rows can be exported as the texts that it shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmtui.tui.widgets.export_key import Exportable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from textual.content import Content

    from crmtui.tui.outgoing import Outgoing
    from crmtui.tui.widgets.window_source import WindowSource

    Read = Callable[[Sequence[int]], Iterable[Sequence[str]]]


class TextList(Exportable):
    """A list of what is neither a noun nor a table.

    Args:
        source: where rows come from.
        empty: what an empty list says.
        title: what its rows are called in a file, translated.
        read: reads the texts of rows in a thread, where a file takes others than the list shows: whole days.
        id: the widget's.
    """

    def __init__(
        self,
        source: WindowSource,
        empty: Content,
        title: str,
        *,
        read: Read | None = None,
        id: str | None = None,  # noqa: A002 - the name that every widget of Textual has
    ) -> None:
        super().__init__(source, empty, id=id)
        self.title = title
        self._read = read or self._shown

    def outgoing(self) -> Outgoing:
        """The rows, or those that are marked."""
        from crmtui.tui.outgoing import Rows, Texts

        return Texts(Rows(self._source, self.words, self.sort, self.marks, self.count), self.title, self._read)

    def _shown(self, keys: Sequence[int]) -> Iterator[list[str]]:
        found = self._source.rows(keys)
        rows = (found[key] for key in keys if key in found)
        return ([cell if isinstance(cell, str) else cell.plain for cell in row.cells] for row in rows)
