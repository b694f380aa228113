"""The ZIP archive that a workbook is, looked over before anything in it is believed: what it claims, and what is true.

Sizes in a directory can lie, parts can overlap, and a few kilobytes can unpack to gigabytes. So each part of XML is
unpacked here once, no further than it claims, and must be as long as it claims; then it is safe to be read again.
"""

from __future__ import annotations

import zipfile
import zlib
from typing import TYPE_CHECKING, BinaryIO, Final, Self

from crmtui.exchange.problems import refusal, system_refusal
from crmtui.text import N_, _

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from crmtui.errors import FileProblemError

LARGEST_PART: Final = 1 << 30
LARGEST_TOGETHER: Final = 3 << 29
MOST_PARTS: Final = 20_000
_SMALL: Final = 16 << 20  # below it no ratio is suspicious: it does no harm
_HIGHEST_RATIO: Final = 250  # sheets of nothing but repeated rows reach about 100
_CHUNK: Final = 1 << 20
_LOCAL_HEADER: Final = 30
_MARKUP: Final = (".xml", ".rels")
_DECLARATIONS: Final = (b"<!DOCTYPE", b"<!ENTITY")
_OVERLAP: Final = 16
_HEAD: Final = 64

DAMAGED: Final = N_("the workbook is damaged or not complete; save or download it again")
BOMB: Final = N_("it unpacks to {size} MB, many times its size, as no table does; is this file what it should be?")
ENTITIES: Final = N_("it declares entities, which no spreadsheet program writes; open it and save it again")
LOCKED: Final = N_("it is protected with a password; open it and save it without one")


class Archive:
    """The parts of a workbook; a context.

    Args:
        path: where it is.

    Raises:
        FileProblemError: it is no whole ZIP archive, or one that no spreadsheet program writes.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        try:
            self._stream: BinaryIO = path.open("rb")
        except OSError as error:
            raise system_refusal(path, error) from error
        try:
            self._parts = self._directory()
        except BaseException:
            self._stream.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *failure: object) -> None:
        self._stream.close()

    def names(self) -> list[str]:
        """The names of the parts of XML, as they are compared: in lower case."""
        return [name for name in self._parts if name.endswith(_MARKUP)]

    def size(self, name: str) -> int:
        """Bytes of a part when it is unpacked, as it claims; 0 where there is none."""
        return self._parts[name].file_size if name in self._parts else 0

    def chunks(self, name: str) -> Iterator[bytes]:
        """A part, unpacked a piece at a time.

        Raises:
            FileProblemError: it is damaged, longer than it claims, or declares entities.
        """
        part = self._parts[name]
        left, tail = part.file_size, b""
        try:
            for chunk in self._unpacked(part):
                is_first, left = left == part.file_size, left - len(chunk)
                if left < 0 or (is_first and b"\0" in chunk[:_HEAD]):  # UTF-16, which no spreadsheet program writes
                    raise self._refusal(DAMAGED)
                seen = tail + chunk
                if any(word in seen for word in _DECLARATIONS):
                    raise self._refusal(ENTITIES)
                tail = chunk[-_OVERLAP:]
                yield chunk
        except (zlib.error, OSError) as error:
            raise self._refusal(DAMAGED) from error
        if left:
            raise self._refusal(DAMAGED)

    def part(self, name: str, longest: int = 1 << 24) -> bytes:
        """A part as a whole; nothing where there is none.

        Raises:
            FileProblemError: as `chunks`, or it is longer than such a part ever is.
        """
        if self.size(name) > longest:
            raise self._refusal(BOMB, size=self.size(name) >> 20)
        return b"".join(self.chunks(name)) if name in self._parts else b""

    def _directory(self) -> dict[str, zipfile.ZipInfo]:
        try:
            with zipfile.ZipFile(self._stream) as directory:
                parts = directory.infolist()
        except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError) as error:
            raise self._refusal(DAMAGED) from error
        named = {part.filename.lower().replace("\\", "/"): part for part in parts}
        if len(named) != len(parts) or len(parts) > MOST_PARTS:
            raise self._refusal(DAMAGED)
        markup = [part for name, part in named.items() if name.endswith(_MARKUP)]
        for part in markup:
            self._judge(part)
        if (together := sum(part.file_size for part in markup)) > LARGEST_TOGETHER:
            raise self._refusal(BOMB, size=together >> 20)
        return named

    def _judge(self, part: zipfile.ZipInfo) -> None:
        if part.flag_bits & 0x1:
            raise self._refusal(LOCKED)
        if part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise self._refusal(DAMAGED)
        is_swollen = part.file_size > max(_SMALL, _HIGHEST_RATIO * part.compress_size)
        if is_swollen or part.file_size > LARGEST_PART:
            raise self._refusal(BOMB, size=part.file_size >> 20)

    def _unpacked(self, part: zipfile.ZipInfo) -> Iterator[bytes]:
        """The bytes of a part to the end of their stream, whatever the directory says."""
        self._stream.seek(part.header_offset)
        header = self._stream.read(_LOCAL_HEADER)
        if len(header) < _LOCAL_HEADER or header[:4] != b"PK\x03\x04":
            raise self._refusal(DAMAGED)
        self._stream.seek(int.from_bytes(header[26:28], "little") + int.from_bytes(header[28:30], "little"), 1)
        if part.compress_type == zipfile.ZIP_STORED:
            yield from self._stored(part.compress_size)
            return
        unpacking = zlib.decompressobj(-zlib.MAX_WBITS)
        left = part.compress_size
        packed = b""
        while not unpacking.eof:
            if not packed:
                packed = self._stream.read(min(_CHUNK, left))
                left -= len(packed)
            is_last = not packed
            chunk = unpacking.decompress(packed, _CHUNK)
            if is_last and not chunk and not unpacking.eof:
                raise self._refusal(DAMAGED)
            yield chunk
            packed = unpacking.unconsumed_tail

    def _stored(self, size: int) -> Iterator[bytes]:
        while size and (chunk := self._stream.read(min(_CHUNK, size))):
            size -= len(chunk)
            yield chunk

    def _refusal(self, sentence: str, **named: object) -> FileProblemError:
        return refusal(self._path, _(sentence).format(**named))
