from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from crmtui.commands.records import add
from crmtui.commands.workspace import create
from crmtui.domain.accounts import Account
from crmtui.domain.dmu import DmuMap, Stakeholder
from crmtui.domain.nouns import RECORDS
from crmtui.domain.opportunities import Opportunity
from crmtui.domain.words import Source
from crmtui.domain.workspace import Actor
from crmtui.queries import flat
from crmtui.store.reading import connections, flat as reading

if TYPE_CHECKING:
    from pathlib import Path

    from crmtui.domain.fields import Record


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    path = tmp_path / "team.db"
    create(path)
    return path


@pytest.mark.parametrize("kind", RECORDS, ids=lambda kind: kind.noun.table)
def test_no_header_is_there_twice(kind: type[Record]) -> None:
    headers = flat.headers(kind)
    assert len(set(headers)) == len(headers)


def test_a_row_has_every_field_and_its_links_by_identity_and_name(workspace: Path) -> None:
    anna = add(workspace, Actor, {"name": "Anna"}, Source.CLI)
    helios = add(workspace, Account, {"name": "Helios", "owner_id": anna}, Source.CLI)
    key = add(
        workspace,
        Opportunity,
        {"name": "Line 4", "account_id": helios, "value": 18_000_000, "expected_on": dt.date(2026, 6, 30)},
        Source.CLI,
    )
    (row,) = flat.rows(workspace, Opportunity, [key])
    found = dict(zip(flat.headers(Opportunity), row, strict=True))
    assert found["account"] == "Helios"
    assert found["account_uid"] == next(flat.uids(workspace, Account, [helios]))
    assert (found["value"], found["currency"], found["expected_on"]) == (18_000_000, "EUR", "2026-06-30")
    assert found["owner"] is None


def test_rows_come_in_the_order_asked_for_and_without_those_that_are_gone(workspace: Path) -> None:
    keys = [add(workspace, Account, {"name": name}, Source.CLI) for name in "ABC"]
    rows = flat.rows(workspace, Account, [keys[2], 999, keys[0]])
    assert [row[flat.headers(Account).index("name")] for row in rows] == ["C", "A"]


def test_a_record_without_a_name_is_called_by_what_it_is_of(workspace: Path) -> None:
    helios = add(workspace, Account, {"name": "Helios"}, Source.CLI)
    chart = add(workspace, DmuMap, {"account_id": helios}, Source.CLI)
    key = add(workspace, Stakeholder, {"map_id": chart, "position": "COO", "veto": True}, Source.CLI)
    (row,) = flat.rows(workspace, Stakeholder, [key])
    found = dict(zip(flat.headers(Stakeholder), row, strict=True))
    assert (found["map"], found["veto"]) == ("Helios", True)


def test_pages_of_columns_say_the_same_as_rows(filled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "_PAGE", 7)
    monkeypatch.setattr(reading, "_MOST_KEPT", 3)
    with connections.reading(filled) as connection:
        for kind in RECORDS:
            keys = [key for (key,) in connection.execute(f"SELECT id FROM {kind.noun.table} ORDER BY id LIMIT 40")]
            found = reading.rows(connection, kind, keys)
            pages = reading.pages(connection, kind, "id <= ?", (max(keys, default=0),))
            told = [row for page in pages for row in zip(*page, strict=True)]
            assert told == [found[key] for key in keys], kind.noun.table
