"""Cells that tell nothing exact: that something is not known, or between which figures it lies."""

from __future__ import annotations

import re
from itertools import product
from typing import TYPE_CHECKING, Final

from crmtui.text import key

if TYPE_CHECKING:
    from collections.abc import Iterable

# What stands for nothing in any column, and the faults that spreadsheets show.
_SIGNS: Final = "- -- --- \N{EN DASH} — ? ?? ./. n/a n.a. n/d n.d. k/a k.a. #n/a #n/d #nv".split()  # noqa: SIM905 - a list of words
_FAULTS: Final = (
    "#div/0! #ref! #rif! #bezug! #value! #valore! #wert! #name? #nome? #null! #nullo! #num! #zahl! #error!".split()  # noqa: SIM905 - a list of words
)
# What does so in columns of figures and days only: elsewhere it may be a name, or a place such as Naples.
_WORDS: Final = frozenset(
    """na nd ka nv null none nil nan tbd tbc unknown notknown notavailable notapplicable missing sconosciuto
    sconosciuta nonnoto nonnota nondisponibile nonapplicabile dadefinire nessuno nessuna unbekannt keineangabe
    nichtbekannt inconnu inconnue desconocido""".split()  # noqa: SIM905 - a list of words
)
_DASHES: Final = "\N{EN DASH}—"
_DASH: Final = re.compile(rf"[\s€$£]*[-{_DASHES}]+[\s€$£]*")  # how accountants write nothing
_AMOUNT: Final = r"(?:[€$£]\s?)?\d(?:[\d.,' ]*\d)?(?:\s?(?:k|m|mln|mio\.?|mila))?(?:\s?(?:€|eur|euro|usd))?"
_ABOUT: Final = r"(?:[<>≤≥~≈]=?|ca\.?|circa|about|approx\.?|over|oltre|more than|less than|up to|fino a|più di|meno di"
_RANGE: Final = re.compile(
    rf"(?P<about>{_ABOUT}|über|unter|bis|from|da|von)\s?)?{_AMOUNT}"
    rf"(?P<to>\s?(?:[-{_DASHES}]|to|a|bis)\s?{_AMOUNT}|\s?\+)?(?:\s[^\W\d_]+)?",
    re.IGNORECASE,
)
_LONGEST: Final = 64


def _spellings(word: str) -> Iterable[str]:
    """A sign as it is written: each of two letters large or small."""
    letters = [place for place, mark in enumerate(word) if mark.isalpha()]
    if len(letters) > 2:  # noqa: PLR2004 - a word, and no letters of one
        return (word, word.upper())
    return map("".join, product(*({mark, mark.upper()} for mark in word)))


NOTHING: Final = frozenset(spelt for word in (*_SIGNS, *_FAULTS) for spelt in _spellings(word))


def says_nothing(cell: str) -> bool:
    """Whether a cell of a column of figures or days says that they are not known."""
    return cell.strip() in NOTHING or _DASH.fullmatch(cell) is not None or key(cell) in _WORDS


def is_range(cell: str) -> bool:
    """Whether a cell tells roughly, or between which figures one lies: `51-200`, `10.000+`, `circa 80`."""
    found = _RANGE.fullmatch(cell.strip()) if len(cell) <= _LONGEST else None
    return found is not None and bool(found["about"] or found["to"])
