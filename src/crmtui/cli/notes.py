"""`note`: something worth keeping about an account, a person or an opportunity."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from crmtui.cli.build import Command, argument, option
from crmtui.cli.entry import link_key
from crmtui.domain import dates
from crmtui.domain.accounts import Note
from crmtui.domain.words import Source
from crmtui.errors import UsageError
from crmtui.text import _

if TYPE_CHECKING:
    from crmtui.cli.desk import Desk

ABOUT: Final = ("account", "person", "opportunity")


def command(_name: str) -> Command:
    """Make `note`."""
    return Command(
        "note",
        note,
        _("Keep a note on an account, a person or an opportunity; `show` shows it."),
        [
            argument("words", _("TEXT"), _("The note."), many=True),
            option("--account", _("NAME"), _("What it is about.")),
            option("--person", _("NAME"), _("What it is about.")),
            option("--opportunity", _("NAME"), _("What it is about.")),
            option("--date", _("DAY"), _("The day it is of; today when not told.")),
        ],
        examples=("crmtui note 'moves to a new plant in May' --account Aurora",),
    )


def note(desk: Desk, words: tuple[str, ...], date: str | None, **about: str | None) -> None:
    """Write a note."""
    from crmtui.cli.adding import said
    from crmtui.commands import accounts

    try:
        day = dates.parse_day(date, desk.today) if date else desk.today
    except ValueError as error:
        raise UsageError(str(error)) from None
    links = {f"{table}_id": link_key(desk.path, table, name) for table in ABOUT if (name := about[table])}
    found = {link: key for link, key in links.items() if key is not None}
    said(desk.path, Note, accounts.add_note(desk.path, found, " ".join(words), day, Source.CLI))
