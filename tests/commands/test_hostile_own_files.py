"""Files in our own format that somebody has tampered with: each bad row is refused by its line."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from crmtui.commands.importing import Existing, ImportOptions, import_files
from crmtui.store.check import check
from store_dump import query

if TYPE_CHECKING:
    from pathlib import Path

    from crmtui.commands.import_report import FileReport

ACME = {"type": "account", "uid": "aaaaaaaaaaaaaaaa", "name": "Acme"}
OWNER = {"type": "workspace", "uid": "wwwwwwwwwwwwwwww", "name": "Ours", "base_currency": "EUR"}


def brought(workspace: Path, *rows: dict[str, Any]) -> FileReport:
    file = workspace.with_name("own.jsonl")
    file.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    options = ImportOptions(skip_rejected=True, existing=Existing.OVERWRITE)
    return import_files(workspace, [file], options).files[0]


def names(workspace: Path) -> list[str]:
    return [name for (name,) in query(workspace, "SELECT name FROM account ORDER BY name")]


@pytest.mark.parametrize("uid", ["'; DROP TABLE account; --", "\x1b[31m", "a b", "x" * 65, "x" * 100_000, "ü", "../x"])
def test_what_is_no_identity_is_refused(workspace: Path, uid: str) -> None:
    report = brought(workspace, ACME | {"uid": uid}, ACME)
    assert [problem.line for problem in report.rejected] == [1]
    assert names(workspace) == ["Acme"]
    assert not [found for found in check(workspace) if found.field == "uid"]


def test_a_record_that_stands_in_a_file_twice_is_refused_the_second_time(workspace: Path) -> None:
    report = brought(workspace, ACME, ACME | {"name": "Other"}, ACME | {"uid": "b" * 16, "name": "Beta"})
    assert [(problem.line, "line 1" in problem.reason) for problem in report.rejected] == [(2, True)]
    assert names(workspace) == ["Acme", "Beta"]


def test_a_record_that_is_told_apart_by_more_than_its_identity_is_refused_the_second_time(workspace: Path) -> None:
    stock = {"type": "channel", "uid": "c" * 16, "code": "pigeon", "name": "Pigeon"}
    report = brought(workspace, stock, stock | {"uid": "d" * 16, "name": "Dove"})
    assert [problem.line for problem in report.rejected] == [2]


def test_a_workspace_is_described_once(workspace: Path) -> None:
    report = brought(workspace, OWNER, OWNER | {"uid": "v" * 16, "name": "Theirs"})
    assert [problem.line for problem in report.rejected] == [2]
    assert query(workspace, "SELECT name FROM workspace") == [("Ours",)]


def test_a_record_without_what_it_needs_is_refused_by_its_line(workspace: Path) -> None:
    report = brought(workspace, ACME, {"type": "account"}, {"type": "account", "name": ""})
    assert [problem.line for problem in report.rejected] == [2, 3]
    assert all("name" in problem.column + problem.reason for problem in report.rejected)
    assert names(workspace) == ["Acme"]


def test_a_link_to_nowhere_is_told_also_of_a_record_without_an_identity(workspace: Path) -> None:
    report = brought(workspace, {"type": "account", "name": "Acme", "parent_uid": "z" * 16})
    assert [(problem.line, problem.column) for problem in report.rejected] == [(1, "parent_uid")]
    assert names(workspace) == ["Acme"]


def test_a_record_whose_fields_contradict_is_refused_by_its_line(workspace: Path) -> None:
    assessed = {"type": "assessment", "account_uid": ACME["uid"], "override_level": "partner"}
    reason = {"override_reason": "frame contract"}
    own = "d" * 16
    report = brought(
        workspace,
        ACME,
        assessed | {"uid": "c" * 16, "day": "2026-01-05"},
        assessed | {"uid": own, "day": "2026-02-05"} | reason,
    )
    assert [(problem.line, "do not go together" in problem.reason) for problem in report.rejected] == [(2, True)]
    again = brought(workspace, {"type": "assessment", "uid": own, "override_reason": ""})
    assert [problem.line for problem in again.rejected] == [1], "also where it changes a record that is there"


def test_rows_written_by_hand_link_by_name_where_one_record_has_it(workspace: Path) -> None:
    order = {"type": "sales_order", "day": "2026-01-02", "status": "delivered", "currency": "EUR"}
    report = brought(
        workspace, ACME, order | {"account": "acme", "number": "1"}, order | {"account": "Nobody", "number": "2"}
    )
    assert [(one.line, one.column, one.value) for one in report.rejected] == [(3, "account", "Nobody")]
    asked = "SELECT o.number, a.name FROM sales_order o JOIN account a ON a.id = o.account_id"
    assert query(workspace, asked) == [("1", "Acme")]
