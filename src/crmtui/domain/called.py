"""What somebody of ours is called in a cell: by name, by e-mail address, or by both."""

from __future__ import annotations

import re
from typing import Final

from crmtui.text import key

_BOTH: Final = re.compile(r"(?:(.*\S)\s*)?[<(\[]\s*([^\s<>()\[\]@]+@[^\s<>()\[\]@]+)\s*[>)\]]")


def name_and_address(cell: str) -> tuple[str, str]:
    """The name and the e-mail address in a cell such as `Anna Verdi <anna@ours.example>`; '' for what it lacks."""
    if "@" not in cell:
        return cell, ""
    found = _BOTH.fullmatch(cell.strip())
    return (found[1] or "", found[2]) if found else ("", cell.strip())


def with_address(name: str, address: str) -> str:
    """One cell for both, as `name_and_address` takes it apart; the name's where that tells an address itself."""
    return f"{name} <{address}>" if name and address and "@" not in name else name or address


_TITLES: Final = frozenset(
    """dr dott dottssa dottore dottoressa ing arch avv prof profssa rag geom sig sigra mr mrs ms miss mag dipling
    herr frau mme phd mba""".split()  # noqa: SIM905 - a list of words
)
_GONE: Final = re.compile(
    r"\s*[(\[](?:inactive|inattiv[oa]|non attiv[oa]|deactivated|disabled|disattivat[oa]|inaktiv|former|ex)[)\]]\s*",
    re.IGNORECASE,
)
_MOST: Final = 2  # words of a family name, or of a given one, on either side of a comma


def plain_name(name: str) -> str:
    """A name without form of address, with the given name first, and without the mark of who has left.

    `Bini, Dr. Anna (Inactive)` is `Anna Bini`; names on both sides of a comma are those of two.
    """
    words = _GONE.sub("", name).replace(",", " , ").split()
    kept = [word for word in words if key(word) not in _TITLES]
    if kept.count(",") == 1:
        at = kept.index(",")
        family, given = kept[:at], kept[at + 1 :]
        if family and given and max(len(family), len(given)) <= _MOST and len(kept) <= _MOST * 2:
            kept = [*given, *family]
    return " ".join(kept).replace(" ,", ",") or name


def words_of_name(cell: str) -> frozenset[str]:
    """The words of a name as they are compared, whatever their order; of an address those before the `@`."""
    name, address = name_and_address(cell)
    parts = plain_name(name).replace(",", " ").split() if name else re.split(r"[._-]", address.partition("@")[0])
    return frozenset(filter(None, map(key, parts)))
