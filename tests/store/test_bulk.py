"""Many records at once come in as one would, or not at all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from crmtui.domain.accounts import Account, Tag
from crmtui.domain.checked import checked
from crmtui.domain.fields import specs
from crmtui.domain.people import Person
from crmtui.domain.plans import Channel
from crmtui.domain.words import Level, Source
from crmtui.errors import InvalidError
from crmtui.store.unit import work
from crmtui.store.writing.bulk import insert_columns, insert_many, update_many
from store_dump import query

if TYPE_CHECKING:
    from pathlib import Path


def test_rows_of_different_fields_take_the_defaults(workspace: Path) -> None:
    with work(workspace, "x", Source.IMPORT) as unit:
        keys = insert_many(
            unit,
            Account,
            [{"name": " Hélios  Spa ", "level": Level.BUYER}, {"name": "Acme", "employees": 7, "currency": ""}],
        )
    assert query(workspace, "SELECT id, name, name_key, level, employees, currency FROM account") == [
        (keys[0], "Hélios Spa", "heliosspa", "buyer", None, "EUR"),
        (keys[1], "Acme", "acme", "prospect", 7, "EUR"),
    ]


@pytest.mark.parametrize("revenue", [None, 0, -5, 2**62 + 1])
def test_what_is_the_same_in_all_rows_is_kept_exactly(workspace: Path, revenue: int | None) -> None:
    row = {"name": "O'Brien; --", "revenue": revenue, "notes": 'a "b" \\ c\n🚀'}
    with work(workspace, "x", Source.IMPORT) as unit:
        insert_many(unit, Account, [row, row, row])
        insert_many(unit, Channel, [{"code": code, "name": "Fax", "hours": 0.1 + 0.2} for code in ("x", "y")])
    kept = query(workspace, "SELECT name, name_key, revenue, notes, level FROM account")
    assert kept == [("O'Brien; --", "obrien", revenue, row["notes"], "prospect")] * 3
    assert query(workspace, "SELECT hours FROM channel WHERE name = 'Fax'") == [(0.1 + 0.2,)] * 2


def test_keys_follow_the_rows_across_chunks(workspace: Path) -> None:
    names = [f"Account {number}" for number in range(9_001)]
    with work(workspace, "x", Source.IMPORT) as unit:
        keys = insert_many(unit, Account, ({"name": name} for name in names))
    assert query(workspace, "SELECT id, name FROM account ORDER BY id") == list(zip(keys, names, strict=True))
    assert query(workspace, "SELECT count(DISTINCT uid), min(length(uid)), max(length(uid)) FROM account") == [
        (9_001, 16, 16)
    ]


def test_nothing_given_writes_nothing(workspace: Path) -> None:
    with work(workspace, "x", Source.IMPORT) as unit:
        assert list(insert_many(unit, Account, [])) == []
        assert list(insert_columns(unit, Account, {"name": []})) == []


def test_identities_that_are_given_are_kept(workspace: Path) -> None:
    with work(workspace, "x", Source.IMPORT) as unit:
        insert_many(unit, Account, [{"name": "A", "uid": "mine"}, {"name": "B", "uid": ""}, {"name": "C"}])
    assert query(workspace, "SELECT name FROM account WHERE uid = 'mine'") == [("A",)]
    assert query(workspace, "SELECT count(DISTINCT uid) FROM account WHERE length(uid) = 16") == [(2,)]


def test_all_that_is_wrong_with_the_first_wrong_row_is_told(workspace: Path) -> None:
    rows: list[dict[str, Any]] = [{"name": "Good"}, {"name": "", "employees": -1}, {"name": "Fine", "employees": "x"}]
    with pytest.raises(InvalidError) as caught, work(workspace, "x", Source.IMPORT) as unit:
        insert_many(unit, Account, rows)
    assert set(caught.value.fields) == {"Name", "Employees"}
    assert query(workspace, "SELECT count(*) FROM account") == [(0,)]


def test_what_a_record_needs_is_missed(workspace: Path) -> None:
    with pytest.raises(InvalidError, match="is needed"), work(workspace, "x", Source.IMPORT) as unit:
        insert_many(unit, Tag, [{"name": "vip"}])


def test_columns_that_passed_for_another_field_are_checked_again(workspace: Path) -> None:
    long = checked(specs(Person)["name"], ["A" * 400])
    with work(workspace, "x", Source.IMPORT) as unit:
        keys = insert_columns(unit, Person, {"name": long})
        with pytest.raises(InvalidError, match="Form of address"):
            insert_columns(unit, Person, {"name": long, "honorific": long})
    assert query(workspace, "SELECT id, length(name) FROM person") == [(keys[0], 400)]


def test_many_are_changed_like_one(workspace: Path) -> None:
    with work(workspace, "x", Source.IMPORT) as unit:
        first, second = insert_many(unit, Account, [{"name": "Acme"}, {"name": "Beta"}])
        update_many(unit, Account, ("name", "level"), [(first, {"name": "Zeta ", "level": "partner"})])
        with pytest.raises(InvalidError, match="Level"):
            update_many(unit, Account, ("level",), [(second, {"level": "king"})])
    assert query(workspace, "SELECT name, name_key, level FROM account ORDER BY id") == [
        ("Zeta", "zeta", "partner"),
        ("Beta", "beta", "prospect"),
    ]
