"""Tables for people: plain text in columns, cut to the terminal and whole in a pipe.

Written here and not with Rich, which is imported in 0.1 s and needs seconds for some thousand rows. Nothing is
markup, since nothing interprets it; every cell is cleaned and on one line.
"""

from __future__ import annotations

import os
import shutil
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from crmtui.cli.output import Styled
from crmtui.text import clean, line

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

GAP: Final = "  "
NARROWEST: Final = 8
LONGEST: Final = 2_000  # characters of a cell that are looked at
_BOLD: Final = "\x1b[1m{}\x1b[0m"


@dataclass(frozen=True, slots=True)
class Heading:
    """A column of a table.

    Attributes:
        label: its heading, translated.
        is_figure: aligned to the right, and never cut.
        priority: 0 is always shown; the greatest is the first to go where the terminal is too narrow.
    """

    label: str
    is_figure: bool = False
    priority: int = 0


def write_table(headings: Sequence[Heading], rows: Iterable[Sequence[str]]) -> int:
    """Write a table to stdout; returns the number of rows."""
    cells = [[line(cell[:LONGEST]) for cell in row] for row in rows]
    widths = [
        max(map(width_of, (heading.label, *(row[place] for row in cells)))) for place, heading in enumerate(headings)
    ]
    shown = _fitted(headings, widths)
    _write([heading.label for heading in headings], headings, shown, is_heading=True)
    for row in cells:
        _write(row, headings, shown)
    return len(cells)


def is_styled() -> bool:
    """Whether stdout is a terminal that may be sent styles."""
    return sys.stdout.isatty() and "NO_COLOR" not in os.environ and os.environ.get("TERM") != "dumb"


def bold(text: str) -> str:
    """The text, cleaned, bold where stdout can show it."""
    cleaned = clean(text)
    return Styled(_BOLD.format(cleaned)) if is_styled() and cleaned else cleaned


def width_of(text: str) -> int:
    """The cells of a terminal that a text takes."""
    if text.isascii():
        return len(text)
    from rich.cells import cell_len

    return cell_len(text)


def terminal_width() -> int | None:
    """The cells in a line of the terminal; None where stdout is none."""
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else None


def _fitted(headings: Sequence[Heading], widths: Sequence[int]) -> dict[int, int]:
    """The columns that are shown, each with its width."""
    shown = dict(enumerate(widths))
    room = terminal_width()
    if room is None:
        return shown
    while _over(shown, room) > _spare(shown, headings) and len(shown) > 1:
        least = max(shown, key=lambda place: (headings[place].priority, place))
        if headings[least].priority == 0:
            break
        del shown[least]
    while _over(shown, room) > 0:
        widest = max(shown, key=lambda place: 0 if headings[place].is_figure else shown[place])
        if headings[widest].is_figure or shown[widest] <= NARROWEST:
            break
        shown[widest] -= 1
    return shown


def _over(shown: dict[int, int], room: int) -> int:
    return sum(shown.values()) + len(GAP) * (len(shown) - 1) - room


def _spare(shown: dict[int, int], headings: Sequence[Heading]) -> int:
    """How many cells could be cut from texts that stay readable."""
    return sum(
        max(0, width - max(2 * NARROWEST, width_of(headings[place].label)))
        for place, width in shown.items()
        if not headings[place].is_figure
    )


def _write(
    cells: Sequence[str], headings: Sequence[Heading], shown: dict[int, int], *, is_heading: bool = False
) -> None:
    parts = [_fit(cells[place], width, right=headings[place].is_figure) for place, width in shown.items()]
    row = GAP.join(parts).rstrip()
    sys.stdout.write(f"{bold(row) if is_heading else row}\n")


def _fit(text: str, width: int, *, right: bool) -> str:
    length = width_of(text)
    if length > width:
        from rich.cells import set_cell_size

        return set_cell_size(text, width - 1) + "…"
    space = " " * (width - length)
    return space + text if right else text + space
