"""A communication plan as a drawing: people down, days across, a sign for each contact, and a line at today."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Final
from xml.sax.saxutils import escape

from crmtui.days import dated
from crmtui.plots.days import firsts, mondays
from crmtui.plots.svg import picture
from crmtui.text import line

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Mapping, Sequence

_WIDE, _NAMES, _PAD = 640.0, 168.0, 12.0  # pixels: of all, of the names, at the edges
_ROW, _HEAD, _FOOT = 22.0, 24.0, 26.0  # of a person, of the days above, of the legend below
_FONT: Final = 11
_LETTERS: Final = 26  # of a name
_FIGURE: Final = 70.0  # pixels that a day above needs
_RADIUS: Final = 4.5
_MOST_WEEKS: Final = 60
_INK, _QUIET, _MARK, _PAPER = "#26221c", "#66717c", "#0b6b8f", "#fffdf9"


class Sign(Enum):
    """What became of a contact: each has a shape of its own."""

    DONE = "done"  # a full circle
    OPEN = "open"  # a ring
    OFF = "off"  # a cross


@dataclass(frozen=True, slots=True)
class Row:
    """A person with the contacts of a plan.

    Attributes:
        name: on the left.
        contacts: the days, and what became of each.
    """

    name: str
    contacts: tuple[tuple[dt.date, Sign], ...]


def draw(title: str, text: str, rows: Sequence[Row], today: dt.date, words: Mapping[Sign, str]) -> str:
    """The plan as one `<svg>` element; '' where there is no contact.

    Args:
        title: what is read aloud instead of it.
        text: what it says, in lines of words.
        rows: the people, in order.
        today: where the line is, if it is within the plan.
        words: what the signs mean; those that are not there are not told.
    """
    days = [day for row in rows for day, _sign in row.contacts]
    there = {sign for row in rows for _day, sign in row.contacts}
    if not days:
        return ""
    paper = _Paper(min(days), max(days), len(rows))
    pieces = (
        *paper.days(),
        *paper.today(today),
        *(piece for at, row in enumerate(rows) for piece in paper.row(at, row)),
        *paper.legend({sign: word for sign, word in words.items() if sign in there}),
    )
    return picture(title, text, (_WIDE, paper.bottom + _FOOT), pieces, _FONT)


class _Paper:
    """Where days and people stand."""

    def __init__(self, first: dt.date, last: dt.date, rows: int) -> None:
        self.first, self.last = first, last
        self.left, self.right = _NAMES + _PAD, _WIDE - _PAD
        self.bottom = _HEAD + rows * _ROW

    def x(self, day: dt.date) -> float:
        """Pixels from the left; a plan of one day stands in the middle."""
        span = (self.last - self.first).days
        share = (day - self.first).days / span if span else 0.5
        return round(self.left + _PAD + share * (self.right - self.left - 2 * _PAD), 1)

    def days(self) -> Iterator[str]:
        """A faint line at each Monday where they are not too many, and one with its day where there is room."""
        weeks = mondays(self.first, self.last)
        faint = [(day, 0.12) for day in weeks] if len(weeks) <= _MOST_WEEKS else []
        named = firsts(self.first, self.last, (self.right - self.left) / _FIGURE)
        for day, strength in [*faint, *((day, 0.35) for day in named)]:
            line_of = f"M{self.x(day)} {_HEAD - 4:g}V{self.bottom:g}"
            yield f'<path d="{line_of}" stroke="{_QUIET}" stroke-opacity="{strength}"/>'
        room = self.left - _PAD
        for day in named:
            x = self.x(day)
            if x - _FIGURE / 2 >= room:
                yield _text(min(x, self.right - _FIGURE / 2), _HEAD - 10, dated(day), _QUIET, "middle")
                room = x + _FIGURE / 2

    def today(self, today: dt.date) -> Iterator[str]:
        """The line at today."""
        if self.first <= today <= self.last:
            yield (
                f'<path d="M{self.x(today)} {_HEAD - 4:g}V{self.bottom:g}" stroke="{_INK}" stroke-dasharray="5 3" '
                'stroke-width="1.4"/>'
            )

    def row(self, at: int, row: Row) -> Iterator[str]:
        """A person, with the contacts from left to right."""
        y = _HEAD + at * _ROW + _ROW / 2
        name = line(row.name)
        shown = name if len(name) <= _LETTERS else name[: _LETTERS - 1].rstrip() + "…"
        yield f'<path d="M0 {y + _ROW / 2:g}H{_WIDE:g}" stroke="{_QUIET}" stroke-opacity=".2"/>'
        yield _text(0, y + 4, shown, _INK, "start")
        for day, sign in sorted(row.contacts, key=lambda one: one[0]):
            yield _sign(self.x(day), y, sign)

    def legend(self, words: Mapping[Sign, str]) -> Iterator[str]:
        """What the signs mean."""
        x, y = self.left, self.bottom + _FOOT / 2 + 4
        for sign, word in words.items():
            yield _sign(x, y - 4, sign)
            yield _text(x + 10, y, word, _QUIET, "start")
            x += 26 + 7 * len(word)


def _sign(x: float, y: float, sign: Sign) -> str:
    if sign is Sign.OFF:
        arms = f"M{x - 4:g} {y - 4:g}L{x + 4:g} {y + 4:g}M{x - 4:g} {y + 4:g}L{x + 4:g} {y - 4:g}"
        return f'<path d="{arms}" stroke="{_QUIET}" stroke-width="1.6"/>'
    filled = _MARK if sign is Sign.DONE else _PAPER
    return f'<circle cx="{x:g}" cy="{y:g}" r="{_RADIUS}" fill="{filled}" stroke="{_MARK}" stroke-width="1.6"/>'


def _text(x: float, y: float, words: str, colour: str, anchor: str) -> str:
    return f'<text x="{x:g}" y="{y:g}" text-anchor="{anchor}" fill="{colour}">{escape(line(words))}</text>'
