"""Everything that happened with an account or a person, of seven kinds, as one list.

An event has a key of its own, made of its record's key and its kind, so that the list reads keys first and the
rows in sight later, like every other list.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from crmtui.domain.fields import Word
from crmtui.text import N_

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Collection, Iterator, Sequence

_KINDS: Final = 8  # the remainder of a key is the number of its kind


class EventKind(Word):
    """What an event was."""

    CONTACT = "contact", N_("contact")
    STAGE = "stage", N_("stage")
    SCORECARD = "scorecard", N_("scorecard")
    NOTE = "note", N_("note")
    ORDER = "order", N_("order")
    LEVEL = "level", N_("level")
    ASSESSMENT = "assessment", N_("assessment")
    ACTION = "action", N_("action")


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened, or is to happen.

    Attributes:
        key: its own, among the events of one subject.
        record_id: the key of its record: a contact, a change of stage, a scorecard, a note, an order, an assessment, an
            action that was done; the change of the journal for a level that was entered.
        opportunity_id: the opportunity that it is about.
        day: ISO.
        time: HH:MM, local; '' when unknown.
        status: of a contact; the stage or the level that was reached; '' otherwise.
        about: the channel; the opportunity's name; the order's number; the level before.
        text: the message of a contact, or the note.
        more: the outcome of a contact; of a note, whom it is about.
        people: who was in the contact.
        actor: who of ours.
        amount: minor units of an order or of an opportunity's value.
        currency: ISO 4217, of the amount.
        score: 0 to 1, of a scorecard.
    """

    key: int
    kind: EventKind
    record_id: int
    opportunity_id: int | None
    day: str
    time: str
    status: str
    about: str
    text: str
    more: str
    people: str
    actor: str
    amount: int | None
    currency: str
    score: float | None


@dataclass(frozen=True, slots=True)
class Subject:
    """Whose timeline it is: an account's or a person's."""

    table: str
    key: int


_DEALS: Final = "SELECT id FROM opportunity WHERE account_id = :id"
_WHOSE: Final = {
    "account": {
        EventKind.CONTACT: f"t.account_id = :id OR (t.account_id IS NULL AND t.opportunity_id IN ({_DEALS}))",
        EventKind.STAGE: f"t.opportunity_id IN ({_DEALS})",
        EventKind.SCORECARD: f"t.opportunity_id IN ({_DEALS})",
        EventKind.NOTE: f"""t.account_id = :id OR t.opportunity_id IN ({_DEALS})
            OR t.person_id IN (SELECT id FROM person WHERE account_id = :id)""",
        EventKind.ORDER: "t.account_id = :id",
        EventKind.LEVEL: "t.row_id = :id AND t.tbl = 'account'",
        EventKind.ASSESSMENT: "t.account_id = :id",
        EventKind.ACTION: "t.account_id = :id AND t.done_on IS NOT NULL",
    },
    "person": {
        EventKind.CONTACT: "t.id IN (SELECT contact_id FROM contact_person WHERE person_id = :id)",
        EventKind.NOTE: "t.person_id = :id",
    },
}
_UNDONE: Final = """EXISTS (SELECT 1 FROM change_set u WHERE u.undoes_id = s.id
    AND NOT EXISTS (SELECT 1 FROM change_set r WHERE r.undoes_id = u.id))"""
# The level that an account came to: as its next change found it, or as it is.
_REACHED: Final = """coalesce((SELECT n.level FROM change x JOIN past_account n ON n.change_id = x.id
    WHERE x.row_id = t.row_id AND x.tbl = 'account' AND x.id > t.id ORDER BY x.id LIMIT 1),
    (SELECT a.level FROM account a WHERE a.id = t.row_id))"""
# Of each kind: where it is kept, its day, its time, and the text that is searched.
_KEPT: Final = {
    EventKind.CONTACT: ("contact t", "t.day", "t.time", "t.message || ' ' || t.outcome"),
    EventKind.STAGE: ("stage_change t JOIN opportunity p ON p.id = t.opportunity_id", "t.day", "''", "p.name"),
    EventKind.SCORECARD: ("scorecard t JOIN opportunity p ON p.id = t.opportunity_id", "t.day", "''", "p.name"),
    EventKind.NOTE: ("note t", "t.day", "''", "t.text"),
    EventKind.ORDER: ("sales_order t", "t.day", "''", "t.number || ' ' || t.notes"),
    EventKind.LEVEL: (
        f"""change t JOIN past_account b ON b.change_id = t.id AND t.op = 'U' AND b.level <> {_REACHED}
            JOIN change_set s ON s.id = t.set_id AND s.undoes_id IS NULL AND NOT {_UNDONE}
                AND NOT EXISTS (SELECT 1 FROM change y WHERE y.set_id = t.set_id AND y.tbl = 'assessment')""",
        "date(s.at, 'localtime')",
        "''",
        "''",
    ),
    EventKind.ASSESSMENT: ("assessment t", "t.day", "''", "t.notes || ' ' || t.override_reason || ' ' || t.benefit"),
    EventKind.ACTION: ("plan_action t", "t.done_on", "''", "t.name || ' ' || t.lesson"),
}


def kinds_of(subject: Subject) -> tuple[EventKind, ...]:
    """The kinds of events that there can be."""
    return tuple(_WHOSE[subject.table])


def kind_of(key: int) -> EventKind:
    """What kind of event a key is of."""
    return list(EventKind)[key % _KINDS]


