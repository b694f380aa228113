"""Reports from the shell: to read, to a file, for whom, and only what was asked for."""

from __future__ import annotations

import stat
import sys
from typing import TYPE_CHECKING, Any

import pytest

from crmtui.errors import MissingPartError
from crmtui.exchange.report import pdf
from crmtui.queries import reports

if TYPE_CHECKING:
    from pathlib import Path

    from cli.conftest import Crmtui
    from crmtui.exchange.report.document import Document


@pytest.fixture(autouse=True)
def _aurora(crmtui: Crmtui) -> None:
    crmtui("accounts", "add", "--name", "Aurora", "--industry", "packaging", "--needs", "fewer stops")


def test_a_report_is_read_or_written_to_a_file_of_ones_own(crmtui: Crmtui, tmp_path: Path) -> None:
    assert "# Account plan: Aurora" in crmtui("report", "account", "aurora").out
    target = tmp_path / "aurora.html"
    crmtui("report", "account", "aurora", "--output", str(target))
    assert target.read_text("utf-8").startswith("<!doctype html>")
    assert stat.S_IMODE(target.stat().st_mode) == 0o600


def test_for_the_customer_and_in_sections(crmtui: Crmtui) -> None:
    ours = crmtui("report", "account", "aurora", "--sections", "profile").out
    assert "fewer stops" in ours
    assert "Action plan" not in ours
    theirs = crmtui("report", "account", "aurora", "--for", "customer").out
    assert "packaging" in theirs
    assert "fewer stops" not in theirs
    assert "# Briefing: Aurora" in crmtui("brief", "aurora", "--format", "md").out
    assert "Briefing: Aurora" in crmtui("brief", "aurora").out


def test_the_portfolio_needs_no_name(crmtui: Crmtui) -> None:
    told = crmtui("report", "portfolio", "--sections", "matrix,segments").out
    assert "# Portfolio: " in told
    assert "Aurora" in told
    assert "## Hours" not in told


def test_a_report_in_sections_is_worked_out_once(crmtui: Crmtui, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []
    whole = reports.report

    def report(*given: Any, **more: Any) -> Document:
        asked.append(given)
        return whole(*given, **more)

    monkeypatch.setattr(reports, "report", report)
    told = crmtui("report", "account", "aurora", "--sections", "profile,opportunities").out
    assert "Internal" in told
    assert "## Opportunities" in told
    assert len(asked) == 1


@pytest.mark.parametrize(
    ("words", "said", "code"),
    [
        (("everything", "aurora"), "is one of", 2),
        (("account", "nobody"), "nobody", 1),
        (("account", "aurora", "--sections", "shoe"), "There is no section shoe", 2),
        (("account", "aurora", "--sections", "actions"), "These sections say nothing yet", 2),
        (("dmu", "aurora", "--for", "customer"), "Nothing of this report is for the customer", 2),
        (("account", "aurora", "--output", "/nowhere/x.html"), "/nowhere", 1),
        (("account", "aurora", "--output", "/nowhere/x.docx"), "there are md, html, pdf", 2),
        (("account",), "On which? Name it", 2),
        (("portfolio", "aurora"), "leave “aurora” out", 2),
        (("portfolio", "--for", "customer"), "never for one of them", 2),
        (("account", "aurora", "--format", "pdf"), "name a file with --output", 2),
    ],
)
def test_what_cannot_be_written_is_said(crmtui: Crmtui, words: tuple[str, ...], said: str, code: int) -> None:
    ran = crmtui("report", *words, code=code)
    assert said in ran.err
    assert ran.out == ""


def test_a_pdf_that_cannot_be_written_here_says_what_to_install_and_touches_nothing(
    crmtui: Crmtui, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "weasyprint", None)
    target = tmp_path / "aurora.pdf"
    target.write_text("mine")
    ran = crmtui("report", "account", "aurora", "--output", str(target), code=1)
    assert "crmtui[pdf]" in ran.err
    assert target.read_text() == "mine"
    assert list(tmp_path.glob("*.part")) == []


def test_a_pdf_is_written_whole_and_for_its_owner_alone(crmtui: Crmtui, tmp_path: Path) -> None:
    try:
        pdf.require()
    except MissingPartError as missing:
        pytest.skip(str(missing))
    target = tmp_path / "aurora.pdf"
    crmtui("report", "account", "aurora", "--output", str(target))
    assert target.read_bytes().startswith(b"%PDF-")
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
