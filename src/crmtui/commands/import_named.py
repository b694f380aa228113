"""Accounts that rows of other nouns name, and nobody here is called: told where they may mean one that is there."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from crmtui.commands.import_alike import domains
from crmtui.commands.import_doubts import Accounts, as_row
from crmtui.commands.import_report import MOST_DOUBTS, Doubt
from crmtui.store.reading.doubles import Compared

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crmtui.commands.import_report import FileReport
    from crmtui.domain.checked import Checked
    from crmtui.exchange.mapping.drafts import Drafts
    from crmtui.store.unit import UnitOfWork


class NamedDoubts:
    """The accounts that were there before rows named others."""

    def __init__(self, unit: UnitOfWork) -> None:
        self._accounts = Accounts(unit)

    def tell(self, report: FileReport, drafts: Drafts, names: Checked, missing: Sequence[str]) -> None:
        """Report accounts that are to be added by name, and may be there, with the first line that names each."""
        mailed = domains(drafts, names, missing)
        told = {
            place: Compared(id=as_row(place), name=name, website=mailed.get(name, ""))
            for place, name in enumerate(missing)
        }
        suspects = self._accounts.find(told)
        lines = dict(zip(reversed(names), reversed(drafts.lines), strict=True)) if suspects else {}
        for place, suspect in islice(suspects.items(), MOST_DOUBTS - len(report.named)):
            report.named.append(Doubt(lines[missing[place]], missing[place], *suspect))
