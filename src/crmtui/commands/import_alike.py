"""Accounts that rows name in another way, told by a domain with the name, or by the name without its legal form."""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from itertools import chain
from sys import intern
from typing import TYPE_CHECKING, Final, cast

from crmtui.domain.words import EmailKind
from crmtui.exchange.mapping.meanings import ASIDE, MEANINGS
from crmtui.method.namesakes import are_alike, core, cores, domain_of, has_one_form, hosts, houses, label_of
from crmtui.store.writing.matching import SEVERAL
from crmtui.text import key, line

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from crmtui.domain.checked import Checked
    from crmtui.domain.values import Plain
    from crmtui.exchange.mapping.drafts import Drafts
    from crmtui.store.unit import UnitOfWork
    from crmtui.store.writing.matching import Index

Domains = tuple[str, ...]
_SITES: Final = frozenset(map(key, ("website", *MEANINGS["account"]["website"])))


class Called:
    """What a row calls a record; those of one file that say the same are one object, so that they are found quickly.

    Attributes:
        name: the name; '' for none.
        domains: those that the row tells, where they may decide which account of that name is meant.
    """

    __slots__ = ("domains", "name")

    def __init__(self, name: str, domains: Domains = ()) -> None:
        self.name = name
        self.domains = domains


class Calling(dict[str, Called]):
    """What the rows of one file call records of a table; filled as it is met."""

    def __init__(self) -> None:
        super().__init__()
        self._of_domains: dict[tuple[str, Domains], Called] = {}

    def __missing__(self, name: str) -> Called:
        self[name] = called = Called(name)
        return called

    def telling(self, name: str, domains: Domains) -> Called:
        """The same where domains may decide."""
        if not domains:
            return self[name]
        return self._of_domains.setdefault((name, domains), Called(name, domains))


class Alike:
    """The accounts of a workspace, as they are when it is asked for the first time, by their domains and names."""

    def __init__(self, unit: UnitOfWork) -> None:
        self._names: dict[int, str] = {}
        self._domains: dict[int, Domains] = {}
        self._by_domain: defaultdict[str, list[int]] = defaultdict(list)
        for account_id, name, website, email in unit.connection.execute("SELECT id, name, website, email FROM account"):
            self._names[account_id] = name
            if website or email:
                self._domains[account_id] = _domains((website, email))
                for domain in self._domains[account_id]:
                    self._by_domain[domain].append(account_id)

    def name(self, account_id: int) -> str:
        """What an account is called."""
        return self._names[account_id]

    def knows(self, domains: Domains) -> bool:
        """Whether some account has one of these domains."""
        return any(house in self._by_domain for domain in domains for house in houses(domain))

    def of_domain(self, name: str, domains: Domains, without: Iterable[int | None] = ()) -> int | None:
        """The one account of these domains whose name agrees best; one domain is not one company.

        The same name agrees best, then one that differs in the legal form that one of both leaves out, then one that
        differs in few letters; names with different legal forms do not agree. `without` are others, as is known.
        """
        having = {one for domain in domains for house in houses(domain) for one in self._by_domain.get(house, ())}
        having.difference_update(without)
        spelt = [one for one in having if self._names[one] == name]
        if len(spelt) == 1:  # as most are
            return spelt[0]
        agreeing = [one for one in having if has_one_form(name, self._names[one])]
        if not agreeing:
            return None
        bare = core(name)
        same = [one for one in agreeing if key(self._names[one]) == key(name)]
        cored = [one for one in agreeing if core(self._names[one]) == bare]
        best = same or cored or [one for one in agreeing if are_alike(bare, core(self._names[one]), companies=True)]
        return best[0] if len(best) == 1 else None

    def of_core(self, name: str, domains: Domains) -> int | None:
        """The one account whose name differs in the legal form that one of both leaves out, unless domains differ."""
        found = self._by_core.get(core(name), ())
        if len(found) != 1 or not has_one_form(name, self._names[found[0]]):
            return None
        known = self._domains.get(found[0], ())
        is_other = domains and known and set(map(label_of, domains)).isdisjoint(map(label_of, known))
        return None if is_other else found[0]

    def has_core(self, bare: str) -> bool:
        """Whether some account is called so, as `core` writes its name."""
        return bare in self._by_core

    @cached_property
    def _by_core(self) -> Mapping[str, Sequence[int]]:
        found: defaultdict[str, list[int]] = defaultdict(list)
        for account_id, bare in zip(self._names, cores(list(self._names.values())), strict=True):
            found[bare].append(account_id)
        return found


