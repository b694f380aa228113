"""Which rows of a file become new records, and which mean one that is there."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from crmtui.exchange.mapping.meanings import ASIDE, EXTERNAL
from crmtui.exchange.problems import Problem
from crmtui.store.writing.matching import SEVERAL, Identity, Index, has_owner
from crmtui.text import _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crmtui.exchange.mapping.drafts import Drafts

Known = tuple[int, int]  # the key of a record, and the place of the row that means it
Place = tuple[str, int]  # a name as it is compared, and the account within which it counts


class Sorted(NamedTuple):
    """What rows mean.

    Attributes:
        fresh: the places of those that become new records.
        known: those that mean a record which is there, each another one.
        more: those that mean a record which an earlier row means too, since it was two in the other system.
    """

    fresh: list[int]
    known: list[Known]
    more: list[Known]


class Matching:
    """The matching of one file's rows, against the workspace as it was before the file and against each other.

    Attributes:
        problems: rows that repeat an earlier one, or whose name is that of several records.
    """

    def __init__(self, index: Index) -> None:
        self.problems: list[Problem] = []
        self._index = index
        self._externals: set[str] = set()
        self._marks: dict[Place, str] = {}  # by name and account, of the first row
        self._more_marks: set[Identity] = set()
        self._taken: set[int] = set()
        self._addresses: set[str] = set()  # of the rows that mean a record

    def sort(self, drafts: Drafts) -> Sorted:
        """Tell rows that become new records from rows that mean one."""
        who, marks = _who(drafts, self._index.table), _marks(drafts, self._index.table)
        if self._are_all_fresh(drafts, who, marks):
            self._marks.update(zip(who, marks, strict=True))
            return Sorted(list(range(len(drafts))), [], [])
        result = Sorted([], [], [])
        rows = list(_identities(drafts, who, marks))
        claimed = {self._index.exact(row) for row in rows} - {None}
        for place, row in enumerate(rows):
            own = self._own(row)
            found = self._index.find(row) if own is None else own
            if own is None and found in claimed and self._index.exact(row) != found:
                found = None  # another row means it for sure
            if self._is_repeated(row) or (found in self._taken and not (row.external or row.mark)):
                self._refuse(drafts, place, _("an earlier row is the same record"))
            elif found == SEVERAL:
                self._refuse(drafts, place, _("several records have this name"))
            elif found is None or (own is None and found in self._taken):
                result.fresh.append(place)
            else:
                (result.more if found in self._taken else result.known).append((found, place))
                self._taken.add(found)
                self._addresses.add(row.mark)
        return result

    def _own(self, row: Identity) -> int | None:
        """The record that the row's own key means, or its own address: one that no earlier row shares."""
        keyed = self._index.keyed(row)
        return self._index.addressed(row) if keyed is None and row.mark not in self._addresses else keyed

    def _are_all_fresh(self, drafts: Drafts, who: list[Place], marks: list[str]) -> bool:
        """Whether no row means a record that is there, nor what another row means; told for all at once."""
        places = set(who)
        return (
            not any(drafts.external)
            and len(places) == len(drafts)
            and self._marks.keys().isdisjoint(places)
            and not self._index.is_met(places, set(marks))
        )

    def _is_repeated(self, row: Identity) -> bool:
        """Whether an earlier row is the same: two of one name and account differ if both tell marks that differ."""
        if row.external:
            repeated = row.external in self._externals
            self._externals.add(row.external)
            return repeated
        who = (row.name_key, row.within)
        if who not in self._marks:
            self._marks[who] = row.mark
            return False
        repeated = not row.mark or self._marks[who] in ("", row.mark) or row in self._more_marks
        self._more_marks.add(row)
        return repeated

    def _refuse(self, drafts: Drafts, place: int, why: str) -> None:
        self.problems.append(Problem(drafts.lines[place], why, "", str(drafts.values["name"][place])))


def _who(drafts: Drafts, table: str) -> list[Place]:
    accounts = drafts.column("account_id") if has_owner(table) else [0] * len(drafts)
    return [(name_key, int(account or 0)) for name_key, account in zip(drafts.keys, accounts, strict=True)]


def _marks(drafts: Drafts, table: str) -> list[str]:
    """What tells the row from namesakes: the first e-mail address in lower case, or the day of closing; '' for none."""
    found = [""] * len(drafts)
    if table == "opportunity":
        days = zip(drafts.column("closed_on"), drafts.column("expected_on"), strict=True)
        return [str(closed or expected or "") for closed, expected in days]
    if table == "actor":
        return [str(mail or "").lower() for mail in drafts.column("email")]
    for name in reversed(drafts.asides) if table == "person" else ():
        if ASIDE[name][0] == "person_email":
            found = [
                str(mail).lower() if mail else former for mail, former in zip(drafts.asides[name], found, strict=True)
            ]
    return found


def _identities(drafts: Drafts, who: list[Place], marks: list[str]) -> Iterator[Identity]:
    for (name_key, account), external, mark in zip(who, drafts.column(EXTERNAL), marks, strict=True):
        yield Identity(name_key, account, str(external or ""), mark)
