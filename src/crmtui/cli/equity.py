"""`equity`: what customers are worth, all of them and each, and what that rests on.

Its commands value what is no record: states of the user's own, and a contract.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from crmtui.cli import tabling
from crmtui.cli.build import Command, Group, Offer, flag
from crmtui.cli.desk import say
from crmtui.queries.equity_table import TABLE
from crmtui.text import _

if TYPE_CHECKING:
    from crmtui.cli.desk import Desk

SHOWN: Final = 20  # accounts of the page


def command(name: str) -> Group:
    """Make `equity`."""
    from crmtui.cli import chain

    about = _("What customers are worth: customer equity, the most valuable accounts, the risk to lose them.")
    own = (
        "crmtui equity --why",
        "crmtui equity level:buyer 'value>100k' --sort -risk",
        "crmtui equity --columns name,owner,value,low,high --output equity.xlsx",
    )
    return Group(
        name,
        about,
        {
            "chain": Offer(_("What customers are worth by states of your own, from a table."), chain.chain_command),
            "contract": Offer(_("What a customer under contract is worth."), chain.contract_command),
        },
        examples=(*own, chain.CHAIN, chain.CONTRACT),
        plain=Command(
            name,
            equity,
            about,
            [*tabling.options(TABLE), flag("--why", _("Also what each figure is made of."))],
            examples=own,
            loose=True,
        ),
    )


def equity(desk: Desk, why: bool | None, **given: Any) -> None:  # noqa: ANN401 - options
    """Write the figures: of all customers, and of the accounts that were asked for."""
    from crmtui.cli import equity_pages
    from crmtui.queries import equity as queries, equity_table, equity_words, repeat

    asked = tabling.asked(given)
    page, orders = queries.page(desk.path, desk.today), repeat.page(desk.path, desk.today)
    found = tabling.chosen(desk, TABLE, equity_table.rows(page, orders), asked)
    if asked.is_page:
        equity_pages.write(desk, page, orders, found if asked.most >= 0 else found[:SHOWN], with_why=bool(why))
    else:
        before = equity_pages.sections(page, orders, with_why=bool(why))
        tabling.write(desk, TABLE, found, asked, with_why=bool(why), before=before)
    idle = "" if asked.is_page else equity_words.idle(page.basis)  # the page tells it beside the figure
    if told := equity_words.silence(page.basis) or idle:
        say(told)
    elif not found:
        say(_("There is nothing to list."))
