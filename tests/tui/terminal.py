"""A program in a real pseudo-terminal, for tests of what reaches it."""

from __future__ import annotations

import contextlib
import os
import pty
import select
import subprocess
import sys
import termios
import time
from pathlib import Path
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from types import TracebackType

TESTS = Path(__file__).parents[1]
PATIENCE = 20.0  # seconds, for a slow machine; tests wait by condition and use far less


class Terminal:
    """Runs a Python file in a terminal of 80 by 24; types into it and hears what it draws."""

    def __init__(self, script: str, *arguments: str, env: Mapping[str, str]) -> None:
        self._master, slave = pty.openpty()
        termios.tcsetwinsize(self._master, (24, 80))
        self.before = termios.tcgetattr(slave)
        self.heard = b""
        self._slave = slave
        self.process = subprocess.Popen(
            [sys.executable, "-c", script, *arguments],
            stdin=slave,
            stdout=slave,
            stderr=slave,
            env={**os.environ, "TERM": "xterm-256color", "PYTHONPATH": str(TESTS), **env},
            start_new_session=True,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.process.kill()
        self.process.wait()
        self._close()

    def hang_up(self) -> None:
        """Take the terminal away, as a window that is closed does; nobody tells the program."""
        self._close()

    def _close(self) -> None:
        with contextlib.suppress(OSError):
            os.close(self._slave)
            os.close(self._master)

    def type(self, keys: bytes) -> None:
        """Type bytes, whatever they are."""
        os.write(self._master, keys)

    def until(self, condition: Callable[[bytes], object]) -> None:
        """Listen until what was heard meets a condition."""
        end = time.monotonic() + PATIENCE
        while not condition(self.heard):
            if time.monotonic() > end:
                raise AssertionError(self.heard[-2000:])
            self._listen()

    def ended(self) -> int:
        """Listen until the program has ended; its exit code."""
        self.until(lambda _heard: self.process.poll() is not None)
        self._listen()
        return self.process.returncode

    @property
    def is_as_before(self) -> bool:
        """Whether the terminal's own settings are as they were."""
        return termios.tcgetattr(self._slave) == self.before

    def _listen(self) -> None:
        while select.select([self._master], [], [], 0.02)[0]:
            self.heard += os.read(self._master, 65536)
