"""`brief`: what one wants to have read on the way to a customer, on one page."""

from __future__ import annotations

import shutil
import sys
from typing import TYPE_CHECKING, Final

from crmtui.cli import output
from crmtui.cli.build import Command, argument, option
from crmtui.cli.entry import link_key
from crmtui.text import _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crmtui.cli.desk import Desk
    from crmtui.exchange.report.document import Document

FORMS: Final = ("text", "md", "html")
WIDTH: Final = 80


def command(_name: str) -> Command:
    """Make `brief`."""
    return Command(
        "brief",
        brief,
        _("Before a meeting, on one page: who is there, what they want, what we promised, last contacts, open points."),
        [
            argument("account", _("ACCOUNT"), _("Identity or name of the customer.")),
            option("--contact", _("CONTACT"), _("Identity of the meeting; the next planned one when not told.")),
            option("--format", "|".join(FORMS), _("How it is written; text when not told."), into="form", words=FORMS),
        ],
        examples=("crmtui brief Aurora", "crmtui brief Aurora --format html > aurora.html"),
    )


def brief(desk: Desk, account: str, contact: str | None, form: str | None) -> None:
    """Write the briefing."""
    from crmtui.domain.plans import Contact
    from crmtui.queries import records
    from crmtui.queries.briefing import briefing

    key = link_key(desk.path, "account", account)
    meeting = records.find(desk.path, Contact, contact) if contact else None
    found = briefing(desk.path, key or 0, desk.today, meeting)
    wanted = output.one_of(form, FORMS, "--format") if form else FORMS[0]
    if wanted == "html":
        from crmtui.exchange.report import html
        from crmtui.exchange.report.document import chosen

        sys.stdout.write(html.write(chosen(found)))
    elif wanted == "md":
        from crmtui.exchange.report import markdown
        from crmtui.exchange.report.document import chosen

        sys.stdout.write(markdown.write(chosen(found)))
    else:
        output.write_lines(_lines(found))


def _lines(found: Document) -> Iterator[str]:
    from crmtui.cli.tables import bold
    from crmtui.exchange.report import plain
    from crmtui.exchange.report.document import chosen

    width = shutil.get_terminal_size((WIDTH, 0)).columns if sys.stdout.isatty() else WIDTH
    for rank, text in plain.write(chosen(found), max(20, width)):
        yield text if rank is plain.Rank.WORDS else bold(text)
