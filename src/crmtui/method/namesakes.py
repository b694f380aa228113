"""Names and domains as they are compared: what two ways of writing the same have in common."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import compress
from operator import not_
from typing import TYPE_CHECKING, Final

from crmtui.text import key, line

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

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
_NO_WORD: Final = re.compile(r"[^\w\n]|_")
_BLANKS: Final = {code: " " for code in range(128) if not chr(code).isalnum() and chr(code) != "\n"}
_DIGIT: Final = re.compile(r"\D+")
_HEARD: Final = str.maketrans({"c": "k", "q": "k", "y": "i", "w": "v", "h": None})
_WRITTEN: Final = (("ph", "f"), ("ae", "a"), ("oe", "o"), ("ue", "u"))
_DOUBLED: Final = re.compile(r"([^\W\d])\1+")


def words_of(names: Sequence[str]) -> list[list[str]]:
    """For each of many names, all of one line, its words as they are compared."""
    are_plain = list(map(str.isascii, names))
    plain = iter("\n".join(compress(names, are_plain)).lower().translate(_BLANKS).split("\n"))
    others = iter(_NO_WORD.sub(" ", "\n".join(compress(names, map(not_, are_plain)))).split("\n"))
    return [
        next(plain).split() if is_plain else list(filter(None, map(_folded, next(others).split())))
        for is_plain in are_plain
    ]


@lru_cache(maxsize=16_384)
def _folded(word: str) -> str:
    """A word as it is compared; names consist of few, and most of them of plain letters."""
    return key(word)


def cores(names: Sequence[str]) -> list[str]:
    """Companies' names as they are compared: without legal form, case, accents and signs (`Acme S.p.A.` is `acme`).

    A name that is nothing but a legal form stays.
    """
    bare = "\n".join(names).replace(".", "").replace("'", "").split("\n") if names else ()
    return [" ".join(word for word in words if word not in _LEGAL_FORMS) or " ".join(words) for words in words_of(bare)]


def core(name: str) -> str:
    """A company's name as it is compared."""
    (found,) = cores([line(name)])
    return found


def has_one_form(one: str, other: str) -> bool:
    """Whether two names of companies tell the same legal form, or one of both leaves out what the other tells."""
    mine, theirs = _forms(one), _forms(other)
    return mine <= theirs or theirs <= mine


def _forms(name: str) -> frozenset[str]:
    """The legal forms in a name."""
    (words,) = words_of([line(name).replace(".", "").replace("'", "")])
    return frozenset(_WRITTEN_OUT.get(word, word) for word in words if word in _LEGAL_FORMS)


def turned(name: str) -> str:
    """A person's name whichever of its parts comes first: `Conti, Carla` is `carla conti`."""
    (words,) = words_of([line(name)])
    return " ".join(sorted(words))


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


def hosts(texts: Sequence[str]) -> list[str]:
    """What tells the domain of each of many websites and e-mail addresses: the same for all addresses of one."""
    joined = "\n".join(texts)
    if any(mark in joined for mark in _BEHIND_A_HOST):
        return [text if "/" in text or "?" in text or "#" in text else text.rpartition("@")[2] for text in texts]
    return [text.rpartition("@")[2] for text in texts]


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
    return " ".join(sorted(filter(None, map(_heard, name.split()))))


@lru_cache(maxsize=16_384)
def _heard(word: str) -> str:
    for written, heard in _WRITTEN:
        word = word.replace(written, heard)
    return _DOUBLED.sub(r"\1", word.translate(_HEARD))


def are_alike(one: str, other: str, *, companies: bool) -> bool:
    """Whether two names as `core` or `turned` wrote them may be the same, written otherwise.

    They differ in few letters or are heard alike; of people one may tell initials, or more names than the other. What
    is numbered differently is not.
    """
    if _DIGIT.sub("", one) != _DIGIT.sub("", other):
        return False
    if sound(one) == sound(other) != "" or _differ_little(one, other):
        return True
    return not companies and (_is_longer(one, other) or _is_shortened(one, other) or _is_shortened(other, one))


def are_others(one: str, other: str) -> bool:
    """Whether names of people as `turned` wrote them are those of two: each tells what the other does not."""
    mine, theirs = set(one.split()), set(other.split())
    return bool(mine - theirs and theirs - mine) and not are_alike(one, other, companies=False)


def _is_longer(one: str, other: str) -> bool:
    """Whether one of two names has all words of the other, which are several, and more."""
    mine, theirs = set(one.split()), set(other.split())
    return min(len(mine), len(theirs)) > 1 and (mine < theirs or theirs < mine)


def _differ_little(one: str, other: str) -> bool:
    """Whether two names are nearly the same, letter by letter."""
    most = (100 - _ALIKE) * (len(one) + len(other)) / 100  # letters that only one of them has
    return abs(len(one) - len(other)) <= most and len(set(one) ^ set(other)) <= most and _ratio()(one, other) >= _ALIKE


@lru_cache(maxsize=1)
def _ratio() -> Callable[[str, str], float]:
    from rapidfuzz import fuzz

    return fuzz.ratio


def _is_shortened(short: str, whole: str) -> bool:
    """Whether all that a name tells is in another: whole words, at least one, and initials, at least one."""
    words = short.split()
    initials = [word for word in words if len(word) == 1]
    if not initials or len(initials) == len(words):
        return False
    left, told = whole.split(), [word for word in words if len(word) > 1]
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
