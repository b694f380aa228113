"""The key that writes what a list shows to a file."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from crmtui.text import N_
from crmtui.tui.actions import Action, bindings
from crmtui.tui.widgets.window_list import WindowList

if TYPE_CHECKING:
    from crmtui.tui.outgoing import Outgoing

EXPORT: Final = Action(
    id="list.export",
    key="X",
    label=N_("Export"),
    help=N_("Write the marked records, or all that the list shows, to a file: a workbook, a table, cards, a calendar."),
    does="export",
    show=False,
)


class Exportable(WindowList):
    """A list that can be exported as it is shown."""

    BINDINGS: ClassVar = bindings(EXPORT)

    def outgoing(self) -> Outgoing:
        """What goes out."""
        raise NotImplementedError

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Of nothing there is no export."""
        return self.count > 0 if action == "export" else super().check_action(action, parameters)

    def action_export(self) -> None:
        """Ask for the format and the file."""
        from crmtui.tui.screens import exporting

        exporting.ask(self, self.outgoing())