def keys(
    connection: sqlite3.Connection,
    subject: Subject,
    kinds: Collection[EventKind] = (),
    words: str = "",
    limit: int = -1,
) -> array[int]:
    """The events' keys, the newest first.

    Args:
        connection: the workspace.
        subject: whose.
        kinds: only these; all when empty.
        words: each must be in the event's text.
        limit: at most so many; all when negative.
    """
    wanted = [kind for kind in _WHOSE[subject.table] if not kinds or kind in kinds]
    if not wanted:
        return array("q")
    parameters: dict[str, object] = {"id": subject.key, "limit": limit}
    conditions = [_containing(word, parameters) for word in words.split()]
    union = " UNION ALL ".join(_select(subject, kind, conditions) for kind in wanted)
    rows = connection.execute(f"{union} ORDER BY 2 DESC, 3 DESC, 1 DESC LIMIT :limit", parameters)
    return array("q", (row[0] for row in rows))


def _containing(word: str, parameters: dict[str, object]) -> str:
    name = f"w{len(parameters)}"
    parameters[name] = "%" + word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
    return f"({{text}}) LIKE :{name} ESCAPE '\\'"


def _select(subject: Subject, kind: EventKind, conditions: Sequence[str]) -> str:
    origin, day, time, text = _KEPT[kind]
    also = "".join(f" AND {condition.format(text=text)}" for condition in conditions)
    whose = _WHOSE[subject.table][kind]
    return f"SELECT t.id * {_KINDS} + {_number(kind)}, {day}, {time} FROM {origin} WHERE ({whose}){also}"


def _number(kind: EventKind) -> int:
    return list(EventKind).index(kind)


_PEOPLE: Final = """coalesce((SELECT group_concat(x.name, ', ') FROM contact_person cp
    JOIN person x ON x.id = cp.person_id WHERE cp.contact_id = t.id), '')"""
_SCORE: Final = """(SELECT sum(w.grade * c.weight) / (4.0 * sum(c.weight)) FROM answer w
    JOIN criterion c ON c.id = w.criterion_id WHERE w.scorecard_id = t.id AND w.grade IS NOT NULL)"""
_VALUE: Final = """(SELECT CAST(round(sum(l.quantity * l.unit_price)) AS INTEGER)
    FROM order_line l WHERE l.order_id = t.id)"""
# The level that the account was at by the assessment before; none before the first.
_BEFORE: Final = """coalesce((SELECT coalesce(b.override_level, b.level) FROM assessment b
    WHERE b.account_id = t.account_id AND b.day < t.day ORDER BY b.day DESC LIMIT 1), '')"""
# id, opportunity, day, time, status, about, text, more, people, actor, amount, currency, score
_ROWS: Final = {
    EventKind.CONTACT: f"""SELECT t.id, t.opportunity_id, t.day, t.time, t.status, coalesce(h.name, ''), t.message,
        t.outcome, {_PEOPLE}, coalesce(o.name, ''), t.cost, t.currency, NULL
        FROM contact t LEFT JOIN channel h ON h.id = t.channel_id LEFT JOIN actor o ON o.id = t.actor_id""",
    EventKind.STAGE: """SELECT t.id, t.opportunity_id, t.day, '', t.stage, p.name, '', '', '', coalesce(o.name, ''),
        p.value, p.currency, NULL FROM stage_change t JOIN opportunity p ON p.id = t.opportunity_id
        LEFT JOIN actor o ON o.id = p.owner_id""",
    EventKind.SCORECARD: f"""SELECT t.id, t.opportunity_id, t.day, '', '', p.name, t.notes, '', '', '', NULL, '',
        {_SCORE} FROM scorecard t JOIN opportunity p ON p.id = t.opportunity_id""",
    EventKind.NOTE: """SELECT t.id, t.opportunity_id, t.day, '', '', '', t.text, coalesce(x.name, p.name, ''), '', '',
        NULL, '', NULL FROM note t LEFT JOIN person x ON x.id = t.person_id
        LEFT JOIN opportunity p ON p.id = t.opportunity_id""",
    EventKind.ORDER: f"""SELECT t.id, t.opportunity_id, t.day, '', t.status, t.number, t.notes, '', '', '', {_VALUE},
        t.currency, NULL FROM sales_order t""",
    EventKind.LEVEL: f"""SELECT t.id, NULL, date(s.at, 'localtime'), '', {_REACHED}, b.level, '', '', '', s.actor,
        NULL, '', NULL FROM change t JOIN past_account b ON b.change_id = t.id JOIN change_set s ON s.id = t.set_id""",
    EventKind.ASSESSMENT: f"""SELECT t.id, NULL, t.day, '', coalesce(t.override_level, t.level), {_BEFORE}, t.notes,
        t.override_reason, '', '', NULL, '', NULL FROM assessment t""",
    EventKind.ACTION: """SELECT t.id, t.opportunity_id, t.done_on, '', coalesce(t.achieved, ''), t.name, t.lesson, '',
        '', coalesce(o.name, ''), NULL, '', NULL FROM plan_action t LEFT JOIN actor o ON o.id = t.owner_id""",
}


def rows(connection: sqlite3.Connection, wanted: Collection[int]) -> dict[int, Event]:
    """The events of some keys; one that has gone meanwhile is left out."""
    by_kind: dict[int, list[int]] = defaultdict(list)
    for key in wanted:
        by_kind[key % _KINDS].append(key // _KINDS)
    return {event.key: event for number, found in by_kind.items() for event in _events(connection, number, found)}


def _events(connection: sqlite3.Connection, number: int, record_ids: Sequence[int]) -> Iterator[Event]:
    kind = list(EventKind)[number]
    marks = ", ".join(str(int(record_id)) for record_id in record_ids)
    for record_id, *rest in connection.execute(f"{_ROWS[kind]} WHERE t.id IN ({marks})"):
        yield Event(record_id * _KINDS + number, kind, record_id, *rest)
