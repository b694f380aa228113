"""`equity`: what customers are worth, all of them and each, and what that rests on.

Its commands value what is no record: states of the user's own, and a contract.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from crmtui.cli import output
from crmtui.cli.build import Group, Offer, flag, option
from crmtui.cli.desk import say
from crmtui.cli.listing import format_option, whole
from crmtui.cli.output import Format
from crmtui.domain.accounts import Account
from crmtui.text import _

if TYPE_CHECKING:
    from crmtui.cli.desk import Desk

SHOWN: Final = 20  # accounts of the table


def command(name: str) -> Group:
    """Make `equity`."""
    from crmtui.cli import chain

    return Group(
        name,
        _("What customers are worth: customer equity, the most valuable accounts, the risk to lose them."),
        {
            "chain": Offer(_("What customers are worth by states of your own, from a table."), chain.chain_command),
            "contract": Offer(_("What a customer under contract is worth."), chain.contract_command),
        },
        [
            option("--limit", _("NUMBER"), _("At most so many accounts, the most valuable first.")),
            flag("--why", _("Also what each figure is made of.")),
            format_option(),
        ],
        examples=("crmtui equity --why", "crmtui equity --format csv", chain.CHAIN, chain.CONTRACT),
        does=equity,
    )


def equity(desk: Desk, limit: str | None, why: bool | None, form: str | None) -> None:
    """Write the figures."""
    from crmtui.cli import equity_pages
    from crmtui.queries import equity as queries, equity_words, flat, repeat

    wanted = output.chosen(form)
    most = whole(limit, "--limit")
    page = queries.page(desk.path, desk.today)
    if most < 0 and wanted is Format.TABLE:
        most = SHOWN
    lines = page.lines[:most] if most >= 0 else page.lines
    if wanted is Format.IDS:
        output.write_lines(flat.uids(desk.path, Account, [line.key for line in lines]))
    else:
        orders = repeat.page(desk.path, desk.today)
        if wanted is Format.TABLE:
            equity_pages.write(page, orders, lines, with_why=bool(why))
        else:
            uids = list(flat.uids(desk.path, Account, [line.key for line in lines]))
            rows = equity_pages.rows(page, orders, lines, uids, with_why=bool(why))
            output.write_data(wanted, equity_pages.HEADERS, rows)
    idle = "" if wanted is Format.TABLE else equity_words.idle(page.basis)  # the table tells it beside the figure
    if told := equity_words.silence(page.basis) or idle:
        say(told)
