"""`demo`: the sample workspace, as a copy to try things on."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from crmtui.cli.build import Command, option
from crmtui.cli.desk import say
from crmtui.text import _

if TYPE_CHECKING:
    from crmtui.cli.desk import Desk


def command(_name: str) -> Command:
    """Make `demo`."""
    return Command(
        "demo",
        demo,
        _("Open a sample workspace: a copy, to try everything on. It goes when you leave."),
        [option("--keep", _("FILE"), _("Keep the copy in this file, and open it again when it is there."), kind=Path)],
    )


def demo(desk: Desk, keep: Path | None) -> int:
    """Make the copy and open it; returns the exit code of the full screen."""
    if keep is not None:
        return _opened(desk, keep)
    with tempfile.TemporaryDirectory(prefix="crmtui-") as folder:
        return _opened(desk, Path(folder) / "sample.db")


def _opened(desk: Desk, path: Path) -> int:
    from crmtui.cli.open import open_workspace

    if not path.exists():
        from crmtui.commands.sample import create_sample

        create_sample(path, desk.today)
    say(_("This is a sample workspace: nobody in it is real. It is kept in {path}.").format(path=path))
    desk.named = path
    return open_workspace(desk)
