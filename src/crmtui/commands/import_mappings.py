"""How a file is read: what was decided about it, and what is remembered for the next file of its shape."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final

from crmtui.commands.import_existing import Existing
from crmtui.domain.bringing import ImportMapping
from crmtui.domain.fields import LONGEST_TEXT
from crmtui.domain.money import CURRENCIES
from crmtui.exchange.file_form import RECOGNISED, FileForm
from crmtui.exchange.mapping.meanings import MEANINGS
from crmtui.exchange.mapping.targets import known
from crmtui.store.reading import records
from crmtui.store.reading.connections import reading
from crmtui.store.writing.bulk import insert_many, update_many
from crmtui.text import key

if TYPE_CHECKING:
    import datetime as dt
    import sqlite3
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from crmtui.store.unit import UnitOfWork

_SHAPE: Final = 32  # characters
_FORM: Final = {"encoding": str, "delimiter": str, "header": int, "quote": str}


@dataclass(frozen=True, slots=True, kw_only=True)
class FileMapping:
    """What was decided about one file; what nothing is said of is decided by the file.

    Attributes:
        kind: the table of the noun that it holds.
        columns: what columns become, by header: a field, one of `mapping.targets`, '' to leave it out.
        day_first: whether 03/04 is the third of April.
        decimal_comma: whether 1.234 is a thousand and more.
        currency: of money that names none.
        units: what the numbers of a column are multiplied with, by header.
        words: for a header and a cell, as `text.key` folds it, the word of ours that it means.
        modes: what the cells of a column may do to records that are there, by header; the import decides of others.
        skip_doubtful: whether new rows that may be doubles are left out; the import decides where nobody said so.
        form: how it is laid out, as far as somebody said so; without its sheets.
    """

    kind: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)
    day_first: bool | None = None
    decimal_comma: bool | None = None
    currency: str = ""
    units: Mapping[str, float] = field(default_factory=dict)
    words: Mapping[tuple[str, str], str] = field(default_factory=dict)
    modes: Mapping[str, Existing] = field(default_factory=dict)
    skip_doubtful: bool | None = None
    form: FileForm = RECOGNISED

    def over(self, other: FileMapping) -> FileMapping:
        """What this says, and the other where this says nothing; a noun of its own makes other columns void."""
        if self.kind and other.kind and self.kind != other.kind:
            other = replace(other, columns={}, words={}, modes={})
        return FileMapping(
            kind=self.kind or other.kind,
            columns={**other.columns, **self.columns},
            day_first=other.day_first if self.day_first is None else self.day_first,
            decimal_comma=other.decimal_comma if self.decimal_comma is None else self.decimal_comma,
            currency=self.currency or other.currency,
            units={**other.units, **self.units},
            words={**other.words, **self.words},
            modes={**other.modes, **self.modes},
            skip_doubtful=other.skip_doubtful if self.skip_doubtful is None else self.skip_doubtful,
            form=self.form.over(other.form),
        )


NOTHING: Final = FileMapping()


def shape_of(headers: Sequence[str]) -> str:
    """What files of one kind have in common: their headers, in any order."""
    return hashlib.sha256("\n".join(sorted(map(key, headers))).encode()).hexdigest()[:_SHAPE]


def written(mapping: FileMapping) -> str:
    """A mapping as it is kept: JSON."""
    told: dict[str, Any] = {
        "columns": dict(mapping.columns),
        "day_first": mapping.day_first,
        "decimal_comma": mapping.decimal_comma,
        "currency": mapping.currency,
        "units": dict(mapping.units),
        "words": [[header, cell, word] for (header, cell), word in mapping.words.items()],
        "modes": {name: mode.value for name, mode in mapping.modes.items()},
        "skip_doubtful": mapping.skip_doubtful,
        "form": {name: said for name, said in mapping.form._asdict().items() if name in _FORM and said is not None},
    }
    return json.dumps({name: value for name, value in told.items() if value not in (None, "", {}, [])})


def read(kind: str, kept: str) -> FileMapping:
    """A mapping that was kept; what it says and this version does not know is passed over."""
    try:
        told = json.loads(kept)
    except (ValueError, RecursionError):
        return NOTHING
    if kind not in MEANINGS or not isinstance(told, dict):
        return NOTHING
    targets = set(known(kind))
    modes = {one.value for one in Existing}
    return FileMapping(
        kind=kind,
        columns={header: name for header, name in _texts(told.get("columns")).items() if name in targets},
        day_first=_yes_no(told.get("day_first")),
        decimal_comma=_yes_no(told.get("decimal_comma")),
        currency=told["currency"] if told.get("currency") in CURRENCIES else "",
        units={
            name: float(unit) for name, unit in _mapping(told.get("units")).items() if isinstance(unit, int | float)
        },
        words={(row[0], row[1]): row[2] for row in _rows(told.get("words"))},
        modes={name: Existing(mode) for name, mode in _texts(told.get("modes")).items() if mode in modes},
        skip_doubtful=_yes_no(told.get("skip_doubtful")),
        form=_form(_mapping(told.get("form"))),
    )


def _mapping(given: object) -> dict[str, Any]:
    return given if isinstance(given, dict) else {}


def _texts(given: object) -> dict[str, str]:
    return {name: value for name, value in _mapping(given).items() if isinstance(value, str)}


def _form(given: Mapping[str, Any]) -> FileForm:
    said = {name: given[name] for name, kind in _FORM.items() if type(given.get(name)) is kind}
    return FileForm(**said)


def _rows(given: object) -> list[list[str]]:
    rows = given if isinstance(given, list) else []
    return [row for row in rows if isinstance(row, list) and len(row) == 3 and all(isinstance(one, str) for one in row)]  # noqa: PLR2004 - header, cell, word


def _yes_no(given: object) -> bool | None:
    return given if isinstance(given, bool) else None


class Memory:
    """What is remembered of files that were imported before; nothing without a connection, which is reading."""

    def __init__(self, connection: sqlite3.Connection | None) -> None:
        self._connection = connection

    def of(self, headers: Sequence[str]) -> tuple[str, FileMapping] | None:
        """The name of the file that a mapping of this shape was made for, and it; None where there is none."""
        found = self._found("shape = ?", shape_of(headers))
        return found[0] if found else None

    def forms(self) -> list[FileForm]:
        """How files were said to be laid out, the last that was used first."""
        found = self._found("columns LIKE ? ORDER BY used_on DESC, id DESC", '%"form"%')
        return list(dict.fromkeys(mapping.form for _name, mapping in found if mapping.form != RECOGNISED))

    def _found(self, condition: str, given: str) -> list[tuple[str, FileMapping]]:
        if self._connection is None:
            return []
        rows = self._connection.execute(f"SELECT name, kind, columns FROM import_mapping WHERE {condition}", (given,))
        return [(str(name), read(str(kind), str(columns))) for name, kind, columns in rows.fetchall()]


def remember(unit: UnitOfWork, name: str, headers: Sequence[str], mapping: FileMapping, today: dt.date) -> None:
    """Keep how a file was read for the next one of its shape; nothing where nobody decided anything.

    A mapping that is kept already gets the day only where the import has changed something else.
    """
    shape, columns = shape_of(headers), written(mapping)
    if columns == written(NOTHING) or len(columns) > LONGEST_TEXT:
        return
    given = {"name": name, "kind": mapping.kind, "columns": columns, "used_on": today}
    asked = "SELECT id, kind, columns FROM import_mapping WHERE shape = ?"
    row = unit.connection.execute(asked, (shape,)).fetchone()
    if row is None:
        insert_many(unit, ImportMapping, [given | {"shape": shape}])
    elif (row[1], row[2]) != (mapping.kind, columns) or unit.has_changed():
        update_many(unit, ImportMapping, list(given), [(int(row[0]), given)])


@dataclass(frozen=True, slots=True)
class KeptMapping:
    """A mapping that is remembered.

    Attributes:
        uid: its identity.
        name: the file for which it was made.
        mapping: what was decided.
        used_on: the day on which it was used last.
    """

    uid: str
    name: str
    mapping: FileMapping
    used_on: dt.date | None


def kept(path: Path) -> list[KeptMapping]:
    """All mappings that are remembered, by name."""
    with reading(path) as connection:
        found = records.where(connection, ImportMapping, "1", (), "name, id")
        return [KeptMapping(one.uid, one.name, read(one.kind, one.columns), one.used_on) for one in found]
