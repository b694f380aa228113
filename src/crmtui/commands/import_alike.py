"""Accounts that rows name in another way: without the legal form, or one of several of the name, told by the domain."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from crmtui.exchange.mapping.meanings import ASIDE
from crmtui.method.namesakes import core, domain_of
from crmtui.text import key

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from crmtui.domain.checked import Checked
    from crmtui.exchange.mapping.drafts import Drafts
    from crmtui.store.unit import UnitOfWork


class Alike:
    """The accounts of a workspace by the cores of their names (`method.namesakes.core`), with their domains."""

    def __init__(self, unit: UnitOfWork) -> None:
        self._names: dict[int, str] = {}
        self._domains: dict[int, frozenset[str]] = {}
        self._by_core: defaultdict[str, list[int]] = defaultdict(list)
        self._by_domain: defaultdict[str, list[int]] = defaultdict(list)
        for account_id, name, website, email in unit.connection.execute("SELECT id, name, website, email FROM account"):
            self._names[account_id] = name
            self._domains[account_id] = frozenset(filter(None, (domain_of(website), domain_of(email))))
            self._by_core[core(name)].append(account_id)
            for domain in self._domains[account_id]:
                self._by_domain[domain].append(account_id)

    def of_domain(self, domain: str) -> int | None:
        """The one account of a domain; None where there is none, or several."""
        found = self._by_domain.get(domain, ())
        return found[0] if len(found) == 1 else None

    def find(self, name: str, domain: str) -> int | None:
        """The one account that a name means, seen with a domain ('' for none); None where that is not sure.

        A name with a legal form and one without mean the same if there is no other; two of the same core, or two
        with different forms, are told apart by the domain alone.
        """
        candidates = self._by_core.get(core(name), [])
        of_domain = [one for one in candidates if domain and domain in self._domains[one]]
        if len(of_domain) == 1:
            return of_domain[0]
        if len(candidates) == 1 and self._has_one_form(name, self._names[candidates[0]]):
            return candidates[0]
        return None

    @staticmethod
    def _has_one_form(one: str, other: str) -> bool:
        """Whether at most one of two names of the same core tells a legal form."""
        bare = key(core(one))
        return key(one) == bare or key(other) == bare


def domains(drafts: Drafts, names: Checked, wanted: Iterable[str]) -> Mapping[str, str]:
    """For some of the names the domain of the e-mail addresses in their rows, where all have the same."""
    mails = [column for name, column in drafts.asides.items() if ASIDE[name][0] == "person_email"]
    missing = set(wanted)
    found: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for column in mails:
        for name, mail in zip(names, column, strict=True):
            if name in missing and mail and (domain := domain_of(str(mail))):
                found[str(name)][domain] += 1
    return {name: next(iter(told)) for name, told in found.items() if len(told) == 1}
