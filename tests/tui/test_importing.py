"""The import on screen: from files to their result, with the keys, at the size of a small terminal."""

from __future__ import annotations

import hashlib
import threading
from functools import partial
from pathlib import Path

import pytest
from textual.widgets import Static

from conftest import TODAY
from crmtui.commands.import_looking import FileLook, look_over
from crmtui.commands.importing import FileMapping, ImportOptions, import_files
from crmtui.exchange.mapping.choices import About
from crmtui.tui.importing.columns import ColumnsStep
from crmtui.tui.importing.files import FilesStep
from crmtui.tui.importing.matching import MatchingStep
from crmtui.tui.importing.plan import Plan
from crmtui.tui.importing.result import ResultStep
from crmtui.tui.importing.trial import TrialStep, cells_of, counted
from crmtui.tui.importing.values import ValuesStep, offered
from crmtui.tui.screens.importing import ImportScreen
from crmtui.tui.widgets.line_input import LineInput
from incoming import file
from store_dump import query
from tui.bench import NARROW, Workbench, drawn, until
from tui.wizard import begin, choose, down_to, step

FILES = Path(__file__).parents[1] / "exchange" / "files"


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


async def test_an_import_goes_from_step_to_step_and_writes_at_the_end_only(workspace: Path, tmp_path: Path) -> None:
    path = tmp_path / "deals.csv"
    path.write_text(
        "Deal Name,Account,Stage,Close Date,Tier,Owner\nLine 4,Acme,Tasting,03/04/2026,Gold,Anna\n", "utf-8"
    )
    before = digest(workspace)
    async with Workbench(workspace).run_test(size=NARROW) as pilot:
        screen = await begin(pilot, path)
        await until(pilot, lambda: "Close Date" in drawn(pilot))
        assert "opportunities" in drawn(pilot)
        await down_to(pilot, screen, "Tier")
        await pilot.press("t")
        await until(pilot, lambda: screen.plan.looks[0].columns[4].field == "note")
        await down_to(pilot, screen, "Owner")
        await pilot.press("x")
        await until(pilot, lambda: screen.plan.looks[0].columns[5].field == "")
        await pilot.press("n")
        values = await step(pilot, screen, ValuesStep)
        await until(pilot, lambda: "to be answered" in drawn(pilot))
        await pilot.press("n")  # not before the dates are known
        assert screen._step is values
        await pilot.press("home", "enter")
        await choose(pilot, "month")
        await until(pilot, lambda: not screen.plan.open and not screen.is_busy)
        assert isinstance(values, ValuesStep)
        while values.question is None or values.question.cell != "Tasting":
            await pilot.press("j")
        await pilot.press("enter")
        await choose(pilot, "proposing")
        await until(pilot, lambda: ("Stage", "tasting") in screen.plan.mapping(screen.plan.looks[0]).words)
        await until(pilot, lambda: not screen.is_busy)
        await pilot.press("n")
        await step(pilot, screen, MatchingStep)
        await pilot.press("n")
        await step(pilot, screen, TrialStep)
        await until(pilot, lambda: "1 new" in drawn(pilot) and "Stage Proposing" in drawn(pilot))
        assert digest(workspace) == before
        await pilot.press("ctrl+s")
        await step(pilot, screen, ResultStep)
        await until(pilot, lambda: "Imported; undo takes all of it back." in drawn(pilot))
        assert query(workspace, "SELECT name, stage, expected_on FROM opportunity") == [
            ("Line 4", "proposing", "2026-03-04")
        ]
        assert query(workspace, "SELECT text FROM note") == [("Tier: Gold",)]
        assert query(workspace, "SELECT count(*) FROM actor") == [(0,)]
        target = tmp_path / "out.csv"
        screen.query_one("#results", LineInput).value = str(target)
        await pilot.press("enter")
        await until(pilot, target.exists)
        await pilot.press("escape")
        await until(pilot, lambda: not isinstance(pilot.app.screen, ImportScreen))


