"""Days and figures that follow each other, at every door: what is out of order is refused in words, by its place."""

from __future__ import annotations

import datetime as dt
import json
from typing import TYPE_CHECKING, Any

import pytest

from crmtui.commands import records
from crmtui.commands.importing import ImportOptions, import_files
from crmtui.domain import values
from crmtui.domain.accounts import Account
from crmtui.domain.fields import specs
from crmtui.domain.nouns import BY_TABLE, RECORDS
from crmtui.domain.words import Source
from crmtui.errors import InvalidError
from crmtui.store.check import check
from crmtui.store.unit import work
from crmtui.text import _
from store_dump import query

if TYPE_CHECKING:
    from pathlib import Path

ACCOUNT = "a" * 16
NEEDED: dict[str, dict[str, Any]] = {  # what a record of each kind needs beside what follows each other
    "project": {"account_id": 1, "name": "Line 4"},
    "promise": {"account_id": 1, "name": "Spare parts"},
    "customer_request": {"account_id": 1, "name": "Manuals", "received_on": "2026-01-01"},
    "plan": {"account_id": 1, "objective": "Bigger", "starts_on": "2026-01-01", "ends_on": "2026-12-31"},
    "programme": {"name": "Gold"},
    "programme_member": {"account_id": 1, "programme_id": 1, "joined_on": "2026-01-01"},
    "territory_scenario": {"name": "Spring", "starts_on": "2026-01-01", "ends_on": "2026-12-31"},
    "response_curve": {"account_id": 1},
}
PAIRS = [(kind.noun.table, pair.first, pair.later) for kind in RECORDS for pair in kind.noun.follows]


@pytest.fixture
def there(workspace: Path) -> Path:
    records.add(workspace, Account, {"name": "Aurora", "uid": ACCOUNT}, Source.CLI)
    records.add(workspace, BY_TABLE["programme"], {"name": "First", "uid": "p" * 16}, Source.CLI)
    return workspace


def disordered(table: str, first: str, later: str) -> dict[str, Any]:
    """A record as a file tells it whose `later` lies before its `first`."""
    is_figure = first.endswith("_hours")
    ours = dict(zip((first, later), (4.0, 3.0) if is_figure else ("2026-03-05", "2026-03-04"), strict=True))
    links = {"account_id": ("account_uid", ACCOUNT), "programme_id": ("programme_uid", "p" * 16)}
    told = {links[name][0]: links[name][1] for name in NEEDED[table] if name in links}
    told |= {"status": "done"} if later == "ended_on" and table == "project" else {}
    return {"type": table} | told | {name: value for name, value in NEEDED[table].items() if name not in links} | ours


def brought(path: Path, row: dict[str, Any]) -> list[str]:
    """What an import of the row refuses."""
    file = path.with_name("own.jsonl")
    file.write_text(json.dumps(row) + "\n", "utf-8")
    return [
        problem.reason for problem in import_files(path, [file], ImportOptions(skip_rejected=True)).files[0].rejected
    ]


@pytest.mark.parametrize(("table", "first", "later"), PAIRS)
def test_what_is_out_of_order_is_refused_by_forms_commands_and_imports_alike(
    there: Path, table: str, first: str, later: str
) -> None:
    kind, row = BY_TABLE[table], disordered(table, first, later)
    known = specs(kind)
    given = {name: known[name] for name in (*NEEDED[table], *(row.keys() & known.keys()))}
    typed = {name: 1 if name.endswith("_id") else values.parse(spec, str(row[name])) for name, spec in given.items()}
    with pytest.raises(InvalidError) as refused:
        records.add(there, kind, typed, Source.TUI)
    assert list(refused.value.fields) == [_(known[later].label)], "told where: at the field that a form shows it under"
    sentence = refused.value.fields[_(known[later].label)]
    assert f"“{_(known[first].label)}”" in sentence
    assert "change one of the two" in sentence
    assert brought(there, row) == [str(refused.value)]
    assert not query(there, f"SELECT 1 FROM {table} WHERE uid <> '{'p' * 16}'")


def test_an_old_record_that_is_out_of_order_can_be_read_checked_and_mended(there: Path) -> None:
    """Files that older versions wrote may hold it: it is let be until one of the two days changes."""
    promise = BY_TABLE["promise"]
    key = records.add(there, promise, {"account_id": 1, "name": "Spare parts"}, Source.CLI)
    with work(there, "as older versions did", Source.CLI) as unit:
        unit.connection.execute("UPDATE promise SET made_on = '2026-03-05', due_on = '2026-03-04'")
    records.edit(there, promise, key, {"notes": "by mail"}, Source.TUI)
    row = {"type": "promise", "uid": query(there, "SELECT uid FROM promise")[0][0], "name": "Spares"}
    assert brought(there, row | {"made_on": "2026-03-05"}) == []
    assert len(brought(there, row | {"made_on": "2026-03-06"})) == 1
    with pytest.raises(InvalidError, match="lies before"):
        records.edit(there, promise, key, {"due_on": dt.date(2026, 3, 3)}, Source.TUI)
    assert not list(check(there))
