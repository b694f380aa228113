"""`learn`: were our judgements right, and what to change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmtui.cli import output, tabling
from crmtui.cli.build import Command, flag, option
from crmtui.cli.output import Format
from crmtui.cli.tables import Heading, write_table
from crmtui.domain.opportunities import Opportunity
from crmtui.errors import UsageError
from crmtui.exchange.writing import as_text
from crmtui.queries.learning_rows import HEADERS
from crmtui.text import _, line

if TYPE_CHECKING:
    from pathlib import Path

    from crmtui.cli.desk import Desk


def command(_name: str) -> Command:
    """Make `learn`."""
    return Command(
        "learn",
        learn,
        _("What was learnt: probabilities against outcomes, why won and lost, plan and done, moves, what to change."),
        [
            flag("--why", _("Also the tables and what each figure is made of.")),
            option(
                "--columns",
                _("NAMES"),
                _("Of what programs get, these columns, parted by commas: {keys}.").format(keys=", ".join(HEADERS)),
            ),
            *tabling.targets(),
        ],
        examples=(
            "crmtui learn --why",
            "crmtui learn --format json",
            "crmtui learn --output learning.xlsx",
        ),
    )


def learn(desk: Desk, why: bool | None, columns: str | None, form: str | None, target: Path | None) -> None:
    """Write what was learnt; the identities are of the opportunities that it rests on."""
    from crmtui.cli import learn_pages
    from crmtui.commands import exporting_learning
    from crmtui.queries import flat, learning, learning_words

    wanted, file, file_form = tabling.target(form, target)
    names = HEADERS if columns is None else _named(columns)
    page = learning.page(desk.path, desk.today)
    if wanted is Format.IDS:
        output.write_lines(flat.uids(desk.path, Opportunity, list(page.closed)))
        return
    channels = learning.channels(desk.path, desk.today)
    if wanted is Format.TABLE and columns is None:
        learn_pages.write(page, channels, with_why=bool(why))
        return
    table = exporting_learning.whole(page, channels, names)
    if wanted is Format.TABLE:
        write_table(
            [Heading(name) for name in names], ([as_text(cell) for cell in row] for row in table.read(desk.path))
        )
    elif file is None:
        output.write_data(wanted, table.headers, table.rows(desk.path, for_people=False))
    elif file_form == "xlsx" and columns is None:
        sheets = learning_words.sheets(page, channels)
        beside = exporting_learning.tables(sheets)
        tabling.write_file(desk, exporting_learning.told(sheets), file_form, file, beside)
    else:
        tabling.write_file(desk, table, file_form, file)


def _named(columns: str) -> tuple[str, ...]:
    """The columns of these names; UsageError where there is no such one."""
    found = tuple(dict.fromkeys(line(name).lower() for name in columns.split(",")))
    for name in found:
        if name not in HEADERS:
            told = _("There is no column {name}; there are: {names}.")
            raise UsageError(told.format(name=name[:80], names=", ".join(HEADERS)))
    return found
