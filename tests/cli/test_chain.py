"""Customer equity by states of the user's own, and the multiple of a contract, method.md section 5."""

from __future__ import annotations

import csv
import json
from typing import TYPE_CHECKING, Any

import pytest

from chains import LOYALTY, LOYALTY_COUNTS, LOYALTY_MARGINS, LOYALTY_ROWS
from workbooks import rows_of_text, xlsx

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from cli.conftest import Crmtui

Rows = list[list[str]]
HEADER = ["State", "customers", "margin", *LOYALTY]
TABLE: Rows = [
    [state, f"{LOYALTY_COUNTS[state]:g}", f"{margin:g}", *row.split()]
    for state, margin, row in zip(LOYALTY, LOYALTY_MARGINS, LOYALTY_ROWS.split("|"), strict=True)
]
RECENCY: Rows = [
    ["1", "36", "30%", "70%", "", "", ""],
    ["2", "-4", "20%", "", "80%", "", ""],
    ["3", "-4", "15%", "", "", "85%", ""],
    ["4", "-4", "5%", "", "", "", "95%"],
]


def as_csv(path: Path, rows: Rows) -> Path:
    with path.with_suffix(".csv").open("w", newline="") as stream:
        csv.writer(stream).writerows(rows)
    return path.with_suffix(".csv")


def as_xlsx(path: Path, rows: Rows) -> Path:
    return xlsx(path.with_suffix(".xlsx"), rows_of_text(rows))


def as_json(path: Path, rows: Rows) -> Path:
    header, *others = rows
    told = [
        dict(zip(header[:3], one, strict=False)) | {"to": dict(zip(header[3:], one[3:], strict=True))} for one in others
    ]
    path.with_suffix(".json").write_text(json.dumps(told))
    return path.with_suffix(".json")


def states(rows: Sequence[dict[str, Any]], name: str) -> list[Any]:
    return [row[name] for row in rows if row["section"] == "state"]


@pytest.mark.parametrize("write", [as_csv, as_xlsx, as_json])
def test_a_loyalty_case_is_valued_as_published(
    crmtui: Crmtui, tmp_path: Path, write: Callable[[Path, Rows], Path]
) -> None:
    file = write(tmp_path / "levels", [HEADER, *TABLE])
    rows = crmtui("equity", "chain", str(file), "--rate", "15%", "--first", "ahead", "--why").rows
    (top,) = (row for row in rows if row["section"] == "state" and row["state"] == LOYALTY[0])
    assert "going on: worth 3,495.92 with the best policy, the first margin a period from now" in top["why"]
    expected = [3495.92, 2379.75, 1415.70, 783.88, 385.60, 132.41, 33.21, 0]
    assert states(rows, "state") == list(LOYALTY)
    assert states(rows, "value") == pytest.approx(expected, abs=0.005)
    assert round(rows[0]["value"]) == round(rows[0]["best"]) == 14_279_572
    assert states(rows, "up")[1] == pytest.approx(3495.92 - 2379.75, abs=0.01)
    assert (states(rows, "above")[0], states(rows, "above")[1]) == (None, LOYALTY[0])
    assert "ends: lost: nobody comes back, and nothing is brought" in rows[0]["why"]
    out = crmtui("equity", "chain", str(file), "--rate", "0.15", "--first", "ahead", "--format", "table").out
    assert "14,279,572" in out
    assert "3,495.92" in out


def test_the_best_policy_of_the_recency_chain_stops_after_three(crmtui: Crmtui, tmp_path: Path) -> None:
    """The first reward now; who is lost has a column and no row."""
    file = as_csv(tmp_path / "recency", [["state", "margin", "1", "2", "3", "4", "lost"], *RECENCY])
    rows = crmtui("equity", "chain", str(file), "--rate", "20%", "--top", "first").rows
    assert states(rows, "value") == pytest.approx([52.320, 5.554, 1.251, -1.820, 0], abs=0.0005)
    assert states(rows, "best") == pytest.approx([53.149, 6.621, 2.644, 0, 0], abs=0.0005)
    assert states(rows, "stop") == [False, False, False, True, False]
    assert (rows[0]["value"], rows[0]["best"]) == (None, None)
    out = crmtui("equity", "chain", str(file), "--rate", "20%", "--format", "table").out
    assert "nobody says how many customers" in out
    assert out.count("stop serving") == 1


