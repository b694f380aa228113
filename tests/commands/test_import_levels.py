"""Levels of accounts follow the newest assessments that an import brings."""

from __future__ import annotations

import datetime as dt
import json
from typing import TYPE_CHECKING, Any

import pytest

from crmtui.commands import history, records as generic
from crmtui.commands.importing import Existing, ImportOptions, import_files
from crmtui.domain.accounts import Account
from crmtui.domain.relationship import Assessment
from crmtui.domain.words import Basis, Level, Source
from crmtui.queries import records
from relations import TODAY, TUI, Relation, begin

if TYPE_CHECKING:
    from pathlib import Path

EARLIER = TODAY - dt.timedelta(days=60)


@pytest.fixture
def aurora(workspace: Path) -> Relation:
    """An account that could be a buyer: it has ordered, and its purchasing is covered."""
    made = begin(workspace)
    made.person("Conti", "Head of purchasing", meetings=1)
    made.order()
    return made


def bring(aurora: Relation, *rows: dict[str, Any]) -> list[str]:
    """Import rows of our own format; returns what the import says of itself."""
    path = aurora.path.with_name("rows.jsonl")
    path.write_text("\n".join(json.dumps(row, default=str) for row in rows))
    report = import_files(aurora.path, [path], ImportOptions(existing=Existing.OVERWRITE))
    assert not report.rejected
    return report.files[0].notes


def assessment(aurora: Relation, day: dt.date, **more: Any) -> dict[str, Any]:
    uid = f"{day:asmt%Y%m%d}".ljust(16, "x")
    return {"type": "assessment", "uid": uid, "account_uid": aurora.record().uid, "day": day, **more}


def rating(day: dt.date, indicator: str, grade: int, basis: str = "confirmed") -> dict[str, Any]:
    uid = f"{day:asmt%Y%m%d}".ljust(16, "x")
    return {"type": "assessment_rating", "assessment_uid": uid, "indicator": indicator, "grade": grade, "basis": basis}


def test_the_newest_moves_the_level_as_one_that_is_written_by_hand_does(aurora: Relation) -> None:
    notes = bring(aurora, assessment(aurora, TODAY), rating(TODAY, "promises", 3))
    account = aurora.record()
    assert (account.level, account.level_on, account.level_basis) == (Level.BUYER, TODAY, Basis.ASSUMED)
    assert account.level_source == "the gates of the ladder"
    assert records.every(aurora.path, Assessment)[0].level is Level.BUYER
    assert "1 account has the level of its newest assessment now." in notes
    history.undo(aurora.path, Source.TUI)
    assert aurora.record().level is Level.PROSPECT
    assert not records.every(aurora.path, Assessment)


def test_a_level_that_a_row_tells_is_kept_and_one_set_by_hand_is_the_accounts(aurora: Relation) -> None:
    by_hand = {"override_level": "partner", "override_reason": "frame contract"}
    bring(aurora, assessment(aurora, TODAY, level="account", **by_hand))
    (kept,) = records.every(aurora.path, Assessment)
    assert (kept.level, aurora.record().level) == (Level.ACCOUNT, Level.PARTNER)
    assert aurora.record().level_source == "frame contract"


def test_an_older_one_is_computed_as_of_its_day_and_moves_nothing(aurora: Relation) -> None:
    aurora.rate(promises=3)
    before = aurora.record()
    bring(aurora, assessment(aurora, EARLIER), rating(EARLIER, "promises", 1))
    assert aurora.record() == before
    assert {one.day: one.level for one in records.every(aurora.path, Assessment)} == {
        EARLIER: Level.PROSPECT,
        TODAY: Level.BUYER,
    }


def test_what_a_file_tells_of_the_account_itself_stands(aurora: Relation) -> None:
    told = {"type": "account", "uid": aurora.record().uid, "name": "Aurora", "level": "partner"}
    bring(aurora, assessment(aurora, TODAY), told)
    assert aurora.record().level is Level.PARTNER


def test_a_target_that_is_not_told_stays_and_one_that_is_comes_along(aurora: Relation) -> None:
    generic.edit(aurora.path, Account, aurora.account, {"target_level": "account", "target_on": TODAY}, TUI)
    bring(aurora, assessment(aurora, EARLIER, target_level=None))
    assert aurora.record().target_level is Level.ACCOUNT
    bring(aurora, assessment(aurora, TODAY, target_level="partner"))
    assert (aurora.record().target_level, aurora.record().target_on) == (Level.PARTNER, None)


def test_ratings_alone_move_it_too_and_the_same_again_changes_nothing(aurora: Relation) -> None:
    aurora.rate(performance=0)
    uid = records.every(aurora.path, Assessment)[0].uid
    generic.edit(aurora.path, Account, aurora.account, {"level": "partner"}, TUI)
    row = {**rating(TODAY, "performance", 2), "assessment_uid": uid}
    bring(aurora, row)
    assert aurora.record().level is Level.BUYER
    generic.edit(aurora.path, Account, aurora.account, {"level": "partner"}, TUI)
    bring(aurora, row)
    assert aurora.record().level is Level.PARTNER
