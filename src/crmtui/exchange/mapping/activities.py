"""The rows of a table of activities or notes as entries: like those of calendars, but naming whom they are about."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from typing import TYPE_CHECKING, Final

from crmtui.domain.called import with_address
from crmtui.domain.fields import LONGEST_LINE, LONGEST_TEXT
from crmtui.domain.identity import MADE
from crmtui.exchange import durations
from crmtui.exchange.dates import time_in
from crmtui.exchange.entries import Entry, EntryKind, Named
from crmtui.exchange.hypertext import plain
from crmtui.exchange.mapping import targets
from crmtui.exchange.mapping.activity_words import NOTE, TASK, kind_in, kind_of, state_of
from crmtui.exchange.mapping.endings import is_yes
from crmtui.exchange.mapping.headers import spelt
from crmtui.exchange.mapping.in_chunks import InChunks
from crmtui.exchange.mapping.meanings import EXTERNAL
from crmtui.exchange.problems import Problem
from crmtui.text import N_, _, clean, line

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from crmtui.exchange.mapping.readers import Readers
    from crmtui.exchange.mapping.recognised import Recognised
    from crmtui.exchange.reading import Row
    from crmtui.exchange.tables import Tabular

NO_DAY: Final = N_("it does not say when")
_KEY: Final = 32  # characters
_LONGEST_DAY: Final = 24.0
_MIDNIGHT: Final = dt.time()
_EARLIEST: Final = dt.datetime.min.replace(tzinfo=dt.UTC)  # has no local time everywhere
_MAIL: Final = re.compile(r"[^@]+@[^@]+\.[^@]{2,}")
_LONGEST_MAIL: Final = 320
_BETWEEN: Final = re.compile(r"[\s<>()\[\]{},;:\"]+")
_ASIDE: Final = re.compile(r"[(<\[][^()<>\[\]]*[)>\]]")
_SEVERAL: Final = re.compile(r"[;\n]")
_TASKS_UNLESS_TOLD: Final = "salesforce"  # whose tasks are of every kind


class Activities(InChunks["list[Entry]"]):
    """The rows of a table as entries. Empty cells are not told: of activities each kind leaves other columns empty."""

    chunk = 2_048

    def __init__(self, table: Tabular, recognised: Recognised, readers: Readers) -> None:
        super().__init__(table, recognised, readers)
        self._is_notes = recognised.table == "note"
        self._source = recognised.form.source if recognised.form else ""
        self._headers = {name: spelt(table.headers[place]) for name, place in self._places.items()}

    def _read_some(self, rows: list[Row]) -> list[Entry]:
        return [entry for row in rows if (entry := self._entry(row)) is not None]

    def _entry(self, row: Row) -> Entry | None:
        """What a row says; None for one that is deleted there, or cannot be read."""
        cells = _Cells(self._places, row.values)
        if is_yes(cells.first(targets.DELETED)):
            self.deleted += 1
            return None
        if problem := self._fault(row, cells):
            self.problems.append(problem)
            return None
        kind, channel = (EntryKind.NOTE, "") if self._is_notes else self._kind(cells)
        when = self._when(cells)
        text = self._text(row, cells)
        summary = line(plain(cells.first("heading" if self._is_notes else "message")))
        if kind is EntryKind.NOTE:
            text, summary = "\n".join(filter(None, (summary, text))), ""
        if kind is EntryKind.TASK and not summary:
            summary = text.partition("\n")[0]
        if (when is None and kind is not EntryKind.TASK) or not (text or summary):
            why = _(NO_DAY) if text or summary else _("there is nothing in it")
            self.problems.append(Problem(row.line, why, self._headers.get("day", ""), values=row.values))
            return None
        return self._made(row, cells, kind, channel, when, summary, text)

    def _fault(self, row: Row, cells: _Cells) -> Problem | None:
        """A day that cannot be read, or a text that is too long."""
        for name in cells.named("day"):
            cell = cells[name]
            if self._day(name, cell) is None and cell.strip():
                why = self._readers.cells[name].refused.get(cell, _(NO_DAY))
                return Problem(row.line, why, self._headers[name], cell, row.values)
            if cell.strip():
                break
        for place, cell in enumerate(row.values):
            if len(cell) > LONGEST_TEXT:
                why = _("has {count} characters; at most {most} fit").format(count=len(cell), most=LONGEST_TEXT)
                return Problem(row.line, why, self._table.headers[place])
        return None

    def _made(
        self,
        row: Row,
        cells: _Cells,
        kind: EntryKind,
        channel: str,
        when: tuple[dt.date, str] | None,
        summary: str,
        text: str,
    ) -> Entry:
        day, time = when or (None, "")
        state = next((said for cell in cells.all("state") if (said := state_of(cell))), "")
        done_at = self._moment("done_at", cells)
        start = _instant(day, time) if day else None
        hours = self._hours(cells, start)
        kept = self._rest(row, cells, state)
        if state == "done" and done_at and start and (start > done_at or not time) and done_at > _EARLIEST:
            # What was due without a time happened when it was done; an appointment in its own time, unless before.
            local, has_time = done_at.astimezone(), time_in(cells["done_at"]) not in (None, _MIDNIGHT)
            day, time = local.date(), f"{local:%H:%M}" if time and has_time else ""
            start = _instant(day, time)
        ends = start + (dt.timedelta(hours=hours or 0) if time else dt.timedelta(days=1)) if start else None
        return Entry(
            line=row.line,
            kind=kind,
            key=line(self._meant(EXTERNAL, cells)) or _made_key(day, time, summary, text, cells),
            summary=summary,
            description=text,
            location=line(cells.first("place")),
            day=day,
            time=time,
            ends_at=ends,
            hours=hours,
            is_cancelled=state == "off",
            is_done={"done": True, "open": False}.get(state),
            done_on=done_at.astimezone().date() if done_at else None,
            mails=tuple(dict.fromkeys(mail.lower() for name in ("mails", "people") for mail in cells.mails(name))),
            changed_at=self._moment("changed_at", cells),
            channel=channel,
            named=self._named(cells),
            kept=kept,
        )

    def _meant(self, name: str, cells: _Cells) -> str:
        """A cell as it is compared, or the word of ours that the user said it means."""
        return str(self._readers.cells[name][cells[name]] or "") if name in self._places else ""

    # When

    def _day(self, name: str, cell: str) -> dt.date | None:
        found = self._readers.cells[name][cell] if cell.strip() else None
        return dt.date.fromisoformat(str(found)) if found else None

    def _when(self, cells: _Cells) -> tuple[dt.date, str] | None:
        """Day and time on the user's clock, by the first column that tells them."""
        for name in (*cells.named("day"), "done_at", "changed_at"):
            if name in self._places and (day := self._day(name, cells[name])):
                time = time_in(cells[name]) or time_in(cells.first("hour"))
                return _local(day, time, is_day=name != "day")
        return None

    def _moment(self, name: str, cells: _Cells) -> dt.datetime | None:
        if name not in self._places or (day := self._day(name, cells[name])) is None:
            return None
        moment = dt.datetime.combine(day, time_in(cells[name]) or _MIDNIGHT)
        try:
            return moment.astimezone(dt.UTC)
        except (OverflowError, ValueError):
            return None

    def _hours(self, cells: _Cells, start: dt.datetime | None) -> float | None:
        """How long it takes, as told or until its end."""
        for name in cells.named("duration"):
            if (told := durations.hours(cells[name], self._headers[name])) is not None:
                return told if told <= _LONGEST_DAY else None
        if start is None or "ends" not in self._places:
            return None
        ends = self._moment("ends", cells)
        if ends is None and (time := time_in(cells["ends"])):
            ends = dt.datetime.combine(start.astimezone().date(), time).astimezone(dt.UTC)
        hours = (ends - start).total_seconds() / 3600 if ends else 0
        return round(hours, 2) if 0 < hours <= _LONGEST_DAY else None

    # What

    def _kind(self, cells: _Cells) -> tuple[EntryKind, str]:
        """What it becomes, and the channel of a contact: as told, by its columns, or by its words."""
        told = [code for cell in cells.all("channel") if (code := kind_of(cell))]
        found = next((code for code in told if code != TASK), "") or next(iter(told), "")
        if not found and is_yes(cells.first("is_event")):
            found = "meeting"
        if not found and is_yes(cells.first("is_task")):
            found = TASK
        if not found and not cells.first("channel"):
            titles = [self._headers[name] for name in cells.named("message") if cells[name].strip()]
            found = next((code for header in titles if (code := kind_in(header))), "") if len(titles) == 1 else ""
            found = found or kind_in(self._table.stem)
        if not found and self._source == _TASKS_UNLESS_TOLD:
            found = "meeting" if "day" in self._places and cells["day"].strip() else TASK
        if found == TASK and self._source == _TASKS_UNLESS_TOLD:
            found = kind_in(cells.first("message")) or TASK
        if found in (TASK, NOTE):
            return (EntryKind.TASK if found == TASK else EntryKind.NOTE), ""
        return EntryKind.CONTACT, found or line(cells.first("channel"))

    def _text(self, row: Row, cells: _Cells) -> str:
        texts = [plain(cell) for cell in cells.all("text" if self._is_notes else "outcome")]
        noted = [f"{spelt(self._table.headers[place])}: {plain(row.values[place])}" for place in self._noted
                 if row.values[place].strip()]  # fmt: skip
        return "\n\n".join(dict.fromkeys(filter(None, (*texts, *noted))))

    def _rest(self, row: Row, cells: _Cells, state: str) -> dict[str, str]:
        """What has no place, by its header; and what could not be told what it means."""
        kept = {spelt(self._table.headers[place]): row.values[place] for place in self._kept}
        for name in cells.named("state"):
            if cells[name].strip() and (state == "off" or not state_of(cells[name])):
                kept[self._headers[name]] = cells[name]
        for name in cells.named("duration"):
            if durations.hours(cells[name], self._headers[name]) is None and cells[name].strip(" 0:"):
                kept[self._headers[name]] = cells[name]
        for name in ("account_id", "opportunity_id", "account_key", "opportunity_key"):
            if len(_parts(cells[name])) > 1:
                kept[self._headers[name]] = cells[name]
        return {header: text for header, cell in kept.items() if (text := plain(cell))}

    def _named(self, cells: _Cells) -> Named:
        people = _parts(cells.first("people"))
        names = tuple(name for one in people if (name := line(_ASIDE.sub("", one))) and "@" not in name)
        return Named(
            account=_only(cells["account_id"]),
            account_key=_only(cells["account_key"]),
            opportunity=_only(cells["opportunity_id"]),
            opportunity_key=_only(cells["opportunity_key"]),
            related=_only(cells["related"]),
            related_key=_only(cells["related_key"]),
            people=names,
            people_keys=tuple(_parts(cells["people_key"])),
            actor=_only(with_address(self._meant("actor_id", cells), self._meant("actor_address", cells))),
            actor_key=_only(self._meant("actor_key", cells)),
            headers={_ATTRIBUTES.get(name, name): header for name, header in self._headers.items()},
        )


