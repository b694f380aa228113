"""The relationship: dated assessments of how a customer sees us and what binds us (method.md section 1)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmtui.domain import scales, words
from crmtui.domain.fields import Noun, OnDelete, Record, choice, date, line, link, record, scale, text
from crmtui.text import N_

if TYPE_CHECKING:
    import datetime as dt


@record(
    Noun(
        table="assessment",
        one=N_("assessment"),
        many=N_("assessments"),
        title="day",
        unique=(("account_id", "day"),),
        checks=("override_level IS NULL OR override_reason <> ''",),
    )
)
class Assessment(Record):
    """How the relationship with an account was assessed on a day; older ones are kept for ever."""

    account_id: int = link(N_("Account"), "account", on_delete=OnDelete.CASCADE, required=True)
    day: dt.date = date(N_("Assessed on"), required=True)
    willingness: int | None = scale(
        N_("Wants to be managed"), scales.GRADES, N_("Whether the customer wants the relationship; 1 or less caps it.")
    )
    willingness_basis: words.Basis = choice(N_("Willingness is"), words.Basis, words.Basis.ASSUMED, required=True)
    willingness_on: dt.date | None = date(N_("Willingness judged on"))
    willingness_source: str = line(N_("Willingness according to"))
    benefit: str = text(N_("Benefit to the customer"), N_("What is in it for the customer."))
    level: words.Level = choice(
        N_("Level reached"),
        words.Level,
        words.Level.PROSPECT,
        N_("By the gates, that day."),
        required=True,
        hidden=True,
    )
    override_level: words.Level | None = choice(N_("Level set by hand"), words.Level, blank=N_("by the gates"))
    override_reason: str = line(N_("Set by hand because"), N_("Needed where the level is set by hand."))
    target_level: words.Level | None = choice(N_("Target level"), words.Level, blank=N_("no target"))
    target_on: dt.date | None = date(N_("Target date"))
    notes: str = text(N_("Notes"))


@record(
    Noun(
        table="assessment_rating",
        one=N_("rating"),
        many=N_("ratings"),
        title="evidence",
        unique=(("assessment_id", "indicator"),),
    )
)
class AssessmentRating(Record):
    """One indicator of an assessment; without a grade it is unknown, which is not 0."""

    assessment_id: int = link(N_("Assessment"), "assessment", on_delete=OnDelete.CASCADE, required=True)
    indicator: words.Indicator = choice(N_("Indicator"), words.Indicator, required=True)
    grade: int | None = scale(N_("Grade"), scales.GRADES)
    evidence: str = text(N_("Evidence"))
    basis: words.Basis = choice(N_("Judgement is"), words.Basis, words.Basis.ASSUMED, required=True)
    judged_on: dt.date | None = date(N_("Judged on"))
    source: str = line(N_("According to"))
