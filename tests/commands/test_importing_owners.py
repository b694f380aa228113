"""Our people in files of other programs: known by keys, addresses and names, never doubled, linked in any order."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from crmtui.commands.importing import Existing, FileMapping
from crmtui.domain.words import Source
from crmtui.domain.workspace import Actor
from crmtui.queries.brought import of_record
from crmtui.store.unit import work
from crmtui.store.writing.bulk import insert_many
from incoming import bring, bring_all, file
from store_dump import query

if TYPE_CHECKING:
    from pathlib import Path

    from crmtui.commands.import_report import FileReport, ImportReport

ANNA, CARLA = "0055g00000AAAAAAA1", "0055g00000BBBBBBB2"
SALESFORCE = {
    "User.csv": f"""Id,Username,LastName,FirstName,Name,CompanyName,Department,Title,Email,Phone,Alias,IsActive,\
UserRoleId,ProfileId,UserType,ManagerId,UserPermissionsMobileUser,UserPreferencesActivityRemindersPopup
{ANNA},anna@ours.example.prod,Verdi,Anna,Anna Verdi,Ours,Sales,Account manager,anna@ours.example,,averd,true,,,\
Standard,{CARLA},false,true
{CARLA},carla@ours.example.prod,Neri,Carla,Carla Neri,Ours,Sales,Head of sales,carla@ours.example,,cneri,false,,,\
Standard,,false,true
""",
    "Account.csv": f"""Id,IsDeleted,Name,ParentId,BillingCity,Website,OwnerId
0015g00000X0000AAA,false,Aurora S.p.A.,0015g00000X0001AAA,Milano,www.aurora.it,{ANNA}
0015g00000X0001AAA,false,Aurora Holding,,Milano,www.aurora.it,{CARLA}
""",
    "Opportunity.csv": f"""Id,IsDeleted,AccountId,Name,StageName,Amount,CloseDate,IsClosed,IsWon,OwnerId
0065g00000O0000AAA,false,0015g00000X0000AAA,Line 4,Prospecting,120000,2027-05-01,false,false,{ANNA}
""",
    "Task.csv": f"""Id,WhatId,Subject,ActivityDate,Status,Priority,OwnerId,TaskSubtype
00T5g00000T0000AAA,0065g00000O0000AAA,Call Carla,2026-10-01,Completed,Normal,{CARLA},Call
""",
}
OURS = "SELECT name, email, title, is_active FROM actor ORDER BY name"
OWNERS = """SELECT a.name, o.name FROM account a LEFT JOIN actor o ON o.id = a.owner_id
    UNION ALL SELECT p.name, o.name FROM opportunity p LEFT JOIN actor o ON o.id = p.owner_id
    UNION ALL SELECT c.message, o.name FROM contact c LEFT JOIN actor o ON o.id = c.actor_id
    UNION ALL SELECT b.name, m.name FROM actor b JOIN actor m ON m.id = b.manager_id"""


def of(report: ImportReport, table: str) -> FileReport:
    return next(file for file in report.files if file.table == table)


@pytest.mark.parametrize("names", [tuple(SALESFORCE), tuple(reversed(SALESFORCE))])
def test_files_of_one_import_are_linked_to_our_people_whatever_their_order(
    workspace: Path, names: tuple[str, ...]
) -> None:
    for new in (2, 0):
        report = bring_all(workspace, {name: SALESFORCE[name] for name in names})
        assert (of(report, "actor").new, of(report, "actor").program) == (new, "Salesforce")
        assert not any("lead" in note for file in report.files for note in file.notes)
        assert query(workspace, OURS) == [
            ("Anna Verdi", "anna@ours.example", "Account manager", 1),
            ("Carla Neri", "carla@ours.example", "Head of sales", 0),
        ]
        assert sorted(query(workspace, OWNERS)) == [
            ("Anna Verdi", "Carla Neri"),
            ("Aurora Holding", "Carla Neri"),
            ("Aurora S.p.A.", "Anna Verdi"),
            ("Call Carla", "Carla Neri"),
            ("Line 4", "Anna Verdi"),
        ]
    assert query(workspace, "SELECT source, external_id FROM external_identity WHERE kind = 'actor'") == [
        ("salesforce", ANNA[:15]),
        ("salesforce", CARLA[:15]),
    ]
    assert query(workspace, "SELECT count(*) FROM person") == [(0,)]


def test_our_people_of_an_earlier_import_are_known_by_their_keys(workspace: Path) -> None:
    bring_all(workspace, {"User.csv": SALESFORCE["User.csv"]})
    bring_all(workspace, {"Account.csv": SALESFORCE["Account.csv"]})
    assert ("Aurora S.p.A.", "Anna Verdi") in query(workspace, OWNERS)


@pytest.mark.parametrize(
    ("file", "text", "source"),
    [
        ("owners.csv", "Owner ID,Email,First Name,Last Name\n77,anna@ours.example,Anna,Verdi\n", "ownerid"),
        (
            "hubspot.csv",
            """id,email,firstName,lastName,userId,userIdIncludingInactive,createdAt,updatedAt,archived
