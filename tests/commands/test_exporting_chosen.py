"""Exports of what a filter lets through, and of the columns that a list shows."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from crmtui.commands.exporting import KINDS, CardOptions, ExportOptions, Format, export_to
from crmtui.commands.exporting_columns import Listed
from crmtui.commands.exporting_scope import ALL, Scope
from crmtui.commands.importing import ImportOptions, import_files
from crmtui.domain.fields import Kind, specs
from crmtui.domain.nouns import BY_TABLE
from crmtui.errors import CancelledError, UsageError
from crmtui.exchange.sheets.workbook import open_workbook
from crmtui.queries import lists, picking
from crmtui.queries.picked_cells import Manner, cells
from crmtui.store.reading.connections import reading

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

TODAY = dt.date(2026, 3, 12)


def chosen(path: Path, noun: str, words: str, order: str = "") -> ExportOptions:
    return ExportOptions(keys=lists.ids(path, noun, TODAY, filter_text=words, order=order))


def objects(target: Path) -> list[dict[str, Any]]:
    return [json.loads(text) for text in target.read_text("utf-8").splitlines()]


def test_what_a_filter_lets_through_goes_out_in_order_with_what_hangs_on_it(sample: Path, tmp_path: Path) -> None:
    target = tmp_path / "a.jsonl"
    export_to(sample, "accounts", Format.JSONL, target, chosen(sample, "accounts", "level:buyer", "-name"))
    found = objects(target)
    accounts = [row for row in found if row["type"] == "account"]
    assert {row["level"] for row in accounts} == {"buyer"}
    assert [row["name"] for row in accounts] == sorted((row["name"] for row in accounts), reverse=True)
    uids = {row["uid"] for row in accounts}
    hanging = [row for row in found if row["type"] != "account"]
    assert {row["type"] for row in hanging} == {"tag", "competitor_position"}
    assert {row["account_uid"] for row in hanging} <= uids
    whole = tmp_path / "all.jsonl"
    export_to(sample, "accounts", Format.JSONL, whole)
    assert [row for row in objects(whole) if row.get("account_uid") in uids] == hanging


def test_what_was_chosen_comes_back_and_changes_nothing(filled: Path, tmp_path: Path) -> None:
    book = tmp_path / "plans.xlsx"
    export_to(filled, "plans", Format.XLSX, book, chosen(filled, "plans", "status:running"))
    assert [sheet.name for sheet in open_workbook(book)] == ["plan", "contact", "contact_person"]
    report = import_files(filled, [book], ImportOptions())
    assert (report.done, report.rejected) == (False, 0)
    assert all(file.unchanged for file in report.files)


@pytest.mark.parametrize("kind", [noun for noun in lists.NOUNS if noun in KINDS])
def test_every_noun_can_be_chosen_from(sample: Path, kind: str) -> None:
    assert Scope(kind).main == lists.table_of(kind)
    with reading(sample) as connection:
        whole = {table: Scope(kind).keys(connection, table) for table in Scope(kind).tables}
        every = Scope(kind, whole[Scope(kind).main])
        loose = {"contact", "contact_person", "plan_action", "scorecard_template", "criterion"}  # some of nothing here
        for table, keys in whole.items():
            found = every.keys(connection, table)
            assert sorted(found) == keys if table not in loose else set(found) <= set(keys), table
            assert Scope(kind, []).is_empty(connection, table)
    assert set(lists.NOUNS) <= set(KINDS)


def test_every_table_goes_out_with_a_kind_of_its_own() -> None:
    between = {"external_identity", "distinct_accounts", "distinct_people"}  # ties of records, that go with all of them
    hanging = {table for kind, tables in KINDS.items() if kind != ALL for table in tables}
    assert set(BY_TABLE) - hanging == between


def test_cards_and_entries_of_the_chosen_alone(sample: Path, tmp_path: Path) -> None:
    people = chosen(sample, "people", "account:brewery", "-name")
    everybody = lists.ids(sample, "people", TODAY)
    one = ExportOptions(keys=everybody[5:7], cards=CardOptions(version="4.0"))
    assert export_to(sample, "people", Format.VCF, tmp_path / "a.vcf", one) == 2
    assert export_to(sample, "people", Format.VCF, tmp_path / "cards", one) == 2
    assert len(list((tmp_path / "cards").iterdir())) == 2
    assert export_to(sample, "people", Format.VCF, tmp_path / "b.vcf", people) == len(people.keys or ())
    planned = chosen(sample, "contacts", "status:planned")
    assert export_to(sample, "contacts", Format.ICS, tmp_path / "a.ics", planned) == len(planned.keys or ()) > 0
    plans = chosen(sample, "plans", "status:running")
    assert export_to(sample, "plans", Format.ICS, tmp_path / "b.ics", plans) > 0
    plans = ExportOptions(keys=())
    assert export_to(sample, "plans", Format.ICS, tmp_path / "b.ics", plans) == 0


def test_one_that_has_gone_since_is_left_out(sample: Path, tmp_path: Path) -> None:
    gone = ExportOptions(keys=(1, 999_999, 2))
    assert export_to(sample, "people", Format.CSV, tmp_path / "a.csv", gone) == 2
    assert export_to(sample, "people", Format.VCF, tmp_path / "a.vcf", gone) == 2


def test_a_kind_in_one_table_is_the_one_it_is_named_after(sample: Path, tmp_path: Path) -> None:
    export_to(sample, "scorecards", Format.CSV, tmp_path / "a.csv")
    assert "probability" in (tmp_path / "a.csv").read_text("utf-8").splitlines()[0]


def listed(path: Path, noun: str, keys: Sequence[str], *, is_labelled: bool = True) -> ExportOptions:
    ids = lists.ids(path, noun, TODAY, order="-pipeline")
    return ExportOptions(keys=ids, listed=Listed(picking.shown(noun, keys), ids, TODAY, is_labelled=is_labelled))


def test_columns_as_shown_are_for_people(sample: Path, tmp_path: Path) -> None:
    options = listed(sample, "accounts", ("name", "level", "favour", "pipeline", "last"))
    export_to(sample, "accounts", Format.CSV, tmp_path / "a.csv", options)
    first, second, *_rest = csv.DictReader(io.StringIO((tmp_path / "a.csv").read_text("utf-8")))
    assert list(first) == ["Account", "Level", "Favour", "Pipeline", "Pipeline, currency", "Last"]
    assert first["Level"] in ("Prospect", "Buyer", "Account", "Partner")
    assert float(first["Pipeline"]) >= float(second["Pipeline"]) > 1_000
    assert len(first["Favour"]) <= 7
    export_to(sample, "accounts", Format.XLSX, tmp_path / "a.xlsx", options)
    (sheet,) = open_workbook(tmp_path / "a.xlsx")
    rows = list(sheet.rows())
    assert rows[0] == list(first)
    assert float(rows[1][3]) == float(first["Pipeline"])
    dt.date.fromisoformat(str(rows[1][5])[:10])


def test_columns_for_programs_keep_their_keys(sample: Path, tmp_path: Path) -> None:
    options = listed(sample, "accounts", ("name", "level", "pipeline"), is_labelled=False)
    export_to(sample, "accounts", Format.JSONL, tmp_path / "a.jsonl", options)
    first = objects(tmp_path / "a.jsonl")[0]
    assert list(first) == ["name", "level", "pipeline", "pipeline_currency"]
    assert isinstance(first["pipeline"], int)
    export_to(sample, "accounts", Format.XLSX, tmp_path / "a.xlsx", options)
    (sheet,) = open_workbook(tmp_path / "a.xlsx")
    headers, row, *_rest = sheet.rows()
    assert headers == ["name", "level", "pipeline_amount", "pipeline_currency"]
    assert float(row[2]) * 100 == first["pipeline"]
    export_to(sample, "accounts", Format.CSV, tmp_path / "a.csv", options)  # whoever opens it sees the same amounts
    assert next(csv.reader(io.StringIO((tmp_path / "a.csv").read_text("utf-8")))) == headers
    assert float((tmp_path / "a.csv").read_text("utf-8").splitlines()[1].split(",")[2]) == float(row[2])


def test_every_chosen_sum_of_money_goes_out_with_its_currency(sample: Path, tmp_path: Path) -> None:
    ids = lists.ids(sample, "opportunities", TODAY)
    pick = picking.picked("opportunities", "name,value,margin", fields_first=True)
    options = ExportOptions(keys=ids, listed=Listed(pick, ids, TODAY))
    export_to(sample, "opportunities", Format.XLSX, tmp_path / "a.xlsx", options)
    (sheet,) = open_workbook(tmp_path / "a.xlsx")
    headers, row, *_rest = sheet.rows()
    assert headers == ["name", "value_amount", "value_currency", "margin_amount", "margin_currency"]
    assert len(str(row[2])) == len("EUR")
    assert row[2] == row[4]


@pytest.mark.parametrize("manner", Manner)
@pytest.mark.parametrize("noun", lists.NOUNS)
def test_no_sum_of_money_is_picked_without_its_currency(noun: str, manner: Manner) -> None:
    kind = BY_TABLE[lists.table_of(noun)]
    for name, spec in specs(kind).items():
        if spec.kind is Kind.MONEY:
            pick = picking.picked(noun, name, fields_first=True)
            assert [one.header.endswith("_currency") for one in cells(pick, manner)] == [False, True], name


@pytest.mark.parametrize("manner", Manner)
def test_no_header_is_there_twice(manner: Manner) -> None:
    for noun in lists.NOUNS:
        for pick in (picking.shown(noun), picking.picked(noun, "fields", fields_first=True)):
            headers = [one.header for one in cells(pick, manner)]
            assert len(set(headers)) == len(headers), noun


def test_cards_have_no_columns(sample: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="vcf has fields of its own"):
        export_to(sample, "people", Format.VCF, tmp_path / "a.vcf", listed(sample, "accounts", ("name",)))
    assert not (tmp_path / "a.vcf").exists()


@pytest.mark.parametrize("form", list(Format))
@pytest.mark.parametrize("is_chosen", [False, True])
def test_how_far_it_is_is_told_and_ends_at_the_whole(
    sample: Path, tmp_path: Path, form: Format, *, is_chosen: bool
) -> None:
    noun, told = "contacts" if form is Format.ICS else "people", list[tuple[int, int]]()
    options = ExportOptions(heed=lambda done, total: told.append((done, total)))
    if is_chosen:
        options = replace(options, keys=lists.ids(sample, noun, TODAY, filter_text="")[:5])
    count = export_to(sample, noun, form, tmp_path / f"out.{form}", options)
    assert told == sorted(told)
    assert told[-1][0] == told[-1][1] >= count
    assert {total for _done, total in told} == {told[-1][1]}


def test_how_far_a_list_is_is_told(sample: Path, tmp_path: Path) -> None:
    told = list[tuple[int, int]]()
    listed = Listed(
        picking.picked("people", "name", fields_first=True), lists.ids(sample, "people", TODAY, filter_text=""), TODAY
    )
    options = ExportOptions(listed=listed, heed=lambda done, total: told.append((done, total)))
    export_to(sample, "people", Format.XLSX, tmp_path / "people.xlsx", options)
    assert told[0] == (0, len(listed.keys))


@pytest.mark.parametrize(("noun", "form"), [("accounts", Format.CSV), ("people", Format.VCF)])
def test_a_folder_that_is_not_written_to_the_end_is_as_it_was(
    sample: Path, tmp_path: Path, noun: str, form: Format
) -> None:
    folder = tmp_path / "out"
    export_to(sample, noun, form, folder, ExportOptions(keys=lists.ids(sample, noun, TODAY, filter_text="")[:2]))
    before = {path: path.read_text("utf-8") for path in folder.iterdir()}

    def heed(done: int, total: int) -> None:
        if done > total * 3 // 4:
            raise CancelledError

    with pytest.raises(CancelledError):
        export_to(sample, noun, form, folder, ExportOptions(heed=heed))
    assert {path: path.read_text("utf-8") for path in folder.iterdir()} == before
