"""A sign of life on stderr for what takes longer than a second; nothing where stderr is no terminal."""

from __future__ import annotations

import contextlib
import sys
import threading
import time
from typing import TYPE_CHECKING, Final

from crmtui.text import line

if TYPE_CHECKING:
    from collections.abc import Iterator

PATIENCE: Final = 1.0  # seconds before anything is shown
STEP: Final = 0.25
BAR: Final = 12
_ERASE: Final = "\r\x1b[K"


@contextlib.contextmanager
def waiting(sentence: str) -> Iterator[None]:
    """Show a moving bar with the sentence and the seconds while the block runs."""
    if not sys.stderr.isatty():
        yield
        return
    over = threading.Event()
    thread = threading.Thread(target=_show, args=(line(sentence), over), daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def _show(sentence: str, over: threading.Event) -> None:
    start = time.monotonic()
    if over.wait(PATIENCE):
        return
    step = 0
    while not over.wait(STEP):
        step += 1
        sys.stderr.write(f"{_ERASE}{_bar(step)} {sentence} {time.monotonic() - start:.0f} s")
        sys.stderr.flush()
    sys.stderr.write(_ERASE)
    sys.stderr.flush()


def _bar(step: int) -> str:
    """Three cells that go to and fro."""
    way = BAR - 3
    place = abs((step + way) % (2 * way) - way)
    return "[" + " " * place + "===" + " " * (way - place) + "]"
