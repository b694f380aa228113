"""New rows that may mean a record that is there, or one another: told, so that two of one are not found out later.

So are accounts that rows name and nobody here is called, since they are added. All rows of a file are weighed at once
when they are written, while what is written behind comes to its end; before that where doubtful ones are left out.
"""

from __future__ import annotations

from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, Final

from crmtui import figures
from crmtui.commands.import_likeliest import likeliest
from crmtui.commands.import_new_accounts import NewAccounts
from crmtui.commands.import_new_opportunities import NewOpportunities
from crmtui.commands.import_new_people import NewPeople
from crmtui.commands.import_report import MOST_DOUBTS, Doubt
from crmtui.store.writing.bulk import newest_key
from crmtui.text import _

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from crmtui.commands.import_likeliest import Suspect
    from crmtui.commands.import_naming_rows import NamingRows
    from crmtui.commands.import_report import FileReport
    from crmtui.exchange.mapping.drafts import Drafts
    from crmtui.store.unit import UnitOfWork
    from crmtui.store.writing.matching import Index

    New = NewPeople | NewAccounts | NewOpportunities

MOST_ALONE: Final = 20_000  # rows that are compared with one another where nothing was there that they could mean
MOST_ROWS: Final = 1 << 17  # that are kept in mind until they are weighed; those after them find them in the workspace


class Doubts:
    """The new rows of one file, and the accounts that its rows name, until they are weighed.

    Attributes:
        is_noting: whether rows are kept in mind: not where there are too many of them.

    Args:
        unit: the unit of work.
        report: of the file.
        index: the records of its kind by name, before any row was written; None where no row becomes one.
        is_thorough: whether rows are compared with one another however many there are.
    """

    def __init__(
        self, unit: UnitOfWork, report: FileReport, index: Index | None = None, *, is_thorough: bool = False
    ) -> None:
        self._unit = unit
        self._report = report
        self._index = index
        self._is_thorough = is_thorough
        self._noted = self._naming = 0  # rows, so far
        self.is_noting = True
        self._forget()

    def _forget(self) -> None:
        self._rows: New | None = None
        self._accounts: NewAccounts | None = None

    @property
    def is_full(self) -> bool:
        """Whether so many rows are noted that they should be weighed."""
        return self._rows is not None and len(self._rows.lines) >= MOST_ROWS

    def note(self, drafts: Drafts) -> None:
        """Some new rows, which are not written yet."""
        if self._rows is None and self.is_noting:
            self._rows = self._begun()
        if self._rows is not None:
            self._rows.note(drafts)
            self._noted += len(drafts)
            self._let_go(self._rows, self._noted)

    def _let_go(self, new: New, count: int) -> None:
        """Where so many rows meet nothing that was there, do without comparing them with one another, and say so."""
        if self._is_thorough or count <= MOST_ALONE or isinstance(new, NewOpportunities):
            return
        if new.is_alone:
            self.is_noting = False
            self._forget()
            self._report.notes.append(
                _(
                    "Here are more than {count} rows, and nothing was there before: they were not compared with one "
                    "another. `crmtui doubles` finds those that may be the same."
                ).format(count=figures.brief(MOST_ALONE))
            )

    def _begun(self) -> New | None:
        if self._report.table == "person":
            index, self._index = self._index, None  # which does not know the rows that are written next
            return NewPeople(self._unit, newest_key(self._unit, "person"), index)
        if self._report.table == "opportunity" and self._index is not None:
            return NewOpportunities(self._index)
        return self._new_accounts() if self._report.table == "account" else None

    def _new_accounts(self) -> NewAccounts:
        self._accounts = self._accounts or NewAccounts(self._unit, newest_key(self._unit, "account"))
        return self._accounts

    def name(self, rows: NamingRows, table: str, added: Sequence[str]) -> None:
        """Some rows that name records of a table, and what they name that is to be added: of accounts that counts."""
        if table == "account" and self.is_noting and (added or self._accounts is not None):
            accounts = self._new_accounts()
            accounts.name(rows, added)
            self._naming += len(rows.lines)
            self._let_go(accounts, self._naming)

    def tell(self, *, are_left_out: bool = False) -> dict[int, Suspect]:
        """Report what was noted so far and is doubtful; returns of the rows, by their places, what they may mean.

        Args:
            are_left_out: whether rows are left out that are doubtful, so that none can mean them.
        """
        rows, accounts = self._rows, self._accounts
        self._forget()
        of_rows = _suspects(rows, are_left_out=are_left_out)
        named = _suspects(accounts) if accounts is not rows else None  # gathered while rows are written
        found = of_rows()
        if isinstance(rows, NewAccounts):
            of_accounts = {place: found.pop(place) for place in sorted(rows.named & found.keys())}
        else:
            of_accounts = named() if named else {}
        self._report.doubts += len(found)
        _add(self._report.doubtful, rows, found)
        _add(self._report.named, accounts, of_accounts)
        return found


def _suspects(new: New | None, *, are_left_out: bool = False) -> Callable[[], dict[int, Suspect]]:
    """What tells for each row, by its place, what it may mean, where there is something."""
    if new is None:
        return dict
    if isinstance(new, NewOpportunities):
        return new.suspects
    finding = new.gather()
    named = new.named if isinstance(new, NewAccounts) else set()
    leaving_out = set(range(len(new.lines))) - named if are_left_out else set()
    return partial(likeliest, new, finding, leaving_out, companies=isinstance(new, NewAccounts))


def _add(told: list[Doubt], new: New | None, suspects: Mapping[int, Suspect]) -> None:
    """Add doubts to those that are told one by one."""
    if new is None:
        return
    for place, suspect in islice(suspects.items(), MOST_DOUBTS - len(told)):
        told.append(Doubt(new.lines[place], new.names[place], *suspect))
