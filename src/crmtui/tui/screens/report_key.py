"""The key that writes a report on what a page shows."""

from __future__ import annotations

from typing import Final

from crmtui.text import N_
from crmtui.tui.actions import Action

REPORT: Final = Action(
    id="record.report",
    key="R",
    label=N_("Report"),
    help=N_("Write a report to a file, for ourselves or for the customer, to read, print or send."),
    show=False,
)
