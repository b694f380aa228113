"""Assess the relationship with accounts: dated, kept for ever; saving computes the level and keeps it.

Assessing on a new day starts from the latest assessment, so that each day keeps how things looked then; on the same
day, that day's is changed. The account's own level and target follow its newest assessment.
"""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any, Final

from crmtui.commands.records import Deleted, labelled
from crmtui.domain.accounts import Account
from crmtui.domain.fields import Record, specs
from crmtui.domain.relationship import Assessment, AssessmentRating
from crmtui.domain.words import Basis
from crmtui.errors import InvalidError
from crmtui.queries import relationship
from crmtui.store.reading import assessments, records
from crmtui.store.unit import UnitOfWork, work
from crmtui.text import _, line

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from crmtui.domain.words import Indicator, Level, Source
    from crmtui.method.ladder import Ladder

_TARGET: Final = ("target_level", "target_on")


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Rating:
    """What is said of one indicator; None leaves what was said before.

    Attributes:
        indicator: which.
        grade: 0 to 4; None for unknown.
        is_graded: whether the grade is said.
        evidence: what it rests on.
        basis: assumed or confirmed.
        according_to: who says so.
    """

    indicator: Indicator
    grade: int | None = None
    is_graded: bool = True
    evidence: str | None = None
    basis: Basis | None = None
    according_to: str | None = None


def rate(path: Path, account_id: int, said: Rating, source: Source, today: dt.date) -> int:
    """Rate one indicator today; returns the key of today's assessment.

    Raises:
        InvalidError: the grade is not 0 to 4.
        NotFoundError: the account is gone.
    """
    with work(path, "", source) as unit:
        assessment_id = _todays(unit, account_id, today)
        _write(unit, assessment_id, said, today)
        _settle(unit, assessment_id)
        unit.relabel(_rated(unit, account_id, said))
        return assessment_id


def assess(
    path: Path,
    account_id: int,
    source: Source,
    today: dt.date,
    *,
    ratings: Iterable[Rating] = (),
    given: Mapping[str, Any] | None = None,
) -> int:
    """Rate several indicators and set fields of today's assessment in one step; returns its key.

    Args:
        path: the workspace.
        account_id: whom.
        source: the door it came through.
        today: the day of the assessment.
        ratings: what is said of indicators; others stay as they were.
        given: fields of the assessment: willingness, benefit, override, target, notes.

    Raises:
        InvalidError: names what is wrong; a level set by hand needs its reason.
        NotFoundError: the account is gone.
    """
    with work(path, "", source) as unit:
        assessment_id = _todays(unit, account_id, today)
        for said in ratings:
            _write(unit, assessment_id, said, today)
        _change(unit, assessment_id, given or {}, today)
        unit.relabel(labelled(_("Assess {title}"), unit, Account, account_id))
        return assessment_id


def add(path: Path, given: Mapping[str, Any], source: Source, today: dt.date) -> int:
    """Write the assessment of a day, today unless told otherwise; the ratings are those of the one before it.

    Raises:
        InvalidError: names what is wrong; a day to come, a day already assessed, or no account.
        NotFoundError: the account is gone.
    """
    account_id, day = given.get("account_id"), given.get("day") or today
    if not account_id:
        raise InvalidError({_(specs(Assessment)["account_id"].label): _("is needed")}, _(Assessment.noun.one))
    with work(path, "", source) as unit:
        _refuse_future(day, today)
        assessment_id = _begun(unit, account_id, day)
        fields = {name: value for name, value in given.items() if name not in ("account_id", "day")}
        _change(unit, assessment_id, fields, day)
        _settle(unit, assessment_id)
        unit.relabel(labelled(_("Assess {title}"), unit, Account, account_id))
        return assessment_id


def edit(path: Path, assessment_id: int, given: Mapping[str, Any], source: Source, today: dt.date) -> None:
    """Change fields of an assessment; the ratings are left as they are.

    The level is computed anew, as of its day, for the newest assessment and where the day is another one; what an
    older one found is kept.

    Raises:
        InvalidError: names what is wrong.
        NotFoundError: it is gone.
    """
    with work(path, "", source) as unit:
        before = records.get(unit.connection, Assessment, assessment_id)
        _refuse_future(given.get("day") or before.day, today)
        _change(unit, assessment_id, given, today)
        if given.get("account_id", before.account_id) != before.account_id:
            _follow(unit, before.account_id)
        unit.relabel(labelled(_("Change the assessment of {title}"), unit, Account, before.account_id))


def delete(path: Path, assessment_ids: Sequence[int], source: Source) -> Deleted:
    """Delete assessments; the account's level becomes that of the newest one left, or stays where none is."""
    with work(path, "", source) as unit:
        gone = [records.get(unit.connection, Assessment, key) for key in assessment_ids]
        label = labelled(_("Delete the assessment of {title}"), unit, Account, gone[0].account_id)
        if len(gone) > 1:
            label = _("Delete {count} {records}").format(count=len(gone), records=_(Assessment.noun.many))
        ratings = sum(len(found) for found in assessments.ratings(unit.connection, assessment_ids).values())
        for one in gone:
            unit.delete(Assessment, one.id)
        for account_id in {one.account_id for one in gone}:
            _follow(unit, account_id)
        unit.relabel(label)
    return Deleted(label, len(gone), ratings)


# The assessment of a day


def _todays(unit: UnitOfWork, account_id: int, today: dt.date) -> int:
    """Today's assessment, or one of a day to come that an import brought; else a new one."""
    kept = assessments.of_account(unit.connection, account_id)
    return kept[0].id if kept and kept[0].day >= today else _begun(unit, account_id, today)


