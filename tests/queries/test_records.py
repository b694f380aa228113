from __future__ import annotations

import contextlib
import datetime as dt
from typing import TYPE_CHECKING

import pytest

from crmtui.commands import workspace as workspaces
from crmtui.commands.records import add
from crmtui.domain.accounts import Account
from crmtui.domain.people import Person
from crmtui.domain.plans import Channel, Plan
from crmtui.domain.words import Source
from crmtui.errors import NotFoundError
from crmtui.queries import records
from crmtui.text import clean
from hostile import SHORT

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def gino(workspace: Path) -> int:
    add(workspace, Person, {"name": "Laura Bianchi"}, Source.CLI)
    return add(workspace, Person, {"name": "Gino Conti", "notes": "knows Verdi"}, Source.CLI)


@pytest.mark.parametrize("wanted", ["Gino Conti", "gino conti", "ginoconti", "gin", "Conti", "con gino"])
def test_a_record_answers_to_its_name_and_to_words_of_it(workspace: Path, gino: int, wanted: str) -> None:
    assert records.find(workspace, Person, wanted) == gino


@pytest.mark.parametrize("wanted", ["", "o", "verdi", "ontig"])
def test_other_words_are_not_its_name(workspace: Path, gino: int, wanted: str) -> None:  # noqa: ARG001 - is there
    with pytest.raises(NotFoundError):
        records.find(workspace, Person, wanted)


def test_a_title_that_is_no_name_answers_without_regard_to_case(workspace: Path) -> None:
    account = add(workspace, Account, {"name": "Aurora"}, Source.CLI)
    fields = {"account_id": account, "starts_on": dt.date(2026, 1, 1), "ends_on": dt.date(2026, 2, 1)}
    plan = add(workspace, Plan, {**fields, "objective": "Win line 4"}, Source.CLI)
    assert records.find(workspace, Plan, "win LINE 4") == plan


def test_strings_find_only_the_records_that_they_begin(workspace: Path, gino: int) -> None:
    found = {}
    for text in SHORT.values():
        with contextlib.suppress(NotFoundError):
            found[text] = records.find(workspace, Person, clean(text))
    assert found == {"CON": gino}


@pytest.mark.usefixtures("italian")
def test_a_channel_is_named_by_its_code_in_any_language(tmp_path: Path) -> None:
    path = tmp_path / "squadra.db"
    workspaces.create(path, name="Squadra")
    assert records.find(path, Channel, "call") == records.find(path, Channel, "Chiamata")
