"""Write a report on a customer, an opportunity or all customers, as text or into a file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from crmtui.errors import UsageError
from crmtui.exchange.atomic import atomic
from crmtui.exchange.report import html, markdown
from crmtui.queries import reports
from crmtui.text import _

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence
    from pathlib import Path

    from crmtui.queries.reports import Report

FORMS: Final = ("md", "html")
READERS: Final = ("internal", "customer")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """Which report is wanted.

    Attributes:
        what: which.
        key: of the account, or of the opportunity; 0 for all customers.
        form: one of `FORMS`.
        reader: one of `READERS`.
        sections: ids of the sections that are wanted; all where none is named.
    """

    what: Report
    key: int
    form: str = "md"
    reader: str = "internal"
    sections: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Written:
    """A report: its title and its text."""

    title: str
    text: str


def made(path: Path, wish: Wish, today: dt.date) -> Written:
    """A report as text.

    Args:
        path: the workspace.
        wish: which report.
        today: the day it is made.

    Raises:
        UsageError: it has no such section, or nothing of it is for the customer.
        NotFoundError: the record is gone.
    """
    for_customer = wish.reader == "customer"
    if for_customer and wish.what not in reports.SUBJECTS:
        raise UsageError(_("The portfolio compares customers with each other: it is never for one of them."))
    if wish.sections:
        whole = reports.report(path, wish.what, wish.key, today, for_customer=for_customer)
        there = [section.id for section in whole.sections]
        for one in wish.sections:
            if one not in there:
                raise UsageError(
                    _("There is no section {name}; there are: {names}.").format(name=one, names=", ".join(there))
                )
    found = reports.report(path, wish.what, wish.key, today, wish.sections, for_customer=for_customer)
    if not found.sections:
        raise UsageError(_("Nothing of this report is for the customer."))
    return Written(found.title, html.write(found) if wish.form == "html" else markdown.write(found))


def write(path: Path, wish: Wish, today: dt.date, target: Path) -> Written:
    """A report into a file, for its owner's eyes only, whole or not at all; one that is there is replaced.

    Raises:
        FileProblemError: the file cannot be written.
        UsageError, NotFoundError: as `made`.
    """
    written = made(path, wish, today)
    with atomic(target) as stream:
        stream.write(written.text)
    return written
