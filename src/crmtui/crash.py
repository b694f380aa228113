"""What is kept of a fault of ours: where it happened and in which versions, never a value."""

from __future__ import annotations

import datetime as dt
import os
import platform
import sys
import traceback
from pathlib import Path
from typing import TYPE_CHECKING

from crmtui import __version__, paths

if TYPE_CHECKING:
    from collections.abc import Iterator

_PACKAGE = Path(__file__).parent


def report(error: BaseException) -> Path | None:
    """Write a report to the state folder, for its owner alone; returns its place, None where none could be written."""
    now = dt.datetime.now(dt.UTC)
    folder = paths.state() / "crashes"
    place = folder / f"{now:%Y%m%dT%H%M%S%f}.txt"
    try:
        paths.make_private(folder)
        handle = os.open(place, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8", errors="backslashreplace") as file:
            file.write("\n".join(_lines(error, now)) + "\n")
    except OSError:
        return None
    return place


def what(error: BaseException) -> str:
    """The kind of a fault and its place in our code, such as `KeyError in queries/lists.py:52`."""
    ours = [frame for frame in traceback.extract_tb(error.__traceback__) if _is_ours(frame.filename)]
    where = f" in {_short(ours[-1].filename)}:{ours[-1].lineno}" if ours else ""
    return type(error).__name__ + where


def _lines(error: BaseException, now: dt.datetime) -> Iterator[str]:
    yield f"crmtui {__version__}, {now.isoformat(timespec='seconds')}"
    yield f"Python {platform.python_version()} on {sys.platform}"
    if "textual" in sys.modules:
        from importlib.metadata import version  # not above: it takes as long to load as Typer

        yield f"Textual {version('textual')}"
    for one in _chain(error):
        yield ""
        yield type(one).__qualname__  # its message may hold what a customer is called
        for frame in traceback.extract_tb(one.__traceback__):
            yield f"  {_short(frame.filename)}:{frame.lineno} {frame.name}"


def _chain(error: BaseException) -> Iterator[BaseException]:
    """The error and those that it came from, each once."""
    seen: set[int] = set()
    one: BaseException | None = error
    while one is not None and id(one) not in seen:
        seen.add(id(one))
        yield one
        one = one.__cause__ or one.__context__


def _is_ours(filename: str) -> bool:
    return Path(filename).is_relative_to(_PACKAGE)


def _short(filename: str) -> str:
    """A file below its package folder: the folders above are the user's own."""
    path = Path(filename)
    if _is_ours(filename):
        return path.relative_to(_PACKAGE).as_posix()
    parts = path.parts
    return "/".join(parts[parts.index("site-packages") + 1 :] if "site-packages" in parts else parts[-2:])
