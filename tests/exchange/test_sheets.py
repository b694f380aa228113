"""Workbooks read: rows with their numbers, dates, exact figures, percentages; and those that no program writes."""

from __future__ import annotations

import contextlib
import resource
import struct
import time
import tracemalloc
import zipfile
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, strategies as st

from crmtui.errors import FileProblemError
from crmtui.exchange.kinds import FileKind, recognise
from crmtui.exchange.sheets.shapes import shape_of, shown
from crmtui.exchange.sheets.table import SheetTable
from crmtui.exchange.sheets.workbook import open_workbook
from crmtui.exchange.sheets.xls import shapes_in
from hostile import ENDLESSLY
from workbooks import ods, ods_row, parts_of_xlsx, rows_of_text, text_cell, xls, xlsx, zipped

if TYPE_CHECKING:
    from pathlib import Path

PEOPLE = [["First name", "Last name", "City"], ["Laura", "Bianchi", "Bologna"], ["Zoë", "Ōe <b>", "A & B"]]


def table(path: Path) -> SheetTable:
    assert recognise(path) is FileKind.WORKBOOK
    (sheet,) = open_workbook(path)
    return SheetTable(path, sheet)


def cells(path: Path) -> list[list[str]]:
    found = table(path)
    return [list(found.headers), *(list(row.values) for row in found.rows())]


def test_a_sheet_is_a_table(tmp_path: Path) -> None:
    found = table(xlsx(tmp_path / "book.xlsx", rows_of_text(PEOPLE)))
    assert (found.name, found.stem, found.form.header) == ("book.xlsx/People", "People", 1)
    assert list(found.headers) == PEOPLE[0]
    for _again in range(2):
        assert [(row.line, list(row.values)) for row in found.rows()] == [(2, PEOPLE[1]), (3, PEOPLE[2])]
    assert found.notes == []


def test_the_three_formats_say_the_same(tmp_path: Path) -> None:
    rows = "".join(ods_row(*row) for row in PEOPLE)
    assert cells(ods(tmp_path / "a.ods", rows)) == PEOPLE
    assert cells(xls(tmp_path / "a.xls", PEOPLE)) == PEOPLE
    assert cells(xlsx(tmp_path / "a.bin", rows_of_text(PEOPLE))) == PEOPLE  # by content, not by name


def test_an_old_workbook_has_dates_and_numbers(tmp_path: Path) -> None:
    path = xls(tmp_path / "a.xls", [["Name", "Since", "Size"], ["Helios", 46112.0, 12.5], ["Aurora", 46113.5, 3.0]])
    assert cells(path)[1:] == [["Helios", "2026-03-31", "12.5"], ["Aurora", "2026-04-01 12:00:00", "3"]]


STYLES = (
    '<numFmts><numFmt numFmtId="164" formatCode="00000"/><numFmt numFmtId="165" formatCode="#,##0\\ [$€-407]"/>'
    '<numFmt numFmtId="166" formatCode="dd/mm/yyyy"/></numFmts>'
    '<cellXfs><xf numFmtId="0"/><xf numFmtId="9"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="165"/>'
    '<xf numFmtId="166"/></cellXfs>'
)


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ('<c r="A2"><v>0.30000000000000004</v></c>', "0.3"),
        ('<c r="A2"><v>12345678901234</v></c>', "12345678901234"),
        ('<c r="A2"><v>-1.234</v></c>', "-1.2340"),  # with three decimals it could be a thousand and more
        ('<c r="A2"><v>0.125</v></c>', "0.125"),
        ('<c r="A2"><v>1e300</v></c>', "1" + "0" * 300),
        ('<c r="A2" s="1"><v>0.905</v></c>', "90.5%"),
        ('<c r="A2" s="1"><v>1</v></c>', "100%"),
        ('<c r="A2" s="1" t="str"><v>high</v></c>', "high"),
        ('<c r="A2" s="2"><v>46112</v></c>', "2026-03-31"),
        ('<c r="A2" s="5"><v>46112.25</v></c>', "2026-03-31 06:00:00"),
        ('<c r="A2" s="3"><v>1234</v></c>', "01234"),
        ('<c r="A2" s="4"><v>1250.5</v></c>', "€1250.5"),
        ('<c r="A2" t="b"><v>1</v></c>', "yes"),
        ('<c r="A2" t="b"><v>0</v></c>', "no"),
        ('<c r="A2" t="e"><v>#N/A</v></c>', ""),
        ('<c r="A2" t="str"><f>A1</f><v>made</v></c>', "made"),
        (text_cell("A2", "1.234"), "1.234"),
        (text_cell("A2", "[b]x[/] =1"), "[b]x[/] =1"),
    ],
)
def test_cells_by_example(tmp_path: Path, cell: str, text: str) -> None:
    head = text_cell("A1", "Value") + text_cell("B1", "Name")
    row = f'<row r="1">{head}</row><row r="2">{cell}{text_cell("B2", "x")}</row>'
    assert cells(xlsx(tmp_path / "a.xlsx", row, styles=STYLES))[1] == [text, "x"]


