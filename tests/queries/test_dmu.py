from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from crmtui.commands import dmu as commands, opportunities, records as generic
from crmtui.commands.dmu import Place
from crmtui.domain.accounts import Account, Competitor
from crmtui.domain.dmu import Stakeholder
from crmtui.domain.opportunities import Opportunity
from crmtui.domain.people import Consent, Person
from crmtui.domain.plans import Channel
from crmtui.domain.words import SocialStyle
from crmtui.domain.workspace import Actor
from crmtui.errors import NotFoundError
from crmtui.method.dmu_findings import Fact
from crmtui.queries import dmu, lists, records
from hostile import STRINGS, has_control
from maps import TODAY, TUI, Maps, begin

if TYPE_CHECKING:
    from pathlib import Path

BIANCHI, CONTI, FERRARI = "Bianchi, Laura", "Conti, Gino", "Ferrari, Ada"


@pytest.fixture
def maps(tmp_path: Path) -> Maps:
    return begin(tmp_path)


def days(count: int) -> dt.date:
    return TODAY + dt.timedelta(days=count)


def told(maps: Maps, fact: Fact) -> list[str]:
    return [finding.sentence for finding in maps.page().findings if finding.fact is fact]


def test_a_map_that_nobody_has_begun_is_an_empty_page(maps: Maps) -> None:
    page = maps.page(maps.of_line4)
    assert (page.placed.map_id, page.sheets, page.edges, page.findings) == (None, (), (), ())
    assert page.title == "Aurora Spa / Line 4"
    assert (page.figures.known, page.figures.favour.value, page.figures.coverage.value) == (None, None, None)


def test_a_map_of_what_is_gone_is_an_error(maps: Maps) -> None:
    for place in (Place(account_id=999), Place(opportunity_id=999)):
        with pytest.raises(NotFoundError):
            maps.page(place)
    with pytest.raises(NotFoundError):
        dmu.page(maps.path, 999, TODAY)


def test_a_page_is_the_same_by_map_and_by_place(maps: Maps) -> None:
    maps.add(BIANCHI)
    page = maps.page()
    assert page.placed.map_id is not None
    assert dmu.page(maps.path, page.placed.map_id, TODAY) == page


def test_a_sheet_holds_what_belongs_to_the_person(maps: Maps) -> None:
    anna = generic.add(maps.path, Actor, {"name": "Anna"}, TUI)
    rival = generic.add(maps.path, Competitor, {"name": "Rivalco"}, TUI)
    generic.edit(maps.path, Person, maps.people[BIANCHI], {"social_style": "driving"}, TUI)
    channel = records.find(maps.path, Channel, "email")
    consent = {"person_id": maps.people[BIANCHI], "channel_id": channel, "state": "refused", "day": TODAY}
    generic.add(maps.path, Consent, consent, TUI)
    maps.add(BIANCHI, covered_by_id=anna, competitor_id=rival)
    maps.met(BIANCHI, days(-120), "meeting")
    maps.met(BIANCHI, days(-7), "call")
    sheet = maps.sheet(BIANCHI)
    assert (sheet.covered_by, sheet.competitor, sheet.refused) == ("Anna", "Rivalco", ("E-mail",))
    assert (sheet.last_contact, sheet.last_channel, sheet.contacts, sheet.recent) == (days(-7), "Call", 2, 1)
    assert sheet.person is not None
    assert sheet.person.social_style is SocialStyle.DRIVING
    assert sheet.advice == "be brief, show results and options"
    assert (sheet.name, sheet.position) == (BIANCHI, "COO")


def test_a_placeholder_is_called_by_its_position(maps: Maps) -> None:
    commands.add_placeholder(maps.path, maps.of_account, "Purchasing", TUI, TODAY)
    sheet = maps.page().sheets[0]
    assert (sheet.name, sheet.position, sheet.person, sheet.advice) == ("Purchasing", "Purchasing", None, "")


