"""New rows that may mean a record that is there: told, so that two of one customer are not found out later."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from crmtui.commands.import_alike import Alike
from crmtui.domain.fields import Word
from crmtui.method.namesakes import domain_of
from crmtui.text import N_

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from crmtui.exchange.mapping.drafts import Drafts
    from crmtui.store.unit import UnitOfWork
    from crmtui.store.writing.matching import Index


class Likeness(Word):
    """Why a row may mean a record."""

    NAME = "name", N_("the same name but for the legal form")
    DOMAIN = "domain", N_("the same domain")
    ELSEWHERE = "elsewhere", N_("the same name at another account")
    HERE = "here", N_("the same name at the same account")


class Suspect(NamedTuple):
    """A record that a row may mean.

    Attributes:
        record_id: the record; `matching.SEVERAL` where there are more.
        likeness: why.
    """

    record_id: int
    likeness: Likeness


class Doubts:
    """The records that were there before a file, as new rows may mean them.

    Args:
        unit: the unit of work.
        index: the records by name, before any row was written.
    """

    def __init__(self, unit: UnitOfWork, index: Index) -> None:
        self._unit = unit
        self._find = self._finder(index) if len(index) else None

    def _finder(self, index: Index) -> Callable[[Drafts, Sequence[int]], Iterator[tuple[int, Suspect]]] | None:
        if index.table == "account":
            alike = Alike(self._unit)
            return lambda drafts, places: _accounts(alike, drafts, places)
        if index.table in ("person", "opportunity"):
            known: defaultdict[str, dict[int, int]] = defaultdict(dict)
            for (name_key, within), record_id in index.places():
                known[name_key][within] = record_id
            elsewhere = index.table == "person"
            return lambda drafts, places: _named(known, drafts, places, elsewhere=elsewhere)
        return None

    def find(self, drafts: Drafts, places: Sequence[int]) -> dict[int, Suspect]:
        """For the places of new rows the record that each may mean, where there is one."""
        return dict(self._find(drafts, places)) if self._find else {}


def _accounts(alike: Alike, drafts: Drafts, places: Sequence[int]) -> Iterator[tuple[int, Suspect]]:
    names, sites, mails = map(drafts.column, ("name", "website", "email"))
    for place in places:
        if (record_id := alike.of_core(str(names[place]))) is not None:
            yield place, Suspect(record_id, Likeness.NAME)
            continue
        for told in (sites[place], mails[place]):
            domain = domain_of(str(told)) if told else ""
            if domain and (record_id := alike.of_domain(domain)) is not None:
                yield place, Suspect(record_id, Likeness.DOMAIN)
                break


def _named(
    known: Mapping[str, Mapping[int, int]], drafts: Drafts, places: Sequence[int], *, elsewhere: bool
) -> Iterator[tuple[int, Suspect]]:
    """Of the same name at the same account, or anywhere: opportunities of many accounts are called alike."""
    accounts = drafts.column("account_id")
    for place in places:
        if others := known.get(drafts.keys[place]):
            within = int(accounts[place] or 0)
            if within in others:
                yield place, Suspect(others[within], Likeness.HERE)
            elif elsewhere:
                yield place, Suspect(next(iter(others.values())), Likeness.ELSEWHERE)
