"""See to it that a workspace can be used by this version, or has room to begin in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmtui import config, paths
from crmtui.errors import FileProblemError
from crmtui.store import database, opening
from crmtui.text import _

if TYPE_CHECKING:
    from pathlib import Path


def prepare(path: Path) -> None:
    """Bring the file to this version's schema if it is behind, after a backup.

    Raises:
        FileProblemError: it is missing, not ours, damaged, or newer than this version; it is left as it is.
        BusyError: another process kept it locked.
    """
    opening.open_workspace(path)


def make_room(path: Path) -> None:
    """Make the folder of a new workspace where that is the one which is opened when none is named.

    Any other must be there: made of a slip in its name, a workspace would begin where nobody looks for it.

    Raises:
        FileProblemError: it is not there, or cannot be made.
    """
    folder = path.parent
    with database.explained(path):
        try:
            folder.stat()
        except FileNotFoundError:
            if folder not in (paths.default_workspace().parent, config.load().place.parent):
                told = _("There is no folder {folder}. Make it first, or mend the name of the workspace.")
                raise FileProblemError(told.format(folder=folder)) from None
            paths.make_private(folder)