def test_figures_come_from_what_was_judged_and_what_happened(maps: Maps) -> None:
    maps.add(BIANCHI, power=4, attitude=-1, roles=("decider",), relationship=1)
    maps.add(CONTI, power=1)
    maps.met(BIANCHI, days(-90))
    figures = maps.page().figures
    assert figures.known == pytest.approx(7 / 10)
    assert figures.met == 0.5
    assert figures.favour.value == pytest.approx(-16 / 17 / 2)
    assert figures.favour.terms[1].points is None
    assert figures.favour.width > 0


def test_the_list_shows_the_same_figures_as_the_page(maps: Maps) -> None:
    maps.add(BIANCHI, power=4, attitude=-1, roles=("decider", "user"), relationship=1)
    maps.add(CONTI, power=1)
    commands.add_placeholder(maps.path, maps.of_account, "Purchasing", TUI, TODAY)
    maps.met(BIANCHI, days(-90))
    maps.met(CONTI, days(-91))
    commands.map_of(maps.path, maps.of_line4, TUI)
    keys = lists.ids(maps.path, "dmu", TODAY)
    names = [column.key for column in lists.columns("dmu")]
    rows = lists.rows(maps.path, "dmu", keys, TODAY)
    first = dict(zip(names, rows[keys[0]], strict=True))
    figures = maps.page().figures
    assert (first["account"], first["opportunity"], first["people"]) == ("Aurora Spa", None, 3)
    assert (first["deciders"], first["against"], first["last"]) == (1, 1, days(-90).isoformat())
    assert (first["known"], first["met"]) == (pytest.approx(figures.known), pytest.approx(figures.met))
    assert rows[keys[1]][names.index("opportunity")] == "Line 4"


@pytest.mark.parametrize(
    ("typed", "count"),
    [("aurora", 1), ("line", 0), ("bianchi", 1), ("against>0", 1), ("nameless>0", 0), ("opportunity:none", 1)],
)
def test_maps_are_found_by_account_person_and_figures(maps: Maps, typed: str, count: int) -> None:
    maps.add(BIANCHI, attitude=-2)
    assert len(lists.ids(maps.path, "dmu", TODAY, filter_text=typed)) == count


def test_findings_are_sentences_that_lead_to_somebody(maps: Maps) -> None:
    rival = generic.add(maps.path, Competitor, {"name": "Rivalco"}, TUI)
    key = maps.add(BIANCHI, power=4, roles=("decider",), competitor_id=rival)
    maps.add(CONTI, power=3, attitude=-2, veto=True)
    maps.add(FERRARI)
    commands.add_placeholder(maps.path, maps.of_account, "Purchasing", TUI, TODAY)
    maps.met(CONTI, days(-100))
    assert told(maps, Fact.UNKNOWN_ATTITUDE) == ["Bianchi, Laura weighs 70 % and has an unknown attitude"]
    assert told(maps, Fact.RIVAL) == ["Rivalco is stronger than we are with Bianchi, Laura"]
    assert told(maps, Fact.BLOCK) == ["Conti, Gino has a veto and is against us"]
    assert told(maps, Fact.NEVER_MET) == ["Bianchi, Laura weighs 70 % and was never met"]
    assert told(maps, Fact.NOT_MET) == ["Conti, Gino: no contact for 100 days"]
    assert told(maps, Fact.NO_ROLE) == ["nobody is known to be: buyer, user, influencer"]
    assert told(maps, Fact.NAMELESS) == ["“Purchasing” has no name yet"]
    assert told(maps, Fact.UNKNOWN_POWER) == ["the power of 2 stakeholders is not judged"]
    finding = next(one for one in maps.page().findings if one.fact is Fact.UNKNOWN_ATTITUDE)
    assert (finding.key, finding.field, finding.is_urgent) == (key, "attitude", True)


def test_every_contact_with_one_person_is_said(maps: Maps) -> None:
    maps.add(BIANCHI)
    maps.add(CONTI)
    for back in (1, 2, 3):
        maps.met(CONTI, days(-back))
    assert told(maps, Fact.ONE_PERSON) == ["every contact of the last 90 days was with Conti, Gino"]


