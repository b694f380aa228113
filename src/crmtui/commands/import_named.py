"""Accounts that rows of other nouns name, and nobody here is called: told where they may mean one that is there."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from crmtui.commands.import_doubts import Accounts, as_row
from crmtui.commands.import_report import MOST_DOUBTS, Doubt
from crmtui.store.reading.doubles import Compared

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from crmtui.commands.import_doubts import Suspect
    from crmtui.commands.import_report import FileReport
    from crmtui.store.unit import UnitOfWork


class NamedDoubts:
    """The accounts that were there before rows named others."""

    def __init__(self, unit: UnitOfWork) -> None:
        self._accounts = Accounts(unit)

    def tell(self, report: FileReport, wanted: Iterable[tuple[str, Collection[str]]], lines: Mapping[str, int]) -> None:
        """Report which of some accounts that are to be added by name may be there.

        Args:
            report: of the file.
            wanted: their names, each with the domains of a row that names it.
            lines: the first line that names each.
        """
        seen = [(name, domain) for name, domains in wanted for domain in domains or ("",)]
        told = {place: Compared(id=as_row(place), name=name, website=site) for place, (name, site) in enumerate(seen)}
        likeliest: dict[str, Suspect] = {}
        for place, suspect in self._accounts.find(told).items():
            name, _site = seen[place]
            if name not in likeliest or likeliest[name].score < suspect.score:
                likeliest[name] = suspect
        for name, suspect in islice(likeliest.items(), MOST_DOUBTS - len(report.named)):
            report.named.append(Doubt(lines[name], name, *suspect))
