"""New rows that may mean a record that is there: told, so that two of one customer are not found out later.

They are compared as `method.doubles` compares records, and told from a lower score on, as who imports looks at them
anyway.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final, NamedTuple

from crmtui.commands.import_there import AccountsThere, PeopleThere
from crmtui.exchange.mapping.meanings import ASIDE
from crmtui.method import doubles as method
from crmtui.method.blocking import tail
from crmtui.method.doubles import EVIDENCE, Evidence
from crmtui.queries.doubles_told import against, party, reasons
from crmtui.store.reading import doubles as rows
from crmtui.store.reading.doubles import Compared
from crmtui.text import _, key

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

    from crmtui.commands.import_there import Found, Owners
    from crmtui.exchange.mapping.drafts import Drafts
    from crmtui.store.unit import UnitOfWork
    from crmtui.store.writing.matching import Index

LEAST: Final = 0.4  # names that are alike, and namesakes at two accounts, are told too


class Suspect(NamedTuple):
    """A record that a row may mean.

    Attributes:
        record_id: the record; `matching.SEVERAL` where there are more.
        other: what it is called.
        score: 0 to 1.
        reasons: what speaks for it, in words, the strongest first.
        against: what speaks against it, in words.
    """

    record_id: int
    other: str
    score: float
    reasons: tuple[str, ...]
    against: tuple[str, ...] = ()


class Doubts:
    """The records that were there before a file, as new rows may mean them.

    Args:
        unit: the unit of work.
        index: the records by name, before any row was written.
    """

    def __init__(self, unit: UnitOfWork, index: Index) -> None:
        self._unit = unit
        self._find = self._finder(index) if len(index) else None

    def _finder(self, index: Index) -> Callable[[Drafts, Sequence[int]], dict[int, Suspect]] | None:
        if index.table == "account":
            accounts = Accounts(self._unit)
            return lambda drafts, places: accounts.find(_accounts(drafts, places), drafts.links.get("parent_id"))
        if index.table == "person":
            there = PeopleThere(self._unit, index)
            return lambda drafts, places: self._people(there, drafts, places)
        if index.table == "opportunity":
            known = dict(index.places())
            return lambda drafts, places: dict(_opportunities(known, drafts, places))
        return None

    def find(self, drafts: Drafts, places: Sequence[int]) -> dict[int, Suspect]:
        """For the places of new rows the record that each may mean, where there is one."""
        return self._find(drafts, places) if self._find else {}

    def _people(self, there: PeopleThere, drafts: Drafts, places: Sequence[int]) -> dict[int, Suspect]:
        found = there.find(drafts, places)
        if not found:
            return {}
        told = {place: _person(drafts, place) for place in {place for place, _record in found}}
        connection = self._unit.connection
        known = {one.id: one for one in rows.people(connection, {record_id for _place, record_id in found})}
        countries = rows.countries(connection, {one.account_id for one in told.values() if not one.country})
        told = {
            place: replace(one, country=one.country or countries.get(one.account_id, "")) for place, one in told.items()
        }
        return _likeliest(told, known, found, [there.phones], companies=False)


class Accounts:
    """The accounts that are there, as others may mean them."""

    def __init__(self, unit: UnitOfWork) -> None:
        self._unit = unit
        self._there = AccountsThere(unit)

    def find(self, told: Mapping[int, Compared], parents: Sequence[object] | None = None) -> dict[int, Suspect]:
        """For some accounts to be, by their places, the account that each may mean; a group and its part are two.

        Args:
            told: the accounts to be.
            parents: what accounts are part of, by their places.
        """
        found = self._there.find(told.items())
        if not found:
            return {}
        known = {one.id: one for one in rows.accounts(self._unit.connection, {record for _place, record in found})}
        if parents is not None:
            found = {
                (place, record)
                for place, record in found
                if not parents[place] or key(str(parents[place])) != key(known[record].name)
            }
        return _likeliest(told, known, found, [self._there.phones, self._there.domains], companies=True)


def _likeliest(
    told: Mapping[int, Compared],
    known: Mapping[int, Compared],
    found: Found,
    owners: Sequence[Owners],
    *,
    companies: bool,
) -> dict[int, Suspect]:
    """For each place the record that scores most, the older one where two do."""
    phones, nobodys = owners[0], set()
    parties = [party(_dialled(one, phones)) for one in (*told.values(), *known.values())]
    for one in parties:
        nobodys |= {number for number in one.phones if phones.is_nobodys(tail(number))}
    nobodys |= set().union(*(domains.nobodys() for domains in owners[1:]))
    best: dict[int, method.Pair] = {}
    wanted = sorted((record_id, told[place].id) for place, record_id in found)
    for pair in method.weighed(parties, wanted, frozenset(nobodys), companies=companies):
        place = as_row(pair.other)
        if pair.score >= LEAST and (place not in best or best[place].score < pair.score):
            best[place] = pair
    return {
        place: Suspect(pair.one, known[pair.one].name, pair.score, reasons(pair), against(pair))
        for place, pair in sorted(best.items())
    }


def _dialled(one: Compared, phones: Owners) -> Compared:
    """Without telephones that nobody shares: to read them in E.164 takes long."""
    return replace(one, phones=tuple(number for number in one.phones if phones.is_told(tail(number))))


def as_row(place: int) -> int:
    """The key by which the row of a place is compared, which no record has; of such a key, the place."""
    return -1 - place


def _accounts(drafts: Drafts, places: Sequence[int]) -> dict[int, Compared]:
    columns = [drafts.column(name) for name in ("name", "website", "email", "phone", "city", "country")]
    found = {}
    for place in places:
        name, website, email, phone, city, country = (str(column[place] or "") for column in columns)
        found[place] = Compared(
            id=as_row(place),
            name=name,
            mails=(email,) if email else (),
            phones=(phone,) if phone else (),
            website=website,
            city=city,
            country=country,
        )
    return found


def _person(drafts: Drafts, place: int) -> Compared:
    cells = {"person_email": list[str](), "person_phone": list[str]()}
    for name, column in drafts.asides.items():
        if column[place]:
            cells[ASIDE[name][0]].append(str(column[place]))
    return Compared(
        id=as_row(place),
        name=str(drafts.column("name")[place]),
        mails=tuple(cells["person_email"]),
        phones=tuple(cells["person_phone"]),
        city=str(drafts.column("city")[place] or ""),
        country=str(drafts.column("country")[place] or ""),
        account_id=int(drafts.column("account_id")[place] or 0),
    )


def _opportunities(
    known: Mapping[tuple[str, int], int], drafts: Drafts, places: Collection[int]
) -> Iterator[tuple[int, Suspect]]:
    """Of the same name at the same account: opportunities of many accounts are called alike."""
    names, accounts = drafts.column("name"), drafts.column("account_id")
    evidence = (Evidence.NAME, Evidence.ACCOUNT)
    score = 1 - (1 - EVIDENCE[evidence[0]]) * (1 - EVIDENCE[evidence[1]])
    told = tuple(_(one.label) for one in evidence)
    for place in places:
        if record_id := known.get((drafts.keys[place], int(accounts[place] or 0))):
            yield place, Suspect(record_id, str(names[place]), score, told)
