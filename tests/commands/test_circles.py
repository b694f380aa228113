"""Whoever belongs or reports to another never leads, over however many others, back to itself: through every door."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from crmtui.commands import people, records
from crmtui.commands.importing import Existing, ImportOptions, import_files
from crmtui.domain.accounts import Account
from crmtui.domain.people import Person
from crmtui.domain.words import Source
from crmtui.domain.workspace import Actor
from crmtui.errors import InvalidError
from crmtui.store.check import check

if TYPE_CHECKING:
    from pathlib import Path

    from crmtui.commands.import_report import FileReport


@pytest.mark.parametrize(("kind", "field"), [(Account, "parent_id"), (Person, "reports_to_id"), (Actor, "manager_id")])
@pytest.mark.parametrize("length", [1, 2, 3])
def test_a_record_that_is_edited(workspace: Path, kind: type, field: str, length: int) -> None:
    keys: list[int] = []
    for number in range(length):
        above = {field: keys[-1]} if keys else {}
        keys.append(records.add(workspace, kind, {"name": f"N{number}", **above}, Source.CLI))
    with pytest.raises(InvalidError, match="circle"):
        records.edit(workspace, kind, keys[0], {field: keys[-1]}, Source.CLI)
    assert check(workspace) == []


def test_a_person_that_is_edited_by_the_form(workspace: Path) -> None:
    boss = records.add(workspace, Person, {"name": "Boss"}, Source.CLI)
    below = records.add(workspace, Person, {"name": "Below", "reports_to_id": boss}, Source.CLI)
    with pytest.raises(InvalidError, match="circle"):
        people.edit(workspace, boss, {"reports_to_id": below}, Source.TUI)


def test_other_fields_of_a_record_in_a_circle_can_still_be_edited(workspace: Path) -> None:
    one = records.add(workspace, Account, {"name": "One"}, Source.CLI)
    two = records.add(workspace, Account, {"name": "Two", "parent_id": one}, Source.CLI)
    records.edit(workspace, Account, two, {"city": "Milano", "parent_id": one}, Source.CLI)


def test_rows_of_another_system(workspace: Path) -> None:
    file = workspace.with_name("accounts.csv")
    file.write_text("account,subsidiary_of\nX,Y\nY,Z\nZ,X\nS,S\nT,X\n", "utf-8")
    report = import_files(workspace, [file], ImportOptions()).files[0]
    assert sum("circle" in note for note in report.notes) == 2  # that of Z and that of S
    assert report.new == 5
    assert check(workspace) == []
    assert not import_files(workspace, [file], ImportOptions()).done


def own(workspace: Path, *rows: dict[str, Any]) -> FileReport:
    file = workspace.with_name("own.jsonl")
    file.write_text("".join(json.dumps({"type": "account"} | row) + "\n" for row in rows), "utf-8")
    options = ImportOptions(skip_rejected=True, existing=Existing.OVERWRITE)
    return import_files(workspace, [file], options).files[0]


def test_rows_of_our_own_format(workspace: Path) -> None:
    a, b, c = ({"uid": letter * 16, "name": letter} for letter in "abc")
    above = [one | {"parent_uid": two["uid"]} for one, two in ((a, b), (b, c), (c, a))]
    report = own(workspace, *above)
    assert [(one.line, one.column, one.value) for one in report.rejected] == [(3, "parent_uid", "a" * 16)]
    assert check(workspace) == []


def test_a_row_of_our_own_format_that_closes_a_circle_with_what_is_there(workspace: Path) -> None:
    a, b = ({"uid": letter * 16, "name": letter} for letter in "ab")
    assert own(workspace, a, b | {"parent_uid": a["uid"]}).rejected == []
    assert [one.line for one in own(workspace, a | {"parent_uid": b["uid"]}).rejected] == [1]
    assert check(workspace) == []
    turned = own(workspace, a | {"parent_uid": b["uid"]}, b | {"parent_uid": ""})  # together they are none
    assert turned.rejected == []
