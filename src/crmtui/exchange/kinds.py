"""What a file holds, by its content first and its name second."""

from __future__ import annotations

import json
import re
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from crmtui.exchange import binaries
from crmtui.exchange.encoding import first_bytes, first_text

if TYPE_CHECKING:
    from pathlib import Path

_START: Final = re.compile(r"BEGIN[ \t]*:[ \t]*(VCARD|VCALENDAR)\s", re.IGNORECASE)
_LINES: Final = frozenset({".jsonl", ".ndjson"})
CARDS: Final = frozenset({".vcf", ".vcard"})


class FileKind(StrEnum):
    """The kinds of files that can be read."""

    TABLE = "table"
    JSON = "json"
    JSON_LINES = "jsonl"
    WORKBOOK = "workbook"
    CARDS = "cards"
    CALENDAR = "calendar"


def recognise(path: Path, encoding: str | None = None) -> FileKind:
    """What kind of file it is.

    Raises:
        FileProblemError: the file cannot be read, or is of no kind that can.
    """
    head = first_bytes(path)
    if binaries.is_workbook(head):
        return FileKind.WORKBOOK
    return _kind(path.suffix.casefold(), first_text(head, encoding).lstrip())  # who reads it says what is wrong


def _kind(suffix: str, head: str) -> FileKind:
    if found := _START.match(head):
        return FileKind.CARDS if found[1].upper() == "VCARD" else FileKind.CALENDAR
    if suffix in _LINES or _has_an_object_on_each_line(head):
        return FileKind.JSON_LINES
    if suffix == ".json" or head.startswith("{") or _begins_a_list(head):
        return FileKind.JSON
    return FileKind.TABLE


def _has_an_object_on_each_line(head: str) -> bool:
    """Whether a whole object is followed by another one on the next line."""
    first, _end, rest = head.partition("\n")
    if not (first.startswith("{") and rest.lstrip().startswith("{")):
        return False
    try:
        return isinstance(json.loads(first), dict)
    except (ValueError, RecursionError):
        return False


def _begins_a_list(head: str) -> bool:
    """Whether objects follow the bracket: a header may begin with one too."""
    return head.startswith("[") and head[1:].lstrip()[:1] in ("{", "]")
