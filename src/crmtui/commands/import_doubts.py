"""New rows that may mean a record that is there, or one another: told, so that two of one are not found out later.

So are accounts that rows name and nobody here is called, since they are added. All rows of a file are weighed at once
when they are written, while what is written behind comes to its end; before that where doubtful ones are left out.
"""

from __future__ import annotations

from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, Final

from crmtui.commands.import_new_accounts import NewAccounts
from crmtui.commands.import_new_opportunities import NewOpportunities
from crmtui.commands.import_new_people import NewPeople
from crmtui.commands.import_report import MOST_DOUBTS, Doubt
from crmtui.store.writing.bulk import newest_key

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from crmtui.commands.import_likeliest import Suspect
    from crmtui.commands.import_naming_rows import NamingRows
    from crmtui.commands.import_report import FileReport
    from crmtui.exchange.mapping.drafts import Drafts
    from crmtui.store.unit import UnitOfWork
    from crmtui.store.writing.matching import Index

    New = NewPeople | NewAccounts | NewOpportunities

MOST_ROWS: Final = 1 << 17  # that are kept in mind until they are weighed; those after them find them in the workspace


class Doubts:
    """The new rows of one file, and the accounts that its rows name, until they are weighed.

    Args:
        unit: the unit of work.
        report: of the file.
        index: the records of its kind by name, before any row was written; None where no row becomes one.
    """

    def __init__(self, unit: UnitOfWork, report: FileReport, index: Index | None = None) -> None:
        self._unit = unit
        self._report = report
        self._index = index
        self._before: int | None = None  # the key of the newest person who was there before the file
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
        if self._rows is None:
            self._rows = self._begun()
        if self._rows is not None:
            self._rows.note(drafts)

    def _begun(self) -> New | None:
        if self._report.table == "person":
            index, self._index = self._index, None  # which does not know the rows that are written next
            last = newest_key(self._unit, "person")
            self._before = last if self._before is None else self._before
            return NewPeople(self._unit, self._before, last, index)
        if self._report.table == "opportunity" and self._index is not None:
            return NewOpportunities(self._index)
        return self._new_accounts() if self._report.table == "account" else None

    def _new_accounts(self) -> NewAccounts:
        self._accounts = self._accounts or NewAccounts(self._unit, newest_key(self._unit, "account"))
        return self._accounts

    def name(self, table: str, added: Sequence[str], rows: Callable[[], NamingRows]) -> None:
        """Some rows name records of a table, of which some are to be added: those of accounts are asked for."""
        if table == "account" and (added or self._accounts is not None):
            self._new_accounts().name(rows(), added)

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
    from crmtui.commands.import_likeliest import likeliest  # loaded while rows are written

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
