"""Which account an entry of a calendar may be of that names none: by the domain of an address, or by its title."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, Final, NamedTuple

from crmtui.method.namesakes import core, domain_of, houses, words_of
from crmtui.text import _, key, line

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from crmtui.exchange.entries import Entry
    from crmtui.store.unit import UnitOfWork

_LEAST_WORDS: Final = 2
_UNLIKE_A_WORD: Final = re.compile(r"\d|[a-z][A-Z]")  # a number, or a capital within a word


class Guess(NamedTuple):
    """An account that an entry may be of.

    Attributes:
        account_id: the account.
        name: what it is called.
        reason: what speaks for it, in words.
    """

    account_id: int
    name: str
    reason: str


class Guessing:
    """The accounts of a workspace, by the domains and the words by which an entry may mean them."""

    def __init__(self, unit: UnitOfWork) -> None:
        self._names: dict[int, str] = {}
        self._by_domain: defaultdict[str, set[int]] = defaultdict(set)
        self._by_word: defaultdict[str, set[tuple[tuple[str, ...], int]]] = defaultdict(set)
        for account_id, name, website, email in unit.connection.execute("SELECT id, name, website, email FROM account"):
            self._names[account_id] = name
            for domain in {domain_of(website), domain_of(email)} - {""}:
                self._by_domain[domain].add(account_id)
            for words in _tellings(name):
                self._by_word[words[0]].add((words, account_id))

    def of(self, entry: Entry, ours: Collection[str], *, are_known: bool) -> Guess | None:
        """The one account of the domains of its addresses, or else whose whole name its title or place has.

        Args:
            entry: it.
            ours: addresses that say nothing, since they are ours.
            are_known: whether people who are here are in it.
        """
        mails = [mail for mail in entry.mails if mail not in ours]
        having = {one for mail in mails for one in self._at_domain(mail)}
        if len(having) == 1:
            named = ", ".join(mail for mail in mails if self._at_domain(mail))
            told = (
                _("{address} is at its domain")
                if are_known
                else _("{address} is at its domain, and leads to nobody here")
            )
            return self._guess(having, told.format(address=named))
        called = self._called((entry.summary, entry.location))
        if len(called) == 1:
            return self._guess(called, _("its name is in the title or the place"))
        return None

    def at_domain(self, address: str) -> str:
        """What the one account is called at whose domain an address is; '' where there is none, or several are."""
        having = self._at_domain(address)
        return self._names[next(iter(having))] if len(having) == 1 else ""

    def _at_domain(self, address: str) -> set[int]:
        return {one for house in houses(domain_of(address)) for one in self._by_domain.get(house, ())}

    def _guess(self, found: Iterable[int], reason: str) -> Guess:
        (account_id,) = found
        return Guess(account_id, self._names[account_id], reason)

    def _called(self, texts: Iterable[str]) -> set[int]:
        """The accounts whose names stand in texts, without those whose names are part of longer ones there."""
        found = {one for text in texts for one in self._named_in(_words(text))}
        return {
            account
            for words, account in found
            if not any(_has(more, words) for more, _account in found if more != words)
        }

    def _named_in(self, words: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], int]]:
        for place, word in enumerate(words):
            for named, account_id in self._by_word.get(word, ()):
                if words[place : place + len(named)] == named:
                    yield named, account_id


def _tellings(name: str) -> set[tuple[str, ...]]:
    """The words of a name, with its legal form and without it, that no ordinary text has by chance."""
    whole, bare = _words(name), tuple(core(name).split())
    told = {words for words in (whole, bare) if len(words) >= _LEAST_WORDS}
    is_unlike = len(bare) == 1 and any(_UNLIKE_A_WORD.search(word) for word in name.split() if key(word) == bare[0])
    return told | {bare} if is_unlike else told


def _words(text: str) -> tuple[str, ...]:
    """The words of a text as they are compared; `S.p.A.` is one."""
    (found,) = words_of([line(text).replace(".", "").replace("'", "")])
    return tuple(found)


def _has(longer: tuple[str, ...], words: tuple[str, ...]) -> bool:
    return any(longer[place : place + len(words)] == words for place in range(len(longer)))
