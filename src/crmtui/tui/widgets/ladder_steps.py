"""The history of a relationship as a step line: levels upwards, time to the right, falls in red."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from textual.content import Content

from crmtui.domain.words import Level
from crmtui.text import _
from crmtui.tui import show
from crmtui.tui.glyphs import UNICODE

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from crmtui.method.ladder import Move

LABEL: Final = 11  # cells of a level's name, with a blank
LEAST: Final = 20  # cells of a line that can be read, with its days below
APART: Final = 2  # cells between two assessments, at least
LEVELS: Final = tuple(reversed(Level))
# Along, up from, up to, down from, down to, across.
_LINES: Final = ("─", "┘", "┌", "┐", "└", "│")
_PLAIN: Final = ("-", "+", "+", "+", "+", "|")

Grid = dict[tuple[int, int], tuple[str, str]]


def plot(moves: Sequence[Move], target: Level | None, today: dt.date, width: int) -> list[Content]:
    """A row for each level, the highest on top, and below them the first day and today; nothing where nothing fits.

    Args:
        moves: the assessments, the oldest first; where there are too many for the width, the newest.
        target: the level to be reached, marked at the end of its row.
        today: where the line ends.
        width: in cells.
    """
    room = width - LABEL - 1
    shown = moves[-max(1, room // APART) :]
    if not shown or room < LEAST:
        return []
    grid = _grid(shown, _columns(shown, today, room), room)
    rows = [_row(grid, at, level, room, is_target=level is target) for at, level in enumerate(LEVELS)]
    begin = show.short_date(shown[0].mark.day, today).plain
    end = _("today")
    days = begin + " " * max(1, room - len(begin) - len(end)) + end
    return [*rows, Content.styled(" " * LABEL + days, show.MUTED)]


def _columns(moves: Sequence[Move], today: dt.date, room: int) -> list[int]:
    """Where each assessment stands: by its day, no two closer than can be told apart."""
    first = moves[0].mark.day
    span = max(1, (today - first).days)
    wanted = [round((move.mark.day - first).days / span * (room - 1)) for move in moves]
    last = room - 2  # the line goes on to today
    for at in reversed(range(len(wanted))):  # from the right, so that the newest stay on the line
        wanted[at] = max(0, min(wanted[at], last))
        last = wanted[at] - APART
    for at in range(1, len(wanted)):
        wanted[at] = max(wanted[at], wanted[at - 1] + 1)
    return wanted


def _grid(moves: Sequence[Move], columns: Sequence[int], room: int) -> Grid:
    along, up_from, up_to, down_from, down_to, across = _LINES if show.glyphs() is UNICODE else _PLAIN
    grid: Grid = {}
    for at, move in enumerate(moves):
        row = LEVELS.index(move.mark.level)
        end = columns[at + 1] if at + 1 < len(moves) else room
        style = show.ACT if move.is_regression else show.BAR
        grid |= {(row, column): (along, style) for column in range(columns[at], end)}
        if at and (before := LEVELS.index(moves[at - 1].mark.level)) != row:
            is_up = row < before
            between = range(min(row, before) + 1, max(row, before))
            grid |= {(each, columns[at]): (across, style) for each in between}
            grid[before, columns[at]] = (up_from if is_up else down_from, style)
            grid[row, columns[at]] = (up_to if is_up else down_to, style)
    return grid


def _row(grid: Grid, at: int, level: Level, room: int, *, is_target: bool) -> Content:
    cells = [grid.get((at, column), (" ", "")) for column in range(room)]
    is_here = cells[-1][0] != " "
    label = (show.lead(_(level.label), LABEL), "bold" if is_here else show.MUTED)
    mark = (show.glyphs().planned if is_target else " ", show.FINE if is_here else show.WATCH)
    return Content.assemble(label, *cells, mark)
