from __future__ import annotations

from typing import TYPE_CHECKING

from crmtui.tui.importing.files import paths

if TYPE_CHECKING:
    from pathlib import Path


def test_a_file_or_a_folder_with_blanks_in_its_name_is_one(tmp_path: Path) -> None:
    folder, file = tmp_path / "my cards", tmp_path / "a b.csv"
    folder.mkdir()
    file.write_text("x", "utf-8")
    assert paths(str(folder)) == [folder]
    assert paths(f" {file} ") == [file]
    assert paths(f"'{file}' {tmp_path / 'c.ics'}") == [file, tmp_path / "c.ics"]
    assert paths("  ") == []
    assert paths("it's.csv")[0].name == "it's.csv"
