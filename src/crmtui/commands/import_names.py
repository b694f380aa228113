"""What rows of one file call records of other tables: found by name, accounts by domain too, added where missing."""

from __future__ import annotations

from collections import Counter, defaultdict
from functools import partial
from typing import TYPE_CHECKING, Any, cast

from crmtui.commands.import_alike import CalledAccounts, Calling
from crmtui.commands.import_naming_rows import naming
from crmtui.domain.called import name_and_address
from crmtui.domain.nouns import BY_TABLE
from crmtui.store.writing.bulk import insert_many
from crmtui.store.writing.matching import SEVERAL, Index
from crmtui.text import key

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from crmtui.commands.import_alike import Called
    from crmtui.commands.import_doubts import Doubts
    from crmtui.commands.import_report import FileReport
    from crmtui.domain.values import Plain
    from crmtui.exchange.mapping.drafts import Drafts
    from crmtui.store.unit import UnitOfWork


class Names:
    """The records that one file names, and those that it adds by name.

    Attributes:
        added: the names of those that were added, by table.

    Args:
        unit: the unit of work.
        report: of the file.
        doubts: what tells accounts that are added by name and may be there.
    """

    def __init__(self, unit: UnitOfWork, report: FileReport, doubts: Doubts) -> None:
        self._unit = unit
        self._report = report
        self._indexes: dict[str, Index] = {}
        self._calling: defaultdict[str, Calling] = defaultdict(Calling)
        self._targets: defaultdict[str, dict[Called, int | None]] = defaultdict(dict)
        self._respelt: defaultdict[str, dict[Called, str]] = defaultdict(dict)
        self.added: dict[str, list[str]] = {}
        self._accounts: CalledAccounts | None = None
        self._doubts = doubts

    def called(self, drafts: Drafts, table: str, names: Sequence[Plain]) -> list[Called]:
        """What each row calls the record that it names, which it may not."""
        texts = cast("Sequence[str]", names if all(names) else [name or "" for name in names])
        calling = self._calling[table]
        found = list(map(calling.__getitem__, texts))
        if table == "account":
            for place, domains in self._known_accounts().deciding(texts, drafts).items():
                found[place] = calling.telling(texts[place], domains)
        return found

    def look_up(self, drafts: Drafts, table: str, called: Sequence[Called]) -> None:
        """Find what rows name that no row has named before, and add what is missing."""
        targets, respelt = self._targets[table], self._respelt[table]
        fresh = [one for one in dict.fromkeys(called) if one.name and one not in targets]
        if not fresh:
            self._doubts.name(table, [], partial(naming, drafts, called))
            return
        index = self._index(table)
        targets |= {one: self._find(table, one) for one in fresh}
        missing = [one for one in fresh if targets[one] is None]
        added = {key(one.name): one.name for one in missing}
        self._doubts.name(table, list(added.values()), partial(naming, drafts, called))
        self._add_named(index, [one.name for one in missing])
        targets |= {one: index.named(one.name) for one in missing}
        for one in fresh:
            target, said = targets[one], _name(table, one.name)
            if target not in (None, SEVERAL) and (now := index.name(int(target or 0))) != said:
                respelt[one] = now

    def there(self, table: str, name: str) -> int | None:
        """The record that is called so; SEVERAL where that is not clear, None where there is none."""
        return self._index(table).named(name)

    def target(self, table: str, called: Called) -> int | None:
        """The record that was looked up; SEVERAL where that is not clear, None where nothing is named."""
        return self._targets[table].get(called)

    def targets(self, table: str, called: Iterable[Called]) -> list[int | None]:
        """The same of many."""
        return list(map(self._targets[table].get, called))

    def count_respelt(self, table: str, called: Iterable[Called]) -> None:
        """Count the rows that call their record otherwise than it is called."""
        if respelt := self._respelt[table]:
            for one, count in Counter(called).items():
                if one in respelt:
                    self._report.respelt[one.name, respelt[one]] += count

    def add(self, table: str, name: str) -> int:
        """One more record of a name that others have too."""
        (record_id,) = insert_many(self._unit, BY_TABLE[table], [{"name": name}])
        self._note(table, [name])
        return record_id

    def _add_named(self, index: Index, names: Sequence[str]) -> None:
        """Add what is named; of ours who tell both name and address first, since others tell one of both."""
        if index.table != "actor":
            self.add_missing(index, {key(name): (name, 0) for name in names})
            return
        for name in sorted(names, key=lambda name: "" in name_and_address(name)):
            if index.named(name) is None:
                self.add_missing(index, {name: (name, 0)})

    def add_missing(self, index: Index, missing: Mapping[str, tuple[str, int]]) -> None:
        """Add records by name; of people also the account within which their name counts."""
        if not missing:
            return
        wanted = list(missing.values())
        rows = (named(index.table, name, account) for name, account in wanted)
        record_ids = insert_many(self._unit, BY_TABLE[index.table], rows)
        for record_id, (name, account) in zip(record_ids, wanted, strict=True):
            index.add(record_id, name, account)
        self._note(index.table, [name for name, _account in wanted])

    def _find(self, table: str, called: Called) -> int | None:
        if table == "account":
            return self._known_accounts().find(called.name, called.domains)
        return self._index(table).named(called.name)

    def _index(self, table: str) -> Index:
        if table not in self._indexes:
            self._indexes[table] = Index(self._unit, table)
        return self._indexes[table]

    def _known_accounts(self) -> CalledAccounts:
        self._accounts = self._accounts or CalledAccounts(self._unit, self._index("account"))
        return self._accounts

    def _note(self, table: str, names: Sequence[str]) -> None:
        self._report.linked[table] += len(names)
        self.added.setdefault(table, []).extend(names)
        for name in names if table == "account" else ():
            self._known_accounts().note(name)


def _name(table: str, cell: str) -> str:
    """The name in a cell."""
    return (name_and_address(cell)[0] or cell) if table == "actor" else cell


def named(table: str, name: str, account: int) -> dict[str, Any]:
    """A record of which nothing but its name is known, and of one of ours perhaps the e-mail address."""
    if account:
        return {"name": name, "account_id": account}
    if table != "actor":
        return {"name": name}
    name, address = name_and_address(name)
    return {"name": name or address, "email": address}
