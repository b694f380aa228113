"""What the sheets of an XLSX workbook span, told from their XML before it is read, and the shapes of their numbers.

The reader makes room for every cell of the rectangle that a sheet spans, 32 bytes each, so two cells at opposite
corners would take half a terabyte. The `dimension` of a sheet is only a claim; the cells are looked at themselves.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from xml.etree import ElementTree as ET

from crmtui.exchange.problems import refusal
from crmtui.exchange.sheets.archive import DAMAGED, Archive
from crmtui.exchange.sheets.shapes import Shapes, Span, built_in, shape_of
from crmtui.text import _

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

LAST_ROW: Final = 1 << 20
LAST_COLUMN: Final = 1 << 14
STRINGS: Final = "xl/sharedstrings.xml"
_WORKBOOK: Final = "xl/workbook.xml"
_LINKS: Final = "xl/_rels/workbook.xml.rels"
_STYLES: Final = "xl/styles.xml"
_TARGETS: Final = (STRINGS, _WORKBOOK, _LINKS, _STYLES)
_LONGEST_TAG: Final = 1 << 16
# A cell as all programs that matter write it, and any other way to write one, or a row.
_USUAL: Final = re.compile(rb'<c r="([A-Z]{1,3})([0-9]{1,7})"(?: s="([0-9]{1,5})")?(?: t="[a-zA-Z]{1,9}")?(/?)>')
_CELL: Final = re.compile(rb"<(?:[\w.-]+:)?c[\s/>]")
_ANY: Final = re.compile(rb"<(?:[\w.-]+:)?(c|row)(?=[\s/>])((?:\s+[\w:.-]+\s*=\s*(?:\"[^\"<]*\"|'[^'<]*'))*)\s*(/?)>")
_ANY_START: Final = re.compile(rb"<(?:[\w.-]+:)?(?:c|row)[\s/>]")
_PLACE: Final = re.compile(rb"\sr\s*=\s*[\"']([^\"']*)[\"']")
_A_PLACE: Final = re.compile(rb"([A-Za-z]{0,3})([0-9]{1,7})")
_STYLE: Final = re.compile(rb"\ss\s*=\s*[\"']([0-9]{1,5})[\"']")


def is_workbook(archive: Archive) -> bool:
    """Whether an archive is an XLSX workbook."""
    return _WORKBOOK in archive.names()


def survey(path: Path, archive: Archive) -> tuple[dict[str, Span], dict[str, Shapes]]:
    """What each part that holds cells spans, by its name, and the shapes in each sheet, by the sheet's name.

    Raises:
        FileProblemError: a part is damaged, or has cells where a sheet cannot have any.
    """
    shaped = _shaped_styles(path, archive)
    spans: dict[str, Span] = {}
    found: dict[str, Shapes] = {}
    for name in archive.names():
        if name not in _TARGETS:
            spans[name], found[name] = _cells(path, archive, name, shaped)
        else:
            for _chunk in archive.chunks(name):
                pass  # only to know that it is what it claims to be
    places = _sheets(path, archive)
    return spans, {sheet: found[part] for sheet, part in places.items() if part in found}


def _cells(path: Path, archive: Archive, name: str, shaped: Mapping[bytes, str]) -> tuple[Span, Shapes]:
    try:
        return _usual_cells(archive.chunks(name), shaped)
    except _UnusualError:
        pass
    try:
        return _any_cells(archive.chunks(name), shaped)
    except _UnusualError:
        raise refusal(path, _(DAMAGED)) from None


class _UnusualError(ValueError):
    """Cells are written as they are not expected to be."""


def _whole_tags(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """The same bytes, cut between tags."""
    rest = b""
    for chunk in chunks:
        text = rest + chunk
        cut = text.rfind(b"<")
        cut = len(text) if cut < 0 or b">" in text[cut:] else cut
        rest = text[cut:]
        if len(rest) > _LONGEST_TAG:
            raise _UnusualError
        yield text[:cut]
    yield rest


def _usual_cells(chunks: Iterable[bytes], shaped: Mapping[bytes, str]) -> tuple[Span, Shapes]:
    """By one expression for all cells: each says its place."""
    span, shapes = Span(), Shapes()
    for text in _whole_tags(chunks):
        found = _USUAL.findall(text)
        if len(found) != len(_CELL.findall(text)):
            raise _UnusualError
        filled = [cell for cell in found if not cell[3]]
        if filled:
            rows = max(map(int, {row for _column, row, _style, _end in filled}))
            columns = max(_number(column) for column in {column for column, _row, _style, _end in filled})
            _within(rows, columns)
            span.take(rows, columns, len(filled))
        for column, row, style, _end in filled if shaped else ():
            if style in shaped:
                shapes.add(int(row), _number(column), shaped[style])
    return span, shapes


def _any_cells(chunks: Iterable[bytes], shaped: Mapping[bytes, str]) -> tuple[Span, Shapes]:
    """Cell by cell: those that do not say their place come after the one before."""
    span, shapes = Span(), Shapes()
    row = column = 0
    for text in _whole_tags(chunks):
        tags = _ANY.findall(text)
        if len(tags) != len(_ANY_START.findall(text)):
            raise _UnusualError
        for kind, attributes, end in tags:
            letters, number = _place(attributes)
            if kind == b"row":
                row, column = number or row + 1, 0
                continue
            row, column = number or row, _number(letters) or column + 1
            _within(row, column)
            if not end:
                span.take(row, column, 1)
                style = _STYLE.search(attributes)
                if style and style[1] in shaped:
                    shapes.add(row, column, shaped[style[1]])
    return span, shapes


def _place(attributes: bytes) -> tuple[bytes, int]:
    """The letters and the number of a place; nothing where none is said."""
    said = _PLACE.findall(attributes)
    if not said:
        return b"", 0
    place = _A_PLACE.fullmatch(said[0])
    if len(said) > 1 or not place:
        raise _UnusualError
    return place[1], int(place[2])


def _within(row: int, column: int) -> None:
    if not (0 < row <= LAST_ROW and column <= LAST_COLUMN):
        raise _UnusualError


def _number(letters: bytes) -> int:
    """A column's number from its letters: A is 1, XFD is 16,384."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number


