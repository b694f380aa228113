"""The list of dated scorecards, and the rows behind the card of an opportunity."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from crmtui.domain import words
from crmtui.domain.scorecards import Answer, CompetitorAnswer, Criterion, Scorecard, ScorecardTemplate
from crmtui.store.reading import records
from crmtui.store.reading.lists import Column, Shape, View
from crmtui.text import N_

if TYPE_CHECKING:
    import datetime as dt
    import sqlite3

# A grade is the hand's where it is overridden or nothing was computed that day; `w` is the answer, `c` the criterion.
GRADE: Final = """CASE WHEN c.computed IS NULL OR w.computed IS NULL OR (w.grade IS NOT NULL AND
    trim(w.override_reason) <> '') THEN w.grade ELSE w.computed END"""
_ANSWERED: Final = """FROM criterion c LEFT JOIN answer w ON w.criterion_id = c.id AND w.scorecard_id = t.id
    WHERE c.template_id = t.template_id"""

VIEW: Final = View(
    table="scorecard",
    joins="""JOIN opportunity p ON p.id = t.opportunity_id LEFT JOIN account a ON a.id = p.account_id
        LEFT JOIN actor o ON o.id = p.owner_id JOIN scorecard_template m ON m.id = t.template_id""",
    order="-day",
    tie="t.id DESC",
    searched=("t.opportunity_id IN ({opportunity})", "p.account_id IN ({account})"),
    columns=(
        Column(key="opportunity", label=N_("Opportunity"), sql="p.name", order="p.name_key", width=24),
        Column(key="account", label=N_("Account"), sql="a.name", order="a.name_key", width=18, priority=1),
        Column(key="day", label=N_("Scored on"), sql="t.day", shape=Shape.PAST, width=9),
        Column(
            key="score",
            label=N_("Score"),
            sql=f"(SELECT sum({GRADE} * c.weight) / (4.0 * sum(c.weight)) {_ANSWERED} AND {GRADE} IS NOT NULL)",
            shape=Shape.SHARE,
            width=6,
        ),
        Column(
            key="complete",
            label=N_("Complete"),
            sql=f"(SELECT sum(c.weight * (({GRADE}) IS NOT NULL)) / sum(c.weight) {_ANSWERED})",
            shape=Shape.SHARE,
            width=8,
            priority=2,
        ),
        Column(
            key="unknown",
            label=N_("Unknown"),
            sql=f"(SELECT sum(({GRADE}) IS NULL) {_ANSWERED})",
            shape=Shape.NUMBER,
            width=7,
            priority=3,
        ),
        Column(
            key="stage",
            label=N_("Stage"),
            sql="p.stage",
            shape=Shape.WORD,
            words=words.Stage,
            width=12,
            priority=4,
        ),
        Column(key="template", label=N_("Template"), sql="m.name || ' ' || m.version", width=12, priority=5),
        Column(key="notes", label=N_("Notes"), sql="t.notes", width=20, priority=6),
        Column(key="owner", label=N_("Owner"), sql="o.name", listed=False),
    ),
)


def latest(connection: sqlite3.Connection, opportunity_id: int) -> Scorecard | None:
    """The newest scorecard of an opportunity; None when it was never scored."""
    return next(iter(of_opportunity(connection, opportunity_id)), None)


def of_opportunity(connection: sqlite3.Connection, opportunity_id: int) -> list[Scorecard]:
    """All scorecards of an opportunity, the newest first."""
    found = records.where(connection, Scorecard, "opportunity_id = ?", (opportunity_id,), "day DESC, id DESC")
    return list(found)


def of_day(connection: sqlite3.Connection, opportunity_id: int, template_id: int, day: dt.date) -> Scorecard | None:
    """The scorecard of an opportunity with that template on that day."""
    condition = "opportunity_id = ? AND template_id = ? AND day = ?"
    return next(records.where(connection, Scorecard, condition, (opportunity_id, template_id, day.isoformat())), None)


def current_template(connection: sqlite3.Connection) -> ScorecardTemplate | None:
    """The template that a first scorecard uses: the newest of those marked current, else the newest."""
    found = records.where(connection, ScorecardTemplate, "1", (), "is_current DESC, id DESC LIMIT 1")
    return next(found, None)


def template_names(connection: sqlite3.Connection) -> dict[int, str]:
    """The names of all templates, by key; versions of one share theirs."""
    return dict(connection.execute("SELECT id, name FROM scorecard_template").fetchall())


def template_counts(connection: sqlite3.Connection) -> dict[int, tuple[int, int]]:
    """How many criteria each template has, and how many scorecards use it, by its key."""
    rows = connection.execute(
        """SELECT m.id, (SELECT count(*) FROM criterion c WHERE c.template_id = m.id),
            (SELECT count(*) FROM scorecard s WHERE s.template_id = m.id) FROM scorecard_template m"""
    )
    return {key: (criteria, cards) for key, criteria, cards in rows}


def newest_version(connection: sqlite3.Connection, name: str) -> ScorecardTemplate | None:
    """The newest version of the template of that name."""
    return next(records.where(connection, ScorecardTemplate, "name = ?", (name,), "version DESC LIMIT 1"), None)


def criteria(connection: sqlite3.Connection, template_id: int) -> list[Criterion]:
    """The criteria of a template in their order."""
    return list(records.where(connection, Criterion, "template_id = ?", (template_id,), "position, id"))


def answers(connection: sqlite3.Connection, scorecard_id: int) -> dict[int, Answer]:
    """Our answers on a scorecard, by criterion."""
    found = records.where(connection, Answer, "scorecard_id = ?", (scorecard_id,))
    return {answer.criterion_id: answer for answer in found}


def rivals(connection: sqlite3.Connection, scorecard_id: int) -> list[CompetitorAnswer]:
    """The competitors' answers on a scorecard."""
    return list(records.where(connection, CompetitorAnswer, "scorecard_id = ?", (scorecard_id,)))


def grades_of_all(connection: sqlite3.Connection, opportunity_id: int) -> list[tuple[Any, ...]]:
    """(scorecard, code, weight, grade or None, is gate) for each criterion of each scorecard of an opportunity."""
    return connection.execute(
        f"""SELECT s.id, c.code, c.weight, {GRADE}, c.is_gate
        FROM scorecard s JOIN criterion c ON c.template_id = s.template_id
        LEFT JOIN answer w ON w.scorecard_id = s.id AND w.criterion_id = c.id
        WHERE s.opportunity_id = ? ORDER BY s.id, c.position, c.id""",
        (opportunity_id,),
    ).fetchall()


def kept(connection: sqlite3.Connection, opportunity_id: int) -> list[tuple[str, str, float]]:
    """(day, what, grade): what was computed on the day of each scorecard of an opportunity, the oldest first."""
    return connection.execute(
        """SELECT s.day, c.computed, w.computed FROM scorecard s JOIN answer w ON w.scorecard_id = s.id
        JOIN criterion c ON c.id = w.criterion_id
        WHERE s.opportunity_id = ? AND c.computed IS NOT NULL AND w.computed IS NOT NULL ORDER BY s.day, s.id""",
        (opportunity_id,),
    ).fetchall()


def competitor_names(connection: sqlite3.Connection, scorecard_id: int) -> list[tuple[int, str]]:
    """The competitors on a scorecard: (key, name), in the order they came onto it."""
    return connection.execute(
        """SELECT k.id, k.name FROM competitor k JOIN competitor_answer r ON r.competitor_id = k.id
        WHERE r.scorecard_id = ? GROUP BY k.id ORDER BY min(r.id)""",
        (scorecard_id,),
    ).fetchall()
