"""What customers are worth: as pages for people, as rows for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from crmtui.cli import output
from crmtui.cli.tables import Heading, bold, width_of, write_table
from crmtui.queries import equity_ladder_words as ladder, equity_words as words, programme_words, repeat, repeat_words
from crmtui.queries.equity_words import in_units
from crmtui.text import _, line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from crmtui.method.equity import AccountWorth, Equity
    from crmtui.queries.equity import EquityPage, Line
    from crmtui.queries.equity_words import Say, Term
    from crmtui.queries.repeat import RepeatPage

HEADERS: Final = (
    *("section", "uid", "name", "level", "count", "value", "low", "high", "currency", "completeness"),
    *("reward", "of_level", "own", "risk", "risk_low", "risk_high", "up", "up_low", "up_high"),
    *("continuing", "leave", "leave_is_sure", "habit", "orders_expected", "still_buys", "has_left", "why"),
)
_DIGITS: Final = 4  # of a share, for programs


def told(found: Iterable[Term]) -> Iterator[str]:
    """Terms as lines, their labels in a column."""
    given = [(line(label), text) for label, text in found]
    widest = max((width_of(label) for label, _text in given), default=0)
    for label, text in given:
        yield f"  {label}{' ' * (widest - width_of(label))}  {text}"


# For programs


def rows(
    page: EquityPage, orders: RepeatPage, lines: Sequence[Line], uids: Sequence[str], *, with_why: bool
) -> Iterator[list[Any]]:
    """The cells of `HEADERS`: the total, the levels, the link and each account; money in minor units."""
    say = in_units(page.basis.rates.currency)
    if page.equity is not None:
        found = page.equity
        terms = [
            *words.total(page, say),
            *repeat_words.departed(orders, page, say),
            *ladder.chain(page.basis),
        ]
        why = list(_lines(terms)) if with_why else None
        yield _row(
            page, "total", count=len(page.lines), value=found.value, **ends(found, say),
            completeness=found.completeness, why=why,
        )  # fmt: skip
        for level in found.levels:
            known = {"value": level.value, "completeness": level.known / level.count} if level.count else {}
            yield _row(page, "level", name=level.state, level=level.state, count=level.count, **known)
    link = page.basis.link
    yield _row(
        page, "link", count=link.count, value=link.value, low=link.low, high=link.high, currency=None,
        completeness=link.completeness, why=list(_lines(ladder.links(page.basis, say))) if with_why else None,
    )  # fmt: skip
    learnt = list(_lines(repeat_words.learnt_repeats(orders, say))) if with_why else None
    yield _row(page, "repeat", count=orders.learnt.customers, orders_expected=_rounded(orders.expected), why=learnt)
    for one, uid in zip(lines, uids, strict=True):
        yield _account(page, orders, one, uid, with_why=with_why)


def _account(page: EquityPage, orders: RepeatPage, one: Line, uid: str, *, with_why: bool) -> list[Any]:
    basis, worth, say = page.basis, one.worth, in_units(page.basis.rates.currency)
    risk, up = repeat.risk(orders, basis, one), basis.ups[worth.state]
    habit, ahead = orders.standings.get(one.key), orders.forecasts.get(one.key)
    why = list(_lines(repeat_words.account(orders, basis, one, say))) if with_why else None
    return _row(
        page,
        "account",
        uid=uid,
        name=one.name,
        level=worth.state,
        value=worth.value,
        **ends(worth, say),
        completeness=float(worth.reward is not None),
        reward=worth.reward,
        of_level=worth.of_state,
        own=worth.own,
        risk=_rounded(risk.value),
        risk_low=_rounded(risk.low),
        risk_high=_rounded(risk.high),
        up=up and up.value,
        up_low=up and up.low,
        up_high=up and up.high,
        continuing=one.parting.continuing,
        leave=one.parting.is_to_leave,
        leave_is_sure=one.parting.is_sure,
        habit=habit.habit.value if habit else None,
        orders_expected=_rounded(ahead.purchases) if ahead else None,
        still_buys=_rounded(ahead.alive) if ahead else None,
        has_left=ahead.has_left if ahead else None,
        why=why,
    )


def ends(found: Equity | AccountWorth, say: Say) -> dict[str, int]:
    """Both ends of a band in minor units; neither where nothing is between them."""
    is_open = words.is_open(found.low, found.high, say)
    return {"low": round(found.low), "high": round(found.high)} if is_open else {}


_MONEY: Final = frozenset(
    ("value", "low", "high", "reward", "of_level", "own", "up", "up_low", "up_high", "continuing")
)


def _row(page: EquityPage, section: str, **cells: Any) -> list[Any]:  # noqa: ANN401 - cells
    """A row of `HEADERS`; money becomes whole minor units where the row has a currency."""
    row: dict[str, Any] = {"section": section, "currency": page.basis.rates.currency} | cells
    is_money = row["currency"] is not None
    return [
        round(row[name]) if is_money and name in _MONEY and row.get(name) is not None else row.get(name)
        for name in HEADERS
    ]


def _rounded(value: float) -> float:
    return round(value, _DIGITS)


def _lines(found: Iterable[Term]) -> Iterator[str]:
    return (f"{label}: {text}" for label, text in found)


# For people


def write(page: EquityPage, orders: RepeatPage, lines: Sequence[Line], *, with_why: bool) -> None:
    """The total, the accounts, and what holds for all; with the terms of each."""
    say = in_units(page.basis.rates.currency)
    if page.equity is not None:
        found = page.equity
        whole = words.valued(found.value, found.low, found.high, say)
        output.write_lines([bold(_("customer equity")), f"  {whole}"])
        if why := words.idle(page.basis):
            output.write_lines([f"  {why}"])
        output.write_lines([*told(repeat_words.departed(orders, page, say)), ""])
        _table(page, orders, lines, say)
        output.write_lines([""])
    if with_why:
        _section(_("Customer equity"), [*words.total(page, say), *repeat_words.departed(orders, page, say)])
        _section(_("How accounts move in a year"), ladder.chain(page.basis))
        _section(_("Level and margin"), ladder.links(page.basis, say))
        _section(_("Repeat orders"), repeat_words.learnt_repeats(orders, say))
        for one in lines:
            _section(one.name, repeat_words.account(orders, page.basis, one, say))
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


def _table(page: EquityPage, orders: RepeatPage, lines: Sequence[Line], say: Say) -> None:
    headings = [
        Heading(_("Account")),
        Heading(_("Level")),
        Heading(_("Value"), is_figure=True),
        Heading(_("at least"), is_figure=True, priority=2),
        Heading(_("at most"), is_figure=True, priority=2),
        Heading(_("Lost in a year"), is_figure=True, priority=1),
        Heading(_("One level up"), is_figure=True, priority=1),
        Heading(_("Hint")),
    ]
    write_table(headings, (_cells(page, orders, one, say) for one in lines))


def _cells(page: EquityPage, orders: RepeatPage, one: Line, say: Say) -> list[str]:
    up = page.basis.ups[one.worth.state]
    low, high = one.worth.low, one.worth.high
    return [
        one.name,
        _(one.level.label),
        say(one.worth.value),
        *((say(low), say(high)) if words.is_open(low, high, say) else ("", "")),
        words.share(repeat.risk(orders, page.basis, one).each[0]),
        f"+{say(up.value)}" if up and up.value > 0 else say(up.value) if up else "",
        repeat_words.hint(orders, one),
    ]
