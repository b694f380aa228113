"""Check is silent when all is well, and tells the place, not the content, when it is not."""

from __future__ import annotations

import contextlib
import hashlib
import os
import sqlite3
from typing import TYPE_CHECKING

import pytest

from crmtui.commands import checking
from crmtui.domain.accounts import Account
from crmtui.domain.identity import ExternalIdentity
from crmtui.domain.words import Source
from crmtui.errors import FileProblemError
from crmtui.store import database
from crmtui.store.unit import work

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def aurora(workspace: Path) -> Path:
    with work(workspace, "add", Source.TUI) as unit:
        key = unit.insert(Account, {"name": "Aurora", "uid": "aurora"})
        unit.insert(ExternalIdentity, {"source": "s", "kind": "account", "external_id": "7", "record_id": key})
    return workspace


def spoil(path: Path, *statements: str) -> None:
    """Write past every wall."""
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA ignore_check_constraints = ON")
        connection.execute("PRAGMA foreign_keys = OFF")
        triggers = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for name, _sql in triggers:
            connection.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            connection.execute(statement)
        for _name, sql in triggers:
            connection.execute(sql)


def places(path: Path) -> list[tuple[str, str, str]]:
    return [(found.table, found.uid, found.field) for found in checking.findings(path)]


def test_all_is_well_and_nothing_is_touched(aurora: Path) -> None:
    before = hashlib.sha256(aurora.read_bytes()).hexdigest()
    assert checking.findings(aurora) == []
    assert hashlib.sha256(aurora.read_bytes()).hexdigest() == before


def test_the_sample_workspace_is_well(filled: Path) -> None:
    assert checking.findings(filled) == []


@pytest.mark.parametrize(
    ("statement", "field"),
    [
        ("UPDATE account SET status = 'sleeping'", "status"),
        ("UPDATE account SET level_on = '2026-02-30'", "level_on"),
        ("UPDATE account SET employees = -1", "employees"),
        ("UPDATE account SET industry = 'a' || char(27) || '[2J'", "industry"),
        ("UPDATE account SET notes = 'a' || char(8238) || 'b'", "notes"),
        ("UPDATE account SET currency = 'eur'", "currency"),
        ("UPDATE account SET name_key = 'other'", "name_key"),
        ("UPDATE account SET founded = 99999", "founded"),
    ],
)
def test_a_value_that_the_field_refuses_is_told_by_its_place(aurora: Path, statement: str, field: str) -> None:
    spoil(aurora, statement)
    assert ("account", "aurora", field) in places(aurora)
    for found in checking.findings(aurora):
        assert "Aurora" not in str(found)
        assert "sleeping" not in str(found)


def test_an_identity_of_a_wrong_form_is_told(aurora: Path) -> None:
    spoil(aurora, "UPDATE account SET uid = 'a' || char(27) || 'b'")
    (found,) = checking.findings(aurora)
    assert found.field == "uid"
    assert "\x1b" not in str(found)


def test_broken_links_are_told(aurora: Path) -> None:
    spoil(aurora, "UPDATE account SET owner_id = 99", "UPDATE external_identity SET record_id = 98")
    found = [(one.table, one.field) for one in checking.findings(aurora)]
    assert found == [("account", ""), ("external_identity", "record_id")]


def test_a_search_index_that_does_not_fit_is_told(aurora: Path) -> None:
    spoil(aurora, "UPDATE account SET name = 'Helios', name_key = 'helios'")
    assert places(aurora) == [("account", "", "")]


def test_a_journal_that_was_cut_is_told(aurora: Path) -> None:
    with work(aurora, "rename", Source.TUI) as unit:
        unit.update(Account, 1, {"city": "Milano"})
    spoil(aurora, "DELETE FROM past_account", "UPDATE change_set SET is_open = 1 WHERE id = 2")
    assert places(aurora) == [("change_set", "", ""), ("account", "", "")]


def test_damage_is_told(aurora: Path) -> None:
    with contextlib.closing(database.connect(aurora)) as connection:
        page = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'account'").fetchone()[0]
    content = bytearray(aurora.read_bytes())
    content[(page - 1) * 4096 : page * 4096] = b"\xa5" * 4096
    aurora.write_bytes(content)
    assert any("damaged" in str(found) for found in checking.findings(aurora))


@pytest.mark.skipif(os.name != "posix", reason="permissions of POSIX")
def test_a_file_that_others_may_read_is_told(aurora: Path) -> None:
    aurora.chmod(0o644)
    (found,) = checking.findings(aurora)
    assert "chmod 600" in str(found)


def test_what_does_not_open_is_said_as_ever(tmp_path: Path) -> None:
    with pytest.raises(FileProblemError):
        checking.findings(tmp_path / "none.db")


def test_a_wrecked_file_does_not_fill_the_screen(aurora: Path) -> None:
    with work(aurora, "add", Source.TUI) as unit:
        for number in range(150):
            unit.insert(Account, {"name": f"Helios {number}"})
    spoil(aurora, "UPDATE account SET employees = -1")
    assert sum(found.field == "employees" for found in checking.findings(aurora)) == 100


def test_links_that_go_round_in_a_circle_are_told_once(aurora: Path) -> None:
    with work(aurora, "add", Source.TUI) as unit:
        for number, above in enumerate((1, 2, 3, 4)):  # 2 under 1, 3 under 2 …
            unit.insert(Account, {"name": f"Helios {number}", "uid": f"helios{number}", "parent_id": above})
    spoil(aurora, "UPDATE account SET parent_id = 4 WHERE id = 2")
    (found,) = checking.findings(aurora)
    assert (found.table, found.uid, found.field) == ("account", "helios0", "parent_id")
    assert "3 links" in str(found)


@pytest.mark.parametrize(
    ("statements", "told"),
    [
        (["DROP TRIGGER journal_account_u"], ["The trigger journal_account_u is missing"]),
        (
            ["DROP TRIGGER run_stays", "CREATE TRIGGER run_stays BEFORE UPDATE ON run BEGIN SELECT 1; END"],
            ["The trigger run_stays is missing or was changed"],
        ),
        (["DROP INDEX ix_account_name_key"], ["The index ix_account_name_key is missing"]),
        (["DROP TABLE tag", "DROP TABLE past_promise"], ["The table tag is missing", "The table past_promise is"]),
    ],
)
def test_what_another_program_took_away_is_told(aurora: Path, statements: list[str], told: list[str]) -> None:
    with contextlib.closing(sqlite3.connect(aurora, isolation_level=None)) as connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        for statement in statements:
            connection.execute(statement)
    found = [finding.sentence for finding in checking.findings(aurora)]
    for sentence in told:
        assert any(one.startswith(sentence) for one in found)


def test_what_another_program_added_is_its_own_affair(aurora: Path) -> None:
    with contextlib.closing(sqlite3.connect(aurora, isolation_level=None)) as connection:
        connection.execute("CREATE TABLE mine (x)")
        connection.execute("CREATE INDEX mine_too ON account (industry)")
    assert checking.findings(aurora) == []