@pytest.mark.parametrize(
    ("code", "shape"),
    [
        ("0.0%", "%"),
        ("0.00\\%", ""),
        ('0"%"', ""),
        ("00000", "00000"),
        ("0", ""),
        ("[Red]0.00;[$€-2]0", ""),
        ('"$"#,##0', "$"),
        ("[$CHF] #,##0.00", "CHF"),
        ("[$-409]mmm d", ""),
        ("£#,##0", "£"),
        ("General", ""),
    ],
)
def test_what_number_formats_say(code: str, shape: str) -> None:
    assert shape_of(code) == shape


def test_what_is_no_number_keeps_its_text() -> None:
    assert shown("n/a", "%") == "n/a"
    assert shown("12.5", "00000") == "12.5"
    assert shown("5", "CHF") == "CHF 5"


def test_percentages_of_an_open_document(tmp_path: Path) -> None:
    share = (
        '<table:table-cell office:value-type="percentage" office:value="0.63"><text:p>63%</text:p></table:table-cell>'
    )
    found = table(ods(tmp_path / "a.ods", ods_row("Name", "Note", "Share") + ods_row("Helios", "x", more=share)))
    assert [row.values for row in found.rows()] == [("Helios", "x", "63%")]
    assert found.notes == ["Read as percentages: Share."]


def test_amounts_and_padded_numbers_of_an_open_document(tmp_path: Path) -> None:
    amount = '<table:table-cell office:value-type="currency" office:currency="USD" office:value="1000.5"/>'
    code = '<table:table-cell office:value-type="float" office:value="101"><text:p>00101</text:p></table:table-cell>'
    plain = '<table:table-cell office:value-type="float" office:value="101"><text:p>101</text:p></table:table-cell>'
    rows = ods_row("Name", "Amount", "ZIP", "Size") + ods_row("Acme", more=amount + code + plain)
    found = table(ods(tmp_path / "a.ods", rows))
    assert [row.values for row in found.rows()] == [("Acme", "USD 1000.5", "00101", "101")]


def test_merged_cells_of_an_open_document(tmp_path: Path) -> None:
    whole = '<table:table-cell office:value-type="string" table:number-rows-spanned="2">'
    whole += "<text:p>Lecce</text:p></table:table-cell>"
    covered = "<table:covered-table-cell/>"
    rows = ods_row("Name", "City") + ods_row("A", more=whole) + ods_row("B", more=covered) + ods_row("C", "Bari")
    found = table(ods(tmp_path / "a.ods", rows))
    assert [row.values for row in found.rows()] == [("A", "Lecce"), ("B", "Lecce"), ("C", "Bari")]


