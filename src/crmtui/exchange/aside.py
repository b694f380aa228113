"""Lines put aside in a file without a name, so that they can be read several times and need no memory."""

from __future__ import annotations

import weakref
from tempfile import TemporaryFile
from typing import IO, TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

_BLOCK: Final = 1 << 20


class Aside:
    """Lines in a file that goes when nobody needs it any more.

    Attributes:
        stream: where they are written, each with its end.
    """

    def __init__(self) -> None:
        self.stream: IO[bytes] = TemporaryFile()  # noqa: SIM115 - closed when the last who reads it is gone
        weakref.finalize(self, self.stream.close)

    def lines(self, place: int = 0) -> Iterator[bytes]:
        """The lines from a place on, without their ends; others may read elsewhere meanwhile."""
        rest = b""
        while True:
            self.stream.seek(place)
            block = self.stream.read(_BLOCK)
            place += len(block)
            *whole, rest = (rest + block).split(b"\n")
            yield from whole
            if not block:
                return
