"""What every command needs to know: which workspace, which day, and how to speak beside the data."""

from __future__ import annotations

import contextlib
import datetime as dt
import os
import sys
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Final

from crmtui import config, paths, text
from crmtui.errors import CrmtuiError
from crmtui.text import _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crmtui.config import Config

DB_VARIABLE: Final = "CRMTUI_DB"
WRITER: Final = "crmtui.store.unit"  # the module without which nothing is written
LONGEST_SENTENCE: Final = 4_000  # what was typed may come back in a sentence


def _today() -> dt.date:
    return dt.datetime.now().astimezone().date()


@dataclass  # with a __dict__, where cached properties are kept
class Desk:
    """The command's surroundings.

    Attributes:
        named: the workspace of `--db`.
        today: the day it is.
    """

    named: Path | None = None
    today: dt.date = field(default_factory=_today)

    @cached_property
    def config(self) -> Config:
        """The user's settings; UsageError when the file is wrong."""
        return config.load()

    @cached_property
    def path(self) -> Path:
        """The workspace, brought to this version's schema if it is behind."""
        if paths.is_there(self.place):
            from crmtui.commands import opening

            opening.prepare(self.place)
        return self.place

    @property
    def place(self) -> Path:
        """Where the workspace is: at `--db`, as the environment or the settings say, or at the default place."""
        if self.named is not None:
            return self.named
        if named := os.environ.get(DB_VARIABLE):
            return Path(named)
        return self.config.place

    @contextlib.contextmanager
    def begun(self) -> Iterator[Path]:
        """The workspace for a command that may begin one; a new file goes again when the command fails."""
        is_new = not paths.is_there(self.path)
        if is_new:
            from crmtui.commands import workspace

            workspace.create(self.path)
        try:
            yield self.path
        except BaseException:
            if is_new:
                workspace.discard(self.path)
            raise
        if is_new:
            say(_("Began a new workspace at {path}.").format(path=self.path))

    def back_up(self) -> None:
        """At the end: copy the workspace aside if it was changed; a failure is told and fails nothing."""
        if WRITER not in sys.modules:
            return  # what only reads does not wait for the code of backups
        from crmtui.cli.progress import waiting
        from crmtui.commands import backups

        try:
            with waiting(_("Backing up")):
                backups.after_writing(self.place)
        except CrmtuiError as error:
            say(_("No backup was made: {why}").format(why=error))


def say(sentence: str) -> None:
    """Speak to the user, on stderr: never data, never control characters."""
    shown = text.clean(sentence)
    if len(shown) > LONGEST_SENTENCE:
        shown = shown[:LONGEST_SENTENCE] + "…"
    with contextlib.suppress(OSError, ValueError):  # a closed stderr must not end the work
        sys.stderr.write(f"{shown}\n")
