"""Links of rows of our own format that somebody wrote by hand: by the name of the record, where no identity is told."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from crmtui.domain.fields import Kind, specs
from crmtui.domain.nouns import BY_TABLE
from crmtui.exchange import portable
from crmtui.store.circles import upward
from crmtui.text import key

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any

    from crmtui.domain.fields import Record
    from crmtui.store.unit import UnitOfWork


class NamedLink(NamedTuple):
    """A link that a row tells by name alone.

    Attributes:
        field: the field.
        column: the header.
        name: what it tells.
        target: the one record of that name; None where there is none, or where there are several.
    """

    field: str
    column: str
    name: str
    target: int | None


def by_name(
    unit: UnitOfWork, kind: type[Record], cells: Mapping[str, Any], links: Mapping[str, str]
) -> Iterator[NamedLink]:
    """The links that a row tells by name, but for those to a record of its own table above it.

    Args:
        unit: the unit of work.
        kind: the noun of the row.
        cells: its cells by header.
        links: the identities that it tells, by field.
    """
    for column in portable.portable_columns(kind):
        name = str(cells.get(column.name) or "") if column.is_title else ""
        if not name or links.get(column.field) or column.field in upward(kind):
            continue
        spec = specs(kind)[column.field]
        if spec.kind is Kind.LINK and spec.link and "name" in specs(BY_TABLE[spec.link]):
            asked = f"SELECT id FROM {spec.link} WHERE name_key = ? LIMIT 2"
            found = unit.connection.execute(asked, (key(name),)).fetchall()
            yield NamedLink(column.field, column.name, name, found[0][0] if len(found) == 1 else None)


def uid_column(field: str) -> str:
    """The header under which a link tells an identity."""
    return field.removesuffix("_id") + "_uid"
