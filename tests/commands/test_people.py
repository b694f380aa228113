from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest

from crmtui.commands import history, people, records as commands
from crmtui.commands.people import Said
from crmtui.domain.accounts import Account
from crmtui.domain.people import Consent, Person, PersonEmail
from crmtui.domain.words import ConsentState, EmailKind, PhoneKind, Source
from crmtui.errors import InvalidError
from crmtui.queries import people as queries, records, workspace as past
from hostile import SHORT, has_control

if TYPE_CHECKING:
    from pathlib import Path

TODAY = dt.date(2026, 3, 12)
TUI = Source.TUI
CALL = 3


def add(path: Path, **given: Any) -> int:
    return people.add(path, given, TUI)


def emails(path: Path, person: int) -> list[tuple[str, str, bool]]:
    return [(one.address, one.kind.value, one.is_primary) for one in queries.reach(path, person).emails]


def test_a_person_comes_with_addresses_and_consents_in_one_step(workspace: Path) -> None:
    given = {
        "name": "Laura Bianchi",
        "emails": "laura@aurora.example\n\nl.bianchi@home.example home",
        "phones": "+39 335 555 0204 mobile\n02 555 01",
    }
    person = people.add(workspace, given, TUI, consents=[Said(CALL, ConsentState.REFUSED, TODAY, "on the phone")])
    found = queries.page(workspace, person, TODAY)
    assert emails(workspace, person) == [
        ("laura@aurora.example", "work", True),
        ("l.bianchi@home.example", "home", False),
    ]
    assert [(one.number, one.kind) for one in found.reach.phones] == [
        ("+39 335 555 0204", PhoneKind.MOBILE),
        ("02 555 01", PhoneKind.WORK),
    ]
    asked = [(one.channel, one.state, one.source) for one in found.consents if one.state]
    assert asked == [("Call", "refused", "on the phone")]
    history.undo(workspace, TUI)
    assert records.suggest(workspace, "person", "laura") == []


def test_a_name_is_made_of_its_parts_and_follows_them(workspace: Path) -> None:
    person = add(workspace, given_name="Laura", family_name="Bianchi")
    assert records.get(workspace, Person, person).name == "Laura Bianchi"
    people.edit(workspace, person, {"family_name": "Rossi"}, TUI)
    assert records.get(workspace, Person, person).name == "Laura Rossi"


def test_a_name_of_its_own_stays_when_the_parts_change(workspace: Path) -> None:
    person = add(workspace, name="Bianchi, Laura", given_name="Laura", family_name="Bianchi")
    people.edit(workspace, person, {"given_name": "Lara"}, TUI)
    assert records.get(workspace, Person, person).name == "Bianchi, Laura"
    people.edit(workspace, person, {"name": ""}, TUI)
    assert records.get(workspace, Person, person).name == "Lara Bianchi"


def test_a_person_without_any_name_is_refused(workspace: Path) -> None:
    with pytest.raises(InvalidError) as caught:
        add(workspace, given_name=" ")
    assert list(caught.value.fields) == ["Name"]


def test_addresses_that_stay_keep_their_identity(workspace: Path) -> None:
    person = add(workspace, name="Laura", emails="one@x.example\ntwo@x.example home")
    before = {one.address: one.uid for one in queries.reach(workspace, person).emails}
    people.edit(workspace, person, {"emails": "TWO@x.example other\nthree@x.example"}, TUI)
    after = queries.reach(workspace, person).emails
    assert [(one.address, one.kind, one.is_primary) for one in after] == [
        ("TWO@x.example", EmailKind.OTHER, True),
        ("three@x.example", EmailKind.WORK, False),
    ]
    assert after[0].uid == before["two@x.example"]
    assert past.history(workspace, 1)[0].label == "Change person Laura"


def test_an_address_that_is_there_twice_is_kept_once(workspace: Path) -> None:
    person = add(workspace, name="Laura", emails="one@x.example")
    commands.add(workspace, PersonEmail, {"person_id": person, "address": "ONE@x.example"}, TUI)
    people.edit(workspace, person, {"emails": "one@x.example\none@x.example home"}, TUI)
    assert len(queries.reach(workspace, person).emails) == 1


def test_what_was_written_is_read_back(workspace: Path) -> None:
    typed = "one@x.example\ntwo@x.example home"
    person = add(workspace, name="Laura", emails=typed, phones="555 home\n556")
    reach = queries.reach(workspace, person)
    assert people.written(reach.emails) == typed
    assert people.written(reach.phones) == "555 home\n556"


def test_a_wrong_address_is_told_with_its_line(workspace: Path) -> None:
    with pytest.raises(InvalidError) as caught:
        add(workspace, name="Laura", emails="one@x.example\n\nnowhere home", phones="5" * 61)
    assert caught.value.fields == {
        "E-mails": "line 3: nowhere is not an e-mail address",
        "Telephones": "line 1: has 61 characters; at most 60 fit",
    }


def test_addresses_that_were_not_given_stay(workspace: Path) -> None:
    person = add(workspace, name="Laura", emails="one@x.example")
    people.edit(workspace, person, {"title": "COO"}, TUI)
    assert emails(workspace, person) == [("one@x.example", "work", True)]
    people.edit(workspace, person, {"emails": ""}, TUI)
    assert emails(workspace, person) == []


def test_what_is_said_later_replaces_what_was_said_before(workspace: Path) -> None:
    person = add(workspace, name="Laura")
    people.set_consent(workspace, person, Said(CALL, ConsentState.GRANTED, TODAY), TUI)
    later = TODAY + dt.timedelta(days=1)
    people.set_consent(workspace, person, Said(CALL, ConsentState.REFUSED, later, "letter"), TUI)
    (kept,) = records.belonging(workspace, Consent, "person_id", person)
    assert (kept.state, kept.day, kept.source) == (ConsentState.REFUSED, later, "letter")
    assert past.history(workspace, 1)[0].label == "Write down the consent of Laura"


def test_who_goes_to_another_account_no_longer_reports_to_somebody_of_the_former(workspace: Path) -> None:
    old, new = (commands.add(workspace, Account, {"name": name}, TUI) for name in ("Old", "New"))
    boss = add(workspace, name="Boss", account_id=old)
    person = add(workspace, name="Laura", account_id=old, reports_to_id=boss)
    people.edit(workspace, person, {"account_id": old, "title": "COO"}, TUI)
    assert records.get(workspace, Person, person).reports_to_id == boss
    people.edit(workspace, person, {"account_id": new}, TUI)
    assert records.get(workspace, Person, person).reports_to_id is None


def test_hostile_texts_are_refused_or_kept_clean(workspace: Path) -> None:
    for name, text in SHORT.items():
        sentence = ""
        try:
            person = add(workspace, name=text, emails=text, phones=text)
        except InvalidError as error:
            sentence = str(error)
            person = add(workspace, name="x", given_name=text)
        found = records.get(workspace, Person, person)
        assert not has_control(sentence + found.name + found.given_name), name
