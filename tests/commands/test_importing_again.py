"""What an import may do to records that are there, and what it tells: changes, doubts, outcomes, mappings."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from crmtui.commands import history, import_changes, import_mappings, records
from crmtui.commands.import_report import nothing_changed
from crmtui.commands.import_results import write_results
from crmtui.commands.importing import Existing, FileMapping, ImportOptions, import_files
from crmtui.domain.accounts import Account
from crmtui.domain.words import Source
from crmtui.exchange.cut import LONGEST, cut
from incoming import bring, file
from store_dump import query

if TYPE_CHECKING:
    from pathlib import Path


FIRST = "Company,Sector,City,Revenue,Tier\nAcme,retail,,1000 USD,Gold\n"
SECOND = "Company,Sector,City,Revenue,Tier\nAcme,services,Roma,2000 USD,Silver\n"


@pytest.mark.parametrize(
    ("options", "expected", "counts"),
    [
        ({}, ("retail", "Roma", 100_000, "Gold"), (1, 0)),
        ({"existing": Existing.OVERWRITE}, ("services", "Roma", 200_000, "Silver"), (1, 0)),
        ({"existing": Existing.SKIP}, ("retail", "", 100_000, "Gold"), (0, 1)),
        (
            {"files": {"": FileMapping(modes={"Sector": Existing.OVERWRITE, "City": Existing.SKIP})}},
            ("services", "", 100_000, "Gold"),
            (1, 0),
        ),
        (
            {"files": {"": FileMapping(modes={"Tier": Existing.OVERWRITE})}},
            ("retail", "Roma", 100_000, "Silver"),
            (1, 0),
        ),
    ],
)
def test_each_field_has_its_own_mode(
    workspace: Path, tmp_path: Path, options: dict[str, Any], expected: tuple[object, ...], counts: tuple[int, int]
) -> None:
    bring(workspace, file(tmp_path / "a.csv", FIRST))
    report = bring(workspace, file(tmp_path / "b.csv", SECOND), **options)
    found = "SELECT a.industry, a.city, a.revenue, c.value FROM account a JOIN custom_value c ON c.account_id = a.id"
    assert query(workspace, found) == [expected]
    assert (report.updated, report.kept) == counts


def test_an_amount_is_never_left_beside_another_currency(workspace: Path, tmp_path: Path) -> None:
    bring(workspace, file(tmp_path / "a.csv", "Company,Revenue,Currency\nAcme,1000,USD\nBeta,,\n"))
    euros = file(tmp_path / "b.csv", "Company,Revenue,Currency\nAcme,900,EUR\nBeta,5,CHF\n")
    report = bring(workspace, euros)
    kept = "SELECT name, revenue, currency FROM account ORDER BY name"
    assert query(workspace, kept) == [("Acme", 100_000, "USD"), ("Beta", 500, "CHF")]
    assert (report.updated, report.kept) == (1, 1)
    bring(workspace, euros, existing=Existing.OVERWRITE)
    assert query(workspace, kept)[0] == ("Acme", 90_000, "EUR")


def test_a_currency_stays_while_an_amount_that_nobody_told_again_is_in_it(workspace: Path, tmp_path: Path) -> None:
    bring(workspace, file(tmp_path / "a.csv", "Company,Revenue,Currency\nAcme,1000,USD\n"))
    records.edit(workspace, Account, 1, {"potential": 50_000}, Source.CLI)
    euros = file(tmp_path / "b.csv", "Company,Revenue,Currency\nAcme,900,EUR\n")
    report = bring(workspace, euros, existing=Existing.OVERWRITE)
    assert query(workspace, "SELECT revenue, potential, currency FROM account") == [(100_000, 50_000, "USD")]
    assert (report.updated, report.kept) == (0, 1)


@pytest.mark.parametrize(
    ("text", "options", "kept"),
    [
        ("Company,Revenue\nAcme,900\n", {}, ("USD", 90_000)),
        ("Company,Revenue\nAcme,900 EUR\n", {}, ("EUR", 90_000)),
        ("Company,Revenue\nAcme,900\n", {"files": {"": FileMapping(currency="EUR")}}, ("EUR", 90_000)),
    ],
)
def test_an_amount_that_names_no_currency_is_in_that_of_its_record(
    workspace: Path, tmp_path: Path, text: str, options: dict[str, Any], kept: tuple[str, int]
) -> None:
    bring(workspace, file(tmp_path / "a.csv", "Company,Revenue\nAcme,USD 485.00\n"))
    report = bring(workspace, file(tmp_path / "b.csv", text), existing=Existing.OVERWRITE, is_traced=True, **options)
    assert query(workspace, "SELECT currency, revenue FROM account") == [kept]
    told = [one.after for one in report.changes or () if one.field == "Revenue"]
    assert told == [f"900.00 {kept[0]}"]


def test_a_note_that_was_cut_off_is_no_new_one(workspace: Path, tmp_path: Path) -> None:
    whole, mapping = "x" * (LONGEST + 1), FileMapping(columns={"Memo": "note"})
    for text in (whole, cut(whole)):
        rows = file(tmp_path / "a.csv", f"Company,Memo\nAcme,{text}\n")
        bring(workspace, rows, files={"": mapping}, existing=Existing.OVERWRITE)
    assert query(workspace, "SELECT length(text) > 40 AND text NOT LIKE '%characters]' FROM note") == [(1,)]


def test_a_dry_run_tells_each_field_before_and_after(workspace: Path, tmp_path: Path) -> None:
    bring(workspace, file(tmp_path / "a.csv", FIRST + "Beta,food,,,\n"))
    changed = file(tmp_path / "b.csv", SECOND.replace("Tier", "Parent,Tier").replace(",Silver", ",Beta,Silver"))
    report = bring(workspace, changed, dry_run=True, existing=Existing.OVERWRITE)
    assert [(one.line, one.name, one.field, one.before, one.after) for one in report.changes or ()] == [
        (2, "Acme", "Industry", "retail", "services"),
        (2, "Acme", "City", "", "Roma"),
        (2, "Acme", "Revenue", "1,000.00 USD", "2,000.00 USD"),
        (2, "Acme", "Tier", "Gold", "Silver"),
        (2, "Acme", "Part of", "", "Beta"),
    ]
    assert query(workspace, "SELECT industry FROM account WHERE name = 'Acme'") == [("retail",)]


def test_a_dry_run_tells_what_the_first_new_records_would_be(workspace: Path, tmp_path: Path) -> None:
    text = "First Name,Last Name,Email,Email Opt Out,Company,Tier\nLaura,Bianchi,l@a.it,yes,Acme,Gold\n"
    path = file(tmp_path / "a.csv", text + "".join(f"P,N{number},,,,\n" for number in range(30)))
    report = bring(workspace, path, dry_run=True)
    assert [(one.line, one.name, one.field, one.after) for one in report.samples[:6]] == [
        (2, "Laura Bianchi", "Given name", "Laura"),
        (2, "Laura Bianchi", "Family name", "Bianchi"),
        (2, "Laura Bianchi", "Account", "Acme"),
        (2, "Laura Bianchi", "e-mail (work)", "l@a.it"),
        (2, "Laura Bianchi", "Tier", "Gold"),
        (2, "Laura Bianchi", "refuses e-mail", "Email Opt Out: yes"),
    ]
    assert len({one.line for one in report.samples}) == import_changes.MOST_SAMPLED
    assert bring(workspace, path).samples == []


def test_a_dry_run_of_our_own_format_tells_the_same(workspace: Path, tmp_path: Path) -> None:
    bring(workspace, file(tmp_path / "a.csv", FIRST))
    (uid,) = query(workspace, "SELECT uid FROM account WHERE name = 'Acme'")[0]
    note = f'{{"type":"note","text":"Call","day":"2026-03-04","account_uid":"{uid}"}}\n'
    rows = f'{{"type":"account","uid":"{uid}","city":"Bari"}}\n{note}'
    report = bring(workspace, file(tmp_path / "ours.jsonl", rows), dry_run=True)
    assert [(one.line, one.name, one.field, one.after) for one in report.changes or ()] == [(1, "Acme", "City", "Bari")]
    assert [(one.line, one.name, one.field, one.after) for one in report.samples] == [
        (2, "Call", "Day", "2026-03-04"),
        (2, "Call", "Account", "Acme"),
    ]


def test_a_row_that_changes_nothing_but_a_boss_is_a_change(workspace: Path, tmp_path: Path) -> None:
    head = "First Name,Last Name,Company,Reports To\n"
    bring(workspace, file(tmp_path / "a.csv", head + "Ada,Bianchi,Acme,\nCarla,Neri,Acme,\n"))
    report = bring(workspace, file(tmp_path / "b.csv", head + "Ada,Bianchi,Acme,Carla Neri\n"), is_traced=True)
    assert (report.updated, report.unchanged) == (1, 0)
    assert [one.after for one in report.changes or ()] == ["Carla Neri"]
    assert [outcome for _line, outcome, _id, _name, _uid in report.outcomes or ()] == ["updated"]


def test_another_stage_is_a_step_of_its_way(workspace: Path, tmp_path: Path) -> None:
    head = "Deal Name,Account,Stage,Close Date\n"
    bring(workspace, file(tmp_path / "a.csv", head + "Line 4,Acme,Negotiation,2026-06-30\n"))
    won = file(tmp_path / "b.csv", head + "Line 4,Acme,Closed Won,2026-05-02\n")
    bring(workspace, won, existing=Existing.OVERWRITE)
    assert query(workspace, "SELECT stage, day FROM stage_change ORDER BY id") == [("won", "2026-05-02")]


ACCOUNTS = "Company,Website\nAcme S.p.A.,www.acme.example\nHelios,helios.example\n"


def test_new_rows_that_may_be_there_are_told_and_can_be_left_out(workspace: Path, tmp_path: Path) -> None:
    bring(workspace, file(tmp_path / "a.csv", ACCOUNTS))
    bring(workspace, file(tmp_path / "p.csv", "First Name,Last Name,Company\nLaura,Bianchi,Helios\n"))
    more = file(tmp_path / "b.csv", "Company,Website\nACME GmbH,\nSun & Co,https://helios.example/it\nNew,\n")
    trial = bring(workspace, more, dry_run=True)
    assert [(one.line, one.name, one.other, one.because) for one in trial.doubtful] == [
        (2, "ACME GmbH", "Acme S.p.A.", "the same name (65%)"),
        (3, "Sun & Co", "Helios", "the same domain: helios.example (55%)"),
    ]
    assert (trial.new, trial.doubts, trial.left_out) == (3, 2, 0)
    report = bring(workspace, more, skip_doubtful=True)
    assert (report.new, report.left_out, report.rows) == (1, 2, 3)
    people = file(tmp_path / "q.csv", "First Name,Last Name,Company\nLaura,Bianchi,New\n")
    assert [one.because for one in bring(workspace, people).doubtful] == [
        "the same name; but at different accounts (49%)"
    ]


def test_the_outcome_of_every_row_is_a_file(workspace: Path, tmp_path: Path) -> None:
    bring(workspace, file(tmp_path / "a.csv", ACCOUNTS))
    rows = "Company,Website,Employees\nAcme S.p.A.,,12\nHelios,helios.example,\nNew,,\nBad,,many\nNew,,\n=SUM(1),,\n"
    path, target = file(tmp_path / "b.csv", rows), tmp_path / "out.csv"
    report = import_files(workspace, [path], ImportOptions(skip_rejected=True, is_traced=True))
    assert write_results(workspace, report, target) == 6
    with target.open(encoding="utf-8", newline="") as stream:
        found = list(csv.DictReader(stream))
    assert [(row["line"], row["outcome"], row["written"], row["name"], row["changes"]) for row in found] == [
        ("2", "updated", "yes", "Acme S.p.A.", "Employees: - > 12"),
        ("3", "unchanged", "no", "Helios", ""),
        ("4", "new", "yes", "New", ""),
        ("5", "rejected", "no", "", ""),
        ("6", "rejected", "no", "", ""),
        ("7", "new", "yes", "'=SUM(1)", ""),
    ]
    assert "many" in found[3]["reason"]
    assert found[2]["uid"] == query(workspace, "SELECT uid FROM account WHERE name = 'New'")[0][0]
    again = import_files(workspace, [path], ImportOptions(is_traced=True))
    write_results(workspace, again, target)
    assert ",yes," not in target.read_text("utf-8")


def test_own_files_tell_what_became_of_each_row_too(workspace: Path, tmp_path: Path) -> None:
    path = file(tmp_path / "own.jsonl", '{"type": "account", "name": "Acme"}\n{"type": "tag", "name": "x"}\n')
    report = import_files(workspace, [path], ImportOptions(skip_rejected=True, is_traced=True))
    assert [(line, outcome, name) for line, outcome, _id, name, _uid in report.files[0].outcomes or ()] == [
        (1, "new", "Acme")
    ]


def test_many_faults_in_our_own_format_keep_nothing_from_those_that_fit(workspace: Path, tmp_path: Path) -> None:
    path = file(tmp_path / "own.jsonl", '{"type": "account"}\n' * 50 + '{"type": "account", "name": "Acme"}\n')
    report = bring(workspace, path, skip_rejected=True)
    assert (report.new, len(report.rejected)) == (1, 50)


def test_a_trial_of_own_files_tells_each_field_before_and_after(
    workspace: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "own.jsonl"
    brought = {"type": "account", "uid": "a" * 16, "name": "Acme", "level": "buyer", "revenue": 100000}
    import_files(workspace, [file(path, json.dumps(brought))], ImportOptions())
    file(path, json.dumps(brought | {"city": "Roma", "level": "account", "revenue": 200000}))
    report = bring(workspace, path, dry_run=True, existing=Existing.OVERWRITE)
    assert sorted((one.name, one.field, one.before, one.after) for one in report.changes or ()) == [
        ("Acme", "City", "", "Roma"),
        ("Acme", "Level", "Buyer", "Account"),
        ("Acme", "Revenue", "1,000.00 EUR", "2,000.00 EUR"),
    ]
    monkeypatch.setattr(import_changes, "MOST", 2)
    report = bring(workspace, path, dry_run=True, existing=Existing.OVERWRITE)
    assert len(report.changes or ()) == 2
    assert "Only the first 2 fields are told one by one." in report.notes


def test_a_trial_tells_what_differs_and_is_kept(workspace: Path, tmp_path: Path) -> None:
    path = tmp_path / "p.csv"
    header = "Name,Company,Job Title,Email,Tier\n"
    bring(workspace, file(path, f"{header}Laura Bianchi,Helios,Buyer,l@helios.example,Gold\n"))
    file(path, f"{header}Laura Bianchi,Helios,CEO,l@helios.example,Silver\n")
    report = bring(workspace, path, dry_run=True)
    assert (report.kept, report.changes) == (1, [])
    assert [(one.line, one.name, one.field, one.before, one.after) for one in report.held] == [
        (2, "Laura Bianchi", "Title", "Buyer", "CEO"),
        (2, "Laura Bianchi", "Tier", "Gold", "Silver"),
    ]
    assert bring(workspace, path).held == []  # nobody asked


KLIENT = "Klient;Dziedzina;Data\nHelios;Energia;\n"
SAID = FileMapping(kind="account", columns={"Klient": "name", "Dziedzina": "industry", "Data": ""})


def test_what_was_decided_is_remembered_for_files_of_the_same_columns(workspace: Path, tmp_path: Path) -> None:
    first = file(tmp_path / "klienci.csv", KLIENT)
    bring(workspace, first, files={"klienci.csv": SAID}, dry_run=True)
    assert import_mappings.kept(workspace) == []
    bring(workspace, first, files={"klienci.csv": SAID})
    (kept,) = import_mappings.kept(workspace)
    assert (kept.name, kept.mapping) == ("klienci.csv", SAID)
    second = file(tmp_path / "maj.csv", "Data;Klient;Dziedzina\n;Nordik;Huta\n")
    report = bring(workspace, second)
    assert report.mapping == "klienci.csv"
    assert query(workspace, "SELECT name, industry FROM account ORDER BY id") == [
        ("Helios", "Energia"),
        ("Nordik", "Huta"),
    ]
    assert query(workspace, "SELECT count(*) FROM custom_value") == [(0,)]
    more = replace(SAID, columns={**SAID.columns, "Data": "custom"}, day_first=True)
    bring(workspace, second, files={"maj.csv": more})
    (kept,) = import_mappings.kept(workspace)
    assert kept.mapping == more


def test_an_import_and_what_was_decided_in_it_are_one_step(workspace: Path, tmp_path: Path) -> None:
    first = file(tmp_path / "klienci.csv", KLIENT)
    bring(workspace, first, files={"klienci.csv": SAID})
    assert not import_files(workspace, [first], ImportOptions()).done
    history.undo(workspace, Source.CLI)
    assert import_mappings.kept(workspace) == []
    assert query(workspace, "SELECT count(*) FROM account") == [(0,)]


@pytest.mark.parametrize(
    "kept", ["", "[]", "{", '{"columns": 3, "units": {"a": "b"}, "words": [1], "modes": {"x": "burn"}}', "[" * 50_000]
)
def test_a_mapping_that_makes_no_sense_decides_nothing(kept: str) -> None:
    found = import_mappings.read("account", kept)
    assert (found.columns, found.units, found.words, found.modes) == ({}, {}, {}, {})


def test_that_doubtful_rows_are_left_out_is_remembered_for_files_of_these_headers(
    workspace: Path, tmp_path: Path
) -> None:
    bring(workspace, file(tmp_path / "a.csv", "Company\nHelios\nHelios GmbH\nNew\n"))
    told = [
        bring(workspace, file(tmp_path / f"{said}.csv", f"Company,City\n{name},Roma\n"), files={"": decided}).left_out
        for said, name, decided in (
            ("first", "HELIOS Ltd", FileMapping(skip_doubtful=True)),
            ("second", "Helios Inc", FileMapping()),
            ("third", "Helios AG", FileMapping(skip_doubtful=False)),
            ("fourth", "Helios SA", FileMapping()),
        )
    ]
    assert told == [1, 1, 0, 0]


def test_a_mapping_can_be_set_aside_for_once(workspace: Path, tmp_path: Path) -> None:
    path = file(tmp_path / "a.csv", "Company,Site\nAcme,Roma\n")
    bring(workspace, path, files={"": FileMapping(columns={"Site": "city"})})
    assert bring(workspace, path, dry_run=True).columns[1].field == "city"
    assert bring(workspace, path, dry_run=True, anew=True).columns[1].field != "city"


def test_opportunities_of_one_name_are_told_apart_by_the_day_they_close(workspace: Path, tmp_path: Path) -> None:
    head = "Deal Name,Account,Stage,Close Date,Amount\n"
    first = file(
        tmp_path / "a.csv", head + "Renewal,Acme,Closed Won,2024-05-02,10\nRenewal,Acme,Closed Won,2025-05-02,11\n"
    )
    assert bring(workspace, first).new == 2
    assert not import_files(workspace, [first], ImportOptions()).done
    more = head + "Renewal,Acme,Prospecting,2026-05-02,12\nRenewal,Acme,Closed Won,2025-05-02,\n"
    again = bring(workspace, file(tmp_path / "b.csv", more))
    assert (again.new, again.unchanged, [one.line for one in again.doubtful]) == (1, 1, [2])
    alone = head + "Line 4,Acme,Prospecting,2027-05-02,12\nLine 4,Acme,Closed Won,2026-05-02,1\n"
    bring(workspace, file(tmp_path / "c.csv", head + "Line 4,Acme,Closed Won,2026-05-02,1\n"))
    report = bring(workspace, file(tmp_path / "d.csv", alone))
    assert (report.new, report.unchanged) == (1, 1)


def test_an_amount_in_another_currency_than_others_of_its_record_is_kept_and_told(
    workspace: Path, tmp_path: Path
) -> None:
    bring(workspace, file(tmp_path / "a.csv", "Company,Revenue,Currency\nAcme,1000,GBP\nBeta,,GBP\n"))
    records.edit(workspace, Account, 1, {"potential": 50_000}, Source.CLI)
    records.edit(workspace, Account, 2, {"potential": 50_000}, Source.CLI)
    euros = file(tmp_path / "b.csv", "Company,Revenue,Currency\nAcme,900,EUR\nBeta,5,EUR\n")
    report = import_files(workspace, [euros], ImportOptions(existing=Existing.OVERWRITE, is_traced=True))
    (told,) = report.files
    assert [(one.field, one.before, one.after) for one in told.held] == [
        ("Revenue", "1,000.00 GBP", "900.00 EUR"),
        ("Currency", "GBP", "EUR"),
        ("Revenue", "", "5.00 EUR"),
        ("Currency", "GBP", "EUR"),
    ]
    why = "Revenue kept: the record is in GBP, the file says EUR"
    assert f"line 2, “Acme”: {why}; line 3, “Beta”: {why}" in " ".join(told.notes)
    write_results(workspace, report, tmp_path / "results.csv")
    rows = list(csv.DictReader((tmp_path / "results.csv").read_text("utf-8").splitlines()))
    assert [row["outcome"] for row in rows] == ["kept", "kept"]
    assert rows[0]["reason"] == f"{why}; Revenue: 1,000.00 GBP, not 900.00 EUR; Currency: GBP, not EUR"
    assert nothing_changed(report).startswith("Nothing was changed: 2 rows say something else")


def test_the_currency_of_an_amount_follows_the_mode_of_the_amount(workspace: Path, tmp_path: Path) -> None:
    bring(workspace, file(tmp_path / "a.csv", "Company,Revenue,Currency\nAcme,1000,USD\n"))
    euros = file(tmp_path / "b.csv", "Company,Revenue,Currency\nAcme,900,EUR\n")
    kept = {"": FileMapping(modes={"Revenue": Existing.SKIP})}
    bring(workspace, euros, existing=Existing.OVERWRITE, files=kept)
    assert query(workspace, "SELECT revenue, currency FROM account") == [(100_000, "USD")]
    bring(workspace, euros, files={"": FileMapping(modes={"Revenue": Existing.OVERWRITE})})
    assert query(workspace, "SELECT revenue, currency FROM account") == [(90_000, "EUR")]


HOLDER = "Name,Account,Email\nLaura De Luca,Aurora SpA,{}\n"


@pytest.mark.parametrize(
    ("address", "name", "is_another"),
    [
        ("info@aurora.it", "Marco Bianchi", True),
        ("aurora@aurora.it", "Mario De Luca", True),  # they share a name, but the address is the company's
        ("info@aurora.it", "L. De Luca", False),
        ("laura@aurora.it", "Marco Bianchi", True),
        ("laura@aurora.it", "Laura Conti", False),  # who may have married
    ],
)
@pytest.mark.parametrize("existing", [Existing.FILL, Existing.OVERWRITE])
def test_another_name_at_an_address_is_another_person_and_told(
    workspace: Path, tmp_path: Path, address: str, name: str, existing: Existing, *, is_another: bool
) -> None:
    bring(workspace, file(tmp_path / "a.csv", HOLDER.format(address)))
    row = f"Name,Account,Email,Title\n{name},Aurora SpA,{address},Head\n"
    report = bring(workspace, file(tmp_path / "b.csv", row), existing=existing)
    assert (report.new, report.doubts) == ((1, 1) if is_another else (0, 0))
    assert (name, "Laura De Luca") in report.respelt or is_another
    assert query(workspace, "SELECT name, title FROM person")[0][1] == ("" if is_another else "Head")
    assert bring(workspace, file(tmp_path / "b.csv", row), existing=existing).new == 0


BRANCHES = ("Carrefour,Milano,02 111,Via A", "Carrefour,Roma,06 222,Via B", "Carrefour,Torino,011 333,Via C")
TOWNS = ("Carrefour,Milano,,", "Carrefour,Roma,,", "Carrefour,Torino,,")


@pytest.mark.parametrize("existing", [Existing.FILL, Existing.OVERWRITE])
@pytest.mark.parametrize("rows", [BRANCHES, BRANCHES[::-1], TOWNS])
def test_branches_of_one_name_are_several_accounts(
    workspace: Path, tmp_path: Path, existing: Existing, rows: tuple[str, ...]
) -> None:
    head, found = "Company,City,Phone,Street", "SELECT city, phone, street FROM account ORDER BY city"
    files = [file(tmp_path / f"{number}.csv", "\n".join((head, *some))) for number, some in ((1, rows[:1]), (2, rows))]
    reports = [bring(workspace, path, existing=existing) for path in (*files, *files)]
    assert [(len(one.rejected), one.new, one.doubts) for one in reports] == [(0, 1, 0), (0, 2, 2), (0, 0, 0), (0, 0, 0)]
    assert query(workspace, found) == sorted(tuple(row.split(",")[1:]) for row in rows)


def test_namesakes_at_an_account_who_are_two_are_told(workspace: Path, tmp_path: Path) -> None:
    rows = ("Mario Rossi,Acme,CIO,333 1111111", "Mario Rossi,Acme,Buyer,333 2222222", "Mario Rossi,Acme,,333 2222222")
    one, other = (
        file(tmp_path / f"{number}.csv", "\n".join(("Name,Account,Title,Mobile", *some)))
        for number, some in ((1, rows[:2]), (2, rows))
    )
    report = bring(workspace, one)
    assert (report.new, report.doubts, report.rejected) == (2, 1, [])
    again = bring(workspace, other, skip_rejected=True)
    assert (again.new, again.unchanged, [problem.line for problem in again.rejected]) == (0, 2, [4])
    promoted = file(tmp_path / "c.csv", "Name,Account,Title,Mobile\nMario Rossi,Acme,CEO,333 1111111\n")
    assert bring(workspace, promoted, existing=Existing.OVERWRITE).updated == 1


@pytest.mark.parametrize(
    "header", ["Customer code", "Customer No.", "Customer number", "Client ID", "Cod. Cliente", "N. cliente"]
)
def test_numbers_of_customers_are_keys(workspace: Path, tmp_path: Path, header: str) -> None:
    path = file(tmp_path / "a.csv", f"{header},Company,City\nC1,Acme,Roma\nC2,Acme,Roma\n")
    assert (bring(workspace, path).new, bring(workspace, path).unchanged) == (2, 2)
