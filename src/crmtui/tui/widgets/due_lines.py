"""A promise to keep, or a request to answer, on one line of an agenda, and in full."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from textual.content import Content

from crmtui.text import _
from crmtui.tui import show
from crmtui.tui.widgets.action_lines import WORD

if TYPE_CHECKING:
    import datetime as dt

    from crmtui.queries.today import Due

LABEL: Final = 14
_DOT: Final = " · "


def key(due: Due) -> tuple[str, int]:
    """What stands for it on an agenda: its table and its key."""
    return (due.kind.noun.table, due.id)


def brief(due: Due, today: dt.date) -> Content:
    """`○ Promise    Spare parts within a day · Aurora · Bianchi`."""
    word = show.cells(show.label(noun(due), show.MUTED), WORD + 2)
    parts = [show.label(due.name), *(show.label(name, show.MUTED) for name in (due.account, due.person) if name)]
    return Content.assemble(_sign(due, today), " ", word, Content.styled(_DOT, show.MUTED).join(parts))


def noun(due: Due) -> str:
    """What it is called, with a capital."""
    word = _(due.kind.noun.one)
    return word[:1].upper() + word[1:]


def _sign(due: Due, today: dt.date) -> Content:
    if due.due_on < today:
        return Content.styled(show.glyphs().urgent, f"bold {show.ACT}")
    return show.status("planned")


def full(due: Due, today: dt.date) -> Content:
    """All that an agenda knows of it."""
    facts = (
        (_("due"), show.full_date(due.due_on)),
        (_("by"), show.label(due.owner) if due.owner else show.nothing()),
        (_("for"), show.label(due.person) if due.person else show.nothing()),
        (_("account"), show.label(due.account)),
    )
    head = Content.assemble(_sign(due, today), " ", show.label(due.name, "bold"))
    return Content("\n").join(
        [head, *(Content.assemble((show.fit(label, LABEL), show.MUTED), value) for label, value in facts)]
    )
