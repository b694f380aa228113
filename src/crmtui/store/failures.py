"""What SQLite and the system refuse, in sentences that a person can act on, without a customer's data."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from crmtui.domain.fields import specs
from crmtui.domain.nouns import BY_TABLE
from crmtui.errors import BusyError, ConflictError, CrmtuiError, FileProblemError, InvalidError
from crmtui.text import N_, _

if TYPE_CHECKING:
    import sqlite3
    from pathlib import Path

    from crmtui.domain.fields import Record

_PLACES: Final = re.compile(r"(\w+)\.(\w+)")
_CHECK: Final = re.compile(r"ck_(\w+)$")
_WORDS: Final = re.compile(r"[a-z_]+")
_SENTENCES: Final = {
    "SQLITE_BUSY": (BusyError, N_("{path} is in use by another program; nothing was changed. Try again.")),
    "SQLITE_LOCKED": (BusyError, N_("{path} is in use by another program; nothing was changed. Try again.")),
    "SQLITE_READONLY_DBMOVED": (
        BusyError,
        N_("{path} was replaced in the meantime; nothing was changed. Try again."),
    ),
    "SQLITE_READONLY": (
        FileProblemError,
        N_("{path} may only be read: nothing was changed. Check the permissions of file and folder."),
    ),
    "SQLITE_FULL": (
        FileProblemError,
        N_("The disk is full: nothing was changed in {path}. Free some space and try again."),
    ),
    "SQLITE_CANTOPEN": (FileProblemError, N_("{path} cannot be opened. Check the permissions of file and folder.")),
    "SQLITE_PERM": (FileProblemError, N_("{path} cannot be opened. Check the permissions of file and folder.")),
    "SQLITE_NOTADB": (
        FileProblemError,
        N_("{path} is not a crmtui workspace, or is damaged. `crmtui restore` brings a backup back."),
    ),
    "SQLITE_CORRUPT": (
        FileProblemError,
        N_("{path} is damaged. `crmtui restore` brings a backup back and keeps the damaged file."),
    ),
    "SQLITE_IOERR": (
        FileProblemError,
        N_("{path} cannot be read or written: the disk reports an error. Nothing was changed."),
    ),
}


def explain(path: Path, error: sqlite3.Error) -> Exception:
    """An error of SQLite as a sentence with an exit code; the error itself where it is a fault of the program."""
    code = getattr(error, "sqlite_errorname", "")
    for prefix, (kind, sentence) in _SENTENCES.items():
        if code.startswith(prefix):
            return kind(_(sentence).format(path=path))
    return refusal(error) or error


def refusal(error: sqlite3.Error) -> CrmtuiError | None:
    """What a constraint of the schema refused; None where the error is not of that kind."""
    code, message = getattr(error, "sqlite_errorname", ""), str(error)
    if code in ("SQLITE_CONSTRAINT_FOREIGNKEY", "SQLITE_CONSTRAINT_TRIGGER"):
        return ConflictError(_("Other records depend on this one, or one that it links to is gone."))
    if code == "SQLITE_CONSTRAINT_CHECK" and (found := _CHECK.search(message)):
        return _refused_by_check(found[1])
    places = [(table, name) for table, name in _PLACES.findall(message) if table in BY_TABLE]
    return _refused_by_columns(code, message, BY_TABLE[places[0][0]], [name for _t, name in places]) if places else None


def _refused_by_columns(code: str, message: str, kind: type[Record], names: list[str]) -> CrmtuiError | None:
    labels = [_label(kind, name) for name in names]
    if code in ("SQLITE_CONSTRAINT_UNIQUE", "SQLITE_CONSTRAINT_PRIMARYKEY"):
        sentence = _("There is already a {record} with the same {fields}.")
        return ConflictError(sentence.format(record=_(kind.noun.one), fields=_(" and ").join(labels)))
    if code == "SQLITE_CONSTRAINT_NOTNULL":
        return InvalidError({labels[0]: _("is needed")}, _(kind.noun.one))
    if message.startswith("cannot store"):  # a STRICT table; Python 3.11 has no name for its code
        return InvalidError({labels[0]: _("does not fit")}, _(kind.noun.one))
    return None


def _refused_by_check(name: str) -> InvalidError | None:
    """By the name of a condition: `person_name` is that of a field, `person_rule_1` the first across fields."""
    table = max((table for table in BY_TABLE if name.startswith(f"{table}_")), key=len, default="")
    if not table:
        return None
    kind, rest = BY_TABLE[table], name.removeprefix(f"{table}_")
    fields = [rest]
    if rest.startswith("rule_"):
        rule = kind.noun.checks[int(rest.removeprefix("rule_")) - 1]
        fields = [word for word in dict.fromkeys(_WORDS.findall(rule)) if word in specs(kind)]
    labels = [_label(kind, field) for field in fields]
    why = _("do not go together like this") if len(labels) > 1 else _("is not allowed like this")
    return InvalidError({", ".join(labels): why}, _(kind.noun.one))


def _label(kind: type[Record], name: str) -> str:
    return _(specs(kind)[name].label) if name in specs(kind) else name
