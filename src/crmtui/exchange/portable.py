"""Our own format: every field of every record, links by public identity with the name beside, so that nothing is lost.

A column a field, after `uid`. A link `owner_id` becomes `owner_uid` and, for people to read, `owner`. In JSON each
object says its `type`, which is the table; in CSV the header is enough to tell. Money is in minor units of its
currency; in tables, which people and other programs add up, it is in whole units and its column says so:
`value_amount`. Both are read, whatever the format.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from crmtui.domain import values
from crmtui.domain.fields import Kind, Record, Spec, specs
from crmtui.domain.money import TOO_FINE, exponent
from crmtui.domain.nouns import BY_TABLE, RECORDS
from crmtui.exchange.numbers import NumberStyle, parse_number
from crmtui.text import _, in_each_language, key

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

TYPE: Final = "type"
# The one link that does not say its table in its definition: external identities point into every table.
POINTER: Final = "record_id"
CURRENCY: Final = "currency"
_LONGEST: Final = 64


@dataclass(frozen=True, slots=True)
class Portable:
    """A column of our own format.

    Attributes:
        name: the header.
        field: the field that it belongs to; '' for `uid`.
        is_title: whether it only tells people what the identity beside it stands for.
        is_amount: whether it holds money in whole units of the currency that the record names.
        is_later: whether files of ours went out without it, before there was such a field.
    """

    name: str
    field: str
    is_title: bool = False
    is_amount: bool = False
    is_later: bool = False


def portable_columns(kind: type[Record], *, amounts: bool = False) -> tuple[Portable, ...]:
    """The columns of a noun, in order; with `amounts` money is in whole units where the record names its currency."""
    return _columns(kind.noun.table, amounts)


@cache
def _columns(table: str, amounts: bool) -> tuple[Portable, ...]:
    kind = BY_TABLE[table]
    amounts = amounts and CURRENCY in specs(kind)
    found = [Portable("uid", "")]
    for name, spec in specs(kind).items():
        if spec.kind is Kind.LINK:
            base = name.removesuffix("_id")
            title = f"{base}_name" if base in specs(kind) else base  # a line of influence has a `source` of its own
            uid = Portable(f"{base}_uid", name, is_later=spec.is_later)
            found += [uid, Portable(title, name, is_title=True)]
        elif name == POINTER:
            found.append(Portable("record_uid", name))
        elif amounts and spec.kind is Kind.MONEY:
            found.append(Portable(f"{name}_amount", name, is_amount=True, is_later=spec.is_later))
        else:
            found.append(Portable(name, name, is_later=spec.is_later))
    return tuple(found)


def table_of(headers: Sequence[str], stem: str) -> str:
    """The table whose own format has these headers, or had them; '' for files of other programs."""
    if "uid" not in headers:
        return ""
    fitting = [
        kind.noun.table
        for kind in RECORDS
        if any(_fits(portable_columns(kind, amounts=amounts), headers) for amounts in (False, True))
    ]
    named = [table for table in fitting if key(table) == key(stem)]
    return (named or [table for table in fitting if not _is_view(headers, stem, table)] or [""])[0]


def _is_view(headers: Sequence[str], stem: str, table: str) -> bool:
    """Whether a file is called as records of another table are, of which it has some columns: those of tags are few."""
    others = (kind for kind in RECORDS if kind.noun.table != table and key(stem) in _names(kind.noun.table))
    return any(set(headers) <= {column.name for column in portable_columns(kind)} for kind in others)


@cache
def _names(table: str) -> frozenset[str]:
    """What a file of a table may be called, as it is compared."""
    noun = BY_TABLE[table].noun
    return frozenset(map(key, (table, *in_each_language(noun.one), *in_each_language(noun.many))))


def _fits(columns: Sequence[Portable], headers: Sequence[str]) -> bool:
    """Whether headers are those of the columns, with or without those that came later or only tell people something."""
    wanted = {column.name for column in columns if not (column.is_title or column.is_later)}
    return wanted <= set(headers) <= {column.name for column in columns} | {TYPE}


def cells(kind: type[Record], record: Record, linked: Mapping[str, tuple[str, str]]) -> dict[str, values.Plain]:
    """A record in our own format; `linked` gives (uid, title) for each link field that is not empty."""
    known = specs(kind)
    found: dict[str, values.Plain] = {}
    for column in portable_columns(kind):
        if column.field == "":
            found[column.name] = record.uid
        elif known[column.field].kind is Kind.LINK or column.field == POINTER:
            uid, title = linked.get(column.field, ("", ""))
            found[column.name] = (title if column.is_title else uid) or None
        else:
            found[column.name] = values.plain(known[column.field], getattr(record, column.field))
    return found


def read_cells(kind: type[Record], row: Mapping[str, Any]) -> tuple[str, dict[str, Any], dict[str, str]]:
    """Identity, values and links (field → identity) of a row in our own format.

    Raises:
        ValueError: a cell is not what the field holds; the sentence names the column.
    """
    uid = str(row.get("uid") or "")
    if uid and not values.is_uid(uid):
        raise ValueError(_("column {column}: {uid} is no identity").format(column="uid", uid=values.quoted(uid)))
    known = specs(kind)
    given: dict[str, Any] = {}
    links: dict[str, str] = {}
    columns = portable_columns(kind, amounts=True)
    if not any(column.is_amount and column.name in row for column in columns):
        columns = portable_columns(kind)
    for column in columns:
        cell = row.get(column.name)
        if column.is_title or column.field == "" or column.name not in row:
            continue
        if known[column.field].kind is Kind.LINK or column.field == POINTER:
            links[column.field] = str(cell or "")
            continue
        try:
            value = _minor(cell, str(row.get(CURRENCY) or "")) if column.is_amount else cell
            given[column.field] = _value(known[column.field], value)
        except (ValueError, KeyError, TypeError) as error:
            raise ValueError(_("column {column}: {why}").format(column=column.name, why=error)) from None
    return uid, given, links


def _minor(cell: object, currency: str) -> str:
    """Minor units of an amount in whole ones."""
    if cell in (None, ""):
        return ""
    amount = parse_number(str(cell), NumberStyle.POINT).scaleb(exponent(currency))
    if amount != amount.to_integral_value():
        raise ValueError(_(TOO_FINE).format(text=str(cell)[:_LONGEST], currency=currency))
    return f"{amount:.0f}"


def _value(spec: Spec, cell: Any) -> Any:  # noqa: ANN401 - cells are text in CSV and typed in JSON
    if cell is None or cell == "":
        return values.check(spec, "")
    if isinstance(cell, str):
        return values.check(spec, values.plain_number(cell)) if spec.kind is Kind.NUMBER else values.parse(spec, cell)
    return values.check(spec, values.loaded(spec, cell))
