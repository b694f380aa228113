"""Which records mean the same customer or the same person: pairs with a score, each with what speaks for it.

Every piece of evidence e says, taken alone, that two records are the same with probability p(e); together

    score = (1 - Π (1 - p(e))) · Π a(c)

over the evidence that is there and the contradictions c that are (noisy or; Pearl 1988, 4.3.2). The p and a are ours,
stated in `EVIDENCE` and `AGAINST`: published weights are those of one register (Fellegi & Sunter 1969 estimate them
from it). A telephone or domain that many share is a switchboard or a provider and says nothing.

Comparing all with all would take n²/2 comparisons, so only those are compared that share an e-mail address, a
telephone, a domain, a name, or the beginning of a name (blocking; Newcombe & Kennedy 1962). Where more than `_BLOCK`
share the beginning of a name, names that are alike are not looked for.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from typing import TYPE_CHECKING, Final

from crmtui.domain.fields import Word
from crmtui.text import N_, key

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

LEAST: Final = 0.5  # a pair that scores less is not shown
_SHARED: Final = 12  # records with one telephone or domain; where there are more it is nobody's own
_BLOCK: Final = 60  # records of which each is compared with each for names that are alike
_ALIKE: Final = 90.0  # of 100: least likeness of two names that are alike
_BEGINNING: Final = 4  # letters of a name by which alike ones are looked for
_LEAST_DIGITS: Final = 7  # of a telephone number

# What says who owns a company and not which it is; as `key` writes them.
_FORMS: Final = """spa srl srls sapa snc sas ss scarl scrl gmbh mbh ag kg ohg kgaa ug ev ltd limited plc llp llc inc
    incorporated corp corporation co company sa sarl sasu eurl bv nv vof oy oyj ab as asa aps sl slu sau lda sro kft zrt
    doo dd sp zoo pty pte pvt"""
_LEGAL_FORMS: Final = frozenset(_FORMS.split())
_MAILBOXES: Final = """gmail.com googlemail.com outlook.com hotmail.com hotmail.it live.com msn.com yahoo.com yahoo.it
    icloud.com me.com aol.com gmx.de gmx.net web.de t-online.de libero.it virgilio.it tiscali.it alice.it tin.it
    email.it fastwebnet.it orange.fr wanadoo.fr free.fr laposte.net proton.me protonmail.com pec.it legalmail.it
    mail.com"""
_PROVIDERS: Final = frozenset(_MAILBOXES.split())
_WORD: Final = re.compile(r"[\W_]+")


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


EVIDENCE: Final[Mapping[Evidence, float]] = {
    Evidence.EMAIL: 0.85,
    Evidence.PHONE: 0.45,
    Evidence.DOMAIN: 0.55,
    Evidence.NAME: 0.65,
    Evidence.ALIKE: 0.45,
    Evidence.PLACE: 0.2,
    Evidence.ACCOUNT: 0.3,
}
AGAINST: Final[Mapping[Against, float]] = {Against.COUNTRY: 0.7, Against.ACCOUNT: 0.75}


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


def core(name: str) -> str:
    """A company's name as it is compared: without its legal form, case, accents and signs (`Acme S.p.A.` is `acme`).

    A name that is nothing but a legal form stays.
    """
    words = [key(word) for word in _WORD.split(name.replace(".", "").replace("'", ""))]
    return " ".join(word for word in words if word and word not in _LEGAL_FORMS) or " ".join(filter(None, words))


def domain_of(text: str) -> str:
    """The domain of a website or an e-mail address, without `www.`; '' for none and for providers of mailboxes."""
    host = re.sub(r"^[a-z][a-z0-9+.-]*://", "", text.strip().lower())
    host = re.split(r"[/?#]", host, maxsplit=1)[0].rpartition("@")[2].partition(":")[0].removeprefix("www.").strip(".")
    return host if "." in host and host not in _PROVIDERS else ""


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
    for one, other in compared.candidates():
        if (one, other) not in settled:
            pair = compared.pair(one, other)
            if pair.score >= least:
                found.append(pair)
    return tuple(sorted(found, key=lambda pair: (-pair.score, pair.one, pair.other)))


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

    def __init__(self, parties: Sequence[Party], *, companies: bool) -> None:
        self._companies = companies
        self._parties = {party.id: party for party in parties}
        self._cores = {party.id: core(party.name) if companies else _sorted(party.name) for party in parties}
        self._domains = {party.id: _domains(party) if companies else frozenset[str]() for party in parties}
        self._mails = {party.id: frozenset(mail.strip().lower() for mail in party.mails if mail) for party in parties}
        self._shared: set[str] = set()

    def candidates(self) -> Iterator[tuple[int, int]]:
        """Pairs of keys worth a comparison, each once, the smaller key first."""
        seen: set[tuple[int, int]] = set()
        for block in self._blocks():
            for pair in combinations(sorted(block), 2):
                if pair not in seen:
                    seen.add(pair)
                    yield pair

    def _blocks(self) -> Iterator[Sequence[int]]:
        exact: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
        near: defaultdict[tuple[str, int], list[int]] = defaultdict(list)
        for number, party in self._parties.items():
            for kind, values in (("@", self._mails[number]), ("+", _phones(party)), ("d", self._domains[number])):
                for value in values:
                    exact[kind, value].append(number)
            name = self._cores[number]
            exact["n", name if self._companies else f"{name}|{party.account_id}"].append(number)
            near[name.replace(" ", "")[:_BEGINNING], party.account_id].append(number)
        for (kind, value), block in exact.items():
            if kind in "+d" and len(block) > _SHARED:
                self._shared.add(value)
        for (_kind, value), block in exact.items():
            if 1 < len(block) <= _BLOCK and value not in self._shared:
                yield block
        for block in near.values():
            if 1 < len(block) <= _BLOCK:
                yield block

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
        for evidence, common in (
            (Evidence.EMAIL, self._mails[first.id] & self._mails[second.id]),
            (Evidence.PHONE, (_phones(first) & _phones(second)) - self._shared),
            (Evidence.DOMAIN, (self._domains[first.id] & self._domains[second.id]) - self._shared),
        ):
            if common:
                yield Reason(evidence, min(common), EVIDENCE[evidence])
        one, other = self._cores[first.id], self._cores[second.id]
        if one and one == other:
            yield Reason(Evidence.NAME, first.name, EVIDENCE[Evidence.NAME])
        elif one and other and _likeness(one, other) >= _ALIKE:
            yield Reason(Evidence.ALIKE, second.name, EVIDENCE[Evidence.ALIKE])
        if first.place and key(first.place) == key(second.place):
            yield Reason(Evidence.PLACE, first.place, EVIDENCE[Evidence.PLACE])
        if first.account_id and first.account_id == second.account_id:
            yield Reason(Evidence.ACCOUNT, "", EVIDENCE[Evidence.ACCOUNT])

    def _against(self, first: Party, second: Party) -> Iterator[Against]:
        if first.country and second.country and key(first.country) != key(second.country):
            yield Against.COUNTRY
        if first.account_id and second.account_id and first.account_id != second.account_id:
            yield Against.ACCOUNT


_TELLING: Final = frozenset({Evidence.EMAIL, Evidence.PHONE, Evidence.DOMAIN, Evidence.NAME, Evidence.ALIKE})


def _sorted(name: str) -> str:
    """A person's name whichever of its parts comes first."""
    return " ".join(sorted(filter(None, (key(word) for word in _WORD.split(name)))))


def _phones(party: Party) -> frozenset[str]:
    return frozenset(number for number in party.phones if len(number) > _LEAST_DIGITS)


def _domains(party: Party) -> frozenset[str]:
    return frozenset(filter(None, map(domain_of, (*party.domains, *party.mails))))


@lru_cache(maxsize=65_536)
def _likeness(one: str, other: str) -> float:
    from rapidfuzz import fuzz

    return fuzz.ratio(one, other)
