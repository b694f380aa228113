"""`learn`: were our judgements right, and what to change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmtui.cli import output
from crmtui.cli.build import Command, flag
from crmtui.cli.listing import format_option
from crmtui.cli.output import Format
from crmtui.domain.opportunities import Opportunity
from crmtui.text import _

if TYPE_CHECKING:
    from crmtui.cli.desk import Desk


def command(_name: str) -> Command:
    """Make `learn`."""
    return Command(
        "learn",
        learn,
        _("What was learnt: probabilities against outcomes, why won and lost, plan and done, moves, what to change."),
        [flag("--why", _("Also the tables and what each figure is made of.")), format_option()],
        examples=("crmtui learn --why", "crmtui learn --format json"),
    )


def learn(desk: Desk, why: bool | None, form: str | None) -> None:
    """Write what was learnt; the identities are of the opportunities that it rests on."""
    from crmtui.cli import learn_pages
    from crmtui.queries import flat, learning

    wanted = output.chosen(form)
    page = learning.page(desk.path, desk.today)
    if wanted is Format.IDS:
        output.write_lines(flat.uids(desk.path, Opportunity, list(page.closed)))
        return
    channels = learning.channels(desk.path, desk.today)
    if wanted is Format.TABLE:
        learn_pages.write(page, channels, with_why=bool(why))
    else:
        output.write_data(wanted, learn_pages.HEADERS, learn_pages.rows(page, channels))
