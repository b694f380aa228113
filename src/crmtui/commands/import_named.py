"""Accounts that rows of other nouns name, and nobody here is called: told where they may mean one that is there."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from crmtui.commands.import_alike import domains
from crmtui.commands.import_doubts import Accounts, as_row
from crmtui.commands.import_report import MOST_DOUBTS, Doubt
from crmtui.store.reading.doubles import Compared

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from crmtui.commands.import_report import FileReport
    from crmtui.domain.checked import Checked
    from crmtui.domain.values import Plain
    from crmtui.exchange.mapping.drafts import Drafts
    from crmtui.store.unit import UnitOfWork


class NamedDoubts:
    """The accounts that were there before rows named others."""

    def __init__(self, unit: UnitOfWork) -> None:
        self._accounts = Accounts(unit)

    def tell(self, report: FileReport, drafts: Drafts, names: Checked, missing: Sequence[str]) -> None:
        """Report accounts that are to be added by name, and may be there, with the first line that names each."""
        mailed = domains(drafts, names, missing)
        wanted = [(name, mailed.get(name, "")) for name in missing]
        self.report(report, wanted, lambda: dict(zip(reversed(names), reversed(drafts.lines), strict=True)))

    def report(
        self, report: FileReport, wanted: Sequence[tuple[str, str]], lines: Callable[[], Mapping[Plain, int]]
    ) -> None:
        """Report which of some accounts may be there.

        Args:
            report: of the file.
            wanted: their names and domains; '' for none.
            lines: the first line that names each; asked for where there is something to tell.
        """
        told = {
            place: Compared(id=as_row(place), name=name, website=domain) for place, (name, domain) in enumerate(wanted)
        }
        suspects = self._accounts.find(told)
        first = lines() if suspects else {}
        for place, suspect in islice(suspects.items(), MOST_DOUBTS - len(report.named)):
            name, _domain = wanted[place]
            report.named.append(Doubt(first[name], name, *suspect))
