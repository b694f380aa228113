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
    from crmtui.queries.workspace import Newest

EVERY: Final = 1.0  # seconds


class WorkspaceChanged(Message):
    """The workspace is not what it was.

    Attributes:
        news: how often it has changed since the app began.
    """

    def __init__(self, news: int) -> None:
        super().__init__()
        self.news = news


_Trace = tuple[int, int, int, tuple[int, int] | None]


def _trace(path: Path) -> _Trace | None:
    """What is another once a file was written to, or another took its place; None where there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    try:
        logged = path.with_name(f"{path.name}-wal").stat()
    except OSError:
        logged = None
    log = (logged.st_size, logged.st_mtime_ns) if logged and logged.st_size else None
    return found.st_ino, found.st_size, found.st_mtime_ns, log


@dataclass(frozen=True, slots=True)
class _News:
    newest: Newest
    trace: _Trace | None
    name: str
    is_sample: bool
    currency: str
    can_undo: bool
    can_redo: bool


def _look(path: Path, seen: Newest | None) -> _News | None:
    """In a thread: one row each second; more only when it is another than the one seen."""
    from crmtui.queries import workspace

    newest = workspace.newest(path)
    if newest == seen:
        return None
    settings = workspace.settings(path)
    return _News(
        newest,
        _trace(path),
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
        news: how often something new was heard; 0 before the workspace could be read.
        name: what the workspace is called.
        is_sample: whether it is a sample.
        currency: what amounts are in that name no currency.
        can_undo: whether there is a change to take back.
        can_redo: whether there is one to bring back.
        is_as_found: whether nothing had changed between the beginning and the first look, so that what was read in
            between holds.
    """

    def __init__(self, app: App[Any], path: Path) -> None:
        self._app = app
        self._jobs = Jobs(app)
        self._path = path
        self._first: Newest | None = None
        self._seen: Newest | None = None
        self.news = 0
        self.name = path.stem
        self.is_sample = False
        self.currency = "EUR"
        self.can_undo = self.can_redo = False
        self.is_as_found = False
        self._trace = _trace(path)

    def start(self) -> None:
        """Look now, and every second from now on."""
        self._jobs.run("look", partial(_look, self._path, None), on_done=self._heard)
        self._app.set_interval(EVERY, self._look_again)

    def ask(self) -> None:
        """Look at once: something has been changed here."""
        self._jobs.run("look", partial(_look, self._path, self._seen), on_done=self._heard, on_failed=self._missed)

    def _look_again(self) -> None:
        if not self._jobs.is_busy("look"):
            self.ask()

    def _heard(self, news: _News | None) -> None:
        if news is not None:
            if self._first is None:
                self._first, self.is_as_found = news.newest, news.trace is not None and news.trace == self._trace
            self._seen, self.news = news.newest, self.news + 1
            self.name = news.name or self._path.stem
            self.is_sample, self.currency = news.is_sample, news.currency
            self.can_undo, self.can_redo = news.can_undo, news.can_redo
            self._app.screen.refresh_bindings()
            self._app.screen.post_message(WorkspaceChanged(self.news))

    def _missed(self, error: CrmtuiError) -> None:
        """A file that is busy for a moment is looked at again; the first look has told what is wrong with it."""

    def keep_backup(self) -> None:
        """When the app has ended: back the workspace up if it was changed meanwhile; a sample can be made again."""
        if self._first is not None and not self.is_sample:
            from crmtui.commands import backups

            backups.at_exit(self._path, self._first)
