"""The one door from the shell to the full screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmtui import text

if TYPE_CHECKING:
    from crmtui.cli.desk import Desk


def open_workspace(desk: Desk) -> int:
    """Open the full screen on the desk's workspace; returns its exit code."""
    from crmtui.tui.app import run

    return run(desk.path, text.language())
