"""Add and change opportunities; each change of stage keeps its day, and closing asks what was learnt."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from crmtui.commands import finding_keeping
from crmtui.commands.records import labelled
from crmtui.domain.fields import specs
from crmtui.domain.opportunities import Opportunity, StageChange
from crmtui.domain.values import check
from crmtui.domain.words import Stage
from crmtui.errors import InvalidError
from crmtui.store.reading import records
from crmtui.store.unit import UnitOfWork, work
from crmtui.text import N_, _, ngettext

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from crmtui.domain.words import Source

_NEEDED: Final = ("reason", "lesson")
_WON: Final = N_("Win {title}")
_LOST: Final = N_("Lose {title}")


def add(path: Path, given: Mapping[str, Any], source: Source, today: dt.date) -> int:
    """Write a new opportunity, opened today unless told otherwise, with its first stage; returns its key.

    Raises:
        InvalidError: names each field that is wrong; one that is added closed needs its reason and its lesson.
    """
    with work(path, "", source) as unit:
        return insert(unit, given, today)


def insert(unit: UnitOfWork, given: Mapping[str, Any], today: dt.date) -> int:
    """The same within a unit of work, which it labels."""
    stage = _stage(given)
    fields = {**given, "stage": stage, "opened_on": given.get("opened_on") or today}
    if stage.is_closed:
        fields |= _closing(given, {}, today)
    opportunity_id = unit.insert(Opportunity, fields)
    _keep_stage(unit, opportunity_id, stage, fields["closed_on"] if stage.is_closed else fields["opened_on"])
    if stage.is_closed:
        finding_keeping.keep(unit, opportunity_id, fields["closed_on"], today)
    unit.relabel(labelled(_("Add {record} {title}"), unit, Opportunity, opportunity_id))
    return opportunity_id


def edit(path: Path, opportunity_id: int, given: Mapping[str, Any], source: Source, today: dt.date) -> None:
    """Change some fields. Another stage is kept with its day; going to won or lost needs a reason and a lesson.

    One that is reopened loses its closing date, its reason and whom it was lost to; the lesson stays.

    Raises:
        InvalidError: names each field that is wrong or missing.
        NotFoundError: the opportunity is gone.
    """
    with work(path, "", source) as unit:
        before = records.get(unit.connection, Opportunity, opportunity_id)
        after = _edit(unit, before, given, today)
        unit.relabel(labelled(_wording(before.stage, after), unit, Opportunity, opportunity_id))


def _edit(unit: UnitOfWork, before: Opportunity, given: Mapping[str, Any], today: dt.date) -> Stage:
    """Write some fields and what a change of stage brings along; returns the stage that it is in then."""
    after = _stage({"stage": before.stage, **given})
    fields = {**given, **_moved(before, after, given, today)}
    unit.update(Opportunity, before.id, fields)
    if after is not before.stage:
        _keep_stage(unit, before.id, after, fields.get("closed_on") or today)
        _keep_findings(unit, before, after, today)
    return after


def _keep_findings(unit: UnitOfWork, before: Opportunity, after: Stage, today: dt.date) -> None:
    """What stood out on the map when it ended; one that turns from lost to won keeps what was found then."""
    if before.stage.is_closed and not after.is_closed:
        finding_keeping.drop(unit, before.id)
    elif after.is_closed and not before.stage.is_closed:
        closed_on = records.get(unit.connection, Opportunity, before.id).closed_on or today
        finding_keeping.keep(unit, before.id, closed_on, today)


def move(path: Path, opportunity_id: int, stage: Stage, source: Source, today: dt.date) -> None:
    """Bring an opportunity to another open stage, also from won or lost; the same errors as `edit`."""
    edit(path, opportunity_id, {"stage": stage}, source, today)


def step(path: Path, opportunity_ids: Iterable[int], by: int, source: Source, today: dt.date) -> int:
    """Bring several so many open stages on or back, as one change; returns how many were brought.

    Those that would be won stay where they are, since winning asks what was learnt of each; so do those that are
    at an end.

    Raises:
        NotFoundError: one of them is gone.
    """
    moved = 0
    with work(path, "", source) as unit:
        for opportunity_id in opportunity_ids:
            before = records.get(unit.connection, Opportunity, opportunity_id)
            after = before.stage.stepped(by)
            if after is not None and not after.is_closed:
                _edit(unit, before, {"stage": after}, today)
                moved += 1
        unit.relabel(_moves(moved))
    return moved


def _moves(count: int) -> str:
    return ngettext("Move {count} opportunity to another stage", "Move {count} opportunities to another stage", count)


def _moved(before: Opportunity, after: Stage, given: Mapping[str, Any], today: dt.date) -> dict[str, Any]:
    """What a change of stage brings along."""
    if after is before.stage:
        return {}
    if after.is_closed:
        known = {} if before.stage.is_closed else {name: getattr(before, name) for name in _NEEDED}
        return _closing(given, known, today)
    return {"closed_on": None, "reason": "", "lost_to_id": None} if before.stage.is_closed else {}


def _closing(given: Mapping[str, Any], before: Mapping[str, Any], today: dt.date) -> dict[str, Any]:
    known = specs(Opportunity)
    said = {**before, **given}
    missing = {_(known[name].label): _("is needed") for name in _NEEDED if not str(said.get(name) or "").strip()}
    if missing:
        raise InvalidError(missing, _("closing an opportunity"))
    return {"closed_on": given.get("closed_on") or today}


def _stage(given: Mapping[str, Any]) -> Stage:
    spec = specs(Opportunity)["stage"]
    try:
        stage: Stage = check(spec, given.get("stage") or Stage.PROSPECTING)
    except ValueError as error:
        raise InvalidError({_(spec.label): str(error)}, _(Opportunity.noun.one)) from None
    return stage


def _keep_stage(unit: UnitOfWork, opportunity_id: int, stage: Stage, day: dt.date) -> None:
    unit.insert(StageChange, {"opportunity_id": opportunity_id, "stage": stage, "day": day})


def _wording(before: Stage, after: Stage) -> str:
    if after is before:
        return _("Change {record} {title}")
    if after.is_closed:
        return _(_WON if after is Stage.WON else _LOST)
    return _("Reopen {title}") if before.is_closed else _("Move {title} to {stage}").replace("{stage}", _(after.label))
