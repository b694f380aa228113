"""Columns of our own lists that come back: as the noun that they are of, or refused, and never as another one."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from crmtui.commands.exporting import ExportOptions, Format, export_to
from crmtui.commands.exporting_columns import Listed, Tabled
from crmtui.commands.import_own_views import headers_of
from crmtui.commands.importing import Existing, ImportOptions, import_files
from crmtui.errors import FileProblemError
from crmtui.exchange.mapping.recognise import FORMS
from crmtui.queries import lists, picking, worked_tables
from incoming import bring, bring_all, file
from store_dump import query

if TYPE_CHECKING:
    from pathlib import Path

    from crmtui.commands.import_report import FileReport

TODAY = dt.date(2026, 3, 12)


def come_back(path: Path, noun: str, columns: str, target: Path, *, is_labelled: bool = False) -> FileReport:
    """What becomes of columns of a list that went out and come back into the same workspace."""
    ids = lists.ids(path, noun, TODAY)
    pick = picking.picked(noun, columns, fields_first=False)
    form = Format(target.suffix.removeprefix("."))
    export_to(
        path, noun, form, target, ExportOptions(keys=ids, listed=Listed(pick, ids, TODAY, is_labelled=is_labelled))
    )
    return import_files(path, [target], ImportOptions(dry_run=True)).files[0]


@pytest.mark.parametrize("is_labelled", [False, True])
@pytest.mark.parametrize(
    ("noun", "columns", "said"),
    [
        ("actions", "name,account,due,owner", "actions"),
        ("promises", "name,account,due,to", "promises"),
        ("objectives", "name,account,opportunity,due", "objectives"),
        ("feedback", "day,account,score,comment", "feedback"),
        ("competitors", "name,accounts,website", "competitors"),
    ],
)
def test_a_list_that_cannot_come_back_by_columns_is_refused_as_what_it_is(
    sample: Path, tmp_path: Path, noun: str, columns: str, said: str, is_labelled: bool
) -> None:
    for name in (f"{noun}.xlsx", f"{noun}.csv"):
        with pytest.raises(FileProblemError, match=f"view of ours, of .*{said}.* export {noun} whole"):
            come_back(sample, noun, columns, tmp_path / name, is_labelled=is_labelled)


@pytest.mark.parametrize("is_labelled", [False, True])
@pytest.mark.parametrize("noun", worked_tables.NOUNS)
def test_a_table_of_figures_is_refused_and_its_figures_are_taken_for_no_judgement(
    sample: Path, tmp_path: Path, noun: str, is_labelled: bool
) -> None:
    table = worked_tables.table(noun)
    pick = table.picked(table.shown) if is_labelled else table.named(",".join(table.usual))
    listed = Tabled(pick, table, worked_tables.read(noun, sample, TODAY), is_labelled=is_labelled)
    target = tmp_path / f"{table.title if is_labelled else noun}.csv"
    export_to(sample, noun, Format.CSV, target, ExportOptions(listed=listed))
    with pytest.raises(FileProblemError, match=f"figures of ours, {table.title}, .* worked out"):
        import_files(sample, [target], ImportOptions(dry_run=True))


@pytest.mark.usefixtures("italian")
def test_a_list_is_known_in_each_language_and_under_another_name(sample: Path, tmp_path: Path) -> None:
    with pytest.raises(FileProblemError, match="promesse"):
        come_back(sample, "promises", "name,account,due,to", tmp_path / "a.csv", is_labelled=True)


@pytest.mark.parametrize(
    ("noun", "columns", "table"),
    [
        ("accounts", "name,owner,level,pipeline", "account"),
        ("people", "name,account,title,email", "person"),
        ("opportunities", "name,account,stage,close,owner", "opportunity"),
        ("contacts", "day,channel,with,account,message", "contact"),
    ],
)
def test_a_list_that_can_come_back_is_read_as_what_it_is(
    sample: Path, tmp_path: Path, noun: str, columns: str, table: str
) -> None:
    assert come_back(sample, noun, columns, tmp_path / "a.xlsx").table == table


def test_rows_that_name_accounts_beside_themselves_are_no_accounts(workspace: Path) -> None:
    path = file(workspace.with_name("todo.csv"), "Name,Account,Urgency\nSend it,Foo,high\nCall,Bar,low\n")
    assert bring(workspace, path, dry_run=True).table == "person"
    with pytest.raises(FileProblemError, match="fit no noun"):
        bring(workspace, file(workspace.with_name("projects.csv"), "Name,Account,Urgency\nSend it,Foo,high\n"))


@pytest.mark.parametrize(
    ("noun", "columns"),
    [
        ("contacts", "uid,day,channel,with,account,message"),
        ("people", "uid,name,account,title"),
        ("accounts", "uid,name,owner,industry"),
        ("opportunities", "uid,name,account,stage,close"),
        ("orders", "uid,number,account,day,status,value"),
        ("orders", "number,account,day,status,value"),
    ],
)
def test_an_identity_of_ours_among_the_columns_finds_its_record(
    sample: Path, tmp_path: Path, noun: str, columns: str
) -> None:
    for name in (f"{noun}.xlsx", f"{noun}.csv"):
        report = come_back(sample, noun, columns, tmp_path / name)
        assert (report.new, report.linked, report.rejected) == (0, {}, [])
        assert report.unchanged == len(lists.ids(sample, noun, TODAY))


@pytest.mark.parametrize(
    ("columns", "name"),
    [
        ("name,industry,pipeline,coverage", "third quarter.xlsx"),
        ("name,industry,met", "accounts.csv"),
        ("uid,name,industry,won", "a.csv"),
    ],
)
@pytest.mark.parametrize("is_labelled", [False, True])
def test_what_a_list_works_out_is_not_imported(
    sample: Path, tmp_path: Path, columns: str, name: str, *, is_labelled: bool
) -> None:
    report = come_back(sample, "accounts", columns, tmp_path / name, is_labelled=is_labelled)
    told = [one for one in report.columns if one.reason == "worked out here; not imported"]
    assert len(told) >= columns.count(",") - 1 - ("uid" in columns)
    assert "custom" not in {one.field for one in report.columns}


def test_identities_of_ours_in_columns_of_links_are_links(sample: Path, tmp_path: Path) -> None:
    query_people = (
        "SELECT p.uid, p.name, a.uid FROM person p JOIN account a ON a.id = p.account_id ORDER BY p.id LIMIT 2"
    )
    rows = query(sample, query_people)
    (other,) = query(sample, "SELECT uid FROM account WHERE uid NOT IN ('" + "','".join(row[2] for row in rows) + "')")[
        0
    ]
    text = f"uid,name,account_uid\n{rows[0][0]},{rows[0][1]},{rows[0][2]}\n{rows[1][0]},{rows[1][1]},{other}\n"
    report = bring(sample, file(tmp_path / "people.csv", text), existing=Existing.OVERWRITE)
    assert (report.unchanged, report.updated, report.new) == (1, 1, 0)
    assert [row[2] for row in query(sample, query_people)][1] == other


@pytest.mark.parametrize(
    ("cell", "there"),
    [
        ("Giulia Conti, Bruno Salvetti", {"Bruno Salvetti", "Giulia Conti"}),
        ("Conti, Anna", {"Conti, Anna"}),  # a name of somebody, as it is
        ("Conti, Giulia", {"Giulia Conti"}),  # the other way round
        ("Moro, Ivo", {"Moro, Ivo"}),  # nobody so far, and one rather than two
        ("Ivo Moro, Ada Neri", {"Ivo Moro", "Ada Neri"}),
    ],
)
def test_several_names_in_a_cell_are_several_people(workspace: Path, cell: str, there: set[str]) -> None:
    people = 'Name,Account\nGiulia Conti,Foo\nBruno Salvetti,Foo\n"Conti, Anna",Foo\n'
    activities = f'Subject,Type,Done,Organization,Contact person,Due date\nVisit,Meeting,Done,Foo,"{cell}",2026-01-05\n'
    bring_all(workspace, {"people.csv": people, "activities.csv": activities})
    found = query(workspace, "SELECT p.name FROM contact_person c JOIN person p ON p.id = c.person_id")
    assert {name for (name,) in found} == there


def test_no_list_of_ours_is_taken_for_the_form_of_a_program() -> None:
    forms = [replace(form, lacks="") for form in FORMS]
    told = {noun: [frozenset({header}) for header in headers_of(noun)] for noun in lists.NOUNS}
    assert not [(noun, form) for noun, headers in told.items() for form in forms if any(form.fit(headers))]
