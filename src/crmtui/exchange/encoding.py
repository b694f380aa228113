"""Which encoding a text file is in: read once from end to end, a chunk at a time, before anything is believed."""

from __future__ import annotations

import codecs
import stat
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO, Final, TextIO

from crmtui.domain.values import quoted
from crmtui.exchange import binaries
from crmtui.exchange.problems import refusal, system_refusal
from crmtui.text import _

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_CHUNK: Final = 1 << 20
_WITH_ASCII: Final = frozenset({"utf-8", "cp1252"})  # what is ASCII needs no look, where no character has begun
_HEAD: Final = 1 << 16
_NULS_ALLOWED: Final = 1 / 1000
_FEW_NULS: Final = 16

# UTF-32 before UTF-16: one mark begins with the other.
_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig", "UTF-8"),
    (codecs.BOM_UTF32_LE, "utf-32", "UTF-32"),
    (codecs.BOM_UTF32_BE, "utf-32", "UTF-32"),
    (codecs.BOM_UTF16_LE, "utf-16", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16", "UTF-16"),
)
ESCAPE: Final = b'\\"'
GUESSED: Final = frozenset({"cp1252", "latin-1"})  # what a text is taken for that is none of the others
_NAMES: Final = {"utf-16-le": "UTF-16", "utf-16-be": "UTF-16", "cp1252": "Windows-1252", "latin-1": "Latin-1"}


@dataclass(frozen=True, slots=True)
class Source:
    """A text file whose encoding is known.

    Attributes:
        path: where it is.
        encoding: the name of Python's codec.
        errors: `strict`, or `replace` where single bytes are damaged.
        longest_line: bytes of its longest line, or at most one chunk (1 MiB) less.
        notes: what was recognised, a sentence each, in the user's language.
        has_escapes: whether quotes with a backslash before them stand anywhere in a text in UTF-8.
    """

    path: Path
    encoding: str
    errors: str
    longest_line: int
    notes: tuple[str, ...]
    has_escapes: bool = False

    def open(self) -> TextIO:
        """The file as text, with line ends as they are."""
        try:
            return self.path.open(encoding=self.encoding, errors=self.errors, newline="")
        except OSError as error:
            raise system_refusal(self.path, error) from error


@dataclass(slots=True)
class _Scan:
    """What reading all bytes in a supposed encoding told."""

    valid: bool = True
    foreign: bool = False  # non-ASCII characters were decoded before anything went wrong
    size: int = 0
    nuls: int = 0
    longest: int = 0
    run: int = 0
    has_escapes: bool = False

    def measure(self, chunk: bytes) -> None:
        self.size += len(chunk)
        self.nuls += chunk.count(0) if b"\0" in chunk else 0  # which is told sooner
        self.has_escapes = self.has_escapes or (ESCAPE[:1] in chunk and ESCAPE in chunk)  # one byte is found sooner
        first = _line_end(chunk.find(b"\n"), chunk.find(b"\r"))
        if first < 0:
            self.run += len(chunk)
        else:
            self.longest = max(self.longest, self.run + first)
            self.run = len(chunk) - 1 - max(chunk.rfind(b"\n"), chunk.rfind(b"\r"))
        self.longest = max(self.longest, self.run)


def _line_end(feed: int, carriage: int) -> int:
    return max(feed, carriage) if min(feed, carriage) < 0 else min(feed, carriage)


def examine(path: Path, encoding: str | None = None) -> Source:
    """Recognise the encoding of a text file, or check the one that is named.

    Byte order marks first; then UTF-16 by where its NUL bytes stand; then strict UTF-8; what is none of these is
    Windows-1252, or Latin-1 where it uses bytes that Windows-1252 leaves undefined.

    Raises:
        FileProblemError: the file is missing, a folder, not readable, empty, binary, or not in the named encoding.
    """
    try:
        _refuse_what_is_no_file(path)
        with path.open("rb") as stream:
            return _examine(path, stream, encoding)
    except OSError as error:
        raise system_refusal(path, error) from error


def first_bytes(path: Path) -> bytes:
    """How a file begins, at most 64 KiB.

    Raises:
        FileProblemError: the file is missing, a folder or not readable.
    """
    try:
        _refuse_what_is_no_file(path)
        with path.open("rb") as stream:
            return stream.read(_HEAD)
    except OSError as error:
        raise system_refusal(path, error) from error


def first_text(head: bytes, encoding: str | None) -> str:
    """The first bytes of a file as text, as well as they alone tell its encoding; '' where they are no text in it."""
    known = _marked(head) or _by_nuls(head)
    try:
        return head.decode(encoding or (known[0] if known else "utf-8"), "replace")
    except (LookupError, ValueError):
        return ""


