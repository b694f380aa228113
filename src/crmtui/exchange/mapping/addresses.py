"""E-mail addresses and telephones in columns that hold several, or whose kinds another column tells."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from crmtui.domain.words import EmailKind, PhoneKind
from crmtui.exchange.mapping.meanings import ASIDE, address_fields, split
from crmtui.text import key

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from crmtui.domain.fields import Word


SEVERAL: Final = (":::", ";")  # Google and HubSpot; a comma parts e-mail addresses only
_PARTED: Final = {"email": re.compile(r"\s*(?::::|[;,])\s*"), "phone": re.compile(r"\s*(?::::|;|,(?=\s*\+))\s*")}
_TABLES: Final = {"person_email": "email", "person_phone": "phone"}
_KINDS: Final[dict[str, dict[Word, tuple[str, ...]]]] = {
    "email": {
        EmailKind.HOME: split("home, private, personal, casa, privato, privata, personale, privat"),
        EmailKind.OTHER: split("other, altro, obsolete, andere"),
    },
    "phone": {
        PhoneKind.MOBILE: split("mobile, cell, cellular, cellulare, handy, iphone, mobil, movil, portable"),
        PhoneKind.HOME: split("home, casa, private, abitazione, privat"),
        PhoneKind.FAX: split("fax, work fax, home fax, other fax, workfax, homefax, otherfax"),
        PhoneKind.OTHER: split("other, altro, pager, andere"),
    },
}
_KIND_OF: Final = {
    base: {key(word): kind for kind, words in kinds.items() for word in words} for base, kinds in _KINDS.items()
}


def base_of(name: str) -> str:
    """What a column of addresses holds: `email` or `phone`."""
    return _TABLES[ASIDE[name][0]]


def must_be_parted(name: str, cells: Sequence[str]) -> bool:
    """Whether a cell of the column holds several."""
    whole = "\n".join(cells)
    return any(mark in whole for mark in SEVERAL) or ("," in whole and base_of(name) == "email")


def parted(columns: Mapping[str, Sequence[str]], kinds: Mapping[str, Sequence[str]]) -> tuple[
    dict[str, list[str]], dict[str, list[str]]
]:  # fmt: skip
    """The columns anew, each address in one of its kind; and those that found no place, by the column they were in.

    Args:
        columns: cells by the name of their column, one of `meanings.ASIDE`.
        kinds: for some of these what each cell is, as the file says it.
    """
    count = len(next(iter(columns.values()))) if columns else 0
    found: dict[str, list[str]] = {}
    spare: dict[str, list[str]] = {}
    for row in range(count):
        taken: dict[str, str] = {}
        for name, cells in columns.items():
            told = kinds[name][row] if name in kinds else ""
            for value, field in _placed(name, cells[row], told, taken):
                if field:
                    taken[field] = value
                else:
                    held = spare.setdefault(name, [""] * count)
                    held[row] = f"{held[row]}; {value}" if held[row] else value
        for field, value in taken.items():
            found.setdefault(field, [""] * count)[row] = value
    return _in_order(found), spare


def _placed(name: str, cell: str, told: str, taken: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """The addresses of a cell with the first free column of their kind; '' where none is."""
    base = base_of(name)
    told_each = [part.strip() for part in told.split(":::")]
    for number, value in enumerate(filter(None, _PARTED[base].split(cell.strip()))):
        kind = _KIND_OF[base].get(key(told_each[min(number, len(told_each) - 1)])) or ASIDE[name][2]
        if value.lower() not in {known.lower() for known in taken.values()}:
            free = (field for field, of in address_fields(base) if of is kind and field not in taken)
            yield value, next(free, "")


def _in_order(found: Mapping[str, list[str]]) -> dict[str, list[str]]:
    """The first of each kind before the second."""
    order = [field for base in ("email", "phone") for field, _kind in address_fields(base)]
    return {name: found[name] for name in order if name in found}
