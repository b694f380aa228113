"""New rows that may be there already, and accounts that they name: found as doubles are, with reasons and score."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING, Any

import pytest

from crmtui.commands import import_doubts, import_new_people
from crmtui.commands.import_results import write_results
from crmtui.commands.importing import FileMapping, ImportOptions, import_files

if TYPE_CHECKING:
    from pathlib import Path

    from crmtui.commands.import_report import Doubt, FileReport

ACCOUNTS = """Company,Website,Phone,Country
Aurora Spa,www.aurora.it,+39 02 1234567,Italy
Beta Ltd,beta.co.uk,020 7946 0000,United Kingdom
Gamma Inc,,,
"""
PEOPLE = """Name,Company,Email,Phone
Carla Conti,Aurora Spa,carla@aurora.it,
John Smith,Beta Ltd,john@beta.co.uk,020 7946 0001
Mario Rossi,Aurora Spa,,+39 333 1234567
"""


@pytest.fixture
def peopled(workspace: Path, tmp_path: Path) -> Path:
    for name, text in (("accounts.csv", ACCOUNTS), ("people.csv", PEOPLE)):
        (tmp_path / name).write_text(text, "utf-8")
    import_files(workspace, [tmp_path / "accounts.csv", tmp_path / "people.csv"], ImportOptions())
    return workspace


def bring(path: Path, folder: Path, text: str, **more: Any) -> FileReport:
    (folder / "new.csv").write_text(text, "utf-8")
    return import_files(path, [folder / "new.csv"], ImportOptions(**more)).files[0]


def told(one: Doubt) -> tuple[str, float, tuple[str, ...]]:
    return one.other, round(one.score, 3), (*one.reasons, *one.against)


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("AURORA GmbH,,,", ("Aurora Spa", 0.65, ("the same name",))),
        ("Sun & Co,https://aurora.it/en,,", ("Aurora Spa", 0.55, ("the same domain: aurora.it",))),
        ("Sun & Co,,0039-02-1234567,", ("Aurora Spa", 0.45, ("the same telephone: +39021234567",))),
        ("Sun & Co,,+44 20 7946 0000,", ("Beta Ltd", 0.45, ("the same telephone: +442079460000",))),
        ("Gama Inc,,,", ("Gamma Inc", 0.45, ("names that are alike",))),
        ("Beta,,,UK", ("Beta Ltd", 0.65, ("the same name",))),
        ("Beta,,,France", ("Beta Ltd", 0.455, ("the same name", "different countries"))),
    ],
)
def test_a_new_account_may_be_one_that_is_there(
    peopled: Path, tmp_path: Path, row: str, expected: tuple[str, float, tuple[str, ...]]
) -> None:
    report = bring(peopled, tmp_path, f"Company,Website,Phone,Country\n{row}\n", dry_run=True)
    assert (report.new, report.doubts, [told(one) for one in report.doubtful]) == (1, 1, [expected])


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("Conti Carla,Aurora Spa,,", ("Carla Conti", 0.755, ("the same name", "at the same account"))),
        ("Carla Conti,,,", ("Carla Conti", 0.65, ("the same name",))),
        ("Carla Conti,Gamma Inc,,", ("Carla Conti", 0.488, ("the same name", "at different accounts"))),
        ("Jon Smith,Beta Ltd,,", ("John Smith", 0.615, ("names that are alike", "at the same account"))),
        ("C. Conti,Aurora Spa,,", ("Carla Conti", 0.615, ("names that are alike", "at the same account"))),
        (
            "Rossi M.,Aurora Spa,,0039 333 1234567",
            (
                "Mario Rossi",
                0.788,
                ("the same telephone: +393331234567", "names that are alike", "at the same account"),
            ),
        ),
        (
            "Jon Smith,Beta Ltd,,+44 20 7946 0001",  # there it is written without the country, which the account tells
            (
                "John Smith",
                0.788,
                ("the same telephone: +442079460001", "names that are alike", "at the same account"),
            ),
        ),
    ],
)
def test_a_new_person_may_be_one_who_is_there(
    peopled: Path, tmp_path: Path, row: str, expected: tuple[str, float, tuple[str, ...]]
) -> None:
    report = bring(peopled, tmp_path, f"Name,Company,Email,Phone\n{row}\n", dry_run=True)
    assert (report.new, report.doubts, [told(one) for one in report.doubtful]) == (1, 1, [expected])


def test_of_many_who_begin_alike_only_those_of_the_very_name_are_told(
    peopled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(import_new_people, "BLOCK", 2)
    rows = "Name,Company\nC. Conti,Aurora Spa\nConti Carla,Aurora Spa\nJon Smith,Beta Ltd\n"
    report = bring(peopled, tmp_path, rows, dry_run=True)
    assert [(one.name, one.other) for one in report.doubtful] == [
        ("Conti Carla", "Carla Conti"),
        ("Jon Smith", "John Smith"),
    ]


def test_an_address_that_two_have_tells_who_a_row_may_be(peopled: Path, tmp_path: Path) -> None:
    first = (
        "Contact ID,Name,Company,Email\n1,Anna Verdi,Gamma Inc,sales@gamma.it\n2,Lia Neri,Gamma Inc,sales@gamma.it\n"
    )
    bring(peopled, tmp_path, first)
    report = bring(peopled, tmp_path, "Name,Company,Email\nL. Neri,Gamma Inc,Sales@gamma.it\n", dry_run=True)
    assert [told(one) for one in report.doubtful] == [
        (
            "Lia Neri",
            0.807,
            ("the same e-mail address: sales@gamma.it", "names that are alike", "at the same account"),
        )
    ]


def test_a_telephone_of_many_rows_says_nothing(peopled: Path, tmp_path: Path) -> None:
    rows = [f"{name * 3} {name * 4},+39 333 1234567\n" for name in "abdefghijklmno"]  # none that are heard alike
    for count in (2, 14):
        report = bring(peopled, tmp_path, "Company,Phone\n" + "".join(rows[:count]), dry_run=True)
        assert (report.new, report.doubts) == (count, 1 if count == 2 else 0)


def test_a_part_of_a_group_is_not_the_group(peopled: Path, tmp_path: Path) -> None:
    text = "Company,Parent Company,Website\nAurora Italia,Aurora Spa,aurora.it\nAurora Nord,,aurora.it\n"
    report = bring(peopled, tmp_path, text, dry_run=True)
    assert [one.name for one in report.doubtful] == ["Aurora Nord"]


@pytest.mark.parametrize("head", ["Name,Company,Email", "Deal Name,Account,Stage"])
def test_an_account_that_a_row_names_may_be_there(peopled: Path, tmp_path: Path, head: str) -> None:
    rows = "One,Gamma Inc,\nTwo,Aurora GmbH,\nThree,Nordik,\nFour,Aurora GmbH,\n"
    report = bring(peopled, tmp_path, f"{head}\n{rows}")
    assert [(one.line, one.name, *told(one)) for one in report.named] == [
        (3, "Aurora GmbH", "Aurora Spa", 0.65, ("the same name",))
    ]
    assert (report.doubts, report.linked["account"]) == (0, 2)


def test_an_account_that_an_activity_or_a_note_names_may_be_there(peopled: Path, tmp_path: Path) -> None:
    head = "Activity Type,Subject,Account,Email,Date\n"
    rows = "Call,First,Aurora GmbH,,2026-03-01\nCall,Second,Sun & Co,a@beta.co.uk,2026-03-01\n"
    report = bring(peopled, tmp_path, f"{head}{rows}Call,Third,Aurora GmbH,,2026-03-02\n")
    assert [(one.line, one.name, *told(one)) for one in report.named] == [
        (2, "Aurora GmbH", "Aurora Spa", 0.65, ("the same name",)),
        (3, "Sun & Co", "Beta Ltd", 0.55, ("the same domain: beta.co.uk",)),
    ]
    notes = "Note Title,Note Content,Account Name,Date\nA,Text,Gama Inc,2026-03-01\n"
    report = bring(peopled, tmp_path, notes, files={"": FileMapping(kind="note")})
    assert [told(one) for one in report.named] == [("Gamma Inc", 0.45, ("names that are alike",))]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (
            ("Laura Bianchi,Nova,,+39 333 7654321", "Bianchi Laura,,,0039 333 76 54 321"),
            (0.807, ("the same name", "the same telephone: +393337654321")),
        ),
        (("Laura Bianchi,,l@nova.it,", "Bianchi Laura,,laura@nova.it,"), (0.65, ("the same name",))),
        (("Laura Bianchi,Nova,,", "L. Bianchi,Nova,,"), (0.615, ("names that are alike", "at the same account"))),
        (("Anna De Luca,Nova,,", "Deluca Anna,Nova,,"), (0.615, ("names that are alike", "at the same account"))),
        (
            ("Laura Bianchi,Nova,info@nova.it,", "Ugo Neri,Nova,Info@nova.it,"),
            (0.423, ("the same e-mail address: info@nova.it", "at the same account", "different names")),
        ),
        (("Laura Bianchi,Nova,,", "Laura Bianchi,Gamma Inc,,"), None),  # the file itself tells them apart
        (("Laura Bianchi,Nova,,", "Lara Bruni,Nova,,"), None),
        (("Laura Bianchi,Nova,l@nova.it,", "L. Bianchi,Nova,lb@nova.it,"), None),  # so it does by addresses
        (
            ("Laura Bianchi,Nova,l@nova.it,", "L. Bianchi,Nova,,"),
            (0.615, ("names that are alike", "at the same account")),
        ),
    ],
)
@pytest.mark.parametrize("at_once", [1 << 17, 1], ids=["at once", "one by one"])
def test_two_new_people_of_a_file_may_be_one(
    peopled: Path, tmp_path: Path, rows: tuple[str, str], expected: Any, at_once: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(import_doubts, "MOST_ROWS", at_once)
    report = bring(peopled, tmp_path, "Name,Company,Email,Phone\n" + "\n".join(rows) + "\n", dry_run=True)
    found = [(one.line, one.other, one.other_line, *told(one)[1:]) for one in report.doubtful]
    assert (report.new, found) == (2, [(3, rows[0].split(",")[0], 2, *expected)] if expected else [])


def test_two_new_accounts_of_a_file_may_be_one_but_not_a_group_and_its_part(peopled: Path, tmp_path: Path) -> None:
    text = """Company,Website,Parent Company
