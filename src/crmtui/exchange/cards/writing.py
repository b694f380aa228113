"""People and companies as vCards, version 3.0 or 4.0: what other programs understand, and nothing that is judged.

Judgements (the social style, places on maps) are properties of our own, and only there when they are given.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from crmtui.domain.words import EmailKind, PhoneKind
from crmtui.exchange.cards.cells import LANGUAGE, MADE, STYLE
from crmtui.exchange.content_lines import escaped, written

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from crmtui.domain.fields import Word

VERSIONS: Final = ("3.0", "4.0")
PRODUCT: Final = "-//crmtui//crmtui//EN"
_FOUR: Final = "4.0"
_TAG: Final = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")  # of a language, as RFC 5646 writes it
_UUID: Final = re.compile(r"[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}")
# By property: the words of both enumerations are the same texts.
_TYPES: Final[Mapping[str, Mapping[Word, tuple[str, ...]]]] = {
    "EMAIL": {EmailKind.WORK: ("WORK",), EmailKind.HOME: ("HOME",), EmailKind.OTHER: ("OTHER",)},
    "TEL": {
        PhoneKind.WORK: ("WORK", "VOICE"),
        PhoneKind.MOBILE: ("CELL", "VOICE"),
        PhoneKind.HOME: ("HOME", "VOICE"),
        PhoneKind.FAX: ("WORK", "FAX"),
        PhoneKind.OTHER: ("OTHER", "VOICE"),
    },
}


@dataclass(frozen=True, slots=True)
class Way:
    """An e-mail address or a telephone number."""

    value: str
    kind: Word
    is_primary: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CardOf:
    """Whom a card is of: texts as the record has them, '' for what is not known.

    Attributes:
        uid: the identity that does not change, ours or that of the card it came from.
        changed_at: the instant of the last change, ISO in UTC.
        address: street, city, region, postcode, country.
        style: the social style and what is known of that judgement, by the names of the fields.
        stakes: places on maps, a sentence each.
    """

    uid: str
    name: str
    is_company: bool = False
    given: str = ""
    family: str = ""
    prefix: str = ""
    company: str = ""
    department: str = ""
    title: str = ""
    manager: str = ""
    language: str = ""
    website: str = ""
    notes: str = ""
    changed_at: str = ""
    address: tuple[str, str, str, str, str] = ("", "", "", "", "")
    emails: Sequence[Way] = ()
    phones: Sequence[Way] = ()
    style: Mapping[str, str] = field(default_factory=dict)
    stakes: Sequence[str] = ()


def card_text(card: CardOf, version: str) -> str:
    """The card as text, from `BEGIN` to `END`."""
    return "".join(written(name, value, parameters) for name, value, parameters in _properties(card, version) if value)


_Written = tuple[str, str, list[tuple[str, str]]]


def _properties(card: CardOf, version: str) -> Iterator[_Written]:
    yield from (("BEGIN", "VCARD", []), ("VERSION", version, []), ("PRODID", PRODUCT, []))
    if version == _FOUR:
        yield "KIND", "org" if card.is_company else "individual", []
    yield _uid(card, version)
    yield "FN", escaped(card.name), []
    yield _name(card)
    units = f";{escaped(card.department)}" if card.department else ""
    yield "ORG", escaped(card.company) + units, []
    yield "TITLE", escaped(card.title), []
    yield "X-MANAGER", escaped(card.manager), []
    for way in card.emails:
        yield _way("EMAIL", way, version)
    for way in card.phones:
        yield _way("TEL", way, version)
    if any(card.address):
        street, city, region, postcode, country = map(escaped, card.address)
        yield "ADR", f";;{street};{city};{region};{postcode};{country}", [("TYPE", _cased("WORK", version))]
    yield "URL", card.website.replace("\\", "\\\\"), []
    yield "LANG" if _TAG.fullmatch(card.language) else LANGUAGE, escaped(card.language), []
    yield "NOTE", escaped(card.notes), []
    for name, column in STYLE.items():
        yield name, escaped(card.style.get(column, "")), []
    for stake in card.stakes:
        yield "X-CRMTUI-STAKEHOLDER", escaped(stake), []
    if card.is_company and version != _FOUR:
        yield "X-ABShowAs", "COMPANY", []
    yield "REV", card.changed_at, []
    yield "END", "VCARD", []


def _uid(card: CardOf, version: str) -> _Written:
    if version != _FOUR:
        return "UID", escaped(card.uid), []
    if _UUID.fullmatch(card.uid):
        return "UID", f"urn:uuid:{card.uid}", []
    return "UID", escaped(card.uid), [("VALUE", "text")]


def _name(card: CardOf) -> _Written:
    """The parts of the name; where nobody has said them, the last word is taken for the family's, and that is told."""
    family, given, made = card.family, card.given, list[tuple[str, str]]()
    if not (family or given) and not card.is_company:
        given, _blank, family = card.name.rpartition(" ")
        made = [(MADE, "1")]
    return "N", ";".join(map(escaped, (family, given, "", card.prefix, ""))), made


def _way(name: str, way: Way, version: str) -> _Written:
    types = [*(["INTERNET"] if name == "EMAIL" and version != _FOUR else []), *_TYPES[name][way.kind]]
    if way.is_primary and version != _FOUR:
        types.append("PREF")
    parameters = [("TYPE", _cased(word, version)) for word in types]
    if way.is_primary and version == _FOUR:
        parameters.append(("PREF", "1"))
    return name, escaped(way.value), parameters


def _cased(word: str, version: str) -> str:
    return word.lower() if version == _FOUR else word
