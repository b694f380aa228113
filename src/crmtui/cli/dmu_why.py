"""Why the figures of a map say what they say, on the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmtui.cli import output
from crmtui.cli.dmu_pages import UNKNOWN, signed, terms
from crmtui.cli.tables import Heading, bold, write_table
from crmtui.figures import Figure
from crmtui.queries import dmu_taken
from crmtui.queries.coverage_words import share
from crmtui.text import _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crmtui.queries.dmu import DmuPage, Sheet


def write(page: DmuPage) -> None:
    """Write the terms of favour and coverage, the weightiest person first, and how they add up."""
    headings = [
        Heading(_("Name")),
        Heading(_("Own say"), is_figure=True),
        Heading(_("Bet"), is_figure=True),
        Heading(_("Attitude"), is_figure=True),
        Heading(_("Ends at"), is_figure=True, priority=1),
        Heading(_("Favour"), is_figure=True),
        Heading(_("Contacts"), is_figure=True, priority=3),
        Heading(_("Reach"), is_figure=True, priority=2),
        Heading(_("At most"), is_figure=True, priority=2),
        Heading(_("Coverage"), is_figure=True),
    ]
    output.write_lines(["", bold(_("Why favour and coverage")), *(f"  {sentence}" for sentence in _sentences(page))])
    by_leverage = sorted(page.sheets, key=lambda sheet: -page.figures.leverage.of(sheet.key))
    write_table(headings, [*(_cells(page, sheet) for sheet in by_leverage), _sums(page)])


def _sentences(page: DmuPage) -> Iterator[str]:
    yield _(
        "Own say is role weight times power. Who is listened to gains what the listener passes on: that is the bet."
    )
    yield _("Favour is the sum of bet times attitude (-1 to +1); coverage the sum of bet times reach, at most so much.")
    yield from dmu_taken.told(page)


def _cells(page: DmuPage, sheet: Sheet) -> list[str]:
    found = terms(page, sheet)
    return [
        sheet.name if sheet.person else f"({sheet.name})",
        f"{found['right'] * 100:.0f} %",
        f"{found['leverage'] * 100:.0f} %",
        UNKNOWN if found["attitude"] is None else f"{Figure(found['attitude']):+.1f}",
        signed(found["opinion"]),
        signed(found["favour_points"]),
        str(found["contacts"]),
        share(found["reached"]),
        share(found["at_most"]),
        share(found["coverage_points"]),
    ]


def _sums(page: DmuPage) -> list[str]:
    found = page.figures
    return [
        _("together"),
        "100 %",
        "100 %",
        "",
        "",
        signed(found.favour.value),
        "",
        "",
        "",
        share(found.coverage.value),
    ]
