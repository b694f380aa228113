"""Projects, promises, requests and feedback: written down and changed; each is one undoable step.

All belong to an account, which a project, an opportunity or a person may say. What is judged carries its day: a
promise is made, a request received and an answer given today unless told otherwise; a promise that was due before
today was made on an unknown day.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from crmtui.commands.records import labelled
from crmtui.commands.together import write_parts
from crmtui.domain.delivery import CustomerRequest, Project, Promise, Satisfaction
from crmtui.domain.fields import specs
from crmtui.domain.following import out_of_order, yet_to_come
from crmtui.domain.words import ProjectStatus
from crmtui.errors import InvalidError
from crmtui.store.reading import contacts, records
from crmtui.store.unit import UnitOfWork, work
from crmtui.text import _

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from crmtui.commands.together import Part
    from crmtui.domain.fields import Record
    from crmtui.domain.words import Source

KINDS: Final[tuple[type[Record], ...]] = (Project, Promise, CustomerRequest, Satisfaction)
_SAYS: Final = {"project_id": "project", "opportunity_id": "opportunity", "person_id": "person"}
_OURS: Final = {Project: "owner_id", Promise: "actor_id", Satisfaction: "actor_id"}  # the user's, unless told otherwise
_SINCE: Final = {Promise: "made_on", CustomerRequest: "received_on", Satisfaction: "day"}  # today, likewise


def add(
    path: Path,
    kind: type[Record],
    given: Mapping[str, Any],
    source: Source,
    today: dt.date,
    *,
    parts: Sequence[Part] = (),
) -> int:
    """Write down a project with its parts, a promise, a request or feedback; returns its key.

    Raises:
        InvalidError: names each field that is wrong; among them a project or an opportunity of another account.
    """
    with work(path, "", source) as unit:
        record_id = unit.insert(kind, settled(unit, kind, given, {}, today))
        write_parts(unit, record_id, parts)
        unit.relabel(labelled(_("Add {record} {title}"), unit, kind, record_id))
        return record_id


def edit(
    path: Path,
    kind: type[Record],
    record_id: int,
    given: Mapping[str, Any],
    source: Source,
    today: dt.date,
    *,
    parts: Sequence[Part] = (),
) -> None:
    """Change some fields of one, or its parts; the same errors as `add`, and NotFoundError."""
    with work(path, "", source) as unit:
        before = records.get(unit.connection, kind, record_id)
        kept = {name: getattr(before, name) for name in specs(kind)}
        if given:
            unit.update(kind, record_id, settled(unit, kind, given, kept, today))
        write_parts(unit, record_id, parts)
        unit.relabel(labelled(_("Change {record} {title}"), unit, kind, record_id))


def settled(
    unit: UnitOfWork, kind: type[Record], given: Mapping[str, Any], before: Mapping[str, Any], today: dt.date
) -> dict[str, Any]:
    """What is given, with the account it belongs to and the days that go with it; `before` is empty for a new one."""
    fields = dict(given)
    if not before or {"account_id", *_SAYS} & fields.keys():
        fields |= _placed(unit, kind, fields, before)
    if not before:
        fields |= _begun(unit, kind, fields, today)
    fields |= _dated(kind, fields, before, today)
    if wrong := yet_to_come(kind, fields, {name for name in fields if fields[name] != before.get(name)}, today):
        raise InvalidError(wrong, _(kind.noun.one))
    return fields | (_ended(fields, before, today) if kind is Project else {})


def _placed(
    unit: UnitOfWork, kind: type[Record], given: Mapping[str, Any], before: Mapping[str, Any]
) -> dict[str, Any]:
    """The account that a project, an opportunity or a person says; the first two must agree with what is given."""
    merged = {**before, **given}
    says = {
        name: found
        for name, table in _SAYS.items()
        if name in specs(kind)
        and merged.get(name)
        and (found := contacts.account_of(unit.connection, table, merged[name])) is not None
    }
    account = given.get("account_id") or merged.get("account_id") or next(iter(says.values()), None)
    for name in ("project_id", "opportunity_id"):
        if says.get(name, account) != account:
            raise InvalidError({_(specs(kind)[name].label): _("belongs to another account")}, _(kind.noun.one))
    return {"account_id": account}


def _begun(unit: UnitOfWork, kind: type[Record], given: Mapping[str, Any], today: dt.date) -> dict[str, Any]:
    """Who of ours, and since when, where nobody says it."""
    found: dict[str, Any] = {}
    if (ours := _OURS.get(kind)) and ours not in given:
        found[ours] = contacts.me(unit.connection)
    if (since := _SINCE.get(kind)) and given.get(since) is None and not _is_older(kind, since, given, today):
        found[since] = today
    return found


def _is_older(kind: type[Record], since: str, given: Mapping[str, Any], today: dt.date) -> bool:
    """Whether it was before today, and no day is needed: a promise that was due already was not made today."""
    return not specs(kind)[since].required and bool(out_of_order(kind, {**given, since: today}, {since}))


def _dated(kind: type[Record], given: Mapping[str, Any], before: Mapping[str, Any], today: dt.date) -> dict[str, Any]:
    """The day of what is decided, passed on or judged; what is open again, or nobody's, has none."""
    if kind not in _DECIDES:
        return {}
    name, day = _DECIDES[kind]
    after = given.get(name, before.get(name))
    if after in (None, ""):
        return {day: None} if name in given and before.get(name) is not None else {}
    is_other = after != before.get(name)
    said = given.get(day, None if is_other else before.get(day))
    return {day: today} if said is None or (is_other and said == before.get(day)) else {}


def _ended(given: Mapping[str, Any], before: Mapping[str, Any], today: dt.date) -> dict[str, Any]:
    """The status of a project and the day it ended, where it ends or goes on again.

    Where all of its work is done, or a day is told on which it ended, it is done, unless its status is told as well.
    What was over when it was written down ended on a day that nobody knows, unless that is told.
    """
    new = {name: value for name, value in given.items() if value != before.get(name)}
    tells_end = new.get("progress") == _ALL or new.get("ended_on") is not None
    status = given.get("status", before.get("status", ProjectStatus.RUNNING))
    if tells_end and "status" not in new and status is not ProjectStatus.STOPPED:
        status = ProjectStatus.DONE
    if not isinstance(status, ProjectStatus):
        return {}  # refused by its field
    if not status.is_over:
        if new.get("ended_on") is not None:
            why = _("what goes on has not ended: change the status, or leave the day empty")
            raise InvalidError({_(specs(Project)["ended_on"].label): why}, _(Project.noun.one))
        return {"ended_on": None}
    has_ended = bool(before) and not before["status"].is_over and given.get("ended_on") is None
    return {"status": status} | ({"ended_on": today} if has_ended else {})


_ALL: Final = 100  # per cent of the work
# What is judged or decided, and the field that tells when.
_DECIDES: Final = {
    Promise: ("kept", "ended_on"),
    CustomerRequest: ("passed_to_id", "passed_on"),
    Project: ("cooperation", "cooperation_on"),
}
