"""`settings`: what belongs to the workspace and travels with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from crmtui.cli import entry, fields
from crmtui.cli.build import Command
from crmtui.cli.desk import say
from crmtui.cli.listing import format_option
from crmtui.cli.showing import show
from crmtui.domain.words import Source
from crmtui.domain.workspace import Workspace
from crmtui.queries import workspace
from crmtui.text import _

if TYPE_CHECKING:
    from crmtui.cli.desk import Desk


def command(_name: str) -> Command:
    """Make `settings`."""
    return Command(
        "settings",
        settings,
        _("Show the settings that travel with the workspace, or change some."),
        [*fields.options(Workspace), format_option()],
        examples=("crmtui settings", "crmtui settings --base-currency CHF --hours-per-week 28"),
    )


def settings(desk: Desk, form: str | None, **typed: Any) -> None:  # noqa: ANN401 - options
    """Show the settings; those that were typed are changed first."""
    from crmtui.commands import workspace as commands

    current = workspace.settings(desk.path)
    if said := fields.given(typed):
        given = entry.typed_values(desk, Workspace, said, current=current)
        commands.configure(desk.path, given, Source.CLI)
        say(_("Changed the settings. `crmtui undo` takes it back."))
    else:
        show(desk, Workspace.noun.table, [current.id], form)
