"""Reports: all we know for ourselves, and for the customer nothing that judges anybody."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
import shutil
import subprocess
from typing import TYPE_CHECKING, Any

import pytest

from crmtui.commands import records
from crmtui.domain.accounts import Account
from crmtui.domain.action_plan import PlanAction
from crmtui.domain.delivery import CustomerRequest, Project, Promise, Satisfaction
from crmtui.domain.dmu import DmuMap, Stakeholder
from crmtui.domain.fields import Kind, specs
from crmtui.domain.nouns import BY_TABLE
from crmtui.domain.offerings import Order, OrderLine
from crmtui.domain.opportunities import Opportunity
from crmtui.domain.people import Person
from crmtui.domain.plans import Channel, Contact, ContactPerson
from crmtui.domain.words import ContactStatus, ProjectStatus, Role, Source
from crmtui.exchange.report import html, markdown
from crmtui.queries import delivery, matrix, records as queries, report_kinds, report_portfolio
from crmtui.queries.briefing import briefing
from crmtui.queries.delivery_words import SATISFACTION, figures
from crmtui.queries.report_kinds import SUBJECTS, Report
from crmtui.queries.reports import offered, report
from crmtui.store.unit import work
from crmtui.store.writing.bulk import insert_many

if TYPE_CHECKING:
    from pathlib import Path

TODAY = dt.date(2026, 3, 12)
MARK = "zzmark"
# What may be told to the customer: what it is called, what it asked for, what was agreed and offered, and who meets it.
SHARED = frozenset({
    *(("account", field) for field in ("name", "industry", "street", "postcode", "city", "country", "website")),
    *(("opportunity", field) for field in ("name",)),
    *(("proposition", field) for field in ("need", "offer", "benefit", "proof")),
    *(("person", field) for field in ("name",)),
    *(("actor", field) for field in ("name",)),
    *(("channel", field) for field in ("name",)),
    *(("offering", field) for field in ("name",)),
    *(("project", field) for field in ("name",)),
    *(("promise", field) for field in ("name",)),
    *(("customer_request", field) for field in ("name",)),
    *(("sales_order", field) for field in ("number",)),
})  # fmt: skip


def subjects(path: Path, what: Report) -> list[int]:
    if what not in SUBJECTS:
        return [0]
    return [one.id for one in queries.every(path, BY_TABLE[SUBJECTS[what]])]


def test_a_quarterly_review_lists_what_went_on_in_the_quarter_and_how_it_kept_to_its_day(workspace: Path) -> None:
    account = records.add(workspace, Account, {"name": "Aurora"}, Source.CLI)
    month = dt.timedelta(days=30)
    for name, status, ends, ended in (
        ("Before", ProjectStatus.DONE, TODAY - 5 * month, TODAY - 5 * month),
        ("Late", ProjectStatus.DONE, TODAY - 5 * month, TODAY - month),
        ("Early", ProjectStatus.DONE, TODAY, TODAY - month),
        ("Stopped", ProjectStatus.STOPPED, TODAY, TODAY - month),
        ("Running", ProjectStatus.RUNNING, TODAY - month, None),
        ("Planned", ProjectStatus.PLANNED, TODAY + month, None),
        ("Forgotten", ProjectStatus.DONE, TODAY, None),
    ):
        given = {"account_id": account, "name": name, "status": status, "ends_on": ends, "ended_on": ended}
        records.add(workspace, Project, given, Source.CLI)
    text = markdown.write(report(workspace, Report.QUARTER, account, TODAY))
    told = {line.split("|")[1].strip(): line.split("|")[5].strip() for line in text.splitlines() if "| ? |" in line}
    assert told == {
        "Late": "10 Feb 2026, 120 days late",
        "Early": "10 Feb 2026, 30 days early",
        "Stopped": "10 Feb 2026",
        "Running": "30 days late so far",
    }
    assert "Forgotten has ended on a day that nobody wrote down, perhaps before." in text
    assert "Forgotten" not in markdown.write(report(workspace, Report.QUARTER, account, TODAY, for_customer=True))


def test_satisfaction_is_the_figure_of_the_page_of_delivery(workspace: Path) -> None:
    account = records.add(workspace, Account, {"name": "Aurora"}, Source.CLI)
    person = records.add(workspace, Person, {"name": "Laura", "account_id": account}, Source.CLI)
    for days, score in ((200, 2), (20, 9)):
        given = {"account_id": account, "person_id": person, "day": TODAY - dt.timedelta(days), "score": score}
        records.add(workspace, Satisfaction, given, Source.CLI)
    (figure,) = (one for one in figures(delivery.page(workspace, account, TODAY)) if one.key == SATISFACTION)
    text = markdown.write(report(workspace, Report.ACCOUNT, account, TODAY))
    assert f"{figure.value} {figure.rest}" in text
    assert "NPS +100" in text
    assert "1 answer, mean 9.0, no trend yet" in markdown.write(report(workspace, Report.QUARTER, account, TODAY))


@pytest.fixture
def marked(filled: Path) -> Path:
    """The sample, with a mark in every text that the customer must not read."""
    with work(filled, "mark", Source.CLI) as unit:
        for table, kind in BY_TABLE.items():
            fields = [
                name
                for name, spec in specs(kind).items()
                if spec.kind in (Kind.LINE, Kind.TEXT) and not spec.hidden and (table, name) not in SHARED
                if spec.longest >= 500 and not spec.unique and all(name not in group for group in kind.noun.unique)
            ]
            if fields and table not in ("workspace", "external_identity", "scorecard_template", "criterion"):
                unit.connection.execute(f"UPDATE {table} SET " + ", ".join(f"{name} = '{MARK}'" for name in fields))
    return filled


@pytest.mark.parametrize("what", list(Report))
def test_the_customer_reads_no_judgement(marked: Path, what: Report) -> None:
    judgements = (
        "advocate",
        "supporter",
        "critic",
        "opponent",
        "decisive",
        "defends us",
        "trusts us",
        "bet ",
        "P(win)",
        "Favour",
        "Coverage",
        "Level",
        "attractiveness",
        "Posture",
        "Segment",
        "<svg",
    )
    told = 0
    for key in subjects(marked, what)[:3]:
        for write in (html.write, markdown.write):
            ours = write(report(marked, what, key, TODAY))
            theirs = write(report(marked, what, key, TODAY, for_customer=True))
            assert MARK not in theirs
            assert not any(word in theirs for word in judgements)
            told += MARK in ours
    assert told  # the marks are where a report would show them


@pytest.mark.parametrize("what", list(Report))
def test_every_record_of_the_sample_has_its_report(filled: Path, what: Report) -> None:
    for key in subjects(filled, what):
        found = report(filled, what, key, TODAY)
        assert found.sections
        assert "Internal" in markdown.write(found)


def test_the_portfolio_tells_where_to_invest_and_is_never_for_a_customer(filled: Path) -> None:
    found = report(filled, Report.PORTFOLIO, 0, TODAY)
    assert [one.id for one in found.sections] == ["matrix", "segments", "hours", "equity", "white", "learning"]
    text = markdown.write(found)
    for one in matrix.page(filled, TODAY).lines:
        assert text.count(one.name) >= 3  # its posture, its hours, what it is worth
    for words in ("| Posture |", "| Hours today |", "Lost in a year", "one of the level", "probabilities", "is ours"):
        assert words in text
    assert "; ✎ by hand: " in text
    assert "| keep | 1 | ? |" in text  # nobody knows what it buys: that is not nothing
    assert "compares customers" in text
    assert html.write(found).count("<desc>") == 3
    assert report(filled, Report.PORTFOLIO, 0, TODAY, for_customer=True).sections == ()


def test_a_posture_goes_with_its_reason_into_our_account_plan_alone(workspace: Path) -> None:
    given = {"name": "Aurora", "posture": "keep", "posture_reason": "Opens doors in the north"}
    key = records.add(workspace, Account, given, Source.CLI)
    ours, theirs = (
        markdown.write(report(workspace, Report.ACCOUNT, key, TODAY, for_customer=each)) for each in (False, True)
    )
    assert "✎ by hand: keep: Opens doors in the north (" in ours
    assert "doors" not in theirs


def test_a_portfolio_without_accounts_says_so(workspace: Path) -> None:
    text = markdown.write(report(workspace, Report.PORTFOLIO, 0, TODAY))
    assert "There is no account to place in the matrix." in text
    assert "There is no account to share hours out to." in text
    assert "There is no account yet." in text


def test_a_long_portfolio_tells_how_many_accounts_are_left_out(filled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(report_portfolio, "MOST", 2)
    monkeypatch.setattr(report_portfolio, "DRAWN", 3)
    found = report(filled, Report.PORTFOLIO, 0, TODAY, ["matrix", "equity"])
    count = len(matrix.page(filled, TODAY).lines)
    assert markdown.write(found).count(f"{count - 2} more accounts are left out") == 2
    assert html.write(found).count("<circle") <= 3 + 2  # with those of the legend


def test_only_the_sections_that_are_wanted(filled: Path) -> None:
    found = report(filled, Report.ACCOUNT, 1, TODAY, ["profile", "value"])
    assert [section.id for section in found.sections] == ["profile", "value"]


def test_all_sections_are_offered_and_those_for_customers_are_known(sample: Path) -> None:
    theirs = set[str]()
    for what in Report:
        for key in subjects(sample, what)[:5]:
            known = [one.id for one in offered(sample, what, key)]
            made = [section.id for section in report(sample, what, key, TODAY).sections]
            assert [one for one in known if one in made] == made
            theirs.update(section.id for section in report(sample, what, key, TODAY, for_customer=True).sections)
    assert theirs == report_kinds.SHARED


def test_circles_of_reporting_and_hostile_names_are_drawn(workspace: Path) -> None:
    def add(kind: Any, /, **given: Any) -> int:
        return records.add(workspace, kind, given, Source.CLI)

    account = add(Account, name="<script>alert(1)</script>")
    the_map = add(DmuMap, account_id=account)
    people = [add(Person, name=f"<b>{n}</b>", account_id=account) for n in range(12)]
    cards = [
        add(Stakeholder, map_id=the_map, person_id=one, roles=(Role.USER,), win="</svg><script>") for one in people
    ]
    with work(workspace, "circle", Source.CLI) as unit:  # what another program may have written
        for one, above in zip(cards, [*cards[1:], cards[0]], strict=True):
            unit.connection.execute("UPDATE stakeholder SET reports_to_id = ? WHERE id = ?", (above, one))
    add(Opportunity, name="{{ 7 * 7 }}", account_id=account)
    text = html.write(report(workspace, Report.ACCOUNT, account, TODAY))
    assert "<script" not in text
    assert "{{ 7 * 7 }}" in text
    assert text.count("<rect") == 12


def browse(page: Path, *flags: str) -> subprocess.CompletedProcess[str]:
    """A page in a real browser that has no screen."""
    usual = ("--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking")
    return subprocess.run(
        [
            *("chromium", *usual, "--disable-component-update", "--disable-sync", "--enable-logging=stderr"),
            *(f"--user-data-dir={page.parent / 'profile'}", *flags, page.as_uri()),
        ],
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )


@pytest.mark.skipif(shutil.which("chromium") is None, reason="needs Debian's chromium, which is not installed here")
def test_a_briefing_is_printed_on_one_page(filled: Path, tmp_path: Path) -> None:
    page, printed = tmp_path / "brief.html", tmp_path / "brief.pdf"
    account = queries.find(filled, Account, "Pastificio Valdoria")
    long = "something that takes some words to say"
    with work(filled, "much", Source.CLI, by_record=False) as unit:
        numbers = range(20)
        insert_many(unit, Promise, [{"account_id": account, "name": f"{n} {long}", "due_on": TODAY} for n in numbers])
        insert_many(
            unit,
            CustomerRequest,
            [{"account_id": account, "name": f"{n} {long}", "received_on": TODAY} for n in numbers],
        )
        insert_many(unit, PlanAction, [{"account_id": account, "name": f"{n} {long}"} for n in numbers])
        insert_many(unit, Opportunity, [{"account_id": account, "name": f"{n} {long}", "value": 100} for n in numbers])
        channel = queries.every(filled, Channel)[0].id
        (meeting,) = insert_many(unit, Contact, [{"account_id": account, "day": TODAY, "channel_id": channel}])
        there = [one.id for one in queries.every(filled, Person) if one.account_id == account]
        insert_many(unit, ContactPerson, [{"contact_id": meeting, "person_id": one} for one in there])
    found = briefing(filled, account, TODAY, meeting)
    text = markdown.write(found)
    assert len(re.findall(r"and 1\d more", text)) == 4
    assert "Also: " in text
    page.write_text(html.write(found), "utf-8")
    browse(page, f"--print-to-pdf={printed}", "--no-pdf-header-footer")
    assert len(re.findall(rb"/Type\s*/Page\b", printed.read_bytes())) == 1


@pytest.mark.skipif(shutil.which("chromium") is None, reason="needs Debian's chromium, which is not installed here")
def test_a_browser_opens_it_asks_for_nothing_and_prints_it(filled: Path, tmp_path: Path) -> None:
    page, printed = tmp_path / "plan.html", tmp_path / "plan.pdf"
    account = queries.find(filled, Account, "Pastificio Valdoria")
    whole = report(filled, Report.ACCOUNT, account, TODAY)  # with the parts of others: every picture is on one page
    deal = queries.find(filled, Opportunity, "Line 4 robot case packing")
    others = [report(filled, Report.OPPORTUNITY, deal, TODAY), report(filled, Report.PORTFOLIO, 0, TODAY)]
    sections = (*whole.sections, *(section for other in others for section in other.sections))
    text = html.write(dataclasses.replace(whole, sections=sections))
    assert text.count("<svg") >= 8
    page.write_text(text, "utf-8")
    ran = browse(page, f"--print-to-pdf={printed}")
    assert printed.read_bytes().startswith(b"%PDF")
    assert printed.read_bytes().count(b"/Type /Page\n") + printed.read_bytes().count(b"/Type /Page ") >= 1
    assert "CONSOLE" not in ran.stderr
    assert "Refused to" not in ran.stderr


@pytest.mark.parametrize("what", list(Report))
def test_days_are_written_as_people_read_them(sample: Path, what: Report) -> None:
    for key, for_customer in [*((key, True) for key in subjects(sample, what)[:3]), (subjects(sample, what)[0], False)]:
        told = html.write(report(sample, what, key, TODAY, for_customer=for_customer))
        assert not re.search(r"\b20\d\d-\d\d-\d\d\b", told.partition("<h1")[2])
        assert told.count("12\N{NO-BREAK SPACE}Mar\N{NO-BREAK SPACE}2026</p>") == 1


def test_a_review_tells_its_quarter_from_the_first_day_to_the_last(workspace: Path) -> None:
    def add(kind: Any, /, **given: Any) -> int:
        return records.add(workspace, kind, given, Source.CLI)

    account = add(Account, name="Aurora")
    channel = queries.every(workspace, Channel)[0].id
    for days in (40, 3, 17, -9, -30):
        day = TODAY - dt.timedelta(days=days)
        add(
            Contact,
            account_id=account,
            day=day,
            channel_id=channel,
            status=ContactStatus.DONE if days > 0 else ContactStatus.PLANNED,
            done_at=dt.datetime(2026, 3, 12, tzinfo=dt.UTC) if days > 0 else None,
        )
    order = add(Order, account_id=account, number="A-7", day=TODAY, currency="EUR")
    add(OrderLine, order_id=order, description="Spare parts", quantity=2, unit_price=60_000)
    told = markdown.write(report(workspace, Report.QUARTER, account, TODAY, for_customer=True))
    assert "| 12 Mar 2026 | A-7 | Spare parts | 1,200 EUR | open |" in told.replace("\\", "")
    told_on = re.findall(r"^\| (\d+ \w+ 2026) \| \w", told.partition("How we met")[2], re.MULTILINE)
    assert told_on == ["31 Jan 2026", "23 Feb 2026", "9 Mar 2026", "21 Mar 2026", "11 Apr 2026"]


def test_a_customer_reads_nothing_of_our_forecast(sample: Path) -> None:
    deal = queries.find(sample, Opportunity, "Line 4 robot case packing")
    ours, theirs = (
        markdown.write(report(sample, Report.OPPORTUNITY, deal, TODAY, for_customer=for_customer))
        for for_customer in (False, True)
    )
    for told in ("**Stage**", "**Value**", "**Expected close**"):
        assert told in ours
        assert told not in theirs
