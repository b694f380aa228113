from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from cli.conftest import Crmtui


@pytest.fixture(autouse=True)
def _helios(crmtui: Crmtui) -> None:
    crmtui("actors", "add", "--name", "Anna Lechner", "--me")
    crmtui("accounts", "add", "--name", "Helios", "--owner", "anna", "--level", "buyer", "--tag", "pilot")


def test_add_writes_the_identity_to_stdout_and_talks_on_stderr(crmtui: Crmtui) -> None:
    added = crmtui("accounts", "add", "--name", "Nordik")
    assert len(added.out.strip()) == 16
    assert "Nordik" in added.err
    assert crmtui("accounts", "show", added.out.strip()).rows[0]["name"] == "Nordik"


def test_every_kind_of_field_is_typed_as_people_write_it(crmtui: Crmtui) -> None:
    crmtui(
        *("opportunities", "add", "--name", "Line 4", "--account", "helios", "--owner", "Anna Lechner"),
        *("--value", "180k EUR", "--margin", "62,000.50", "--expected-on", "2026-06-30", "--budget", "wants to act"),
    )
    (row,) = crmtui("opportunities", "show", "Line 4").rows
    assert (row["account"], row["owner"]) == ("Helios", "Anna Lechner")
    assert (row["value"], row["margin"], row["currency"]) == (18_000_000, 6_200_050, "EUR")
    assert (row["expected_on"], row["budget"], row["stage"]) == ("2026-06-30", "wants", "prospecting")


def test_days_count_from_today(crmtui: Crmtui) -> None:
    crmtui("accounts", "edit", "helios", "--target-on", "+2w")
    today = dt.datetime.now().astimezone().date()
    assert crmtui("accounts", "show", "helios").rows[0]["target_on"] == (today + dt.timedelta(weeks=2)).isoformat()


def test_edit_changes_what_is_named_and_leaves_the_rest(crmtui: Crmtui) -> None:
    crmtui("accounts", "edit", "helios", "--city", "Milano", "--tag", "south", "--untag", "pilot")
    (row,) = crmtui("accounts", "show", "helios").rows
    assert (row["city"], row["level"], row["owner"]) == ("Milano", "buyer", "Anna Lechner")
    assert [tag["name"] for tag in row["tags"]] == ["south"]


@pytest.mark.parametrize("words", [("--clear", "owner"), ("--owner", ""), ("--clear=owner", "--city", "Roma")])
def test_a_field_is_cleared_by_name_or_by_an_empty_text(crmtui: Crmtui, words: tuple[str, ...]) -> None:
    crmtui("accounts", "edit", "helios", *words)
    assert crmtui("accounts", "show", "helios").rows[0]["owner"] is None


def test_what_cannot_be_cleared_is_refused_and_nothing_changes(crmtui: Crmtui) -> None:
    assert "needed" in crmtui("accounts", "edit", "helios", "--clear", "name", code=1).err
    assert "--colour" not in crmtui("accounts", "edit", "helios", "--clear", "colour", code=2).out
    assert "both" in crmtui("accounts", "edit", "helios", "--clear", "owner", "--owner", "anna", code=2).err
    assert "nothing to change" in crmtui("accounts", "edit", "helios", code=2).err


def test_each_wrong_option_is_named_with_its_reason(crmtui: Crmtui) -> None:
    ran = crmtui(
        *("accounts", "add", "--name", "X", "--founded", "soon", "--revenue", "a lot", "--owner", "nobody"),
        *("--level", "friend", "--target-on", "someday"),
        code=1,
    )
    for option in ("--founded", "--revenue", "--owner", "--level", "--target-on"):
        assert option in ran.err
    assert [row["name"] for row in crmtui("accounts", "list").rows] == ["Helios"]


def test_the_amounts_of_a_record_are_in_one_currency(crmtui: Crmtui) -> None:
    two = ("opportunities", "add", "--name", "Two", "--value", "12k EUR", "--margin", "3k USD")
    assert "--margin" in crmtui(*two, code=1).err
    crmtui("opportunities", "add", "--name", "One", "--value", "12k USD", "--margin", "3k")
    (row,) = crmtui("opportunities", "show", "One").rows
    assert (row["currency"], row["margin"]) == ("USD", 300_000)
    assert "--margin" in crmtui("opportunities", "edit", "One", "--value", "9k EUR", code=1).err
    crmtui("opportunities", "edit", "One", "--value", "9k EUR", "--margin", "2k EUR")
    assert crmtui("opportunities", "show", "One").rows[0]["currency"] == "EUR"


def test_an_amount_without_a_currency_is_in_the_records_own(crmtui: Crmtui) -> None:
    crmtui("offerings", "add", "--name", "Robot", "--price", "5M", "--currency", "jpy")
    assert crmtui("offerings", "show", "robot").rows[0]["price"] == 5_000_000
    crmtui("offerings", "edit", "robot", "--price", "6M")
    (row,) = crmtui("offerings", "show", "robot").rows
    assert (row["price"], row["currency"]) == (6_000_000, "JPY")


