"""Sums of opportunities in words: what is open, what it would bring, month by month."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from textual.content import Content
from textual.widget import Widget

from crmtui import days
from crmtui.text import _, ngettext
from crmtui.tui import show

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Sequence

    from textual.geometry import Size

    from crmtui.queries.opportunities import Board, MonthTotal, Pot

WIDEST_BAR: Final = 40
NAME: Final = 10
COUNT: Final = 7
SUM: Final = 20
GAP: Final = 2


def amounts(sums: Iterable[tuple[int, str]]) -> Content:
    """Sums of several currencies side by side; nothing where there are none."""
    shown = [show.money(minor, currency) for minor, currency in sums]
    return Content.styled(" + ", show.MUTED).join(shown) if shown else show.nothing()


def totals(board: Board, width: int) -> Content:
    """The line under the list: how many are listed, what is open and what that is worth, in words that fit."""
    listed = sum(total.pot.count for total in board.stages)
    pot = board.pipeline
    parts = [Content(ngettext("{count} open", "{count} open", pot.count)), amounts(pot.values)]
    brief = list(parts)
    if pot.weighted:
        parts.append(Content.assemble((_("weighted by P(win) "), show.MUTED), amounts(pot.weighted)))
        brief.append(Content.assemble((_("weighted "), show.MUTED), amounts(pot.weighted)))
    if pot.unscored:
        parts.append(muted(ngettext("{count} not scored", "{count} not scored", pot.unscored)))
    if pot.unvalued:
        parts.append(muted(ngettext("{count} without a value", "{count} without a value", pot.unvalued)))
    all_listed = muted(ngettext("{count} listed", "{count} listed", listed))
    dot = Content.styled(" · ", show.MUTED)
    ways = [all_listed, *parts], parts, [all_listed, *brief], brief
    return show.fitting(map(dot.join, ways), width)


def ended(board: Board) -> Content:
    """What was won and what was lost: `Won 12 · 3.10 M€   Lost 5 · 940 k€`."""
    parts = [
        Content.assemble(_(total.stage.label), " ", show.figure(total.pot.count), " · ", amounts(total.pot.values))
        for total in board.stages
        if total.stage.is_closed and total.pot.count
    ]
    return Content("   ").join(parts)


def muted(sentence: str) -> Content:
    """A sentence that stands back."""
    return Content.styled(sentence, show.MUTED)


def forecast(months: Sequence[MonthTotal], today: dt.date, size: Size) -> Content:
    """The open ones by the month they are expected to close in, the first line a heading."""
    if not months:
        return muted(_("Nothing is open here."))
    kept = months[: max(1, size.height - 1)]
    currency = _main_currency(months)
    most = max(_size(month.pot, currency) for month in kept)
    room = min(WIDEST_BAR, size.width - NAME - COUNT - SUM * 2 - GAP * 3)
    bars = [show.bar(_size(month.pot, currency), most, max(0, room)) for month in kept]
    rows = [_heading(), *(_month(month, today, bar) for month, bar in zip(kept, bars, strict=True))]
    if len(kept) < len(months):
        rows[-1] = muted(ngettext("and {count} month more", "and {count} months more", len(months) - len(kept) + 1))
    return Content("\n").join(rows)


class Forecast(Widget):
    """The open ones by month, as many lines as there is room for."""

    DEFAULT_CSS = "Forecast { height: 1fr; }"

    def __init__(self) -> None:
        super().__init__()
        self._months: Sequence[MonthTotal] = ()
        self._today: dt.date | None = None

    def tell(self, months: Sequence[MonthTotal], today: dt.date) -> None:
        """Show other sums."""
        self._months, self._today = months, today
        self.refresh()

    def render(self) -> Content:
        """The lines."""
        return forecast(self._months, self._today, self.size) if self._today else Content()


def _heading() -> Content:
    cells = (
        show.fit(_("closes"), NAME),
        show.fit(_("open"), COUNT, "right"),
        " " * GAP,
        show.fit(_("value"), SUM, "right"),
        " " * GAP,
        show.fit(_("weighted by P(win)"), SUM, "right"),
    )
    return muted("".join(cells))


def _month(month: MonthTotal, today: dt.date, bar: Content) -> Content:
    pot = month.pot
    return Content.assemble(
        show.cells(_name(month, today), NAME),
        show.cells(show.figure(pot.count), COUNT, "right"),
        " " * GAP,
        show.cells(amounts(pot.values), SUM, "right"),
        " " * GAP,
        show.cells(amounts(pot.weighted), SUM, "right"),
        " " * GAP,
        bar,
    )


def _name(month: MonthTotal, today: dt.date) -> Content:
    if month.is_overdue:
        return Content.styled(_("overdue"), show.ACT)
    if month.month is None:
        return Content.styled(_("no date"), show.WATCH)
    name = _(days.MONTHS[month.month.month - 1])
    return Content(name if month.month.year == today.year else f"{name} {month.month.year}")


def _main_currency(months: Sequence[MonthTotal]) -> str:
    """The one that most of the months' first sums are in: bars of another would compare what cannot be compared."""
    found = Counter(month.pot.values[0][1] for month in months if month.pot.values).most_common(1)
    return found[0][0] if found else ""


def _size(pot: Pot, currency: str) -> int:
    return {unit: minor for minor, unit in pot.values}.get(currency, 0)
