"""What goes out together: a kind of record with what hangs on it, all of it or that of chosen records."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Final

from crmtui.domain.bringing import CustomValue
from crmtui.domain.fields import specs
from crmtui.domain.nouns import BY_TABLE
from crmtui.errors import UsageError
from crmtui.store.reading import flat
from crmtui.text import _

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Mapping, Sequence

CUSTOM: Final = CustomValue.noun.table  # of every noun; with one go those that hang on it
ALL: Final = "all"

# What belongs together: the table that a kind is named after first, then what hangs on it.
KINDS: Final[dict[str, tuple[str, ...]]] = {
    "accounts": ("account", "tag", "competitor_position", CUSTOM),
    "people": ("person", "person_email", "person_phone", "consent", CUSTOM),
    "dmu": ("dmu_map", "stakeholder", "influence"),
    "opportunities": ("opportunity", "stage_change", "opportunity_finding", CUSTOM),
    "assessments": ("assessment", "assessment_rating"),
    "scorecards": ("scorecard", "answer", "competitor_answer", "scorecard_template", "criterion"),
    "templates": ("scorecard_template", "criterion"),
    "propositions": ("proposition",),
    "plans": ("plan", "contact", "contact_person"),
    "objectives": ("objective", "strategy", "plan_action"),
    "strategies": ("strategy", "plan_action"),
    "actions": ("plan_action",),
    "contacts": ("contact", "contact_person", CUSTOM),
    "offerings": ("offering", CUSTOM),
    "competitors": ("competitor", CUSTOM),
    "orders": ("sales_order", "order_line", CUSTOM),
    "whitespace": ("white_space",),
    "projects": ("project", "project_person", "competence"),
    "promises": ("promise",),
    "requests": ("customer_request",),
    "feedback": ("satisfaction",),
    "actors": ("actor", CUSTOM),
    "channels": ("channel",),
    "programmes": ("programme", "programme_member"),
    "criteria": ("portfolio_criterion",),
    "grades": ("portfolio_grade",),
    "areas": ("area",),
    "curves": ("response_curve",),
    "scenarios": ("territory_scenario", "scenario_line"),
    "matrix": ("portfolio_position",),
    "notes": ("note",),
    "mappings": ("import_mapping",),
    "settings": ("workspace",),
    ALL: tuple(BY_TABLE),
}


@dataclass(slots=True)
class Tally:
    """How far it is.

    Attributes:
        heed: called again and again with how many rows are on their way, and of how many; 0 where nobody knows. What
            it raises ends the export.
        total: of how many.
        done: how many.
    """

    heed: Callable[[int, int], None] = lambda _done, _total: None
    total: int = 0
    done: int = 0

    def add(self, count: int = 1) -> None:
        """So many more are on their way."""
        self.done += count
        self.heed(self.done, self.total)


@dataclass(frozen=True, slots=False)
class Scope:
    """Which records go out.

    Attributes:
        kind: one of `KINDS`.
        chosen: the keys of the only ones, in their order, with what hangs on them; None for all.
        tally: how far it is.
    """

    kind: str
    chosen: Sequence[int] | None = None
    tally: Tally = field(default_factory=Tally)

    def __post_init__(self) -> None:
        """Refuse what there is not: UsageError says what there is."""
        if self.kind not in KINDS:
            raise UsageError(
                _("There are no {noun}; there are {nouns}.").format(noun=self.kind, nouns=", ".join(KINDS))
            )

    @property
    def main(self) -> str:
        """The table that the kind is named after."""
        return KINDS[self.kind][0]

    @cached_property
    def tables(self) -> Sequence[str]:
        """All tables, those that others link to first."""
        return sorted(KINDS[self.kind], key=list(BY_TABLE).index)

    def keys(self, connection: sqlite3.Connection, table: str) -> list[int]:
        """The keys of a table's records, in the order in which they go out."""
        if self.chosen is not None and table == self.main:
            return list(self.chosen)
        condition, values = self.where(table)
        return [key for (key,) in connection.execute(f"SELECT id FROM {table} WHERE {condition} ORDER BY id", values)]

    def expect(self, connection: sqlite3.Connection, tables: Sequence[str]) -> None:
        """Count what of these tables goes out."""
        for table in tables:
            condition, values = self.where(table)
            sql = f"SELECT count(*) FROM {table} WHERE {condition}"
            self.tally.total += int(connection.execute(sql, values).fetchone()[0])

    def is_empty(self, connection: sqlite3.Connection, table: str) -> bool:
        """Whether nothing of a table goes out."""
        condition, values = self.where(table)
        return connection.execute(f"SELECT 1 FROM {table} WHERE {condition} LIMIT 1", values).fetchone() is None

    def where(self, table: str) -> tuple[str, tuple[str, ...]]:
        """The condition for a table's records that go out, and its values."""
        if self.chosen is not None:
            return self._conditions[table], (self._marks,)
        return f"{self.main}_id IS NOT NULL" if table == CUSTOM and self.kind != ALL else flat.ALL, ()

    @cached_property
    def _marks(self) -> str:
        return json.dumps(list(self.chosen or ()))

    @cached_property
    def _conditions(self) -> Mapping[str, str]:
        """For each table which of its rows hang on the chosen records, or are what those rest on."""
        found = {self.main: "id IN (SELECT value FROM json_each(?1))"}
        left = [table for table in KINDS[self.kind] if table != self.main]
        while left:
            table = next(one for one in left if _related(one, found))
            found[table] = _related(table, found)
            left.remove(table)
        return found


def _related(table: str, found: Mapping[str, str]) -> str:
    """The condition for rows that link to those found, or that those link to; '' where there is no link."""
    for name, spec in specs(BY_TABLE[table]).items():
        if spec.link in found:
            return f"{name} IN (SELECT id FROM {spec.link} WHERE {found[spec.link]})"
    for other, condition in found.items():
        for name, spec in specs(BY_TABLE[other]).items():
            if spec.link == table:
                return f"id IN (SELECT {name} FROM {other} WHERE {condition})"
    return ""
