"""What the sheets of an XLSX workbook span, told from their XML before it is read, and the shapes of their numbers.

The reader makes room for every cell of the rectangle that a sheet spans, 32 bytes each, so two cells at opposite
corners would take half a terabyte. The `dimension` of a sheet is only a claim; the cells are looked at themselves.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from xml.parsers import expat

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
_ROOT: Final = "_rels/.rels"
_STYLES: Final = "xl/styles.xml"
_SHEETS: Final = frozenset({"sheet"})
_RELATIONS: Final = frozenset({"Relationship"})
_FORMATS: Final = frozenset({"numFmt", "xf", "cellXfs"})
_MOST_ELEMENTS: Final = 200_000
_LONGEST_TAG: Final = 1 << 16
# A cell as all programs that matter write it; signs that one is written in another way, each found at the pace of its
# first letters; and any way to write one, or a row.
_USUAL: Final = re.compile(rb'<c r="([A-Z]{1,3})([0-9]{1,7})"(?: s="([0-9]{1,5})")?(?: t="[a-zA-Z]{1,9}")?(/?)>')
_BARE: Final = re.compile(rb"<c[\t\n\r\f\v/>]")
_PREFIXED: Final = re.compile(rb":c[\s/>]")
_ANY: Final = re.compile(rb"<(?:[\w.-]+:)?(c|row)(?=[\s/>])((?:\s+[\w:.-]+\s*=\s*(?:\"[^\"<]*\"|'[^'<]*'))*)\s*(/?)>")
_ANY_START: Final = re.compile(rb"<(?:[\w.-]+:)?(?:c|row)[\s/>]")
_PLACE: Final = re.compile(rb"\sr\s*=\s*[\"']([^\"']*)[\"']")
_A_PLACE: Final = re.compile(rb"([A-Za-z]{0,3})([0-9]{1,7})")
_STYLE: Final = re.compile(rb"\ss\s*=\s*[\"']([0-9]{1,5})[\"']")


def is_workbook(archive: Archive) -> bool:
    """Whether an archive is an XLSX workbook."""
    return any(name.startswith("xl/workbook") and name.endswith(".xml") for name in archive.names())


def survey(path: Path, archive: Archive) -> tuple[dict[str, Span], dict[str, Shapes]]:
    """What each sheet spans, and the shapes in it, by its name; of parts that are none of the sheets by theirs.

    Raises:
        FileProblemError: a part is damaged, or has cells where a sheet cannot have any.
    """
    shaped = _shaped_styles(path, archive)
    spans: dict[str, Span] = {}
    found: dict[str, Shapes] = {}
    for name in archive.names():
        if name == STRINGS:
            for _chunk in archive.chunks(name):
                pass  # only to know that it is what it claims to be
        else:
            spans[name], found[name] = _cells(path, archive, name, shaped)
    places = _sheets(path, archive)
    named = {part: sheet for sheet, part in places.items()}
    return (
        {named.get(part, part): span for part, span in spans.items()},
        {sheet: found[part] for sheet, part in places.items() if part in found},
    )


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
        if len(found) != text.count(b"<c ") or _BARE.search(text) or _PREFIXED.search(text):
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


def _elements(path: Path, archive: Archive, part: str, wanted: frozenset[str]) -> list[tuple[str, dict[str, str]]]:
    """The beginnings of some elements of a part, each with its attributes, and their ends with a stroke before.

    Names of both are without their prefixes, for which programs choose what they like.
    """
    found: list[tuple[str, dict[str, str]]] = []

    def begin(tag: str, attributes: dict[str, str]) -> None:
        if (name := tag.rpartition(":")[2]) in wanted:
            found.append((name, {key.rpartition(":")[2]: value for key, value in attributes.items()}))
            if len(found) > _MOST_ELEMENTS:
                raise ValueError

    def end(tag: str) -> None:
        if (name := tag.rpartition(":")[2]) in wanted:
            found.append((f"/{name}", {}))

    parser = expat.ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler = begin, end
    try:
        for chunk in archive.chunks(part):
            parser.Parse(chunk)
        parser.Parse(b"", True)
    except (expat.ExpatError, ValueError):
        raise refusal(path, _(DAMAGED)) from None
    return found


def _sheets(path: Path, archive: Archive) -> dict[str, str]:
    """The part of each sheet, by the sheet's name; all of them are among the parts that are looked at.

    Raises:
        FileProblemError: the workbook is not where it belongs, or one of its sheets is in a part of another kind.
    """
    books = [_resolved(target, "") for target in _links(path, archive, _ROOT).values()]
    book = next((book for book in books if book.startswith("xl/") and book in archive.names()), _WORKBOOK)
    links = _links(path, archive, f"xl/_rels/{book.removeprefix('xl/')}.rels")
    found = {}
    for name, attributes in _elements(path, archive, book, _SHEETS):
        if name == "sheet":
            part = _resolved(links.get(attributes.get("id", ""), ""), "xl/")
            if part not in archive.names():
                raise refusal(path, _(DAMAGED))
            found[attributes.get("name", "")] = part
    return found


def _links(path: Path, archive: Archive, part: str) -> dict[str, str]:
    """What a part of relations leads to, by their identities."""
    if part not in archive.names():
        return {}
    found = _elements(path, archive, part, _RELATIONS)
    return {attributes.get("Id", ""): attributes.get("Target", "") for name, attributes in found if name[0] != "/"}


def _resolved(target: str, folder: str) -> str:
    """The name of a part that something in a folder leads to."""
    name = target.lower().replace("\\", "/")
    return name[1:] if name.startswith("/") else name if name.startswith("xl/") else folder + name


def _shaped_styles(path: Path, archive: Archive) -> dict[bytes, str]:
    """The shapes by the number of a cell's style."""
    codes: dict[str, str] = {}
    used: list[str] = []
    is_of_cells = False
    for name, attributes in _elements(path, archive, _STYLES, _FORMATS) if _STYLES in archive.names() else ():
        if name == "numFmt":
            codes[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
        elif name == "xf" and is_of_cells:
            used.append(attributes.get("numFmtId", "0"))
        elif name.endswith("cellXfs"):
            is_of_cells = name[0] != "/"
    shapes = (shape_of(codes[one]) if one in codes else built_in(one) for one in used)
    return {str(number).encode(): shape for number, shape in enumerate(shapes) if shape}
