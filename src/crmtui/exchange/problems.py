"""What is wrong with a file, or with one of its rows, in sentences."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from crmtui.errors import FileProblemError
from crmtui.text import _, line as one_line

if TYPE_CHECKING:
    from pathlib import Path

_LONGEST_PATH: Final = 200


@dataclass(frozen=True, slots=True)
class Problem:
    """A row that was left out, and why.

    Attributes:
        line: the line of the file on which the row begins, counted from 1.
        reason: a sentence for the user, in the user's language.
        column: the header of the cell at fault, empty when it is the row as a whole.
        value: the cell at fault as the file has it; clean it before it is shown.
        values: the row as the file has it, for the file of rejected rows; empty when it was too large to keep.
        place: where the line is, where its number alone does not tell.
    """

    line: int
    reason: str
    column: str = ""
    value: str = ""
    values: tuple[str, ...] = ()
    place: str = ""


def shown(path: Path) -> str:
    """A path as it may stand in a sentence: cleaned, and only its end where it is very long."""
    cleaned = one_line(str(path))
    return cleaned if len(cleaned) <= _LONGEST_PATH else f"…{cleaned[-_LONGEST_PATH:]}"


def refusal(path: Path, why: str, line: int = 0) -> FileProblemError:
    """The error that says which file, which line if one is to blame, what is wrong and what to do."""
    if line:
        return FileProblemError(_("{path}, line {line}: {why}").format(path=shown(path), line=line, why=why))
    return FileProblemError(_("{path}: {why}").format(path=shown(path), why=why))


def system_refusal(path: Path, error: OSError) -> FileProblemError:
    """The sentence for what the operating system answered."""
    if isinstance(error, FileNotFoundError):
        return refusal(path, _("there is no such file; check its name and folder"))
    if isinstance(error, PermissionError):
        return refusal(path, _("reading it is not allowed; change its permissions or copy it elsewhere"))
    if isinstance(error, IsADirectoryError):
        return refusal(path, _("this is a folder; name the file in it"))
    return refusal(path, _("it cannot be read: {reason}").format(reason=error.strerror or str(error)))
