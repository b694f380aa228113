"""Undo and redo against a model: whatever is done, in whatever order, a step taken back leaves no trace."""

from __future__ import annotations

import datetime as dt
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings, strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from crmtui.commands import history
from crmtui.domain.accounts import Account, Note, Tag
from crmtui.domain.dmu import DmuMap, Influence, Stakeholder
from crmtui.domain.fields import Record, specs
from crmtui.domain.identity import ExternalIdentity
from crmtui.domain.offerings import Order, OrderLine
from crmtui.domain.opportunities import Opportunity
from crmtui.domain.people import Person
from crmtui.domain.plans import Channel, Contact
from crmtui.domain.words import Source
from crmtui.domain.workspace import Actor
from crmtui.errors import CrmtuiError, NotFoundError
from crmtui.queries import workspace as queries
from crmtui.store import undoing
from crmtui.store.unit import UnitOfWork, work
from crmtui.store.writing.bulk import insert_many
from store_dump import Dump, dump, faults

TEXTS = st.sampled_from(
    ["Aurora", "Helios", 'a "b" \\ c', "line\none\ttab", "株式会社", "🚀", "O'Brien; --", "x" * 300]
)
FLOATS = st.sampled_from([0.0, 0.1 + 0.2, 1 / 3, 1e-300, 2.5, 1.7976931348623157e308])
DAY = dt.date(2026, 3, 12)
# What a step writes in each kind of record: a strategy of values, or the table that a link may lead to.
GIVEN: dict[type[Record], dict[str, Any]] = {
    Actor: {"name": TEXTS, "manager_id": "actor"},
    Account: {
        "name": TEXTS,
        "parent_id": "account",
        "owner_id": "actor",
        "notes": TEXTS,
        "revenue": st.sampled_from([None, 0, -5, 2**62]),
    },
    Tag: {"account_id": "account", "name": st.sampled_from(["a", "b"])},
    Person: {"name": TEXTS, "account_id": "account", "reports_to_id": "person"},
    Opportunity: {"name": TEXTS, "account_id": "account", "owner_id": "actor"},
    Order: {"account_id": "account", "opportunity_id": "opportunity"},
    OrderLine: {"order_id": "sales_order", "quantity": FLOATS},
    DmuMap: {"account_id": "account", "notes": TEXTS},
    Stakeholder: {
        "map_id": "dmu_map",
        "person_id": "person",
        "position": TEXTS,
        "reports_to_id": "stakeholder",
        "attitude": st.sampled_from([None, -2, 0, 2]),
    },
    Influence: {"source_id": "stakeholder", "target_id": "stakeholder", "strength": st.just(2)},
    Channel: {"code": st.sampled_from(["x", "y", "z"]), "name": TEXTS},
    Contact: {
        "channel_id": "channel",
        "account_id": "account",
        "actor_id": "actor",
        "hours": st.sampled_from([None, 0.1 + 0.2]),
    },
    Note: {"account_id": "account", "text": TEXTS},
    ExternalIdentity: {
        "source": st.just("s"),
        "kind": st.just("account"),
        "external_id": st.sampled_from(["1", "2"]),
        "record_id": "account",
    },
}


Known = dict[str, list[int]]  # the keys of the records of a table
Step = Callable[[UnitOfWork], object]


