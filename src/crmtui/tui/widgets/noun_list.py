"""The list of a noun, which can be exported as it is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmtui.tui.widgets.export_key import Exportable

if TYPE_CHECKING:
    from textual.content import Content

    from crmtui.tui.outgoing import Outgoing
    from crmtui.tui.widgets.noun_source import NounSource


class NounList(Exportable):
    """A list of records of one noun.

    Args:
        source: where rows come from.
        empty: what an empty list says.
    """

    def __init__(self, source: NounSource, empty: Content) -> None:
        super().__init__(source, empty)
        self.source = source

    def outgoing(self) -> Outgoing:
        """The records, or those that are marked."""
        from crmtui.tui.outgoing import Records, Rows

        return Records(Rows(self.source, self.words, self.sort, self.marks, self.count), self.source)
