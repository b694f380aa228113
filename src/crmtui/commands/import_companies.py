"""Rows of people's files that name an account and nobody: their telephone and place are those of the account."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from crmtui.domain.accounts import Account
from crmtui.exchange.mapping.meanings import ASIDE
from crmtui.store.writing.bulk import update_many
from crmtui.store.writing.matching import present
from crmtui.text import ngettext

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crmtui.domain.values import Plain
    from crmtui.exchange.mapping.drafts import Drafts
    from crmtui.store.unit import UnitOfWork

_PLACE: Final = ("city", "country")


class Companies:
    """The accounts that rows of one file name alone, filled where they lack something."""

    def __init__(self, unit: UnitOfWork) -> None:
        self.count = 0
        self._unit = unit

    def fill(self, drafts: Drafts) -> None:
        """Complete the accounts of some rows, whose links lead to them already."""
        self.count += len(drafts)
        told = {name: drafts.column(name) for name in _PLACE} | {"phone": _phones(drafts)}
        accounts = [int(one or 0) for one in drafts.values["account_id"]]
        there = present(self._unit, Account.noun.table, told, accounts)
        for place, account in enumerate(accounts):
            now = there.get(account, {})
            lacking = {name: column[place] for name, column in told.items() if column[place] and not now.get(name)}
            if account and lacking:
                update_many(self._unit, Account, list(lacking), [(account, lacking)])
                now |= lacking

    def note(self) -> list[str]:
        """That there were such rows, in a sentence."""
        if not self.count:
            return []
        return [
            ngettext(
                "{count} row names an account and nobody at it: its telephone and place were taken where they lacked.",
                "{count} rows name accounts and nobody at them: telephone and place were taken where they lacked.",
                self.count,
            )
        ]


def _phones(drafts: Drafts) -> Sequence[Plain]:
    """The first telephone number of each row."""
    columns = [column for name, column in drafts.asides.items() if ASIDE[name][0] == "person_phone"]
    return [next(filter(None, cells), None) for cells in zip(*columns, strict=True)] or [None] * len(drafts)
