"""Data on stdout: tables for people, CSV, TSV and JSON for programs. Talk goes to stderr, through `desk.say`."""

from __future__ import annotations

import sys
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

from crmtui.errors import UsageError
from crmtui.text import _, clean

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


class Format(StrEnum):
    """How records are written."""

    TABLE = "table"
    CSV = "csv"
    TSV = "tsv"
    JSON = "json"
    JSONL = "jsonl"
    IDS = "ids"  # public identities, one a line


FORMATS: Final = tuple(Format)


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
