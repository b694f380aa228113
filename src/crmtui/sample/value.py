"""The value propositions of the sample, of accounts and of opportunities, and what its contacts carry of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmtui.domain.dmu import Stakeholder
from crmtui.domain.propositions import Proposition
from crmtui.sample.rows import Ref

if TYPE_CHECKING:
    from crmtui.sample.rows import Book, Table


def add_lines(book: Book, owner: Ref, tables: list[Table]) -> None:
    """Add the lines of an account or of an opportunity, in their order."""
    link = f"{owner.kind.noun.table}_id"
    for position, table in enumerate(tables, 1):
        book.add(Proposition, _name(owner.name, position), {link: owner, "position": position} | table)


def carried(account: Ref, table: Table) -> Table:
    """What a contact carries: `carries = 2` is the account's second line, `carries = "line4 2"` its opportunity's.

    `win = "conti"` is the win of somebody on the account's map, `win = "line4 conti"` on the opportunity's.
    """
    found: Table = {}
    if (line := table.get("carries")) is not None:
        deal, _blank, number = str(line).rpartition(" ")
        owner = f"{account.name}/{deal}" if deal else account.name
        found["proposition_id"] = Ref(Proposition, _name(owner, int(number)))
    if (who := table.get("win")) is not None:
        deal, _blank, name = str(who).rpartition(" ")
        dmu = f"{account.name}/{deal}" if deal else account.name
        found["win_of_id"] = Ref(Stakeholder, f"{dmu}:{name}")
    return found


def _name(owner: str, position: int) -> str:
    return f"{owner}={position}"
