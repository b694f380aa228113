"""Let Python look for circles of objects seldom, where very many objects are made at once and no circle."""

from __future__ import annotations

import contextlib
import gc
import threading
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

TIMES: Final = 1_000  # how many times less often
_lock: Final = threading.Lock()
_usual: Final[list[tuple[int, int, int]]] = []  # the usual thresholds, once for each who has asked for others


@contextlib.contextmanager
def seldom_collecting() -> Iterator[None]:
    """Collect a thousand times less often, until the last of those who asked for it is through, in whatever thread."""
    with _lock:
        _usual.append(_usual[0] if _usual else gc.get_threshold())
        gc.set_threshold(TIMES * _usual[0][0], *_usual[0][1:])
    try:
        yield
    finally:
        with _lock:
            usual = _usual.pop()
            if not _usual:
                gc.set_threshold(*usual)
