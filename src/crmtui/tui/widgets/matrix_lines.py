"""The portfolio matrix as rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from textual.content import Content

from crmtui.domain.words import Posture
from crmtui.queries import matrix_words
from crmtui.text import N_, _
from crmtui.tui import show
from crmtui.tui.widgets.held_source import HeldSource
from crmtui.tui.widgets.window_source import ListColumn

if TYPE_CHECKING:
    from crmtui.queries.matrix import Line

COLUMNS: Final = (
    ListColumn(key="name", title=N_("Account"), width=14, widest=30),
    ListColumn(key="segment", title=N_("Segment"), width=3, widest=8),
    ListColumn(key="posture", title=N_("Posture"), width=22),
    ListColumn(key="hangs", title="±", width=2, justify="right"),
    ListColumn(key="reason", title=N_("Because"), width=16, flexible=True, priority=1, sortable=False),
)
PENDING: Final = "…"  # behind a posture that may yet turn out to be another
_STYLES: Final = {
    Posture.ACQUIRE: show.FINE,
    Posture.ENRICH: show.FINE,
    Posture.KEEP: "",
    Posture.SERVE: show.MUTED,
    Posture.LEAVE: show.ACT,
}


def source() -> HeldSource[Line]:
    """The source of the list of accounts."""
    postures = list(Posture)
    return HeldSource(
        COLUMNS,
        lambda one: one.key,
        lambda one: f"{one.name} {_(one.segmented.segment.label)} {_(one.stance.posture.label)}",
        _cells,
        {
            "name": lambda one: one.name.casefold(),
            "segment": lambda one: one.segmented.segment.value,
            "posture": lambda one: postures.index(one.stance.posture),
            "hangs": lambda one: len({shift.code for shift in one.shifts}),
        },
    )


def _cells(one: Line) -> tuple[Content | str, ...]:
    hangs = len({shift.code for shift in one.shifts})
    style = _STYLES[one.stance.posture] if one.is_valued else show.MUTED
    open_ = "" if one.stance.is_certain else "?"
    yet = "" if one.is_valued else f" {PENDING}"
    by_hand = f" {show.glyphs().override}" if one.posture_by_hand else ""
    segment = one.segmented.segment.value.upper() + ("" if one.segmented.is_certain else "?")
    return (
        show.label(one.name),
        segment,
        Content.styled(f"{_(one.stance.posture.label)}{open_}{yet}{by_hand}", style),
        Content.styled(str(hangs), show.WATCH) if hangs else Content(),
        show.label(matrix_words.because(one), show.MUTED),
    )
