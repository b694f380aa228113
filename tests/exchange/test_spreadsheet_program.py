"""Our workbooks in a spreadsheet program, and its in ours: LibreOffice, where it is installed."""

from __future__ import annotations

import csv
import shutil
import subprocess
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from crmtui.domain.fields import Kind
from crmtui.exchange.atomic import atomic
from crmtui.exchange.sheets.table import SheetTable
from crmtui.exchange.sheets.workbook import open_workbook
from crmtui.exchange.sheets.writing import SheetColumn, write_workbook
from crmtui.exchange.writing import Format, write_rows
from crmtui.text import clean
from hostile import STRINGS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

SOFFICE = shutil.which("soffice")
pytestmark = pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed")
CSV_WITH_ALL_SHEETS = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"
COLUMNS = [
    SheetColumn("name", Kind.LINE),
    SheetColumn("day", Kind.DATE),
    SheetColumn("amount", Kind.MONEY),
    SheetColumn("is_new", Kind.BOOL),
    SheetColumn("size", Kind.NUMBER),
]


@pytest.fixture(scope="session")
def converted(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Path, str], Path]:
    """A workbook as LibreOffice saves it in another format, in a folder of its own; its settings are made once."""
    command = [str(SOFFICE), f"-env:UserInstallation={tmp_path_factory.mktemp('profile').as_uri()}", "--headless"]

    def convert(path: Path, form: str) -> Path:
        folder = path.parent / f"as {form[:4]}"
        subprocess.run([*command, "--convert-to", form, "--outdir", folder, path], check=True, capture_output=True)
        return folder

    return convert


def test_what_we_write_is_read_as_it_is_and_nothing_in_it_is_run(
    tmp_path: Path, converted: Callable[[Path, str], Path]
) -> None:
    texts = [clean(text) for text in STRINGS.values()]
    texts = [text for text in texts if text.strip() and len(text) < 1_000]
    texts += ["=1+1", "@SUM(1)", "+39", "_x0041_", "<r>x</r>", "  within blanks  ", "two\nlines", "00123", "1/2/2026"]
    path = tmp_path / "ours.xlsx"
    with path.open("wb") as stream:
        rows = [(text, "2026-03-09", Decimal("1234567.80"), True, 0.125) for text in texts]
        write_workbook(stream, [("Accounts & <co>", COLUMNS, rows), ("Empty", COLUMNS, [])])
    (full, empty) = sorted(converted(path, CSV_WITH_ALL_SHEETS).iterdir())
    assert empty.read_text("utf-8").splitlines() == ["name,day,amount,is_new,size"]
    with full.open(encoding="utf-8", newline="") as stream:
        found = list(csv.reader(stream))[1:]
    assert [row[0] for row in found] == texts
    assert {tuple(row[1:]) for row in found} == {("2026-03-09", "1234567.8", "TRUE", "0.125")}


@pytest.mark.parametrize("raw", [False, True])
def test_a_guarded_table_calculates_nothing(
    tmp_path: Path, converted: Callable[[Path, str], Path], *, raw: bool
) -> None:
    path = tmp_path / "ours.csv"
    texts = ["=1+1", "+1+1", "-2+3", "@SUM(1;2)", '=HYPERLINK("http://x")', "x\n=1+1"]
    with atomic(path) as stream:
        write_rows(stream, Format.CSV, ["name"], [(text,) for text in texts], raw=raw)
    (saved,) = converted(path, "fods").iterdir()
    assert ("table:formula" in saved.read_text("utf-8")) is raw


@pytest.mark.parametrize("form", ["xlsx:Calc MS Excel 2007 XML", "ods", "xls"])
def test_what_it_saves_says_the_same_in_each_format(
    tmp_path: Path, converted: Callable[[Path, str], Path], form: str
) -> None:
    path = tmp_path / "theirs.fods"
    path.write_text(FLAT, "utf-8")
    (saved,) = converted(path, form).iterdir()
    (sheet,) = [sheet for sheet in open_workbook(saved) if not sheet.is_hidden]
    table = SheetTable(saved, sheet)
    assert table.headers == ("Ragione sociale", "Cliente dal", "Fatturato", "Sconto", "CAP", "Visita", "Nota")
    found = [tuple(cell.replace("$", "USD ") for cell in row.values) for row in table.rows()]
    assert found == [
        ("Officine Rossi", "2020-03-09", "USD 1234.5", "12.5%", "00123", "2026-04-09 14:30:00", "due\nrighe"),
        ("Nascosta", "2020-03-10", "USD 2469", "7%", "00124", "", ""),
    ]


