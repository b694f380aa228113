"""Scorecards: templates with their criteria and anchors, and dated scorings of opportunities."""

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
    yes_no,
)
from crmtui.text import N_

if TYPE_CHECKING:
    import datetime as dt


@record(
    Noun(
        table="scorecard_template",
        one=N_("scorecard template"),
        many=N_("scorecard templates"),
        unique=(("name", "version"),),
    )
)
class ScorecardTemplate(Record):
    """A set of criteria; a change makes a new version, so that old scorecards keep theirs."""

    name: str = line(N_("Name"), required=True)
    version: int = integer(N_("Version"), value=1, low=1, required=True)
    description: str = text(N_("Description"))
    is_current: bool = yes_no(N_("Current"), N_("New scorecards use it."), value=True)


@record(
    Noun(
        table="criterion",
        one=N_("criterion"),
        many=N_("criteria"),
        title="label",
        unique=(("template_id", "code"),),
    )
)
class Criterion(Record):
    """A question of a template, graded 0 to 4, with the sentence that describes each grade."""

    template_id: int = link(N_("Template"), "scorecard_template", on_delete=OnDelete.CASCADE, required=True)
    perspective: words.Perspective = choice(N_("Perspective"), words.Perspective, required=True)
    code: str = line(N_("Code"), required=True, longest=60)
    label: str = line(N_("Criterion"), required=True)
    weight: float = number(N_("Weight"), value=1.0, low=0, high=100, required=True)
    position: int = integer(N_("Position"), value=1, low=1, required=True)
    computed: words.Computed | None = choice(N_("Computed from"), words.Computed, blank=N_("graded by hand"))
    is_gate: bool = yes_no(N_("Gate"), N_("Asked first; a low grade warns whatever the rest says."))
    anchor_0: str = line(N_("Grade 0 means"))
    anchor_1: str = line(N_("Grade 1 means"))
    anchor_2: str = line(N_("Grade 2 means"))
    anchor_3: str = line(N_("Grade 3 means"))
    anchor_4: str = line(N_("Grade 4 means"))


@record(
    Noun(
        table="scorecard",
        one=N_("scorecard"),
        many=N_("scorecards"),
        title="notes",
        unique=(("opportunity_id", "template_id", "day"),),
    )
)
class Scorecard(Record):
    """How an opportunity was scored on a day; older ones are kept."""

    opportunity_id: int = link(N_("Opportunity"), "opportunity", on_delete=OnDelete.CASCADE, required=True)
    template_id: int = link(N_("Template"), "scorecard_template", on_delete=OnDelete.REFUSE, required=True)
    day: dt.date = date(N_("Scored on"), required=True)
    probability: float | None = number(
        N_("P(win)"), N_("The probability to win as it was given that day, 0 to 1."), low=0, high=1, hidden=True
    )
    probability_low: float | None = number(N_("P(win) at least"), low=0, high=1, hidden=True)
    probability_high: float | None = number(N_("P(win) at most"), low=0, high=1, hidden=True)
    learnt_from: int | None = integer(
        N_("Learnt from"), N_("How many outcomes the probability had learnt from."), low=0, hidden=True
    )
    notes: str = text(N_("Notes"))


@record(
    Noun(
        table="answer",
        one=N_("answer"),
        many=N_("answers"),
        title="evidence",
        unique=(("scorecard_id", "criterion_id"),),
    )
)
class Answer(Record):
    """Our grade on one criterion; without a grade it is unknown, which is not 0."""

    scorecard_id: int = link(N_("Scorecard"), "scorecard", on_delete=OnDelete.CASCADE, required=True)
    criterion_id: int = link(N_("Criterion"), "criterion", on_delete=OnDelete.REFUSE, required=True)
    grade: int | None = scale(N_("Grade"), scales.GRADES)
    computed: float | None = number(
        N_("Computed"), N_("What a computed criterion came to on the day of the card."), low=0, high=4, hidden=True
    )
    evidence: str = text(N_("Evidence"))
    basis: words.Basis = choice(N_("Judgement is"), words.Basis, words.Basis.ASSUMED, required=True)
    judged_on: dt.date | None = date(N_("Judged on"))
    source: str = line(N_("According to"))
    override_reason: str = line(N_("Overridden because"), N_("Why a computed grade was set by hand."))


@record(
    Noun(
        table="competitor_answer",
        one=N_("competitor's answer"),
        many=N_("competitors' answers"),
        title="evidence",
        unique=(("scorecard_id", "criterion_id", "competitor_id"),),
    )
)
class CompetitorAnswer(Record):
    """A competitor's grade on one criterion of a scorecard."""

    scorecard_id: int = link(N_("Scorecard"), "scorecard", on_delete=OnDelete.CASCADE, required=True)
    criterion_id: int = link(N_("Criterion"), "criterion", on_delete=OnDelete.REFUSE, required=True)
    competitor_id: int = link(N_("Competitor"), "competitor", on_delete=OnDelete.CASCADE, required=True)
    grade: int | None = scale(N_("Grade"), scales.GRADES)
    evidence: str = text(N_("Evidence"))
    basis: words.Basis = choice(N_("Judgement is"), words.Basis, words.Basis.ASSUMED, required=True)
    judged_on: dt.date | None = date(N_("Judged on"))
    source: str = line(N_("According to"))
