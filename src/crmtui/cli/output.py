"""Data on stdout: tables for people, CSV, TSV and JSON for programs. Talk goes to stderr, through `desk.say`."""

from __future__ import annotations

import sys
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from crmtui.errors import UsageError
from crmtui.text import _, clean

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path


class Format(StrEnum):
    """How records are written."""

    TABLE = "table"
    CSV = "csv"
    TSV = "tsv"
    JSON = "json"
    JSONL = "jsonl"
    IDS = "ids"  # public identities, one a line


FORMATS: Final = tuple(Format)
NONE: Final[Mapping[str, str]] = MappingProxyType({})


def chosen(wanted: str | None, formats: Sequence[Format] = FORMATS) -> Format:
    """The format that was asked for; a table on a terminal, JSON lines in a pipe where none was."""
    if wanted is None:
        return Format.TABLE if sys.stdout.isatty() else Format.JSONL
    return Format(one_of(wanted, formats, "--format"))


def one_of(typed: str, words: Sequence[str], option: str) -> str:
    """What was typed for an option, when it is one of the words, without regard to case; else UsageError."""
    for word in words:
        if typed.strip().casefold() == word:
            return word
    raise UsageError(_("{option} is one of {words}.").format(option=option, words=", ".join(words)))


def form_for(asked: str | None, target: Path | None, forms: Sequence[str], others: Mapping[str, str] = NONE) -> str:
    """The form that was asked for with --format, or that the ending of the file's name tells; else the first.

    Args:
        asked: what was asked for, if anything was.
        target: the file that is written, if there is one.
        forms: those there are, each the ending of its files.
        others: endings that mean one of them as well.

    Raises:
        UsageError: there is no such form, or none with such an ending.
        FileProblemError: the file is a workspace.
    """
    if asked is not None:
        return one_of(asked, forms, "--format")
    ending = target.suffix.removeprefix(".").lower() if target is not None else ""
    if target is not None and ending and ending not in (*forms, *others):
        from crmtui.exchange.atomic import refuse_taken

        refuse_taken(target)  # which says more of a workspace
        told = _("{file}: nothing is written as {ending}; there are {forms}.")
        raise UsageError(told.format(file=target, ending=f".{ending}", forms=", ".join(forms)))
    return others.get(ending, ending) or forms[0]


def write_data(form: Format, headers: Sequence[str], rows: Iterable[Sequence[Any]]) -> int:
    """Write rows as CSV, TSV, JSON or JSON lines; returns how many."""
    from crmtui.exchange import writing

    return writing.write_rows(sys.stdout, writing.Format(form.value), headers, rows, is_cleaned=True)


class Styled(str):
    """Text that is cleaned already, with terminal codes of our own around it."""

    __slots__ = ()


def write_lines(lines: Iterable[str]) -> int:
    """Write one text a line, cleaned but for our own styles; returns how many."""
    count = 0
    for count, line in enumerate(lines, 1):  # noqa: B007 - the count is what is returned
        sys.stdout.write(f"{line if isinstance(line, Styled) else clean(line)}\n")
    return count
