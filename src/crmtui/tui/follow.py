"""Following the journal: what anybody changes shows by itself, also what another process does."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from textual.message import Message

from crmtui.tui.jobs import Jobs

if TYPE_CHECKING:
    from pathlib import Path

    from textual.app import App

    from crmtui.errors import CrmtuiError

EVERY: Final = 1.0  # seconds
UNREAD: Final = -1


class WorkspaceChanged(Message):
    """The workspace is not what it was.

    Attributes:
        version: the newest change set.
    """

    def __init__(self, version: int) -> None:
        super().__init__()
        self.version = version


@dataclass(frozen=True, slots=True)
class _News:
    version: int
    name: str
    is_sample: bool
    currency: str
    can_undo: bool
    can_redo: bool


def _look(path: Path, seen: int) -> _News | None:
    """In a thread: one row each second; more only when it is another than the one seen."""
    from crmtui.queries import workspace

    version = workspace.version(path)
    if version == seen:
        return None
    settings = workspace.settings(path)
    return _News(
        version,
        settings.name,
        settings.is_sample,
        settings.base_currency,
        can_undo=workspace.next_undo(path) is not None,
        can_redo=workspace.next_redo(path) is not None,
    )


class Follow:
    """Looks at the workspace every second, and tells the screen that is shown when it has changed.

    Args:
        app: whose screens are told.
        path: the workspace.

    Attributes:
        version: the newest change set that was heard of; -1 before the workspace could be read.
        name: what the workspace is called.
        is_sample: whether it is a sample.
        currency: what amounts are in that name no currency.
        can_undo: whether there is a change to take back.
        can_redo: whether there is one to bring back.
    """

    def __init__(self, app: App[Any], path: Path) -> None:
        self._app = app
        self._jobs = Jobs(app)
        self._path = path
        self._first = UNREAD
        self.version = UNREAD
        self.name = path.stem
        self.is_sample = False
        self.currency = "EUR"
        self.can_undo = self.can_redo = False

    def start(self) -> None:
        """Look now, and every second from now on."""
        self._jobs.run("look", partial(_look, self._path, UNREAD), on_done=self._heard)
        self._app.set_interval(EVERY, self._look_again)

    def ask(self) -> None:
        """Look at once: something has been changed here."""
        self._jobs.run("look", partial(_look, self._path, self.version), on_done=self._heard, on_failed=self._missed)

    def _look_again(self) -> None:
        if not self._jobs.is_busy("look"):
            self.ask()

    def _heard(self, news: _News | None) -> None:
        if news is not None:
            self._first = news.version if self._first == UNREAD else self._first
            self.version, self.name = news.version, news.name or self._path.stem
            self.is_sample, self.currency = news.is_sample, news.currency
            self.can_undo, self.can_redo = news.can_undo, news.can_redo
            self._app.screen.refresh_bindings()
            self._app.screen.post_message(WorkspaceChanged(news.version))

    def _missed(self, error: CrmtuiError) -> None:
        """A file that is busy for a moment is looked at again; the first look has told what is wrong with it."""

    def keep_backup(self) -> None:
        """When the app has ended: back the workspace up if it was changed meanwhile; a sample can be made again."""
        if self._first != UNREAD and not self.is_sample:
            from crmtui.commands import backups

            backups.at_exit(self._path, self._first)
