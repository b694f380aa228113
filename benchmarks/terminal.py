"""A program in a terminal of its own: keys go in, and how long the screen takes to change comes out.

Used by the other scripts of this folder; running it by hand shows one program:

    python benchmarks/terminal.py PROGRAM ARGUMENT …
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import pty
import re
import select
import signal
import statistics
import struct
import sys
import termios
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, Self

import installed

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from types import TracebackType

KEYS: Final[Mapping[str, bytes]] = {
    "down": b"\x1b[B",
    "up": b"\x1b[A",
    "pagedown": b"\x1b[6~",
    "pageup": b"\x1b[5~",
    "home": b"\x1b[H",
    "end": b"\x1b[F",
    "enter": b"\r",
    "escape": b"\x1b",
    "backspace": b"\x7f",
}
CALM: Final = 0.08  # seconds without output after which a screen counts as settled
TIMEOUT: Final = 30.0  # seconds; who waits longer ends with a sentence
_TOLD: Final = 400  # characters of the screen in such a sentence

# What a program asks a terminal, and what one that knows synchronized output answers.
_QUERIES: Final = re.compile(rb"\x1b\[\?(\d+)\$p|\x1b\[(c)|\x1b\[(6n)|\x1b\](1[01]);\?(?:\x07|\x1b\\)")
_LONGEST_QUERY: Final = 16
_ESCAPES: Final = re.compile(rb"\x1b\[[0-?]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b.")
_SYNCHRONIZED: Final = b"2026"


class SilentError(SystemExit):
    """The program said nothing, or ended, where an answer was awaited: the script ends with this sentence."""


@dataclass(frozen=True, slots=True)
class Change:
    """How the screen changed after a key.

    Attributes:
        first: seconds from the key to the first byte of the change.
        settled: seconds from the key to the last byte before the screen was calm.
        size: bytes written.
    """

    first: float
    settled: float
    size: int


class Terminal:
    """A running program, its keyboard and its screen.

    Args:
        arguments: the program and its arguments.
        columns: width of the screen.
        lines: height of the screen.
        environment: variables on top of this process's.
    """

    def __init__(
        self,
        arguments: Sequence[str],
        *,
        columns: int = 120,
        lines: int = 36,
        environment: Mapping[str, str] | None = None,
    ) -> None:
        self._tail = b""
        self._screen = bytearray()
        self.started = time.perf_counter()
        self.process, self._pty = pty.fork()
        if self.process == 0:
            _become(arguments, columns, lines, environment or {})

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the program and give the terminal back."""
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.process, signal.SIGKILL)
        os.close(self._pty)
        os.waitpid(self.process, 0)

    def wait_for(self, text: str, timeout: float = TIMEOUT) -> float:
        """Wait until the program has written a text since the last key; returns seconds since its start."""
        wanted, end = text.encode(), time.perf_counter() + timeout
        while wanted not in _ESCAPES.sub(b"", bytes(self._screen)):
            if not self._read(end - time.perf_counter()):
                raise SilentError(f"{text!r} did not appear within {timeout:g} s; {self._last_words}")
        return time.perf_counter() - self.started

    def send(self, keys: str | bytes) -> None:
        """Type a key by its name, or bytes; what was written before is forgotten."""
        self.settle(0)
        self._screen.clear()
        os.write(self._pty, KEYS.get(keys, keys.encode()) if isinstance(keys, str) else keys)

    def ask(self, keys: str | bytes, text: str) -> float:
        """Type a key and wait until a text appears; returns seconds since the key."""
        begun = time.perf_counter()
        self.send(keys)
        self.wait_for(text)
        return time.perf_counter() - begun

    def settle(self, calm: float = CALM) -> None:
        """Wait until nothing more is written."""
        end = time.perf_counter() + TIMEOUT
        while self._read(calm):
            if time.perf_counter() > end:
                raise SilentError(f"the screen was not calm for {calm:g} s within {TIMEOUT:g} s; {self._last_words}")

    def press(self, keys: str | bytes, *, calm: float = CALM) -> Change:
        """Type a key by its name, or bytes, and wait until the screen has changed and is calm again."""
        begun = time.perf_counter()
        self.send(keys)
        if not self._read(TIMEOUT):
            raise SilentError(f"nothing changed within {TIMEOUT:g} s after {keys!r}; {self._last_words}")
        first = settled = time.perf_counter() - begun
        while settled < TIMEOUT and self._read(calm):
            settled = time.perf_counter() - begun
        if settled >= TIMEOUT:
            raise SilentError(f"the screen went on changing for {TIMEOUT:g} s after {keys!r}; {self._last_words}")
        return Change(first, settled, len(self._screen))

    @property
    def text(self) -> str:
        """What was written since the last key, without terminal codes."""
        return _ESCAPES.sub(b"", bytes(self._screen)).decode(errors="replace")

    @property
    def peak_memory(self) -> int:
        """The most memory the program has held, in bytes (`VmHWM`)."""
        status = Path(f"/proc/{self.process}/status").read_text(encoding="ascii")
        return int(status.partition("VmHWM:")[2].split()[0]) * 1024

    @property
    def cpu_time(self) -> float:
        """Seconds of processor time that the program has used."""
        fields = Path(f"/proc/{self.process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    @property
    def _last_words(self) -> str:
        return f"since the last key the program wrote {self.text[-_TOLD:]!r}"

    def _read(self, timeout: float) -> bool:
        """Take what the program writes within a time, answering its questions; whether it wrote anything."""
        ready, _, _ = select.select([self._pty], [], [], max(0.0, timeout))
        if not ready:
            return False
        try:
            chunk = os.read(self._pty, 1 << 16)
        except OSError:
            chunk = b""
        if not chunk:
            raise SilentError(f"the program ended; {self._last_words}")
        self._screen += chunk
        self._answer(chunk)
        return True

    def _answer(self, chunk: bytes) -> None:
        heard, end = self._tail + chunk, 0
        for query in _QUERIES.finditer(heard):
            end = query.end()
            os.write(self._pty, _reply(query))
        self._tail = heard[max(end, len(heard) - _LONGEST_QUERY) :]


def _reply(query: re.Match[bytes]) -> bytes:
    mode, attributes, place, colour = query.groups()
    if mode:
        return b"\x1b[?%s;%d$y" % (mode, 2 if mode == _SYNCHRONIZED else 0)
    if attributes:
        return b"\x1b[?62;22c"
    if place:
        return b"\x1b[1;1R"
    return b"\x1b]%s;rgb:%s\x1b\\" % (colour, b"e0e0/e0e0/e0e0" if colour == b"10" else b"1212/1212/1212")


def _become(arguments: Sequence[str], columns: int, lines: int, environment: Mapping[str, str]) -> None:
    """In the child: take the size of the screen and turn into the program."""
    fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
    hidden = ("COLUMNS", "LINES", "NO_COLOR")
    variables = {name: value for name, value in installed.environment().items() if name not in hidden}
    variables |= {"TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8", **environment}
    try:
        os.execvpe(arguments[0], list(arguments), variables)  # noqa: S606 - fixed arguments, no shell
    finally:
        os._exit(127)


def median_of(changes: Sequence[Change]) -> float:
    """The median of seconds from the key to the settled screen."""
    return statistics.median(change.settled for change in changes)


def main() -> None:
    """Start a program, press Down a few times, and print what that took."""
    with Terminal(sys.argv[1:]) as terminal:
        terminal.settle(1.0)
        changes = [terminal.press("down") for _ in range(5)]
        milliseconds = [round(change.settled * 1000, 1) for change in changes]
        print(f"{milliseconds} ms, {terminal.peak_memory / 2**20:.0f} MiB")


if __name__ == "__main__":
    main()
