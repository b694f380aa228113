"""What a workspace tells about the cells of files that are brought into it: its currency, and our people."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

from crmtui.domain.identity import MERGED, ExternalIdentity
from crmtui.domain.workspace import Actor
from crmtui.exchange.mapping.meanings import EXTERNAL
from crmtui.exchange.mapping.our_names import OurNames
from crmtui.exchange.mapping.targets import NAME_PARTS
from crmtui.store.reading.records import where
from crmtui.store.unit import base_currency
from crmtui.text import key, line

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator, Sequence

    from crmtui.commands.import_opening import Foreign

_EURO: Final = "EUR"


@dataclass(frozen=True)
class Ours:
    """What cells may mean.

    Attributes:
        currency: of money that names none.
        people: (name, e-mail address or '') of ours: those who are there, and those whom the files bring.
        keys: what their keys elsewhere are.
    """

    currency: str = _EURO
    people: tuple[tuple[str, str], ...] = ()
    keys: frozenset[str] = frozenset()

    @property
    def known(self) -> frozenset[str]:
        """Our people as cells name them: names as `text.key` folds them, addresses in lower case."""
        return frozenset(told for name, mail in self.people for told in (key(name), mail.lower()) if told)

    @cached_property
    def spellings(self) -> OurNames:
        """What they are called in several spellings; it learns from each file that is read."""
        return OurNames(self.people)

    @property
    def names(self) -> tuple[str, ...]:
        """What our people are called, in order."""
        return tuple(sorted({name for name, _mail in self.people if name}, key=str.casefold))


def ours(connection: sqlite3.Connection | None, files: Sequence[Foreign]) -> Ours:
    """What a workspace and the files say; `connection` is None where there is no workspace yet."""
    bringing = [file for file in files if file.recognised.table == Actor.noun.table]
    brought = tuple(one for file in bringing for one in _brought(file))
    keys = frozenset(one for file in bringing for one in _keys(file))
    if connection is None:
        return Ours(people=brought, keys=keys)
    there = tuple((one.name, one.email) for one in where(connection, Actor, "1", ()))
    kept = where(connection, ExternalIdentity, "kind = ? AND source <> ?", (Actor.noun.table, MERGED))
    return Ours(base_currency(connection), (*there, *brought), keys | {one.external_id for one in kept})


def _keys(file: Foreign) -> Iterator[str]:
    form, place = file.recognised.form, file.recognised.fields().get(EXTERNAL)
    cells = (line(row.values[place]) for row in file.table.rows()) if place is not None else ()
    for cell in cells:
        yield form.external(cell) if form and form.external else cell


def _brought(file: Foreign) -> Iterator[tuple[str, str]]:
    places = file.recognised.fields()
    for row in file.table.rows():
        name, mail, *parts = (
            line(row.values[places[target]]) if target in places else "" for target in ("name", "email", *NAME_PARTS)
        )
        yield name or " ".join(filter(None, parts)), mail
