"""`backup`, `backups`, `restore` and `check`: nothing that was written gets lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmtui.cli import output
from crmtui.cli.build import Command, argument
from crmtui.cli.desk import say
from crmtui.cli.endings import FAILED, OK
from crmtui.cli.listing import format_option
from crmtui.cli.output import Format
from crmtui.cli.progress import waiting
from crmtui.figures import Figure
from crmtui.text import _

if TYPE_CHECKING:
    from crmtui.cli.desk import Desk
    from crmtui.commands.backups import Backup


def command(name: str) -> Command:
    """Make one of the four."""
    return {"backup": _backup, "backups": _backups, "restore": _restore, "check": _check}[name]()


def _backup() -> Command:
    return Command("backup", backup, _("Copy the workspace aside, and check the copy; its path is written to stdout."))


def _backups() -> Command:
    return Command("backups", backups, _("List the backups, the newest first."), [format_option()])


def _restore() -> Command:
    return Command(
        "restore",
        restore,
        _("Bring a backup back, also when the workspace does not open; the file that was there is kept."),
        [
            argument(
                "wanted",
                _("BACKUP"),
                _("Its number in `backups`, the beginning of its name, or a file; the newest when not told."),
                needed=False,
            )
        ],
        examples=("crmtui backups", "crmtui restore 2"),
    )


def _check() -> Command:
    return Command(
        "check",
        check,
        _("Look for what is wrong in the workspace; silent when all is well."),
        [format_option()],
    )


def backup(desk: Desk) -> None:
    """Make a backup; where nothing changed since the newest one, that one is as good."""
    from crmtui.commands import backups as commands

    with waiting(_("Backing up")):
        made = commands.make(desk.place)
    if made is None:
        say(_("Nothing has changed since the newest backup."))
        made = commands.find(desk.place)
    output.write_lines([str(made)])


def backups(desk: Desk, form: str | None) -> None:
    """Write the backups, also those of a workspace that is gone or damaged."""
    from crmtui.commands import backups as commands

    wanted = output.chosen(form)
    found = commands.listing(desk.place)
    if wanted is Format.IDS:
        output.write_lines(str(each.path) for each in found)
    elif wanted is Format.TABLE:
        _table(found)
    else:
        names = ("number", "path", "at", "reason", "bytes", "changes")
        rows = [
            (number, str(each.path), each.at, each.reason, each.size, each.changes)
            for number, each in enumerate(found, 1)
        ]
        output.write_data(wanted, names, rows)
    if not found:
        say(_("There are no backups yet; `crmtui backup` makes one."))


def _table(found: list[Backup]) -> None:
    from crmtui.cli.tables import Heading, write_table
    from crmtui.commands.backups import reason

    headings = [
        Heading(_("Number"), is_figure=True),
        Heading(_("When")),
        Heading(_("Why")),
        Heading("kB", is_figure=True),
        Heading(""),
        Heading(_("File"), priority=1),
    ]
    rows = (
        [
            str(number),
            f"{each.at.astimezone():%Y-%m-%d %H:%M}",
            reason(each),
            f"{Figure(each.size / 1000):,.0f}",
            _("damaged") if each.changes is None else "",
            each.path.name,
        ]
        for number, each in enumerate(found, 1)
    )
    write_table(headings, rows)


def restore(desk: Desk, wanted: str | None) -> None:
    """Put a backup in the place of the workspace."""
    from crmtui.commands import backups as commands

    with waiting(_("Restoring")):
        done = commands.restore(desk.place, wanted or "")
    say(_("Restored {backup}.").format(backup=done.backup.name))
    if done.kept is not None:
        say(_("The file that was there is kept as {path}.").format(path=done.kept))


def check(desk: Desk, form: str | None) -> int:
    """Write what is wrong; returns 1 when anything is."""
    from crmtui.commands import checking

    wanted = output.chosen(form)
    with waiting(_("Checking")):
        found = checking.findings(desk.place)
    if not found:
        return OK
    if wanted is Format.TABLE:
        places = (" ".join(part for part in (each.table, each.uid, each.field) if part) for each in found)
        output.write_lines(
            f"{place}: {each.sentence}" if place else each.sentence for place, each in zip(places, found, strict=True)
        )
    elif wanted is Format.IDS:
        output.write_lines(dict.fromkeys(each.uid for each in found if each.uid))
    else:
        names = ("sentence", "table", "uid", "field")
        output.write_data(wanted, names, [(x.sentence, x.table, x.uid, x.field) for x in found])
    return FAILED
