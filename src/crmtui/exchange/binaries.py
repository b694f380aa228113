"""Files that are no text tables, known by their first bytes."""

from __future__ import annotations

import re
from typing import Final

from crmtui import sqlite_file
from crmtui.text import N_, _

_MAGIC: Final = (
    (sqlite_file.MAGIC, N_("an SQLite database; open it with --db, or export a table as CSV")),
    (b"%PDF", N_("a PDF document; ask for the data as CSV")),
    (b"\x1f\x8b", N_("a gzip archive; unpack it first")),
    (b"BZh", N_("a bzip2 archive; unpack it first")),
    (b"\xfd7zXZ\0", N_("an xz archive; unpack it first")),
    (b"\x28\xb5\x2f\xfd", N_("a Zstandard archive; unpack it first")),
    (b"7z\xbc\xaf\x27\x1c", N_("a 7-Zip archive; unpack it first")),
    (b"Rar!", N_("a RAR archive; unpack it first")),
    (b"\x89PNG", N_("a picture; ask for the data as CSV")),
    (b"\xff\xd8\xff", N_("a picture; ask for the data as CSV")),
    (b"GIF8", N_("a picture; ask for the data as CSV")),
    (b"\x7fELF", N_("a program; name the file with the data")),
    (b"MZ\x90\0", N_("a program; name the file with the data")),
    (b"PAR1", N_("a Parquet file; convert it to CSV")),
    (b"{\\rtf", N_("a rich text document; save the table as CSV")),
)
_SHEET: Final = N_("a workbook; import it as it is, or save the sheet as CSV UTF-8")
_ZIP: Final = N_("a ZIP archive; unpack it first")
_WEB_PAGE: Final = N_("a web page, often a login page saved in place of the file; download it again")
_TABLE_PAGE: Final = N_(
    "a web page with a table, as programs write reports for spreadsheets; export it as CSV, or save it as XLSX there"
)
_XML: Final = N_("an XML file; export as CSV or JSON instead")
_UNKNOWN: Final = N_("binary data, not text; save it as CSV UTF-8")

_PAGE_START: Final = re.compile(rb"\s*<(?:!doctype html|html[\s>]|head[\s>])", re.IGNORECASE)
_XML_START: Final = re.compile(rb"\s*<\?xml\s")
_CONTROLS: Final = bytes(range(1, 9)) + bytes(range(14, 27)) + bytes(range(28, 31))  # the last part cells
_COMPOUND: Final = b"\xd0\xcf\x11\xe0"
_OFFICE_PARTS: Final = (b"[Content_Types].xml", b"xl/", b"opendocument")
_UTF8_BOM: Final = b"\xef\xbb\xbf"


def looks_like(head: bytes) -> str:
    """What a file that begins so is, with what to do, in the user's language; empty if it may be a text table."""
    if is_workbook(head):
        return _(_SHEET)
    for magic, what in _MAGIC:
        if head.startswith(magic):
            return _(what)
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _(_ZIP)
    text = head.removeprefix(_UTF8_BOM)
    if _PAGE_START.match(text):
        return _(_TABLE_PAGE if b"<table" in text.lower() else _WEB_PAGE)
    return _(_XML) if _XML_START.match(text) else ""


def is_workbook(head: bytes) -> bool:
    """Whether a file that begins so may be a workbook: an Office or OpenDocument archive, or an old compound file."""
    if head.startswith(_COMPOUND):
        return True
    return head.startswith(b"PK\x03\x04") and any(part in head for part in _OFFICE_PARTS)


def is_noise(head: bytes) -> bool:
    """Whether so many bytes are control codes that no text in one byte a character begins so."""
    return len(head) - len(head.translate(None, _CONTROLS)) > len(head) / 20


def unknown() -> str:
    """The sentence for data that is not text, of no kind known here."""
    return _(_UNKNOWN)
