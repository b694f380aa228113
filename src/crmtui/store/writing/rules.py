"""The rules across the fields of a record, asked before it is written: a row of a file is then refused by its line."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from crmtui.domain import values
from crmtui.domain.fields import default, specs
from crmtui.domain.following import out_of_order
from crmtui.errors import InvalidError
from crmtui.store.failures import broken_rule
from crmtui.text import _

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping

    from crmtui.domain.fields import Record, Spec

_OWN_KEY: Final = re.compile(r"\bid\b")
_NAMES: Final = re.compile(r"\w+_id\b")
_WORDS: Final = re.compile(r"\w+")


def broken(
    connection: sqlite3.Connection, kind: type[Record], record_id: int | None, given: Mapping[str, Any]
) -> InvalidError | None:
    """What a record would break with these values; None for nothing.

    Args:
        connection: the workspace.
        kind: what it is.
        record_id: the record that is changed; None for a new one.
        given: the values of its fields; what is not given is as it was, or as it is by default.
    """
    rules = {number: rule for number, rule in enumerate(kind.noun.checks, 1) if _matters(rule, record_id, given)}
    named = set(_WORDS.findall(" ".join(rules.values()))) | _following(kind)
    if not named:
        return None
    known = {name: spec for name, spec in specs(kind).items() if name in named}
    before = _kept(connection, kind, record_id, known)
    kept = before | {name: values.plain(spec, given[name]) for name, spec in known.items() if name in given}
    if wrong := _disorder(kind, None if record_id is None else before, kept):
        return InvalidError(wrong, _(kind.noun.one))
    if not rules:
        return None
    told = ", ".join(f"coalesce(({rule}), 1)" for rule in rules.values())
    kept |= {"id": record_id}
    fields = ", ".join(f":{name} AS {name}" for name in kept)
    row = connection.execute(f"SELECT {told} FROM (SELECT {fields})", kept).fetchone()
    number = next((number for number, passes in zip(rules, row, strict=True) if not passes), None)
    return None if number is None else broken_rule(kind, number)


def _disorder(
    kind: type[Record], before: Mapping[str, values.Plain] | None, kept: Mapping[str, values.Plain]
) -> dict[str, str]:
    """What would be out of order; `before` is None for a new record."""
    names = _following(kind)
    after = {name: values.loaded(specs(kind)[name], kept[name]) for name in names}
    return out_of_order(kind, after, {name for name in names if before is None or before[name] != kept[name]})


def _following(kind: type[Record]) -> set[str]:
    return {name for one in kind.noun.follows for name in (one.first, one.later)}


def _matters(rule: str, record_id: int | None, given: Mapping[str, Any]) -> bool:
    """Whether a rule can be broken; one that a record may not link to itself only where it links to something."""
    if not _OWN_KEY.search(rule):
        return True
    return record_id is not None and any(given.get(name) is not None for name in _NAMES.findall(rule))


def _kept(
    connection: sqlite3.Connection, kind: type[Record], record_id: int | None, known: Mapping[str, Spec]
) -> dict[str, Any]:
    if record_id is not None:
        row = connection.execute(
            f"SELECT {', '.join(('id', *known))} FROM {kind.noun.table} WHERE id = ?", (record_id,)
        ).fetchone()
        if row is not None:
            return dict(zip(known, row[1:], strict=True))
    return {name: values.plain(spec, default(kind, name)) for name, spec in known.items()}