def test_lines_around_the_table_blank_columns_and_merged_cells(tmp_path: Path) -> None:
    rows = (
        f'<row r="2">{text_cell("B2", "Customers of the north")}</row>'
        f'<row r="4">{text_cell("B4", "Company")}{text_cell("D4", "Person")}{text_cell("E4", "City")}</row>'
        f'<row r="5">{text_cell("B5", "Helios")}{text_cell("D5", "Laura")}{text_cell("E5", "Bologna")}</row>'
        f'<row r="6">{text_cell("D6", "Dario")}{text_cell("F6", "aside")}</row>'
        f'<row r="8">{text_cell("B8", "Aurora")}{text_cell("D8", "Anna")}</row>'
        f'<row r="9">{text_cell("B9", "Total")}<c r="E9"><v>3</v></c></row>'
        f'<row r="11">{text_cell("B11", "Generated by Jo")}</row>'
    )
    parts = parts_of_xlsx(rows)
    sheet = "xl/worksheets/sheet1.xml"
    parts[sheet] = parts[sheet].replace(
        "</sheetData>", '</sheetData><mergeCells><mergeCell ref="B5:B6"/><mergeCell ref="B2:E2"/></mergeCells>'
    )
    found = table(zipped(tmp_path / "a.xlsx", parts))
    assert found.headers == ("Company", "Person", "City", "column 4")
    assert [(row.line, row.values) for row in found.rows()] == [
        (5, ("Helios", "Laura", "Bologna", "")),
        (6, ("Helios", "Dario", "", "aside")),
        (8, ("Aurora", "Anna", "", "")),
    ]
    assert found.notes == [
        "1 line above the header was skipped: Customers of the north",
        "1 merged cell: its value counts for each of its rows.",
        "Columns without a name are called: column 4.",
        "Lines below the table, from line 9, were skipped: Total 3 / Generated by Jo",
    ]


def test_groups_above_the_header_and_years_in_it(tmp_path: Path) -> None:
    grouped = [["Contact", "", "", "Company", "", ""], ["Name", "E-mail", "City", "Company", "Sector", "2024"]]
    found = table(xlsx(tmp_path / "a.xlsx", rows_of_text([*grouped, ["Laura", "l@x.it", "", "Helios", "", "5"]])))
    assert found.headers == ("Name", "E-mail", "City", "Company", "Sector", "2024")


def test_cells_that_do_not_say_their_place_come_one_after_the_other(tmp_path: Path) -> None:
    head = '<row><c t="str"><v>Name</v></c><c t="str"><v>Share</v></c></row>'
    rows = head + '<row><c t="str"><v>x</v></c><c s="1"><v>.5</v></c></row>'
    assert cells(xlsx(tmp_path / "a.xlsx", rows, styles=STYLES)) == [["Name", "Share"], ["x", "50%"]]


FAR = f'<row r="1">{text_cell("A1", "a")}</row>'


@pytest.mark.parametrize(
    ("cells", "why"),
    [
        (FAR + f'<row r="1048576">{text_cell("XFD1048576", "b")}</row>', "spans 1,048,576 rows and 16,384 columns"),
        (FAR + f'<row r="1000000">{text_cell("J1000000", "b")}</row>', "spans 1,000,000 rows and 10 columns"),
        (FAR + '<row r="1048576"><c><v>1</v></c></row><row r="9"><c r="XFD9"><v>1</v></c></row>', "next to nothing"),
        (FAR + """<row r="2"><c  a=">" r='XFD1048576'><v>1</v></c></row>""", "next to nothing"),
        (FAR + '<row r="2"><x:c r="XFD1048576"><v>1</v></x:c></row>', "next to nothing"),
        (FAR + '<row r="2"><c r="XFE1"><v>1</v></c></row>', "damaged"),
        (FAR + '<row r="2"><c r="ZZZZZZ99999999999"><v>1</v></c></row>', "damaged"),
        (FAR + '<row r="99999999"><c><v>1</v></c></row>', "damaged"),
        (FAR + '<row r="2"><c r="A2" r="XFD1048576"><v>1</v></c></row>', "damaged"),
        (FAR + f'<row r="2"><c {"a" * 200_000}', "damaged"),
    ],
    ids=lambda value: value[:20] if "<" not in value else "",
)
def test_a_sheet_that_claims_too_much_is_refused(tmp_path: Path, cells: str, why: str) -> None:
    path = xlsx(tmp_path / "a.xlsx", cells)
    with pytest.raises(FileProblemError, match=why):
        open_workbook(path)


def test_what_a_sheet_claims_of_its_size_does_not_count(tmp_path: Path) -> None:
    parts = parts_of_xlsx(rows_of_text(PEOPLE))
    sheet = "xl/worksheets/sheet1.xml"
    parts[sheet] = parts[sheet].replace("<sheetData>", '<dimension ref="A1:XFD1048576"/><sheetData>')
    assert cells(zipped(tmp_path / "a.xlsx", parts)) == PEOPLE


