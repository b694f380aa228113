"""`territory`: how many hours of a quarter, or contacts, each account should get, and why."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, Final

from crmtui import text
from crmtui.cli import output, tabling
from crmtui.cli.build import Command, flag, option
from crmtui.cli.desk import say
from crmtui.cli.equity_pages import told
from crmtui.cli.tables import Heading, bold, write_table
from crmtui.domain.words import EffortUnit, Source
from crmtui.errors import UsageError
from crmtui.exchange.numbers import parse_number
from crmtui.queries import territory_table, territory_words as words
from crmtui.queries.allotted_words import hours
from crmtui.queries.equity_words import in_units
from crmtui.queries.territory_table import TABLE
from crmtui.text import N_, _

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from crmtui.cli.desk import Desk
    from crmtui.method.territory_plan import Plan
    from crmtui.queries.territory import TerritoryPage
    from crmtui.queries.territory_table import Row

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
            *tabling.options(TABLE),
        ],
        examples=(
            "crmtui territory --capacity 200 --save Spring",
            "crmtui territory --by contacts --capacity 120",
            "crmtui territory owner:me 'gain>1k' --sort -gain --format csv",
            "crmtui territory --capacity 200 --columns name,owner,hours_today,hours,gain --output plan.xlsx",
        ),
        loose=True,
    )


def territory(
    desk: Desk,
    by: str | None,
    save: str | None,
    capacity: str | None,
    gains: bool | None,
    why: bool | None,
    **given: Any,  # noqa: ANN401 - options
) -> None:
    """Write the plan: all of it is worked out, whatever accounts are written."""
    from crmtui.queries import territory as queries

    asked = tabling.asked(given)
    divided = None if by is None else _UNITS[output.one_of(by, list(_UNITS), "--by")]
    there = None if capacity is None else _number(capacity)
    page = queries.page(desk.path, desk.today, divided)
    plan = page.plan(page.usual if there is None else there)
    rows = territory_table.rows(page, plan)
    found = tabling.chosen(desk, TABLE, _by_effort(rows) if asked.is_page else rows, asked)
    if asked.is_page:
        _write(desk, page, plan, found, with_why=bool(why))
        if gains:
            _write_gains(page)
    else:
        sides = [_total(page, plan, with_why=bool(why))], _gains(page) if gains else ()
        tabling.write(desk, TABLE, found, asked, with_why=bool(why), before=sides[0], after=sides[1])
    if not page.taken:
        say(_(page.unit.nobody))
    elif not found:
        say(_("There is nothing to list."))
    if page.taken and save is not None:
        from crmtui.commands import scenarios

        scenarios.save(desk.path, save, plan, desk.today, Source.CLI)
        say(_("Saved {name}. `crmtui scenarios accept` makes it what counts.").format(name=text.line(save)))


def _by_effort(rows: Sequence[Row]) -> list[Row]:
    """Who gets most first."""
    return sorted(rows, key=lambda one: -one.unit.proposed(one.line))


def _number(typed: str) -> float:
    try:
        value = float(parse_number(typed))
    except ValueError as error:
        raise UsageError(f"--capacity: {error}") from None
    if not 0 <= value < math.inf:
        raise UsageError(_("--capacity: there cannot be {value}: give 0 or more").format(value=text.line(typed)[:40]))
    return value


def _total(page: TerritoryPage, plan: Plan, *, with_why: bool) -> dict[str, Any]:
    """The whole plan, by the keys of the table; money in minor units, a period."""
    amounts = in_units(page.currency)
    low, high = plan.band
    unit = page.unit
    return {
        "section": "total",
        "unit": unit.word.value,
        "contacts_today": territory_table.contacts(unit, unit.used_today(plan)),
        "contacts": territory_table.contacts(unit, unit.used(plan)),
        "hours_each": round(page.each.hours, 4) if unit.is_contacts else None,
        "hours_today": round(plan.hours_today, 2),
        "hours": round(plan.hours, 2),
        "gain": round(plan.gain) if plan.is_known else None,
        "low": round(low) if plan.is_known else None,
        "high": round(high) if plan.is_known else None,
        "currency": page.currency,
        "capacity": plan.capacity,
        "one_more": _rounded(plan.more) if plan.is_known else None,
        "one_more_most": round(plan.more_most) if plan.is_known else None,
        "completeness": round(plan.completeness, 4),
        "why": [f"{label}: {text}" for label, text in words.whole(page, plan, amounts)] if with_why else None,
    }


def _gains(page: TerritoryPage) -> Iterator[dict[str, Any]]:
    """The same of the gain curve: for so much effort, what the best plan gains; nothing where it is too little."""
    for point in page.gains():
        yield {
            "section": "gain",
            "unit": page.unit.word.value,
            "capacity": point.capacity,
            "gain": _rounded(point.gain),
            "one_more": _rounded(point.more),
            "one_more_most": _rounded(point.more_most),
            "currency": page.currency,
        }


def _rounded(amount: float | None) -> int | None:
    return None if amount is None else round(amount)


def _write(desk: Desk, page: TerritoryPage, plan: Plan, found: Sequence[Row], *, with_why: bool) -> None:
    amounts, unit = in_units(page.currency), page.unit
    if found:
        tabling.write_rows(desk, TABLE, territory_table.shown(unit), found)
        output.write_lines([""])
    output.write_lines(told(words.whole(page, plan, amounts)))
    if with_why:
        for one in found:
            terms = words.account(one.taken, one.line, unit, amounts)
            output.write_lines(["", bold(one.taken.name), *told(terms)])


def _write_gains(page: TerritoryPage) -> None:
    amounts, unit = in_units(page.currency), page.unit
    headings = [Heading(_(label), is_figure=True) for label in (unit.label, N_("Gain"), unit.more)]
    points = page.gains()
    if not points:
        return
    output.write_lines([""])
    write_table(
        headings,
        (
            [hours(one.capacity), "?" if one.gain is None else amounts(one.gain), words.more(one, amounts)]
            for one in points
        ),
    )
