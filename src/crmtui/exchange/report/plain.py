"""A report as lines for a terminal."""

from __future__ import annotations

from enum import Enum, auto
from typing import TYPE_CHECKING, NamedTuple

from rich.cells import cell_len, chop_cells, set_cell_size

from crmtui.exchange.report.document import Bullets, Facts, Picture, Table, Words
from crmtui.plots import terminal
from crmtui.text import clean, line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crmtui.exchange.report.document import Block, Document


class Rank(Enum):
    """What a line is."""

    TITLE = auto()
    HEADING = auto()
    WORDS = auto()


class Line(NamedTuple):
    """A line, at most as wide as was asked for."""

    rank: Rank
    text: str


_GAP = 2
_LEAST = 8  # cells of a column of words
_PLOT_HEIGHT = 16


def write(document: Document, width: int) -> Iterator[Line]:
    """The report in lines of at most `width` cells."""
    yield from (Line(Rank.TITLE, text) for text in _wrapped(document.title, width))
    if document.subtitle:
        yield from (Line(Rank.WORDS, text) for text in _wrapped(document.subtitle, width))
    for section in document.sections:
        yield Line(Rank.WORDS, "")
        yield Line(Rank.HEADING, _cut(section.title, width))
        for place, block in enumerate(section.blocks):
            if isinstance(block, Words) and block.is_strong and place:
                yield Line(Rank.WORDS, "")
            yield from (Line(Rank.WORDS, text) for text in _block(block, width))
    if document.note:
        yield Line(Rank.WORDS, "")
        yield from (Line(Rank.WORDS, text) for text in _wrapped(document.note, width))


def _block(block: Block, width: int) -> Iterator[str]:
    if isinstance(block, Words):
        for paragraph in clean(block.text).splitlines():
            yield from _wrapped(paragraph, width) or [""]
    elif isinstance(block, Facts):
        labels = min(max((cell_len(line(label)) for label, _value in block.pairs), default=0), width // 2 - _GAP) + _GAP
        for label, value in block.pairs:
            first, *more = _wrapped(value, width - labels) or [""]
            yield set_cell_size(_cut(label, labels - _GAP), labels) + first
            yield from (" " * labels + text for text in more)
    elif isinstance(block, Bullets):
        for item in block.items:
            first, *more = _wrapped(item, width - _GAP) or [""]
            yield f"· {first}"
            yield from (" " * _GAP + text for text in more)
    elif isinstance(block, Table):
        yield from _table(block, width)
    elif isinstance(block, Picture):
        yield from _wrapped(block.caption, width)
        if block.plot is not None:
            rows = terminal.draw(block.plot, min(width, 76), _PLOT_HEIGHT)
            yield from ("".join(span.text for span in row).rstrip() for row in rows)
        else:
            yield from (set_cell_size(text, width).rstrip() for text in clean(block.text).splitlines())


def _wrapped(raw: str, width: int) -> list[str]:
    """Words of a record in lines; one that is longer than a line is broken."""
    lines, room = [""], width
    for word in line(raw).split():
        for part in chop_cells(word, width):
            wide = cell_len(part)
            if lines[-1] and wide + 1 > room:
                lines.append("")
                room = width
            blank = " " * bool(lines[-1])
            lines[-1] += blank + part
            room -= wide + len(blank)
    return lines if lines[-1] else lines[:-1]


def _cut(raw: str, width: int) -> str:
    """Words of a record on one line of at most so many cells."""
    text = line(raw)
    return text if cell_len(text) <= width else set_cell_size(text, max(0, width - 1)).rstrip() + "…"


def _table(table: Table, width: int) -> Iterator[str]:
    """Columns as wide as their cells; where that is too much the widest columns of words are narrowed, and cut."""
    cells = [[line(cell) for cell in row] for row in (table.headings, *table.rows)]
    widths = [max(cell_len(row[place]) for row in cells) for place in range(len(table.headings))]
    while sum(widths) + _GAP * (len(widths) - 1) > width:
        widest = max(
            (place for place in range(len(widths)) if place not in table.figures), key=widths.__getitem__, default=-1
        )
        if widest < 0 or widths[widest] <= _LEAST:
            break
        widths[widest] -= 1
    for row in cells:
        shown = []
        for place, (cell, room) in enumerate(zip(row, widths, strict=True)):
            text = _cut(cell, room)
            blank = " " * (room - cell_len(text))
            shown.append(blank + text if place in table.figures else text + blank)
        yield set_cell_size((" " * _GAP).join(shown), width).rstrip()