def test_the_maps_of_an_account_are_its_own_and_those_of_what_is_open(maps: Maps) -> None:
    won = opportunities.add(
        maps.path, {"name": "Old", "account_id": maps.account, "stage": "won", "reason": "r", "lesson": "l"}, TUI, TODAY
    )
    maps.add(BIANCHI)
    found = dmu.maps_of(maps.path, maps.account)
    assert [(one.opportunity, one.people, one.map_id is None) for one in found] == [("", 1, False), ("Line 4", 0, True)]
    commands.map_of(maps.path, Place(opportunity_id=won), TUI)
    assert [one.opportunity for one in dmu.maps_of(maps.path, maps.account)] == ["", "Old", "Line 4"]
    assert dmu.maps_of(maps.path, 999) == ()


def test_the_map_judged_last_is_the_one_to_open(maps: Maps) -> None:
    assert dmu.newest(maps.path) is None
    key = maps.add(BIANCHI)
    other = generic.add(maps.path, Account, {"name": "Helios"}, TUI)
    commands.map_of(maps.path, Place(account_id=other), TUI)
    assert dmu.newest(maps.path) == maps.of_account
    maps.judge(key, attitude=1)
    assert dmu.newest(maps.path) == maps.of_account


def test_who_may_be_added_are_the_people_of_the_account_not_on_the_map(maps: Maps) -> None:
    generic.add(maps.path, Person, {"name": "Elsewhere"}, TUI)
    assert [name for _key, name, _title in dmu.candidates(maps.path, maps.page().placed)] == [BIANCHI, CONTI, FERRARI]
    maps.add(CONTI)
    commands.add_placeholder(maps.path, maps.of_account, "Purchasing", TUI, TODAY)
    assert [name for _key, name, _title in dmu.candidates(maps.path, maps.page().placed)] == [BIANCHI, FERRARI]


def test_an_opportunity_without_an_account_has_nobody_to_offer(maps: Maps) -> None:
    alone = generic.add(maps.path, Opportunity, {"name": "Alone"}, TUI)
    page = maps.page(Place(opportunity_id=alone))
    assert (page.title, page.placed.account_id) == ("Alone", None)
    assert dmu.candidates(maps.path, page.placed) == []


def test_people_of_other_accounts_are_found_by_their_words_with_where_they_work(maps: Maps) -> None:
    elsewhere = generic.add(maps.path, Account, {"name": "Helios"}, TUI)
    generic.add(maps.path, Person, {"name": "Bianchi, Marta", "account_id": elsewhere}, TUI)
    generic.add(maps.path, Person, {"name": "Bianchi, Sara"}, TUI)
    maps.add(BIANCHI)
    found = dmu.people_elsewhere(maps.path, maps.page().placed, "bianchi")
    assert [(name, account) for _key, name, account in found] == [("Bianchi, Marta", "Helios"), ("Bianchi, Sara", "")]


def test_hostile_names_stay_on_one_line_of_their_sentences(maps: Maps) -> None:
    key = maps.add(BIANCHI, power=4, attitude=-1)
    for name, string in STRINGS.items():
        text = string[:400].replace("\x00", "") + "x"
        generic.edit(maps.path, Stakeholder, key, {"position": text}, TUI)
        generic.edit(maps.path, Person, maps.people[BIANCHI], {"name": text}, TUI)
        page = maps.page()
        assert page.findings, name
        for shown in (page.sheets[0].name, page.sheets[0].position, *(one.sentence for one in page.findings)):
            assert not has_control(shown), name
            assert "\n" not in shown, name


def test_a_judgement_is_seen_before_it_is_saved_as_it_will_be_after(maps: Maps) -> None:
    key = maps.add(BIANCHI, power=4, attitude=-1, attitude_source="Conti")
    maps.link(key, maps.add(CONTI, power=1, attitude=1))
    for value in (2, None):
        before = maps.page()
        maps.judge(key, attitude=value)
        assert dmu.judged(before, key, "attitude", value, TODAY) == maps.page()


def test_a_page_without_a_map_tells_how_many_a_new_one_starts_with(maps: Maps) -> None:
    assert maps.page(maps.of_line4).brings == 0
    maps.add(BIANCHI)
    maps.add(CONTI)
    assert maps.page(maps.of_line4).brings == 2
