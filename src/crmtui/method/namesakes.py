"""Names and domains as they are compared: what two ways of writing the same have in common."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from crmtui.text import key

_ALIKE: Final = 90.0  # of 100: least likeness of two names that are alike

# What says who owns a company and not which it is; as `key` writes them.
_FORMS: Final = """spa srl srls sapa snc sas ss scarl scrl gmbh mbh ag kg ohg kgaa ug ev ltd limited plc llp llc inc
    incorporated corp corporation co company sa sarl sasu eurl bv nv vof oy oyj ab as asa aps sl slu sau lda sro kft zrt
    doo dd sp zoo pty pte pvt"""
_LEGAL_FORMS: Final = frozenset(_FORMS.split())
_WRITTEN_OUT: Final = {"limited": "ltd", "incorporated": "inc", "corporation": "corp", "company": "co", "mbh": "gmbh"}
_MAILBOXES: Final = """gmail.com googlemail.com outlook.com hotmail.com hotmail.it live.com msn.com yahoo.com yahoo.it
    icloud.com me.com aol.com gmx.de gmx.net web.de t-online.de libero.it virgilio.it tiscali.it alice.it tin.it
    email.it fastwebnet.it orange.fr wanadoo.fr free.fr laposte.net proton.me protonmail.com pec.it legalmail.it
    mail.com mac.com inwind.it iol.it arubapec.it sfr.fr bluewin.ch btinternet.com comcast.net verizon.net att.net
    qq.com 163.com 126.com mail.ru ymail.com zoho.com fastmail.com hey.com tutanota.com uol.com.br bol.com.br"""
# Providers of mailboxes under the domains of many countries.
_EVERYWHERE: Final = frozenset({"gmail", "googlemail", "outlook", "hotmail", "live", "yahoo", "gmx", "yandex"})
# Where everybody has a page.
_PAGES: Final = """facebook.com linkedin.com instagram.com twitter.com x.com youtube.com xing.com tiktok.com
    sites.google.com linktr.ee"""
_SECOND: Final = frozenset(["co", "com", "org", "net", "gov", "edu", "ac", "or", "ne"])  # before the country: `co.uk`
_LEAST: Final = 2  # labels of a domain
_PROVIDERS: Final = frozenset((*_MAILBOXES.split(), *_PAGES.split()))
_BEHIND_A_HOST: Final = frozenset("/?#")
_WORD: Final = re.compile(r"[\W_]+")
_DIGIT: Final = re.compile(r"\D+")
_HEARD: Final = str.maketrans({"c": "k", "q": "k", "y": "i", "w": "v", "h": None})
_WRITTEN: Final = (("ph", "f"), ("ae", "a"), ("oe", "o"), ("ue", "u"))
_DOUBLED: Final = re.compile(r"([^\W\d])\1+")


def core(name: str) -> str:
    """A company's name as it is compared: without its legal form, case, accents and signs (`Acme S.p.A.` is `acme`).

    A name that is nothing but a legal form stays.
    """
    words = [key(word) for word in _WORD.split(name.replace(".", "").replace("'", ""))]
    return " ".join(word for word in words if word and word not in _LEGAL_FORMS) or " ".join(filter(None, words))


def has_one_form(one: str, other: str) -> bool:
    """Whether two names of companies tell the same legal form, or one of both leaves out what the other tells."""
    mine, theirs = _forms(one), _forms(other)
    return mine <= theirs or theirs <= mine


def _forms(name: str) -> frozenset[str]:
    """The legal forms in a name."""
    words = [key(word) for word in _WORD.split(name.replace(".", "").replace("'", ""))]
    return frozenset(_WRITTEN_OUT.get(word, word) for word in words if word in _LEGAL_FORMS)


def turned(name: str) -> str:
    """A person's name whichever of its parts comes first: `Conti, Carla` is `carla conti`."""
    return " ".join(sorted(filter(None, (key(word) for word in _WORD.split(name)))))


def domain_of(text: str) -> str:
    """The domain of a website or an e-mail address, without `www.`; '' for none, and where everybody may have one."""
    if not text:  # as most are
        return ""
    whole = text.strip().lower()
    scheme, _mark, rest = whole.partition("://")
    host = rest if rest and _BEHIND_A_HOST.isdisjoint(scheme) else whole
    for mark in _BEHIND_A_HOST:
        host = host.partition(mark)[0]
    host = host.rpartition("@")[2].partition(":")[0].removeprefix("www.").strip(".")
    return host if "." in host and host not in _PROVIDERS and label_of(host) not in _EVERYWHERE else ""


def houses(domain: str) -> tuple[str, ...]:
    """A domain and those that it is part of: `milano.aurora.it` is part of `aurora.it`."""
    labels = domain.split(".")
    return tuple(".".join(labels[place:]) for place in range(len(labels) - 1))


def label_of(domain: str) -> str:
    """What a domain is called, wherever it is: `aurora` of `aurora.it`, `aurora.co.uk` and `milano.aurora.com`."""
    labels = domain.split(".")
    return labels[-2] if len(labels) == _LEAST or labels[-2] not in _SECOND else labels[-3]


def sound(name: str) -> str:
    """How a name that `core` or `turned` wrote is heard, roughly: `gamma` and `gama`, `carl` and `karl` are the same.

    Double letters count once; so do letters, and pairs of them, that are heard alike in many languages.
    """
    for written, heard in _WRITTEN:
        name = name.replace(written, heard)
    return " ".join(sorted(_DOUBLED.sub(r"\1", name.translate(_HEARD)).split()))


@lru_cache(maxsize=65_536)
def are_alike(one: str, other: str, *, companies: bool) -> bool:
    """Whether two names as `core` or `turned` wrote them may be the same, written otherwise.

    They differ in few letters or are heard alike; of people one may tell initials. What is numbered differently is not.
    """
    from rapidfuzz import fuzz

    if _DIGIT.sub("", one) != _DIGIT.sub("", other):
        return False
    if fuzz.ratio(one, other) >= _ALIKE or sound(one) == sound(other) != "":
        return True
    return not companies and (_is_shortened(one, other) or _is_shortened(other, one))


def _is_shortened(short: str, whole: str) -> bool:
    """Whether all that a name tells is in another: whole words, at least one, and initials, at least one."""
    words, left = short.split(), whole.split()
    told = [word for word in words if len(word) > 1]
    initials = [word for word in words if len(word) == 1]
    if not told or not initials:
        return False
    for word in told:
        if word not in left:
            return False
        left.remove(word)
    for initial in initials:
        meant = next((word for word in left if word.startswith(initial)), "")
        if not meant:
            return False
        left.remove(meant)
    return True
