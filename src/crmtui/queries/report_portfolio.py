"""The report on all customers together: where to invest, what they are worth, and what was learnt.

Nothing of it is for a customer: it compares customers with each other.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Final, TypeVar

from crmtui.days import dated
from crmtui.domain.words import Posture, Segment
from crmtui.errors import InvalidError
from crmtui.exchange.report.document import Block, Facts, Picture, Section, Table, Words
from crmtui.method.portfolio import THIRDS, Cell
from crmtui.method.territory_plan import Why
from crmtui.queries import (
    calibration_plot,
    equity,
    equity_table,
    equity_words,
    gains_plot,
    learning,
    learning_words,
    matrix,
    matrix_plot,
    matrix_words,
    repeat,
    repeat_words,
    territory,
    territory_words,
    whitespace,
    whitespace_words,
)
from crmtui.queries.allotted_words import hours
from crmtui.queries.calibration_words import CALIBRATION
from crmtui.queries.learning_sheet import named
from crmtui.queries.report_kinds import section
from crmtui.text import _, line, ngettext

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from crmtui.method.calibration import Calibration
    from crmtui.method.territory_plan import Line as Allotted
    from crmtui.queries.equity import EquityPage, Line as Worth
    from crmtui.queries.equity_basis import Basis
    from crmtui.queries.equity_words import Say, Term
    from crmtui.queries.matrix import Line, MatrixPage
    from crmtui.queries.repeat import RepeatPage
    from crmtui.queries.territory import TerritoryPage

MOST: Final = 100  # accounts of a table
DRAWN: Final = 200  # accounts of the picture: more cover each other
FEW: Final = 10  # suggestions

One = TypeVar("One")


def sections(path: Path, today: dt.date) -> tuple[Section, ...]:
    """Its parts, in the order of the room on the screen."""
    placed = matrix.page(path, today)
    return (
        _matrix(path, placed),
        _segments(placed),
        _effort(territory.page(path, today)),
        _equity(equity.page(path, today), repeat.page(path, today)),
        _white(path, today),
        _learning(path, today),
    )


def _facts(terms: Iterable[Term]) -> Facts:
    return Facts(pairs=tuple((label[:1].upper() + label[1:], told) for label, told in terms))


def _table(
    headings: tuple[str, ...], lines: Sequence[One], cells: Callable[[One], tuple[str, ...]], figures: frozenset[int]
) -> Iterator[Block]:
    """A row for each of the first accounts, and how many more there are."""
    if lines:
        yield Table(headings=headings, rows=tuple(map(cells, lines[:MOST])), figures=figures)
    if more := max(0, len(lines) - MOST):
        yield Words(text=ngettext("{count} more account is left out.", "{count} more accounts are left out.", more))


# Where they stand


def _matrix(path: Path, page: MatrixPage) -> Section:
    say = equity_words.in_units(page.currency)
    blocks: list[Block] = []
    if page.lines:
        ordered = matrix.traced(path, sorted(page.lines, key=matrix_plot.order))
        headings = (
            *(_("Account"), _("Level"), _("Segment"), _("Attractiveness"), _("Strength"), _("Posture"), _("Because")),
        )
        blocks = [
            _facts(matrix_words.whole(page, say)),
            *_drawn(page),
            _postures(page, say),
            *_table(headings, ordered, partial(_placed, say), frozenset({3, 4})),
        ]
    return section("matrix", tuple(blocks), _(matrix_words.NOBODY))


def _drawn(page: MatrixPage) -> Iterator[Picture]:
    shown = replace(page, lines=tuple(sorted(page.lines, key=lambda one: -(one.sales or 0))[:DRAWN]))
    plot = matrix_plot.Drawing(shown).plot(None)
    if plot is not None:
        told = [_("Attractiveness against strength of the relationship; as large as what is bought in a year.")]
        if page.before is not None and any(one.has_changed_cell for one in page.traces.values()):
            told.append(_("Lines come from where accounts stood on {day}.").format(day=dated(page.before.day)))
        yield Picture(caption=" ".join(told), plot=plot, text="\n".join(_cells(shown)))


def _cells(page: MatrixPage) -> Iterator[str]:
    """Who is in each cell, the strongest of the most attractive first."""
    there: defaultdict[Cell, list[Line]] = defaultdict(list)
    for one in page.lines:
        if one.place.cell is not None:
            there[one.place.cell].append(one)
    for cell in (Cell(one, other) for one in reversed(THIRDS) for other in reversed(THIRDS)):
        if cell in there:
            names = {one.key: one.name for one in there[cell]}
            yield f"{matrix_words.cell(cell)}: {named(list(names), names)}"


def _postures(page: MatrixPage, say: Say) -> Table:
    rows = []
    for posture in Posture:
        those = [one for one in page.lines if one.stance.posture is posture]
        if those:
            rows.append((_(posture.label), str(len(those)), _sum([one.sales for one in those], say)))
    headings = (_("Posture"), _("Accounts"), _("Sales a year"))
    return Table(headings=headings, rows=tuple(rows), figures=frozenset({1, 2}))


def _sum(amounts: Iterable[float | None], say: Say) -> str:
    """What is known of some amounts together; `?` where none is."""
    known = [one for one in amounts if one is not None]
    return say(sum(known)) if known else "?"


def _placed(say: Say, one: Line) -> tuple[str, ...]:
    stance, place = one.stance, one.place
    reason = _(stance.reason.label)
    if stance.facts.parting is not None and stance.facts.parting.is_to_leave:
        reason = f"{reason}; {equity_words.going_on(stance.facts.parting, say)}"
    reason = "; ".join(filter(None, (reason, matrix_words.by_hand_too(one))))
    others = ", ".join(_(other.label) for other in stance.possible if other is not stance.posture)
    posture = _(stance.posture.label)
    return (
        one.name,
        _(one.level.label),
        one.segmented.segment.value.upper() + ("" if one.segmented.is_certain else "?"),
        *("?" if each.value is None else f"{each.value:.0f}" for each in (place.attractiveness, place.strength)),
        _("{posture}, or {others}").format(posture=posture, others=others) if others else posture,
        reason,
    )


def _segments(page: MatrixPage) -> Section:
    say = equity_words.in_units(page.currency)
    rows = []
    for segment in Segment:
        those = [one for one in page.lines if one.segmented.segment is segment]
        if those:
            sales = _sum([one.segmented.revenue for one in those], say)
            potential = _sum([one.segmented.potential for one in those], say)
            names = {one.key: one.name for one in sorted(those, key=lambda one: -(one.sales or 0))}
            rows.append((_(segment.label), str(len(those)), sales, potential, named(list(names), names)))
    headings = (_("Segment"), _("Accounts"), _("Sales a year"), _("Potential a year"), _("Who"))
    blocks = (Table(headings=headings, rows=tuple(rows), figures=frozenset({1, 2, 3})),) if rows else ()
    return section("segments", blocks, _(matrix_words.NOBODY))


# Where the effort goes


def _effort(page: TerritoryPage) -> Section:
    blocks = tuple(_shared_out(page)) if page.taken else ()
    return Section(id="hours", title=_(page.unit.label), blocks=blocks, instead=_(page.unit.nobody))


def _shared_out(page: TerritoryPage) -> Iterator[Block]:
    say, unit = equity_words.in_units(page.currency), page.unit
    try:
        plan, points = page.plan(page.usual), page.gains()
    except InvalidError as error:  # what was said of minimums and trips makes no plan
        yield Words(text=str(error))
        return
    yield _facts(territory_words.whole(page, plan, say))
    if (plot := gains_plot.gains(points, plan, unit, page.currency)) is not None:
        given = [one for one in points if one.gain is not None]
        told = [f"{hours(one.capacity)} {_(unit.word.label)}: {say(one.gain or 0.0)}" for one in given]
        caption = _("What more effort in the period would bring, and less cost; the point is the plan.")
        yield Picture(caption=caption, plot=plot, text="\n".join(told))
    ordered = sorted(plan.lines, key=lambda one: -abs(unit.proposed(one) - unit.now(one)))
    of_contacts = (_("Hours"),) if unit.is_contacts else ()
    headings = (_("Account"), _(unit.today), _("Proposed"), *of_contacts, _("Gain"), _("Served today"), _("Because"))
    figures = frozenset(range(1, 4 + len(of_contacts)))
    yield from _table(headings, ordered, partial(_served, page, say), figures)
    if any(one.why is Why.EVEN for one in plan.lines):
        yield Words(text=_("Where no reason is given: {reason}.").format(reason=_(unit.reason(Why.EVEN))))


def _served(page: TerritoryPage, say: Say, one: Allotted) -> tuple[str, ...]:
    unit = page.unit
    return (
        page.of[one.key].name,
        hours(unit.now(one)),
        hours(unit.proposed(one)),
        *((hours(one.hours),) if unit.is_contacts else ()),
        say(one.gain) if one.sales is not None else "?",
        territory_words.served(one),
        "" if one.why is Why.EVEN else territory_words.why(one, unit),
    )


# What they are worth


def _equity(page: EquityPage, orders: RepeatPage) -> Section:
    say = equity_words.in_units(page.basis.rates.currency)
    headings = (*(_("Account"), _("Level"), _("Value"), _("Band"), _("Lost in a year"), _("One level up"), _("Hint")),)
    blocks: list[Block] = []
    if page.equity is not None:
        blocks.append(_facts([*equity_words.total(page, say), *repeat_words.departed(orders, page, say)]))
        ranked = [one.line for one in equity_table.rows(page, orders)]
        blocks += _table(headings, ranked, partial(_valued, page.basis, orders, say), frozenset({2, 3, 4, 5}))
    silence = equity_words.silence(page.basis)
    return section("equity", tuple(blocks), silence)


def _valued(basis: Basis, orders: RepeatPage, say: Say, one: Worth) -> tuple[str, ...]:
    up, low, high = basis.ups[one.worth.state], one.worth.low, one.worth.high
    return (
        line(one.name),
        _(one.level.label),
        say(one.worth.value),
        equity_words.band(low, high, say) if equity_words.is_open(low, high, say) else "",
        equity_words.share(repeat.risk(orders, basis, one).each[0]),
        say(up.value) if up else "",
        repeat_words.hint(orders, one),
    )


# What they could buy, and what was learnt


def _white(path: Path, today: dt.date) -> Section:
    whole = whitespace.whole(path, today)
    told = whitespace_words.brief(whole, lambda minor, code: equity_words.in_units(code)(minor))
    blocks: list[Block] = [Words(text=told)] if told else []
    patterns, names = whitespace.learn(path), whitespace.offerings(path)
    rows = tuple(
        (
            line(row.account.name),
            line(names.get(one.offering, "?")),
            whitespace_words.supplier(row.cells.get(one.offering)),
            whitespace_words.evidence(one.best, names),
        )
        for row, one in whitespace.suggested(path, None, today, patterns)[:FEW]
    )
    if rows:
        headings = (_("Account"), _("Could need"), _("Has it from"), _("Because"))
        blocks.append(Table(headings=headings, rows=rows))
    return section("white", tuple(blocks), _("Nobody has looked yet."))


def _learning(path: Path, today: dt.date) -> Section:
    page = learning.page(path, today)
    sheets = learning_words.sheets(page, learning.channels(path, today))
    rows = tuple((line(one.label), one.value, one.says) for one in sheets)
    blocks: list[Block] = [Table(headings=(_("Figure"), _("Value"), _("Says")), rows=rows, figures=frozenset({1}))]
    given = next(one for one in sheets if one.id == CALIBRATION)
    if given.rows:
        headings = tuple(label for label, _is_figure in given.columns)
        figures = frozenset(place for place, (_label, is_figure) in enumerate(given.columns) if is_figure)
        blocks += [*_calibrated(page.calibration), Table(headings=headings, rows=given.rows, figures=figures)]
    return section("learning", tuple(blocks))


def _calibrated(found: Calibration) -> Iterator[Picture]:
    plot = calibration_plot.calibration(found)
    if plot is not None:
        caption = _("The probabilities that were given against the share won; on the line they were right.")
        yield Picture(caption=caption, plot=plot, text=_("The table below has the figures."))
