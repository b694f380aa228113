"""Begin a workspace: the file, its settings, and what every workspace starts with."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Any, Final

from crmtui.commands.opening import make_room
from crmtui.domain.plans import Channel
from crmtui.domain.words import Source
from crmtui.domain.workspace import Workspace
from crmtui.store import database, files, journal, migrations
from crmtui.store.unit import UnitOfWork, work
from crmtui.store.writing.bulk import insert_many
from crmtui.text import N_, _

if TYPE_CHECKING:
    from pathlib import Path

# Code, name, usual cost in whole units of the base currency, usual hours, coverage quality q (method.md section 2):
# how much one contact on the channel covers a person. Defaults to be edited; no published figures exist.
CHANNELS: Final[tuple[tuple[str, str, int, float, float], ...]] = (
    ("meeting", N_("Meeting"), 140, 2.0, 0.6),
    ("video", N_("Video call"), 10, 1.0, 0.45),
    ("call", N_("Call"), 5, 0.5, 0.35),
    ("email", N_("E-mail"), 2, 0.3, 0.15),
    ("letter", N_("Letter"), 8, 0.5, 0.15),
    ("event", N_("Event"), 200, 4.0, 0.5),
    ("web", N_("Web"), 1, 0.2, 0.05),
)


def create(
    path: Path, *, name: str = "", base_currency: str = "EUR", source: Source = Source.CLI, is_sample: bool = False
) -> None:
    """Make a new workspace file with its settings, and the usual channels, scorecard templates and criteria.

    Its history begins empty: there is nothing before it to undo to.

    Raises:
        FileProblemError: something is there already, or the place cannot be written to; nothing was changed.
    """
    from crmtui.commands import criteria, templates

    make_room(path)
    migrations.create(path)
    try:
        with work(path, _("Begin the workspace"), source, by_record=False) as unit:
            settings = {"name": name or path.stem, "base_currency": base_currency, "is_sample": is_sample}
            insert_many(unit, Workspace, [settings])
            _seed_channels(unit, base_currency)
            templates.seed(unit)
            criteria.seed(unit)
        begin_history(path)
    except BaseException:
        discard(path)
        raise


def create_bare(path: Path) -> None:
    """Make a new workspace file with nothing in it, for an export that brings its own settings."""
    migrations.create(path)


def begin_history(path: Path) -> None:
    """Forget how the workspace came to be what it is, so that undo ends here."""
    with database.explained(path), contextlib.closing(database.connect(path)) as connection:
        journal.forget(connection)


def discard(path: Path) -> None:
    """Remove a workspace file that was begun in vain, with what SQLite keeps beside it."""
    files.discard(path)


def configure(path: Path, given: dict[str, Any], source: Source) -> None:
    """Change the settings of the workspace; InvalidError names each that is wrong."""
    with work(path, _("Change the settings"), source) as unit:
        unit.update(Workspace, 1, given)


def _seed_channels(unit: UnitOfWork, currency: str) -> None:
    from crmtui.domain.money import exponent

    minor = 10 ** exponent(currency)
    channels = (
        {
            "code": code,
            "name": _(name),
            "cost": cost * minor,
            "currency": currency,
            "hours": hours,
            "quality": quality,
        }
        for code, name, cost, hours, quality in CHANNELS
    )
    insert_many(unit, Channel, channels)
