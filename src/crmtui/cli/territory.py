"""`territory`: how many hours of a quarter, or contacts, each account should get, and why."""

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
from crmtui.domain.words import EffortUnit, Source
from crmtui.errors import UsageError
from crmtui.exchange.numbers import parse_number
from crmtui.queries import flat
from crmtui.queries.allotted_words import hours
from crmtui.queries.equity_words import in_units
from crmtui.text import N_, _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crmtui.cli.desk import Desk
    from crmtui.method.territory_plan import Plan
    from crmtui.method.units import Unit
    from crmtui.queries.territory import TerritoryPage

HEADERS: Final = (
    *("section", "uid", "name", "level", "unit", "contacts_today", "contacts", "hours_each", "hours_today", "hours"),
    *("gain", "low", "high", "currency", "served", "reason", "sales", "margin_share", "judged", "capacity"),
    *("one_more", "one_more_most", "completeness", "why"),
)
_UNITS: Final = {one.value: one for one in EffortUnit}


def command(_name: str) -> Command:
    """Make `territory`."""
    return Command(
        "territory",
        territory,
        _("Share the hours of thirteen weeks, or the contacts, out so that they bring most: today, proposed, gain."),
        [
            option(
                "--by",
                "|".join(_UNITS),
                _("What effort is divided in; as the accepted scenario is when not told, else hours."),
                words=list(_UNITS),
            ),
            option("--save", _("NAME"), _("Keep the plan as a scenario; one of that name is written over.")),
            option(
                "--capacity",
                _("NUMBER"),
                _("Hours, or contacts, that there are; those of today, or of the accepted scenario."),
            ),
            flag("--gains", _("Also what less effort, and more, would gain.")),
            flag("--why", _("Also what each figure is made of.")),
            format_option(),
        ],
        examples=(
            "crmtui territory --capacity 200 --save Spring",
            "crmtui territory --by contacts --capacity 120",
            "crmtui territory --why --format csv",
        ),
    )


def territory(
    desk: Desk,
    by: str | None,
    save: str | None,
    capacity: str | None,
    gains: bool | None,
    why: bool | None,
    form: str | None,
) -> None:
    """Write the plan."""
    from crmtui.queries import territory as queries

    wanted = output.chosen(form)
    asked = None if by is None else _UNITS[output.one_of(by, list(_UNITS), "--by")]
    there = None if capacity is None else _number(capacity)
    page = queries.page(desk.path, desk.today, asked)
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
        say(_(page.unit.nobody))
    elif save is not None:
        from crmtui.commands import scenarios

        scenarios.save(desk.path, save, plan, desk.today, Source.CLI)
        say(_("Saved {name}. `crmtui scenarios accept` makes it what counts.").format(name=text.line(save)))


def _number(typed: str) -> float:
    try:
        value = float(parse_number(typed))
    except ValueError as error:
        raise UsageError(f"--capacity: {error}") from None
    if not 0 <= value < math.inf:
        raise UsageError(_("--capacity: there cannot be {value}: give 0 or more").format(value=text.line(typed)[:40]))
    return value


def _rows(page: TerritoryPage, plan: Plan, uids: list[str], *, with_why: bool) -> Iterator[list[Any]]:
    """The cells of `HEADERS`: the whole plan, then each account; money in minor units, a period."""
    from crmtui.queries import territory_words as words

    amounts = in_units(page.currency)
    low, high = plan.band
    unit = page.unit
    yield _row(
        section="total",
        unit=unit.word.value,
        contacts_today=_contacts(unit, unit.used_today(plan)),
        contacts=_contacts(unit, unit.used(plan)),
        hours_each=round(page.each.hours, 4) if unit.is_contacts else None,
        hours_today=round(plan.hours_today, 2),
        hours=round(plan.hours, 2),
        gain=round(plan.gain),
        low=round(low),
        high=round(high),
        currency=page.currency,
        capacity=plan.capacity,
        one_more=_rounded(plan.more),
        one_more_most=round(plan.more_most),
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
            unit=unit.word.value,
            contacts_today=_contacts(unit, line.today),
            contacts=_contacts(unit, line.proposed),
            hours_each=round(taken.each.hours, 4) if unit.is_contacts else None,
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
            why=[f"{label}: {text}" for label, text in words.account(taken, line, unit, amounts)] if with_why else None,
        )


def _contacts(unit: Unit, count: float) -> float | None:
    """Contacts where effort is divided in them; else what is divided are hours."""
    return round(count, 2) if unit.is_contacts else None


def _gains(page: TerritoryPage) -> Iterator[list[Any]]:
    """The same of the gain curve: for so much effort, what the best plan gains; nothing where it is too little."""
    for point in page.gains():
        yield _row(
            section="gain",
            unit=page.unit.word.value,
            capacity=point.capacity,
            gain=_rounded(point.gain),
            one_more=_rounded(point.more),
            one_more_most=_rounded(point.more_most),
            currency=page.currency,
        )


def _rounded(amount: float | None) -> int | None:
    return None if amount is None else round(amount)


def _row(**cells: Any) -> list[Any]:  # noqa: ANN401 - cells
    return [cells.get(name) for name in HEADERS]


def _write(page: TerritoryPage, plan: Plan, *, with_why: bool) -> None:
    from crmtui.queries import territory_words as words

    amounts, unit = in_units(page.currency), page.unit
    headings = [
        Heading(_("Account")),
        Heading(_("Level"), priority=2),
        Heading(_(unit.today), is_figure=True),
        Heading(_("Proposed"), is_figure=True),
        *([Heading(_("Hours"), is_figure=True)] if unit.is_contacts else []),
        Heading(_("Gain"), is_figure=True),
        Heading(_("Served today"), priority=1),
    ]
    if plan.lines:
        rows = (
            [
                page.of[one.key].name,
                _(page.of[one.key].level.label),
                hours(unit.now(one)),
                hours(unit.proposed(one)),
                *([hours(one.hours)] if unit.is_contacts else []),
                amounts(one.gain) if one.sales is not None else "?",
                words.served(one),
            ]
            for one in sorted(plan.lines, key=lambda one: -unit.proposed(one))
        )
        write_table(headings, rows)
        output.write_lines([""])
    output.write_lines(told(words.whole(page, plan, amounts)))
    if with_why:
        for one in plan.lines:
            taken = page.of[one.key]
            output.write_lines(["", bold(taken.name), *told(words.account(taken, one, unit, amounts))])


def _write_gains(page: TerritoryPage) -> None:
    from crmtui.queries import territory_words as words

    amounts, unit = in_units(page.currency), page.unit
    headings = [Heading(_(label), is_figure=True) for label in (unit.label, N_("Gain"), unit.more)]
    output.write_lines([""])
    write_table(
        headings,
        (
            [hours(one.capacity), "?" if one.gain is None else amounts(one.gain), words.more(one, amounts)]
            for one in page.gains()
        ),
    )