def _begun(unit: UnitOfWork, account_id: int, day: dt.date) -> int:
    """A new assessment, with everything that the one before it says; the target is the account's."""
    account = records.get(unit.connection, Account, account_id)
    old = assessments.on_or_before(unit.connection, account_id, day.isoformat())
    fields = _fields(old) if old else {}
    target = {name: getattr(account, name) for name in _TARGET}
    new = unit.insert(Assessment, fields | target | {"account_id": account_id, "day": day})
    if old:
        for rating in assessments.ratings(unit.connection, [old.id]).get(old.id, {}).values():
            unit.insert(AssessmentRating, _fields(rating) | {"assessment_id": new})
    return new


def _write(unit: UnitOfWork, assessment_id: int, said: Rating, today: dt.date) -> None:
    """Rate an indicator. Another grade is assumed, and nobody's, unless that is said."""
    before = assessments.ratings(unit.connection, [assessment_id]).get(assessment_id, {}).get(said.indicator)
    words = {"evidence": said.evidence, "basis": said.basis, "source": said.according_to}
    fields: dict[str, Any] = {name: value for name, value in words.items() if value is not None}
    if said.is_graded:
        is_other = before is None or before.grade != said.grade
        fields = ({"basis": Basis.ASSUMED, "source": ""} if is_other else {}) | fields
        fields |= {"grade": said.grade, "judged_on": None if said.grade is None else today}
    if before:
        unit.update(AssessmentRating, before.id, fields)
    else:
        unit.insert(AssessmentRating, fields | {"assessment_id": assessment_id, "indicator": said.indicator})


def _change(unit: UnitOfWork, assessment_id: int, given: Mapping[str, Any], today: dt.date) -> None:
    before = records.get(unit.connection, Assessment, assessment_id)
    account = records.get(unit.connection, Account, before.account_id)
    is_newest = assessments.of_account(unit.connection, account.id)[0].id == assessment_id
    fields = {name: getattr(account, name) for name in _TARGET} if is_newest else {}
    fields |= _willing(before, given, today) | dict(given)
    _check_override(before, fields)
    unit.update(Assessment, assessment_id, fields)
    if is_newest or given.get("day", before.day) != before.day:
        _settle(unit, assessment_id)


def _willing(before: Assessment, given: Mapping[str, Any], today: dt.date) -> dict[str, Any]:
    """The circumstances of another willingness: of today, assumed, and nobody's, unless that is given."""
    if "willingness" not in given or given["willingness"] == before.willingness:
        return {}
    day = None if given["willingness"] is None else today
    return {"willingness_basis": Basis.ASSUMED, "willingness_source": "", "willingness_on": day}


def _check_override(before: Assessment, given: dict[str, Any]) -> None:
    """Taking the override away takes its reason along; setting one needs a reason, and a reason needs a level."""
    known = specs(Assessment)
    level = given.get("override_level", before.override_level)
    reason = str(given.get("override_reason", before.override_reason) or "").strip()
    if level is None:
        if str(given.get("override_reason") or "").strip():
            raise InvalidError({_(known["override_level"].label): _("is needed")}, _(Assessment.noun.one))
        given["override_reason"] = ""
    elif not reason:
        raise InvalidError({_(known["override_reason"].label): _("is needed")}, _(Assessment.noun.one))


def _refuse_future(day: dt.date, today: dt.date) -> None:
    if day > today:
        raise InvalidError(
            {_(specs(Assessment)["day"].label): _("is a day to come; plan an action instead")}, _(Assessment.noun.one)
        )


# What follows from it


def _settle(unit: UnitOfWork, assessment_id: int) -> None:
    """Compute the level of an assessment as of its day, keep it, and let the account follow its newest one."""
    assessment = records.get(unit.connection, Assessment, assessment_id)
    found = relationship.standing(unit.connection, assessment.account_id, assessment, assessment.day)
    if found.ladder.computed is not assessment.level:
        unit.update(Assessment, assessment_id, {"level": found.ladder.computed})
    _follow(unit, assessment.account_id)


def _follow(unit: UnitOfWork, account_id: int) -> None:
    """The account's level and target are those of its newest assessment."""
    newest = assessments.latest(unit.connection, [account_id]).get(account_id)
    if newest is None:
        return
    found = relationship.standing(unit.connection, account_id, newest, newest.day)
    fields = followed(newest, newest.level, found.ladder)
    account = records.get(unit.connection, Account, account_id)
    if any(getattr(account, name) != value for name, value in fields.items()):
        unit.update(Account, account_id, fields)


def followed(newest: Assessment, level: Level, ladder: Ladder) -> dict[str, Any]:
    """The fields of an account by its newest assessment, which found that level; `ladder` as of its day."""
    return {
        "level": newest.override_level or level,
        "level_basis": Basis.ASSUMED if ladder.is_assumed else Basis.CONFIRMED,
        "level_on": newest.day,
        "level_source": newest.override_reason if newest.override_level else _("the gates of the ladder"),
        "target_level": newest.target_level,
        "target_on": newest.target_on,
    }


def _rated(unit: UnitOfWork, account_id: int, said: Rating) -> str:
    title = line(records.get(unit.connection, Account, account_id).name)[:80]
    if not said.is_graded:
        return _("Write down evidence on {place}").format(place=f"{title} · {_(said.indicator.label)}")
    shown = _("unknown") if said.grade is None else str(said.grade)
    return _("Rate {place}: {grade}").format(place=f"{title} · {_(said.indicator.label)}", grade=shown)


def _fields(record: Record) -> dict[str, Any]:
    return {name: getattr(record, name) for name in specs(type(record))}
