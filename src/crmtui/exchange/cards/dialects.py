"""What the dialects of vCard call things: kinds of addresses, labels of Apple, properties of Outlook and Evolution."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from crmtui.domain.words import EmailKind, PhoneKind
from crmtui.text import N_

if TYPE_CHECKING:
    from crmtui.domain.fields import Word
    from crmtui.exchange.content_lines import Property

_APPLE: Final = re.compile(r"_\$!<(.*)>!\$_")
# Properties that tell of the card itself, or that say again what another one says.
TECHNICAL: Final = frozenset(
    """VERSION PRODID REV CLASS KIND UID SORT-STRING LABEL CLIENTPIDMAP XML SOURCE NAME PROFILE MAILER X-ABLABEL
    X-ABUID X-ABADR X-ABSHOWAS X-ADDRESSBOOKSERVER-KIND X-GENERATOR X-FILE-AS X-EVOLUTION-FILE-AS X-CRMTUI-STAKEHOLDER
    X-MS-OL-DEFAULT-POSTAL-ADDRESS X-MS-OL-DESIGN X-MS-CARDPICTURE X-MOZILLA-HTML""".split()  # noqa: SIM905 - a table of names
)
MANAGERS: Final = ("X-MANAGER", "X-MS-MANAGER", "X-EVOLUTION-MANAGER", "X-KADDRESSBOOK-X-MANAGERSNAME")
RELATED: Final = ("X-ABRELATEDNAMES", "RELATED")
MANAGER: Final = "MANAGER"
# What properties that have no place are called in the note; others by their own names.
LABELS: Final = {
    "ADR": N_("Address"),
    "ANNIVERSARY": N_("Anniversary"),
    "BDAY": N_("Birthday"),
    "CATEGORIES": N_("Categories"),
    "EMAIL": N_("E-mail"),
    "FN": N_("Name"),
    "NICKNAME": N_("Nickname"),
    "ORG": N_("Company"),
    "ROLE": N_("Role"),
    "TEL": N_("Telephone"),
    "TITLE": N_("Title"),
    "URL": N_("Web"),
    "X-ABDATE": N_("Date"),
    "X-ABRELATEDNAMES": N_("Related"),
    "X-ASSISTANT": N_("Assistant"),
    "X-EVOLUTION-ASSISTANT": N_("Assistant"),
    "X-MS-ASSISTANT": N_("Assistant"),
    "X-SOCIALPROFILE": N_("Profile"),
}
_PHONES: Final = (
    (PhoneKind.FAX, frozenset({"FAX", "WORKFAX", "HOMEFAX", "OTHERFAX"})),
    (PhoneKind.MOBILE, frozenset({"CELL", "MOBILE", "IPHONE"})),
    (PhoneKind.HOME, frozenset({"HOME"})),
    (PhoneKind.OTHER, frozenset({"PAGER", "OTHER", "ISDN", "MODEM", "BBS", "CAR", "VIDEO"})),
)
_MAILS: Final = ((EmailKind.HOME, frozenset({"HOME"})), (EmailKind.OTHER, frozenset({"OTHER"})))
KINDS: Final[dict[str, tuple[tuple[tuple[Word, frozenset[str]], ...], Word]]] = {
    "EMAIL": (_MAILS, EmailKind.WORK),
    "TEL": (_PHONES, PhoneKind.WORK),
}


def label(text: str) -> str:
    """A label of Apple's as a type: `_$!<HomeFAX>!$_` is `HOMEFAX`; one that the user made up is itself in capitals."""
    found = _APPLE.fullmatch(text.strip())
    return (found[1] if found else text).strip().upper()


def kind_of(one: Property, types: frozenset[str]) -> Word:
    """Which address of a person it is; of work where the card says nothing else, as cards of customers are."""
    kinds, usual = KINDS[one.name]
    return next((kind for kind, words in kinds if words & types), usual)


def is_preferred(one: Property, types: frozenset[str]) -> bool:
    """Whether it is the first to be used: `TYPE=PREF`, or `PREF=1` in version 4.0."""
    return "PREF" in types or one.parameters.get("PREF", ("",))[0] == "1"