@pytest.mark.parametrize("repeated", ["rows", "columns"])
def test_an_open_document_that_repeats_itself_without_end_is_refused(tmp_path: Path, repeated: str) -> None:
    cell = '<table:table-cell table:number-columns-repeated="16384" office:value-type="string"><text:p>x</text:p>'
    more = f"{cell}</table:table-cell>"
    rows = ods_row(more=more) * 3
    if repeated == "rows":
        rows = ods_row("a").replace("-row>", '-row table:number-rows-repeated="1048576">', 1) * 50
    with pytest.raises(FileProblemError, match=r"spans|cells, more"):
        open_workbook(ods(tmp_path / "a.ods", rows * 400))


def test_empty_cells_to_the_end_of_a_sheet_are_nothing(tmp_path: Path) -> None:
    rest = '<table:table-cell table:number-columns-repeated="16381"/>'
    rows = "".join(ods_row(*row, more=rest) for row in PEOPLE)
    below = f'<table:table-row table:number-rows-repeated="1048573">{rest}</table:table-row>'
    assert cells(ods(tmp_path / "a.ods", rows + below)) == PEOPLE
    styled = rows_of_text(PEOPLE) + '<row r="1048576"><c r="XFD1048576" s="0"/></row>'
    assert cells(xlsx(tmp_path / "a.xlsx", styled)) == PEOPLE


ENTITY = '<!DOCTYPE x [<!ENTITY lol SYSTEM "file:///etc/hostname">]>'


def test_entities_are_refused(tmp_path: Path) -> None:
    with pytest.raises(FileProblemError, match="declares entities"):
        open_workbook(xlsx(tmp_path / "a.xlsx", rows_of_text(PEOPLE), before=ENTITY))
    with pytest.raises(FileProblemError, match="declares entities"):
        open_workbook(xlsx(tmp_path / "a.xlsx", rows_of_text(PEOPLE), before=" " * (1 << 20) + ENTITY))
    parts = parts_of_xlsx(rows_of_text(PEOPLE))
    styles = (ENTITY + parts["xl/styles.xml"]).encode("utf-16")
    with pytest.raises(FileProblemError, match="damaged"):
        open_workbook(zipped(tmp_path / "a.xlsx", {**parts, "xl/styles.xml": styles}))


def bomb(path: Path, size: int) -> Path:
    """A workbook with a part that is nothing but blanks."""
    xlsx(path, rows_of_text(PEOPLE))
    with (
        zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive,
        archive.open("xl/sharedStrings.xml", "w") as part,
    ):
        for _mega in range(size >> 20):
            part.write(b" " * (1 << 20))
    return path


def test_a_bomb_is_refused_quickly_and_in_little_memory(tmp_path: Path) -> None:
    path = bomb(tmp_path / "a.xlsx", 64 << 20)
    start = time.process_time()
    tracemalloc.start()
    with pytest.raises(FileProblemError, match="unpacks to 64 MB"):
        open_workbook(path)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert time.process_time() - start < ENDLESSLY
    assert peak < 8 << 20


@pytest.mark.parametrize("claimed", [0, 100, 1 << 20])
def test_a_bomb_that_lies_about_its_size_is_refused(tmp_path: Path, claimed: int) -> None:
    path = bomb(tmp_path / "a.xlsx", 32 << 20)
    raw = bytearray(path.read_bytes())
    at = raw.rindex(b"xl/sharedStrings.xml") - 46
    raw[at + 24 : at + 28] = struct.pack("<I", claimed)
    path.write_bytes(raw)
    with pytest.raises(FileProblemError, match="damaged"):
        open_workbook(path)


