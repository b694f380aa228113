from __future__ import annotations

import csv
import io
import json
import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from crmtui.cli import tables
from crmtui.cli.app import run
from crmtui.domain.nouns import BY_TABLE
from crmtui.queries import flat, lists
from crmtui.text import _

if TYPE_CHECKING:
    from pathlib import Path

    from cli.conftest import Crmtui


SOME = (
    ("actors", "add", "--name", "Anna Rossi", "--me"),
    ("accounts", "add", "--name", "Helios", "--level", "buyer", "--owner", "anna", "--tag", "x"),
    ("accounts", "add", "--name", "Nordik", "--level", "prospect"),
    ("accounts", "add", "--name", "Aurora", "--level", "partner"),
    ("opportunities", "add", "--name", "Line 4", "--account", "helios", "--value", "180k"),
    ("opportunities", "add", "--name", "Pilot", "--account", "helios", "--value", "20k USD"),
)


@pytest.fixture(scope="module")
def filled(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("filled") / "team.db"
    shutil.copy2(template, path)
    for words in SOME:
        assert run(["--db", str(path), *words]) == 0
    return path


@pytest.fixture(autouse=True)
def _some(filled: Path, workspace: Path) -> None:
    shutil.copy2(filled, workspace)


def names(crmtui: Crmtui, *words: str) -> list[str]:
    return [row["name"] for row in crmtui("accounts", "list", *words).rows]


def test_json_lines_in_a_pipe_carry_every_field(crmtui: Crmtui) -> None:
    (row,) = crmtui("accounts", "list", "helios").rows
    kind = BY_TABLE["account"]
    assert list(row) == ["type", *flat.headers(kind)]
    assert (row["type"], row["owner"], row["level"]) == ("account", "Anna Rossi", "buyer")


def test_the_filter_language_sort_and_limit(crmtui: Crmtui) -> None:
    assert names(crmtui) == ["Aurora", "Helios", "Nordik"]
    assert names(crmtui, "level:buyer") == ["Helios"]
    assert names(crmtui, "-tag:x", "-level:partner") == ["Nordik"]
    assert names(crmtui, "owner:Anna Rossi") == ["Helios"]
    assert names(crmtui, "level:buyer owner:me") == ["Helios"]  # a whole filter, as it is typed on screen
    assert names(crmtui, "level:partner -tag:x") == ["Aurora"]
    assert names(crmtui, "owner:Anna Rossi", "level:buyer -tag:y") == ["Helios"]
    assert names(crmtui, "owner:me") == ["Helios"]
    assert names(crmtui, "--sort", "-level") == ["Aurora", "Helios", "Nordik"]
    assert names(crmtui, "--sort=level", "--limit", "1") == ["Nordik"]


@pytest.mark.parametrize(
    "words",
    [
        ("--sort", "colour"),
        ("colour:red",),
        ("level:friend",),
        ("--limit", "few"),
        ("--limit", "0"),
        ("--limit", "9" * 5000),
        ("--format", "xml"),
        ("--columns", "colour"),
        ("--colour", "red"),
        ("--sort",),
    ],
)
def test_what_the_list_does_not_know_is_a_usage_error(crmtui: Crmtui, words: tuple[str, ...]) -> None:
    ran = crmtui("accounts", "list", *words, code=2)
    assert not ran.out
    assert len(ran.err) < 1_000


def test_json_is_one_array(crmtui: Crmtui) -> None:
    assert [row["name"] for row in json.loads(crmtui("accounts", "list", "--format", "json").out)] == [
        "Aurora",
        "Helios",
        "Nordik",
    ]


def test_csv_has_names_beside_identities_and_guards_formulas(crmtui: Crmtui) -> None:
    crmtui("accounts", "add", "--name", "=1+1", "--owner", "anna")
    rows = list(csv.DictReader(io.StringIO(crmtui("accounts", "list", "--format", "csv").out)))
    assert rows[0]["name"] == "'=1+1"
    assert rows[0]["owner"] == "Anna Rossi"
    assert len(rows[0]["owner_uid"]) == 16


def test_identities_one_a_line(crmtui: Crmtui) -> None:
    found = crmtui("accounts", "list", "--format", "ids").out.splitlines()
    assert found == [row["uid"] for row in crmtui("accounts", "list").rows]


def test_columns_of_the_screen_and_fields_of_the_record(crmtui: Crmtui) -> None:
    (row,) = crmtui("accounts", "list", "helios", "--columns", "name,open,pipeline,owner_uid").rows
    assert list(row) == ["name", "open", "pipeline", "pipeline_currency", "owner_uid"]
    assert (row["open"], row["pipeline_currency"]) == (2, None)
    shown = crmtui("opportunities", "list", "--format", "table", "--columns", "name,value,uid").out
    assert "180,000 €" in shown
    assert "20,000 USD" in shown or "20,000 $" in shown


def test_money_that_was_chosen_says_its_currency(crmtui: Crmtui) -> None:
    whole = {row["uid"]: row for row in crmtui("opportunities", "list").rows}
    rows = crmtui("opportunities", "list", "--columns", "uid,value").rows
    assert {row["value_currency"] for row in rows} == {"EUR", "USD"}
    for row in rows:
        assert list(row) == ["uid", "value", "value_currency"]
        assert (row["value"], row["value_currency"]) == tuple(whole[row["uid"]][name] for name in ("value", "currency"))
    header = crmtui("opportunities", "list", "--columns", "value,currency", "--format", "csv").out.splitlines()[0]
    assert header == "value,currency"  # which says it


def test_a_table_has_the_columns_of_the_screen(crmtui: Crmtui) -> None:
    heading, *rows = crmtui("accounts", "list", "--format", "table").out.splitlines()
    for column in lists.columns("accounts"):
        assert _(column.label) in heading
    assert [row.split()[0] for row in rows] == ["Aurora", "Helios", "Nordik"]
    assert rows[1].split()[1:4] == ["Buyer", "Anna", "Rossi"]


def test_a_terminal_gets_a_table_that_fits(crmtui: Crmtui, monkeypatch: pytest.MonkeyPatch) -> None:
    crmtui("accounts", "add", "--name", "株" * 200, "--industry", "long " * 50)
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    monkeypatch.setenv("COLUMNS", "60")
    monkeypatch.setenv("NO_COLOR", "1")
    shown = crmtui("accounts", "list").out.splitlines()
    assert max(map(tables.width_of, shown)) <= 60
    assert any("…" in row for row in shown)
    assert "Level" in shown[0]


def test_headings_are_bold_only_where_styles_are_wanted(crmtui: Crmtui, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    monkeypatch.setenv("TERM", "xterm")
    assert crmtui("actors", "list").out.startswith("\x1b[1m")
    monkeypatch.setenv("NO_COLOR", "")
    assert "\x1b" not in crmtui("actors", "list").out


def test_an_empty_list_is_no_failure(crmtui: Crmtui) -> None:
    ran = crmtui("accounts", "list", "zzz")
    assert not ran.out
    assert "nothing" in ran.err


def test_a_closed_pipe_is_silent(crmtui: Crmtui) -> None:
    read, write = os.pipe()
    os.close(read)
    done = subprocess.run(
        [sys.executable, "-m", "crmtui", "--db", str(crmtui.path), "accounts", "list"],
        stdout=write,
        stderr=subprocess.PIPE,
        check=False,
    )
    os.close(write)
    assert (done.returncode, done.stderr) == (0, b"")
