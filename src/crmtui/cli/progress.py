"""A sign of life on stderr for what takes longer than a second; nothing where stderr is no terminal."""

from __future__ import annotations

import contextlib
import sys
import threading
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from crmtui import figures
from crmtui.text import _, line, ngettext

if TYPE_CHECKING:
    from collections.abc import Iterator

PATIENCE: Final = 1.0  # seconds before anything is shown
STEP: Final = 0.25
BAR: Final = 12
_ERASE: Final = "\r\x1b[K"


@dataclass(slots=True)
class Pace:
    """How far something is.

    Attributes:
        done: how many rows are through.
        total: of how many; 0 where nobody knows.
    """

    done: int = 0
    total: int = 0

    def heed(self, done: int, total: int = 0) -> None:
        """Note how far it is."""
        self.done, self.total = done, total


@contextlib.contextmanager
def waiting(sentence: str) -> Iterator[Pace]:
    """Show a bar with the sentence and the seconds while the block runs, and how far it is once the block tells."""
    pace = Pace()
    if not sys.stderr.isatty():
        yield pace
        return
    over = threading.Event()
    thread = threading.Thread(target=_show, args=(line(sentence), over, pace), daemon=True)
    thread.start()
    try:
        yield pace
    finally:
        over.set()
        thread.join()


def _show(sentence: str, over: threading.Event, pace: Pace) -> None:
    start = time.monotonic()
    if over.wait(PATIENCE):
        return
    step = 0
    while not over.wait(STEP):
        step += 1
        told = f"{_bar(step)} {sentence}"
        if pace.done and not pace.total:
            told = f"{told}, {ngettext('{count} row', '{count} rows', pace.done)},"
        elif pace.total:
            far = _("{done} of {total}").format(done=figures.count(pace.done), total=figures.count(pace.total))
            told = f"{_filled(pace)} {sentence}, {far},"
        sys.stderr.write(f"{_ERASE}{told} {time.monotonic() - start:.0f} s")
        sys.stderr.flush()
    sys.stderr.write(_ERASE)
    sys.stderr.flush()


def _filled(pace: Pace) -> str:
    """As much of the bar as is done."""
    full = min(BAR, BAR * pace.done // pace.total)
    return "[" + "=" * full + " " * (BAR - full) + "]"


def _bar(step: int) -> str:
    """Three cells that go to and fro."""
    way = BAR - 3
    place = abs((step + way) % (2 * way) - way)
    return "[" + " " * place + "===" + " " * (way - place) + "]"
