"""`where`: all places of this program on this machine."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmtui import paths
from crmtui.cli import output
from crmtui.cli.build import Command
from crmtui.cli.listing import format_option
from crmtui.cli.output import Format
from crmtui.text import _

if TYPE_CHECKING:
    from pathlib import Path

    from crmtui.cli.desk import Desk


def command(_name: str) -> Command:
    """Make `where`."""
    return Command("where", where, _("Where the workspace, its backups and the settings are."), [format_option()])


def where(desk: Desk, form: str | None) -> None:
    """Write every place, and whether anything is there."""
    wanted = output.chosen(form)
    places: tuple[tuple[str, str, Path], ...] = (
        ("workspace", _("Workspace"), desk.place),
        ("backups", _("Backups"), paths.backups(desk.place)),
        ("settings", _("Settings"), paths.config_file()),
        ("state", _("State"), paths.state()),
    )
    if wanted is Format.TABLE:
        from crmtui.cli.tables import Heading, write_table

        headings = [Heading(_("What")), Heading(_("Where")), Heading("")]
        write_table(
            headings,
            ([label, str(place), "" if paths.is_there(place) else _("not there yet")] for _n, label, place in places),
        )
    elif wanted is Format.IDS:
        output.write_lines(str(place) for _n, _l, place in places)
    else:
        rows = [(name, str(place), paths.is_there(place)) for name, _label, place in places]
        output.write_data(wanted, ("name", "path", "exists"), rows)