_ATTRIBUTES: Final[Mapping[str, str]] = {
    "account_id": "account",
    "opportunity_id": "opportunity",
    "actor_id": "actor",
    "people_key": "people_keys",
}


class _Cells:
    """The cells of a row by what they become."""

    def __init__(self, places: Mapping[str, int], values: Sequence[str]) -> None:
        self._places = places
        self._values = values

    def __getitem__(self, name: str) -> str:
        """The cell of a target; '' where there is no column for it."""
        return self._values[self._places[name]] if name in self._places else ""

    def named(self, name: str) -> list[str]:
        """A target and those that stand in for it, as far as there are columns."""
        others = sorted(one for one in self._places if targets.stands_in_for(one) == name)
        return [one for one in (name, *others) if one in self._places]

    def all(self, name: str) -> list[str]:
        """What the columns of a target say."""
        return [cell for one in self.named(name) if (cell := self[one].strip())]

    def first(self, name: str) -> str:
        """What the first of them says."""
        return next(iter(self.all(name)), "")

    def mails(self, name: str) -> list[str]:
        """The e-mail addresses in a cell."""
        words = (word for cell in self.all(name) if "@" in cell for word in _BETWEEN.split(cell))
        return [word for word in words if len(word) <= _LONGEST_MAIL and _MAIL.fullmatch(word)]


