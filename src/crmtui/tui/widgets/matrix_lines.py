"""The portfolio matrix as rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from textual.content import Content

from crmtui.domain.words import Posture
from crmtui.queries import matrix_words
from crmtui.queries.matrix_table import TABLE
from crmtui.text import _
from crmtui.tui import show
from crmtui.tui.widgets.worked_source import WorkedSource, of_table

if TYPE_CHECKING:
    from crmtui.queries.matrix_table import Row

COLUMNS: Final = (
    of_table(TABLE, "name", width=14, widest=30),
    of_table(TABLE, "segment", width=3, widest=8),
    of_table(TABLE, "posture", width=22),
    of_table(TABLE, "hangs_on", title="±", width=2, justify="right"),
    of_table(TABLE, "reason", width=16, flexible=True, priority=1, sortable=False),
)
PENDING: Final = "…"  # behind a posture that may yet turn out to be another
_STYLES: Final = {
    Posture.ACQUIRE: show.FINE,
    Posture.ENRICH: show.FINE,
    Posture.KEEP: "",
    Posture.SERVE: show.MUTED,
    Posture.LEAVE: show.ACT,
}


def source() -> WorkedSource[Row]:
    """The source of the list of accounts."""
    return WorkedSource(TABLE, COLUMNS, _said, _cells)


def _said(row: Row) -> str:
    one = row.line
    return f"{one.name} {_(one.segmented.segment.label)} {_(one.stance.posture.label)}"


def _cells(row: Row) -> tuple[Content | str, ...]:
    one = row.line
    hangs = len(row.hangs_on)
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
