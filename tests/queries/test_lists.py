"""The filter language and the order of lists, on accounts and opportunities."""

from __future__ import annotations

import contextlib
import datetime as dt
import shutil
from typing import TYPE_CHECKING

import pytest

from crmtui.commands import records
from crmtui.domain.accounts import Account, Tag
from crmtui.domain.opportunities import Opportunity
from crmtui.domain.people import Person, PersonPhone
from crmtui.domain.plans import Contact
from crmtui.domain.words import ContactStatus, Level, Source, Stage
from crmtui.domain.workspace import Actor
from crmtui.errors import UsageError
from crmtui.queries import lists
from hostile import STRINGS

if TYPE_CHECKING:
    from pathlib import Path

TODAY = dt.date(2026, 3, 12)


@pytest.fixture(scope="module")
def filled(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    workspace = tmp_path_factory.mktemp("lists") / "team.db"
    shutil.copy2(template, workspace)

    def add(kind: type, **given: object) -> int:
        return records.add(workspace, kind, given, Source.CLI)

    me = add(Actor, name="Anna", is_me=True)
    other = add(Actor, name="Luca")
    aurora = add(Account, name="Aurora Spa", level=Level.BUYER, owner_id=me, city="Milano", employees=120)
    helios = add(Account, name="Hélios", level=Level.PARTNER, owner_id=other, industry="packaging")
    add(Account, name="zeta", needs="less downtime")
    add(Tag, account_id=aurora, name="key")
    conti = add(Person, name="Giulia Conti", account_id=helios)
    add(PersonPhone, person_id=conti, number="+39 0521 / 12.34-567")
    for account, day, status in (
        (aurora, TODAY - dt.timedelta(days=70), ContactStatus.DONE),
        (helios, TODAY - dt.timedelta(days=5), ContactStatus.DONE),
        (aurora, TODAY + dt.timedelta(days=3), ContactStatus.PLANNED),
    ):
        add(
            Contact,
            account_id=account,
            day=day,
            channel_id=1,
            status=status,
            done_at=dt.datetime.now(dt.UTC) if status is ContactStatus.DONE else None,
        )
    add(Opportunity, name="Line 4", account_id=aurora, value=1_800_000, currency="EUR")
    add(Opportunity, name="Line 5", account_id=aurora, value=200_000, currency="USD")
    add(Opportunity, name="Old", account_id=helios, value=500, stage=Stage.WON, closed_on=TODAY)
    add(Opportunity, name="Loose")
    return workspace


def names(path: Path, filter_text: str = "", order: str = "", noun: str = "accounts") -> list[str]:
    found = lists.ids(path, noun, TODAY, filter_text=filter_text, order=order)
    rows = lists.rows(path, noun, found, TODAY)
    return [rows[record_id][0] for record_id in found]


ORDERS = (
    *(("accounts", order) for order in ("", "-name", "level", "-open")),
    *(("opportunities", order) for order in ("", "name", "-account")),
)


@pytest.mark.parametrize(("noun", "order"), ORDERS)
@pytest.mark.parametrize(
    "typed", ["a", "a -helios", "a owner:any", "-a", "spa aurora", '"spa aurora" a', "line", "", "h"]
)
def test_the_first_rows_are_the_same_however_they_are_found(
    filled: Path, monkeypatch: pytest.MonkeyPatch, typed: str, noun: str, order: str
) -> None:
    every = lists.ids(filled, noun, TODAY, filter_text=typed, order=order)
    for common in (0, 1_000):
        monkeypatch.setattr("crmtui.store.reading.lists._COMMON", common)
        for limit in (1, 2, 9):
            assert lists.ids(filled, noun, TODAY, filter_text=typed, order=order, limit=limit) == every[:limit]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("", ["Aurora Spa", "Hélios", "zeta"]),
        ("aur", ["Aurora Spa"]),
        ("helios", ["Hélios"]),
        ("spa aurora", ["Aurora Spa"]),
        ("downtime", ["zeta"]),
        ("-aurora", ["Hélios", "zeta"]),
        ("conti", ["Hélios"]),  # somebody there
        ("hel conti", ["Hélios"]),
        ("aur conti", []),
        ("co", []),  # too short to be somebody's name
        ("00390521 1234567", ["Hélios"]),
        ("(0521) 1234567", ["Hélios"]),
        ("12345", ["Hélios"]),
        ("1234", []),
        ("+49 69 7654321", []),
        ("-1234567", ["Aurora Spa", "zeta"]),
        ("level:buyer", ["Aurora Spa"]),
        ("level:Partner", ["Hélios"]),
        ("-level:buyer", ["Hélios", "zeta"]),
        ("owner:me", ["Aurora Spa"]),
        ("owner:luc", ["Hélios"]),
        ("owner:none", ["zeta"]),
        ("owner:any", ["Aurora Spa", "Hélios"]),
        ("tag:key", ["Aurora Spa"]),
        ("tag:k_y", []),
        ("tag:k%y", []),
        ("-tag:key", ["Hélios", "zeta"]),
        ("last>60d", ["Aurora Spa", "zeta"]),
        ("last<60d", ["Hélios"]),
        ("last<2w owner:luca", ["Hélios"]),
        ("next<1w", ["Aurora Spa"]),
        ("next<=2026-03-15", ["Aurora Spa"]),
        ("employees>=100", ["Aurora Spa"]),
        ("open:2", ["Aurora Spa"]),
        ("pipeline>10k", ["Aurora Spa"]),
        ('city:"mil"', ["Aurora Spa"]),
        ("city:%", []),
    ],
)
def test_the_filter_language(filled: Path, typed: str, expected: list[str]) -> None:
    assert names(filled, typed) == expected


