"""What files say of consent: a refusal is taken from whatever says it, and a consent never is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from crmtui.commands import records
from crmtui.commands.importing import FileMapping, ImportOptions, import_files
from crmtui.domain.plans import Channel
from crmtui.domain.words import Source
from crmtui.exchange.mapping import targets
from store_dump import query

if TYPE_CHECKING:
    from pathlib import Path

    from crmtui.commands.import_report import ImportReport

EVERY = frozenset({"meeting", "video", "call", "email", "letter", "event", "web"})
REFUSED = """SELECT p.name, c.code FROM consent s JOIN person p ON p.id = s.person_id
    JOIN channel c ON c.id = s.channel_id WHERE s.state = 'refused'"""
CUSTOMS = "SELECT p.name, c.name, c.value FROM custom_value c JOIN person p ON p.id = c.person_id"


def bring(workspace: Path, text: str, mapping: FileMapping | None = None) -> ImportReport:
    file = workspace.with_name("people.csv")
    file.write_text(text, "utf-8")
    report = import_files(workspace, [file], ImportOptions(files={"": mapping} if mapping else {}))
    assert not report.rejected
    return report


def refused(workspace: Path) -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for name, code in query(workspace, REFUSED):
        found[name] = found.get(name, frozenset()) | {code}
    return found


@pytest.mark.parametrize(
    ("header", "cell", "codes"),
    [
        ("Do not contact", "yes", EVERY),
        ("Do Not Contact", "TRUE", EVERY),
        ("doNotContact", "true", EVERY),
        ("do_not_contact", "1", EVERY),
        ("Opt-out", "yes", EVERY),
        ("Opted out", "x", EVERY),
        ("Contact: Opt out", "yes", EVERY),
        ("Non contattare", "sì", EVERY),
        ("Non contattare", "Vero", EVERY),
        ("Opt out email", "opted out", {"email"}),
        ("E-mail opt-out", "yes", {"email"}),
        ("Opt out of emails", "yes", {"email"}),
        ("Unsubscribed", "yes", {"email"}),
        ("Newsletter unsubscribed", "yes", {"email"}),
        ("Opted out of email: One to One", "true", {"email"}),
        ("Marketing opt-out", "yes", {"email"}),
        ("Rifiuta e-mail", "sì", {"email"}),
        ("Disiscritta", "sì", {"email"}),
        ("Opt out of phone calls", "yes", {"call"}),
        ("Do not allow Phone Calls", "Do Not Allow", {"call"}),
        ("Non telefonare", "sì", {"call"}),
        ("Non chiamare al telefono", "sì", {"call"}),
        ("Iscritto al registro delle opposizioni", "sì", {"call"}),
        ("Do not send letters", "yes", {"letter"}),
        ("Do not mail", "yes", {"email", "letter"}),
        ("Do not call or email", "yes", EVERY),
        ("Email consent", "no", {"email"}),
        ("Email Opt In", "No", {"email"}),
        ("emailOptIn", "false", {"email"}),
        ("Consenso e-mail", "no", {"email"}),
        ("Consenso marketing", "no", {"email"}),
        ("Consenso alla newsletter", "negato", {"email"}),
        ("Permission to call", "denied", {"call"}),
        ("Consenso telefonate", "no", {"call"}),
        ("Consent", "refused", EVERY),
        ("Consent", "opt out", EVERY),
        ("GDPR consent", "0", EVERY),
        ("Consent status", "Withdrawn", EVERY),
        ("Consenso privacy", "revocato", EVERY),
        ("Consenso al trattamento dei dati", "no", EVERY),
        ("Consent withdrawn", "yes", EVERY),
        ("Autorizzazione al contatto", "no", EVERY),
    ],
)
def test_whatever_says_so_is_a_refusal(workspace: Path, header: str, cell: str, codes: set[str]) -> None:
    bring(workspace, f"Name,Company,{header}\nAda,Acme,{cell}\n")
    assert refused(workspace) == {"Ada": codes}
    assert not query(workspace, CUSTOMS)


@pytest.mark.parametrize(
    ("header", "cell"),
    [
        ("Email consent", "yes"),
        ("Email Opt In", "sì"),
        ("Consent", "opt in"),
        ("Consent", "granted"),
        ("GDPR consent", "TRUE"),
        ("Consenso e-mail", "x"),
        ("Consent", "unknown"),
        ("Consent", "pending"),
        ("Do not contact", "maybe"),
        ("Consent date", "2024-05-06"),
        ("Consent source", "no"),
        ("Opt out reason", "yes"),
        ("Contact No", "1"),
        ("Number of calls", "1"),
        ("No of emails", "1"),
        ("SMS opt out", "yes"),
        ("Newsletter", "no"),
        ("Non fumatore", "sì"),
    ],
)
def test_what_is_no_refusal_is_kept_as_it_is(workspace: Path, header: str, cell: str) -> None:
    bring(workspace, f"Name,Company,{header}\nAda,Acme,{cell}\n")
    assert query(workspace, "SELECT * FROM consent") == []
    assert query(workspace, CUSTOMS) == [("Ada", header, cell)]


@pytest.mark.parametrize(("header", "cell"), [("Email consent", ""), ("Do not contact", ""), ("Opt-out", "no")])
def test_nothing_said_is_nothing_kept(workspace: Path, header: str, cell: str) -> None:
    bring(workspace, f"Name,Company,{header}\nAda,Acme,{cell}\n")
    assert query(workspace, "SELECT * FROM consent") == []
    assert not query(workspace, CUSTOMS)


def test_of_several_columns_each_that_refuses_counts(workspace: Path) -> None:
    text = """Name,Company,Email Opt Out,Unsubscribed,Email consent,Do not contact
