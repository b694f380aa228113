"""The files that are meant where folders are named: all in them that can be imported, as linked files."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from crmtui.exchange.atomic import finish
from crmtui.exchange.kinds import CARDS
from crmtui.exchange.layout import MOST_NAMED, few
from crmtui.exchange.problems import refusal, shown
from crmtui.paths import is_folder
from crmtui.text import _, line

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

_TABLES: Final = frozenset({".csv", ".tsv", ".tab", ".xlsx", ".xlsm", ".xls", ".ods"})
_OTHERS: Final = frozenset({".json", ".jsonl", ".ndjson", ".ics", ".ical"})
_HIDDEN: Final = (".", "~$")  # the latter is what office programs put beside an open file


@dataclass(frozen=True, slots=True)
class Named:
    """What is imported.

    Attributes:
        files: where they are; a folder for the vCards in it, which are one address book.
        found: those that were found in a folder and not named.
        notes: what was passed over, a sentence each.
    """

    files: tuple[Path, ...]
    found: frozenset[Path]
    notes: tuple[str, ...]


def named(places: Sequence[Path]) -> Named:
    """The files that are meant by what was named.

    Raises:
        FileProblemError: a folder cannot be read, or has nothing in it that can be imported.
    """
    files: list[Path] = []
    found: set[Path] = set()
    notes: list[str] = []
    for place in places:
        if not is_folder(place):
            files.append(place)
            continue
        inside, passed = _inside(place)
        files += inside
        found.update(inside)
        if passed:
            told = _("Passed over in {folder}, since nothing can be imported from it: {names}.")
            notes.append(told.format(folder=shown(place), names=few(passed, MOST_NAMED)))
    return Named(tuple(dict.fromkeys(files)), frozenset(found.difference(set(places))), tuple(notes))


def _inside(folder: Path) -> tuple[list[Path], list[str]]:
    """The files in a folder that can be imported, and the names of the others."""
    files: list[Path] = []
    passed: list[str] = []
    finish(folder)
    try:
        for path in sorted(folder.iterdir()):
            if path.name.startswith(_HIDDEN):
                continue
            ending = path.suffix.lower()
            if not path.is_file():
                passed.append(f"{line(path.name)}/")
            elif not path.stat().st_size:
                passed.append(_("{file} (empty)").format(file=line(path.name)))
            elif ending in CARDS:
                files.append(folder)
            elif ending in _TABLES | _OTHERS:
                files.append(path)
            else:
                passed.append(line(path.name))
    except OSError as error:
        raise refusal(folder, _("this folder cannot be read: {reason}").format(reason=error.strerror)) from error
    if not files:
        why = _("there is no file in this folder that can be imported; name the files")
        raise refusal(folder, f"{why} ({few(passed)})" if passed else why)
    return files, passed
