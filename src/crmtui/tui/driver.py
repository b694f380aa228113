"""The terminal: input that no byte can break, and the question whether its background is light or dark."""

from __future__ import annotations

import os
import re
import signal
import time
from codecs import getincrementaldecoder
from functools import partial
from typing import IO, TYPE_CHECKING, Final

from textual.drivers import linux_driver
from textual.drivers._writer_thread import WriterThread
from textual.message import Message

if TYPE_CHECKING:
    from collections.abc import Callable

TURN: Final = 0.0001  # seconds
ASK_BACKGROUND: Final = "\x1b]11;?\x1b\\"
_ANSWER: Final = re.compile(r"\x1b\]11;rgba?:([0-9a-fA-F]+)/([0-9a-fA-F]+)/([0-9a-fA-F]+)[^\x07\x1b]*(?:\x07|\x1b\\)")
_BEGUN: Final = re.compile(r"\x1b\]1?1?;?[^\x07\x1b]{0,40}\x1b?\Z")
_LUMINANCE: Final = (0.299, 0.587, 0.114)  # Rec. 601
_HALF: Final = 0.5


class TerminalBackground(Message):
    """The terminal has said what its background is.

    Attributes:
        is_light: whether dark text reads better on it.
    """

    def __init__(self, *, is_light: bool) -> None:
        super().__init__()
        self.is_light = is_light


class Decoder:
    """Bytes from the terminal as text: what is no UTF-8 becomes U+FFFD, and the background's colour is taken out.

    Args:
        on_background: called with whether the background is light.
    """

    def __init__(self, on_background: Callable[[bool], None]) -> None:
        self._decode = getincrementaldecoder("utf-8")(errors="replace").decode
        self._on_background = on_background
        self._held = ""
        self._is_waiting = True

    def decode(self, data: bytes, final: bool = False) -> str:
        """The text of some bytes; an answer that has come in part is held back until its end."""
        typed = self._held + self._decode(data, final)
        self._held = ""
        if not self._is_waiting:
            return typed
        if answer := _ANSWER.search(typed):
            self._is_waiting = False
            self._on_background(is_light(*answer.groups()))
            return typed[: answer.start()] + typed[answer.end() :]
        if not final and (begun := _BEGUN.search(typed)):
            self._held = typed[begun.start() :]
            return typed[: begun.start()]
        return typed


def is_light(red: str, green: str, blue: str) -> bool:
    """Whether a colour, each part in one to four hexadecimal digits, is nearer to white than to black."""
    parts = [int(part, 16) / (2.0 ** (4 * len(part)) - 1) for part in (red, green, blue)]
    return sum(weight * part for weight, part in zip(_LUMINANCE, parts, strict=True)) > _HALF


class Writer(WriterThread):
    """Textual's thread that draws, but for a terminal that is gone: what is drawn then is dropped.

    Textual's own ends there, and whoever draws waits for ever for room in its queue.

    Args:
        file: the terminal.
        on_gone: called once when nothing can be drawn any more.
    """

    def __init__(self, file: IO[str], on_gone: Callable[[], None]) -> None:
        super().__init__(file)
        self._on_gone = on_gone

    def run(self) -> None:
        """Draw until there is no more to draw, or nothing to draw on."""
        try:
            super().run()
        except OSError:
            self._on_gone()
            while self._queue.get() is not None:
                pass


def hang_up() -> None:
    """End as when the system says that the terminal is gone; it does not say so to every process."""
    os.kill(os.getpid(), signal.SIGHUP)


class Driver(linux_driver.LinuxDriver):
    """Textual's driver, but for its strict decoder, which ends the app at the first byte that is no UTF-8."""

    def start_application_mode(self) -> None:
        """Begin, and ask for the background; terminals that do not know the question ignore it."""
        setattr(linux_driver, "WriterThread", partial(Writer, on_gone=hang_up))  # noqa: B010 - the module's own name
        super().start_application_mode()  # type: ignore[no-untyped-call]  # Textual tells no type of it
        if self.input_tty:
            self.write(ASK_BACKGROUND)
            self.flush()

    def flush(self) -> None:
        """After each frame: let the thread that draws take its turn before the cursor's followers begin to work.

        Waiting for the interpreter it would draw the row under the cursor only after their work, a fifth of the time
        that a key takes.
        """
        time.sleep(TURN)

    def _run_input_thread(self) -> None:
        """A fault in here ends the app as a fault anywhere else does."""
        try:
            self.run_input_thread()
        except OSError:
            hang_up()
        except Exception as error:  # noqa: BLE001 - the thread's last resort
            self._app.call_later(self._app._handle_exception, error)  # noqa: SLF001 - Textual has no other door

    def run_input_thread(self) -> None:
        """Read with our decoder in place of the strict one, which the module looks up by this name."""
        setattr(linux_driver, "getincrementaldecoder", lambda _name: partial(Decoder, self._tell_background))  # noqa: B010 - the module's own name
        super().run_input_thread()

    def _tell_background(self, is_light: bool) -> None:
        self.send_message(TerminalBackground(is_light=is_light))