def test_that_doubtful_rows_are_left_out_is_decided_of_each_file_unless_the_last_of_its_headers_said_so() -> None:
    fresh, kept = (
        FileLook(Path("a.csv"), "a.csv"),
        FileLook(Path("b.csv"), "b.csv", kept=FileMapping(skip_doubtful=True)),
    )
    plan = Plan(Path("team.db"), looks=[fresh])
    plan.turn_doubtful()
    assert (plan.skip_doubtful, plan.mapping(fresh).skip_doubtful) == (True, True)
    plan.turn_doubtful()
    assert (plan.skip_doubtful, plan.mapping(fresh)) == (False, FileMapping())
    plan = Plan(Path("team.db"), looks=[kept])
    assert plan.skip_doubtful
    plan.turn_doubtful()
    assert (plan.skip_doubtful, plan.mapping(kept).skip_doubtful) == (False, False)


def test_a_trial_tells_of_all_files_first_what_is_refused_doubtful_or_added(workspace: Path, tmp_path: Path) -> None:
    import_files(workspace, [file(tmp_path / "accounts.csv", "Company\nAurora Spa\n")], ImportOptions())
    rows = "Name,Company,Email\nLaura Bianchi,Aurora GmbH,\nBianchi Laura,,\nUgo Neri,Helios,\nUgo Neri,Helios,\n"
    files = [file(tmp_path / "deals.csv", "Deal Name,Account,Stage\nLine 4,Aurora Ltd,Demo\n")]
    files.append(file(tmp_path / "people.csv", rows))
    report = import_files(workspace, files, ImportOptions(dry_run=True))
    told = [[str(cell) for cell in cells] for cells in cells_of(report)]
    assert [(kind, line, record) for kind, line, record, _why in told[:6]] == [
        ("refused", "5", "Ugo Neri"),
        ("doubtful", "3", "Bianchi Laura"),
        ("doubtful", "2", "Aurora GmbH"),
        ("doubtful", "2", "Aurora Ltd"),
        ("note", "", "people.csv"),
        ("note", "", "deals.csv"),
    ]
    assert told[2][3] == "may be Aurora Spa: the same name (65%)"
    assert all("added by name" in why for _kind, _line, _record, why in told[4:6])
    assert [str(counted(one)) for one in report.files] == [
        "people.csv: 3 new, 2 added by name, 2 doubtful, 1 refused",
        "deals.csv: 1 new, 1 added by name, 1 doubtful",
    ]


async def test_what_would_change_is_shown_before_and_after_and_each_field_has_its_mode(
    workspace: Path, tmp_path: Path
) -> None:
    first, second = tmp_path / "a.csv", tmp_path / "b.csv"
    first.write_text("Company,Sector,City\nAcme,retail,Roma\n", "utf-8")
    second.write_text("Company,Sector,City\nAcme,services,Milano\nAcme GmbH,,\n,steel,\n", "utf-8")
    import_files(workspace, [first], ImportOptions())
    async with Workbench(workspace).run_test(size=NARROW) as pilot:
        screen = await begin(pilot, second)
        await pilot.press("n")
        await step(pilot, screen, ValuesStep)
        await pilot.press("n")
        matching = await step(pilot, screen, MatchingStep)
        await until(pilot, lambda: matching.list.count == 5)
        await pilot.press("G", "enter", "enter")  # the city: fill gaps, overwrite
        await pilot.press("n")
        await step(pilot, screen, TrialStep)
        await until(pilot, lambda: "Roma > Milano" in drawn(pilot))
        shown = drawn(pilot)
        assert "retail, not services" in shown  # what differs and stays is told too
        assert "services >" not in shown
        assert all(word in shown for word in ("doubtful", "refused", "1 new", "1 changed"))
        await pilot.press("ctrl+s")
        await until(pilot, lambda: not isinstance(pilot.app.screen, ImportScreen))
        await pilot.press("enter")  # back: some are refused
        await until(pilot, lambda: isinstance(pilot.app.screen, ImportScreen))
        await pilot.press("ctrl+s")
        await until(pilot, lambda: not isinstance(pilot.app.screen, ImportScreen))
        await pilot.press("l", "enter")
        await step(pilot, screen, ResultStep)
    assert query(workspace, "SELECT name, industry, city FROM account ORDER BY id") == [
        ("Acme", "retail", "Milano"),
        ("Acme GmbH", "", ""),
    ]


