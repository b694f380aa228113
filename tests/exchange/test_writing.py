from __future__ import annotations

import csv
import datetime as dt
import io
import json
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given, strategies as st

from crmtui.exchange.atomic import atomic
from crmtui.exchange.file_form import FileForm
from crmtui.exchange.guard import bare
from crmtui.exchange.reading import read_table
from crmtui.exchange.writing import Format, write_rows
from crmtui.text import clean
from hostile import STRINGS

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

TABLES = pytest.mark.parametrize(("form", "delimiter"), [(Format.CSV, ","), (Format.TSV, "\t")])
NAMES = st.text(st.characters(categories=("L", "N", "P", "S", "Zs"), codec="utf-8"), min_size=1).filter(
    lambda name: not name.casefold().startswith("sep=")
)
CELLS = st.text(st.characters(codec="utf-8"), max_size=12) | st.text(
    st.sampled_from("'=+-@\t\r\n\",;|1.,a"), max_size=6
)


def written(form: Format, headers: Sequence[str], rows: Sequence[Sequence[object]], *, raw: bool = False) -> str:
    stream = io.StringIO(newline="")
    assert write_rows(stream, form, headers, rows, raw=raw) == len(rows)
    return stream.getvalue()


def test_values_as_they_stand_in_a_table() -> None:
    row: list[object] = [
        "Acme, Ltd",
        None,
        True,
        -5,
        -1.5,
        Decimal("1E+3"),
        dt.date(2026, 3, 12),
        dt.datetime(2026, 3, 12, 10, 30, tzinfo=dt.timezone(dt.timedelta(hours=1))),
        ["a", "b"],
    ]
    text = written(Format.CSV, list("abcdefghi"), [row])
    assert text == (
        'a,b,c,d,e,f,g,h,i\r\n"Acme, Ltd",,yes,-5,-1.5,1000,2026-03-12,2026-03-12T09:30:00Z,"[""a"", ""b""]"\r\n'
    )


def test_values_as_they_stand_in_json() -> None:
    rows: list[list[object]] = [["é=1", None, True, dt.date(2026, 3, 12)], ["\x1b\u2028", 5, False, [1]]]
    assert written(Format.JSONL, list("abcd"), rows) == (
        '{"a": "é=1", "b": null, "c": true, "d": "2026-03-12"}\n{"a": "\\u001b\u2028", "b": 5, "c": false, "d": [1]}\n'
    )
    assert json.loads(written(Format.JSON, list("abcd"), rows))[1] == {
        "a": "\x1b\u2028",
        "b": 5,
        "c": False,
        "d": [1],
    }
    assert json.loads(written(Format.JSON, ["a"], [])) == []


def test_formulas_are_guarded_unless_raw_is_asked_for() -> None:
    assert written(Format.CSV, ["=a"], [["+1"], ["-1"], ["'=1"]]) == "'=a\r\n'+1\r\n-1\r\n''=1\r\n"
    assert written(Format.CSV, ["=a"], [["+1"]], raw=True) == "=a\r\n+1\r\n"


@TABLES
def test_a_row_of_nothing_is_not_a_blank_line(form: Format, delimiter: str) -> None:
    assert written(form, ["a"], [[""], [None]]).splitlines() == ["a", '""', '""']
    assert written(form, ["a", "b"], [["", ""]]).splitlines()[1] == delimiter


def test_more_rows_than_a_batch_are_all_written() -> None:
    rows = [[number] for number in range(2_500)]
    assert written(Format.CSV, ["n"], rows).split() == ["n", *map(str, range(2_500))]
    assert [row["n"] for row in json.loads(written(Format.JSON, ["n"], rows))] == list(range(2_500))
    assert written(Format.JSONL, ["n"], rows).count("\n") == 2_500


@pytest.mark.parametrize("form", Format)
def test_headers_and_cells_must_fit(form: Format) -> None:
    with pytest.raises(ValueError, match="each header"):
        written(form, ["a", "a"], [])
    with pytest.raises(ValueError, match="one cell for each header"):
        written(form, ["a", "b"], [["1", "2"], ["1"]])


