"""What customers are worth as rows: the figures of all of them, and the accounts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from textual.content import Content

from crmtui.queries import equity_ladder_words as ladder, equity_words as words, programme_words, repeat_words
from crmtui.queries.equity_table import TABLE
from crmtui.text import N_, _, ngettext
from crmtui.tui import show
from crmtui.tui.widgets.held_source import HeldSource
from crmtui.tui.widgets.window_source import ListColumn
from crmtui.tui.widgets.worked_source import WorkedSource, of_table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crmtui.queries.equity import EquityPage, Line
    from crmtui.queries.equity_basis import Basis
    from crmtui.queries.equity_table import Row
    from crmtui.queries.equity_words import Say, Term
    from crmtui.queries.programmes import ProgrammePage
    from crmtui.queries.repeat import RepeatPage

FIGURES: Final = (
    ListColumn(key="figure", title=N_("Figure"), width=18, widest=26, sortable=False),
    ListColumn(key="value", title=N_("Value"), width=8, widest=9, justify="right", sortable=False),
    ListColumn(key="says", title=N_("Says"), width=20, flexible=True, sortable=False),
)
ACCOUNTS: Final = (
    of_table(TABLE, "name", width=16, flexible=True),
    of_table(TABLE, "level", width=7),
    of_table(TABLE, "value", width=8, widest=10, justify="right"),
    ListColumn(
        key="band",
        title=N_("Band"),
        width=11,
        widest=15,
        justify="right",
        priority=3,
        sortable=False,
        tells=("low", "high"),
    ),
    of_table(TABLE, "risk_year", title=N_("Risk"), width=7, justify="right"),
    of_table(TABLE, "up", title=N_("Level up"), width=8, widest=10, justify="right", priority=2),
    of_table(TABLE, "hint", width=9, widest=20, priority=1),
)
# Where repeat orders are forecast.
BUYING: Final = of_table(TABLE, "still_buys", width=7, justify="right", priority=1)
BETWEEN: Final = "…"
TOTAL: Final = 1  # the row of customer equity
CHAIN: Final = 2
LINK: Final = 3
REPEAT: Final = 4
CLUBS: Final = 10  # the key of a programme's row is its own plus this


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of all customers.

    Attributes:
        key: which row.
        label: what it is called, translated or from a record.
        value: the figure.
        says: what it says, in a line.
        terms: what it is made of.
        club: the programme, where it is one.
    """

    key: int
    label: str
    value: Content
    says: str
    terms: tuple[Term, ...]
    club: ProgrammePage | None = None


def saying(basis: Basis) -> Say:
    """How amounts are written on screen: short."""
    currency = basis.rates.currency
    return lambda minor: show.money(round(minor), currency).plain


def figures(page: EquityPage, orders: RepeatPage | None) -> Iterator[Figure]:
    """The figures of all customers; that of repeat orders once it has been learnt."""
    basis, say = page.basis, saying(page.basis)
    found = page.equity
    value = Content(say(found.value)).stylize("bold") if found else show.nothing()
    left = tuple(repeat_words.departed(orders, page, say)) if orders else ()
    yield Figure(TOTAL, _("customer equity"), value, _total(page), (*words.total(page, say), *left))
    count = show.figure(basis.counts.total) if basis.counts.total else show.nothing()
    yield Figure(CHAIN, _("how accounts move"), count, ladder.moving(basis), tuple(ladder.chain(basis)))
    link = basis.link.value
    shown = show.nothing() if link is None else show.figure(link, 2, signed=True)
    yield Figure(
        LINK,
        _("level and margin"),
        shown,
        ladder.link(basis),
        tuple(ladder.links(basis, say)),
    )
    if orders is None:
        yield Figure(REPEAT, _("repeat orders"), show.nothing(), _("Loading …"), ())
    else:
        count = show.nothing() if orders.learnt.unfit else show.figure(orders.expected)
        terms = tuple(repeat_words.learnt_repeats(orders, say))
        yield Figure(REPEAT, _("repeat orders"), count, repeat_words.repeats(orders), terms)
    for club in page.programmes:
        yield Figure(
            key=CLUBS + club.programme.id,
            label=club.programme.name,
            value=show.figure(len(club.members)),
            says=programme_words.stayed(club),
            terms=tuple(programme_words.programme(club, say)),
            club=club,
        )


def _total(page: EquityPage) -> str:
    if page.equity is None:
        return words.silence(page.basis)
    if why := words.idle(page.basis):
        return why
    count = len(page.lines)
    accounts = ngettext("{count} account", "{count} accounts", count)
    known = _("margin known of {share}").format(share=words.share(page.equity.completeness or 0.0))
    told = (band(page.equity.low, page.equity.high, page.basis), accounts, known)
    return " · ".join(one for one in told if one)


def figure_source() -> HeldSource[Figure]:
    """The source of the list of figures."""
    return HeldSource(FIGURES, lambda one: one.key, lambda one: one.label, _figure_cells, {})


def _figure_cells(one: Figure) -> tuple[Content | str, ...]:
    return show.label(one.label), one.value, show.label(one.says, show.MUTED)


def account_source() -> WorkedSource[Row]:
    """The source of the list of accounts. Its columns are those that go without a forecast of repeat orders."""
    return WorkedSource(TABLE, ACCOUNTS, _said, _account_cells)


def account_columns(orders: RepeatPage | None) -> tuple[ListColumn, ...]:
    """The columns of the list of accounts, once it is known whether repeat orders can be forecast."""
    return (*ACCOUNTS, BUYING) if orders and orders.learnt.buying else ACCOUNTS


def _said(row: Row) -> str:
    one, orders = row.line, row.orders
    habit = repeat_words.habit(orders, one.key) if orders else ""
    posture = _(one.posture.posture.label) if one.posture else ""
    return f"{one.name} {_(one.level.label)} {posture} {repeat_words.hint(orders, one)} {habit}"


def _account_cells(row: Row) -> tuple[Content | str, ...]:
    basis, one, up, ahead = row.page.basis, row.line, row.up, row.ahead
    say, worth = saying(basis), one.worth
    gain = show.nothing() if up is None else Content(f"+{say(up.value)}" if up.value > 0 else say(up.value))
    known = "" if worth.reward is not None else show.glyphs().assumed
    left = f"{show.glyphs().urgent} " if ahead and ahead.has_left else ""
    return (
        show.label(one.name),
        show.ladder(one.level.value),
        Content.assemble((left, show.WATCH), (known, show.MUTED), say(worth.value)),
        Content.styled(band(worth.low, worth.high, basis), show.MUTED),
        show.percent(row.risk.each[0]),
        gain,
        hint(one, has_left=bool(left)),
        show.nothing() if ahead is None else show.percent(ahead.alive),
    )


def band(low: float, high: float, basis: Basis) -> str:
    """`180…250 k€`, or `-12 k€…1.2 M€` where the units differ; '' where both ends read the same."""
    say = saying(basis)
    if not words.is_open(low, high, say):
        return ""
    first, last = say(low), say(high)
    number, blank, unit = first.partition(" ")
    return f"{number}{BETWEEN}{last}" if blank and last.endswith(f" {unit}") else f"{first}{BETWEEN}{last}"


def hint(one: Line, *, has_left: bool) -> Content:
    """That it has left by its orders; that it is to be left, with a question mark where that is open."""
    found = [Content.styled(_("has left"), show.WATCH)] if has_left else []
    if one.parting.is_to_leave:
        style, open_ = (show.ACT, "") if one.parting.is_sure else (show.WATCH, "?")
        found.append(Content.styled(f"{_('leave')}{open_}", style))
    return Content(", ").join(found)
