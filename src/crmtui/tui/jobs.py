"""Blocking work in threads; its answers come back to the screen in order, only the newest of each kind."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from functools import partial
from itertools import count
from typing import TYPE_CHECKING, Generic, TypeVar

from textual.app import App

from crmtui.errors import CrmtuiError

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.dom import DOMNode
    from textual.worker import Worker

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class _Job(Generic[Result]):
    """One request: what to do, and who wants to hear of it."""

    key: str
    number: int
    work: Callable[[], Result]
    on_done: Callable[[Result], None]
    on_failed: Callable[[CrmtuiError], None]


class _SupersededError(Exception):
    """A newer request of the same key came before this one began."""


class Jobs:
    """The blocking work of one screen, widget or app.

    Handlers run on the UI thread, as messages of the node. An answer is dropped when a newer request of the
    same key has been made, when it was forgotten, and when the node or the app has gone in the meantime. What
    must be heard of whatever becomes of a screen (a save) belongs to the jobs of the app.

    Args:
        node: whose work it is; when it is removed, nobody waits for answers any more.
    """

    def __init__(self, node: DOMNode) -> None:
        self._node = node
        self._numbers = count(1)
        self._newest: dict[str, int] = {}

    def run(
        self,
        key: str,
        work: Callable[[], Result],
        *,
        on_done: Callable[[Result], None],
        on_failed: Callable[[CrmtuiError], None] | None = None,
    ) -> None:
        """Do blocking work in a thread, then call one of the handlers.

        A `CrmtuiError` goes to `on_failed`, or is shown as a notification; any other exception is a fault of
        the program and ends the app as one raised in a handler would.

        Args:
            key: what is asked for; only the newest request of a key is answered.
            work: touches no widget.
            on_done: receives what the work returned.
            on_failed: receives the error that the user can understand.
        """
        if not self._is_alive:
            return
        job = _Job(key, next(self._numbers), work, on_done, on_failed or self._notify)
        self._newest[key] = job.number
        _: Worker[None] = self._node.run_worker(partial(self._answer, job), name=key, group="jobs")

    def forget(self, key: str) -> None:
        """Drop the answer of what is under way."""
        self._newest.pop(key, None)

    def is_busy(self, key: str) -> bool:
        """Whether an answer is still awaited."""
        return key in self._newest

    @property
    def _is_alive(self) -> bool:
        return isinstance(self._node, App) or self._node.is_attached

    def _notify(self, error: CrmtuiError) -> None:
        self._node.app.notify(str(error), severity="error", markup=False)

    def _is_newest(self, job: _Job[Result]) -> bool:
        return self._newest.get(job.key) == job.number

    async def _answer(self, job: _Job[Result]) -> None:
        """Wait for the thread, then leave the rest to the node's own message loop."""
        try:
            result = await asyncio.to_thread(self._work, job)
        except _SupersededError:
            return
        except CrmtuiError as error:
            self._node.call_later(self._deliver, job, partial(job.on_failed, error))
        else:
            self._node.call_later(self._deliver, job, partial(job.on_done, result))

    def _work(self, job: _Job[Result]) -> Result:
        """In the thread: requests that piled up behind a slow one are skipped, but for the newest."""
        if not self._is_newest(job):
            raise _SupersededError
        return job.work()

    def _deliver(self, job: _Job[Result], handler: Callable[[], None]) -> None:
        if self._is_newest(job):
            del self._newest[job.key]
            handler()
