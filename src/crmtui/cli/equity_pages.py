"""What customers are worth: as pages for people, as rows for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from crmtui.cli import output, tabling
from crmtui.cli.tables import bold, width_of
from crmtui.queries import (
    equity_ladder_words as ladder,
    equity_table,
    equity_words as words,
    programme_words,
    repeat_words,
)
from crmtui.queries.equity_table import TABLE
from crmtui.queries.equity_words import in_units
from crmtui.text import _, line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from crmtui.cli.desk import Desk
    from crmtui.queries.equity import EquityPage
    from crmtui.queries.equity_table import Row
    from crmtui.queries.equity_words import Term
    from crmtui.queries.repeat import RepeatPage


def told(found: Iterable[Term]) -> Iterator[str]:
    """Terms as lines, their labels in a column."""
    given = [(line(label), text) for label, text in found]
    widest = max((width_of(label) for label, _text in given), default=0)
    for label, text in given:
        yield f"  {label}{' ' * (widest - width_of(label))}  {text}"


# For programs


def sections(page: EquityPage, orders: RepeatPage, *, with_why: bool) -> Iterator[dict[str, Any]]:
    """What is no account, by the keys of the table: the total, the levels, the link, repeat orders; minor units."""
    say = in_units(page.basis.rates.currency)
    if page.equity is not None:
        found = page.equity
        terms = [
            *words.total(page, say),
            *repeat_words.departed(orders, page, say),
            *ladder.chain(page.basis),
        ]
        why = list(_lines(terms)) if with_why else None
        yield _section_row(
            page, "total", count=len(page.lines), value=round(found.value), **equity_table.ends(found, say),
            completeness=found.completeness, why=why,
        )  # fmt: skip
        for level in found.levels:
            known = {"value": round(level.value), "completeness": level.known / level.count} if level.count else {}
            yield _section_row(page, "level", name=level.state, level=level.state, count=level.count, **known)
    link = page.basis.link
    yield _section_row(
        page, "link", count=link.count, value=link.value, low=link.low, high=link.high, currency=None,
        completeness=link.completeness, why=list(_lines(ladder.links(page.basis, say))) if with_why else None,
    )  # fmt: skip
    learnt = list(_lines(repeat_words.learnt_repeats(orders, say))) if with_why else None
    expected = round(orders.expected, equity_table.DIGITS)
    yield _section_row(page, "repeat", count=orders.learnt.customers, orders_expected=expected, why=learnt)


def _section_row(page: EquityPage, section: str, **cells: Any) -> dict[str, Any]:  # noqa: ANN401 - cells
    return {"section": section, "currency": page.basis.rates.currency} | cells


def _lines(found: Iterable[Term]) -> Iterator[str]:
    return (f"{label}: {text}" for label, text in found)


# For people


def write(desk: Desk, page: EquityPage, orders: RepeatPage, lines: Sequence[Row], *, with_why: bool) -> None:
    """The total, the accounts that were asked for, and what holds for all; with the terms of each."""
    say = in_units(page.basis.rates.currency)
    if page.equity is not None:
        found = page.equity
        whole = words.valued(found.value, found.low, found.high, say)
        output.write_lines([bold(_("customer equity")), f"  {whole}"])
        if why := words.idle(page.basis):
            output.write_lines([f"  {why}"])
        output.write_lines([*told(repeat_words.departed(orders, page, say)), ""])
        tabling.write_rows(desk, TABLE, TABLE.shown, lines)
        output.write_lines([""])
    if with_why:
        _section(_("Customer equity"), [*words.total(page, say), *repeat_words.departed(orders, page, say)])
        _section(_("How accounts move in a year"), ladder.chain(page.basis))
        _section(_("Level and margin"), ladder.links(page.basis, say))
        _section(_("Repeat orders"), repeat_words.learnt_repeats(orders, say))
        for one in lines:
            _section(one.line.name, repeat_words.account(orders, page.basis, one.line, say))
    else:
        output.write_lines(
            told(
                [
                    (_("how accounts move"), ladder.moving(page.basis)),
                    (_("level and margin"), ladder.link(page.basis)),
                    (_("repeat orders"), repeat_words.repeats(orders)),
                ]
            )
        )
    for club in page.programmes:
        if with_why:
            _section(club.programme.name, programme_words.programme(club, say))
        else:
            output.write_lines(told([(club.programme.name, programme_words.stayed(club))]))
    if not with_why:
        output.write_lines(told(words.left_out(page.basis)))


def _section(title: str, found: Iterable[Term]) -> None:
    output.write_lines([bold(title), *told(found), ""])
