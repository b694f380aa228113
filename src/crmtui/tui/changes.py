"""What the user changes: written one after the other, in the order in which it was asked for."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from functools import partial
from itertools import count
from typing import TYPE_CHECKING, Any, TypeVar

from crmtui.tui.jobs import Jobs

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import App

    from crmtui.errors import CrmtuiError

Result = TypeVar("Result")


class Changes:
    """The changes of the whole app.

    One thread writes, so that undo pressed at once after a change finds that change and not the one before.

    Args:
        app: hears the answers.
    """

    def __init__(self, app: App[Any]) -> None:
        self._jobs = Jobs(app)
        self._writer = ThreadPoolExecutor(max_workers=1, thread_name_prefix="change")
        self._numbers = count(1)
        self._awaited = 0

    @property
    def are_awaited(self) -> bool:
        """Whether there are some whose answer has not been heard."""
        return self._awaited > 0

    def make(
        self,
        work: Callable[[], Result],
        on_done: Callable[[Result], None],
        on_failed: Callable[[CrmtuiError], None],
    ) -> None:
        """Make a change after all that were asked for before it, also after one that fails; answer each."""
        self._awaited += 1
        waiting = self._writer.submit(work)
        self._jobs.run(
            f"change {next(self._numbers)}",
            waiting.result,
            on_done=partial(self._answer, on_done),
            on_failed=partial(self._answer, on_failed),
        )

    def _answer(self, handler: Callable[[Any], None], said: object) -> None:
        self._awaited -= 1
        handler(said)

    def finish(self) -> None:
        """Wait until all are made: the app has ended."""
        self._writer.shutdown()
