"""A form: one kind of file of one program, known by several of its columns and never by one."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from crmtui.domain.bringing import PROGRAMS
from crmtui.exchange.mapping.meanings import split
from crmtui.text import key

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence


@dataclass(frozen=True)
class Form:
    """What a program writes for one of our nouns.

    Attributes:
        source: what its keys are called where records remember them, one of `domain.bringing.PROGRAMS`.
        table: the noun.
        signs: headers that files of other programs hardly have, parted by commas.
        least: how many of the signs a file must have.
        needs: groups of headers, parted by commas, of each of which a file must have one.
        lacks: headers, parted by commas, of which a file may have none: they make it another form.
        columns: for each target its headers, the surest first, parted by commas.
        several: headers, parted by commas, whose cells may name several records, with a semicolon between them.
        many: beginnings of headers, parted by commas, of which it has many more than are listed.
        prefixes: what may stand before a header, before a stroke or a colon.
        external: a key of the program as it is compared, made of the cell.
    """

    source: str
    table: str
    signs: str
    columns: Mapping[str, str]
    least: int = 2
    needs: tuple[str, ...] = ()
    lacks: str = ""
    several: str = ""
    many: str = ""
    prefixes: tuple[str, ...] = ()
    external: Callable[[str], str] | None = field(default=None, compare=False)

    @property
    def program(self) -> str:
        """Its name, as it is shown."""
        return PROGRAMS[self.source]

    @cached_property
    def ranks(self) -> dict[str, tuple[str, int]]:
        """For each header, as it is compared, what it becomes and how sure that is: 0 is the surest."""
        found: dict[str, tuple[str, int]] = {}
        for target, names in self.columns.items():
            for rank, name in enumerate(split(names)):
                found.setdefault(key(name), (target, rank))
        return found

    def fit(self, headers: Sequence[frozenset[str]]) -> tuple[float, int]:
        """The share of the headers that it knows, and how many of its signs are there; (0, 0) where it is not it.

        Args:
            headers: for each column the names that its header may mean, as they are compared.
        """
        present = frozenset().union(*headers) if headers else frozenset()
        signs = len(keys_of(self.signs) & present)
        if signs < self.least or keys_of(self.lacks) & present:
            return 0.0, 0
        if not all(keys_of(group) & present for group in self.needs):
            return 0.0, 0
        return sum(map(self._knows, headers)) / len(headers), signs

    def _knows(self, names: frozenset[str]) -> bool:
        return not names.isdisjoint(self.ranks) or any(name.startswith(self._beginnings) for name in names)

    @cached_property
    def _beginnings(self) -> tuple[str, ...]:
        return tuple(keys_of(self.many))


def keys_of(names: str) -> frozenset[str]:
    """The same, as they are compared."""
    return frozenset(map(key, split(names)))
