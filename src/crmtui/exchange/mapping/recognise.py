"""Which noun a table holds, and which field each column fills: by headers, with the reason of each guess."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from crmtui.errors import UsageError
from crmtui.exchange.mapping.meanings import EXTERNAL, MEANINGS, NEEDED
from crmtui.text import _, key

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


@dataclass(frozen=True, slots=True)
class ColumnGuess:
    """What a column was taken for.

    Attributes:
        header: its name in the file.
        field: the field that it fills; '' when it is left out.
        reason: why, in words.
    """

    header: str
    field: str
    reason: str


@dataclass(frozen=True, slots=True)
class Recognised:
    """What a table was taken for.

    Attributes:
        table: the table of the noun that its rows become.
        columns: one for each column of the file, in its order.
        certainty: 0 to 1, the share of the columns that found a field.
    """

    table: str
    columns: tuple[ColumnGuess, ...]
    certainty: float

    def fields(self) -> dict[str, int]:
        """The position in the row of each field."""
        return {guess.field: place for place, guess in enumerate(self.columns) if guess.field}


def recognise(
    headers: Sequence[str], stem: str, *, table: str = "", wanted: Mapping[str, str] | None = None, name: str = ""
) -> Recognised:
    """The noun whose fields take most of the columns; `table` and `wanted` (header → field, '' to leave out) decide.

    `name` is how the table is named on the command line, where that is not its stem.

    Raises:
        UsageError: no noun fits, or `wanted` names what is not there; it says what there is.
    """
    choices = [table] if table else list(MEANINGS)
    candidates = [_fit(name, headers, wanted or {}) for name in choices]
    fitting = [found for found in candidates if table or _has_what_it_needs(found)]
    if not fitting:
        raise UsageError(
            _("its columns fit no noun: {headers}. Say what it holds, as in --as '{file}=accounts'").format(
                headers=", ".join(headers[:12]), file=name or stem
            )
        )
    return max(fitting, key=lambda found: (found.certainty, _is_named(found.table, stem), -choices.index(found.table)))


def _fit(table: str, headers: Sequence[str], wanted: Mapping[str, str]) -> Recognised:
    if table not in MEANINGS:
        raise UsageError(
            _("files cannot be read as {noun}; they can as {nouns}").format(noun=table, nouns=", ".join(MEANINGS))
        )
    fixed = _asked_for(table, headers, wanted)
    taken = set(fixed.values())
    claims = sorted(
        (rank, place, field)
        for field, names in MEANINGS[table].items()
        for rank, name in enumerate((field.removesuffix("_id"), *names))
        for place, header in enumerate(headers)
        if key(header) == key(name) and place not in fixed
    )
    found: dict[int, str] = dict(fixed)
    for _rank, place, field in claims:
        if place not in found and field not in taken:
            found[place] = field
            taken.add(field)
    columns = tuple(_guess(header, found.get(place), place in fixed) for place, header in enumerate(headers))
    return Recognised(table, columns, len([field for field in found.values() if field]) / max(len(headers), 1))


def _asked_for(table: str, headers: Sequence[str], wanted: Mapping[str, str]) -> dict[int, str]:
    known = {key(header): place for place, header in enumerate(headers)}
    found = {}
    for header, field in wanted.items():
        if key(header) not in known:
            raise UsageError(
                _("there is no column {header}; there are {headers}").format(header=header, headers=", ".join(headers))
            )
        fields = {field_key(name): name for name in MEANINGS[table]} | {"": ""}
        if field_key(field) not in fields:
            raise UsageError(
                _("there is no field {field}; there are {fields}").format(
                    field=field, fields=", ".join(name.removesuffix("_id") for name in MEANINGS[table])
                )
            )
        found[known[key(header)]] = fields[field_key(field)]
    return found


def field_key(name: str) -> str:
    """A field's name as it is compared: `owner` and `owner_id` are the same."""
    return key(name.removesuffix("_id"))


def _guess(header: str, field: str | None, asked: bool) -> ColumnGuess:
    if asked:
        return ColumnGuess(header, field or "", _("as you said"))
    if field is None:
        return ColumnGuess(header, "", _("no field of this name is known"))
    if key(header) == field_key(field):
        return ColumnGuess(header, field, _("same name"))
    if field == EXTERNAL:
        return ColumnGuess(header, field, _("the key in the other system"))
    return ColumnGuess(header, field, _("another name for it"))


def _has_what_it_needs(found: Recognised) -> bool:
    fields = found.fields()
    return any(all(name in fields for name in group) for group in NEEDED[found.table])


def _is_named(table: str, stem: str) -> bool:
    return key(table) in key(stem)