@TABLES
@given(rows=st.lists(st.lists(CELLS, min_size=2, max_size=2)))
def test_it_is_what_the_csv_module_reads(form: Format, delimiter: str, rows: list[list[str]]) -> None:
    text = written(form, ["a", "b"], rows, raw=True)
    found = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    assert found == [["a", "b"], *(list(map(bare, row)) for row in rows)]


@TABLES
@given(data=st.data())
def test_tables_come_back_exactly(
    tmp_path_factory: pytest.TempPathFactory, form: Format, delimiter: str, data: st.DataObject
) -> None:
    names = data.draw(st.lists(NAMES.map(str.strip).filter(bool), min_size=1, max_size=4, unique=True))
    headers = read_back_names(names)
    rows = data.draw(st.lists(st.lists(CELLS, min_size=len(headers), max_size=len(headers))))
    path = tmp_path_factory.getbasetemp() / f"back.{form}"
    with atomic(path) as stream:
        write_rows(stream, form, headers, rows)
    table = read_table(path, FileForm("utf-8", delimiter))
    assert list(table.headers) == headers
    assert [list(row.values) for row in table.rows()] == [row for row in rows if any(row)]
    assert table.problems == []


def read_back_names(names: list[str]) -> list[str]:
    """The names as headers are kept: cleaned, none empty, none twice."""
    from crmtui.text import line

    return list(dict.fromkeys(name for name in map(line, names) if name)) or ["name"]


@TABLES
def test_hostile_cells_come_back_but_for_surrogates(tmp_path: Path, form: Format, delimiter: str) -> None:
    path = tmp_path / f"hostile.{form}"
    cells = [text for text in STRINGS.values() if text and text.encode("utf-8", "ignore").decode() == text]
    with atomic(path) as stream:
        write_rows(stream, form, ["name", "note"], [(cell, "x") for cell in cells])
    table = read_table(path, FileForm("utf-8", delimiter))
    assert [row.values[0] for row in table.rows()] == cells


@given(st.lists(st.text(st.characters(codec=None))))
def test_json_lines_come_back_even_with_surrogates(tmp_path_factory: pytest.TempPathFactory, cells: list[str]) -> None:
    path = tmp_path_factory.getbasetemp() / "back.jsonl"
    with atomic(path) as stream:
        write_rows(stream, Format.JSONL, ["a"], [[cell] for cell in cells])
    with path.open(encoding="utf-8", newline="\n") as back:
        assert [json.loads(row)["a"] for row in back] == cells


@TABLES
def test_what_is_cleaned_is_guarded_as_it_then_is(form: Format, delimiter: str) -> None:
    stream = io.StringIO(newline="")
    cells = ["plain", "\u200b=1+1", "a\x1f-b\x1b[0m", None, 7, "\x1f", "O\u0308berg"]
    assert write_rows(stream, form, ["a", "b"], [(cell, "x") for cell in cells], is_cleaned=True) == 7
    found = list(csv.reader(io.StringIO(stream.getvalue(), newline=""), delimiter=delimiter, strict=True))
    assert [row[0] for row in found] == ["a", "plain", "'=1+1", "a-b[0m", "", "7", "", "\u00d6berg"]


@example(["\x1f"])
@given(st.lists(st.text(st.characters(codec="utf-8"))))
def test_what_goes_out_cleaned_is_what_cleaning_makes_of_it(cells: list[str]) -> None:
    stream = io.StringIO(newline="")
    write_rows(stream, Format.CSV, ["a", "b"], [(cell, "x") for cell in cells], raw=True, is_cleaned=True)
    found = list(csv.reader(io.StringIO(stream.getvalue(), newline=""), strict=True))
    assert [row[0] for row in found[1:]] == [bare(clean(cell)) for cell in cells]


def test_what_is_cleaned_is_so_in_json_too() -> None:
    stream = io.StringIO(newline="")
    write_rows(stream, Format.JSONL, ["a"], [["a\x1b[0m"], [["\u202ea", {"b": "\x07c"}]]], is_cleaned=True)
    assert [json.loads(row)["a"] for row in stream.getvalue().splitlines()] == ["a[0m", ["a", {"b": "c"}]]
