"""JSON of other programs: lists of objects are tables, and are recognised as tables are."""

from __future__ import annotations

import datetime as dt
import json
from typing import TYPE_CHECKING, Any

import pytest

from crmtui.commands.import_looking import look_over
from crmtui.commands.importing import FileForm, FileMapping, ImportOptions, import_files
from crmtui.errors import CrmtuiError
from store_dump import query

if TYPE_CHECKING:
    from pathlib import Path

    from crmtui.commands.import_report import ImportReport


def bring(workspace: Path, path: Path, content: object, **more: Any) -> ImportReport:
    path.write_text(content if isinstance(content, str) else json.dumps(content), "utf-8")
    return import_files(workspace, [path], ImportOptions(**more))


PEOPLE = [
    {
        "First Name": "Laura",
        "Last Name": "Bianchi",
        "Email": "l@a.it",
        "Company": "Acme",
        "Tags": ["a", "b"],
        "vip": True,
    },
    {"First Name": "Gino", "Last Name": "Conti", "Email": None, "Company": "Acme", "Address": {"City": "Roma"}},
]


@pytest.mark.parametrize("by_lines", [False, True])
def test_a_list_of_objects_is_a_table(workspace: Path, tmp_path: Path, *, by_lines: bool) -> None:
    content = "\n".join(map(json.dumps, PEOPLE)) if by_lines else json.dumps(PEOPLE)
    report = bring(workspace, tmp_path / ("people.jsonl" if by_lines else "people.json"), content)
    assert [(file.table, file.new, file.rejected) for file in report.files] == [("person", 2, [])]
    people = "SELECT p.name, a.name, p.city FROM person p JOIN account a ON a.id = p.account_id ORDER BY p.name"
    assert query(workspace, people) == [("Gino Conti", "Acme", "Roma"), ("Laura Bianchi", "Acme", "")]
    assert query(workspace, "SELECT name, value FROM custom_value ORDER BY name") == [("Tags", "a; b"), ("vip", "yes")]


def test_each_list_of_a_name_is_a_table_of_its_own_and_they_are_linked(workspace: Path, tmp_path: Path) -> None:
    companies = [{"Record ID": 7, "Company name": "Acme", "Annual Revenue": 1.23, "Number of Employees": 10}]
    deals = [
        {"Record ID": 1, "Deal Name": "Line 4", "Deal Stage": "Demo", "Amount": 1234.5, "Associated Company IDs": "7"}
    ]
    content = {"links": [{"next": "abc"}], "deals": [*deals, 5], "companies": companies}
    report = bring(workspace, tmp_path / "hub.json", content, skip_rejected=True)
    assert [(file.title, file.table, file.new) for file in report.files] == [
        ("hub.json/companies", "account", 1),
        ("hub.json/deals", "opportunity", 1),
    ]
    linked = "SELECT a.name, a.revenue, o.value FROM opportunity o JOIN account a ON a.id = o.account_id"
    assert query(workspace, linked) == [("Acme", 123, 123_450)]  # a number is as it stands
    assert [problem.reason for file in report.files for problem in file.rejected] == [
        "this is no object with named values"
    ]
    assert any(note.startswith("List links was left out: ") for file in report.files for note in file.notes)


def test_objects_on_one_line_are_told_apart(workspace: Path, tmp_path: Path) -> None:
    rows = (("Acme", "a"), ("Acme", "b"), ("Zeta", "c"))
    content = [5, *({"Company name": name, "Sector": sector} for name, sector in rows)]
    report = bring(workspace, tmp_path / "companies.json", content, skip_rejected=True, is_traced=True)
    (file,) = report.files
    assert [(one.place, one.values) for one in file.rejected] == [("line 1", ()), ("object 2", ("Acme", "b"))]
    assert [(line, name) for line, _outcome, _id, name, _uid in file.outcomes or ()] == [(1, "Acme"), (3, "Zeta")]


def test_objects_that_fit_no_noun_are_told_and_may_be_said_to_hold_one(workspace: Path, tmp_path: Path) -> None:
    path = tmp_path / "klienci.json"
    content = [{"Klient": "Helios", "Dziedzina": "energy"}]
    with pytest.raises(CrmtuiError, match="fit no noun"):
        bring(workspace, path, content)
    (look,) = look_over(workspace, [path], {}, today=dt.date(2026, 3, 12)).files
    assert look.is_table
    said = FileMapping(kind="account", columns={"Klient": "name", "Dziedzina": "industry"})
    assert bring(workspace, path, content, files={path.name: said}).done
    assert query(workspace, "SELECT name, industry FROM account") == [("Helios", "energy")]


