"""Events and to-dos into the workspace: as contacts and actions of people and accounts that it knows.

A calendar holds much that is no business of ours: what has to do with nobody here is passed over, and told, unless
it is said of which account that is.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Final

from crmtui.commands.import_participants import Participants
from crmtui.commands.import_placing import Placing, Way
from crmtui.commands.import_report import FileReport
from crmtui.domain.accounts import Account
from crmtui.domain.values import quoted
from crmtui.errors import UsageError
from crmtui.exchange.entries import EntryKind
from crmtui.store.writing.matching import SEVERAL, Index
from crmtui.text import _, line

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Sequence

    from crmtui.commands.import_existing import Existing
    from crmtui.exchange.calendars.reading import CalendarFile
    from crmtui.store.unit import UnitOfWork

SOURCE: Final = "icalendaruid"
CHUNK: Final = 1_000
ACTIONS: Final = "to-dos"


@dataclass(frozen=True, slots=True, kw_only=True)
class How:
    """How calendars are brought.

    Attributes:
        existing: what entries may do to records that are there.
        now: aware; what is over by then has happened.
        account: the name of the account of what has none; '' to pass that over.
        is_told: whether to tell each field that changes.
        is_traced: whether to tell what became of each entry.
    """

    existing: Existing
    now: dt.datetime
    account: str = ""
    is_told: bool = False
    is_traced: bool = False


def load(unit: UnitOfWork, files: Sequence[CalendarFile], how: How, heed: Callable[[int], None]) -> list[FileReport]:
    """Write what calendars hold; returns a report for the contacts and one for the actions of each file.

    Args:
        unit: the unit of work.
        files: the calendars.
        how: how they are brought.
        heed: called with how many there are more, every thousand entries.

    Raises:
        UsageError: no account, or several, are called as `how` says.
    """
    otherwise = _account(unit, how.account) if how.account else None
    reports = []
    for file in files:
        name = line(file.path.name)
        of_kind = {
            EntryKind.CONTACT: FileReport(file.path, "contact", name=name),
            EntryKind.TASK: FileReport(file.path, "plan_action", name=f"{name}/{ACTIONS}"),
        }
        way = Way(how.existing, how.now, SOURCE, name, "UID", is_told=how.is_told, is_traced=how.is_traced)
        placing = Placing(unit, Participants(unit, otherwise), way, of_kind)
        entries = file.entries()
        while some := list(islice(entries, CHUNK)):
            heed(len(some))
            placing.place(some)
        placing.call_off(file.series.coming, file.series.last)
        found = [one for one in of_kind.values() if one.rows or any(one.outcomes or ())] or [of_kind[EntryKind.CONTACT]]
        found[0].notes += [*file.notes, *placing.asides.notes()]
        found[0].rejected += file.problems
        reports += found
    return reports


def _account(unit: UnitOfWork, name: str) -> int:
    """The account of a name."""
    found = Index(unit, Account.noun.table).named(name)
    if found is None:
        raise UsageError(_("no account is called {name}").format(name=quoted(name)))
    if found == SEVERAL:
        raise UsageError(_("several accounts are called {name}").format(name=quoted(name)))
    return found
