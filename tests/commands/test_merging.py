"""One record of two: what one lacks comes from the other, all that hangs on them stays, and undo brings both back."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest

from crmtui.commands import history, merging, records
from crmtui.domain.accounts import Account, Tag
from crmtui.domain.dmu import DmuMap, Influence, Stakeholder
from crmtui.domain.identity import ExternalIdentity
from crmtui.domain.opportunities import Opportunity
from crmtui.domain.people import Consent, Person, PersonEmail
from crmtui.domain.plans import Channel
from crmtui.domain.relationship import Assessment, AssessmentRating
from crmtui.domain.words import Basis, ConsentState, EdgeKind, Indicator, Posture, Source
from crmtui.errors import NotFoundError, UsageError
from crmtui.queries import doubles, records as queries
from crmtui.store.check import check
from store_dump import dump, faults

if TYPE_CHECKING:
    from pathlib import Path

    from crmtui.domain.fields import Record

DAY = dt.date(2026, 3, 12)


def add(path: Path, kind: type[Record], /, **given: Any) -> int:
    return records.add(path, kind, given, Source.CLI)


def test_what_one_lacks_comes_from_the_other(workspace: Path) -> None:
    kept = add(workspace, Account, name="Aurora Spa", city="Milano", notes="ours")
    gone = add(
        workspace, Account, name="Aurora", city="Roma", phone="02 1", potential=500, currency="USD", notes="theirs"
    )
    merged = merging.merge(workspace, "account", kept, [gone], Source.CLI)
    found = queries.get(workspace, Account, kept)
    assert (found.name, found.city, found.phone) == ("Aurora Spa", "Milano", "02 1")
    assert (found.potential, found.currency) == (500, "USD")  # there was no other money in euro
    assert found.notes == "ours\n\ntheirs"
    assert merged.label == "Merge Aurora into account Aurora Spa"
    with pytest.raises(NotFoundError):
        queries.get(workspace, Account, gone)


@pytest.mark.parametrize(
    ("names", "told"), [(("Bela", "Cima"), "Bela, Cima"), (("Bela", "Cima", "Dora", "Elba"), "Bela, Cima, Dora, …")]
)
def test_all_that_go_are_named_while_they_are_few(workspace: Path, names: tuple[str, ...], told: str) -> None:
    kept, *gone = (add(workspace, Account, name=name) for name in ("Aurora", *names))
    merged = merging.merge(workspace, "account", kept, gone, Source.CLI)
    assert merged.label == f"Merge {told} into account Aurora"


def test_money_of_two_currencies_is_not_mixed(workspace: Path) -> None:
    kept = add(workspace, Account, name="Aurora Spa", revenue=900, currency="EUR")
    gone = add(workspace, Account, name="Aurora", potential=500, currency="USD")
    merging.merge(workspace, "account", kept, [gone], Source.CLI)
    found = queries.get(workspace, Account, kept)
    assert (found.revenue, found.potential, found.currency) == (900, None, "EUR")


def test_an_amount_in_another_currency_is_not_taken_without_the_others(workspace: Path) -> None:
    kept = add(workspace, Account, name="Aurora Spa", revenue=900, potential=300, currency="EUR")
    gone = add(workspace, Account, name="Aurora", potential=500, currency="USD")
    with pytest.raises(UsageError, match="revenue"):
        merging.merge(workspace, "account", kept, [gone], Source.CLI, {"potential": gone})
    moneys = ("revenue", "potential")
    merging.merge(workspace, "account", kept, [gone], Source.CLI, dict.fromkeys(moneys, gone))
    found = queries.get(workspace, Account, kept)
    assert (found.revenue, found.potential, found.currency) == (None, 500, "USD")


def test_an_amount_is_taken_alone_in_the_same_currency_and_with_how_it_is_known(workspace: Path) -> None:
    kept = add(workspace, Account, name="Aurora Spa", revenue=900, currency="EUR")
    known = {"potential_basis": Basis.CONFIRMED, "potential_source": "tender"}
    gone = add(workspace, Account, name="Aurora", potential=500, currency="EUR", **known)
    merging.merge(workspace, "account", kept, [gone], Source.CLI, {"potential": gone})
    found = queries.get(workspace, Account, kept)
    assert (found.revenue, found.potential) == (900, 500)
    assert (found.potential_basis, found.potential_source) == (Basis.CONFIRMED, "tender")


def test_how_the_judgement_of_another_is_known_is_not_told_of_the_one_that_stays(workspace: Path) -> None:
    kept = add(workspace, Account, name="Aurora Spa", potential=900, posture=Posture.KEEP)
    known = {"potential": 500, "potential_source": "tender", "potential_on": DAY}
    gone = add(workspace, Account, name="Aurora", **known, posture=Posture.LEAVE, posture_reason="It never pays")
    same = add(workspace, Account, name="Aurora Group", potential=900, potential_source="visit", level_source="Anna")
    merging.merge(workspace, "account", kept, [gone, same], Source.CLI)
    found = queries.get(workspace, Account, kept)
    assert (found.potential, found.potential_source, found.potential_on) == (900, "visit", None)
    assert (found.posture, found.posture_reason, found.level_source) == (Posture.KEEP, "", "Anna")


def test_a_field_is_taken_from_whom_is_right_about_it(workspace: Path) -> None:
    kept = add(workspace, Account, name="Aurora Spa", city="Milano", country="Italy")
    gone = add(workspace, Account, name="Aurora Packaging", city="Roma", country="Austria")
    merging.merge(workspace, "account", kept, [gone], Source.CLI, {"city": gone, "name": gone, "country": kept})
    found = queries.get(workspace, Account, kept)
    assert (found.name, found.city, found.country) == ("Aurora Packaging", "Roma", "Italy")
    assert queries.find(workspace, Account, "aurora packaging") == kept


def test_what_the_kept_one_is_right_about_is_neither_filled_nor_added_to(workspace: Path) -> None:
    kept = add(workspace, Account, name="Aurora Spa", notes="ours")
    gone = add(workspace, Account, name="Aurora", phone="02 1", notes="theirs", city="Roma")
    merging.merge(workspace, "account", kept, [gone], Source.CLI, {"phone": kept, "notes": kept})
    found = queries.get(workspace, Account, kept)
    assert (found.phone, found.notes, found.city) == ("", "ours", "Roma")


def test_how_a_judgement_is_known_is_no_difference_of_its_own(workspace: Path) -> None:
    first = add(workspace, Account, name="Aurora", potential=500, potential_on=DAY)
    second = add(workspace, Account, name="Aurora", potential=600, potential_on=DAY + dt.timedelta(1))
    assert set(doubles.differences(workspace, "account", (first, second))) == {"potential"}


def test_everything_that_hangs_on_them_stays(workspace: Path) -> None:
    kept, gone = add(workspace, Account, name="Aurora Spa"), add(workspace, Account, name="Aurora")
    for account in (kept, gone):
        add(workspace, Tag, account_id=account, name="pilot")
        add(workspace, Opportunity, account_id=account, name=f"Line {account}")
        made = add(workspace, Assessment, account_id=account, day=DAY)
        indicator = Indicator.PROMISES if account == kept else Indicator.PRODUCT
        add(workspace, AssessmentRating, assessment_id=made, indicator=indicator, grade=3)
    part = add(workspace, Account, name="Aurora Service", parent_id=gone)
    add(workspace, ExternalIdentity, source="other.csv", kind="account", external_id="7", record_id=gone)
    merged = merging.merge(workspace, "account", kept, [gone], Source.CLI)
    after = dump(workspace)
    assert len(after["opportunity"]) == 2
    assert len(after["tag"]) == len(after["assessment"]) == 1
    assert len(after["assessment_rating"]) == 2  # of the one assessment of that day
    assert queries.get(workspace, Account, part).parent_id == kept
    assert queries.get(workspace, ExternalIdentity, 1).record_id == kept
    assert merged.moved == 2  # the opportunity and the part
    assert faults(workspace) == []
    assert list(check(workspace)) == []


def test_one_undo_brings_both_back_with_all_they_had(filled: Path) -> None:
    before = dump(filled)
    for table in ("account", "person", "competitor", "offering", "actor"):
        with_most = [row[0] for row in before[table]][:2]
        merging.merge(filled, table, with_most[0], [with_most[1]], Source.CLI)
        assert faults(filled) == []
        assert list(check(filled)) == []
        assert len(dump(filled)[table]) == len(before[table]) - 1
        history.undo(filled, Source.CLI)
        assert dump(filled) == before, table


def test_all_accounts_of_a_workspace_can_become_one(filled: Path) -> None:
    before = dump(filled)
    first, *others = (row[0] for row in before["account"])
    merging.merge(filled, "account", first, others, Source.CLI)
    after = dump(filled)
    assert len(after["account"]) == 1
    assert len(after["person"]) == len(before["person"])
    assert len(after["contact"]) == len(before["contact"])
    assert len(after["opportunity"]) == len(before["opportunity"])
    assert faults(filled) == []
    assert list(check(filled)) == []


def test_one_person_on_one_map_twice_is_on_it_once(workspace: Path) -> None:
    account = add(workspace, Account, name="Aurora")
    kept, gone, third = (
        add(workspace, Person, name=name, account_id=account) for name in ("Bianchi", "L. Bianchi", "Conti")
    )
    the_map = add(workspace, DmuMap, account_id=account)
    cards = [add(workspace, Stakeholder, map_id=the_map, person_id=one) for one in (kept, gone, third)]
    records.edit(workspace, Stakeholder, cards[1], {"power": 4, "reports_to_id": cards[0]}, Source.CLI)
    records.edit(workspace, Stakeholder, cards[2], {"reports_to_id": cards[1]}, Source.CLI)
    for source, target in ((0, 1), (2, 0), (2, 1)):
        add(workspace, Influence, source_id=cards[source], target_id=cards[target], kind=EdgeKind.INFLUENCE, strength=1)
    merging.merge(workspace, "person", kept, [gone], Source.CLI)
    found = {row[0]: queries.get(workspace, Stakeholder, row[0]) for row in dump(workspace)["stakeholder"]}
    assert set(found) == {cards[0], cards[2]}
    assert (found[cards[0]].power, found[cards[0]].reports_to_id) == (4, None)
    assert found[cards[2]].reports_to_id == cards[0]
    assert len(dump(workspace)["influence"]) == 1  # from Conti to Bianchi, once, and nobody influences himself
    assert list(check(workspace)) == []


def test_a_refusal_stands_whoever_it_was_told_of(workspace: Path) -> None:
    kept, gone = add(workspace, Person, name="Bianchi"), add(workspace, Person, name="L. Bianchi")
    channel = queries.every(workspace, Channel)[0].id
    for person, state in ((kept, ConsentState.GRANTED), (gone, ConsentState.REFUSED)):
        add(workspace, Consent, person_id=person, channel_id=channel, state=state, day=DAY)
        add(workspace, PersonEmail, person_id=person, address="l@bianchi.eu", is_primary=True)
    add(workspace, PersonEmail, person_id=gone, address="laura@bianchi.eu", is_primary=True)
    merging.merge(workspace, "person", kept, [gone], Source.CLI)
    assert [one.state for one in queries.belonging(workspace, Consent, "person_id", kept)] == [ConsentState.REFUSED]
    mails = queries.belonging(workspace, PersonEmail, "person_id", kept)
    assert [(one.address, one.is_primary) for one in mails] == [("l@bianchi.eu", True), ("laura@bianchi.eu", False)]


@pytest.mark.parametrize("others", [(), (1,), (2, 2)])
def test_one_record_is_not_merged_with_itself(workspace: Path, others: tuple[int, ...]) -> None:
    add(workspace, Account, name="Aurora")
    with pytest.raises(UsageError, match="at least one other"):
        merging.merge(workspace, "account", 1, others, Source.CLI)


def test_what_is_not_there_is_refused_and_nothing_changes(workspace: Path) -> None:
    kept = add(workspace, Account, name="Aurora")
    before = dump(workspace)
    with pytest.raises(NotFoundError):
        merging.merge(workspace, "account", kept, [99], Source.CLI)
    with pytest.raises(UsageError, match="no field “shoe”"):
        merging.merge(workspace, "account", kept, [99], Source.CLI, {"shoe": 99})
    with pytest.raises(UsageError, match="not merged"):
        merging.merge(workspace, "plan", kept, [99], Source.CLI)
    assert dump(workspace) == before


def test_doubles_are_found_and_two_that_are_two_are_told_once(workspace: Path) -> None:
    kept = add(workspace, Account, name="Aurora Spa", website="www.aurora.it", phone="02 1234 5678", country="Italia")
    gone = add(workspace, Account, name="Aurora", email="info@aurora.it", phone="+39 02 12345678")
    add(workspace, Account, name="Helios", website="helios.de")
    (pair,) = doubles.find(workspace, "account")
    assert (pair.one, pair.other, pair.name) == (kept, gone, "Aurora Spa")
    assert pair.reasons == ("the same name", "the same domain: aurora.it", "the same telephone: +390212345678")
    assert set(doubles.differences(workspace, "account", (kept, gone))) >= {"name", "website", "phone"}
    for _twice in range(2):
        merging.keep_apart(workspace, "account", gone, kept, Source.CLI)
    assert doubles.find(workspace, "account") == []
    merging.merge(workspace, "account", kept, [gone], Source.CLI)
    assert dump(workspace)["distinct_accounts"] == []