Ada,Acme,no,yes,yes,no
Bea,Acme,yes,no,,no
Cia,Acme,no,no,no,no
Dea,Acme,yes,yes,no,yes
Eva,Acme,no,no,yes,no
"""
    for _time in range(2):  # those who are there are completed in the same way
        bring(workspace, text)
        assert refused(workspace) == {"Ada": {"email"}, "Bea": {"email"}, "Cia": {"email"}, "Dea": EVERY}
    sources: dict[str, str] = dict(
        query(workspace, "SELECT p.name, s.source FROM consent s JOIN person p ON p.id = s.person_id")
    )
    assert sources["Ada"] == "people.csv, Unsubscribed: yes"
    assert sources["Cia"] == "people.csv, Email consent: no"
    assert ("Ada", "Email consent", "yes") in query(workspace, CUSTOMS)


def test_who_is_there_refuses_from_now_on_whatever_was_said_before(workspace: Path) -> None:
    bring(workspace, "Name,Company\nAda,Acme\n")
    bring(workspace, "Name,Company,Do not call\nAda,Acme,yes\n")
    report = bring(workspace, "Name,Company,Non contattare\nAda,Acme,sì\n")
    assert report.files[0].updated == 1
    assert refused(workspace) == {"Ada": EVERY}
    assert bring(workspace, "Name,Company,Non contattare\nAda,Acme,sì\n").files[0].unchanged == 1


def test_a_column_is_said_to_refuse_everything_and_several_the_same(workspace: Path) -> None:
    said = FileMapping(kind="person", columns={"Stop": "no_contact", "Via": "no_call", "OK": "may_call"})
    bring(workspace, "Name,Company,Stop,Via,OK\nAda,Acme,yes,,\nBea,Acme,,,no\nCia,Acme,,yes,no\n", said)
    assert refused(workspace) == {"Ada": EVERY, "Bea": {"call"}, "Cia": {"call"}}


def test_the_words_of_a_consent_are_what_somebody_says_they_are(workspace: Path) -> None:
    said = FileMapping(kind="person", words={("Consent", "pending"): "no", ("Consent", "soon"): "yes"})
    bring(workspace, "Name,Company,Consent\nAda,Acme,Pending\nBea,Acme,soon\n", said)
    assert refused(workspace) == {"Ada": EVERY}


def test_what_is_neither_yes_nor_no_is_told(workspace: Path) -> None:
    report = bring(workspace, "Name,Company,Consent,Email consent\nAda,Acme,perhaps,granted\n")
    assert "Column Consent: neither yes nor no, and kept as they are: “perhaps”." in report.files[0].notes
    assert not any("Email consent: neither" in note for note in report.files[0].notes)


def test_a_channel_that_the_workspace_does_not_have_is_passed_over(workspace: Path) -> None:
    ((key,),) = query(workspace, "SELECT id FROM channel WHERE code = 'letter'")
    records.delete(workspace, Channel, [key], Source.CLI)
    bring(workspace, "Name,Company,Do not mail\nAda,Acme,yes\n")
    assert refused(workspace) == {"Ada": {"email"}}


def test_the_form_of_a_program_takes_its_own_column_and_others_too(workspace: Path) -> None:
    bring(
        workspace,
        "Contact ID,First Name,Last Name,Account Name,Account ID,Email Opt Out,Unsubscribed,Do Not Call,Mailing City\n"
        "0035800000AbCdE,Ada,Rossi,Acme,0015800000AbCdE,0,1,0,Milano\n",
    )
    assert refused(workspace) == {"Ada Rossi": {"email"}}


def test_what_columns_of_consent_may_become_is_offered_by_what_it_does() -> None:
    assert {name: targets.label("person", name) for name in targets.known("person") if name in targets.OF_CONSENT} == {
        "no_email": "refuses e-mail",
        "no_call": "refuses calls",
        "no_letter": "refuses letters",
        "no_mail": "refuses e-mail and letters",
        "no_contact": "refuses everything",
        "may_email": "refuses e-mail where it says no",
        "may_call": "refuses calls where it says no",
        "may_letter": "refuses letters where it says no",
        "may_mail": "refuses e-mail and letters where it says no",
        "may_contact": "refuses everything where it says no",
    }