async def test_entries_of_nobody_are_put_to_the_account_that_is_chosen(workspace: Path, tmp_path: Path) -> None:
    import_files(workspace, [file(tmp_path / "a.csv", "Name,City\nAcme,Bari\nHelios,Roma\n")], ImportOptions())
    entry = "BEGIN:VEVENT\nUID:1\nSUMMARY:Review\nDTSTART:20260401T070000Z\nEND:VEVENT\n"
    calendar = file(tmp_path / "c.ics", f"BEGIN:VCALENDAR\n{entry}END:VCALENDAR\n")
    async with Workbench(workspace).run_test(size=NARROW) as pilot:
        screen = await begin(pilot, calendar)
        await pilot.press("n")
        await step(pilot, screen, ValuesStep)
        await pilot.press("n")
        await step(pilot, screen, MatchingStep)
        await until(pilot, lambda: "Entries of nobody here" in drawn(pilot) and "passed over" in drawn(pilot))
        await pilot.press("G", "enter")
        await choose(pilot, "heli")
        await until(pilot, lambda: screen.plan.account == "Helios" and "Helios" in drawn(pilot))
        await pilot.press("n")
        await step(pilot, screen, TrialStep)
        await pilot.press("ctrl+s")
        await step(pilot, screen, ResultStep)
    told = "SELECT c.message, a.name FROM contact c JOIN account a ON a.id = c.account_id"
    assert query(workspace, told) == [("Review", "Helios")]


async def test_files_that_fit_nothing_can_be_told_what_they_hold_and_escape_leaves_all_as_it_was(
    workspace: Path, tmp_path: Path
) -> None:
    path = tmp_path / "klienci.csv"
    path.write_text("Klient;Dziedzina\nHelios;Energia\n", "utf-8")
    before = digest(workspace)
    async with Workbench(workspace).run_test(size=NARROW) as pilot:
        screen = await begin(pilot, path, FILES / "linkedin_Connections.csv")
        columns = screen._step
        assert isinstance(columns, ColumnsStep)
        await until(pilot, lambda: "as LinkedIn exports it" in drawn(pilot))
        await pilot.press("right")
        await until(pilot, lambda: "fit no noun" in drawn(pilot))
        assert not screen.check_action("next", ())
        await pilot.press("a")
        await choose(pilot, "accounts")
        await until(pilot, lambda: screen.plan.can_go_on and not screen.is_busy)
        await until(pilot, lambda: columns.look is not None and columns.look.table == "account")
        await down_to(pilot, screen, "Klient")
        await pilot.press("enter")
        await choose(pilot, "name")
        await until(pilot, lambda: screen.plan.looks[0].columns[0].field == "name")
        await pilot.press("escape")
        await step(pilot, screen, FilesStep)
        await pilot.press("escape")
        await until(pilot, lambda: not isinstance(pilot.app.screen, ImportScreen))
    assert digest(workspace) == before