class Journal(RuleBasedStateMachine):
    template: Path

    @initialize()
    def begin(self) -> None:
        self.folder = Path(tempfile.mkdtemp())
        self.path = self.folder / "team.db"
        shutil.copy(self.template, self.path)
        self.states: list[Dump] = [dump(self.path)]
        self.at = 0

    def teardown(self) -> None:
        shutil.rmtree(self.folder)

    @rule(data=st.data(), size=st.integers(1, 4), is_behind=st.booleans())
    def act(self, data: st.DataObject, size: int, *, is_behind: bool) -> None:
        before = dump(self.path)
        try:
            with work(self.path, "act", Source.TUI) as unit:
                if is_behind:
                    self._do_behind(unit, data, size)
                else:
                    for _ in range(size):
                        self._drawn(data, self._known(unit))(unit)
        except CrmtuiError:
            assert dump(self.path) == before
            return
        after = dump(self.path)
        if after != before:
            del self.states[self.at + 1 :]
            self.states.append(after)
            self.at += 1

    @precondition(lambda self: self.at > 0)
    @rule()
    def undo(self) -> None:
        history.undo(self.path, Source.TUI)
        self.at -= 1
        assert dump(self.path) == self.states[self.at]

    @precondition(lambda self: self.at == 0)
    @rule()
    def undo_at_the_beginning(self) -> None:
        with pytest.raises(NotFoundError):
            history.undo(self.path, Source.TUI)

    @precondition(lambda self: self.at + 1 < len(self.states))
    @rule()
    def redo(self) -> None:
        history.redo(self.path, Source.TUI)
        self.at += 1
        assert dump(self.path) == self.states[self.at]

    @precondition(lambda self: self.at + 1 == len(self.states))
    @rule()
    def redo_at_the_end(self) -> None:
        with pytest.raises(NotFoundError):
            history.redo(self.path, Source.TUI)

    @precondition(lambda self: self.at > 0)
    @rule(data=st.data())
    def undo_any_and_back(self, data: st.DataObject) -> None:
        """An older step is refused and nothing changes; or it is taken back, whole and sound, and can be redone."""
        before = dump(self.path)
        held = [found for found in queries.history(self.path, 1000) if found.undoes_id is None and not found.undone]
        target = data.draw(st.sampled_from(held))
        try:
            history.undo(self.path, Source.TUI, target.id)
        except CrmtuiError:
            assert dump(self.path) == before
            return
        assert faults(self.path) == []
        newest = queries.version(self.path)
        with work(self.path, "back", Source.TUI) as unit:
            undoing.undo(unit, newest)
        assert dump(self.path) == before

    @invariant()
    def nothing_is_broken(self) -> None:
        if hasattr(self, "path"):
            assert faults(self.path) == []

    def _known(self, unit: UnitOfWork) -> Known:
        tables = [kind.noun.table for kind in GIVEN]
        return {table: [key for (key,) in unit.connection.execute(f"SELECT id FROM {table}")] for table in tables}

    def _do_behind(self, unit: UnitOfWork, data: st.DataObject, size: int) -> None:
        """To ask for keys again would be to wait for what is written; when a failure is told hangs on the clock."""
        known = self._known(unit)
        steps = [self._drawn(data, known) for _ in range(size)]
        unit.write_behind()
        for step in steps:
            step(unit)

    def _drawn(self, data: st.DataObject, known: Known) -> Step:
        kind = data.draw(st.sampled_from(list(GIVEN)))
        keys = known[kind.noun.table]
        fresh = ["insert", "insert", "insert many"]
        choice = data.draw(st.sampled_from([*fresh, "update", "update", "delete"] if keys else fresh))
        if choice == "insert many":
            rows = [self._given(data, kind, known) for _ in range(data.draw(st.integers(1, 3)))]
            return lambda unit: insert_many(unit, kind, rows)
        if choice == "delete":
            gone = data.draw(st.sampled_from(keys))
            return lambda unit: unit.delete(kind, gone)
        given = self._given(data, kind, known)
        if choice == "insert":
            return lambda unit: unit.insert(kind, given)
        changed = data.draw(st.sampled_from(keys))
        return lambda unit: unit.update(kind, changed, given)

    def _given(self, data: st.DataObject, kind: type[Record], known: Known) -> dict[str, Any]:
        given: dict[str, Any] = {"day": DAY} if "day" in specs(kind) else {}
        for name, values in GIVEN[kind].items():
            if isinstance(values, str):
                given[name] = data.draw(st.sampled_from([None, *known[values]]))
            else:
                given[name] = data.draw(values)
        return given


def test_undo_and_redo_return_every_state_exactly(template: Path) -> None:
    class OnTemplate(Journal):
        pass

    OnTemplate.template = template
    run_state_machine_as_test(
        OnTemplate,
        settings=settings(
            max_examples=8,
            stateful_step_count=20,
            deadline=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )
