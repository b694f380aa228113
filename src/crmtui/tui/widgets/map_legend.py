"""What is written below the map: the key to its lines, the edges that are not drawn, and what was wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from rich.cells import cell_len

from crmtui.text import _
from crmtui.tui.widgets.map_canvas import fit, plain
from crmtui.tui.widgets.map_layout import Flaw

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from crmtui.tui.widgets.map_glyphs import Signs
    from crmtui.tui.widgets.map_layout import Card, Edge, Warn

_NAME: Final = 20  # cells of a name in a sentence
_GAP: Final = 3


class Entry(NamedTuple):
    """A piece of text of the legend: its place below the map, and its style."""

    x: int
    y: int
    text: str
    style: str


class Legend(NamedTuple):
    """All entries, and the lines they take."""

    entries: tuple[Entry, ...]
    height: int


def name(card: Card | None) -> str:
    """A card's name, short enough for a sentence."""
    return fit(card.title.partition("\t")[0], _NAME) if card else "?"


def legend(  # noqa: PLR0913 - each of the four parts has its own source
    cards: Mapping[int, Card],
    edges: Sequence[Edge],
    listed: Sequence[Edge],
    warnings: Sequence[Warn],
    signs: Signs,
    *,
    width: int,
    cursor: int | None,
    note: str = "",
) -> Legend:
    """Lay out the legend for a map of `width` columns; `edges` are all that are shown, `listed` the undrawn ones."""
    key = [(text, "legend") for text in _key(edges, signs)]
    told = [(note, "legend")] if note else []
    told += [(sentence(warn, cards), "warning") for warn in warnings]
    rest = [
        (_listed(edge, cards, signs), "legend-on" if cursor in {edge.source, edge.target} else "legend")
        for edge in listed
    ]
    entries: list[Entry] = []
    y = 0
    for group, columns in ((key, False), (told, True), (rest, True)):
        placed = list(_flow(group, y, width, signs.shared.ellipsis, even=columns))
        entries += placed
        y = max((entry.y + 1 for entry in placed), default=y)
    return Legend(tuple(entries), y)


def sentence(warn: Warn, cards: Mapping[int, Card]) -> str:
    """What was wrong with a `reports to`, and what the map shows instead."""
    who, boss = name(cards.get(warn.key)), name(cards.get(warn.reports_to))
    if warn.flaw is Flaw.SELF:
        return _("{who} cannot be their own boss: shown at the top").format(who=who)
    if warn.flaw is Flaw.CYCLE:
        words = _("{who} and {boss} are bosses of each other, in a circle: {who} is shown at the top")
        return words.format(who=who, boss=boss)
    return _("{who} reports to somebody who is not on this map: shown at the top").format(who=who)


def _key(edges: Sequence[Edge], signs: Signs) -> Iterator[str]:
    kinds = {(edge.kind, edge.formal) for edge in edges}
    for formal, words in ((True, _("formal influence")), (False, _("informal influence"))):
        if ("influence", formal) in kinds:
            yield f"{signs.sample(kind='influence', formal=formal)} {words}"
    if any(kind == "conflict" for kind, _formal in kinds):
        yield f"{signs.conflict} {_('conflict')}"
    if kinds:
        yield _("1 to 3 strength")


def _listed(edge: Edge, cards: Mapping[int, Card], signs: Signs) -> str:
    return _("{source} {line} {target}, strength {strength}").format(
        source=name(cards.get(edge.source)),
        line=signs.sample(kind=edge.kind, formal=edge.formal),
        target=name(cards.get(edge.target)),
        strength=edge.strength,
    )


def _flow(texts: Sequence[tuple[str, str]], top: int, width: int, mark: str, *, even: bool) -> Iterator[Entry]:
    """Entries from left to right and on to the next line, in even columns or one after the other."""
    widest = min(max((cell_len(plain(text)) for text, _style in texts), default=0), width)
    x, y = 0, top
    for text, style in texts:
        short = fit(text, width, mark)
        room = widest if even else cell_len(short)
        if x and x + room > width:
            x, y = 0, y + 1
        yield Entry(x, y, short, style)
        x += room + _GAP
