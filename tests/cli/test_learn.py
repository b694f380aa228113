from __future__ import annotations

from typing import TYPE_CHECKING

from crmtui.domain.scorecards import Scorecard
from crmtui.domain.words import Stage
from crmtui.exchange.sheets.workbook import open_workbook
from customers import Customers, ago

if TYPE_CHECKING:
    from pathlib import Path

    from cli.conftest import Crmtui


def test_what_was_learnt_comes_with_tables_and_terms(crmtui: Crmtui, tmp_path: Path) -> None:
    customers = Customers(crmtui.path)
    for stage, probability in ((Stage.WON, 0.9), (Stage.LOST, 0.2), (Stage.LOST, 0.7)):
        deal = customers.deal(None, 0.5, stage, reason="price")
        given = {"opportunity_id": deal, "template_id": 1, "day": ago(0.6), "probability": probability}
        customers.write(Scorecard, given)
    rows = crmtui("learn").rows
    by = {(row["section"], row["name"]): row for row in rows}
    assert by["brier", None]["count"] == 3
    assert by["lost_for", "price"]["count"] == 2
    bins = [row for row in rows if row["section"] == "bin"]
    assert sum(row["of"] for row in bins) == 3
    murphy = {row["name"]: row["value"] for row in rows if row["section"] == "murphy"}
    assert by["brier", None]["value"] == round(
        murphy["reliability"] - murphy["resolution"] + murphy["uncertainty"] + murphy["variance"]
        - murphy["covariance"], 4,
    )  # fmt: skip
    assert "few outcomes" in crmtui("learn", "--format", "table").out
    out = crmtui("learn", "--format", "table", "--why").out
    assert "Brier score" in out
    assert "70 to 80 %" in out
    assert len(crmtui("learn", "--format", "ids").out.split()) == 3
    crmtui("learn", "--output", str(tmp_path / "learnt.xlsx"))
    sheets = {sheet.name: list(sheet.rows()) for sheet in open_workbook(tmp_path / "learnt.xlsx")}
    assert sheets["learning"][0] == ["Learnt", "Figure", "Says"]
    assert "70 to 80 %" in [row[0] for row in sheets["calibration"]]
    assert crmtui("learn", "--columns", "section,count").rows[0] == {"section": "brier", "count": 3}
    assert "There is no column bla" in crmtui("learn", "--columns", "bla", code=2).err
