"""What is there before a file, by the keys under which its new rows are looked for: asked once, and kept small.

The keys are those of `method.blocking`, but for two that are dear: telephones are looked for by their last digits,
since to read one in E.164 takes longer than to write a person, and names of people everywhere by their letters alone.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import chain, islice
from sys import intern
from typing import TYPE_CHECKING, Final

from crmtui.exchange.mapping.meanings import ASIDE
from crmtui.method.blocking import BLOCK, SHARED, names_of_company, tail, tails
from crmtui.method.namesakes import are_alike, core, domain_of
from crmtui.store.writing.matching import present
from crmtui.text import keys

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from crmtui.exchange.mapping.drafts import Drafts
    from crmtui.store.reading.doubles import Compared
    from crmtui.store.unit import UnitOfWork
    from crmtui.store.writing.matching import Index

Found = set[tuple[int, int]]  # (place of a row, record)
_NOBODY: Final[tuple[int, ...]] = ()
_CROWD: Final = 1_000  # people of one account, of whom only those of the very name are looked for


class Owners:
    """The records that have a telephone, by its last digits, or a domain; what many have is nobody's own."""

    def __init__(self) -> None:
        self._having: defaultdict[str, list[int]] = defaultdict(list)
        self._told: Counter[str] = Counter()

    def know(self, value: str, record_id: int) -> None:
        """One more record that has it."""
        self._having[value].append(record_id)

    def of_row(self, value: str) -> Sequence[int]:
        """The records that have what one more row tells."""
        having = self._having.get(value)
        if having is None:
            return _NOBODY
        self._told[value] += 1
        return _NOBODY if self.is_nobodys(value) else having

    def is_told(self, value: str) -> bool:
        """Whether a record has it that a row tells."""
        return value in self._told

    def is_nobodys(self, value: str) -> bool:
        """Whether so many have it that it says nothing."""
        return len(self._having.get(value, _NOBODY)) + self._told[value] > SHARED

    def nobodys(self) -> set[str]:
        """All that rows told and so many have that it says nothing."""
        return set(filter(self.is_nobodys, self._told))


class AccountsThere:
    """The accounts by the keys of their names, and who has which telephone or domain."""

    def __init__(self, unit: UnitOfWork) -> None:
        self.phones, self.domains = Owners(), Owners()
        self._names: defaultdict[tuple[str, str, int], list[int]] = defaultdict(list)
        rows = unit.connection.execute("SELECT id, name, website, email, phone FROM account ORDER BY id")
        for record_id, name, website, email, phone in rows:
            for key in names_of_company(core(name)):
                self._names[key].append(record_id)
            for domain in {domain_of(website), domain_of(email)} - {""}:
                self.domains.know(domain, record_id)
            if phone and (digits := tail(phone)):
                self.phones.know(digits, record_id)

    def find(self, rows: Iterable[tuple[int, Compared]]) -> Found:
        """The accounts that rows are to be compared with, by the places of the rows."""
        return {(place, record_id) for place, row in rows for record_id in self._of(row)}

    def _of(self, row: Compared) -> Iterator[int]:
        for key in names_of_company(core(row.name)):
            if len(block := self._names.get(key, _NOBODY)) < BLOCK:
                yield from block
        for domain in {domain_of(told) for told in (row.website, *row.mails)} - {""}:
            yield from self.domains.of_row(domain)
        for number in row.phones:
            if digits := tail(number):
                yield from self.phones.of_row(digits)


