"""Objectives, the strategies towards them, and actions: written down, changed and ended; each is one undoable step.

An action belongs to an account. It may serve a strategy or concern an opportunity, which then say whose it is. It
ends on a day, not, partly or fully achieved, with a lesson; so does an objective, which has no day of its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from crmtui.commands.records import labelled
from crmtui.domain.action_plan import Objective, PlanAction, Strategy
from crmtui.domain.fields import specs
from crmtui.errors import InvalidError
from crmtui.store.reading import contacts, records
from crmtui.store.unit import UnitOfWork, work
from crmtui.text import _

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from crmtui.domain.fields import Record
    from crmtui.domain.words import Achieved, Source

KINDS: Final[tuple[type[Record], ...]] = (Objective, Strategy, PlanAction)


@dataclass(frozen=True, slots=True)
class Ended:
    """How an action or an objective ended.

    Attributes:
        achieved: how far.
        lesson: what to do again, or differently; '' leaves what was written there.
        day: the day an action was done; the given today when None.
    """

    achieved: Achieved
    lesson: str = ""
    day: dt.date | None = None


def add(path: Path, kind: type[Record], given: Mapping[str, Any], source: Source, today: dt.date) -> int:
    """Write down an objective, a strategy or an action; returns its key.

    The account may be left out where a strategy or an opportunity says it. An action is the user's unless told
    otherwise; one that is achieved already was done today unless a day is given.

    Raises:
        InvalidError: names each field that is wrong; among them a strategy or an opportunity of another account.
    """
    with work(path, "", source) as unit:
        record_id = unit.insert(kind, _settled(unit, kind, given, {}, today))
        unit.relabel(labelled(_("Add {record} {title}"), unit, kind, record_id))
        return record_id


def edit(
    path: Path, kind: type[Record], record_id: int, given: Mapping[str, Any], source: Source, today: dt.date
) -> None:
    """Change some fields of one; the same errors as `add`, and NotFoundError. Without a day done it is open again."""
    with work(path, "", source) as unit:
        before = records.get(unit.connection, kind, record_id)
        kept = {name: getattr(before, name) for name in specs(kind)}
        unit.update(kind, record_id, _settled(unit, kind, given, kept, today))
        unit.relabel(labelled(_("Change {record} {title}"), unit, kind, record_id))


def finish(
    path: Path, kind: type[Record], record_ids: Sequence[int], ended: Ended, source: Source, today: dt.date
) -> None:
    """Say of actions, or of objectives, how they ended; NotFoundError if one is gone."""
    given: dict[str, Any] = {"achieved": ended.achieved}
    if ended.lesson.strip():
        given["lesson"] = ended.lesson
    if kind is PlanAction:
        given["done_on"] = ended.day or today
    _change(path, kind, record_ids, given, (_("Mark {title} as done"), _("Mark {count} {records} as done")), source)


def reopen(path: Path, kind: type[Record], record_ids: Sequence[int], source: Source) -> None:
    """Take actions or objectives up again that had ended; the lesson stays. NotFoundError if one is gone."""
    given = {"achieved": None} | ({"done_on": None} if kind is PlanAction else {})
    _change(path, kind, record_ids, given, (_("Take up {title} again"), _("Take up {count} {records} again")), source)


def move(path: Path, kind: type[Record], record_ids: Sequence[int], day: dt.date, source: Source) -> None:
    """Put the day on which actions or objectives are due off, or forward; NotFoundError if one is gone."""
    labels = (_("Move {title}"), _("Move {count} {records}"))
    _change(path, kind, record_ids, {"due_on": day}, labels, source)


def _change(
    path: Path,
    kind: type[Record],
    record_ids: Sequence[int],
    given: Mapping[str, Any],
    labels: tuple[str, str],
    source: Source,
) -> None:
    """The same change to one or several; labelled by the title of the one, or by their number."""
    one, many = labels
    with work(path, "", source) as unit:
        for record_id in record_ids:
            unit.update(kind, record_id, given)
        if len(record_ids) == 1:
            unit.relabel(labelled(one, unit, kind, record_ids[0]))
        else:
            unit.relabel(many.format(count=len(record_ids), records=_(kind.noun.many)))


# What belongs where


def _settled(
    unit: UnitOfWork, kind: type[Record], given: Mapping[str, Any], before: Mapping[str, Any], today: dt.date
) -> dict[str, Any]:
    """What is given, with the account that it belongs to and the day it ended."""
    fields = dict(given)
    if kind is Strategy:
        return fields
    if not before or {"account_id", "opportunity_id", "strategy_id"} & fields.keys():
        fields |= _placed(unit, kind, fields, before)
    if kind is PlanAction:
        fields |= _dated(fields, before, today)
        if not before and "owner_id" not in fields:
            fields["owner_id"] = contacts.me(unit.connection)
    return fields


def _placed(
    unit: UnitOfWork, kind: type[Record], given: Mapping[str, Any], before: Mapping[str, Any]
) -> dict[str, Any]:
    """The account that a strategy and an opportunity say, if they agree with each other and with what is given."""
    merged = {**before, **given}
    says: dict[str, int | None] = {}
    found: dict[str, Any] = {}
    if strategy_id := merged.get("strategy_id"):
        objective = _objective_of(unit, strategy_id)
        says["strategy_id"] = objective.account_id
        if not before and "opportunity_id" not in given:
            found["opportunity_id"] = objective.opportunity_id
    says["opportunity_id"] = contacts.account_of(unit.connection, "opportunity", merged.get("opportunity_id"))
    account = given.get("account_id") or next((key for key in says.values() if key), merged.get("account_id"))
    for name, key in says.items():
        if key is not None and key != account:
            raise _wrong(kind, name, _("belongs to another account"))
    if merged.get("opportunity_id") and says["opportunity_id"] is None:
        raise _wrong(kind, "opportunity_id", _("belongs to no account"))
    return found | {"account_id": account}


def _objective_of(unit: UnitOfWork, strategy_id: int) -> Objective:
    strategy = records.get(unit.connection, Strategy, strategy_id)
    return records.get(unit.connection, Objective, strategy.objective_id)


def _dated(given: Mapping[str, Any], before: Mapping[str, Any], today: dt.date) -> dict[str, Any]:
    """What is achieved was done on a day, and what was not done is not achieved."""
    if given.get("achieved") and not given.get("done_on", before.get("done_on")):
        return {"done_on": today}
    if before and "done_on" in given and given["done_on"] is None:
        return {"achieved": None}
    return {}


def _wrong(kind: type[Record], name: str, why: str) -> InvalidError:
    return InvalidError({_(specs(kind)[name].label): why}, _(kind.noun.one))