def _parts(cell: str) -> list[str]:
    """The several values of a cell."""
    return [one for part in _SEVERAL.split(cell) if (one := line(clean(part)))]


def _only(cell: str) -> str:
    """The first value of a cell."""
    return next(iter(_parts(cell)), "")[:LONGEST_LINE]


def _local(day: dt.date, time: dt.time | None, *, is_day: bool) -> tuple[dt.date, str]:
    """Day and time on the user's clock; midnight is no time, where no zone makes another of it.

    Args:
        day: as it is written.
        time: as it is written, with its zone where that is told.
        is_day: whether the column is one of days, in which midnight of any zone means the day.
    """
    if time is None or (time.replace(tzinfo=None) == _MIDNIGHT and (is_day or time.tzinfo is None)):
        return day, ""
    moment = dt.datetime.combine(day, time)
    if time.tzinfo is not None:
        try:
            moment = moment.astimezone()
        except (OverflowError, ValueError):
            return day, ""
    return moment.date(), f"{moment:%H:%M}"


def _instant(day: dt.date, time: str) -> dt.datetime | None:
    try:
        return dt.datetime.combine(day, dt.time.fromisoformat(time or "00:00")).astimezone(dt.UTC)
    except (OverflowError, ValueError):
        return None


def _made_key(day: dt.date | None, time: str, summary: str, text: str, cells: _Cells) -> str:
    """An identity for a row that has none, so that it does not come twice: of what says which one it is."""
    about = (cells.first("account_id"), cells.first("opportunity_id"), cells.first("related"))
    told = (str(day or ""), time, summary or text[:LONGEST_LINE], *map(line, about))
    return MADE + hashlib.sha256("\n".join(told).encode("utf-8", "surrogatepass")).hexdigest()[:_KEY]