FLAT = """<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
  xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"
  xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
  xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
  xmlns:number="urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0"
  xmlns:of="urn:oasis:names:tc:opendocument:xmlns:of:1.2"
  office:version="1.3" office:mimetype="application/vnd.oasis.opendocument.spreadsheet">
<office:automatic-styles>
<number:currency-style style:name="N1"><number:currency-symbol number:language="en" number:country="US">$</number:currency-symbol><number:number number:decimal-places="2" number:min-integer-digits="1" number:grouping="true"/></number:currency-style>
<number:percentage-style style:name="N2"><number:number number:decimal-places="1" number:min-integer-digits="1"/><number:text>%</number:text></number:percentage-style>
<number:date-style style:name="N3"><number:day number:style="long"/><number:text>/</number:text><number:month number:style="long"/><number:text>/</number:text><number:year number:style="long"/></number:date-style>
<number:number-style style:name="N4"><number:number number:decimal-places="0" number:min-integer-digits="5"/></number:number-style>
<number:date-style style:name="N5"><number:day/><number:text>/</number:text><number:month/><number:text>/</number:text><number:year number:style="long"/><number:text> </number:text><number:hours/><number:text>:</number:text><number:minutes number:style="long"/></number:date-style>
<style:style style:name="c1" style:family="table-cell" style:data-style-name="N1"/>
<style:style style:name="c2" style:family="table-cell" style:data-style-name="N2"/>
<style:style style:name="c3" style:family="table-cell" style:data-style-name="N3"/>
<style:style style:name="c4" style:family="table-cell" style:data-style-name="N4"/>
<style:style style:name="c5" style:family="table-cell" style:data-style-name="N5"/>
<style:style style:name="ta2" style:family="table"><style:table-properties table:display="false"/></style:style>
</office:automatic-styles>
<office:body><office:spreadsheet>
<table:table table:name="Clienti">
<table:table-column table:number-columns-repeated="4"/><table:table-column table:visibility="collapse"/><table:table-column table:number-columns-repeated="2"/>
<table:table-row><table:table-cell table:number-columns-spanned="7" office:value-type="string"><text:p>Anagrafica clienti</text:p></table:table-cell><table:covered-table-cell table:number-columns-repeated="6"/></table:table-row>
<table:table-row><table:table-cell office:value-type="string"><text:p>Ragione sociale</text:p></table:table-cell><table:table-cell office:value-type="string"><text:p>Cliente dal</text:p></table:table-cell><table:table-cell office:value-type="string"><text:p>Fatturato</text:p></table:table-cell><table:table-cell office:value-type="string"><text:p>Sconto</text:p></table:table-cell><table:table-cell office:value-type="string"><text:p>CAP</text:p></table:table-cell><table:table-cell office:value-type="string"><text:p>Visita</text:p></table:table-cell><table:table-cell office:value-type="string"><text:p>Nota</text:p></table:table-cell></table:table-row>
<table:table-row><table:table-cell office:value-type="string"><text:p>Officine Rossi</text:p></table:table-cell><table:table-cell table:style-name="c3" office:value-type="date" office:date-value="2020-03-09"/><table:table-cell table:style-name="c1" office:value-type="currency" office:currency="USD" office:value="1234.5"/><table:table-cell table:style-name="c2" office:value-type="percentage" office:value="0.125"/><table:table-cell table:style-name="c4" office:value-type="float" office:value="123"/><table:table-cell table:style-name="c5" office:value-type="date" office:date-value="2026-04-09T14:30:00"/><table:table-cell office:value-type="string"><text:p>due</text:p><text:p>righe</text:p></table:table-cell></table:table-row>
<table:table-row table:visibility="collapse"><table:table-cell office:value-type="string"><text:p>Nascosta</text:p></table:table-cell><table:table-cell table:style-name="c3" office:value-type="date" office:date-value="2020-03-10"/><table:table-cell table:style-name="c1" table:formula="of:=[.C3]*2" office:value-type="currency" office:currency="USD" office:value="2469"/><table:table-cell table:style-name="c2" office:value-type="percentage" office:value="0.07"/><table:table-cell table:style-name="c4" office:value-type="float" office:value="124"/><table:table-cell/><table:table-cell/></table:table-row>
</table:table>
<table:table table:name="Nascosto" table:style-name="ta2"><table:table-row><table:table-cell office:value-type="string"><text:p>Name</text:p></table:table-cell></table:table-row></table:table>
</office:spreadsheet></office:body></office:document>
"""  # noqa: E501 - as it is written by programs: a line each
