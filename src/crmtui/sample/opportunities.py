"""The opportunities of the sample, with the stages they went through and how they were scored."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from crmtui.domain.delivery import OpportunityFinding
from crmtui.domain.opportunities import Opportunity, StageChange
from crmtui.domain.scorecards import Answer, CompetitorAnswer, Criterion, Scorecard, ScorecardTemplate
from crmtui.domain.words import Stage
from crmtui.sample.rows import Ref
from crmtui.sample.value import add_lines

if TYPE_CHECKING:
    from crmtui.sample.rows import Book, Table

_ELSEWHERE = ("stages", "scorecards", "map", "proposition", "findings")


def add_opportunity(book: Book, account: Ref, name: str, table: Table, general: Table) -> Ref:
    """Add an opportunity, its history and its scorecards.

    `stages` gives the day it came to each stage: the first opened it, the last is where it stands; `findings` what
    stood out on the map when it was closed.
    `general` holds `currency`, `owner`, and `criteria`, `template` as in common.toml.
    """
    stages: dict[str, int] = table["stages"]
    stage = list(stages)[-1]
    fields = {"account": account, "stage": stage, "opened_on": min(stages.values())}
    fields |= {key: general[key] for key in ("currency", "owner")}
    if stage in (Stage.WON, Stage.LOST):
        fields["closed_on"] = stages[stage]
    fields |= {key: value for key, value in table.items() if key not in _ELSEWHERE}
    opportunity = book.add(Opportunity, f"{account.name}/{name}", fields)
    for step, day in stages.items():
        change = {"opportunity": opportunity, "stage": step, "day": day}
        book.add(StageChange, f"{opportunity.name}.{step}", change)
    for finding in table.get("findings", []):
        found = {"opportunity": opportunity, "finding": finding, "day": stages[stage]}
        book.add(OpportunityFinding, f"{opportunity.name}.{finding}", found)
    add_lines(book, opportunity, table.get("proposition", []))
    answers: dict[str, Table] = {}
    for card in table.get("scorecards", []):
        answers = _add_scorecard(book, opportunity, card, answers, general)
    return opportunity


def _add_scorecard(book: Book, deal: Ref, card: Table, before: dict[str, Table], general: Table) -> dict[str, Table]:
    """Add a scorecard and return its answers, which the next one starts from."""
    fields = {"opportunity": deal, "template_id": Ref(ScorecardTemplate, general["template"])}
    name = f"{deal.name}@{card['day']}"
    scorecard = book.add(Scorecard, name, fields | {"day": card["day"], "notes": card.get("notes", "")})
    answers = {code: _answer(code, grade, card, before) for code, grade in _grades(card, general["criteria"])}
    answers |= {
        code: {"grade": grade, "override_reason": reason, "judged": ["assumed", card["day"]]}
        for code, (grade, reason) in card.get("override", {}).items()
    }
    for code, answer in answers.items():
        ends = {"scorecard": scorecard, "criterion_id": Ref(Criterion, code)}
        book.add(Answer, f"{name}.{code}", ends | answer)
    for rival, grades in card.get("against", {}).items():
        for code, value in grades.items():
            ends = {"scorecard": scorecard, "criterion_id": Ref(Criterion, code), "competitor": rival}
            book.add(CompetitorAnswer, f"{name}.{code}.{rival}", ends | _rival(value, card["day"]))
    return answers


def _grades(card: Table, criteria: list[str]) -> list[tuple[str, str]]:
    """Each criterion with its grade; bars part the perspectives and mean nothing."""
    return list(zip(criteria, card["grades"].replace("|", " ").split(), strict=True))


def _answer(code: str, grade: str, card: Table, before: dict[str, Table]) -> Table:
    """An answer; one that did not change keeps its evidence and the day it was judged."""
    given = None if grade == "?" else int(grade)
    said = card.get("why", {}).get(code)
    old = before.get(code)
    if said is None and old and old.get("grade") == given:
        return old
    evidence, *source = said if isinstance(said, list) else [said or ""]
    judged = ["confirmed" if source else "assumed", card["day"], *source]
    return _graded(given, {"evidence": evidence, "judged": judged})


def _rival(value: Any, day: int) -> Table:  # noqa: ANN401 - a grade, or a grade with its evidence
    grade, *evidence = value if isinstance(value, list) else [value]
    answer = {"evidence": "".join(evidence), "judged": ["assumed", day]}
    return _graded(None if grade == "?" else grade, answer)


def _graded(grade: int | None, answer: Table) -> Table:
    return answer if grade is None else answer | {"grade": grade}