COMPANIES = [{"name": "Acme", "website": "acme.it", "city": "Rome"}, {"name": "Zeta", "website": "zeta.it"}]
ANN = [{"first_name": "Ann", "last_name": "Bini", "email": "ann@acme.it"}]


@pytest.mark.parametrize(
    ("content", "found", "beside"),
    [
        ({"count": 2, "next": None, "results": COMPANIES}, [("account", 2)], "count, next"),
        ({"meta": {"page": 1, "sort": ["name"]}, "data": {"contacts": ANN}}, [("person", 1)], "meta.page, meta.sort"),
        ({"status": "ok", "companies": COMPANIES, "people": ANN}, [("account", 2), ("person", 1)], "status"),
        ({"ok": True, "data": {"items": {"list": [*COMPANIES, 5]}}}, [("account", 2)], "ok"),
    ],
)
def test_lists_are_found_beside_and_within_other_values(
    workspace: Path, tmp_path: Path, content: object, found: list[tuple[str, int]], beside: str
) -> None:
    report = bring(workspace, tmp_path / "answer.json", content, skip_rejected=True)
    assert [(file.table, file.new) for file in report.files] == found
    notes = [note for file in report.files for note in file.notes]
    assert f"What stands beside the lists was left out: {beside}." in notes


def test_a_record_with_lists_in_it_is_a_record_unless_a_list_is_chosen(workspace: Path, tmp_path: Path) -> None:
    path, content = tmp_path / "acme.json", {**COMPANIES[0], "contacts": ANN, "visits": [{"on": "2026-01-01"}]}
    (file,) = bring(workspace, path, content).files
    assert (file.table, file.new) == ("account", 1)
    told = "Read as one record; the lists in it can be chosen to be read instead: contacts, visits."
    assert told in file.notes
    (file,) = bring(workspace, path, content, forms={path.name: FileForm(sheets=("contacts",))}).files
    assert (file.table, file.new) == ("person", 1)
    with pytest.raises(
        CrmtuiError, match="there is no list “calls” with objects in it; there are “contacts”, “visits”"
    ):
        bring(workspace, path, content, forms={"": FileForm(sheets=("calls",))})


def test_lists_without_end_within_an_object_are_refused(workspace: Path, tmp_path: Path) -> None:
    lists = {f"list {number}": [{"name": "x"}] for number in range(20_000)}
    with pytest.raises(CrmtuiError, match="20000 lists are more than the 50 that can be read"):
        bring(workspace, tmp_path / "a.json", {"page": 1, "of": lists})


def test_records_of_ours_are_found_within_an_answer_too(workspace: Path, tmp_path: Path) -> None:
    bring(workspace, tmp_path / "a.json", {"made": {"by": "x"}, "rows": [{"type": "account", "name": "Own"}]})
    assert query(workspace, "SELECT name FROM account") == [("Own",)]


def test_telephones_and_addresses_in_lists_of_objects_are_those_of_the_person(workspace: Path, tmp_path: Path) -> None:
    phones = [{"type": "work", "number": "+1 617 555 0101"}, {"type": "mobile", "number": "+1 617 555 0102"}]
    people = [
        {
            "name": "Ann Lee",
            "emails": [{"value": "ann@a.it"}, {"value": "a2@a.it"}],
            "phones": phones,
            "deals": [{"a": 1}],
        },
        {"name": "Bob Ray", "emails": [], "phones": [{"type": "mobile", "number": "+1 617 555 0103"}], "deals": []},
    ]
    report = bring(workspace, tmp_path / "people.json", people)
    assert query(workspace, "SELECT person_id, kind, number FROM person_phone ORDER BY id") == [
        (1, "work", "+1 617 555 0101"),
        (1, "mobile", "+1 617 555 0102"),
        (2, "mobile", "+1 617 555 0103"),
    ]
    assert query(workspace, "SELECT address FROM person_email ORDER BY id") == [("ann@a.it",), ("a2@a.it",)]
    reasons = {one.header: one.reason for one in report.files[0].columns}
    assert reasons["deals"] == "its cells are lists or objects; kept as they are"