def test_a_persons_addresses_and_consents(crmtui: Crmtui) -> None:
    crmtui(
        *("people", "add", "--given-name", "Laura", "--family-name", "Bianchi", "--account", "helios"),
        *("--email", "l@helios.example", "--email", "laura@x.example home", "--phone", "+39 02 5550 mobile"),
        *("--consent", "email=refused"),
    )
    (row,) = crmtui("people", "show", "laura bianchi").rows
    assert [(mail["address"], mail["kind"], mail["is_primary"]) for mail in row["emails"]] == [
        ("l@helios.example", "work", True),
        ("laura@x.example", "home", False),
    ]
    assert row["phones"][0]["kind"] == "mobile"
    assert (row["consents"][0]["channel"], row["consents"][0]["state"]) == ("E-mail", "refused")
    crmtui("people", "edit", "laura", "--no-email", "L@HELIOS.example", "--consent", "email=granted")
    (row,) = crmtui("people", "show", "laura").rows
    assert [mail["address"] for mail in row["emails"]] == ["laura@x.example"]
    assert [consent["state"] for consent in row["consents"]] == ["granted"]
    assert "no@x.example" in crmtui("people", "edit", "laura", "--no-email", "no@x.example", code=1).err
    crmtui("people", "edit", "laura", "--email", "laura@x.example other", "--phone", "55", "--no-phone", "+39 02 5550")
    (row,) = crmtui("people", "show", "laura").rows
    assert [(mail["address"], mail["kind"]) for mail in row["emails"]] == [("laura@x.example", "other")]
    assert [phone["number"] for phone in row["phones"]] == ["55"]


def test_a_consent_is_written_as_channel_and_word(crmtui: Crmtui) -> None:
    assert "CHANNEL=WORD" in crmtui("people", "add", "--name", "Laura", "--consent", "email", code=2).err
    assert "--consent" in crmtui("people", "add", "--name", "Laura", "--consent", "email=maybe", code=1).err
    assert "channel" in crmtui("people", "add", "--name", "Laura", "--consent", "pigeon=granted", code=1).err


def test_a_record_and_its_parts_are_one_step_to_undo(crmtui: Crmtui) -> None:
    before = len(crmtui("history").rows)
    crmtui("people", "add", "--name", "Laura", "--email", "l@x.example", "--phone", "55")
    assert len(crmtui("history").rows) == before + 1


def test_order_lines(crmtui: Crmtui) -> None:
    crmtui("offerings", "add", "--name", "Robot")
    crmtui(
        *("orders", "add", "--account", "helios", "--number", "SO-1", "--day", "2026-01-02"),
        *("--line", "Robot; 2; 1,200.50; 800", "--line", "robot"),
    )
    (row,) = crmtui("orders", "show", "SO-1").rows
    assert [(line["position"], line["quantity"], line["unit_price"]) for line in row["lines"]] == [
        (1, 2, 120_050),
        (2, 1, None),
    ]
    crmtui("orders", "edit", "SO-1", "--no-line", "1")
    assert [line["position"] for line in crmtui("orders", "show", "SO-1").rows[0]["lines"]] == [2]


def test_delete_takes_several_and_is_one_step(crmtui: Crmtui) -> None:
    crmtui("accounts", "add", "--name", "Nordik")
    assert "no account" in crmtui("accounts", "delete", "helios", "nobody", code=1).err
    assert len(crmtui("accounts", "list").rows) == 2
    crmtui("accounts", "delete", "helios", "nordik", "HELIOS")
    assert not crmtui("accounts", "list").rows
    crmtui("undo")
    assert len(crmtui("accounts", "list").rows) == 2
    crmtui("redo")
    assert not crmtui("accounts", "list").rows


def test_a_name_of_several_is_refused_with_their_identities(crmtui: Crmtui) -> None:
    first = crmtui("accounts", "add", "--name", "Twin").out.strip()
    second = crmtui("accounts", "add", "--name", "Twin").out.strip()
    refused = crmtui("accounts", "show", "twin", code=1)
    assert first in refused.err
    assert second in refused.err
    assert crmtui("accounts", "show", second[:8]).rows[0]["uid"] == second


def test_show_on_a_terminal_is_a_page_without_what_is_empty(crmtui: Crmtui) -> None:
    crmtui("accounts", "edit", "helios", "--needs", "less waste\nmore speed", "--revenue", "12M")
    page = crmtui("accounts", "show", "helios", "--format", "table").out.splitlines()
    assert page[0] == "Helios"
    assert any(line.endswith("12,000,000.00 EUR") for line in page)
    assert not any("Website" in line for line in page)
    needs = next(place for place, line in enumerate(page) if line.endswith("less waste"))
    assert page[needs + 1].strip() == "more speed"
    assert page[-2:] == ["tags", "  pilot"]
