"""`undo`, `redo` and `history`: every change, from every door, can be taken back."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from crmtui.cli import output
from crmtui.cli.build import Command, argument, option
from crmtui.cli.desk import say
from crmtui.cli.listing import format_option, whole
from crmtui.cli.output import Format
from crmtui.domain.words import Source
from crmtui.text import _

if TYPE_CHECKING:
    from crmtui.cli.desk import Desk
    from crmtui.queries.workspace import ChangeSet

LATEST = 50


def command(name: str) -> Command:
    """Make one of the three."""
    return {"undo": _undo, "redo": _redo, "history": _history}[name]()


def _undo() -> Command:
    return Command(
        "undo",
        undo,
        _("Take back the newest change, or the one of a number that `history` shows."),
        [argument("number", _("NUMBER"), _("Of the change."), needed=False)],
        examples=("crmtui undo", "crmtui undo 12"),
    )


def _redo() -> Command:
    return Command("redo", redo, _("Bring back what was undone last."))


def _history() -> Command:
    return Command(
        "history",
        history,
        _("What was changed, the newest first."),
        [
            option("--limit", _("NUMBER"), _("At most so many; {count} when not told.").format(count=LATEST)),
            format_option(),
        ],
    )


def undo(desk: Desk, number: str | None) -> None:
    """Take a change back."""
    from crmtui.commands import history as commands

    wanted = None if number is None else whole(number, _("NUMBER"))
    say(_("Undone: {label}").format(label=commands.undo(desk.path, Source.CLI, wanted).label))


def redo(desk: Desk) -> None:
    """Bring a change back."""
    from crmtui.commands import history as commands

    say(_("Redone: {label}").format(label=commands.redo(desk.path, Source.CLI).label))


def history(desk: Desk, limit: str | None, form: str | None) -> None:
    """Write the change sets."""
    from crmtui.queries import workspace

    wanted = output.chosen(form)
    found = workspace.history(desk.path, LATEST if limit is None else whole(limit, "--limit"))
    if wanted is Format.IDS:
        output.write_lines(str(each.id) for each in found)
    elif wanted is Format.TABLE:
        _table(found)
    else:
        names = ("number", "at", "label", "actor", "source", "rows", "undone", "undoes")
        output.write_data(
            wanted,
            names,
            [(x.id, x.at, x.label, x.actor, x.source, x.rows, x.undone, x.undoes_id) for x in found],
        )


def _table(found: list[ChangeSet]) -> None:
    from crmtui.cli.tables import Heading, write_table

    headings = [
        Heading(_("Number"), is_figure=True),
        Heading(_("When")),
        Heading(_("What")),
        Heading(_("Through"), priority=1),
        Heading(_("Rows"), is_figure=True, priority=2),
        Heading(""),
    ]
    write_table(headings, (_row(each) for each in found))


def _row(each: ChangeSet) -> list[str]:
    at = dt.datetime.fromisoformat(each.at).astimezone()
    door = next((_(word.label) for word in Source if word.value == each.source), each.source)
    return [str(each.id), f"{at:%Y-%m-%d %H:%M}", each.label, door, str(each.rows), _("undone") if each.undone else ""]
