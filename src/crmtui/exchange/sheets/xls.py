"""How numbers are shown in a workbook of Excel 97 (XLS), which its reader does not tell.

What is damaged here is nobody's loss: then numbers are plain, and whether the file can be read at all the reader says.
The file is a compound file, a file system of its own ([MS-CFB]), and in it a stream of records ([MS-XLS]).
"""

from __future__ import annotations

import struct
from itertools import islice
from typing import TYPE_CHECKING, Final

from crmtui.exchange.sheets.shapes import Shapes, built_in, shape_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

_IN_HEAD: Final = 109  # sectors of the table that the head names itself
_ENTRY: Final = 128
_A_STREAM: Final = 2  # kinds of entries
_ROOT: Final = 5
_LAST: Final = 0xFFFFFFFA  # numbers of sectors from here on are none
_STREAMS: Final = ("workbook", "book")
_LEAST_SHIFT: Final = 7  # sectors have 128 bytes at least, and 4,096 at most
_MOST_SHIFT: Final = 12
_MOST_RECORDS: Final = 4_000_000
_BIFF8: Final = 0x0600
_BOF, _EOF, _SHEET, _FORMAT, _XF = 0x0809, 0x000A, 0x0085, 0x041E, 0x00E0
_NUMBER, _RK, _MANY_RK, _FORMULA = 0x0203, 0x027E, 0x00BD, 0x0006
_CELLS: Final = frozenset({_NUMBER, _RK, _FORMULA})


def shapes_in(path: Path) -> dict[str, Shapes]:
    """The shapes of the numbers in each sheet, by its name; none where they cannot be told."""
    try:
        book = _Compound(path.read_bytes()).stream(_STREAMS)
        formats, styles, sheets = _globals(book)
        shaped = {}
        for place, number in enumerate(styles):
            if shape := shape_of(formats[number]) if number in formats else built_in(str(number)):
                shaped[place] = shape
        return {name: _shapes(book, start, shaped) for name, start in sheets.items()} if shaped else {}
    except (OSError, struct.error, LookupError, StopIteration, ValueError):
        return {}


class _Compound:
    """A compound file: sectors in chains, and a directory of streams."""

    def __init__(self, raw: bytes) -> None:
        self._raw = raw
        shift, self._small_shift = struct.unpack_from("<HH", raw, 30)
        if not _LEAST_SHIFT <= shift <= _MOST_SHIFT or self._small_shift > shift:
            raise struct.error
        self._size = 1 << shift
        directory, self._cutoff, small, more = struct.unpack_from("<I4xII4xI", raw, 48)
        self._table = self._numbers(self._table_sectors(more))
        self._small_table = self._numbers(self._chain(small, self._table))
        self._entries = list(self._directory(b"".join(map(self._sector, self._chain(directory, self._table)))))

    def stream(self, names: Sequence[str]) -> bytes:
        """The stream of one of these names; StopIteration where there is none."""
        start, size = next(
            (start, size) for name, kind, start, size in self._entries if kind == _A_STREAM and name in names
        )
        if size >= self._cutoff:
            return b"".join(map(self._sector, self._chain(start, self._table)))[:size]
        root = next(start for _name, kind, start, _size in self._entries if kind == _ROOT)
        small = b"".join(map(self._sector, self._chain(root, self._table)))
        places = (number << self._small_shift for number in self._chain(start, self._small_table))
        return b"".join(small[place : place + (1 << self._small_shift)] for place in places)[:size]

    def _sector(self, number: int) -> bytes:
        place = (number + 1) * self._size  # the head takes the place of one
        return self._raw[place : place + self._size]

    def _table_sectors(self, more: int) -> Iterator[int]:
        """The sectors of the table of sectors: those that the head names, and those in a chain of their own."""
        yield from (number for number in struct.unpack_from(f"<{_IN_HEAD}I", self._raw, 76) if number < _LAST)
        for _turn in range(len(self._raw) // self._size):
            if more >= _LAST:
                return
            *found, more = struct.unpack(f"<{self._size // 4}I", self._sector(more))
            yield from (number for number in found if number < _LAST)

    def _numbers(self, sectors: Iterator[int]) -> Sequence[int]:
        most = len(self._raw) // self._size + 1
        raw = b"".join(map(self._sector, islice(sectors, most)))
        return struct.unpack(f"<{len(raw) // 4}I", raw[: len(raw) // 4 * 4])

    @staticmethod
    def _chain(start: int, table: Sequence[int]) -> Iterator[int]:
        """The sectors of a chain; one that goes in circles ends."""
        for _turn in range(len(table)):
            if start >= _LAST:
                return
            yield start
            start = table[start]

    @staticmethod
    def _directory(raw: bytes) -> Iterator[tuple[str, int, int, int]]:
        """Name, kind, first sector and size of each entry."""
        for place in range(0, len(raw) - _ENTRY + 1, _ENTRY):
            length, kind = struct.unpack_from("<HB", raw, place + 64)
            start, size = struct.unpack_from("<II", raw, place + 116)
            yield raw[place : place + max(length - 2, 0)].decode("utf-16-le").casefold(), kind, start, size


def _records(book: bytes, start: int) -> Iterator[tuple[int, int, int]]:
    """Kind, place and length of each record up to the end of what begins here, charts in it included."""
    depth = 0
    for _turn in range(_MOST_RECORDS):
        kind, length = struct.unpack_from("<HH", book, start)
        yield kind, start + 4, length
        depth += (kind == _BOF) - (kind == _EOF)
        start += 4 + length
        if depth <= 0:
            return


def _globals(book: bytes) -> tuple[dict[int, str], list[int], dict[str, int]]:
    """The number formats by number, the format of each style, and where each sheet begins."""
    formats, styles, sheets = dict[int, str](), list[int](), dict[str, int]()
    for kind, place, _length in _records(book, 0):
        if kind == _BOF and struct.unpack_from("<H", book, place) != (_BIFF8,):
            break  # texts are written in another way in older ones
        if kind == _FORMAT:
            number, count, flags = struct.unpack_from("<HHB", book, place)
            formats[number] = _text(book, place + 5, count, flags)
        elif kind == _XF:
            styles.append(struct.unpack_from("<H", book, place + 2)[0])
        elif kind == _SHEET:
            start, count, flags = struct.unpack_from("<I2xBB", book, place)
            sheets[_text(book, place + 8, count, flags)] = start
    return formats, styles, sheets


def _text(book: bytes, place: int, count: int, flags: int) -> str:
    return (
        book[place : place + 2 * count].decode("utf-16-le")
        if flags & 1
        else book[place : place + count].decode("latin-1")
    )


def _shapes(book: bytes, start: int, shaped: Mapping[int, str]) -> Shapes:
    """The shapes of the numbers of the sheet that begins here."""
    shapes = Shapes()
    for kind, place, length in _records(book, start):
        if kind in _CELLS:
            row, column, style = struct.unpack_from("<HHH", book, place)
            if style in shaped:
                _add(shapes, row, column, shaped[style])
        elif kind == _MANY_RK:
            row, column = struct.unpack_from("<HH", book, place)
            for count in range((length - 6) // 6):
                (style,) = struct.unpack_from("<H", book, place + 4 + 6 * count)
                if style in shaped:
                    _add(shapes, row, column + count, shaped[style])
    return shapes


def _add(shapes: Shapes, row: int, column: int, shape: str) -> None:
    """Rows come from the top down; one that does not is passed over."""
    runs = shapes.columns.get(column + 1)
    if not runs or runs[-1][1] <= row:
        shapes.add(row + 1, column + 1, shape)
