"""What another program tells of something done, or to be done, with a customer: of a calendar, or of a table."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping


class EntryKind(StrEnum):
    """What an entry becomes."""

    CONTACT = "contact"
    TASK = "task"
    NOTE = "note"


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """Whom and what a row of a table names: each by its name, or by its key in the other program.

    Attributes:
        account: the name of an account; '' where there is none, as with all that follow.
        account_key: its key.
        opportunity: the name of an opportunity.
        opportunity_key: its key.
        related: the name of an opportunity or of an account.
        related_key: its key.
        people: the names of people.
        people_keys: their keys.
        actor: the name or the address of who of ours.
        actor_key: the key of who of ours.
        headers: the columns, by the name of the attribute.
    """

    account: str = ""
    account_key: str = ""
    opportunity: str = ""
    opportunity_key: str = ""
    related: str = ""
    related_key: str = ""
    people: tuple[str, ...] = ()
    people_keys: tuple[str, ...] = ()
    actor: str = ""
    actor_key: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An event, a to-do or a note; of a series one of those that happen.

    Attributes:
        line: the line on which it begins, counted from 1.
        kind: what it becomes.
        key: its identity in the other program; of one of a series with its day behind a `#`.
        summary: what it is called, on one line.
        description: the text, which may have several lines.
        location: on one line.
        day: the day on which it begins, or is due, on the user's clock.
        time: HH:MM on the user's clock; '' for a whole day.
        ends_at: the instant of its end.
        hours: how long it takes; None where it is not told, or takes days.
        is_cancelled: whether it was called off.
        is_done: whether it is done; None where only the clock tells.
        done_on: the day on which it was; None where it is not told.
        mails: the addresses of who takes part, in lower case, the organizer last.
        categories: its words.
        changed_at: the instant of its last change; None where it is not told.
        number: what rises with each change, by one or by more; None where it is not told.
        is_superseded: whether its file has a newer version of it too.
        ours: our own properties by their names without the prefix, each with its values.
        channel: the code of a channel, where it is told.
        named: whom and what it names otherwise than a calendar does.
        kept: what it tells and has no place here, by header.
    """

    line: int
    kind: EntryKind
    key: str
    summary: str
    description: str = ""
    location: str = ""
    day: dt.date | None = None
    time: str = ""
    ends_at: dt.datetime | None = None
    hours: float | None = None
    is_cancelled: bool = False
    is_done: bool | None = None
    done_on: dt.date | None = None
    mails: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    changed_at: dt.datetime | None = None
    number: int | None = None
    is_superseded: bool = False
    ours: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    channel: str = ""
    named: Named | None = None
    kept: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_task(self) -> bool:
        """Whether it is a to-do."""
        return self.kind is EntryKind.TASK
