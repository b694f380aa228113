"""What SQLite and the system refuse, in sentences that a person can act on, without a customer's data."""

from __future__ import annotations

import errno
import re
from typing import TYPE_CHECKING, Final

from crmtui.domain.fields import specs
from crmtui.domain.nouns import BY_TABLE
from crmtui.errors import BusyError, ConflictError, CrmtuiError, FileProblemError, InvalidError
from crmtui.store.files import meant
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

_SYSTEM: Final = {
    number: sentence
    for numbers, sentence in (
        ((errno.ENOSPC, errno.EDQUOT, errno.EFBIG), _SENTENCES["SQLITE_FULL"][1]),
        ((errno.EROFS,), _SENTENCES["SQLITE_READONLY"][1]),
        ((errno.EACCES, errno.EPERM), _SENTENCES["SQLITE_CANTOPEN"][1]),
        ((errno.EIO,), _SENTENCES["SQLITE_IOERR"][1]),
        ((errno.ENOTDIR, errno.EEXIST), N_("{path} cannot be made: something that is not a folder is in the way.")),
    )
    for number in numbers
}


def explain(path: Path, error: sqlite3.Error) -> Exception:
    """An error of SQLite as a sentence with an exit code; the error itself where it is a fault of the program."""
    code = code_of(error)
    for prefix, (kind, sentence) in _SENTENCES.items():
        if code.startswith(prefix):
            return kind(_(sentence).format(path=meant(path)))
    return refusal(error) or error


def code_of(error: sqlite3.Error) -> str:
    """SQLite's name for an error; that of damage where Python, or the search index, met it and has none."""
    message = str(error)
    if message.startswith(("Could not decode to UTF-8", "invalid fts5 file format")):
        return "SQLITE_CORRUPT"
    return str(getattr(error, "sqlite_errorname", ""))


def damaged(path: Path) -> FileProblemError:
    """The sentence for a file that cannot be read as what it is."""
    _kind, sentence = _SENTENCES["SQLITE_CORRUPT"]
    return FileProblemError(_(sentence).format(path=meant(path)))


def nowhere(path: Path) -> FileProblemError:
    """The sentence for a link without an end."""
    return FileProblemError(_("{path} is a link that leads nowhere.").format(path=path))


def unusable(path: Path, error: OSError) -> FileProblemError:
    """What the system refuses, as a sentence."""
    if error.errno == errno.ELOOP or (error.errno == errno.EEXIST and path.is_symlink()):
        return nowhere(path)
    sentence, path = _SYSTEM.get(error.errno or 0), meant(path)
    return FileProblemError(_(sentence).format(path=path) if sentence else f"{path}: {error.strerror or error}")


def refusal(error: sqlite3.Error) -> CrmtuiError | None:
    """What a constraint of the schema refused; None where the error is not of that kind."""
    code, message = code_of(error), str(error)
    if code in ("SQLITE_CONSTRAINT_FOREIGNKEY", "SQLITE_CONSTRAINT_TRIGGER"):
        return ConflictError(_("Other records depend on this one, or one that it links to is gone."))
    if code == "SQLITE_CONSTRAINT_CHECK" and (found := _CHECK.search(message)):
        return _refused_by_check(found[1])
    places = [(table, name) for table, name in _PLACES.findall(message) if table in BY_TABLE]
    return _refused_by_columns(code, message, BY_TABLE[places[0][0]], [name for _t, name in places]) if places else None


def _refused_by_columns(code: str, message: str, kind: type[Record], names: list[str]) -> CrmtuiError | None:
    labels = [_label(kind, name) for name in names]
    if code in ("SQLITE_CONSTRAINT_UNIQUE", "SQLITE_CONSTRAINT_PRIMARYKEY"):
        sentence = _("Another {record} has the same {fields} already.")
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
    return (
        broken_rule(kind, int(rest.removeprefix("rule_"))) if rest.startswith("rule_") else _not_allowed(kind, [rest])
    )


def broken_rule(kind: type[Record], number: int) -> InvalidError:
    """What to say of a record that breaks the rule across its fields of that number, counted from 1."""
    rule = kind.noun.rules[number - 1]
    return _not_allowed(kind, [word for word in dict.fromkeys(_WORDS.findall(rule)) if word in specs(kind)])


def _not_allowed(kind: type[Record], fields: list[str]) -> InvalidError:
    labels = [_label(kind, field) for field in fields]
    why = _("do not go together like this") if len(labels) > 1 else _("is not allowed like this")
    return InvalidError({", ".join(labels): why}, _(kind.noun.one))


def _label(kind: type[Record], name: str) -> str:
    return _(specs(kind)[name].label) if name in specs(kind) else name
