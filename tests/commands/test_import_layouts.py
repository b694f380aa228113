"""How a file was said to be laid out counts for the next one with its columns, where nobody says so again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from crmtui.commands.import_looking import look_over
from crmtui.commands.importing import FileForm, ImportOptions, import_files
from crmtui.errors import CrmtuiError
from customers import TODAY
from store_dump import query

if TYPE_CHECKING:
    from pathlib import Path

TOLD = "Laid out as was said of “first.csv”."
HEADERS = "Nome;Cognome;Azienda;E-mail"
ROWS = ("Niccolò;Verdi;Aurora;n@aurora.example", "Zoë;Bianchi;Helios;z@helios.example")


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    return tmp_path / "first.csv", tmp_path / "second.csv"


def brought(workspace: Path, file: Path, form: FileForm | None = None, *, anew: bool = False) -> list[str]:
    """The notes about it."""
    forms = {file.name: form} if form else {}
    report = import_files(workspace, [file], ImportOptions(forms=forms, anew=anew))
    return list(report.files[0].notes)


def names(path: Path) -> list[str]:
    return [name for (name,) in query(path, "SELECT given_name FROM person ORDER BY id")]


def test_an_encoding_counts_again_where_a_text_could_be_in_any(workspace: Path, files: tuple[Path, Path]) -> None:
    first, second = files
    first.write_text("\n".join((HEADERS, ROWS[0])), "cp850")
    second.write_text("\n".join((HEADERS, ROWS[1])), "cp850")
    assert TOLD not in brought(workspace, first, FileForm(encoding="cp850"))
    assert TOLD in brought(workspace, second)
    assert names(workspace) == ["Niccolò", "Zoë"]
    second.write_text(f"{HEADERS}\nChloé;Rossi;Helios;c@helios.example", "utf-8")
    assert TOLD not in brought(workspace, second)
    assert names(workspace) == ["Niccolò", "Zoë", "Chloé"]


def test_the_line_of_a_header_and_a_delimiter_count_again(workspace: Path, files: tuple[Path, Path]) -> None:
    first, second = files
    above = "Vertrieb~Süd~Nord~West\n2026~1~2~3\n"  # looks like a table of its own
    for file, row in zip(files, ROWS, strict=True):
        file.write_text(above + f"{HEADERS}\n{row}\n".replace(";", "~"), "utf-8")
    brought(workspace, first, FileForm(delimiter="~", header=3))
    (look,) = look_over(workspace, [second], {}, today=TODAY).files
    assert (look.table, look.form.delimiter, look.form.header) == ("person", "~", 3)
    assert TOLD in brought(workspace, second)
    assert names(workspace) == ["Niccolò", "Zoë"]


def test_what_cannot_be_read_otherwise_is_laid_out_as_before(workspace: Path, files: tuple[Path, Path]) -> None:
    for file, row in zip(files, ROWS, strict=True):
        file.write_text(f'"Vertrieb\n{HEADERS}\n{row}\n', "utf-8")  # a quote that is never closed
    with pytest.raises(CrmtuiError, match="never closed"):
        brought(workspace, files[0])
    brought(workspace, files[0], FileForm(header=2))
    assert TOLD in brought(workspace, files[1])
    assert names(workspace) == ["Niccolò", "Zoë"]


def test_what_is_said_now_leaves_the_rest_as_it_was_said(workspace: Path, files: tuple[Path, Path]) -> None:
    for file, row in zip(files, ROWS, strict=True):
        file.write_text(f"Vertrieb;Süd;Nord;West\n{HEADERS}\n{row}\n", "cp850")
    brought(workspace, files[0], FileForm(encoding="cp850", header=2))
    assert TOLD in brought(workspace, files[1], FileForm(header=2))
    assert names(workspace) == ["Niccolò", "Zoë"]
    (look,) = look_over(workspace, [files[1]], {}, today=TODAY).files
    assert look.kept.form == FileForm(encoding="cp850", header=2)


def test_what_is_said_now_counts_and_anew_forgets(workspace: Path, files: tuple[Path, Path]) -> None:
    first, second = files
    first.write_text("\n".join((HEADERS, ROWS[0])), "cp850")
    second.write_text("\n".join((HEADERS, ROWS[1])), "cp437")
    brought(workspace, first, FileForm(encoding="cp850"))
    assert TOLD not in brought(workspace, second, FileForm(encoding="cp437"))
    assert names(workspace) == ["Niccolò", "Zoë"]
    assert TOLD not in brought(workspace, first, anew=True)
    second.write_text(f"{HEADERS}\nChloé;Rossi;Helios;c@helios.example", "cp1252")
    assert TOLD not in brought(workspace, second, FileForm(encoding="cp1252"))
    assert names(workspace)[-1] == "Chloé"


def test_a_file_that_fits_none_of_them_is_refused_as_before(workspace: Path, files: tuple[Path, Path]) -> None:
    first, second = files
    first.write_text("Report\n\n" + HEADERS + f"\n{ROWS[0]}\n", "utf-8")
    brought(workspace, first, FileForm(header=3))
    second.write_text("1,2\n3,4\n", "utf-8")
    with pytest.raises(CrmtuiError) as with_memory:
        import_files(workspace, [second], ImportOptions())
    with pytest.raises(CrmtuiError) as without:
        import_files(workspace, [second], ImportOptions(anew=True))
    assert str(with_memory.value) == str(without.value)
