"""Cards as rows: what of a card has a place in a person or in an account, and the rest as lines of the note."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from crmtui.exchange.cards import dialects
from crmtui.exchange.content_lines import BINARY, Property, split, unescaped
from crmtui.exchange.mapping.meanings import address_fields
from crmtui.text import _, clean, line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from crmtui.domain.fields import Word
    from crmtui.exchange.cards.reading import Card

UID: Final = "vCard UID"
# Our own, and only written where they are asked for.
STYLE: Final = {
    "X-CRMTUI-SOCIAL-STYLE": "social_style",
    "X-CRMTUI-STYLE-BASIS": "style_basis",
    "X-CRMTUI-STYLE-ON": "style_on",
    "X-CRMTUI-STYLE-SOURCE": "style_source",
}
#: A language in words, which `LANG` cannot hold.
LANGUAGE: Final = "X-CRMTUI-LANGUAGE"
#: A parameter of `N` that says that its parts were made of the name for programs that need them.
MADE: Final = "X-CRMTUI-MADE"
_BASES: Final = {"EMAIL": "email", "TEL": "phone"}
_LONGEST: Final = {"EMAIL": 320, "TEL": 60}
_NAME_PARTS: Final = 5
_SCHEMES: Final = ("mailto", "tel")


class _Names(NamedTuple):
    """The parts of `N` (RFC 6350 section 6.2.2)."""

    family: str = ""
    given: str = ""
    middle: str = ""
    prefix: str = ""
    suffix: str = ""


class _Address(NamedTuple):
    """The parts of `ADR` (RFC 6350 section 6.3.1)."""

    box: str = ""
    extended: str = ""
    street: str = ""
    city: str = ""
    region: str = ""
    postcode: str = ""
    country: str = ""

    def is_more_than_a_place(self) -> bool:
        """Whether it tells more than city and country."""
        return any((self.box, self.extended, self.street, self.region, self.postcode))

    def __str__(self) -> str:
        town = " ".join(filter(None, (self.postcode, self.city, self.region)))
        return ", ".join(filter(None, (self.street, self.extended, self.box, town, self.country)))


def is_group(card: Card) -> bool:
    """Whether a card is a list of others."""
    return "group" in (card.first("KIND").lower(), card.first("X-ADDRESSBOOKSERVER-KIND").lower())


def is_company(card: Card) -> bool:
    """Whether a card is that of a company: it says so, or it has no other name than that."""
    if card.first("X-ABSHOWAS").upper() == "COMPANY" or card.first("KIND").lower() == "org":
        return True
    company = next((line(one.parts()[0]) for one in card.properties if one.name == "ORG"), "")
    if not company or line(card.first("FN")) not in ("", company):
        return False
    names = _Reading(card).names()
    return not (names.given or names.family)


def person(card: Card) -> dict[str, str]:
    """The cells of a person by their columns, those that are empty left out."""
    reading = _Reading(card)
    names, address = reading.names(), reading.address(for_company=False)
    company, units = reading.company()
    given = " ".join(filter(None, (names.given, names.middle)))
    cells = {
        "name": reading.text("FN") or " ".join(filter(None, (given, names.family))) or reading.text("NICKNAME"),
        "honorific": names.prefix,
        "given_name": given,
        "family_name": names.family,
        "account": company,
        "department": units,
        "title": reading.text("TITLE") or reading.text("ROLE"),
        "reports_to": reading.manager(),
        "language": reading.text("LANG") or reading.text(LANGUAGE),
        "city": address.city,
        "country": address.country,
        **reading.ways("EMAIL"),
        **reading.ways("TEL"),
        **{field: reading.text(name) for name, field in STYLE.items()},
        UID: _uid(card),
    }
    return _filled(cells, reading.note([_told(_("Suffix"), names.suffix)] if names.suffix else ()))


def company(card: Card) -> dict[str, str]:
    """The cells of an account by their columns, those that are empty left out."""
    reading = _Reading(card)
    named, address = reading.text("FN"), reading.address(for_company=True)
    cells = {
        "name": reading.company()[0] or named,
        "website": reading.text("URL"),
        "email": reading.text("EMAIL"),
        "phone": reading.text("TEL"),
        "street": ", ".join(filter(None, (address.street, address.extended, address.box))),
        "postcode": address.postcode,
        "city": address.city,
        "region": address.region,
        "country": address.country,
        UID: _uid(card),
    }
    reading.names()
    return _filled(cells, reading.note(()))


class _Reading:
    """A card while its properties find their places."""

    def __init__(self, card: Card) -> None:
        self._properties = card.properties
        self._labels = {one.group: dialects.label(one.text) for one in card.properties if one.name == "X-ABLABEL"}
        self._placed: set[int] = set()
        self._by_name: dict[str, list[int]] = {}
        for number, one in enumerate(card.properties):
            self._by_name.setdefault(one.name, []).append(number)

    def _named(self, *names: str) -> Iterator[tuple[int, Property]]:
        """The properties of some names with their numbers."""
        return ((number, self._properties[number]) for name in names for number in self._by_name.get(name, ()))

    def text(self, name: str) -> str:
        """The first property of a name, which has its place now."""
        for number, one in self._named(name):
            if number not in self._placed and (text := _value(one)):
                self._placed.add(number)
                return text
        return ""

    def names(self) -> _Names:
        """The parts of the name, each a text: `Juan,Carlos` is two words."""
        for number, one in self._named("N"):
            self._placed.add(number)
            parts = [" ".join(map(unescaped, split(part, ","))) for part in split(one.value, ";")]
            names = _Names(*map(line, parts[:_NAME_PARTS]))
            return names._replace(family="", given="") if MADE in one.parameters else names
        return _Names()

    def company(self) -> tuple[str, str]:
        """The company and its units."""
        for number, one in self._named("ORG"):
            self._placed.add(number)
            named, *units = map(line, one.parts())
            return named, " / ".join(filter(None, units))
        return "", ""

    def manager(self) -> str:
        """Whom the person reports to, by name."""
        for number, one in self._named(*dialects.MANAGERS, *dialects.RELATED):
            if one.name in dialects.MANAGERS or dialects.MANAGER in self._types(one):
                self._placed.add(number)
                return _value(one)
        return ""

    def address(self, *, for_company: bool) -> _Address:
        """The postal address, the preferred one or that of work; a person's keeps its street for the note."""
        found = list(self._named("ADR"))
        if not found:
            return _Address()
        number, one = min(found, key=lambda each: self._rank(each[1]))
        address = _address(one)
        if for_company or not address.is_more_than_a_place():
            self._placed.add(number)
        return address

    def _rank(self, one: Property) -> tuple[bool, bool]:
        types = self._types(one)
        return not dialects.is_preferred(one, types), "WORK" not in types

    def ways(self, name: str) -> dict[str, str]:
        """The e-mail addresses or telephone numbers by their columns, the preferred one in the first of all."""
        found = []
        for number, one in self._named(name):
            if 0 < len(value := _value(one)) <= _LONGEST[name]:
                types = self._types(one)
                found.append((not dialects.is_preferred(one, types), number, dialects.kind_of(one, types), value))
        cells: dict[str, str] = {}
        fields = address_fields(_BASES[name])
        for _later, number, kind, value in sorted(found):
            if value.lower() in {known.lower() for known in cells.values()}:
                self._placed.add(number)
            elif field := _free(fields, kind, cells):
                cells[field] = value
                self._placed.add(number)
        return cells

    def _types(self, one: Property) -> frozenset[str]:
        label = self._labels.get(one.group, "") if one.group else ""
        return one.types() | {label} if label else one.types()

    def note(self, more: Iterable[str]) -> str:
        """The note, and below it a line for every property that has no other place."""
        texts = [one.text for _number, one in self._named("NOTE") if one.text.strip()]
        lines = [*more, *self._rest()]
        return "\n\n".join([*texts, "\n".join(lines)] if lines else texts)

    def _rest(self) -> Iterator[str]:
        known = dialects.TECHNICAL | BINARY | {"NOTE"}
        for number, one in enumerate(self._properties):
            if number not in self._placed and one.name not in known and (value := _shown(one)):
                label = _(dialects.LABELS[one.name]) if one.name in dialects.LABELS else one.name.removeprefix("X-")
                types = self._types(one) - {"INTERNET", "VOICE", "PREF"}
                yield _told(f"{label} ({', '.join(sorted(map(str.lower, types)))})" if types else label, value)


