"""`report`: an account plan, an opportunity review, a DMU sheet or a quarterly review, as Markdown or HTML."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from crmtui.cli import output
from crmtui.cli.build import Command, argument, option
from crmtui.cli.desk import say
from crmtui.errors import UsageError
from crmtui.text import _

if TYPE_CHECKING:
    from crmtui.cli.desk import Desk

WHAT: Final = ("account", "opportunity", "dmu", "quarter")
FORMS: Final = ("md", "html")
READERS: Final = ("internal", "customer")


def command(_name: str) -> Command:
    """Make `report`."""
    return Command(
        "report",
        report,
        _("A report on a customer or an opportunity, for ourselves or for the customer, to read, print or send."),
        [
            argument("what", "|".join(WHAT), _("Account plan, opportunity review, DMU sheet, or quarterly review.")),
            argument("name", _("NAME"), _("Identity or name of the account or the opportunity.")),
            option(
                "--format",
                "|".join(FORMS),
                _("How it is written; by the file's name, or md."),
                into="form",
                words=FORMS,
            ),
            option(
                "--for", "|".join(READERS), _("Who reads it; internal when not told."), into="reader", words=READERS
            ),
            option("--sections", _("ID,ID"), _("Only these sections, as `report` names them.")),
            option("--output", _("FILE"), _("Write to a file, whole or not at all."), kind=Path, into="target"),
        ],
        examples=(
            "crmtui report account Aurora --output aurora.html",
            "crmtui report quarter Aurora --for customer --output review.html",
            "crmtui report opportunity 'Line 4' --sections chance,scorecard",
        ),
    )


def report(
    desk: Desk,
    what: str,
    name: str,
    form: str | None,
    reader: str | None,
    sections: str | None,
    target: Path | None,
) -> None:
    """Write the report."""
    from crmtui.domain.nouns import BY_TABLE
    from crmtui.exchange.atomic import atomic
    from crmtui.exchange.report import html, markdown
    from crmtui.queries import records, reports
    from crmtui.queries.reports import Report

    wanted = Report(output.one_of(what, WHAT, _("WHAT")))
    ending = target.suffix.lstrip(".").lower() if target else ""
    form = output.one_of(form, FORMS, "--format") if form else ("html" if ending in ("html", "htm") else "md")
    for_customer = (output.one_of(reader, READERS, "--for") if reader else READERS[0]) == "customer"
    key = records.find(desk.path, BY_TABLE[reports.SUBJECTS[wanted]], name)
    whole = reports.report(desk.path, wanted, key, desk.today, for_customer=for_customer)
    picked = [one.strip() for one in (sections or "").split(",") if one.strip()]
    there = [section.id for section in whole.sections]
    for one in picked:
        if one not in there:
            raise UsageError(
                _("There is no section {name}; there are: {names}.").format(name=one, names=", ".join(there))
            )
    found = reports.report(desk.path, wanted, key, desk.today, picked, for_customer=for_customer)
    if not found.sections:
        raise UsageError(_("Nothing of this report is for the customer."))
    text = html.write(found) if form == "html" else markdown.write(found)
    if target is None:
        sys.stdout.write(text)
        return
    with atomic(target) as stream:
        stream.write(text)
    say(_("{title}: written to {file}.").format(title=found.title, file=str(target)))
