"""What remains of a crash: where in the program it happened, and nothing of what it happened to."""

from __future__ import annotations

import asyncio
import signal
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final

from crmtui.text import _

if TYPE_CHECKING:
    from pathlib import Path

    from textual.app import App

FAULT: Final = 1  # exit code


def report(error: BaseException) -> Path | None:
    """Write a report that only the user can read; None where it cannot be written."""
    from crmtui import crash  # a fault alone pays for what a report needs

    return crash.report(cause(error))


def sentence(error: BaseException, file: Path | None) -> str:
    """What the user reads when the screen is gone."""
    told = _("crmtui has met a fault in itself ({kind}) and had to end. What was saved is safe.").format(
        kind=type(cause(error)).__name__
    )
    if file is None:
        return told
    where = _("A report without any of your data is in {file}.").format(file=file)
    return f"{told}\n{where}"


def cause(error: BaseException) -> BaseException:
    """The error itself, where Textual has wrapped it in that of a worker."""
    inner = getattr(error, "error", None)
    return inner if isinstance(inner, BaseException) else error


def keep_drafts(app: App[Any]) -> None:
    """Keep what stands in open forms, in every room; one that cannot be kept does not stop the others."""
    for stack in app._screen_stacks.values():  # noqa: SLF001 - Textual shows only the stack of the mode in use
        for screen in stack:
            with suppress(Exception):
                if keep := getattr(screen, "keep_draft", None):
                    keep()


def heed_signals(app: App[Any]) -> None:
    """When anybody, or a closed terminal, asks to end: keep what was typed and leave the terminal as it was."""
    loop = asyncio.get_running_loop()
    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        if (number := getattr(signal, name, None)) is not None:
            with suppress(NotImplementedError):  # Windows has no handlers in the loop
                loop.add_signal_handler(number, _end, app, int(number))


def _end(app: App[Any], number: int) -> None:
    keep_drafts(app)
    app.exit(return_code=128 + number)