Delta,www.delta.it,
Delta S.p.A.,https://delta.it/en,
Delta Nord,delta.it,Delta
Omega Srl,,Omega Spa
Sigma Srl,,Omega Holding
Omega Holdings,,
"""
    report = bring(peopled, tmp_path, text)
    assert [(one.line, one.other_line, *told(one)) for one in report.doubtful] == [
        (3, 2, "Delta", 0.843, ("the same name", "the same domain: delta.it")),
        (4, 3, "Delta S.p.A.", 0.55, ("the same domain: delta.it",)),
    ]
    assert [(one.line, one.name, one.other_line, *told(one)) for one in report.named] == [
        (6, "Omega Holding", 7, "Omega Holdings", 0.45, ("names that are alike",))
    ]


def test_accounts_that_rows_of_a_file_name_may_be_one(workspace: Path, tmp_path: Path) -> None:
    rows = "A B,Delta,a@delta.it\nC D,Delta S.p.A.,c@delta.it\nE F,Omega,e@delta.it\nG H,Omega,g@omega.it\n"
    report = bring(workspace, tmp_path, f"Name,Company,Email\n{rows}")
    assert [(one.line, one.other_line, *told(one)) for one in report.named] == [
        (3, 2, "Delta", 0.843, ("the same name", "the same domain: delta.it"))
    ]
    assert report.linked["account"] == 3


def test_doubles_are_found_among_thirty_thousand_rows_of_a_first_import(workspace: Path, tmp_path: Path) -> None:
    rows = [f"A{n % 89} B{n},Company {n % 5000},a{n}@c{n % 5000}.it,+39 02 {n:08}" for n in range(30_000)]
    rows[12_000:12_000] = ["Carla Conti,Helios,c@helios.it,", "Bianchi Laura,Helios,,+39 333 7654321"]
    rows += ["Conti C.,Elios,C@helios.it,", "Laura Bianchi,Helios,,0039 333 7654321"]
    report = bring(workspace, tmp_path, "Name,Company,Email,Phone\n" + "\n".join(rows) + "\n")
    assert (report.new, report.doubts) == (30_004, 2)
    assert [(one.line, one.other_line, *told(one)) for one in report.doubtful] == [
        (
            30_004,
            12_002,
            "Carla Conti",
            0.688,
            ("the same e-mail address: c@helios.it", "names that are alike", "at different accounts"),
        ),
        (
            30_005,
            12_003,
            "Bianchi Laura",
            0.865,
            ("the same name", "the same telephone: +393337654321", "at the same account"),
        ),
    ]


def test_names_are_found_whichever_side_has_more_of_them(peopled: Path, tmp_path: Path) -> None:
    few = "Name,Company\nConti Carla,Gamma Inc\n"
    many = few + "".join(f"A{n} B{n},Gamma Inc\n" for n in range(9))
    for text in (few, many):
        report = bring(peopled, tmp_path, text, dry_run=True)
        assert [told(one) for one in report.doubtful] == [
            ("Carla Conti", 0.488, ("the same name", "at different accounts"))
        ]


def test_a_website_may_be_on_two_lines(workspace: Path, tmp_path: Path) -> None:
    text = 'First Name,Last Name,Company,Email,Website\nA,B,Aurora,a@aurora.it,"aurora.it\naurora.com"\n'
    assert bring(workspace, tmp_path, text).new == 1


def test_rows_of_two_files_of_one_import_are_compared(peopled: Path, tmp_path: Path) -> None:
    for name, person in (("one.csv", "Laura Bianchi"), ("two.csv", "Bianchi Laura")):
        (tmp_path / name).write_text(f"Name,Company,Phone\n{person},Nova,+39 333 7654321\n", "utf-8")
    reports = import_files(peopled, [tmp_path / "one.csv", tmp_path / "two.csv"], ImportOptions(dry_run=True)).files
    assert [[told(one)[:2] for one in report.doubtful] for report in reports] == [[], [("Laura Bianchi", 0.865)]]


def test_of_doubles_in_a_file_the_first_stays_and_nothing_is_the_double_of_what_is_left_out(
    peopled: Path, tmp_path: Path
) -> None:
    rows = "Laura Bianchi,Nova,,+39 333 7654321\nL. Bianchi,Nova,lb@nova.it,\nUgo Neri,,LB@nova.it,\n"
    report = bring(peopled, tmp_path, f"Name,Company,Email,Phone\n{rows}Carla Conti,,,\n", skip_doubtful=True)
    assert [(one.line, one.other_line) for one in report.doubtful] == [(3, 2), (5, 0)]
    assert (report.new, report.left_out, report.rows) == (2, 2, 4)


def test_an_opportunity_of_that_name_is_told_at_its_account_only(peopled: Path, tmp_path: Path) -> None:
    head = "Deal Name,Account,Stage,Close Date\n"
    bring(peopled, tmp_path, f"{head}Line 4,Aurora Spa,Prospecting,2027-05-02\n")
    rows = "Line 4,Aurora Spa,Prospecting,2028-05-02\nLine 4,Beta Ltd,Prospecting,2028-05-02\n"
    both = bring(peopled, tmp_path, f"{head}{rows}Line 4,Aurora Spa,Prospecting,2027-05-02\n", dry_run=True)
    assert [(one.line, *told(one)) for one in both.doubtful] == [
        (2, "Line 4", 0.755, ("the same name", "at the same account"))
    ]


def test_reasons_and_score_are_in_the_file_of_results(peopled: Path, tmp_path: Path) -> None:
    (tmp_path / "new.csv").write_text("Name,Company\nCarla Conti,Gamma Inc\n", "utf-8")
    options = ImportOptions(is_traced=True, skip_doubtful=True)
    report = import_files(peopled, [tmp_path / "new.csv"], options)
    write_results(peopled, report, tmp_path / "out.csv")
    with (tmp_path / "out.csv").open(encoding="utf-8", newline="") as stream:
        (row,) = csv.DictReader(stream)
    assert (row["outcome"], row["reason"]) == (
        "doubtful",
        "may be Carla Conti: the same name; but at different accounts (49%)",
    )
