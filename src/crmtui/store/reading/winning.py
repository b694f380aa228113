"""The rows that win probabilities are learnt from and made of, in a few SELECTs however many there are."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator, Mapping

_CLOSED: Final = "p.stage IN ('won', 'lost')"

_SAID_LEVEL: Final = """CASE WHEN a.level <> 'prospect' OR a.level_on IS NOT NULL OR a.level_basis = 'confirmed'
    THEN a.level END"""  # an account begins as a prospect before anybody has judged it


_NONE: Final = (None, None)


class Asked(NamedTuple):
    """A criterion, as far as figures take it.

    Attributes:
        template_id: of which version of a template.
        template: its name: what all its versions share.
        computed: what it is filled from; None when it is graded by hand.
    """

    criterion_id: int
    template_id: int
    template: str
    code: str
    weight: float
    is_gate: int
    computed: str | None


class Closed(NamedTuple):
    """A closed opportunity.

    Attributes:
        is_won: 0 or 1.
        scorecard_id: its newest card that is not of a day after it was closed; None without one.
    """

    opportunity_id: int
    is_won: int
    scorecard_id: int | None
    template_id: int | None


class Carded(NamedTuple):
    """An opportunity and its newest card.

    Attributes:
        level: of its account, as kept; None without an account, or where nobody has said it.
        budget: step of budget creation, as kept; None when unknown.
        scorecard_id: None when it was never scored.
    """

    opportunity_id: int
    level: str | None
    budget: str | None
    scorecard_id: int | None
    template_id: int | None


class Given(NamedTuple):
    """Our answer on a card.

    Attributes:
        grade: by hand; None when unknown.
        computed: what a computed criterion came to on the day of the card; None for others, or where it was not known.
        is_overridden: 0 or 1, whether a reason for the grade is given.
    """

    scorecard_id: int
    criterion_id: int
    grade: int | None
    computed: float | None
    is_overridden: int


def criteria(connection: sqlite3.Connection) -> list[Asked]:
    """The criteria of all templates, each template's in their order."""
    rows = connection.execute(
        """SELECT c.id, c.template_id, m.name, c.code, c.weight, c.is_gate, c.computed
        FROM criterion c JOIN scorecard_template m ON m.id = c.template_id ORDER BY c.template_id, c.position, c.id"""
    )
    return [Asked(*row) for row in rows]


def closed(connection: sqlite3.Connection) -> list[Closed]:
    """All closed opportunities, the first closed first."""
    rows = connection.execute(
        f"""WITH before AS (SELECT s.id, s.opportunity_id, s.template_id, row_number() OVER
                (PARTITION BY s.opportunity_id ORDER BY s.day DESC, s.id DESC) AS rank
            FROM scorecard s JOIN opportunity p ON p.id = s.opportunity_id
            WHERE {_CLOSED} AND s.day <= coalesce(p.closed_on, s.day))
        SELECT p.id, p.stage = 'won', b.id, b.template_id FROM opportunity p
        LEFT JOIN before b ON b.opportunity_id = p.id AND b.rank = 1
        WHERE {_CLOSED} ORDER BY coalesce(p.closed_on, ''), p.id"""
    )
    return [Closed(*row) for row in rows]


def carded(connection: sqlite3.Connection, keys: Iterable[int] | None) -> list[Carded]:
    """Opportunities with their newest cards; all open ones for None."""
    chosen = f"NOT {_CLOSED}" if keys is None else "p.id IN (SELECT value FROM json_each(:keys))"
    rows = connection.execute(
        f"""WITH newest AS (SELECT s.id, s.opportunity_id, s.template_id, row_number() OVER
                (PARTITION BY s.opportunity_id ORDER BY s.day DESC, s.id DESC) AS rank
            FROM scorecard s JOIN opportunity p ON p.id = s.opportunity_id WHERE {chosen})
        SELECT p.id, {_SAID_LEVEL}, p.budget, n.id, n.template_id FROM opportunity p
        LEFT JOIN account a ON a.id = p.account_id LEFT JOIN newest n ON n.opportunity_id = p.id AND n.rank = 1
        WHERE {chosen} ORDER BY p.id""",
        {"keys": _listed(keys)},
    )
    return [Carded(*row) for row in rows]