class PeopleThere:
    """The people by letters of their names, at their accounts with the words of them, and who has which telephone."""

    def __init__(self, unit: UnitOfWork, index: Index) -> None:
        self.phones = Owners()
        self._unit = unit
        self._index = index
        self._by_letters: defaultdict[str, dict[int, int]] = defaultdict(dict)
        self._accounts: set[int] = set()
        self._at: dict[int, list[tuple[int, tuple[str, ...]]]] = {}
        self._last = 0
        for record_id, name_key, account in unit.connection.execute(
            "SELECT id, name_key, coalesce(account_id, 0) FROM person ORDER BY id"
        ):
            self._by_letters["".join(sorted(name_key))].setdefault(account, record_id)
            self._accounts.add(account)
            self._last = record_id
        rows = unit.connection.execute("SELECT person_id, number FROM person_phone").fetchall()
        for (record_id, _number), digits in zip(rows, tails([number for _id, number in rows]), strict=bool(rows)):
            if digits:
                self.phones.know(digits, record_id)

    def find(self, drafts: Drafts, places: Sequence[int]) -> Found:
        """The people that new rows are to be compared with, by the places of the rows."""
        return {
            *self._of_addresses(drafts, places),
            *self._namesakes(drafts, places),
            *self._colleagues(drafts, places),
        }

    def _of_addresses(self, drafts: Drafts, places: Sequence[int]) -> Iterator[tuple[int, int]]:
        for name, column in drafts.asides.items():
            is_mail = ASIDE[name][0] == "person_email"
            for place in places:
                if cell := column[place]:
                    having = self._index.mailed(str(cell)) if is_mail else self.phones.of_row(tail(str(cell)))
                    for record_id in having:
                        yield place, record_id

    def _namesakes(self, drafts: Drafts, places: Sequence[int]) -> Iterator[tuple[int, int]]:
        """Of those at other accounts one is enough, since their names say the same; none in another country."""
        accounts, elsewhere = drafts.column("account_id"), list[tuple[int, int]]()
        for place in places:
            if namesakes := self._by_letters.get("".join(sorted(drafts.keys[place]))):
                near = {int(accounts[place] or 0), 0} & namesakes.keys()
                yield from ((place, namesakes[account]) for account in near)
                if not near:
                    elsewhere.append((place, next(iter(namesakes.values()))))
        if elsewhere:
            told = drafts.column("country")
            kept = present(self._unit, "person", ("country",), {record_id for _place, record_id in elsewhere})
            for place, record_id in elsewhere:
                if not told[place] or kept[record_id]["country"] in ("", told[place]):
                    yield place, record_id

    def _colleagues(self, drafts: Drafts, places: Sequence[int]) -> Iterator[tuple[int, int]]:
        """People of an account who share a word of their names with a row, if the whole is alike."""
        names, accounts = drafts.column("name"), drafts.column("account_id")
        having = [place for place in places if accounts[place] and accounts[place] in self._accounts]
        self._spell({int(accounts[place] or 0) for place in having} - self._at.keys())
        for place, words in zip(having, _words([str(names[place]) for place in having]), strict=True):
            told = {word for word in words if len(word) > 1}  # no initials
            sharing = [one for one in self._at[int(accounts[place] or 0)] if not told.isdisjoint(one[1])]
            for record_id, others in sharing if len(sharing) < BLOCK else ():
                whole, other = " ".join(sorted(words)), " ".join(sorted(others))
                if whole == other or are_alike(whole, other, companies=False):
                    yield place, record_id

    def _spell(self, accounts: set[int]) -> None:
        """Take apart the names of the people of accounts that rows have met for the first time, unless of a crowd."""
        if not accounts:
            return
        marks = ", ".join(map(str, accounts))
        rows = self._unit.connection.execute(
            f"SELECT account_id, id, name FROM person WHERE account_id IN ({marks}) AND id <= ?", (self._last,)
        ).fetchall()
        self._at.update((account, []) for account in accounts)
        for (account, record_id, _name), words in zip(rows, _words([name for *_one, name in rows]), strict=True):
            self._at[account].append((record_id, tuple(map(intern, words))))
        for account in accounts:
            if len(self._at[account]) > _CROWD:
                self._at[account].clear()


def _words(names: Sequence[str]) -> Iterator[list[str]]:
    """For each name its words as they are compared."""
    parts = [name.split() for name in names]
    folded = iter(keys(list(chain.from_iterable(parts))))
    return (list(filter(None, islice(folded, len(part)))) for part in parts)
