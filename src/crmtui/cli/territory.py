"""`territory`: how many hours of a quarter each account should get, and why."""

from __future__ import annotations

import math
from itertools import chain
from typing import TYPE_CHECKING, Any, Final

from crmtui import text
from crmtui.cli import output
from crmtui.cli.build import Command, flag, option
from crmtui.cli.desk import say
from crmtui.cli.equity_pages import told
from crmtui.cli.listing import format_option
from crmtui.cli.output import Format
from crmtui.cli.tables import Heading, bold, write_table
from crmtui.domain.accounts import Account
from crmtui.domain.words import Source
from crmtui.errors import UsageError
from crmtui.exchange.numbers import parse_number
from crmtui.queries import flat
from crmtui.queries.allotted_words import hours
from crmtui.queries.equity_words import in_units
from crmtui.text import _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crmtui.cli.desk import Desk
    from crmtui.method.territory_plan import Plan
    from crmtui.queries.territory import TerritoryPage

HEADERS: Final = (
    *("section", "uid", "name", "level", "hours_today", "hours", "gain", "low", "high", "currency", "served", "reason"),
    *("sales", "margin_share", "judged", "capacity", "hour", "hour_most", "completeness", "why"),
)


def command(_name: str) -> Command:
    """Make `territory`."""
    return Command(
        "territory",
        territory,
        _("Share the hours of thirteen weeks out so that they bring most: today, proposed, gain."),
        [
            option("--save", _("NAME"), _("Keep the plan as a scenario; one of that name is written over.")),
            option("--capacity", _("HOURS"), _("Hours there are; those of today, or of the accepted scenario.")),
            flag("--gains", _("Also what fewer hours, and more, would gain.")),
            flag("--why", _("Also what each figure is made of.")),
            format_option(),
        ],
        examples=("crmtui territory --capacity 200 --save Spring", "crmtui territory --why --format csv"),
    )


def territory(
    desk: Desk, save: str | None, capacity: str | None, gains: bool | None, why: bool | None, form: str | None
) -> None:
    """Write the plan."""
    from crmtui.queries import territory as queries, territory_words as words

    wanted = output.chosen(form)
    there = None if capacity is None else _hours(capacity)
    page = queries.page(desk.path, desk.today)
    plan = page.plan(page.usual if there is None else there)
    if wanted is Format.TABLE:
        _write(page, plan, with_why=bool(why))
        if gains:
            _write_gains(page)
    else:
        uids = list(flat.uids(desk.path, Account, [line.key for line in plan.lines]))
        if wanted is Format.IDS:
            output.write_lines(uids)
        else:
            curve = _gains(page) if gains else ()
            output.write_data(wanted, HEADERS, chain(_rows(page, plan, uids, with_why=bool(why)), curve))
    if not page.taken:
        say(_(words.NOBODY))
    elif save is not None:
        from crmtui.commands import scenarios

        scenarios.save(desk.path, save, plan, desk.today, Source.CLI)
        say(_("Saved {name}. `crmtui scenarios accept` makes it what counts.").format(name=text.line(save)))


def _hours(typed: str) -> float:
    try:
        value = float(parse_number(typed))
    except ValueError as error:
        raise UsageError(f"--capacity: {error}") from None
    if not 0 <= value < math.inf:
        raise UsageError(_("--capacity: there cannot be {value} hours: give 0 or more").format(value=typed))
    return value


def _rows(page: TerritoryPage, plan: Plan, uids: list[str], *, with_why: bool) -> Iterator[list[Any]]:
    """The cells of `HEADERS`: the whole plan, then each account; money in minor units, a period."""
    from crmtui.queries import territory_words as words

    amounts = in_units(page.currency)
    low, high = plan.band
    yield _row(
        section="total",
        hours_today=round(plan.hours_today, 2),
        hours=round(plan.hours, 2),
        gain=round(plan.gain),
        low=round(low),
        high=round(high),
        currency=page.currency,
        capacity=plan.capacity,
        hour=_rounded(plan.hour),
        hour_most=round(plan.hour_most),
        completeness=round(plan.completeness, 4),
        why=[f"{label}: {text}" for label, text in words.whole(page, plan, amounts)] if with_why else None,
    )
    for line, uid in zip(plan.lines, uids, strict=True):
        taken = page.of[line.key]
        is_known = line.sales is not None
        yield _row(
            section="account",
            uid=uid,
            name=taken.name,
            level=taken.level.value,
            hours_today=round(line.hours_today, 2),
            hours=round(line.hours, 2),
            gain=round(line.gain) if is_known else None,
            low=round(line.band[0]) if is_known else None,
            high=round(line.band[1]) if is_known else None,
            currency=page.currency,
            served=line.served.value if line.served else None,
            reason=line.why.value,
            sales=taken.sales,
            margin_share=None if taken.margin is None else round(taken.margin, 4),
            judged=taken.is_judged,
            why=[f"{label}: {text}" for label, text in words.account(taken, line, amounts)] if with_why else None,
        )


def _gains(page: TerritoryPage) -> Iterator[list[Any]]:
    """The same of the gain curve: for so many hours, what the best plan gains; nothing where they are too few."""
    for point in page.gains():
        gain, hour, most = (_rounded(one) for one in (point.gain, point.hour, point.hour_most))
        yield _row(
            section="gain", capacity=point.capacity, gain=gain, hour=hour, hour_most=most, currency=page.currency
        )


def _rounded(amount: float | None) -> int | None:
    return None if amount is None else round(amount)


def _row(**cells: Any) -> list[Any]:  # noqa: ANN401 - cells
    return [cells.get(name) for name in HEADERS]


def _write(page: TerritoryPage, plan: Plan, *, with_why: bool) -> None:
    from crmtui.queries import territory_words as words

    amounts = in_units(page.currency)
    headings = [
        Heading(_("Account")),
        Heading(_("Level"), priority=2),
        Heading(_("Hours today"), is_figure=True),
        Heading(_("Proposed"), is_figure=True),
        Heading(_("Gain"), is_figure=True),
        Heading(_("Served today"), priority=1),
    ]
    if plan.lines:
        rows = (
            [
                page.of[one.key].name,
                _(page.of[one.key].level.label),
                hours(one.hours_today),
                hours(one.hours),
                amounts(one.gain) if one.sales is not None else "?",
                words.served(one),
            ]
            for one in sorted(plan.lines, key=lambda one: -one.hours)
        )
        write_table(headings, rows)
        output.write_lines([""])
    output.write_lines(told(words.whole(page, plan, amounts)))
    if with_why:
        for one in plan.lines:
            taken = page.of[one.key]
            output.write_lines(["", bold(taken.name), *told(words.account(taken, one, amounts))])


def _write_gains(page: TerritoryPage) -> None:
    from crmtui.queries import territory_words as words

    amounts = in_units(page.currency)
    headings = [Heading(_("Hours"), is_figure=True), Heading(_("Gain"), is_figure=True)]
    headings.append(Heading(_("One hour more"), is_figure=True))
    output.write_lines([""])
    write_table(
        headings,
        (
            [hours(one.capacity), "?" if one.gain is None else amounts(one.gain), words.hour(one, amounts)]
            for one in page.gains()
        ),
    )
