"""See to it, at the start of a run, that a workspace can be used by this version."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmtui.store import opening

if TYPE_CHECKING:
    from pathlib import Path


def prepare(path: Path) -> None:
    """Bring the file to this version's schema if it is behind, after a backup.

    Raises:
        FileProblemError: it is missing, not ours, damaged, or newer than this version; it is left as it is.
        BusyError: another process kept it locked.
    """
    opening.open_workspace(path)
