"""The portfolio matrix: by what accounts are placed, and where they stood before (method.md section 4)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmtui.domain import scales, words
from crmtui.domain.fields import (
    Noun,
    OnDelete,
    Record,
    choice,
    date,
    integer,
    line,
    link,
    number,
    record,
    scale,
    text,
)
from crmtui.text import N_

if TYPE_CHECKING:
    import datetime as dt


@record(
    Noun(
        table="portfolio_criterion",
        one=N_("criterion of the matrix"),
        many=N_("criteria of the matrix"),
        unique=(("axis", "name"),),
    )
)
class PortfolioCriterion(Record):
    """What makes an account attractive, or our relationship with it strong; graded by hand or computed."""

    axis: words.Axis = choice(N_("Axis"), words.Axis, required=True)
    name: str = line(N_("Criterion"), required=True)
    weight: float = number(N_("Weight"), value=1.0, low=0, high=100, required=True)
    computed: words.Figure | None = choice(
        N_("Computed from"),
        words.Figure,
        text=N_("What is computed from nothing is graded by hand, account by account."),
        blank=N_("nothing: by hand"),
    )
    full: float | None = number(
        N_("Full grade at"), N_("The figure that is graded 4; when empty, the middle one there is gets 2."), low=0
    )
    position: int = integer(N_("Position"), value=1, low=1, required=True)


@record(
    Noun(
        table="portfolio_grade",
        one=N_("grade of an account"),
        many=N_("grades of accounts"),
        title="evidence",
        unique=(("account_id", "criterion_id"),),
    )
)
class PortfolioGrade(Record):
    """An account's grade on a criterion of the matrix; without one it is unknown, which is not 0."""

    account_id: int = link(N_("Account"), "account", on_delete=OnDelete.CASCADE, required=True)
    criterion_id: int = link(N_("Criterion"), "portfolio_criterion", on_delete=OnDelete.CASCADE, required=True)
    grade: int | None = scale(N_("Grade"), scales.GRADES)
    evidence: str = text(N_("Evidence"))
    basis: words.Basis = choice(N_("Judgement is"), words.Basis, words.Basis.ASSUMED, required=True)
    judged_on: dt.date | None = date(N_("Judged on"))
    source: str = line(N_("According to"))


@record(
    Noun(
        table="portfolio_position",
        one=N_("place in the matrix"),
        many=N_("places in the matrix"),
        title="day",
        unique=(("account_id", "day"),),
    )
)
class PortfolioPosition(Record):
    """Where an account stood on a day, so that its moves can be seen."""

    account_id: int = link(N_("Account"), "account", on_delete=OnDelete.CASCADE, required=True)
    day: dt.date = date(N_("Day"), required=True)
    attractiveness: float | None = number(N_("Attractiveness"), low=0, high=100)
    strength: float | None = number(N_("Strength"), low=0, high=100)
    segment: words.Segment | None = choice(N_("Segment"), words.Segment)
    posture: words.Posture | None = choice(N_("Posture"), words.Posture)
