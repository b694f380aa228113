"""Which records are worth a comparison: those that share a key (blocking; Newcombe & Kennedy 1962).

Comparing all with all would take n²/2 comparisons. So only those are compared that share an e-mail address, a
telephone, a domain, or how their name is heard; companies also that share the beginning or the end of it, as a slip
in a long name leaves one of them; people of one account, and of none, also that share a word of their names. Where more
than `BLOCK` share a name, or a part of one, those are not compared for it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from itertools import combinations
from typing import TYPE_CHECKING, Final, NamedTuple

from crmtui.method.namesakes import core, domain_of, sound, turned

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from crmtui.method.doubles import Party

SHARED: Final = 12  # records with one telephone or domain; where there are more it is nobody's own
BLOCK: Final = 60  # records of which each is compared with each
END: Final = 4  # letters of the beginning, and of the end, of a name
_LEAST_DIGITS: Final = 7  # of a telephone number
_LEAST_LETTERS: Final = 2  # of a word of a person's name
_NO_DIGIT: Final = re.compile(r"[^\d\n]+")
_NO_DIGITS: Final = {code: None for code in range(128) if not chr(code).isdigit() and chr(code) != "\n"}
Key = tuple[str, str, int]  # what it is, how it is written, and the account within which it counts; 0 for everywhere


def tail(number: str) -> str:
    """The last digits of a telephone, which are the same however it is written; '' where there are too few."""
    return tails(number)[0]


def tails(numbers: str) -> list[str]:
    """The last digits of each of many telephones, one a line."""
    digits = numbers.translate(_NO_DIGITS) if numbers.isascii() else _NO_DIGIT.sub("", numbers)
    return [one[-_LEAST_DIGITS:] if len(one) >= _LEAST_DIGITS else "" for one in digits.split("\n")]


class Traits(NamedTuple):
    """What a record is compared by.

    Attributes:
        name: as `core` or `turned` writes it.
        mails: e-mail addresses in lower case.
        phones: telephones in E.164, those that are too short left out.
        domains: of companies.
        account_id: whose person it is; 0 for none.
    """

    name: str
    mails: frozenset[str]
    phones: frozenset[str]
    domains: frozenset[str]
    account_id: int


def traits(party: Party, *, companies: bool) -> Traits:
    """What a record is compared by."""
    domains = map(domain_of, (*party.domains, *party.mails)) if companies else ()
    return Traits(
        core(party.name) if companies else turned(party.name),
        frozenset(mail.strip().lower() for mail in party.mails if mail),
        frozenset(number for number in party.phones if len(number) > _LEAST_DIGITS),
        frozenset(filter(None, domains)),
        party.account_id,
    )


def shared(known: Mapping[int, Traits]) -> frozenset[str]:
    """Telephones and domains that so many records have that they are nobody's own."""
    having: defaultdict[str, int] = defaultdict(int)
    for one in known.values():
        for value in one.phones | one.domains:
            having[value] += 1
    return frozenset(value for value, count in having.items() if count > SHARED)


def pairs(known: Mapping[int, Traits], nobodys: frozenset[str], *, companies: bool) -> Iterator[tuple[int, int]]:
    """Pairs of keys worth a comparison, each once, the smaller key first.

    Args:
        known: the records by their keys.
        nobodys: telephones and domains that say nothing.
        companies: whether they are accounts.
    """
    blocks: defaultdict[Key, list[int]] = defaultdict(list)
    for number, one in known.items():
        for value in (one.mails | one.phones | one.domains) - nobodys:
            blocks["", value, 0].append(number)
        for key in names_of_company(one.name) if companies else names_of_person(one.name, one.account_id):
            blocks[key].append(number)
    seen: set[tuple[int, int]] = set()
    for block in blocks.values():
        if 1 < len(block) <= BLOCK:
            yield from _fresh(block, seen)


def _fresh(block: Sequence[int], seen: set[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    for pair in combinations(sorted(block), 2):
        if pair not in seen:
            seen.add(pair)
            yield pair


def names_of_company(name: str) -> set[Key]:
    """The keys under which a company's name, as `core` writes it, is looked for."""
    letters = name.replace(" ", "")
    return {("n", name, 0), ("s", sound(name), 0), ("b", letters[:END], 0), ("e", letters[-END:], 0)}


def names_of_person(name: str, account_id: int) -> set[Key]:
    """The keys under which a person's name, as `turned` writes it, is looked for: everywhere, and at their account."""
    heard = sound(name)
    words = {("w", word, account_id) for word in name.split() if len(word) >= _LEAST_LETTERS}
    return {("s", heard, 0), ("h", heard, account_id), ("b", name.replace(" ", "")[:END], account_id)} | words