def _free(fields: Sequence[tuple[str, Word]], kind: Word, cells: Mapping[str, str]) -> str:
    """The first column of a kind that is behind all columns taken so far, or at least empty; '' where none is."""
    taken = [place for place, (field, _kind) in enumerate(fields) if field in cells]
    behind = min(taken, default=-1)  # the preferred one was taken first, and stays before all others
    return next(
        (field for place, (field, of) in enumerate(fields) if of is kind and place > behind and field not in cells), ""
    )


def _address(one: Property) -> _Address:
    return _Address(*map(line, one.parts()[: len(_Address._fields)]))


def _value(one: Property) -> str:
    """The value as a text of one line; of an address without the name of its scheme."""
    text = line(one.text)
    scheme, colon, rest = text.partition(":")
    if colon and scheme.lower() in _SCHEMES:
        return rest.replace(";ext=", " ext. ")
    return text


def _shown(one: Property) -> str:
    return str(_address(one)) if one.name == "ADR" else ", ".join(filter(None, map(line, one.parts())))


def _told(label: str, value: str) -> str:
    return f"{label}: {value}"


def _uid(card: Card) -> str:
    return card.first("UID").removeprefix("urn:uuid:")


def _filled(cells: Mapping[str, str], note: str) -> dict[str, str]:
    """The cells that are not empty, cleaned."""
    cleaned = {name: line(value) for name, value in cells.items() if value} | {"notes": clean(note)}
    return {name: value for name, value in cleaned.items() if value}
