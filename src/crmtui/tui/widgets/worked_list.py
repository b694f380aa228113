"""The list of a table that is worked out, which can be exported as it is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from crmtui.tui.widgets.export_key import Exportable

if TYPE_CHECKING:
    from textual.content import Content

    from crmtui.tui.outgoing import Outgoing
    from crmtui.tui.widgets.worked_source import WorkedSource


class WorkedList(Exportable):
    """A list of rows of a table.

    Args:
        source: where rows come from.
        empty: what an empty list says.
        id: the widget's.
    """

    def __init__(self, source: WorkedSource[Any], empty: Content, id: str | None = None) -> None:  # noqa: A002 - Textual's
        super().__init__(source, empty, id=id)
        self.source = source

    def outgoing(self) -> Outgoing:
        """The rows, or those that are marked."""
        from crmtui.tui.outgoing import Figures, Rows

        return Figures(Rows(self.source, self.words, self.sort, self.marks, self.count), self.source)