def _tree(path: Path, archive: Archive, name: str) -> ET.Element | None:
    text = archive.part(name)
    try:
        return ET.fromstring(text) if text else None  # noqa: S314 - parts with entities are refused before
    except ET.ParseError:
        raise refusal(path, _(DAMAGED)) from None


def _named(tree: ET.Element | None, name: str) -> Iterator[ET.Element]:
    return (element for element in (tree.iter() if tree is not None else ()) if element.tag.endswith("}" + name))


def _sheets(path: Path, archive: Archive) -> dict[str, str]:
    """The part of each sheet, by the sheet's name."""
    links = {
        link.get("Id", ""): link.get("Target", "") for link in _named(_tree(path, archive, _LINKS), "Relationship")
    }
    found = {}
    for sheet in _named(_tree(path, archive, _WORKBOOK), "sheet"):
        link = next((value for key, value in sheet.attrib.items() if key.endswith("}id")), "")
        target = links.get(link, "")
        found[sheet.get("name", "")] = (target[1:] if target.startswith("/") else f"xl/{target}").lower()
    return found


def _shaped_styles(path: Path, archive: Archive) -> dict[bytes, str]:
    """The shapes by the number of a cell's style."""
    tree = _tree(path, archive, _STYLES)
    codes = {form.get("numFmtId", ""): form.get("formatCode", "") for form in _named(tree, "numFmt")}
    formats = next(_named(tree, "cellXfs"), ())
    found = {}
    for number, style in enumerate(formats):
        used = style.get("numFmtId", "0")
        shape = shape_of(codes[used]) if used in codes else built_in(int(used) if used.isdigit() else 0)
        if shape:
            found[str(number).encode()] = shape
    return found
