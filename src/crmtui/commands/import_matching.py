"""Which rows of a file become new records, and which mean one that is there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmtui.exchange.mapping.meanings import EXTERNAL
from crmtui.exchange.problems import Problem
from crmtui.store.writing.matching import SEVERAL, Identity, Index, has_owner
from crmtui.text import _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crmtui.exchange.mapping.drafts import Drafts

Known = tuple[int, int]  # the key of a record, and the place of the row that means it


class Matching:
    """The matching of one file's rows, against the workspace as it was before the file and against each other.

    Attributes:
        problems: rows that repeat an earlier one, or whose name is that of several records.
    """

    def __init__(self, index: Index) -> None:
        self.problems: list[Problem] = []
        self._index = index
        self._externals: set[str] = set()
        self._mails: dict[tuple[str, int], str] = {}  # by name and account, of the first row
        self._more_mails: set[Identity] = set()
        self._taken: set[int] = set()

    def sort(self, drafts: Drafts) -> tuple[list[int], list[Known]]:
        """The places of the rows that become new records, and the rows that mean one."""
        fresh: list[int] = []
        known: list[Known] = []
        for place, row in enumerate(_identities(drafts, self._index.table)):
            found = self._index.find(row)
            if self._is_repeated(row) or (found in self._taken and not (row.external or row.mail)):
                self._refuse(drafts, place, _("an earlier row is the same record"))
            elif found == SEVERAL:
                self._refuse(drafts, place, _("several records have this name"))
            elif found is None or found in self._taken:
                fresh.append(place)
            else:
                self._taken.add(found)
                known.append((found, place))
        return fresh, known

    def _is_repeated(self, row: Identity) -> bool:
        """Whether an earlier row is the same: two of one name and account differ if both tell e-mails that differ."""
        if row.external:
            repeated = row.external in self._externals
            self._externals.add(row.external)
            return repeated
        who = (row.name_key, row.within)
        if who not in self._mails:
            self._mails[who] = row.mail
            return False
        repeated = not row.mail or self._mails[who] in ("", row.mail) or row in self._more_mails
        self._more_mails.add(row)
        return repeated

    def _refuse(self, drafts: Drafts, place: int, why: str) -> None:
        self.problems.append(Problem(drafts.lines[place], why, "", str(drafts.values["name"][place])))


def _identities(drafts: Drafts, table: str) -> Iterator[Identity]:
    accounts = drafts.column("account_id") if has_owner(table) else [None] * len(drafts)
    mails = drafts.column("email") if table == "person" else [None] * len(drafts)
    rows = zip(drafts.keys, accounts, drafts.column(EXTERNAL), mails, strict=True)
    for name_key, account, external, mail in rows:
        yield Identity(name_key, int(account or 0), str(external or ""), str(mail or "").lower())