def test_who_calls_is_found_by_the_number_however_it_is_written(filled: Path) -> None:
    for typed in ("05211234567", "0521 123 4567", "+39-0521-1234567"):
        assert names(filled, typed, noun="people") == ["Giulia Conti"]


@pytest.fixture(scope="module")
def in_many_currencies(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    workspace = tmp_path_factory.mktemp("money") / "team.db"
    shutil.copy2(template, workspace)
    account = records.add(workspace, Account, {"name": "Orient"}, Source.CLI)
    for name, value, currency in (
        ("Tokyo", 9_000, "JPY"),  # 9,000 yen: no decimals
        ("Kuwait", 9_000_000, "KWD"),  # 9,000 dinars: three
        ("Bonn", 950_000, "EUR"),  # 9,500 euro
    ):
        given = {"name": name, "account_id": account, "value": value, "currency": currency}
        records.add(workspace, Opportunity, given, Source.CLI)
    return workspace


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("value>8k", ["Bonn", "Kuwait", "Tokyo"]),
        ("value:9000", ["Kuwait", "Tokyo"]),
        ("value>9k", ["Bonn"]),
        ("value<9100", ["Kuwait", "Tokyo"]),
        ("value:9kJPY", ["Tokyo"]),
        ("value>8kKWD", ["Kuwait"]),
        ("value<=9.0005kKWD", ["Kuwait"]),
        ('value>"8 000 €"', ["Bonn"]),
        ("value:¥9000", ["Tokyo"]),
        ("-value:¥9000", ["Bonn", "Kuwait"]),
    ],
)
def test_money_is_compared_as_it_is_written_in_its_own_currency(
    in_many_currencies: Path, typed: str, expected: list[str]
) -> None:
    assert names(in_many_currencies, typed, "name", "opportunities") == expected


def test_money_is_sorted_as_it_is_written(in_many_currencies: Path) -> None:
    found = names(in_many_currencies, order="-value", noun="opportunities")
    assert found[0] == "Bonn"
    assert set(found[1:]) == {"Tokyo", "Kuwait"}


def test_a_sum_over_several_currencies_is_compared_one_by_one(in_many_currencies: Path) -> None:
    assert names(in_many_currencies, "pipeline>9k") == ["Orient"]  # the euro alone
    assert names(in_many_currencies, "pipeline>10k") == []  # not all of them together, which is no amount
    assert names(in_many_currencies, "pipeline>8kJPY -won:any") == ["Orient"]
    assert names(in_many_currencies, "pipeline>9kJPY") == []


def test_opportunities_without_account_are_found(filled: Path) -> None:
    assert names(filled, "account:none", noun="opportunities") == ["Loose"]
    assert names(filled, "account:aurora", noun="opportunities") == ["Line 4", "Line 5"]
    assert names(filled, "aurora", noun="opportunities") == ["Line 4", "Line 5"]
    assert names(filled, "stage:won", noun="opportunities") == ["Old"]


def test_orders_with_unknown_values_last_in_both_directions(filled: Path) -> None:
    assert names(filled, order="-name") == ["zeta", "Hélios", "Aurora Spa"]
    assert names(filled, order="level") == ["zeta", "Aurora Spa", "Hélios"]
    assert names(filled, order="last")[-1] == "zeta"
    assert names(filled, order="-last") == ["Hélios", "Aurora Spa", "zeta"]


def test_sums_over_several_currencies_are_not_one_figure(filled: Path) -> None:
    (aurora,) = lists.ids(filled, "accounts", TODAY, filter_text="aurora")
    place = [column.key for column in lists.columns("accounts")].index("pipeline")
    assert lists.rows(filled, "accounts", [aurora], TODAY)[aurora][place][1] is None


@pytest.mark.parametrize("typed", ["unicorn:x", "level:zz", "employees>many", "last>yesterdayish", "level>buyer"])
def test_what_is_not_understood_is_said(filled: Path, typed: str) -> None:
    with pytest.raises(UsageError):
        names(filled, typed)


@pytest.mark.parametrize("noun", lists.NOUNS)
def test_hostile_words_find_nothing_and_break_nothing(filled: Path, noun: str) -> None:
    for hostile in STRINGS.values():
        for typed in (hostile, f"name:{hostile}", f'"{hostile}', f"-{hostile}", f"value>{hostile}"):
            with contextlib.suppress(UsageError):
                lists.ids(filled, noun, TODAY, filter_text=typed)
