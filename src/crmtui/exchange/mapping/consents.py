"""Headers that speak of consent, in English and Italian: "opt out", "do not call", "Consenso e-mail" and their like.

They are put together in so many ways that they are read word by word: every word must be known, so that the day, the
source or the reason of a consent is none.
"""

from __future__ import annotations

import re
from typing import Final

from crmtui.exchange.mapping.meanings import split
from crmtui.text import key

_CONSENT: Final = "consent"
_OPT_OUT: Final = "opt out"
_UNSUBSCRIBED: Final = "unsubscribed"  # of e-mail, where no channel is named
_LETTING: Final = "letting"  # and what not to do: both say nothing of consent without what it is about
_NOT: Final = "not"
_MAILING: Final = "mailing"
_REACHING: Final = "reaching"
_DATA: Final = "data"
_BESIDE: Final = "beside"
_CHANNELS: Final = frozenset({"email", "call", "letter", "mail"})

_WORDS: Final = {
    _CONSENT: """opt in, opts in, opted in, optin, consent, consents, consented, consenso, consensi, acconsente,
        acconsento""",
    _OPT_OUT: "opt out, opts out, opted out, optout",
    _UNSUBSCRIBED: "unsubscribe, unsubscribed, disiscritto, disiscritta, disiscrizione",
    _LETTING: """permission, permissions, permesso, allow, allows, allowed, autorizzazione, autorizza, autorizzato,
        autorizzata""",
    _NOT: """do not, does not, don t, dont, non, not allowed, refuses, refused, denied, withdrawn, revoked, rifiuta,
        rifiuto, rifiutato, rifiutata, negato, negata, revoca, revocato, revocata""",
    _MAILING: "marketing, newsletter, newsletters, mailing list, promotional, promozionale, promozionali",
    "email": "email, emails, e mail, e mails, posta elettronica",
    "call": """call, calls, phone, phones, telephone, calling, phoning, chiamare, chiamata, chiamate, telefono,
        telefonare, telefonata, telefonate, telefonico, telefonica, telefonici, telefoniche""",
    "letter": """letter, letters, postal mail, direct mail, by post, postal, lettera, lettere, posta ordinaria,
        posta cartacea, cartaceo, cartacea""",
    "mail": "mail, mails, mailing, mailings",
    _REACHING: """contact, contacts, be contacted, contattare, contattabile, essere contattato, essere contattata,
        contatto, contatti, disturb, disturbare""",
    _DATA: "data, dati, gdpr, privacy, trattamento",
    _BESIDE: """a, ad, ai, al, all, alla, alle, any, be, been, bulk, by, commercial, commerciale, commerciali,
        communication, communications, comunicazioni, customer, da, dei, del, di, do, e, for, from, given, has, have,
        i, il, inviare, invio, is, la, le, lead, mandare, o, of, or, per, persona, person, personal, personali,
        processing, receive, ricevere, send, sending, stato, status, the, to, tutte, tutti, us, use, via, want, wants,
        wishes, vuole""",
}
_KINDS: Final = {phrase: kind for kind, words in _WORDS.items() for phrase in split(words)}
_LONGEST: Final = max(phrase.count(" ") + 1 for phrase in _KINDS)
_INNER_CAPITAL: Final = re.compile(r"(?<=[a-z])(?=[A-Z])")
_WORD: Final = re.compile(r"[^\W_]+")


def consent_in(header: str) -> str:
    """What a header says of consent: `no_call` where yes refuses calls, `may_call` where no does; '' for nothing."""
    if found := _told(header):
        return found
    before = _told(header.partition(":")[0])  # `Opted out of email: One to One` is one of several
    return before if before.startswith("no_") and before != "no_contact" else ""


def _told(header: str) -> str:
    kinds = _kinds([key(word) for word in _WORD.findall(_INNER_CAPITAL.sub(" ", header))])
    about = {*_CHANNELS, _MAILING, _REACHING, _DATA} & set(kinds)
    speaks = {_CONSENT, _OPT_OUT, _UNSUBSCRIBED} & set(kinds)
    if not (speaks or (about and {_LETTING, _NOT} & set(kinds))):
        return ""
    channels = sorted(about & _CHANNELS)
    usual = "email" if {_MAILING, _UNSUBSCRIBED} & set(kinds) else "contact"
    channel = usual if not channels else channels[0] if len(channels) == 1 else "contact"
    is_refusal = sum(kind in (_OPT_OUT, _UNSUBSCRIBED, _NOT) for kind in kinds) % 2
    return f"no_{channel}" if is_refusal else f"may_{channel}"


def _kinds(words: list[str]) -> list[str]:
    """What each phrase of a header is, the longest phrases first; none where a word is unknown."""
    found, place = [], 0
    while place < len(words):
        for count in range(_LONGEST, 0, -1):
            if kind := _KINDS.get(" ".join(words[place : place + count])):
                found.append(kind)
                place += count
                break
        else:
            return []
    return found
