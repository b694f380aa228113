"""Rows of a recognised table as drafts of records: values that are read, links still by name."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from crmtui.domain.fields import Kind, Record, specs
from crmtui.domain.nouns import BY_TABLE
from crmtui.domain.words import PhoneKind, Stage
from crmtui.exchange.mapping.meanings import EXTERNAL
from crmtui.exchange.problems import Problem
from crmtui.text import _, line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crmtui.exchange.mapping.readers import Readers
    from crmtui.exchange.mapping.recognise import Recognised
    from crmtui.exchange.reading import Row, Table

# Columns of a person that become records of their own.
ASIDE: Final = {"email": ("person_email", "address", None), "phone": ("person_phone", "number", PhoneKind.WORK),
                "mobile": ("person_phone", "number", PhoneKind.MOBILE)}  # fmt: skip


@dataclass(slots=True)
class Draft:
    """A record to be, as a row of a file gives it.

    Attributes:
        line: of the file.
        cells: the row as the file has it.
        external: its key in the other system; '' where the file has none.
        values: fields that the file fills, as checked values; blank cells are left out.
        links: for each link field the name that it leads to.
        aside: what becomes records of their own: (table, fields).
    """

    line: int
    cells: tuple[str, ...]
    external: str = ""
    values: dict[str, Any] = field(default_factory=dict)
    links: dict[str, str] = field(default_factory=dict)
    aside: list[tuple[str, dict[str, Any]]] = field(default_factory=list)


def drafts(table: Table, recognised: Recognised, readers: Readers, currency: str) -> Iterator[Draft | Problem]:
    """A draft for every row that can be read, a problem for every other."""
    kind = BY_TABLE[recognised.table]
    places = recognised.fields()
    for row in table.rows():
        try:
            yield _draft(kind, row, places, readers, currency)
        except _CellError as error:
            yield Problem(row.line, str(error), table.headers[error.place], row.values[error.place], row.values)
        except ValueError as error:
            yield Problem(row.line, str(error), values=row.values)
    yield from table.problems


class _CellError(ValueError):
    def __init__(self, why: str, place: int) -> None:
        self.place = place
        super().__init__(why)


def _draft(kind: type[Record], row: Row, places: dict[str, int], readers: Readers, currency: str) -> Draft:
    known = specs(kind)
    found = Draft(row.line, row.values)
    if "currency" in places and (code := row.values[places["currency"]].strip()):
        found.values["currency"] = currency = code.upper()
    for name, place in places.items():
        cell = row.values[place]
        if not cell or name == "currency" or not cell.strip():
            continue
        if name == EXTERNAL:
            found.external = line(cell)
        elif name in ASIDE and name not in known:
            _set_aside(found, name, line(cell))
        elif known[name].kind is Kind.LINK:
            found.links[name] = line(cell)
        else:
            try:
                reader = readers.by_field[name]
                value = reader(cell, currency) if known[name].kind is Kind.MONEY else reader(cell)
            except ValueError as error:
                raise _CellError(str(error), place) from None
            found.values[name] = value
            if known[name].kind is Kind.MONEY and "currency" in known:
                found.values["currency"] = currency
    _complete(kind, found)
    return found


def _set_aside(found: Draft, name: str, cell: str) -> None:
    table, column, kind = ASIDE[name]
    fields: dict[str, Any] = {column: cell, "is_primary": not any(other == table for other, _fields in found.aside)}
    if kind is not None:
        fields["kind"] = kind
    found.aside.append((table, fields))


def _complete(kind: type[Record], found: Draft) -> None:
    """A name where the file has none, and dates where they belong."""
    given = found.values
    if kind.noun.table == "person" and not given.get("name"):
        parts = [given.get("given_name", ""), given.get("family_name", "")]
        given["name"] = " ".join(part for part in parts if part) or _address(found)
    if kind.noun.table == "opportunity":
        if not given.get("name"):
            given["name"] = " · ".join(part for part in (found.links.get("offering_id", ""), found.external) if part)
        stage = given.get("stage", Stage.PROSPECTING)
        if "closed_on" in given and not stage.is_closed:
            given["expected_on"] = given.pop("closed_on")
    if "name" in specs(kind) and not given.get("name"):
        raise ValueError(_("the row has no name"))


def _address(found: Draft) -> str:
    return next((fields["address"] for table, fields in found.aside if table == "person_email"), "")
