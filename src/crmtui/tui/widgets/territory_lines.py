"""The territory as rows, effort of each account today and proposed; and how an account answers to effort."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from textual.content import Content

from crmtui.figures import brief
from crmtui.method.territory_plan import Served
from crmtui.plots.plot import Axis, Mark, Plot, Series, Tone, Value, xy
from crmtui.queries import territory_words as words
from crmtui.queries.allotted_words import hours
from crmtui.text import N_, _
from crmtui.tui import show
from crmtui.tui.widgets.held_source import HeldSource
from crmtui.tui.widgets.window_source import ListColumn

if TYPE_CHECKING:
    from crmtui.method.response import Curve
    from crmtui.method.territory_plan import Line
    from crmtui.method.units import Unit
    from crmtui.queries.territory_accounts import Taken

COLUMNS: Final = (
    ListColumn(key="name", title=N_("Account"), width=16, flexible=True),
    ListColumn(key="level", title=N_("Level"), width=7, priority=2),
    ListColumn(key="today", title=N_("Today"), width=6, justify="right"),
    ListColumn(key="proposed", title=N_("Proposed"), width=8, widest=11, justify="right"),
    ListColumn(key="gain", title=N_("Gain"), width=9, widest=11, justify="right"),
    ListColumn(key="served", title=N_("Served"), width=10, widest=12),
)
_TONES: Final = {Served.UNDER: show.WATCH, Served.OVER: show.ACT, Served.RIGHT: "", None: ""}
_FEW: Final = 10  # hours that are told to a tenth beside contacts
MOST_EFFORT: Final = 2.0  # times the usual, as far as a curve is drawn


@dataclass(frozen=True, slots=True)
class Row:
    """An account with its line of the plan.

    Attributes:
        taken: the account.
        line: what it gets.
        unit: in which.
        currency: of its amounts.
    """

    taken: Taken
    line: Line
    unit: Unit
    currency: str


def source() -> HeldSource[Row]:
    """The source of the list of accounts."""
    return HeldSource(
        COLUMNS,
        lambda one: one.taken.key,
        lambda one: f"{one.taken.name} {_(one.taken.level.label)} {words.served(one.line)}",
        _cells,
        {
            "name": lambda one: one.taken.name.casefold(),
            "level": lambda one: list(type(one.taken.level)).index(one.taken.level),
            "today": lambda one: one.unit.now(one.line),
            "proposed": lambda one: one.unit.proposed(one.line),
            "gain": lambda one: None if one.line.sales is None else one.line.gain,
            "served": lambda one: one.unit.proposed(one.line) - one.unit.now(one.line) if one.line.served else None,
        },
    )


def _cells(one: Row) -> tuple[Content | str, ...]:
    line, taken = one.line, one.taken
    is_known = line.sales is not None
    pin = Content.styled("=", show.WATCH) if taken.account.pin is not None else Content()
    meant = Content.styled(f" · {brief(line.hours, int(line.hours < _FEW))} h", show.MUTED)
    if not one.unit.is_contacts or not line.proposed:
        meant = Content()
    gain = show.money(round(line.gain), one.currency) if is_known else show.unknown()
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
