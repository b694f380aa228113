"""Identities of rows are looked up and forgotten again, and what a file brings twice is known all the same."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from crmtui.commands import import_identities, import_own
from crmtui.commands.exporting import Format, export_to
from crmtui.commands.importing import ImportOptions, import_files
from crmtui.commands.sample import create_sample
from crmtui.domain.accounts import Account
from crmtui.domain.words import Source
from crmtui.store.unit import work
from crmtui.store.writing.bulk import insert_many
from deals import TODAY

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def _forgetful(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(import_identities, "_MOST_KEPT", 3)
    monkeypatch.setattr(import_own, "CHUNK", 5)


@pytest.mark.usefixtures("_forgetful")
def test_a_workspace_comes_back_though_little_is_remembered(tmp_path: Path) -> None:
    team, whole = tmp_path / "team.db", tmp_path / "all.jsonl"
    create_sample(team, TODAY)
    export_to(team, "all", Format.JSONL, whole)
    report = import_files(tmp_path / "copy.db", [whole], ImportOptions())
    assert report.rejected == 0
    export_to(tmp_path / "copy.db", "all", Format.JSONL, tmp_path / "copy.jsonl")
    assert sorted((tmp_path / "copy.jsonl").read_text("utf-8").splitlines()) == sorted(
        whole.read_text("utf-8").splitlines()
    )


@pytest.mark.usefixtures("_forgetful")
def test_a_record_is_refused_the_second_time_however_far_away(workspace: Path, tmp_path: Path) -> None:
    rows = [{"type": "account", "uid": f"{'a' * 14}{chr(97 + number)}b", "name": f"A{number}"} for number in range(20)]
    path = tmp_path / "a.jsonl"
    path.write_text("\n".join(json.dumps(row) for row in (*rows, rows[2], rows[19])), "utf-8")
    for new in (20, 0):
        report = import_files(workspace, [path], ImportOptions(skip_rejected=True)).files[0]
        assert (report.new, report.unchanged) == (new, 20 - new)
        assert [(problem.line, problem.reason) for problem in report.rejected] == [
            (21, "the record of line 3 is brought again"),
            (22, "the record of line 20 is brought again"),
        ]


def test_what_is_known_is_looked_up_at_once(workspace: Path) -> None:
    with work(workspace, "some", Source.CLI) as unit:
        keys = insert_many(unit, Account, [{"name": name} for name in "AB"])
        known = import_identities.Known(unit, "account")
        uids = dict(unit.connection.execute("SELECT id, uid FROM account").fetchall())
        known.learn([uids[keys[0]], "nobody"])
        assert [known.get(uid) for uid in (uids[keys[0]], uids[keys[1]], "nobody")] == [*keys, None]
        known.means("x", keys[1])
        known.added("nobody", 7)
        assert (known.get("x"), known.get("nobody")) == (keys[1], 7)


def test_lines_are_noted_once() -> None:
    brought = import_identities.Brought()
    assert brought.line("account", 5) == 0
    brought.note("account", 5, 70_000)
    brought.note("account", 5, 80_000)
    assert [brought.line("account", key) for key in (4, 5, 6)] == [0, 70_000, 0]
    brought.clear()
    assert brought.line("account", 5) == 0
