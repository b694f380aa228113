"""`report`: an account plan, an opportunity review, a DMU sheet, a quarterly review, or the portfolio."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from crmtui.cli import output
from crmtui.cli.build import Command, argument, option
from crmtui.cli.desk import say
from crmtui.errors import UsageError
from crmtui.text import _, line

if TYPE_CHECKING:
    from crmtui.cli.desk import Desk
    from crmtui.queries.report_kinds import Report

WHAT: Final = ("account", "opportunity", "dmu", "quarter", "portfolio")
FORMS: Final = ("md", "html", "pdf")
_ENDINGS: Final = {"htm": "html", "markdown": "md"}  # of files, that are no forms of their own
READERS: Final = ("internal", "customer")


def command(_name: str) -> Command:
    """Make `report`."""
    return Command(
        "report",
        report,
        _("A report on a customer, an opportunity or all customers, for us or for them, to read, print or send."),
        [
            argument(
                "what",
                "|".join(WHAT),
                _("Account plan, opportunity review, DMU sheet, quarterly review, or all customers together."),
            ),
            argument(
                "name",
                _("NAME"),
                _("Identity or name of the account or the opportunity; none for the portfolio."),
                needed=False,
            ),
            option(
                "--format",
                "|".join(FORMS),
                _("How it is written; by the file's name, or md. PDF takes crmtui[pdf]."),
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
            "crmtui report portfolio --output portfolio.html",
        ),
    )


def report(
    desk: Desk,
    what: str,
    name: str | None,
    form: str | None,
    reader: str | None,
    sections: str | None,
    target: Path | None,
) -> None:
    """Write the report."""
    from crmtui.commands import reporting
    from crmtui.queries.report_kinds import Report

    wanted = Report(output.one_of(what, WHAT, _("WHAT")))
    wish = reporting.Wish(
        what=wanted,
        key=_subject(desk, wanted, name),
        form=output.form_for(form, target, FORMS, _ENDINGS),
        reader=output.one_of(reader, READERS, "--for") if reader else READERS[0],
        sections=[one.strip() for one in (sections or "").split(",") if one.strip()],
    )
    if target is None:
        sys.stdout.write(reporting.text(desk.path, wish, desk.today))
        return
    title = reporting.write(desk.path, wish, desk.today, target)
    say(_("{title}: written to {file}.").format(title=title, file=str(target)))


def _subject(desk: Desk, wanted: Report, name: str | None) -> int:
    """The key of what it is on; 0 for all customers."""
    from crmtui.domain.nouns import BY_TABLE
    from crmtui.queries import records
    from crmtui.queries.report_kinds import SUBJECTS

    table = SUBJECTS.get(wanted)
    if table is None:
        if name:
            raise UsageError(_("The portfolio is of all customers: leave “{name}” out.").format(name=line(name)))
        return 0
    if not name:
        raise UsageError(_("On which? Name it: crmtui report {what} NAME").format(what=wanted.value))
    return records.find(desk.path, BY_TABLE[table], name)
