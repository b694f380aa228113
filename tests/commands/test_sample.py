from __future__ import annotations

import contextlib
import datetime as dt
from collections import Counter
from typing import TYPE_CHECKING

import pytest

from crmtui.commands.sample import create_sample
from crmtui.domain.accounts import Account
from crmtui.domain.offerings import Order
from crmtui.errors import FileProblemError
from crmtui.queries import relationship
from crmtui.sample.reader import records, workspace_name
from crmtui.sample.rows import Ref, Row
from crmtui.store.database import connect
from crmtui.store.reading import assessments
from crmtui.store.reading.connections import reading

if TYPE_CHECKING:
    from pathlib import Path

TODAY = dt.date(2026, 3, 12)


def test_every_row_is_in_the_file(sample: Path) -> None:
    with contextlib.closing(connect(sample)) as connection:
        for kind, count in Counter(row.ref.kind for row in records(TODAY)).items():
            found = connection.execute(f"SELECT count(*) FROM {kind.noun.table}").fetchone()[0]
            assert found == count, kind


def test_links_lead_to_the_records_that_were_named(sample: Path) -> None:
    with contextlib.closing(connect(sample)) as connection:
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        chiefs = connection.execute(
            """SELECT p.name, c.name FROM stakeholder s
            JOIN person p ON p.id = s.person_id
            JOIN stakeholder t ON t.id = s.reports_to_id
            JOIN person c ON c.id = t.person_id
            JOIN dmu_map m ON m.id = s.map_id
            JOIN account a ON a.id = m.account_id
            WHERE a.name = 'Pastificio Valdoria' ORDER BY s.id"""
        ).fetchall()
    assert chiefs[:3] == [
        ("Bruno Salvetti", "Ottavia Reggiani"),
        ("Lorenzo Marchetti", "Ottavia Reggiani"),
        ("Giulia Conti", "Bruno Salvetti"),
    ]


def test_the_workspace_says_that_it_is_a_sample(sample: Path) -> None:
    with contextlib.closing(connect(sample)) as connection:
        found = connection.execute("SELECT name, is_sample, base_currency FROM workspace").fetchone()
    assert tuple(found) == (workspace_name(), 1, "EUR")


def test_answers_belong_to_the_criterion_of_their_code(sample: Path) -> None:
    with contextlib.closing(connect(sample)) as connection:
        found = connection.execute(
            """SELECT a.grade, a.basis FROM answer a JOIN criterion c ON c.id = a.criterion_id
            JOIN scorecard s ON s.id = a.scorecard_id JOIN opportunity o ON o.id = s.opportunity_id
            WHERE o.name = 'Line 4 robot case packing' AND c.code = 'budget' ORDER BY s.day"""
        ).fetchall()
    assert [row[0] for row in found] == [0, 1, 2, 3, 2, 3]
    assert found[-1][1] == "confirmed"


def test_the_sample_can_be_searched(sample: Path) -> None:
    with contextlib.closing(connect(sample)) as connection:
        found = connection.execute("SELECT name FROM person_search WHERE person_search MATCH 'reggiani'").fetchall()
    assert [row[0] for row in found] == ["Ottavia Reggiani"]


def test_a_file_that_is_there_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "mine.db"
    path.write_text("mine", encoding="utf-8")
    with pytest.raises(FileProblemError):
        create_sample(path, TODAY)
    assert path.read_text(encoding="utf-8") == "mine"


def test_a_failure_leaves_no_half_a_sample(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    orphan = Row(Ref(Order, "orphan"), {"day": TODAY, "account_id": Ref(Account, "nobody")})
    monkeypatch.setattr("crmtui.commands.sample.reader.records", lambda _today: [*records(TODAY), orphan])
    with pytest.raises(KeyError, match="nobody"):
        create_sample(tmp_path / "sample.db", TODAY)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("later", [0, 2, 4, 6])
def test_the_newest_assessments_say_what_the_gates_say(tmp_path: Path, later: int) -> None:
    """Whatever day of the week it begins on, though dates move off the weekend."""
    path = tmp_path / "sample.db"
    create_sample(path, TODAY + dt.timedelta(days=later))
    with reading(path) as connection:
        newest = assessments.latest(connection)
        assert len(newest) >= 10
        for account_id, one in newest.items():
            found = relationship.standing(connection, account_id, one, one.day)
            assert found.ladder.computed is one.level, account_id
