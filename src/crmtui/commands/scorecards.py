"""Score opportunities: dated scorecards, our answers and the competitors'.

Scoring on a new day first copies the latest scorecard, so that each day keeps how things looked then. Only today's
card ever changes.
"""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

from crmtui.commands.score_keeping import keep
from crmtui.domain.accounts import Competitor
from crmtui.domain.fields import Record, specs
from crmtui.domain.opportunities import Opportunity
from crmtui.domain.scorecards import Answer, CompetitorAnswer, Criterion, Scorecard
from crmtui.domain.words import BudgetRung
from crmtui.errors import ConflictError, InvalidError, NotFoundError
from crmtui.queries import filled
from crmtui.store.reading import records, scorecards
from crmtui.store.unit import UnitOfWork, work
from crmtui.text import _, line

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from crmtui.domain.words import Basis, Source

    Said = Answer | CompetitorAnswer
    Place = tuple[str, int | None]


@dataclasses.dataclass(frozen=True, slots=True)
class Cell:
    """One place on the scorecard of an opportunity.

    Attributes:
        opportunity_id: whose card.
        criterion_id: the row.
        competitor_id: the column; None is ours.
    """

    opportunity_id: int
    criterion_id: int
    competitor_id: int | None = None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """What is said with a grade; None leaves what was said before.

    Attributes:
        evidence: what it rests on.
        basis: assumed or confirmed.
        according_to: who says so.
        override_reason: why a computed grade was set by hand; ours only.
    """

    evidence: str | None = None
    basis: Basis | None = None
    according_to: str | None = None
    override_reason: str | None = None


NOTHING_MORE = Judgement()


@dataclasses.dataclass(frozen=True, slots=True)
class Graded:
    """One of several places that are judged in one step.

    Attributes:
        cell: the place.
        grade: 0 to 4; None for unknown.
        is_graded: whether the grade is said; else what was graded before stays.
        more: what is said with it.
    """

    cell: Cell
    grade: int | None = None
    is_graded: bool = True
    more: Judgement = NOTHING_MORE


def start(path: Path, opportunity_id: int, source: Source, today: dt.date, *, template_id: int | None = None) -> int:
    """Today's scorecard of an opportunity, made if need be from the latest one; returns its key.

    It uses the template of the latest scorecard, or the workspace's current one. Another template may be asked for:
    then the answers to criteria of the same code come along.

    Raises:
        NotFoundError: there is no such opportunity, or no template in the workspace.
    """
    with work(path, "", source) as unit:
        card = _todays(unit, opportunity_id, today, template_id)
        keep(unit, opportunity_id, today)
        unit.relabel(_("Start a scorecard of {title}").format(title=_title(unit, Opportunity, opportunity_id)))
        return card


def score(
    path: Path, cell: Cell, grade: int | None, source: Source, today: dt.date, *, more: Judgement = NOTHING_MORE
) -> int:
    """Grade a criterion, None for unknown, judged today; returns the key of today's scorecard.

    Raises:
        InvalidError: the grade is not 0 to 4, or it would take the place of a computed one and no reason is given.
        NotFoundError: the opportunity, the criterion or the competitor is gone, or of another template.
    """
    with work(path, "", source) as unit:
        card = _todays(unit, cell.opportunity_id, today)
        _write(unit, card, cell, _graded(unit, card, Graded(cell, grade, more=more), today), more)
        keep(unit, cell.opportunity_id, today)
        shown = _("unknown") if grade is None else str(grade)
        unit.relabel(_("Score {place}: {grade}").format(place=_place(unit, cell), grade=shown))
        return card


def score_several(
    path: Path,
    opportunity_id: int,
    said: Sequence[Graded],
    source: Source,
    today: dt.date,
    *,
    template_id: int | None = None,
) -> int:
    """Judge several places of one opportunity's card in one step; returns the key of today's scorecard.

    The errors are those of `score`; nothing is written when one place is wrong. Another template may be asked for,
    as in `start`: then the places are criteria of that one.
    """
    with work(path, "", source) as unit:
        card = _todays(unit, opportunity_id, today, template_id)
        for one in said:
            _write(unit, card, one.cell, _graded(unit, card, one, today) if one.is_graded else {}, one.more)
        keep(unit, opportunity_id, today)
        unit.relabel(_("Score {title}").format(title=_title(unit, Opportunity, opportunity_id)))
        return card


def note(path: Path, cell: Cell, more: Judgement, source: Source, today: dt.date) -> int:
    """Write evidence and the like, the grade left as it is; returns the key of today's scorecard. Errors as `score`."""
    with work(path, "", source) as unit:
        card = _todays(unit, cell.opportunity_id, today)
        _write(unit, card, cell, {}, more)
        keep(unit, cell.opportunity_id, today)
        unit.relabel(_("Write down evidence on {place}").format(place=_place(unit, cell)))
        return card


def step_budget(path: Path, opportunity_id: int, by: int, source: Source, today: dt.date) -> BudgetRung | None:
    """Move the creation of a budget so many steps; from unknown, one on begins at unaware. Returns where it is now.

    A card that was begun becomes today's with it, so that the trend tells when it happened.
    """
    rungs = list(BudgetRung)
    with work(path, "", source) as unit:
        before = records.get(unit.connection, Opportunity, opportunity_id).budget
        at = (rungs.index(before) if before else -1) + by
        after = rungs[min(at, len(rungs) - 1)] if at >= 0 else None
        if after is before:
            return after
        unit.update(Opportunity, opportunity_id, {"budget": after})
        if scorecards.latest(unit.connection, opportunity_id):
            _todays(unit, opportunity_id, today)
            keep(unit, opportunity_id, today)
        unit.relabel(_("Set the budget of {title}: {step}").format(
            title=_title(unit, Opportunity, opportunity_id), step=_(after.label) if after else _("unknown")
        ))  # fmt: skip
        return after


def add_competitor(path: Path, opportunity_id: int, name: str, source: Source, today: dt.date) -> int:
    """Put a competitor on today's scorecard, ungraded; one that nobody has heard of becomes a record; returns its key.

    Raises:
        InvalidError: the name is empty or too long.
        ConflictError: the competitor is on the card already.
    """
    with work(path, "", source) as unit:
        card = _todays(unit, opportunity_id, today)
        competitor_id = _competitor(unit, name)
        if any(answer.competitor_id == competitor_id for answer in scorecards.rivals(unit.connection, card)):
            raise ConflictError(_("{name} is on the scorecard already.").format(name=line(name)))
        unit.insert(
            CompetitorAnswer,
            {
                "scorecard_id": card,
                "criterion_id": _first_criterion(unit, card),
                "competitor_id": competitor_id,
            },
        )
        unit.relabel(_("Compare {title} with {name}").format(
            title=_title(unit, Opportunity, opportunity_id), name=line(name)
        ))  # fmt: skip
        return competitor_id


def remove_competitor(path: Path, opportunity_id: int, competitor_id: int, source: Source, today: dt.date) -> int:
    """Take a competitor off today's scorecard; older ones keep it; returns the key of today's scorecard."""
    with work(path, "", source) as unit:
        card = _todays(unit, opportunity_id, today)
        for answer in scorecards.rivals(unit.connection, card):
            if answer.competitor_id == competitor_id:
                unit.delete(CompetitorAnswer, answer.id)
        unit.relabel(_("Take {name} off the scorecard of {title}").format(
            title=_title(unit, Opportunity, opportunity_id), name=_title(unit, Competitor, competitor_id)
        ))  # fmt: skip
        return card


def _todays(unit: UnitOfWork, opportunity_id: int, today: dt.date, template_id: int | None = None) -> int:
    records.get(unit.connection, Opportunity, opportunity_id)
    latest = scorecards.latest(unit.connection, opportunity_id)
    wanted = template_id or (latest.template_id if latest else _current_template(unit))
    if latest and latest.template_id == wanted and latest.day >= today:
        return latest.id
    fields = {"opportunity_id": opportunity_id, "template_id": wanted, "day": today}
    found: dict[Place, Said] = {}
    if left := scorecards.of_day(unit.connection, opportunity_id, wanted, today):
        # Today's card of this template was left for another one: it is taken up again, as the newest.
        found = _said(unit, left)
        fields["notes"] = left.notes
        unit.delete(Scorecard, left.id)
    if latest:
        found |= _said(unit, latest)
    card = unit.insert(Scorecard, fields)
    _carry_over(unit, found, card, wanted)
    return card


def _said(unit: UnitOfWork, card: Scorecard) -> dict[Place, Said]:
    """All answers of a card, ours and theirs, by the code of the criterion and the competitor."""
    codes = {criterion.id: criterion.code for criterion in scorecards.criteria(unit.connection, card.template_id)}
    ours = scorecards.answers(unit.connection, card.id).values()
    theirs = scorecards.rivals(unit.connection, card.id)
    return {(codes[one.criterion_id], None): one for one in ours} | {
        (codes[one.criterion_id], one.competitor_id): one for one in theirs
    }


def _carry_over(unit: UnitOfWork, said: Mapping[Place, Said], card: int, template_id: int) -> None:
    """Copy answers to the criteria of the same code."""
    new = {criterion.code: criterion.id for criterion in scorecards.criteria(unit.connection, template_id)}
    for (code, _competitor_id), answer in said.items():
        if (criterion_id := new.get(code)) is not None:
            unit.insert(type(answer), _fields(answer) | {"scorecard_id": card, "criterion_id": criterion_id})


def _fields(record: Record) -> dict[str, Any]:
    return {name: getattr(record, name) for name in specs(type(record))}


def _graded(unit: UnitOfWork, card: int, said: Graded, today: dt.date) -> dict[str, Any]:
    """The fields of a grade; a computed one may be set by hand with a reason, and unknown gives it back."""
    fields: dict[str, Any] = {"grade": said.grade, "judged_on": today}
    if said.cell.competitor_id is not None:
        return fields
    criterion = records.get(unit.connection, Criterion, said.cell.criterion_id)
    if criterion.computed is None:
        return fields
    if said.grade is None:
        return {**fields, "override_reason": ""}
    answer = scorecards.answers(unit.connection, card).get(criterion.id)
    reason = said.more.override_reason if said.more.override_reason is not None else answer and answer.override_reason
    sources = filled.of_opportunities(unit.connection, [said.cell.opportunity_id], today)
    if not (reason or "").strip() and sources[said.cell.opportunity_id].filled(criterion.computed).grade is not None:
        raise InvalidError(
            {_("Overridden because"): _("is needed: {label} is computed").format(label=line(criterion.label))},
            _("scoring"),
        )
    return fields


def _write(unit: UnitOfWork, card: int, cell: Cell, given: Mapping[str, Any], more: Judgement) -> None:
    """Change the answer at a place, or make it; places of another template and strange grades are refused."""
    kind: type[Record] = Answer if cell.competitor_id is None else CompetitorAnswer
    key = {"scorecard_id": card, "criterion_id": cell.criterion_id}
    if cell.competitor_id is not None:
        records.get(unit.connection, Competitor, cell.competitor_id)
        key["competitor_id"] = cell.competitor_id
    _require_criterion(unit, card, cell.criterion_id)
    said = {"evidence": more.evidence, "basis": more.basis, "source": more.according_to}
    if kind is Answer:
        said["override_reason"] = more.override_reason
    fields = {**given, **{name: value for name, value in said.items() if value is not None}}
    condition = " AND ".join(f"{name} = ?" for name in key)
    found = next(records.where(unit.connection, kind, condition, tuple(key.values())), None)
    if found is None:
        unit.insert(kind, {**key, **fields})
    else:
        unit.update(kind, found.id, fields)


def _require_criterion(unit: UnitOfWork, card: int, criterion_id: int) -> None:
    template = records.get(unit.connection, Scorecard, card).template_id
    if all(criterion.id != criterion_id for criterion in scorecards.criteria(unit.connection, template)):
        raise NotFoundError(_("This criterion is not on the scorecard."))


def _current_template(unit: UnitOfWork) -> int:
    found = scorecards.current_template(unit.connection)
    if found is None:
        raise NotFoundError(_("There is no scorecard template in this workspace."))
    return found.id


def _competitor(unit: UnitOfWork, name: str) -> int:
    row = unit.connection.execute("SELECT id FROM competitor WHERE name = ?", (line(name),)).fetchone()
    return int(row[0]) if row else unit.insert(Competitor, {"name": name})


def _first_criterion(unit: UnitOfWork, card: int) -> int:
    """Where a competitor is kept before anything is graded: the first criterion that compares, or the first of all."""
    template = records.get(unit.connection, Scorecard, card).template_id
    criteria = scorecards.criteria(unit.connection, template)
    if not criteria:
        raise NotFoundError(_("The scorecard has no criteria to compare on."))
    return next((one.id for one in criteria if one.perspective == "competition"), criteria[0].id)


def _place(unit: UnitOfWork, cell: Cell) -> str:
    """`Line 4 · margin`, or `Line 4 · margin · Rivalco`."""
    names = [_title(unit, Opportunity, cell.opportunity_id), _title(unit, Criterion, cell.criterion_id)]
    if cell.competitor_id is not None:
        names.append(_title(unit, Competitor, cell.competitor_id))
    return " · ".join(names)


def _title(unit: UnitOfWork, kind: type[Record], record_id: int) -> str:
    return line(str(getattr(records.get(unit.connection, kind, record_id), kind.noun.title)))[:80]