class CalledAccounts:
    """The accounts that rows of one file name: by domain with name, then by name.

    What was there before the file goes first, so that it does not matter which row comes before another.
    """

    def __init__(self, unit: UnitOfWork, index: Index) -> None:
        self.is_alone = not len(index)  # whether no account was there before the file, which might be meant
        self._unit = unit
        self._index = index
        self._added: set[str] = set()
        self._is_open: dict[str, bool] = {}  # by name
        self._is_known: dict[str, bool] = {}  # by host

    def deciding(self, names: Sequence[str], drafts: Drafts) -> dict[int, Domains]:
        """The domains of those rows where they may tell which account of its name is meant, by their places."""
        columns = [] if self.is_alone else hosts_of(drafts)
        if not columns:
            return {}
        self._learn(set(names), set(chain(*columns)))
        is_open = self._is_open if any(self._is_open.values()) else {}
        places = [place for place, name in enumerate(names) if is_open[name]] if is_open else []
        for column in columns if any(self._is_known.values()) else ():
            places += [place for place, host in enumerate(column) if self._is_known[host] and names[place]]
        return domains_of(drafts, places)

    def _learn(self, names: set[str], hosts: set[str]) -> None:
        """Whether names are those of no account, but may be but for their legal form; whether an account has hosts."""
        fresh = list(names - self._is_open.keys())
        for name, bare in zip(fresh, cores(list(map(line, fresh))), strict=True):
            self._is_open[name] = bool(name) and self._alike.has_core(bare) and not self._is_clear(name)
        for host in hosts - self._is_known.keys():
            self._is_known[host] = self._alike.knows(_domains((host,)))

    def find(self, name: str, domains: Domains = ()) -> int | None:
        """The account that a row names; SEVERAL where that is not clear, None where there is none."""
        found = self._alike.of_domain(name, domains) if domains and not self.is_alone else None
        if found is None and not (self.is_alone or self._is_clear(name)):
            found = self._alike.of_core(name, domains)
        return found or self._index.named(name)

    def note(self, name: str) -> None:
        """A row has added an account of that name."""
        self._added.add(key(name))

    def _is_clear(self, name: str) -> bool:
        """Whether one account was there that is called so."""
        return self._index.named(name) not in (None, SEVERAL) and key(name) not in self._added

    @cached_property
    def _alike(self) -> Alike:
        return Alike(self._unit)


def tells_domains(drafts: Drafts) -> bool:
    """Whether there is a column of websites or business e-mail addresses."""
    return bool(telling(drafts))


def domains_of(drafts: Drafts, places: Collection[int]) -> dict[int, Domains]:
    """The domains that rows tell, by their places: of a website, and of business e-mail addresses."""
    columns = telling(drafts)
    return {place: _domains([column[place] for column in columns]) for place in places}


def hosts_of(drafts: Drafts) -> list[list[str]]:
    """What tells the domain of each row, column by column; '' where one tells none."""
    columns = cast("Sequence[Sequence[str | None]]", telling(drafts))
    return [list(map(intern, hosts([cell or "" for cell in cells]))) for cells in columns]


def telling(drafts: Drafts) -> list[Checked]:
    """The columns of websites and business e-mail addresses."""
    columns = {**drafts.values, **drafts.asides, **drafts.customs}
    return [column for name, column in columns.items() if _tells_domain(name)]


def _tells_domain(column: str) -> bool:
    if column in ASIDE:
        table, _field, kind = ASIDE[column]
        return table == "person_email" and kind is EmailKind.WORK
    return key(column) in _SITES


def _domains(cells: Sequence[Plain]) -> Domains:
    return tuple(dict.fromkeys(domain for cell in cells if cell and (domain := domain_of(str(cell)))))
