"""How projects, promises and requests ended: several at once, as one undoable step."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from crmtui.commands.delivery import settled
from crmtui.commands.records import labelled
from crmtui.domain.delivery import CustomerRequest, Project, Promise
from crmtui.domain.fields import specs
from crmtui.domain.words import ProjectStatus
from crmtui.store.reading import records
from crmtui.store.unit import work
from crmtui.text import _

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from crmtui.domain.fields import Record
    from crmtui.domain.words import Kept, Source


@dataclass(frozen=True, slots=True)
class Settled:
    """What became of a promise.

    Attributes:
        kept: whether it was kept.
        note: in words; '' leaves what was written there.
        day: when that was known; the given today when None.
    """

    kept: Kept
    note: str = ""
    day: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Answered:
    """How a request was answered.

    Attributes:
        answer: in words; '' leaves what was written there.
        day: when; the given today when None.
    """

    answer: str = ""
    day: dt.date | None = None


def settle(path: Path, keys: Sequence[int], said: Settled, source: Source, today: dt.date) -> None:
    """Say of promises whether they were kept; NotFoundError if one is gone."""
    given: dict[str, Any] = {"kept": said.kept, "ended_on": said.day or today}
    if said.note.strip():
        given["notes"] = said.note
    labels = (_("Settle {title}"), _("Settle {count} {records}"))
    _change(path, Promise, keys, given, labels, (source, today))


def finish(path: Path, keys: Sequence[int], day: dt.date | None, source: Source, today: dt.date) -> None:
    """Say of projects that all of their work is done.

    Raises:
        InvalidError: the day, which is the given today when None, lies before the one that a project began.
        NotFoundError: one is gone.
    """
    given = {"status": ProjectStatus.DONE, "progress": 100, "ended_on": day or today}
    labels = (_("Mark {title} as done"), _("Mark {count} {records} as done"))
    _change(path, Project, keys, given, labels, (source, today))


def answer(path: Path, keys: Sequence[int], said: Answered, source: Source, today: dt.date) -> None:
    """Say that requests were answered.

    Raises:
        InvalidError: the day lies before the day one was received.
        NotFoundError: one is gone.
    """
    given: dict[str, Any] = {"answered_on": said.day or today}
    if said.answer.strip():
        given["answer"] = said.answer
    _change(path, CustomerRequest, keys, given, (_("Answer {title}"), _("Answer {count} {records}")), (source, today))


def pass_on(
    path: Path, keys: Sequence[int], actor_id: int, day: dt.date | None, source: Source, today: dt.date
) -> None:
    """Pass requests on to one of ours; the same errors as `answer`."""
    given = {"passed_to_id": actor_id, "passed_on": day or today}
    labels = (_("Pass {title} on"), _("Pass {count} {records} on"))
    _change(path, CustomerRequest, keys, given, labels, (source, today))


def move(path: Path, kind: type[Record], keys: Sequence[int], day: dt.date, source: Source, today: dt.date) -> None:
    """Put the day on which projects, promises or requests are due off, or forward; NotFoundError if one is gone."""
    given = {"ends_on" if kind is Project else "due_on": day}
    _change(path, kind, keys, given, (_("Move {title}"), _("Move {count} {records}")), (source, today))


def reopen(path: Path, kind: type[Record], keys: Sequence[int], source: Source, today: dt.date) -> None:
    """Take up again what had ended; what was written stays. NotFoundError if one is gone."""
    labels = (_("Take up {title} again"), _("Take up {count} {records} again"))
    _change(path, kind, keys, _OPEN[kind], labels, (source, today))


_OPEN: Final[Mapping[type[Record], Mapping[str, Any]]] = {
    Project: {"status": ProjectStatus.RUNNING},
    Promise: {"kept": None},
    CustomerRequest: {"answered_on": None},
}


def _change(
    path: Path,
    kind: type[Record],
    keys: Sequence[int],
    given: Mapping[str, Any],
    labels: tuple[str, str],
    by: tuple[Source, dt.date],
) -> None:
    """The same change to one or several; labelled by the title of the one, or by their number."""
    source, today = by
    with work(path, "", source) as unit:
        for key in keys:
            before = records.get(unit.connection, kind, key)
            kept = {name: getattr(before, name) for name in specs(kind)}
            unit.update(kind, key, settled(unit, kind, given, kept, today))
        if len(keys) == 1:
            unit.relabel(labelled(labels[0], unit, kind, keys[0]))
        else:
            unit.relabel(labels[1].format(count=len(keys), records=_(kind.noun.many)))