def given(
    connection: sqlite3.Connection, scorecard_ids: Iterable[int], criteria: Iterable[int] | None = None
) -> Iterator[Given]:
    """Our answers on cards, card by card; only those to some criteria, unless None."""
    only = "" if criteria is None else "AND +w.criterion_id IN (SELECT value FROM json_each(:criteria))"
    rows = connection.execute(
        f"""SELECT w.scorecard_id, w.criterion_id, w.grade, w.computed, trim(w.override_reason) <> '' FROM answer w
        WHERE w.scorecard_id IN (SELECT value FROM json_each(:cards)) {only} ORDER BY w.scorecard_id""",
        {"cards": _listed(scorecard_ids), "criteria": _listed(criteria)},
    )
    return (Given(*row) for row in rows)


def answered_then(connection: sqlite3.Connection, scorecard_ids: Iterable[int]) -> list[int]:
    """Which of some cards have a grade of ours for anything that counts; in the order given."""
    rows = connection.execute(
        """SELECT n.value FROM json_each(:cards) n WHERE EXISTS (
            SELECT 1 FROM answer w JOIN criterion c ON c.id = w.criterion_id WHERE w.scorecard_id = n.value
                AND c.weight > 0 AND (w.grade IS NOT NULL OR (c.computed IS NOT NULL AND w.computed IS NOT NULL)))
        ORDER BY n.key""",
        {"cards": _listed(scorecard_ids)},
    )
    return [row[0] for row in rows]


def grades_then(connection: sqlite3.Connection, scorecard_ids: Iterable[int]) -> list[tuple[int, int, float]]:
    """Our grades on cards: card, criterion, grade by hand, or as it was computed on the day of the card."""
    return connection.execute(
        """SELECT w.scorecard_id, w.criterion_id, CAST(CASE
                WHEN c.computed IS NULL OR w.computed IS NULL THEN w.grade
                WHEN w.grade IS NOT NULL AND trim(w.override_reason) <> '' THEN w.grade
                ELSE w.computed END AS REAL) AS then_at
        FROM answer w JOIN criterion c ON c.id = w.criterion_id
        WHERE then_at IS NOT NULL AND w.scorecard_id IN (SELECT value FROM json_each(:cards))""",
        {"cards": _listed(scorecard_ids)},
    ).fetchall()


def sums(
    connection: sqlite3.Connection, scorecard_ids: Iterable[int], counts: Mapping[int, tuple[float, float]]
) -> Iterator[tuple[int, tuple[float, float], tuple[float, float]]]:
    """(card, (answered share, sum of share times place from -1 to 1), (answered weight, sum of weight times grade)).

    Of the cards that have such answers. `counts` is the share and the weight of each criterion; criteria that are not
    named are left out.
    """
    rows = connection.execute(  # CROSS JOIN: cards, then their answers, then what each counts
        """WITH counts AS MATERIALIZED (SELECT CAST(key AS INTEGER) AS criterion_id,
            json_extract(value, '$[0]') AS share, json_extract(value, '$[1]') AS weight FROM json_each(:counts))
        SELECT w.scorecard_id, sum(k.share), sum(k.share * (w.grade / 2.0 - 1.0)),
            sum(k.weight), sum(k.weight * w.grade)
        FROM json_each(:cards) n CROSS JOIN answer w ON w.scorecard_id = n.value
        CROSS JOIN counts k ON k.criterion_id = w.criterion_id
        WHERE w.grade IS NOT NULL GROUP BY w.scorecard_id""",
        {"counts": json.dumps(counts), "cards": _listed(scorecard_ids)},
    )
    return ((card, (share, place), (weight, points)) for card, share, place, weight, points in rows)


def open_among(connection: sqlite3.Connection, keys: Iterable[int] | None) -> list[int]:
    """Which of these opportunities are open; all that are, for None."""
    chosen = "" if keys is None else "AND p.id IN (SELECT value FROM json_each(:keys))"
    rows = connection.execute(f"SELECT p.id FROM opportunity p WHERE NOT {_CLOSED} {chosen}", {"keys": _listed(keys)})
    return [row[0] for row in rows]


def provide(connection: sqlite3.Connection, found: Mapping[int, tuple[float, float | None]]) -> None:
    """Let SQL on this connection ask `p_win(opportunity)` and `score_now(opportunity)`, both 0 to 1.

    NULL for those that are not named.
    """
    connection.create_function("p_win", 1, lambda key: found.get(key, _NONE)[0])
    connection.create_function("score_now", 1, lambda key: found.get(key, _NONE)[1])


def _listed(keys: Iterable[int] | None) -> str:
    return json.dumps([] if keys is None else list(keys))
