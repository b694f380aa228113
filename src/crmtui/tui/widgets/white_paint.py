"""How the grid of the white space is drawn: offerings above, names at the left, who supplies what in the cells."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from textual.content import Content

from crmtui.domain.words import Basis, Supply
from crmtui.method.whitespace import SOON
from crmtui.text import N_, NP_, _
from crmtui.tui import show
from crmtui.tui.widgets.plan_paint import BLURRED, CURSOR, MARKED

if TYPE_CHECKING:
    import datetime as dt

    from crmtui.queries.whitespace import Named, Offered, Said

LEAST: Final = 12  # cells of an offering at least, one of them blank
HEADER: Final = 2
BESIDE: Final = 4  # of them beside the words: the glyph with its blank, the last sign, the blank between
ACT: Final = 60  # days before the end of a contract from which it is time to act
WORDS: Final = {
    Supply.US: N_("us"),
    Supply.COMPETITOR: NP_("cell", "other"),
    Supply.IN_HOUSE: NP_("cell", "itself"),
    Supply.NOT_NEEDED: NP_("cell", "no need"),
    Supply.UNKNOWN: NP_("cell", "unknown"),
}
_SIGNS: Final = {
    Supply.US: ("ours", show.FINE),
    Supply.COMPETITOR: ("theirs", show.WATCH),
    Supply.IN_HOUSE: ("itself", show.BAR),
    Supply.NOT_NEEDED: ("needless", show.MUTED),
    Supply.UNKNOWN: ("unknown", show.MUTED),
}


@dataclass(frozen=True, slots=True)
class Look:
    """What is particular about a cell.

    Attributes:
        today: the day.
        is_at: whether the cursor is on it.
        is_marked: whether it is marked.
        has_focus: whether the grid has the focus.
        is_suggested: whether the account could need it.
    """

    today: dt.date
    is_at: bool = False
    is_marked: bool = False
    has_focus: bool = False
    is_suggested: bool = False


def heading(offered: Offered, line: int, width: int, *, is_current: bool) -> Content:
    """A line of an offering's name, which has two."""
    words = show.label(offered.name).plain.split()
    first = ""
    while words and len(f"{first} {words[0]}".strip()) < width:
        first = f"{first} {words.pop(0)}".strip()
    if not first and words:
        first, words = words[0], words[1:]
    shown = first if line == 0 else " ".join(words)
    style = "bold" if is_current else show.MUTED
    return Content.styled(show.fit(shown, width - 1) + " ", style)


def name(account: Named, depth: int, *, is_current: bool) -> Content:
    """An account; a business unit stands below what it is part of."""
    indent = Content.styled(f"{'  ' * (depth - 1)}{show.glyphs().way} ", show.MUTED) if depth else Content()
    return indent + show.label(account.name, "bold" if is_current else "")


def state(said: Said | None) -> Supply:
    """Who supplies it."""
    return said.cell.state if said else Supply.UNKNOWN


def sign(supply: Supply) -> Content:
    """The glyph of a state."""
    glyph, style = _SIGNS[supply]
    return Content.styled(getattr(show.glyphs(), glyph), style)


def cell(said: Said | None, look: Look, width: int) -> Content:
    """`□ Riv… 41d ▲`: who supplies it, when the contract ends where that is soon, and whether it could be needed."""
    supply = state(said)
    _glyph, style = _SIGNS[supply]
    mark = sign(supply)
    gap = " " if width > LEAST else ""
    room = width - BESIDE - len(gap)
    body = _body(said, supply, style, (look.today, room))
    shown = Content.assemble(mark, " ", show.cells(body, room), gap, _last(said, look))
    if look.is_at:
        return Content.assemble(_ground(shown, look), " ")
    return Content.assemble(shown.stylize(MARKED) if look.is_marked else shown, " ")


def _ground(shown: Content, look: Look) -> Content:
    if look.has_focus:
        return Content.styled(shown.plain, CURSOR)
    return shown.stylize_before(BLURRED)


def _body(said: Said | None, supply: Supply, style: str, around: tuple[dt.date, int]) -> Content:
    today, room = around
    told = said.competitor if said and supply is Supply.COMPETITOR and said.competitor else _(WORDS[supply])
    text = show.label(told, style)
    days = (said.cell.ends_on - today).days if said and said.cell.ends_on else None
    if days is None or not 0 <= days <= SOON:
        return text
    ends = Content.styled(_("{count}d").format(count=days), show.ACT if days <= ACT else show.WATCH)
    return Content.assemble(show.cells(text, room - ends.cell_length - 1), " ", ends)


def _last(said: Said | None, look: Look) -> Content:
    """What could be needed goes first; else whether it is what orders say, or assumed."""
    if look.is_suggested:
        return Content.styled(show.glyphs().move, f"bold {show.BAR}")
    if said is not None and said.is_doubtful:
        return Content.styled(show.glyphs().urgent, f"bold {show.WATCH}")
    if said is not None and said.is_by_orders and said.cell.state is Supply.US:
        return Content.styled(show.glyphs().computed, show.MUTED)
    if said is not None and said.record is not None and said.record.basis is Basis.ASSUMED:
        return Content.styled(show.glyphs().assumed, show.MUTED)
    return Content(" ")


def legend() -> Content:
    """What the signs beside the words mean, in one line."""
    parts = (
        Content.assemble((show.glyphs().move, f"bold {show.BAR}"), (f" {_('could need it')}", show.MUTED)),
        Content.styled(f"{show.glyphs().computed} {_('by orders')}", show.MUTED),
        Content.styled(f"{show.glyphs().assumed} {_(Basis.ASSUMED.label)}", show.MUTED),
        Content.assemble((_("{count}d").format(count=ACT), show.ACT), (f" {_('until its contract ends')}", show.MUTED)),
    )
    return Content("   ").join(parts)
