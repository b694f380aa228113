"""The decision-making unit: maps, the people in the buying process, and who listens to whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmtui.domain import scales, words
from crmtui.domain.fields import (
    Noun,
    OnDelete,
    Record,
    choice,
    choices,
    date,
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
        table="dmu_map",
        one=N_("map of the decision-making unit"),
        many=N_("maps of decision-making units"),
        title="notes",
        checks=("(account_id IS NULL) <> (opportunity_id IS NULL)",),
        unique=(("account_id",), ("opportunity_id",)),
    )
)
class DmuMap(Record):
    """One map for an account as a whole, or for one opportunity."""

    account_id: int | None = link(N_("Account"), "account", on_delete=OnDelete.CASCADE)
    opportunity_id: int | None = link(N_("Opportunity"), "opportunity", on_delete=OnDelete.CASCADE)
    notes: str = text(N_("Notes"))


@record(
    Noun(
        table="stakeholder",
        one=N_("stakeholder"),
        many=N_("stakeholders"),
        title="position",
        unique=(("map_id", "person_id"),),
        checks=("person_id IS NOT NULL OR position <> ''", "reports_to_id <> id"),
    )
)
class Stakeholder(Record):
    """A person in the buying process, or the placeholder of a role that must exist but has no name yet."""

    map_id: int = link(N_("Map"), "dmu_map", on_delete=OnDelete.CASCADE, required=True, hidden=True)
    person_id: int | None = link(
        N_("Person"), "person", N_("Empty: a placeholder for a role without a name."), OnDelete.CASCADE
    )
    position: str = line(N_("Position"), N_("In the organisation; names a placeholder."))
    reports_to_id: int | None = link(N_("Reports to"), "stakeholder", N_("The formal structure."))
    rank: words.Rank | None = choice(N_("Rank"), words.Rank, text=N_("Whose key people the person is."))
    roles: tuple[words.Role, ...] = choices(N_("Roles"), words.Role)
    veto: bool = yes_no(N_("Veto"), N_("Can stop the decision alone."))
    power: int | None = scale(N_("Power"), scales.POWER, N_("Over this decision."))
    power_basis: words.Basis = choice(N_("Power is"), words.Basis, words.Basis.ASSUMED, required=True)
    power_on: dt.date | None = date(N_("Power judged on"))
    power_source: str = line(N_("Power according to"))
    attitude: int | None = scale(N_("Attitude"), scales.ATTITUDE, N_("Towards us, in this decision."))
    attitude_basis: words.Basis = choice(N_("Attitude is"), words.Basis, words.Basis.ASSUMED, required=True)
    attitude_on: dt.date | None = date(N_("Attitude judged on"))
    attitude_source: str = line(N_("Attitude according to"))
    openness: float = number(N_("Openness"), N_("To influence from others, 0 to 1."), 0.5, low=0, high=1, required=True)
    relationship: int | None = scale(N_("Relationship"), scales.RELATIONSHIP)
    relationship_basis: words.Basis = choice(N_("Relationship is"), words.Basis, words.Basis.ASSUMED, required=True)
    relationship_on: dt.date | None = date(N_("Relationship judged on"))
    relationship_source: str = line(N_("Relationship according to"))
    covered_by_id: int | None = link(N_("Covered by"), "actor", N_("Who of ours looks after the person."))
    competitor_id: int | None = link(N_("Strongest competitor"), "competitor", N_("With this person."))
    criteria: str = text(N_("Decision criteria"), N_("One a line, the first weighs most."))
    objectives: str = text(N_("Personal objectives"))
    win: str = text(N_("Personal win"), N_("What the person gains if we win."))
    win_strength: int | None = scale(N_("Strength of the win"), scales.WIN_STRENGTH)
    win_basis: words.Basis = choice(N_("Win is"), words.Basis, words.Basis.ASSUMED, required=True)
    win_on: dt.date | None = date(N_("Win judged on"))
    win_source: str = line(N_("Win according to"))
    notes: str = text(N_("Notes"))


@record(
    Noun(
        table="influence",
        one=N_("line of influence"),
        many=N_("lines of influence"),
        title="notes",
        unique=(("source_id", "target_id", "kind", "is_formal"),),
        checks=("source_id <> target_id",),
    )
)
class Influence(Record):
    """Who is listened to by whom on one map, or who is in conflict with whom."""

    source_id: int = link(N_("From"), "stakeholder", on_delete=OnDelete.CASCADE, required=True)
    target_id: int = link(N_("To"), "stakeholder", on_delete=OnDelete.CASCADE, required=True)
    kind: words.EdgeKind = choice(N_("Kind"), words.EdgeKind, words.EdgeKind.INFLUENCE, required=True)
    strength: int = scale(N_("Strength"), scales.STRENGTH, required=True)
    is_formal: bool = yes_no(N_("Formal"), N_("By office, not by personal weight."))
    basis: words.Basis = choice(N_("Judgement is"), words.Basis, words.Basis.ASSUMED, required=True)
    judged_on: dt.date | None = date(N_("Judged on"))
    source: str = line(N_("According to"))
    notes: str = line(N_("Notes"))
