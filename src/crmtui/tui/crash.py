"""What remains of a crash: where in the program it happened, and nothing of what it happened to."""

from __future__ import annotations

import asyncio
import datetime as dt
import os
import signal
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final

from crmtui import __version__, paths
from crmtui.text import _

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from textual.app import App

FAULT: Final = 1  # exit code


def report(error: BaseException) -> Path | None:
    """Write a report that only the user can read; None where it cannot be written.

    It holds kinds of errors, files, lines and functions: no messages, no values, no source.
    """
    with suppress(OSError):
        folder = paths.state() / "crashes"
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        file = folder / f"{dt.datetime.now(dt.UTC):%Y%m%dT%H%M%S.%f}.txt"
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as opened:
            opened.write("\n".join(_lines(error)) + "\n")
        return file
    return None


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


def _lines(error: BaseException) -> Iterator[str]:
    import platform
    import traceback
    from importlib.metadata import version

    yield f"crmtui {__version__}, textual {version('textual')}, python {platform.python_version()}, {platform.system()}"
    for one in _chain(cause(error)):
        yield ""
        yield f"{type(one).__module__}.{type(one).__qualname__}"
        for frame, line in traceback.walk_tb(one.__traceback__):
            code = frame.f_code
            yield f"  {code.co_filename}:{line} {code.co_qualname}"


def _chain(error: BaseException) -> Iterator[BaseException]:
    """The error, and those that it came from."""
    seen: set[int] = set()
    one: BaseException | None = error
    while one is not None and id(one) not in seen:
        seen.add(id(one))
        yield one
        one = one.__cause__ or one.__context__


def heed_signals(app: App[Any]) -> None:
    """When the system or a closed terminal asks to end, keep what was typed and leave the terminal as it was."""
    loop = asyncio.get_running_loop()
    for name in ("SIGTERM", "SIGHUP"):
        if (number := getattr(signal, name, None)) is not None:
            with suppress(NotImplementedError):  # Windows has no handlers in the loop
                loop.add_signal_handler(number, _end, app, int(number))


def _end(app: App[Any], number: int) -> None:
    keep_drafts(app)
    app.exit(return_code=128 + number)
