"""Our people in several spellings of one name: `Bini, Anna`, `Dr. Anna Bini` and anna.bini@ours.example are one."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

from crmtui.domain.called import name_and_address, plain_name, with_address, words_of_name
from crmtui.text import key, line

if TYPE_CHECKING:
    from collections.abc import Iterable

_FEWEST: Final = 2  # words; one alone is a name that several may have


class OurNames:
    """What our people are called: those who are there, and those whom the files that were read so far name.

    Args:
        people: (name, e-mail address or '') of those who are there.
    """

    def __init__(self, people: Iterable[tuple[str, str]] = ()) -> None:
        self._mails: set[str] = set()
        self._called: dict[frozenset[str], str] = {}  # by the words of the name; '' where several are called so
        for name, mail in people:
            self._mails.add(mail.lower())
            words = words_of_name(name)
            if "@" not in name and len(words) >= _FEWEST:
                self._called[words] = name if key(self._called.get(words, name)) == key(name) else ""

    def respelt(self, cells: Iterable[str]) -> dict[str, str]:
        """For cells that name somebody in another spelling, what they mean."""
        groups: defaultdict[frozenset[str], list[str]] = defaultdict(list)
        for cell in sorted(cells):
            words = words_of_name(line(cell))
            if len(words) >= _FEWEST and name_and_address(line(cell))[1].lower() not in self._mails - {""}:
                groups[words].append(cell)
        found: dict[str, str] = {}
        for words, group in groups.items():
            if words not in self._called and (best := _best(group)):
                self._called[words] = best
            if name := self._called.get(words):
                found |= {cell: said for cell in group if key(said := _meant(cell, name)) != key(cell)}
        return found


def _meant(cell: str, name: str) -> str:
    return with_address(name, name_and_address(line(cell))[1])


def _best(cells: Iterable[str]) -> str:
    """The name that cells spell differently, given name first as a comma or an address tells; '' for addresses."""
    told = [name_and_address(line(cell)) for cell in cells]
    ordered = {key(address.partition("@")[0]) for _name, address in told}
    ordered |= {key(plain_name(name)) for name, _address in told if "," in name}
    names = {plain_name(name) for name, _address in told if name}
    return min(names, key=lambda name: (key(name) not in ordered, name.isupper() or name.islower(), name), default="")
