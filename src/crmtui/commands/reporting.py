"""Write a report on a customer, an opportunity or all customers, as text or into a file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from crmtui.errors import UsageError
from crmtui.exchange.atomic import atomic
from crmtui.exchange.report import html, markdown, pdf
from crmtui.queries import reports
from crmtui.queries.report_kinds import SUBJECTS
from crmtui.text import _

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from crmtui.exchange.report.document import Document
    from crmtui.queries.report_kinds import Report

PDF: Final = "pdf"
FORMS: Final = ("md", "html", PDF)
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


def text(path: Path, wish: Wish, today: dt.date) -> str:
    """A report as text.

    Args:
        path: the workspace.
        wish: which report.
        today: the day it is made.

    Raises:
        UsageError: it has no such section, nothing of it is for the customer, or its form is no text.
        NotFoundError: the record is gone.
    """
    if wish.form == PDF:
        raise UsageError(_("{form} is no text: name a file with --output.").format(form=wish.form))
    return _text(_found(path, wish, today), wish.form)


def write(path: Path, wish: Wish, today: dt.date, target: Path, heed: Callable[[], None] = lambda: None) -> str:
    """A report into a file, for its owner's eyes only, whole or not at all; one that is there is replaced.

    `heed` is called when all is worked out, and before it is put in place; what it raises leaves nothing.

    Returns:
        Its title.

    Raises:
        FileProblemError: the file cannot be written.
        MissingPartError: what lays it out on paper is not installed.
        UsageError, NotFoundError: as `text`.
    """
    if wish.form == PDF:
        pdf.require()
    found = _found(path, wish, today)
    heed()
    written = pdf.write(found) if wish.form == PDF else _text(found, wish.form).encode()
    heed()
    with atomic(target, "wb") as file:
        file.write(written)
    return found.title


def _text(found: Document, form: str) -> str:
    return html.write(found) if form == "html" else markdown.write(found)


def _found(path: Path, wish: Wish, today: dt.date) -> Document:
    """What the report says."""
    for_customer = wish.reader == "customer"
    if for_customer and wish.what not in SUBJECTS:
        raise UsageError(_("The portfolio compares customers with each other: it is never for one of them."))
    known = [one.id for one in reports.offered(path, wish.what, wish.key)]
    for one in wish.sections:
        if one not in known:
            raise UsageError(
                _("There is no section {name}; there are: {names}.").format(name=one, names=", ".join(known))
            )
    found = reports.report(path, wish.what, wish.key, today, wish.sections, for_customer=for_customer)
    if not found.sections:
        raise UsageError(
            _("Nothing of this report is for the customer.") if for_customer else _("These sections say nothing yet.")
        )
    return found
