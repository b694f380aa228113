"""The history: what was changed, when, by whom and through which door; any of it can be taken back."""

from __future__ import annotations

from array import array
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, ClassVar, Final

from textual.content import Content

from crmtui.domain.words import Source
from crmtui.text import N_, _
from crmtui.tui import show
from crmtui.tui.actions import Action, bindings
from crmtui.tui.screens.base import RoomScreen
from crmtui.tui.widgets.page import Pane
from crmtui.tui.widgets.window_list import WindowList
from crmtui.tui.widgets.window_source import Head, ListColumn, Row, Sort

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from textual.app import ComposeResult

    from crmtui.queries.workspace import ChangeSet

MOST: Final = 1_000  # actions; older ones are undone from the command line by their number
DOORS: Final = {word.value: word.label for word in Source}
COLUMNS: Final = (
    ListColumn(key="at", title=N_("When"), width=14, sortable=False),
    ListColumn(key="label", title=N_("What"), width=30, flexible=True, sortable=False),
    ListColumn(key="rows", title=N_("Rows"), width=7, justify="right", priority=2, sortable=False),
    ListColumn(key="source", title=N_("Through"), width=16, priority=1, sortable=False),
)


class HistorySource:
    """The newest actions as rows.

    Args:
        path: the workspace.
        today: what dates are seen from.
    """

    columns = COLUMNS

    def __init__(self, path: Path, today: dt.date) -> None:
        self._path = path
        self._today = today

    def ids(self, words: str, sort: Sort | None) -> array[int]:  # noqa: ARG002 - one order, no filter
        """The numbers of the actions, the newest first."""
        return array("q", (one.id for one in self._sets()))

    def head(self, words: str, sort: Sort | None, limit: int) -> Head:
        """The same, from the beginning."""
        ids = self.ids(words, sort)
        return Head(ids[:limit], len(ids) <= limit)

    def rows(self, ids: Sequence[int]) -> Mapping[int, Row]:
        """The actions of some numbers."""
        wanted = set(ids)
        return {one.id: Row(one.id, self._cells(one)) for one in self._sets() if one.id in wanted}

    def _sets(self) -> list[ChangeSet]:
        from crmtui.queries import workspace

        return workspace.history(self._path, MOST)

    def _cells(self, one: ChangeSet) -> tuple[Content, ...]:
        label = show.label(one.label, show.MUTED if one.undone else "")
        undone = Content.styled(f" {_('undone')}", show.MUTED) if one.undone else Content()
        return (
            show.moment(datetime.fromisoformat(one.at), self._today),
            Content.assemble(label, undone),
            show.figure(one.rows),
            show.label(_(DOORS.get(one.source, ""))),
        )


class HistoryScreen(RoomScreen):
    """Every action, the newest first."""

    HELP = N_("Everything that was changed, the newest first, from the screen, the command line and imports.")
    BINDINGS: ClassVar = bindings(
        Action(
            id="history.undo_one",
            key="enter,u",
            label=N_("Undo this"),
            help=N_("Take the action under the cursor back, if no later one stands in the way."),
        )
    )

    def compose_body(self) -> ComposeResult:
        """The list."""
        self._list = WindowList(
            HistorySource(self.workspace, self.crm.today), show.label(_("Nothing has been changed yet."))
        )
        yield Pane(self._list, title=_("History"))

    def reload(self) -> None:
        """Read the list again."""
        self._list.reload()

    def on_window_list_opened(self) -> None:
        """Enter, or a click."""
        self.action_undo_one()

    def on_window_list_counted(self) -> None:
        """There may be nothing to take back."""
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Without a history there is nothing to take back."""
        if action == "undo_one":
            return any(one.count for one in self.query(WindowList))
        return super().check_action(action, parameters)

    def action_undo_one(self) -> None:
        """Take the action under the cursor back."""
        from crmtui.commands import history

        if (number := self._list.current) is not None:
            self.change(
                partial(history.undo, self.workspace, Source.TUI, number),
                on_done=lambda done: self.crm.tell(_("Undone: {label}").format(label=done.label)),
            )
