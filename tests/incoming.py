"""Files that come into a workspace, in tests of what imports do to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from crmtui.commands.importing import ImportOptions, import_files

if TYPE_CHECKING:
    from pathlib import Path

    from crmtui.commands.import_report import FileReport


def file(path: Path, text: str) -> Path:
    """A file with a text."""
    path.write_text(text, "utf-8")
    return path


def bring(workspace: Path, path: Path, **options: Any) -> FileReport:
    """Import one file; returns what is told of it."""
    return import_files(workspace, [path], ImportOptions(**options)).files[0]
