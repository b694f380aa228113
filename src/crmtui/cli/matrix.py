"""`matrix`: where each account stands by attractiveness and strength, its segment, and what we do with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from crmtui.cli import output, tabling
from crmtui.cli.build import Command, flag
from crmtui.cli.desk import say
from crmtui.cli.equity_pages import told
from crmtui.cli.tables import bold
from crmtui.domain.words import Source
from crmtui.queries import matrix_table, matrix_words as words
from crmtui.queries.equity_words import in_units
from crmtui.queries.matrix_table import TABLE
from crmtui.text import _, ngettext

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crmtui.cli.desk import Desk
    from crmtui.queries.matrix import MatrixPage
    from crmtui.queries.matrix_table import Row


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
            *tabling.options(TABLE),
        ],
        examples=(
            "crmtui matrix --why",
            "crmtui matrix owner:me posture:enrich --sort -attractiveness",
            "crmtui matrix --columns name,owner,segment,posture --output matrix.xlsx",
            "crmtui matrix --keep",
        ),
        loose=True,
    )


def matrix(desk: Desk, why: bool | None, keep: bool | None, **given: Any) -> None:  # noqa: ANN401 - options
    """Write the matrix."""
    asked = tabling.asked(given)
    page = matrix_table.page(desk.path, desk.today)
    found = tabling.chosen(desk, TABLE, matrix_table.rows(page), asked)
    if asked.is_page:
        _write(desk, page, found, with_why=bool(why))
    else:
        tabling.write(desk, TABLE, found, asked, with_why=bool(why))
    if not page.lines:
        say(_(words.NOBODY))
    elif keep:
        from crmtui.commands import matrix as commands

        count = commands.keep(desk.path, page, Source.CLI)
        say(ngettext("Kept the place of {count} account.", "Kept the places of {count} accounts.", count))
    elif not found:
        say(_("There is nothing to list."))


def _write(desk: Desk, page: MatrixPage, found: Sequence[Row], *, with_why: bool) -> None:
    if found:
        tabling.write_rows(desk, TABLE, TABLE.shown, found)
        output.write_lines([""])
    amounts = in_units(page.currency)
    output.write_lines(told(words.whole(page, amounts)))
    if with_why:
        for one in found:
            output.write_lines(["", bold(one.line.name), *told(words.account(page, one.line, amounts))])
