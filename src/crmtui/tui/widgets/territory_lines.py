"""The territory as rows, effort of each account today and proposed; and how an account answers to effort."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from textual.content import Content

from crmtui.figures import brief
from crmtui.method.territory_plan import Served
from crmtui.method.units import HOURS
from crmtui.plots.plot import Axis, Mark, Plot, Series, Tone, Value, xy
from crmtui.queries import territory_words as words
from crmtui.queries.allotted_words import hours
from crmtui.queries.territory_table import TABLE
from crmtui.text import N_, _
from crmtui.tui import show
from crmtui.tui.widgets.worked_source import WorkedSource, of_table

if TYPE_CHECKING:
    from crmtui.method.response import Curve
    from crmtui.method.units import Unit
    from crmtui.queries.territory_table import Row
    from crmtui.tui.widgets.window_source import ListColumn

_TONES: Final = {Served.UNDER: show.WATCH, Served.OVER: show.ACT, Served.RIGHT: "", None: ""}
_FEW: Final = 10  # hours that are told to a tenth beside contacts
MOST_EFFORT: Final = 2.0  # times the usual, as far as a curve is drawn


def columns(unit: Unit) -> tuple[ListColumn, ...]:
    """The columns of a plan that is divided in hours or in contacts."""
    today, proposed = ("contacts_today", "contacts") if unit.is_contacts else ("hours_today", "hours")
    return (
        of_table(TABLE, "name", width=16, flexible=True),
        of_table(TABLE, "level", width=7, priority=2),
        of_table(TABLE, today, title=N_("Today"), width=6, justify="right"),
        of_table(
            TABLE,
            proposed,
            title=N_("Proposed"),
            width=8,
            widest=11,
            justify="right",
            tells=(proposed, "hours") if unit.is_contacts else (),
        ),
        of_table(TABLE, "gain", width=9, widest=11, justify="right"),
        of_table(TABLE, "served", title=N_("Served"), width=10, widest=12),
    )


def source() -> WorkedSource[Row]:
    """The source of the list of accounts."""
    return WorkedSource(TABLE, columns(HOURS), _said, _cells)


def _said(one: Row) -> str:
    return f"{one.taken.name} {_(one.taken.level.label)} {words.served(one.line)}"


def _cells(one: Row) -> tuple[Content | str, ...]:
    line, taken = one.line, one.taken
    is_known = one.is_known
    pin = Content.styled("=", show.WATCH) if taken.account.pin is not None else Content()
    meant = Content.styled(f" · {brief(line.hours, int(line.hours < _FEW))} h", show.MUTED)
    if not one.unit.is_contacts or not line.proposed:
        meant = Content()
    gain = show.money(round(line.gain), one.page.currency) if is_known else show.unknown()
    return (
        show.label(taken.name),
        show.ladder(taken.level.value),
        hours(one.unit.now(line)),
        Content.assemble(pin, hours(one.unit.proposed(line)), meant),
        gain if taken.is_judged or not is_known else Content.assemble((show.glyphs().assumed, show.MUTED), gain),
        Content.styled(words.served(line), _TONES[line.served]),
    )


def answer(curve: Curve) -> Plot:
    """How sales answer to effort, both as multiples of today's."""
    points = curve.points(MOST_EFFORT)
    return Plot(
        title=_("Sales over effort"),
        x=Axis.over(_("effort, of today's"), (x for x, _y in points)),
        y=Axis.over(_("sales"), (y for _x, y in points)),
        series=(
            Series(mark=Mark.LINE, values=xy(iter(points)), tone=Tone.ACCENT),
            Series(mark=Mark.POINTS, values=(Value(x=1.0, y=1.0, size=1.0, name=_("today")),)),
        ),
    )
