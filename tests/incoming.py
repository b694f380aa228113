"""Files that come into a workspace, in tests of what imports do to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from crmtui.commands.importing import ImportOptions, import_files

if TYPE_CHECKING:
    from pathlib import Path

    from crmtui.commands.import_report import FileReport, ImportReport


def file(path: Path, text: str) -> Path:
    """A file with a text."""
    path.write_text(text, "utf-8")
    return path


def bring(workspace: Path, path: Path, **options: Any) -> FileReport:
    """Import one file; returns what is told of it."""
    return import_files(workspace, [path], ImportOptions(**options)).files[0]


def bring_all(workspace: Path, texts: dict[str, str], /, **options: Any) -> ImportReport:
    """Import several files by their names and texts, in that order, none of whose rows may be refused."""
    paths = [file(workspace.with_name(name), text) for name, text in texts.items()]
    report = import_files(workspace, paths, ImportOptions(**options))
    assert not report.rejected, [problem for one in report.files for problem in one.rejected]
    return report
