"""Headers as they are compared: sort arrows, numbers of repeated columns, nouns before and units behind taken off."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from crmtui.domain.money import CURRENCIES
from crmtui.text import key, line

if TYPE_CHECKING:
    from collections.abc import Collection

_ARROWS: Final = re.compile(r"\s*[\N{UPWARDS ARROW}\N{DOWNWARDS ARROW}▲▼]\s*")
_NUMBERED: Final = re.compile(r"(.*\S)\s*\((\d{1,3})\)")
_BEFORE: Final = re.compile(r"([^:]{1,40}?)\s*(?::|\s-\s)\s*(\S.*)")
_BEHIND: Final = re.compile(r"(.*\S)\s*[(\[]\s*([^()\[\]]{1,40})\s*[)\]]")
_WORD: Final = re.compile(r"[^\W_]+")
_CODE: Final = re.compile(r"\b[A-Z]{3}\b")
_SIGNS: Final = {"€": "EUR", "£": "GBP", "$": "USD"}
# What stands behind the name of an amount, or before it, in the header of its currency; the longest first.
_CHANCES: Final = ("probab", "pwin", "winchance", "wahrscheinlichkeit")
_CURRENCY_WORDS: Final = (
    *("currencycode", "currencyisocode", "currencyof", "currency", "valutadella", "valutadel", "valutadi", "valuta"),
    *("divisadella", "divisadel", "divisadi", "divisa", "wahrungdes", "wahrungder", "wahrung", "devise", "moneda"),
    "moeda",
)
_SCALES: Final = {
    1_000: frozenset({"k", "000", "000s", "thousand", "thousands", "migliaia", "mila", "tausend", "tsd"}),
    1_000_000: frozenset({"m", "mn", "mln", "mio", "million", "millions", "milioni", "millionen"}),
}
_AROUND_SCALE: Final = frozenset({"in", "of", "di", "euro", "euros"})
_NEEDS_A_SIGN: Final = frozenset({"k", "m", "000", "000s", "mn"})  # what is no scale without a currency beside it
_SCALED: Final = re.compile(r"(?:^|\s)(?:[€$£]\s?([A-Za-z]+|'?000s?)|([A-Za-z]+|'?000s?)\s?[€$£]|([A-Za-z]+)\.?)$")

# Nouns that may stand before a header of their own file.
OWN: Final = {
    "account": ("account", "account name", "company", "organization", "organisation", "customer", "azienda", "cliente"),
    "person": ("contact", "person", "lead", "contatto", "persona"),
    "opportunity": ("opportunity", "deal", "opportunita", "trattativa"),
    "offering": ("product", "prodotto"),
    "actor": ("user", "utente"),
    "contact": ("activity", "task", "event", "attivita"),
    "sales_order": ("order", "invoice", "ordine", "fattura"),
    "note": ("note", "nota"),
}

# What tells that a column is of somebody or something else: none of these is the identity of the row's record.
_OTHERS: Final = frozenset(
    """owner proprietario titolare assistant assistente asst parent capogruppo madre manager supervisor responsabile
    capo spouse coniuge creator created creato modified modificato referred referente2 emergency emergenza agent agente
    campaign partner child children figlio alias besitzer inhaber propietario proprietario propriétaire eigentümer
    zuständig billing shipping spedizione""".split()  # noqa: SIM905 - a list of words
)


@dataclass(frozen=True, slots=True)
class Header:
    """A header, taken apart.

    Attributes:
        text: as the file has it.
        names: what it may mean, as it is compared, the whole of it first.
        repeated: the name that another column has as well, while this one was numbered; '' where none does.
        unit: what stands behind it in brackets.
    """

    text: str
    names: tuple[str, ...]
    repeated: str = ""
    unit: str = ""

    @property
    def is_repeat(self) -> bool:
        """Whether another column has the same name."""
        return bool(self.repeated)


def take_apart(text: str, own: Collection[str] = (), *, taken: Collection[str] = ()) -> Header:
    """The parts of a header.

    Args:
        text: as the file has it, one line.
        own: nouns, as they are compared, that may stand before it.
        taken: the headers of the file: a number behind one of them was added by us.
    """
    spelt = line(text)
    names = [key(spelt)]
    numbered = _NUMBERED.fullmatch(spelt)
    repeated = numbered[1] if numbered and numbered[1] in taken else ""
    if repeated:
        spelt = repeated
        names.append(key(spelt))
    before = _BEFORE.fullmatch(spelt)
    if before and key(before[1]) in own:
        spelt = before[2]
        names.append(key(spelt))
    behind = _BEHIND.fullmatch(spelt)
    if behind and not repeated:
        names.append(key(behind[1]))
    british = [name.replace("organisation", "organization") for name in names if "organisation" in name]
    found = tuple(dict.fromkeys(name for name in (*names, *british) if name))
    return Header(text, found, repeated, behind[2] if behind else "")


def spelt(text: str) -> str:
    """A header as a custom field is called: without the arrow that shows how a report was sorted."""
    return line(_ARROWS.sub(" ", text)) or text


def before_colon(text: str) -> tuple[str, str] | None:
    """What stands before the colon in a header that leads across objects, and the name behind it."""
    found = _BEFORE.fullmatch(line(text))
    return (found[1], found[2]) if found else None


def words_of(text: str) -> frozenset[str]:
    """The words of a header, as they are compared."""
    return frozenset(filter(None, map(key, _WORD.findall(text))))


def is_of_another(text: str) -> bool:
    """Whether a header speaks of somebody else than the row: an owner, an assistant, a parent."""
    return any(word in _OTHERS for word in _WORD.findall(text.casefold()))


def is_chance(text: str) -> bool:
    """Whether a header speaks of how likely something is to be won."""
    return any(word in key(text) for word in _CHANCES)


def currency_of(header: Header) -> str:
    """The currency that a header names, as in `Amount (EUR)` or `Valore €`; '' for none."""
    if (coded := _CODE.search(header.unit)) and coded[0] in CURRENCIES:
        return coded[0]
    last = header.text.rpartition(" ")[2]
    if last in CURRENCIES and not header.text.isupper():
        return last
    return next((code for sign, code in _SIGNS.items() if sign in header.text), "")


def money_of(name: str) -> str:
    """What a header, as it is compared, names the currency of: `revenuecurrency` that of `revenue`; '' for none."""
    for word in _CURRENCY_WORDS:
        if name.endswith(word):
            return name.removesuffix(word)
        if name.startswith(word):
            return name.removeprefix(word)
    return ""


def scale_of(header: Header) -> int:
    """What the figures of a column are multiplied with, as in `Fatturato (k€)`; 1 where nothing says so."""
    unit = "".join(word for word in _WORD.findall(_CODE.sub("", header.unit).casefold()) if word not in _AROUND_SCALE)
    if not header.unit and (found := _SCALED.search(_CODE.sub("", header.text).strip())):
        unit = key(found[1] or found[2] or found[3])
        unit = "" if found[3] and unit in _NEEDS_A_SIGN else unit
    return next((scale for scale, names in _SCALES.items() if unit in names), 1)