77,ANNA@ours.example,Anna,Verdi,1,1,2024-01-01,2024-01-01,false
""",
            "hubspot",
        ),
        ("users.csv", "id,name,email,phone\n77,Anna Verdi,anna@ours.example,+39 02 1\n", "actoridusers"),
        (
            "people.csv",
            "ID,Name,Email,Active flag,Role ID,Last login,Is you\n77,Anna V.,anna@ours.example,1,2,2026-01-01,0\n",
            "pipedrive",
        ),
    ],
)
def test_our_people_are_known_by_address_before_name_and_keep_their_keys(
    workspace: Path, file: str, text: str, source: str
) -> None:
    bring_all(workspace, {"team.csv": "Sales agent,Email\nAnna Verdi,anna@ours.example\nCarla Neri,\n"})
    for _time in range(2):
        report = bring_all(workspace, {file: text})
        assert [(one.table, one.new) for one in report.files] == [("actor", 0)]
        assert [row[0] for row in query(workspace, OURS)] == ["Anna Verdi", "Carla Neri"]
        assert query(workspace, "SELECT source, external_id FROM external_identity") == [(source, "77")]


def test_whom_we_had_by_an_address_alone_gets_a_name(workspace: Path) -> None:
    head = "Record ID,Company name,Company owner,Lifecycle Stage\n"
    bring_all(workspace, {"companies.csv": f"{head}5,Aurora,anna@ours.example,customer\n"})
    assert query(workspace, OURS)[0][:2] == ("anna@ours.example", "anna@ours.example")
    owners = {"owners.csv": "Owner ID,Email,First Name,Last Name\n77,anna@ours.example,Anna,Verdi\n"}
    report = bring_all(workspace, owners, existing=Existing.FILL)
    assert (of(report, "actor").new, of(report, "actor").updated) == (0, 1)
    assert query(workspace, OWNERS) == [("Aurora", "Anna Verdi")]


@pytest.mark.parametrize("name", ["contacts.csv", "list.csv"])
@pytest.mark.parametrize(
    ("head", "row"),
    [
        ("First Name,Last Name,Email,Owner ID", "Mario,Rossi,mario@aurora.it,77"),
        ("id,email,firstName,lastName,createdAt,updatedAt", "1,mario@aurora.it,Mario,Rossi,2026-01-01,2026-01-01"),
        ("username,email,first_name,last_name,is_active,last_login", "mario,mario@aurora.it,Mario,Rossi,1,2026-01-01"),
        ("User ID,Name,Email,Role ID,Last login,Activated", "1,Mario Rossi,mario@aurora.it,2,2026-01-01,1"),
    ],
)
def test_people_of_customers_with_owners_are_not_ours(workspace: Path, name: str, head: str, row: str) -> None:
    text = f"{head}\n{row}\n"
    assert [file.table for file in bring_all(workspace, {name: text}).files] == ["person"]


def test_a_task_of_somebody_nobody_knows_is_not_the_users_and_becomes_hers_later(workspace: Path) -> None:
    with work(workspace, "me", Source.CLI) as unit:
        insert_many(unit, Actor, [{"name": "Me", "is_me": True}])
    before = {name: SALESFORCE[name] for name in ("Account.csv", "Opportunity.csv", "Task.csv")}
    report = bring_all(workspace, before)
    assert query(workspace, "SELECT actor_id FROM contact") == [(None,)]
    told = "Column OwnerId: {} to none of our people, and {}. A list of all users or owners tells whose."
    assert [[note for note in one.notes if "none of our people, and" in note] for one in report.files] == [
        [told.format("2 keys lead", "they are kept as they are")],
        [told.format("1 key leads", "it is kept as it is")],
        [told.format("1 key leads", "it is kept as it is")],
    ]
    report = bring_all(workspace, {**before, "User.csv": SALESFORCE["User.csv"]})
    assert ("Call Carla", "Carla Neri") in query(workspace, OWNERS)
    assert [one.updated for one in report.files] == [0, 2, 1, 1]


def test_whom_activities_add_by_name_is_told(workspace: Path) -> None:
    head = "Subject,Date,Type,Company,Assigned to\n"
    report = bring_all(workspace, {"calls.csv": f"{head}Offer,2026-01-02,Call,Aurora,Anna Verdi\n"})
    assert [note for note in report.files[0].notes if "by name" in note] == [
        "1 record (account) added by name, since no row describes it: “Aurora”",
        "1 record (one of ours) added by name, since no row describes it: “Anna Verdi”",
    ]


def test_a_user_who_is_neither_active_nor_not_comes_in_and_is_told(workspace: Path) -> None:
    head = "ID,Name,Email,Active,Role ID,Last login,Is you\n"
    rows = "1,Anna Verdi,anna@ours.example,yes,2,,0\n2,Carla Neri,carla@ours.example,invited,2,,0\n"
    report = bring_all(workspace, {"people.csv": head + rows})
    assert [row[3] for row in query(workspace, OURS)] == [1, 0]
    assert "Column Active: neither yes nor no, and read as no: “invited”." in report.files[0].notes


@pytest.mark.parametrize(
    ("head", "row"),
    [
        ("Owner,Owner Email", "A. Verdi,ANNA@ours.example"),
        ("Owner", "A. Verdi (anna@ours.example)"),
        ("Owner", "A. Verdi <anna@ours.example>"),
        ("Owner", "<anna@ours.example>"),
        ("Owner e-mail", "anna@ours.example"),
        ("Owner,E-mail proprietario", "Anna Verdi,av@ours.example"),
        ("Owner ID", "anna@ours.example"),
        ("Owner,Owner ID", "Anna Verdi,77"),
    ],
)
@pytest.mark.parametrize(
    ("more", "rest"), [("Company,City", "Aurora,Milano"), ("Subject,Date,Type,Company", "Call,2026-01-02,Call,Aurora")]
)
def test_an_owner_is_known_by_address_before_name(workspace: Path, head: str, row: str, more: str, rest: str) -> None:
    bring_all(workspace, {"team.csv": "Sales agent,Email\nAnna Verdi,anna@ours.example\nA. Verdi,other@ours.example\n"})
    report = bring_all(workspace, {"file.csv": f"{more},{head}\n{rest},{row}\n"})
    assert [name for _what, name in query(workspace, OWNERS) if name] == ["Anna Verdi"]
    assert len(query(workspace, OURS)) == 2
    assert not any("none of our people" in note for note in report.files[0].notes)


def test_an_owner_who_is_new_gets_name_and_address(workspace: Path) -> None:
    text = """Company,City,Owner,Owner email
