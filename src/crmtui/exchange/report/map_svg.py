"""The map of a decision-making unit as a drawing: who reports to whom from above, who influences whom across."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from xml.sax.saxutils import escape

from crmtui.plots.svg import picture
from crmtui.text import line

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

_WIDE, _HIGH = 170, 54  # pixels of a card
_GAP, _STEP = 20, 44  # between cards, and between rows
_PAD: Final = 10
_FONT: Final = 11
_ACROSS: Final = 5  # cards in a row
_LETTERS: Final = (20, 25)  # of the name in a card, and of a line below it
_TONES: Final = {"good": "#2f7d4f", "bad": "#b3372f", "quiet": "#66717c", "unknown": "#a8690a"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """Somebody on the map.

    Attributes:
        key: its key.
        lines: at most three lines: the name first.
        tone: `good`, `bad`, `quiet` or `unknown`: what the frame says, which the words say too.
        above: whom it reports to; None for nobody, or nobody on the map.
    """

    key: int
    lines: tuple[str, ...]
    tone: str = "quiet"
    above: int | None = None


def draw(title: str, text: str, cards: Sequence[Card], influences: Sequence[tuple[int, int]] = ()) -> str:
    """The map as one `<svg>` element; '' for a map with nobody.

    Args:
        title: what is read aloud instead of it.
        text: what it says, in lines of words.
        cards: everybody, in order; circles of reporting are cut where they close.
        influences: from whom to whom.
    """
    if not cards:
        return ""
    rows = _rows(cards)
    width = 2 * _PAD + max(len(row) for row in rows) * (_WIDE + _GAP) - _GAP
    height = 2 * _PAD + len(rows) * (_HIGH + _STEP) - _STEP
    places = {
        card.key: (
            width / 2 - (len(row) * (_WIDE + _GAP) - _GAP) / 2 + place * (_WIDE + _GAP),
            _PAD + at * (_HIGH + _STEP),
        )
        for at, row in enumerate(rows)
        for place, card in enumerate(row)
    }
    pieces = (
        *_ways(cards, places),
        *_arcs(influences, places),
        *(piece for card in cards for piece in _drawn(card, *places[card.key])),
    )
    return picture(title, text, (width, height), pieces, _FONT)


def _rows(cards: Sequence[Card]) -> list[list[Card]]:
    """The cards by how far they are from the top, no more than `_ACROSS` in a row."""
    above = {card.key: card.above for card in cards}
    by_depth: dict[int, list[Card]] = {}
    for card in cards:
        by_depth.setdefault(_depth(card.key, above), []).append(card)
    return [
        row[start : start + _ACROSS]
        for _depth_of, row in sorted(by_depth.items())
        for start in range(0, len(row), _ACROSS)
    ]


def _depth(key: int, above: Mapping[int, int | None]) -> int:
    seen, here, depth = {key}, above.get(key), 0
    while here is not None and here in above and here not in seen:
        seen.add(here)
        here, depth = above[here], depth + 1
    return depth


def _ways(cards: Sequence[Card], places: Mapping[int, tuple[float, float]]) -> Iterator[str]:
    for card in cards:
        if card.above is not None and card.above in places and card.above != card.key:
            (x, y), (top_x, top_y) = places[card.key], places[card.above]
            start, end, middle = top_x + _WIDE / 2, x + _WIDE / 2, y - _STEP / 2
            path = f"M{start:g} {top_y + _HIGH:g}V{middle:g}H{end:g}V{y:g}"
            yield f'<path d="{path}" fill="none" stroke="{_TONES["quiet"]}"/>'


def _arcs(influences: Sequence[tuple[int, int]], places: Mapping[int, tuple[float, float]]) -> Iterator[str]:
    for source, target in influences:
        if source in places and target in places and source != target:
            (x0, y0), (x1, y1) = places[source], places[target]
            start, end = (x0 + _WIDE / 2, y0 + _HIGH / 2), (x1 + _WIDE / 2, y1 + _HIGH / 2)
            bend = ((start[0] + end[0]) / 2, (start[1] + end[1]) / 2 + _STEP)
            path = f"M{start[0]:g} {start[1]:g}Q{bend[0]:g} {bend[1]:g} {end[0]:g} {end[1]:g}"
            yield f'<path d="{path}" fill="none" stroke="{_TONES["quiet"]}" stroke-dasharray="4 4"/>'


def _drawn(card: Card, x: float, y: float) -> Iterator[str]:
    colour = _TONES.get(card.tone, _TONES["quiet"])
    place = f'x="{x:g}" y="{y:g}" width="{_WIDE}" height="{_HIGH}" rx="6"'
    yield f'<rect {place} fill="#fffdf9" stroke="{colour}" stroke-width="1.5"/>'
    for number, raw in enumerate(card.lines[:3]):
        text = line(raw)
        most = _LETTERS[min(number, 1)]
        shown = text if len(text) <= most else text[: most - 1].rstrip() + "…"
        weight = ' font-weight="bold"' if number == 0 else ""
        yield f'<text x="{x + 8:g}" y="{y + 16 + 14 * number:g}" fill="#26221c"{weight}>{escape(shown)}</text>'
