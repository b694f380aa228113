"""`matrix`: where each account stands by attractiveness and strength, its segment, and what we do with it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from crmtui.cli import output
from crmtui.cli.build import Command, flag
from crmtui.cli.desk import say
from crmtui.cli.equity_pages import told
from crmtui.cli.listing import format_option
from crmtui.cli.output import Format
from crmtui.cli.tables import Heading, bold, write_table
from crmtui.domain.accounts import Account
from crmtui.domain.words import Source
from crmtui.queries import flat
from crmtui.queries.equity_words import in_units
from crmtui.text import _, ngettext

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crmtui.cli.desk import Desk
    from crmtui.queries.matrix import Line, MatrixPage

HEADERS: Final = (
    *("uid", "name", "level", "sales", "currency", "attractiveness", "attractiveness_low", "attractiveness_high"),
    *("strength", "strength_low", "strength_high", "cell", "segment", "posture", "reason", "is_certain", "hangs_on"),
    *("posture_by_hand", "posture_reason", "posture_set_on"),
    *("moved_since", "moved_points", "moved_cell", "why"),
)


def command(_name: str) -> Command:
    """Make `matrix`."""
    return Command(
        "matrix",
        matrix,
        _("The portfolio matrix: attractiveness, strength, segment and posture of each account."),
        [
            flag("--why", _("Also what each figure is made of.")),
            flag(
                "--keep",
                _("Keep the places of today: next quarter moves are told from them."),
            ),
            format_option(),
        ],
        examples=("crmtui matrix --why", "crmtui matrix --keep"),
    )


def matrix(desk: Desk, why: bool | None, keep: bool | None, form: str | None) -> None:
    """Write the matrix."""
    from crmtui.queries import matrix as queries, matrix_words as words

    wanted = output.chosen(form)
    page = queries.page(desk.path, desk.today)
    page = replace(page, lines=tuple(queries.traced(desk.path, page.lines)))
    if wanted is Format.TABLE:
        _write(page, with_why=bool(why))
    else:
        uids = list(flat.uids(desk.path, Account, [line.key for line in page.lines]))
        if wanted is Format.IDS:
            output.write_lines(uids)
        else:
            output.write_data(wanted, HEADERS, _rows(page, uids, with_why=bool(why)))
    if not page.lines:
        say(_(words.NOBODY))
    elif keep:
        from crmtui.commands import matrix as commands

        count = commands.keep(desk.path, page, Source.CLI)
        say(ngettext("Kept the place of {count} account.", "Kept the places of {count} accounts.", count))


def _rows(page: MatrixPage, uids: list[str], *, with_why: bool) -> Iterator[list[Any]]:
    from crmtui.queries import matrix_words as words

    amounts = in_units(page.currency)
    for line, uid in zip(page.lines, uids, strict=True):
        place, trace, by_hand = line.place, page.traces.get(line.key), line.posture_by_hand
        cells = {
            "uid": uid,
            "name": line.name,
            "level": line.level.value,
            "sales": line.sales,
            "currency": page.currency,
            "attractiveness": _rounded(place.attractiveness.value),
            "attractiveness_low": _rounded(place.attractiveness.low),
            "attractiveness_high": _rounded(place.attractiveness.high),
            "strength": _rounded(place.strength.value),
            "strength_low": _rounded(place.strength.low),
            "strength_high": _rounded(place.strength.high),
            "cell": None if place.cell is None else "/".join(third.value for third in place.cell),
            "segment": line.segmented.segment.value,
            "posture": line.stance.posture.value,
            "reason": line.stance.reason.value,
            "is_certain": line.stance.is_certain,
            "hangs_on": sorted({page.labels[shift.code] for shift in line.shifts}),
            "posture_by_hand": by_hand and by_hand.posture.value,
            "posture_reason": by_hand and by_hand.reason,
            "posture_set_on": by_hand and by_hand.on,
            "moved_since": page.before.day.isoformat() if trace and page.before else None,
            "moved_points": _rounded(trace.length) if trace else None,
            "moved_cell": trace.has_changed_cell if trace else None,
            "why": [f"{label}: {text}" for label, text in words.account(page, line, amounts)] if with_why else None,
        }
        yield [cells[name] for name in HEADERS]


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 1)


def _write(page: MatrixPage, *, with_why: bool) -> None:
    from crmtui.queries import matrix_words as words

    amounts = in_units(page.currency)
    headings = [
        Heading(_("Account")),
        Heading(_("Attractive"), is_figure=True),
        Heading(_("Strong"), is_figure=True),
        Heading(_("Sales in 12 months"), is_figure=True, priority=2),
        Heading(_("Segment"), priority=1),
        Heading(_("Posture")),
        Heading(_("Because"), priority=3),
    ]
    if page.lines:
        write_table(headings, ([*_cells(one), *_rest(one, amounts(one.sales or 0))] for one in page.lines))
        output.write_lines([""])
    output.write_lines(told(words.whole(page, amounts)))
    if with_why:
        for one in page.lines:
            output.write_lines(["", bold(one.name), *told(words.account(page, one, amounts))])


def _cells(one: Line) -> list[str]:
    reaches = (one.place.attractiveness, one.place.strength)
    return [one.name, *("?" if reach.value is None else f"{reach.value:.0f}" for reach in reaches)]


def _rest(one: Line, sales: str) -> list[str]:
    from crmtui.queries import matrix_words as words

    return [
        "?" if one.sales is None else sales,
        one.segmented.segment.value.upper(),
        _(one.stance.posture.label),
        words.because(one),
    ]
