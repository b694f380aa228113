"""The new people of a file: whom of them may be somebody who is there, or one another, is looked for at once.

They are looked for as `method.blocking` does, but for three ways that are dear: telephones by their last digits, since
to read one in E.164 takes longer than to write a person, names of people everywhere by their words in another order,
and names that are alike at an account by how two of their words begin. Namesakes at two accounts of one file are not
looked for, nor are names that are alike where both rows tell an e-mail address: the file itself tells them apart.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from functools import cached_property, partial
from itertools import chain, compress, permutations, starmap
from typing import TYPE_CHECKING, Any, Final, NamedTuple, cast

from crmtui.commands.import_meeting import Meeting, as_row, dialled, repeated
from crmtui.exchange.mapping.meanings import ASIDE
from crmtui.method.blocking import BLOCK, SHARED
from crmtui.method.namesakes import are_alike, words_of
from crmtui.store.reading import doubles as rows
from crmtui.store.reading.doubles import Compared
from crmtui.text import key

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence, Set as AbstractSet

    from crmtui.commands.import_meeting import Finding, Pairs
    from crmtui.exchange.mapping.drafts import Drafts
    from crmtui.store.unit import UnitOfWork
    from crmtui.store.writing.matching import Index

_MOST_TURNED: Final = 4  # words of a name that are looked for in every order


class _Addresses:
    """The e-mail addresses, or the telephones, of rows.

    Args:
        looked_for: what they are looked for by, and of each whose it is: of addresses, one a line, and whose they are.
    """

    def __init__(self, looked_for: Callable[[str, Sequence[int]], tuple[Sequence[str], Sequence[int]]]) -> None:
        self._looked_for = looked_for
        self._written: list[tuple[str, Sequence[int]]] = []

    def add(self, cells: Sequence[str | None], before: int) -> None:
        """A column of a part, some of whose cells tell one, with so many rows before."""
        places: Sequence[int] = range(before, before + len(cells))
        if not all(cells):
            places, cells = list(compress(places, cells)), list(filter(None, cells))
        text = "\n".join(cast("Sequence[str]", cells))
        self._written.append((text, places))

    @property
    def owners(self) -> list[int]:
        """Of each the place of its row."""
        return list(chain.from_iterable(places for _text, places in self._written))

    def looked_for(self) -> tuple[Sequence[str], Sequence[int]]:
        """What they are looked for by, and of each the place of its row."""
        return self._looked_for("\n".join(text for text, _places in self._written), self.owners)

    def of(self, wanted: Collection[int]) -> Mapping[int, list[str]]:
        """Those of some rows, by their places, as they are written."""
        found = defaultdict[int, list[str]](list)
        for text, places in self._written:
            for cell, place in zip(text.split("\n"), places, strict=True):
                if place in wanted:
                    found[place].append(cell)
        return found


class _Colleagues(NamedTuple):
    """People by how their names begin at their accounts.

    Attributes:
        beginnings: the rows, and who is there.
        unmailed: the places of rows that tell no e-mail address.
        before: the key of the newest person who was there before the file.
    """

    beginnings: Meeting[int]
    unmailed: AbstractSet[int]
    before: int

    def pairs(self) -> Pairs:
        """Who may be called alike; no two rows that are told apart by their addresses, as namesakes are.

        Of rows of an earlier part of the file it is not known whether they told one.
        """
        return {
            (one, other)
            for one, other in self.beginnings.pairs(BLOCK)
            if 0 < one <= self.before or as_row(other) in self.unmailed or (one < 0 and as_row(one) in self.unmailed)
        }


class NewPeople:
    """The new people of a file, or of a part of it; kept in few objects, since there may be very many.

    Attributes:
        lines: of the file.

    Args:
        unit: the unit of work.
        before: the key of the newest person who was there before the file; 0 for nobody.
        last: the same, rows of an earlier part of the file among them.
        index: all who were there, where it is at hand.
    """

    def __init__(self, unit: UnitOfWork, before: int, last: int, index: Index | None = None) -> None:
        self.lines = array("q")
        self._unit = unit
        self._before = before
        self._last = last
        self._index = index
        self._called: list[str] = []  # names, one a line
        self._keys: list[str] = []  # the same as they are compared
        self._accounts = array("q")
        self._unmailed: set[int] = set()
        self._cities: list[Any] = []
        self._countries: list[Any] = []
        self._told = {"person_email": _Addresses(_mailed), "person_phone": _Addresses(dialled)}

    def note(self, drafts: Drafts) -> None:
        """Some more of them."""
        before, count = len(self.lines), len(drafts)
        if not count:
            return
        mails: list[Sequence[Any]] = []
        for name, cells in drafts.asides.items():
            if ASIDE[name][0] in self._told and any(cells):
                self._told[ASIDE[name][0]].add(cast("Sequence[str | None]", cells), before)
                mails += [cells] if ASIDE[name][0] == "person_email" else []
        if not any(map(all, mails)):
            places = (place for place in range(count) if not any(cells[place] for cells in mails))
            self._unmailed.update(before + place for place in places)
        self.lines.extend(drafts.lines)
        names = cast("Sequence[str]", drafts.values["name"])
        self._called.append("\n".join(names))
        self._keys += drafts.keys
        told = cast("Sequence[int | None]", drafts.column("account_id"))
        accounts = [account or 0 for account in told]
        self._accounts.extend(accounts)
        self._cities += drafts.column("city")
        self._countries += drafts.column("country")

    @cached_property
    def names(self) -> list[str]:
        """What they are called, as it is written."""
        return "\n".join(self._called).split("\n") if self._called else []

    def compared(self, places: Collection[int]) -> list[Compared]:
        """Some of them as they are compared; where theirs is not known, with the country of their account."""
        accounts = {self._accounts[place] for place in places if not self._countries[place]} - {0}
        countries = rows.countries(self._unit.connection, accounts) if accounts else {}
        mails, phones = (told.of(set(places)) for told in self._told.values())
        return [
            Compared(
                id=as_row(place),
                name=self.names[place],
                mails=tuple(mails[place]),
                phones=tuple(phones[place]),
                city=self._cities[place] or "",
                country=self._countries[place] or countries.get(self._accounts[place], ""),
                account_id=self._accounts[place],
            )
            for place in places
        ]

    def there(self, record_ids: Collection[int]) -> list[Compared]:
        """Some who are there as they are compared."""
        return rows.people(self._unit.connection, record_ids)

    def gather(self) -> Finding:
        """Gather what needs nothing of the workspace; returns what finds who are to be compared, by asking it."""
        told = (one.looked_for() for one in self._told.values())
        mails, phones = (Meeting(*(one if self._last else repeated(*one))) for one in told)
        return partial(self._found, phones, mails)

    def _found(self, phones: Meeting[str], mails: Meeting[str]) -> tuple[Pairs, list[Meeting[str]]]:
        """Who are to be compared, and who has which telephone, by its last digits."""
        found = {*self._without_account()}
        if self._last:
            connection, last, index = self._unit.connection, self._last, self._index
            for some in (
                (index.having(mails.values),) if index else starmap(_mailed, rows.mails_until(connection, last))
            ):
                mails.meet(*some)
            for numbers, owners in rows.phones_until(connection, last):
                phones.meet(*dialled(numbers, owners))
        if self._before:
            found |= {*self._namesakes()}
        found.update(mails.pairs(BLOCK), phones.pairs(SHARED), self._colleagues())
        return found, [phones]

    def _colleagues(self) -> Iterator[tuple[int, int]]:
        """Who are called alike at one account: of all who were there before the file, and rows without an address."""
        accounts = {self._accounts[place] for place in self._unmailed} - {0}
        known: dict[int, str] = {}
        there: list[rows.PeopleAt] = []
        if self._last:
            keys, more = range(1, self._before + 1), range(self._before + 1, self._last + 1)
            there.append(rows.people_at(self._unit.connection, set(self._accounts) - {0}, keys))
            there.append(rows.people_at(self._unit.connection, accounts, more))
        for some in there:
            accounts.update(some.accounts)
            known.update(zip(some.ids, some.names, strict=True))
        if not accounts:
            return
        places = [place for place, account in enumerate(self._accounts) if account in accounts]
        names = [self.names[place] for place in places]
        beginnings = Meeting(*_beginnings([self._accounts[place] for place in places], names, places))
        for some in there:
            beginnings.meet(*_beginnings(*some))
        yield from self._alike(_Colleagues(beginnings, self._unmailed, self._before).pairs(), known)

    def _alike(self, pairs: Pairs, known: Mapping[int, str]) -> Iterator[tuple[int, int]]:
        """The pairs of rows, and of people of these names, whose names are alike."""
        members = list(set(chain.from_iterable(pairs)))
        names = [self.names[as_row(one)] if one < 0 else known[one] for one in members]
        spelt = dict(zip(members, (" ".join(sorted(words)) for words in words_of(names)), strict=True))
        for one, other in pairs:
            if spelt[one] == spelt[other] or are_alike(spelt[one], spelt[other], companies=False):
                yield one, other

    def _without_account(self) -> Iterator[tuple[int, int]]:
        """Rows of one name, one of which tells no account."""
        if all(self._accounts):
            return
        named = Meeting([" ".join(sorted(words)) for words in words_of(self.names)], range(len(self.names)))
        for one, other in named.pairs(BLOCK):
            if not (self._accounts[as_row(one)] and self._accounts[as_row(other)]):
                yield one, other

    def _namesakes(self) -> Iterator[tuple[int, int]]:
        """Who is there of the same name, the words in any order.

        Of those at other accounts one is enough, since their names say the same; none in another country.
        """
        called, there = self._rows_turned() if len(self.lines) <= self._before else self._people_turned()
        namesakes = defaultdict[str, dict[int, tuple[int, str]]](dict)
        for name, account, record_id, country in there:
            namesakes[name].setdefault(account, (record_id, country))
        for name, at in namesakes.items():
            for place in called[name]:
                near = {at[account] for account in {self._accounts[place], 0} if account in at}
                told = self._countries[place]
                far = [one for one in at.values() if not told or one[1] in ("", told)]
                yield from ((record_id, as_row(place)) for record_id, _country in near or far[:1])

    def _rows_turned(self) -> tuple[Mapping[str, list[int]], Iterable[rows.Called]]:
        """The places of rows by their names as they are compared, the words in any order, and who is called so."""
        called = defaultdict[str, list[int]](list)
        for place, words in enumerate(words_of(self.names)):
            for name in _turned(words):
                called[name].append(place)
        return called, rows.people_called(self._unit.connection, called, self._before)

    def _people_turned(self) -> tuple[Mapping[str, list[int]], Iterable[rows.Called]]:
        """The same, the words of those turned who are there, since they are fewer."""
        there = rows.people_until(self._unit.connection, self._before)
        turned = [_turned(words) for words in words_of([one.name for one in there])]
        met = set(self._keys).intersection(chain.from_iterable(turned))
        called = defaultdict[str, list[int]](list)
        for place, name in enumerate(self._keys) if met else ():
            if name in met:
                called[name].append(place)
        return called, [
            one._replace(name=name) for one, names in zip(there, turned, strict=True) for name in names if name in met
        ]


def _mailed(mails: str, owners: Sequence[int]) -> tuple[list[str], Sequence[int]]:
    """E-mail addresses, which are one a line, in lower case, and of each whose it is."""
    return mails.lower().split("\n") if owners else [], owners


def _beginnings(
    accounts: Sequence[int], names: Sequence[str], owners: Sequence[int]
) -> tuple[list[int], Sequence[int]]:
    """How two words of people's names begin, at their accounts, as a number; and of each by key or place whose it is.

    These are the first word and the last, in any order; where there are more, also the first and the second, since a
    name of two words may be written as one (`Anna De Luca`, `Anna Deluca`).
    """
    if not all(accounts):
        names, owners = list(compress(names, accounts)), list(compress(owners, accounts))
        accounts = list(filter(None, accounts))
    found = _at_accounts(accounts, names, [name[name.rfind(" ") + 1] for name in names])
    longer = [name.count(" ") > 1 for name in names]
    if not any(longer):
        return found, owners
    long = list(compress(names, longer))
    found += _at_accounts(list(compress(accounts, longer)), long, [name[name.find(" ") + 1] for name in long])
    return found, [*owners, *compress(owners, longer)]


def _at_accounts(accounts: Sequence[int], names: Sequence[str], letters: Sequence[str]) -> list[int]:
    """For each account, name and letter a number: of the account, how the name begins, and the letter."""
    firsts, others = (
        array("I", "".join(told).translate(_HEARD).encode("utf-32-le"))
        for told in ([name[0] for name in names], letters)
    )
    return [account + _ACCOUNTS * one * other for account, one, other in zip(accounts, firsts, others, strict=True)]


class _Heard(dict[int, int]):
    """Letters, roughly as they are heard at the beginning of a word, by their codes; filled as they are met."""

    def __missing__(self, code: int) -> int:
        letter = key(chr(code))[:1] or chr(code)
        self[code] = ord(_ALIKE.get(letter, letter))
        return self[code]


_ALIKE: Final = {"c": "k", "q": "k", "y": "i", "w": "v", "f": "p"}  # as `ph` is
_HEARD: Final = _Heard()
_ACCOUNTS: Final = 1 << 32  # more than there are


def _turned(words: list[str]) -> Iterable[str]:
    """A name as it is compared, its words in every order; of very many in none but their own."""
    return {"".join(each) for each in permutations(words)} if len(words) <= _MOST_TURNED else ("".join(words),)
