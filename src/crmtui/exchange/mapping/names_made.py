"""The names of records to be: as the file has them, or made of what there is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from crmtui.domain.opportunities import Opportunity
from crmtui.domain.people import Person
from crmtui.domain.workspace import Actor
from crmtui.exchange.mapping.meanings import EXTERNAL

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from crmtui.domain.fields import Record
    from crmtui.exchange.mapping.drafts import Drafts


def names_made(kind: type[Record], found: Drafts) -> Iterator[str]:
    """The name of each row, made of what there is where the file has none; '' where nothing is there."""
    names: Iterator[str] = _NAMING.get(kind, _names_given)(found)
    return names


def _names_given(found: Drafts) -> Iterator[str]:
    return (str(name or "") for name in found.column("name"))


def _names_of_people(found: Drafts) -> Iterator[str]:
    """As the file has them, or of their parts, or else the e-mail address."""
    names, *others = map(found.column, ("name", "given_name", "family_name", "email"))
    if not any(names) and all(others[0]) and all(others[1]):  # as in most files
        yield from [f"{given} {family}" for given, family in zip(others[0], others[1], strict=True)]
        return
    for name, given, family, address in zip(names, *others, strict=True):
        both = f"{given} {family}" if given and family else given or family
        yield str(name or both or address or "")


def _names_of_ours(found: Drafts) -> Iterator[str]:
    """As the file has them, or else the e-mail address."""
    for name, address in zip(found.column("name"), found.column("email"), strict=True):
        yield str(name or address or "")


def _names_of_opportunities(found: Drafts) -> Iterator[str]:
    """As the file has them, or of the offering and the key in the other system."""
    parts = map(found.column, ("name", "offering_id", EXTERNAL))
    for name, offering, external in zip(*parts, strict=True):
        yield str(name or " · ".join(str(part) for part in (offering, external) if part))


_NAMING: Final[Mapping[type[Record], Any]] = {
    Person: _names_of_people,
    Opportunity: _names_of_opportunities,
    Actor: _names_of_ours,
}
