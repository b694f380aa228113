"""What rows of our own format say: by what their records are known, what they link to, and why some are refused."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from crmtui.commands.import_own_names import uid_column
from crmtui.domain import values
from crmtui.domain.fields import Record, default, specs
from crmtui.exchange import portable
from crmtui.exchange.problems import Problem
from crmtui.text import _

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from crmtui.commands.import_own_files import OwnRow
    from crmtui.commands.import_report import FileReport


class Identity(NamedTuple):
    """The fields by which a record is known, and what a row has in them."""

    names: tuple[str, ...]
    kept: tuple[values.Plain, ...]


class Upward(NamedTuple):
    """A link of a row to another record of its table, whose identity is `wanted`."""

    report: FileReport
    row: OwnRow
    wanted: str


class Later(NamedTuple):
    """A link of the record of identity `uid` to one that has not come yet, whose identity is `wanted`."""

    report: FileReport
    row: OwnRow
    uid: str
    field: str
    wanted: str


class Meant(NamedTuple):
    """A row that means a record which is there.

    Attributes:
        row: the row.
        record_id: the record.
        uid: its identity.
        given: what it tells in each field.
        linked: the identities of what it links to, by field.
        later: those of its links whose records have not come yet.
    """

    row: OwnRow
    record_id: int
    uid: str
    given: dict[str, Any]
    linked: Mapping[str, str]
    later: list[Later]


def repeated(row: OwnRow, before: int) -> Problem | None:
    """The reason to refuse a row that brings again what a row before it in the file brought."""
    if before == row.line:
        return None
    return Problem(row.line, _("the record of line {line} is brought again").format(line=before))


def identities(kind: type[Record], uid: str, given: Mapping[str, Any]) -> Iterator[Identity]:
    """By what a row's record is known, the surest first; a workspace is the only one of its kind."""
    if uid:
        yield Identity(("uid",), (uid,))
    if kind.noun.table == "workspace":
        yield Identity((), ())
    for group in kind.noun.unique:
        kept = tuple(values.plain(specs(kind)[name], given.get(name)) for name in group)
        if None not in kept:
            yield Identity(group, kept)


def lacking(kind: type[Record], row: OwnRow, given: Mapping[str, Any]) -> Problem | None:
    """The reason to refuse a new record that has not what it needs."""
    for name, spec in specs(kind).items():
        if spec.required and given.get(name, default(kind, name)) in (None, ""):
            return Problem(row.line, _("is needed"), name)
    return None


def unknown(row: OwnRow) -> Problem:
    """The reason to refuse a row that does not tell what it is."""
    return Problem(row.line, _("it does not say what it is: `type` is missing or unknown"), portable.TYPE, row.table)


def dangling(row: OwnRow, field: str, wanted: str) -> Problem:
    """The reason to refuse a row, or to leave a link empty, that leads nowhere."""
    return Problem(row.line, _("it links to a record that is nowhere"), uid_column(field), wanted)