async def test_an_import_under_way_is_stopped_and_leaves_nothing_and_can_be_begun_again(
    workspace: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "accounts of the north.csv"
    path.write_text("Company,Employees\nAcme,10\n", "utf-8")
    has_begun, may_go_on = threading.Event(), threading.Event()
    heed = ImportScreen._heed

    def slowly(screen: ImportScreen) -> None:
        if not screen.plan.trial:
            return  # the trial need not wait
        has_begun.set()
        assert may_go_on.wait(20)
        heed(screen)

    monkeypatch.setattr(ImportScreen, "_heed", slowly)
    async with Workbench(workspace).run_test(size=NARROW) as pilot:
        screen = await begin(pilot, path)
        for kind in (ValuesStep, MatchingStep, TrialStep):
            await pilot.press("n")
            await step(pilot, screen, kind)
        await until(pilot, lambda: "1 new" in drawn(pilot))
        await pilot.press("ctrl+s")
        await until(pilot, has_begun.is_set)
        await until(pilot, lambda: "Importing 1 file; esc stops it · 1 of 1" in drawn(pilot))
        await pilot.press("escape")
        assert screen.is_busy
        may_go_on.set()
        await until(pilot, lambda: "nothing was imported" in str(screen.query_one("#told", Static).content))
        assert query(workspace, "SELECT name FROM account") == []
        await until(pilot, lambda: not screen.is_busy)
        await pilot.press("ctrl+s")
        await step(pilot, screen, ResultStep)
    assert query(workspace, "SELECT name FROM account") == [("Acme",)]


async def test_who_an_owner_is_and_what_a_word_means_is_asked_and_used_again_until_it_is_forgotten(
    workspace: Path, tmp_path: Path
) -> None:
    team, path, again = (tmp_path / name for name in ("team.csv", "deals.csv", "more.csv"))
    team.write_text("Agent,Agent email\nBruno Neri,\nAnna Bianchi,\n", "utf-8")
    import_files(workspace, [team], ImportOptions())
    path.write_text("Deal Name,Account,Stage,Deal owner\nLine 4,Acme,Demo,A. Bianchi\n", "utf-8")
    again.write_text("Deal Name,Account,Stage,Deal owner\nLine 5,Acme,Demo,A. BIANCHI\n", "utf-8")
    async with Workbench(workspace).run_test(size=NARROW) as pilot:
        screen = await begin(pilot, path)
        await pilot.press("n")
        values = await step(pilot, screen, ValuesStep)
        await until(pilot, lambda: "who is “A. Bianchi”?" in drawn(pilot) and "somebody new" in drawn(pilot))
        await pilot.press("home", "enter")
        await until(pilot, lambda: "nobody" in drawn(pilot))
        shown = drawn(pilot)
        assert shown.index("Anna Bianchi") < shown.index("Bruno Neri") < shown.index("somebody new: A. Bianchi")
        await pilot.press("enter")  # the likeliest
        await until(pilot, lambda: screen.plan.mappings and not screen.is_busy)
        await until(pilot, lambda: values.question and values.question.answer == "Anna Bianchi")
        await until(pilot, lambda: "somebody new" not in drawn(pilot))
        for kind in (MatchingStep, TrialStep):
            await pilot.press("n")
            await step(pilot, screen, kind)
        await until(pilot, lambda: "1 new" in drawn(pilot))
        await pilot.press("ctrl+s")
        await step(pilot, screen, ResultStep)
        await pilot.press("escape")
        await until(pilot, lambda: not isinstance(pilot.app.screen, ImportScreen))
        screen = await begin(pilot, again)
        await until(pilot, lambda: "read as deals.csv was" in drawn(pilot))
        assert [one.answer for one in screen.plan.questions()] == ["Anna Bianchi", "proposing"]
        await pilot.press("f")
        await until(pilot, lambda: [one.answer for one in screen.plan.questions()] == ["", "proposing"])
        await until(pilot, lambda: not screen.is_busy)
        await pilot.press("f")
        await until(pilot, lambda: [one.answer for one in screen.plan.questions()] == ["Anna Bianchi", "proposing"])
    assert query(workspace, "SELECT a.name FROM opportunity o JOIN actor a ON a.id = o.owner_id") == [("Anna Bianchi",)]


@pytest.mark.usefixtures("italian")
async def test_at_the_size_of_a_small_terminal_every_file_has_its_result_and_the_way_on_is_told(
    workspace: Path, tmp_path: Path
) -> None:
    rows = {
        "clienti.csv": "Azienda,Fatturato\nAlfa,1200000\n",
        "listino.csv": "Prodotto,Prezzo\nLinea,900000\n",
        "venditori.csv": "Venditore,Area\nAnna,Nord\n",
        "trattative.csv": "Trattativa,Cliente,Fase,Importo,Venditore\nLinea 4,Alfa,Proposta,950000,Anna\n",
    }
    folder = tmp_path / "esportati"
    folder.mkdir()
    for name, text in (rows | {"leggimi.md": "# Clienti", "ruoli.csv": "Livello;Sigla\n1;a\n"}).items():
        (folder / name).write_text(text, "utf-8")
    async with Workbench(workspace).run_test(size=NARROW) as pilot:
        screen = await begin(pilot, folder)
        await until(pilot, lambda: "Certo?" in drawn(pilot))
        passed = str(screen.query_one("#told", Static).content)
        assert "leggimi.md" in passed
        assert "ruoli.csv" in passed
        assert {look.name for look in screen.plan.looks} == {*rows}
        shown = drawn(pilot)
        assert "probabile" in shown
        assert "n Avanti" in shown.splitlines()[-1]
        await pilot.press("n")
        values = await step(pilot, screen, ValuesStep)
        assert isinstance(values, ValuesStep)
        asked = [str(row.cells[1]) for row in values.rows()]
        assert len(asked) == len(set(asked)) > 1
        await pilot.press("n")
        await step(pilot, screen, MatchingStep)
        await pilot.press("n")
        await step(pilot, screen, TrialStep)
        await until(pilot, lambda: screen.plan.trial)
        await pilot.press("ctrl+s")
        result = await step(pilot, screen, ResultStep)
        told = str(result.query_one("#notes Static", Static).visual)
        assert all(name in told for name in rows)
        assert result.query_one("#notes").virtual_size.height >= len(told.splitlines())
        assert "scrivi" in drawn(pilot).splitlines()[-1].casefold()


async def test_a_trial_tells_what_would_be_added_unasked_and_that_nothing_changes(
    workspace: Path, tmp_path: Path
) -> None:
    path = tmp_path / "people.csv"
    path.write_text("Name,Company\nLaura Bianchi,Helios\n", "utf-8")
    for kind, told in (("note", "added by name"), ("nothing", "no record that is there changes")):
        async with Workbench(workspace).run_test(size=NARROW) as pilot:
            screen = await begin(pilot, path)
            for one in (ValuesStep, MatchingStep, TrialStep):
                await pilot.press("n")
                trial = await step(pilot, screen, one)
            await until(pilot, partial(getattr, trial.list, "count"))
            said = [[str(cell) for cell in row.cells] for row in trial.rows()]
            assert [row for row in said if row[0] == kind and told in row[3]]
            assert kind in drawn(pilot)
        import_files(workspace, [path], ImportOptions())


def test_whose_key_it_is_is_asked_once_for_all_files(workspace: Path, tmp_path: Path) -> None:
    import_files(workspace, [file(tmp_path / "team.csv", "Agent,Agent email\nAnna Bianchi,\n")], ImportOptions())
    accounts = file(tmp_path / "accounts.csv", "Company,City,Owner ID\nAcme,Milano,77\nBeta,Roma,78\n")
    deals = file(tmp_path / "deals.csv", "Deal Name,Account,Stage,Agent ID\nLine 4,Acme,Demo,77\n")
    plan = Plan(workspace, looks=look_over(workspace, [accounts, deals], {}, today=TODAY).files)
    asked = [one for one in plan.questions() if one.about is About.PEOPLE]
    assert [(one.look.name, one.cell) for one in asked] == [
        ("accounts.csv", "77"),
        ("accounts.csv", "78"),
        ("deals.csv", "77"),
    ]
    assert [one.label for one in offered(asked[0])] == ["Anna Bianchi", "nobody"]
    plan.answer(asked[0], "Anna Bianchi")
    assert {(one.look.name, one.cell): one.answer for one in plan.questions() if one.about is About.PEOPLE} == {
        ("accounts.csv", "77"): "Anna Bianchi",
        ("accounts.csv", "78"): "",
        ("deals.csv", "77"): "Anna Bianchi",
    }


def test_what_was_understood_is_shown_and_can_be_decided_otherwise(workspace: Path, tmp_path: Path) -> None:
    rows = 'Line 4,Acme,Demo,Anna Bini\nLine 5,Acme,Won,"Bini, Anna"\n'
    deals = file(tmp_path / "deals.csv", f"Deal Name,Account,Stage,Owner\n{rows}")
    plan = Plan(workspace, looks=look_over(workspace, [deals], {}, today=TODAY).files)
    answers = {one.cell: one.answer for one in plan.questions() if one.cell}
    assert answers == {"Demo": "proposing", "Bini, Anna": "Anna Bini"}
    (asked,) = (one for one in plan.questions() if one.about is About.PEOPLE)
    assert [one.label for one in offered(asked)] == ["Anna Bini", "somebody new: Bini, Anna", "nobody"]
    plan.answer(asked, "Bini, Anna")
    assert [one.answer for one in plan.questions() if one.about is About.PEOPLE] == ["Bini, Anna"]


def test_nothing_is_said_of_a_trial_before_it_has_ended(workspace: Path) -> None:
    assert TrialStep(Plan(workspace)).rows() == []
