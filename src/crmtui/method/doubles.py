"""Which records mean the same customer or the same person: pairs with a score, each with what speaks for it.

Every piece of evidence e says, taken alone, that two records are the same with probability p(e); together

    score = (1 - Π (1 - p(e))) · Π a(c)

over the evidence that is there and the contradictions c that are (noisy or; Pearl 1988, 4.3.2). The p and a are ours,
stated in `EVIDENCE` and `AGAINST`: published weights are those of one register (Fellegi & Sunter 1969 estimate them
from it). A telephone or domain that many share is a switchboard or a provider and says nothing; nor does a telephone
that two people of one account share whose names are those of two.

Which are compared at all, `blocking` says, and `namesakes` which names are alike.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from crmtui.domain.fields import Word
from crmtui.method import blocking
from crmtui.method.mailboxes import is_role
from crmtui.method.namesakes import are_alike, are_others
from crmtui.text import N_, key

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

LEAST: Final = 0.5  # a pair that scores less is not shown


class Evidence(Word):
    """What speaks for two records being the same."""

    EMAIL = "email", N_("the same e-mail address")
    PHONE = "phone", N_("the same telephone")
    DOMAIN = "domain", N_("the same domain")
    NAME = "name", N_("the same name")
    ALIKE = "alike", N_("names that are alike")
    PLACE = "place", N_("the same city")
    ACCOUNT = "account", N_("at the same account")


class Against(Word):
    """What speaks against it."""

    COUNTRY = "country", N_("different countries")
    ACCOUNT = "account", N_("at different accounts")
    NAME = "name", N_("different names")


EVIDENCE: Final[Mapping[Evidence, float]] = {
    Evidence.EMAIL: 0.85,
    Evidence.PHONE: 0.45,
    Evidence.DOMAIN: 0.55,
    Evidence.NAME: 0.65,
    Evidence.ALIKE: 0.45,
    Evidence.PLACE: 0.2,
    Evidence.ACCOUNT: 0.3,
}
SHARED_MAIL: Final = 0.5  # p(e) of the address of a department, or of a whole company
AGAINST: Final[Mapping[Against, float]] = {Against.COUNTRY: 0.7, Against.ACCOUNT: 0.75, Against.NAME: 0.65}


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """A record as it is compared.

    Attributes:
        id: its key.
        name: as it is written.
        mails: e-mail addresses.
        phones: telephones in E.164, `+390212345678`.
        domains: of the website; those of e-mail addresses are taken from `mails`.
        place: its city; '' where it is not known.
        country: '' where it is not known.
        account_id: whose person it is; 0 for accounts, and for people of none.
        family: keys of accounts that it is known to belong to, or that belong to it: a group is no double.
    """

    id: int
    name: str
    mails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    place: str = ""
    country: str = ""
    account_id: int = 0
    family: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Reason:
    """One piece of evidence.

    Attributes:
        evidence: of what kind.
        value: what is the same, as it is written.
        weight: p(e), 0 to 1.
    """

    evidence: Evidence
    value: str
    weight: float


@dataclass(frozen=True, slots=True)
class Pair:
    """Two records that may be the same.

    Attributes:
        one: the key of the older record.
        other: the key of the newer one.
        score: 0 to 1.
        reasons: what speaks for it, the strongest first.
        against: what speaks against it.
    """

    one: int
    other: int
    score: float
    reasons: tuple[Reason, ...]
    against: tuple[Against, ...]


def pairs(
    parties: Sequence[Party], distinct: Iterable[tuple[int, int]] = (), least: float = LEAST, *, companies: bool = True
) -> tuple[Pair, ...]:
    """All pairs that score at least `least`, the likeliest first.

    Args:
        parties: accounts, or people.
        distinct: pairs of keys that somebody said are not the same, the smaller key first.
        least: 0 to 1.
        companies: whether they are accounts, of whose names the legal form is no part.
    """
    settled = set(distinct)
    compared = _Compared(parties, companies=companies)
    found = []
    for one, other in compared.worthwhile():
        if (one, other) not in settled:
            pair = compared.pair(one, other)
            if pair.score >= least:
                found.append(pair)
    return tuple(sorted(found, key=lambda pair: (-pair.score, pair.one, pair.other)))


def weighed(
    parties: Sequence[Party], wanted: Iterable[tuple[int, int]], nobodys: frozenset[str], *, companies: bool
) -> Iterator[Pair]:
    """Some pairs, whatever they score.

    Args:
        parties: those that the pairs are of.
        wanted: the keys of two each, the older first.
        nobodys: telephones and domains that so many have that they say nothing.
        companies: whether they are accounts.
    """
    compared = _Compared(parties, companies=companies, nobodys=nobodys)
    return (compared.pair(one, other) for one, other in wanted)


def groups(found: Iterable[Pair]) -> tuple[tuple[int, ...], ...]:
    """Keys of records that hang together by pairs, each group in order of its keys."""
    leads: dict[int, int] = {}

    def root(member: int) -> int:
        while leads.setdefault(member, member) != member:
            leads[member] = leads[leads[member]]
            member = leads[member]
        return member

    for pair in found:
        first, second = sorted((root(pair.one), root(pair.other)))
        leads[second] = first
    members: defaultdict[int, list[int]] = defaultdict(list)
    for member in sorted(leads):
        members[root(member)].append(member)
    return tuple(tuple(group) for group in members.values())


class _Compared:
    """The records with what they are compared by."""

    def __init__(self, parties: Sequence[Party], *, companies: bool, nobodys: frozenset[str] | None = None) -> None:
        self._companies = companies
        self._parties = {party.id: party for party in parties}
        self._traits = {party.id: blocking.traits(party, companies=companies) for party in parties}
        self._nobodys = blocking.shared(self._traits) if nobodys is None else nobodys

    def worthwhile(self) -> Iterator[tuple[int, int]]:
        """Pairs of keys worth a comparison, each once, the smaller key first."""
        return blocking.pairs(self._traits, self._nobodys, companies=self._companies)

    def pair(self, one: int, other: int) -> Pair:
        """What speaks for and against these two."""
        first, second = self._parties[one], self._parties[other]
        if other in first.family or one in second.family:
            return Pair(one, other, 0.0, (), ())
        reasons = sorted(self._reasons(first, second), key=lambda reason: -reason.weight)
        against = tuple(self._against(first, second))
        doubt = 1.0
        for reason in reasons:
            doubt *= 1 - reason.weight
        score = 1 - doubt
        if not any(reason.evidence in _TELLING for reason in reasons):
            score = 0.0  # the same city alone is no reason
        for contradiction in against:
            score *= AGAINST[contradiction]
        return Pair(one, other, score, tuple(reasons), against)

    def _reasons(self, first: Party, second: Party) -> Iterator[Reason]:
        one, other = self._traits[first.id], self._traits[second.id]
        is_own = self._companies or not all(map(is_role, one.mails & other.mails))
        if common := one.mails & other.mails:
            weight = EVIDENCE[Evidence.EMAIL] if is_own else SHARED_MAIL
            yield Reason(Evidence.EMAIL, min(common), weight)
        phones = set[str]() if self._are_colleagues(first, second) else (one.phones & other.phones) - self._nobodys
        domains = (one.domains & other.domains) - self._nobodys
        for evidence, shared in ((Evidence.PHONE, phones), (Evidence.DOMAIN, domains)):
            if shared:
                yield Reason(evidence, ", ".join(sorted(shared)), EVIDENCE[evidence])
        if one.name and one.name == other.name:
            yield Reason(Evidence.NAME, first.name, EVIDENCE[Evidence.NAME])
        elif one.name and other.name and are_alike(one.name, other.name, companies=self._companies):
            yield Reason(Evidence.ALIKE, second.name, EVIDENCE[Evidence.ALIKE])
        if first.place and key(first.place) == key(second.place):
            yield Reason(Evidence.PLACE, first.place, EVIDENCE[Evidence.PLACE])
        if first.account_id and first.account_id == second.account_id:
            yield Reason(Evidence.ACCOUNT, "", EVIDENCE[Evidence.ACCOUNT])

    def _are_others(self, first: Party, second: Party) -> bool:
        """Whether these are people whose names are those of two."""
        return not self._companies and are_others(self._traits[first.id].name, self._traits[second.id].name)

    def _are_colleagues(self, first: Party, second: Party) -> bool:
        """Whether these are two people of one account, who share its telephone."""
        return first.account_id == second.account_id != 0 and self._are_others(first, second)

    def _against(self, first: Party, second: Party) -> Iterator[Against]:
        if first.country and second.country and key(first.country) != key(second.country):
            yield Against.COUNTRY
        if first.account_id and second.account_id and first.account_id != second.account_id:
            yield Against.ACCOUNT
        if self._are_others(first, second):
            yield Against.NAME


_TELLING: Final = frozenset({Evidence.EMAIL, Evidence.PHONE, Evidence.DOMAIN, Evidence.NAME, Evidence.ALIKE})
