"""Whether an account is a customer, as other programs say it: here that is its level, its status, or both.

“Customer” says that it buys, so that it is at least a buyer; how it sees us nobody has said, so that the level is
assumed. “Partner” and the like may mean many things, and mean nothing here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from crmtui.domain import values
from crmtui.domain.accounts import Account
from crmtui.domain.checked import Checked
from crmtui.domain.fields import specs
from crmtui.domain.words import AccountStatus, Level
from crmtui.exchange.mapping.usual import STANDINGS
from crmtui.text import N_, _, key

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from crmtui.domain.fields import Word
    from crmtui.domain.values import Plain

_FIELDS: Final = ("level", "status")
LABELS: Final = {
    "customer": N_("customer"),
    "prospect": N_("prospect"),
    "active": N_("active"),
    "dormant": N_("dormant"),
    "closed": N_("closed"),
}
_MEANT: Final[Mapping[str, Mapping[str, Word]]] = {
    "customer": {"level": Level.BUYER},
    "prospect": {"level": Level.PROSPECT},
    "active": {"status": AccountStatus.ACTIVE},
    "dormant": {"status": AccountStatus.DORMANT},
    "closed": {"status": AccountStatus.CLOSED},
}
_STANDING_OF: Final = {key(name): standing for standing, names in STANDINGS.items() for name in (standing, *names)}


def is_known(cell: str) -> bool:
    """Whether a cell says how an account stands."""
    return key(cell) in _STANDING_OF


def meant(cell: Plain) -> Mapping[str, Word]:
    """The fields of an account that a cell tells."""
    return _MEANT.get(_STANDING_OF.get(key(str(cell or "")), ""), {})


def told(cells: Sequence[Plain]) -> Iterator[tuple[str, Checked]]:
    """The fields of accounts that cells tell, each for all rows."""
    for name in _FIELDS:
        found = [word.value if (word := meant(cell).get(name)) else None for cell in cells]
        if any(found):
            yield name, Checked(specs(Account)[name], found)


def left(cells: Sequence[str]) -> list[Plain]:
    """The cells that say something else than a word of ours, as they are."""
    return [cell if cell and not _is_ours(cell) else None for cell in map(str.strip, cells)]


def respelt(cells: Iterable[str], said: Iterable[Plain]) -> Iterator[tuple[str, str]]:
    """Of each cell that means something and is no word of ours, it and what it was taken for."""
    for cell, word in zip(map(str.strip, cells), said, strict=True):
        if cell and not _is_ours(cell):
            for name, one in meant(word).items():
                yield cell, f"{_(specs(Account)[name].label)} {_(one.label)}"


def _is_ours(cell: str) -> bool:
    return any(_is_word(name, cell) for name in _FIELDS)


def _is_word(name: str, cell: str) -> bool:
    try:
        found: Any = values.parse(specs(Account)[name], cell)
    except ValueError:
        return False
    return found in meant(cell).values()
