"""How the accounts of the sample are graded by hand for the portfolio matrix."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmtui.domain.accounts import Account
from crmtui.domain.portfolio import PortfolioCriterion, PortfolioGrade
from crmtui.sample.rows import Ref

if TYPE_CHECKING:
    from crmtui.sample.rows import Book, Table


def add_grades(book: Book, account: str, table: Table, _currency: str) -> None:
    """Add the grades of an account: by criterion the grade, how sure it is, when, of whom, and what it rests on."""
    for criterion, (grade, basis, day, source, *evidence) in table.items():
        book.add(
            PortfolioGrade,
            f"{account}.{criterion}",
            {
                "account": Ref(Account, account),
                "criterion": Ref(PortfolioCriterion, criterion),
                "grade": grade,
                "judged": [basis, day, source],
                "evidence": list(evidence),
            },
        )