def test_workbooks_that_are_cut_off_or_garbled_are_refused(tmp_path: Path) -> None:
    for name, whole in (
        ("a.xlsx", xlsx(tmp_path / "a.xlsx", rows_of_text(PEOPLE)).read_bytes()),
        ("a.xls", xls(tmp_path / "a.xls", PEOPLE).read_bytes()),
    ):
        path = tmp_path / name
        for size in (8, 600, len(whole) // 2, len(whole) - 10):
            path.write_bytes(whole[:size])
            if size == len(whole) - 10 and name == "a.xls":
                continue  # what is missing is padding
            with pytest.raises(FileProblemError, match=r"damaged|cannot be read"):
                open_workbook(path)


@pytest.mark.parametrize(
    ("place", "value"),
    [
        (512 + 4 * 5, 3),  # a sector of the stream is followed by one before it
        (512 + 4, 1),  # the directory goes on with itself
        (68, 0),  # the list of tables goes on with itself
        (512 * 2 + 128 + 120, 0x7FFFFFFF),  # the stream claims two gigabytes
    ],
)
def test_an_old_workbook_that_goes_in_circles_ends(tmp_path: Path, place: int, value: int) -> None:
    path = xls(tmp_path / "a.xls", PEOPLE)
    raw = bytearray(path.read_bytes())
    raw[place : place + 4] = struct.pack("<I", value)
    path.write_bytes(raw)
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    with contextlib.suppress(FileProblemError):
        assert cells(path) == PEOPLE
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before < 3


@pytest.mark.parametrize(
    ("code", "text"), [("0.0%", "12.5%"), ("[$$-409]#,##0.00", "$0.125"), ('"CHF" 0.00', "CHF 0.125"), ("0.0", "0.125")]
)
def test_an_old_workbook_tells_how_its_numbers_are_shown(tmp_path: Path, code: str, text: str) -> None:
    found = table(xls(tmp_path / "a.xls", [["Name", "Share"], ["Helios", 0.125]], code))
    assert [row.values for row in found.rows()] == [("Helios", text)]


@given(
    changes=st.lists(st.tuples(st.integers(0, 8_000), st.integers(0, 255)), max_size=20), length=st.integers(0, 8_000)
)
def test_an_old_workbook_that_is_garbled_has_plain_numbers(
    tmp_path_factory: pytest.TempPathFactory, changes: list[tuple[int, int]], length: int
) -> None:
    path = xls(tmp_path_factory.getbasetemp() / "a.xls", [["Name", "Share"], ["Helios", 0.125]], "0%")
    raw = bytearray(path.read_bytes())
    for place, byte in changes:
        raw[place % len(raw)] = byte
    path.write_bytes(raw[-length:] if length % 2 else raw[:length])
    found = shapes_in(path)
    assert all(runs for shapes in found.values() for runs in shapes.columns.values())


def test_a_workbook_without_sheets_that_can_be_read(tmp_path: Path) -> None:
    with pytest.raises(FileProblemError, match="save it as XLSX"):
        open_workbook(zipped(tmp_path / "a.xlsb", {"[Content_Types].xml": "<x/>", "xl/workbook.bin": b"\0"}))
    parts = parts_of_xlsx(rows_of_text(PEOPLE)) | {"XL/workbook.xml": "<workbook/>"}
    with pytest.raises(FileProblemError, match="damaged"):
        open_workbook(zipped(tmp_path / "a.xlsx", parts))


def test_a_sheet_in_a_part_that_is_not_looked_at_is_refused(tmp_path: Path) -> None:
    parts = parts_of_xlsx(rows_of_text(PEOPLE))
    sheet = parts.pop("xl/worksheets/sheet1.xml")
    links = "xl/_rels/workbook.xml.rels"
    for name in ("worksheets/sheet1.png", "../sheet1.dat"):
        moved = parts | {f"xl/{name}": sheet, links: parts[links].replace("worksheets/sheet1.xml", name)}
        with pytest.raises(FileProblemError, match="damaged"):
            open_workbook(zipped(tmp_path / "a.xlsx", moved))


def test_parts_may_be_named_as_programs_like_it(tmp_path: Path) -> None:
    parts = {
        name.replace("worksheets/", "worksheets\\").replace("xl/workbook.xml", "xl/Workbook.xml"): text
        for name, text in parts_of_xlsx(rows_of_text(PEOPLE)).items()
    }
    assert cells(zipped(tmp_path / "a.xlsx", parts)) == PEOPLE


def test_too_many_columns_are_refused(tmp_path: Path) -> None:
    letters = [f"{a}{b}" for a in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"[:26] for b in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"]
    places = [f"{a}{two}" for a in "ABCD" for two in letters]
    path = xlsx(tmp_path / "a.xlsx", f'<row r="1">{"".join(text_cell(f"{place}1", place) for place in places)}</row>')
    with pytest.raises(FileProblemError, match="2704 columns"):
        table(path)