def _refuse_what_is_no_file(path: Path) -> None:
    try:
        mode = path.stat().st_mode
    except ValueError:  # a NUL or a lone surrogate in the name
        raise FileNotFoundError from None
    if stat.S_ISDIR(mode):
        raise IsADirectoryError
    if not stat.S_ISREG(mode):
        raise refusal(path, _("this is a device or pipe; save what it gives to a file first"))


def _examine(path: Path, stream: BinaryIO, encoding: str | None) -> Source:
    head = stream.read(_HEAD)
    if not head.strip():
        raise refusal(path, _("the file is empty; export it again, or name another one"))
    if what := binaries.looks_like(head):
        raise refusal(path, _("this looks like {what}").format(what=what))
    if encoding is not None:
        return _as_named(path, stream, encoding)
    if known := _marked(head) or _by_nuls(head):
        codec, note = known
        scan = _scan(stream, codec)
        if not scan.valid:
            raise refusal(path, _("this looks like {what}").format(what=binaries.unknown()))
        return Source(path, codec, "strict", scan.longest, (note,))
    return _in_bytes(path, stream, head)


def _as_named(path: Path, stream: BinaryIO, encoding: str) -> Source:
    try:
        codec = codecs.lookup(encoding)
        is_text = codec._is_text_encoding  # noqa: SLF001 - the only way to know that rot13 and zip are no encodings
    except (LookupError, ValueError):
        is_text = False
    if not is_text:
        raise refusal(path, _("there is no encoding {name}; try utf-8 or cp1252").format(name=quoted(encoding)))
    scan = _scan(stream, codec.name)
    if not scan.valid:
        raise refusal(path, _("the text is not in {name}; name another encoding").format(name=codec.name))
    return Source(path, codec.name, "strict", scan.longest, (_read_as(codec.name),))


def _marked(head: bytes) -> tuple[str, str] | None:
    for mark, codec, name in _MARKS:
        if head.startswith(mark):
            return codec, _("Encoding: {name}, with a byte order mark.").format(name=name)
    return None


def _by_nuls(head: bytes) -> tuple[str, str] | None:
    """UTF-16 without a mark: at least blanks, digits and separators have their NUL byte on the same side."""
    even, odd = head[::2].count(0), head[1::2].count(0)
    if max(even, odd) * 20 < len(head) or min(even, odd) * 10 > max(even, odd):
        return None
    codec = "utf-16-le" if odd > even else "utf-16-be"
    return codec, _("Encoding: {name}, without a byte order mark.").format(name=_NAMES[codec])


def _in_bytes(path: Path, stream: BinaryIO, head: bytes) -> Source:
    scan = _scan(stream, "utf-8")
    notes: list[str] = []
    if binaries.is_noise(head) or scan.nuls > max(_FEW_NULS, scan.size * _NULS_ALLOWED):
        raise refusal(path, _("this looks like {what}").format(what=binaries.unknown()))
    if scan.nuls:
        notes.append(_("The file holds NUL bytes; it may be damaged."))
    if scan.valid:
        return Source(path, "utf-8", "strict", scan.longest, (_read_as("UTF-8"), *notes), scan.has_escapes)
    if scan.foreign:
        notes.append(_("Some bytes are not UTF-8; each is shown as \ufffd."))
        return Source(path, "utf-8", "replace", scan.longest, (_read_as("UTF-8"), *notes))
    codec = "cp1252" if _scan(stream, "cp1252").valid else "latin-1"
    return Source(path, codec, "strict", scan.longest, (_read_as(_NAMES[codec]), *notes))


def _read_as(name: str) -> str:
    return _("Encoding: {name}.").format(name=name)


def _scan(stream: BinaryIO, codec: str) -> _Scan:
    scan = _Scan()
    decoder = codecs.getincrementaldecoder(codec)("strict")
    for chunk, final in _chunks(stream):
        scan.measure(chunk)
        if scan.valid and not (codec in _WITH_ASCII and chunk.isascii() and not decoder.getstate()[0]):
            try:
                decoder.decode(chunk, final)
                scan.foreign = scan.foreign or not chunk.isascii()
            except UnicodeError as error:
                scan.valid = False
                if isinstance(error, UnicodeDecodeError):
                    scan.foreign = scan.foreign or not error.object[: error.start].isascii()
    return scan


def _chunks(stream: BinaryIO) -> Iterator[tuple[bytes, bool]]:
    stream.seek(0)
    while chunk := stream.read(_CHUNK):
        yield chunk, False
    yield b"", True
