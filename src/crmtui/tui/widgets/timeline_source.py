"""The rows of a timeline: everything that happened with an account or a person, newest first."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from textual.content import Content

from crmtui.domain import words as says
from crmtui.queries import accounts as queries
from crmtui.queries.accounts import Event, EventKind
from crmtui.text import N_, _
from crmtui.tui import show
from crmtui.tui.widgets.window_source import Head, ListColumn, Row

if TYPE_CHECKING:
    from array import array
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from crmtui.queries.accounts import Subject
    from crmtui.tui.widgets.window_source import Sort

COLUMNS: Final = (
    ListColumn(key="day", title=N_("Day"), width=11, sortable=False),
    ListColumn(key="kind", title=N_("What"), width=9, widest=11, priority=1, sortable=False),
    ListColumn(key="text", title=N_("About"), width=40, flexible=True, sortable=False),
    ListColumn(key="people", title=N_("With"), width=16, widest=24, priority=3, sortable=False),
    ListColumn(key="actor", title=N_("Ours"), width=12, widest=18, priority=2, sortable=False),
)

_PAGE: Final = 500  # that are written at a time


@dataclass(frozen=True)
class TimelineSource:
    """A `WindowSource` of events.

    Attributes:
        path: the workspace.
        subject: whose.
        today: the day.
        kinds: only these; all when empty.
    """

    path: Path
    subject: Subject
    today: Callable[[], dt.date]
    kinds: tuple[EventKind, ...] = ()

    @property
    def columns(self) -> Sequence[ListColumn]:
        """The columns."""
        return COLUMNS

    def head(self, words: str, sort: Sort | None, limit: int) -> Head:  # noqa: ARG002 - the newest first, always
        """The first keys."""
        found = queries.event_keys(self.path, self.subject, self.kinds, words, limit + 1)
        return Head(found[:limit], len(found) <= limit)

    def ids(self, words: str, sort: Sort | None) -> array[int]:  # noqa: ARG002 - the newest first, always
        """All keys."""
        return queries.event_keys(self.path, self.subject, self.kinds, words)

    def rows(self, ids: Sequence[int]) -> Mapping[int, Row]:
        """The rows of some keys."""
        day = self.today()
        return {key: Row(key, _cells(event, day)) for key, event in queries.event_rows(self.path, ids).items()}

    def written(self, ids: Sequence[int]) -> Iterator[Sequence[str]]:
        """The rows of some keys as they stand in a file: with their whole days."""
        day = self.today()
        for start in range(0, len(ids), _PAGE):
            page = ids[start : start + _PAGE]
            found = queries.event_rows(self.path, page)
            for event in (found[key] for key in page if key in found):
                told = _TOLD[event.kind](event, day).plain
                yield event.day, _(event.kind.label), told, event.people or "", event.actor or ""


def _cells(event: Event, today: dt.date) -> tuple[Content | str, ...]:
    day = show.short_date(dt.date.fromisoformat(event.day), today)
    is_past = event.day <= today.isoformat()
    return (
        day if is_past else Content.styled(day.plain, show.BAR),
        _(event.kind.label),
        _TOLD[event.kind](event, today),
        event.people or show.nothing(),
        event.actor or show.nothing(),
    )


def _contact(event: Event, today: dt.date) -> Content:
    """The sign of what became of it, the channel, the message, and what came out."""
    is_late = event.status == says.ContactStatus.PLANNED and event.day < today.isoformat()
    sign = Content.styled(show.glyphs().urgent, show.ACT) if is_late else show.status(event.status)
    return Content.assemble(sign, " ", _joined(event.about, event.text), _muted(event.more))


def _stage(event: Event, _today: dt.date) -> Content:
    stage = next(stage for stage in says.Stage if stage.value == event.status)
    style = {says.Stage.WON: show.FINE, says.Stage.LOST: show.ACT}.get(stage, "")
    return Content.assemble((_(stage.label), style), " · ", show.label(event.about))


def _scorecard(event: Event, _today: dt.date) -> Content:
    score = show.nothing() if event.score is None else show.figure(event.score * 100)
    return Content.assemble(score, (_(" of 100"), show.MUTED), " · ", show.label(event.about), _muted(event.text))


def _note(event: Event, _today: dt.date) -> Content:
    about = Content.assemble(show.label(event.more, show.MUTED), (": ", show.MUTED)) if event.more else Content()
    return Content.assemble(about, show.label(event.text))


def _order(event: Event, _today: dt.date) -> Content:
    status = next(status for status in says.OrderStatus if status.value == event.status)
    amount = show.money(event.amount, event.currency)
    return Content.assemble(
        show.label(event.about), " ", amount, (f" {_(status.label)}", show.MUTED), _muted(event.text)
    )


def _level(event: Event, _today: dt.date) -> Content:
    levels = {level.value: level for level in says.Level}
    before, after = levels[event.about], levels[event.status]
    is_up = list(says.Level).index(after) > list(says.Level).index(before)
    return Content.assemble(_(before.label), " → ", (_(after.label), show.FINE if is_up else show.ACT))


def _assessment(event: Event, today: dt.date) -> Content:
    """The level, and the one before where it moved; by hand with the reason."""
    levels = {level.value: level for level in says.Level}
    is_moved = event.about not in ("", event.status)
    level = _level(event, today) if is_moved else Content(_(levels[event.status].label))
    by_hand = Content.assemble(f"  {show.glyphs().override} ", show.label(event.more)) if event.more else Content()
    return Content.assemble(level, by_hand, _muted(event.text))


def _action(event: Event, _today: dt.date) -> Content:
    """An action that was done, how far it was achieved, and the lesson."""
    word = next((_(one.label) for one in says.Achieved if one.value == event.status), "")
    achieved = Content.styled(f" · {word}" if word else "", show.MUTED)
    return Content.assemble(show.status("done"), " ", show.label(event.about), achieved, _muted(event.text))


def _joined(*parts: str) -> Content:
    return Content(" · ").join(show.label(part) for part in parts if part.strip())


def _muted(text: str) -> Content:
    return Content.assemble("  ", show.label(text, show.MUTED)) if text.strip() else Content()


_TOLD: Final[Mapping[EventKind, Callable[[Event, dt.date], Content]]] = {
    EventKind.CONTACT: _contact,
    EventKind.STAGE: _stage,
    EventKind.SCORECARD: _scorecard,
    EventKind.NOTE: _note,
    EventKind.ORDER: _order,
    EventKind.LEVEL: _level,
    EventKind.ASSESSMENT: _assessment,
    EventKind.ACTION: _action,
}