Aurora,Milano,Anna Verdi,anna@ours.example
Beta,Roma,,anna@ours.example
Gamma,Bari,Anna Verdi,
Delta,Pisa,Carla Neri,
"""
    bring_all(workspace, {"accounts.csv": text})
    assert [row[:2] for row in query(workspace, OURS)] == [("Anna Verdi", "anna@ours.example"), ("Carla Neri", "")]
    assert [name for _what, name in query(workspace, OWNERS)] == [*["Anna Verdi"] * 3, "Carla Neri"]


@pytest.mark.parametrize("name", ["Account.csv", "Opportunity.csv", "Task.csv"])
def test_whose_key_it_is_can_be_said(workspace: Path, name: str) -> None:
    bring_all(workspace, {"team.csv": "Sales agent,Email\nAnna Verdi,anna@ours.example\n"})
    before = {one: SALESFORCE[one] for one in ("Account.csv", "Opportunity.csv", "Task.csv")}
    (told,) = (one for one in bring_all(workspace, before, dry_run=True).files if one.path.name == name)
    key_there = CARLA if name == "Task.csv" else ANNA
    assert f"--value 'OwnerId:{key_there}=NAME'" in told.options
    words = {("OwnerId", key_there.lower()): "Anna Verdi"}
    bring_all(workspace, before, files={name: FileMapping(words=words)})
    assert [owner for _what, owner in query(workspace, OWNERS) if owner] == ["Anna Verdi"]
    again = bring_all(workspace, before)
    assert not any(key_there in option for one in again.files if one.path.name == name for option in one.options)


def test_whose_customer_a_person_is_there_is_told_beside_the_key(workspace: Path) -> None:
    contacts = f"Id,IsDeleted,AccountId,LastName,FirstName,OwnerId,Email\n003x,false,,Conti,Carla,{ANNA},c@aurora.it\n"
    bring_all(workspace, {"Contact.csv": contacts})
    assert [one.told for one in of_record(workspace, "person", 1).customs] == [ANNA]
    bring_all(workspace, {"User.csv": SALESFORCE["User.csv"]})
    assert [one.told for one in of_record(workspace, "person", 1).customs] == [f"Anna Verdi ({ANNA})"]


def test_somebody_with_two_keys_there_stays_one(workspace: Path) -> None:
    bring_all(workspace, {"users.csv": "User ID,Name,Email\n1,Anna Verdi,anna@ours.example\n"})
    report = bring_all(
        workspace,
        {
            "users.csv": "User ID,Name,Email\n2,A. Verdi,anna@ours.example\n1,Anna Verdi,anna@ours.example\n",
            "accounts.csv": "Company,City,Owner,User ID\nAurora,Milano,Anna Verdi,3\nBeta,Roma,,2\nGamma,Bari,,3\n",
        },
        files={"accounts.csv": FileMapping(columns={"User ID": "owner_key"})},
    )
    assert [(file.new, file.linked.total()) for file in report.files] == [(0, 0), (3, 0)]
    assert query(workspace, OWNERS) == [("Aurora", "Anna Verdi"), ("Beta", "Anna Verdi"), ("Gamma", "Anna Verdi")]


def test_an_address_that_two_of_ours_have_leaves_it_to_the_name(workspace: Path) -> None:
    users = "User ID,Name,Email\n1,Anna Verdi,sales@ours.example\n2,Carla Neri,sales@ours.example\n"
    bring_all(workspace, {"users.csv": users})
    accounts = "Company,City,Owner,Owner email\nAurora,Milano,Carla Neri,sales@ours.example\n"
    bring_all(workspace, {"accounts.csv": accounts})
    assert query(workspace, OWNERS) == [("Aurora", "Carla Neri")]
    more = file(workspace.with_name("more.csv"), "Company,City,Owner email\nBeta,Roma,sales@ours.example\n")
    (refused,) = bring(workspace, more).rejected
    assert refused.reason == "several records have this name"


def test_users_of_the_system_itself_are_left_out_and_told_and_those_who_left_are_inactive(workspace: Path) -> None:
    head = "Id,Username,LastName,FirstName,Email,Alias,IsActive,UserType,ProfileId\n"
    rows = (
        "0051t00000AAAAA,anna@o.it,Verdi,Anna,anna@o.it,averd,true,Standard,00e1\n"
        "0051t00000AAAAB,paul@o.it,Brun,Paul,paul@o.it,pbrun,false,Standard,00e1\n"
        "0051t00000AAAAC,auto@0.it,Process,Automated,noreply@o.it,autoproc,true,AutomatedProcess,00e2\n"
        "0051t00000AAAAD,int@0.it,User,Integration,noreply@o.it,integ,true,CloudIntegrationUser,00e2\n"
    )
    report = bring_all(workspace, {"User.csv": head + rows}).files[0]
    assert (report.table, report.new) == ("actor", 2)
    told = "SELECT name, is_active FROM actor WHERE is_me = 0 ORDER BY id"
    assert query(workspace, told) == [("Anna Verdi", 1), ("Paul Brun", 0)]
    told = "2 users are of the other system itself and were left out: Automated Process, Integration User"
    assert told in report.notes
    assert query(workspace, "SELECT DISTINCT value FROM custom_value WHERE name = 'UserType'") == [("Standard",)]


SPELLINGS = ("Anna Bini", '"Bini, Anna"', "ANNA BINI", "anna.bini@ours.example", "Bini Anna", "Anna Bini (Inactive)")


@pytest.mark.parametrize("is_known", [False, True])
def test_several_spellings_are_one_of_ours(workspace: Path, is_known: bool) -> None:
    if is_known:
        bring_all(workspace, {"team.csv": "Sales agent,Email\nAnna Bini,\n"})
    rows = "".join(f"A{place},{name},x\n" for place, name in enumerate(SPELLINGS))
    texts = {
        "accounts.csv": f"Account Name,Account Owner,Industry\n{rows}",
        "deals.csv": """Deal Name,Account,Deal Stage,Deal owner
Line 4,A0,Demo,Dr. Anna Bini
Line 5,A0,Won,Bini Anna
Line 6,A0,Won,Anna Binis
""",
    }
    report = bring_all(workspace, texts)
    assert [row[0] for row in query(workspace, OURS)] == ["Anna Bini", "Anna Binis"]
    assert [name for _what, name in query(workspace, OWNERS)].count("Anna Bini") == len(SPELLINGS) + 2
    told = "Column Account Owner: the same of ours in another spelling: "
    assert any(note.startswith(told) and "“Bini, Anna” > “Anna Bini”" in note for note in report.files[0].notes)


def test_whom_a_spelling_means_can_be_said(workspace: Path) -> None:
    text = "Company,City,Owner\nA1,Roma,Anna Bini\nA2,Bari,Bini Anna\n"
    words = {("Owner", "binianna"): "Bini Anna"}
    bring_all(workspace, {"accounts.csv": text}, files={"": FileMapping(words=words)})
    assert [row[0] for row in query(workspace, OURS)] == ["Anna Bini", "Bini Anna"]