def test_customers_that_nobody_counted_make_no_total(crmtui: Crmtui, tmp_path: Path) -> None:
    rows = [["state", "customers", "margin", "a", "lost"], ["a", "", "10", "8", "2"], ["lost", "", "", "", ""]]
    found = crmtui("equity", "chain", str(as_csv(tmp_path / "states", rows))).rows
    assert (found[0]["value"], found[0]["best"], states(found, "together")) == (None, None, [None, 0.0])
    assert states(found, "value")[0] > 0


def test_only_what_was_counted_is_told_with_a_band(crmtui: Crmtui, tmp_path: Path) -> None:
    file = as_csv(tmp_path / "levels", [HEADER, *TABLE])
    shares = crmtui("equity", "chain", str(file), "--currency", "eur").rows
    counted = crmtui("equity", "chain", str(file), "--counted", "--top", "last").rows
    assert (shares[0]["low"], shares[0]["currency"], shares[0]["rate"]) == (None, "EUR", 0.1)  # of the workspace
    assert counted[0]["low"] < counted[0]["value"] == shares[0]["value"] < counted[0]["high"]
    assert states(counted, "above")[:2] == [LOYALTY[1], LOYALTY[2]]


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([["a", "1", "0", "0"], ["b", "1", "1", "1"]], "a: nothing says where its customers go"),
        ([["a", "1", "1", "1"], ["c", "1", "1", "1"]], "no column is called “c”"),
        ([["a", "1", "1", "1"], ["A", "1", "1", "1"]], "line 3: “A” has a row already"),
        ([["a", "1", "1", "1"], ["", "1", "1", "1"]], "line 3: this row names no state"),
        ([["a", "x", "1", "1"], ["b", "1", "1", "1"]], "line 2: margin: “x” is not a number"),
        ([["a", "1", "-1", "1"], ["b", "1", "1", "1"]], "a: -1 cannot be"),
        ([["a", "1", "50%", "0.5"], ["b", "1", "1", "1"]], "some moves are percentages and some are not"),
        ([["a", "0", "1", "0"], ["b", "0", "0", "1"]], "no state brings anything"),
        ([["a", "", "1", "1"], ["b", "1", "1", "1"]], "line 2: margin: nobody says what a customer in “a” brings"),
    ],
)
def test_a_table_that_cannot_be_valued_is_refused(crmtui: Crmtui, tmp_path: Path, rows: Rows, said: str) -> None:
    file = as_csv(tmp_path / "states", [["state", "margin", "a", "b"], *rows])
    assert said in crmtui("equity", "chain", str(file), code=1).err


def test_what_was_asked_must_fit(crmtui: Crmtui, tmp_path: Path) -> None:
    alone = as_csv(tmp_path / "alone", [["state", "margin", "a"], ["a", "1", "1"]])
    assert "one state is no chain" in crmtui("equity", "chain", str(alone), code=1).err
    assert "name it with --state" in crmtui("equity", "chain", str(as_csv(tmp_path / "b", [["x"], ["1"]])), code=1).err
    assert "discount rate of 0" in crmtui("equity", "chain", str(alone), "--rate", "0", code=2).err
    assert "15 is no share" in crmtui("equity", "chain", str(alone), "--rate", "15", code=2).err
    percent = str(as_csv(tmp_path / "percent", [["state", "margin", "1", "2", "3", "4", "lost"], *RECENCY]))
    assert "percentages do not tell how many" in crmtui("equity", "chain", percent, "--counted", code=2).err
    assert "equity chain: write its options behind it" in crmtui("equity", "--why", "chain", str(alone), code=2).err


@pytest.mark.parametrize(("kept", "multiple"), [("60%", 1.20), ("70%", 1.75), ("0.8", 2.67), ("90 %", 4.50)])
def test_the_multiple_of_a_contract_is_told_with_its_reasons(crmtui: Crmtui, kept: str, multiple: float) -> None:
    (row,) = crmtui("equity", "contract", "1000", "--kept", kept, "--rate", "10%").rows
    assert row["multiple"] == pytest.approx(multiple, abs=0.005)
    assert row["value"] == pytest.approx(1000 * row["multiple"], abs=0.001)
    assert f"multiple: {multiple:.2f} = r / (1 + i - r)" in row["why"]
    assert f"value: {row['value']:,.2f}" in row["why"], "with the decimals that small margins need"


def test_a_contract_without_renewals_told_is_refused(crmtui: Crmtui) -> None:
    assert "--kept 80%" in crmtui("equity", "contract", "1000", code=2).err
    assert "80 is no share" in crmtui("equity", "contract", "1000", "--kept", "80", code=2).err
