from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from cli.conftest import Crmtui


@pytest.fixture(autouse=True)
def _aurora(crmtui: Crmtui) -> None:
    crmtui("accounts", "add", "--name", "Aurora")
    crmtui("opportunities", "add", "--name", "Line 4", "--account", "aurora")
    for name in ("Laura Bianchi", "Gino Conti"):
        crmtui("people", "add", "--name", name, "--account", "aurora")
    crmtui("dmu", "add", "aurora", "--person", "laura", "--roles", "decider,buyer", "--power", "4", "--veto")


def names(crmtui: Crmtui, ref: str = "aurora") -> list[str]:
    return [one["person"] or one["position"] for one in crmtui("dmu", "show", ref).rows[0]["stakeholders"]]


def test_a_map_holds_people_and_roles_without_a_name(crmtui: Crmtui) -> None:
    crmtui("dmu", "add", "aurora", "--position", "Head of maintenance", "--reports-to", "bianchi")
    crmtui("dmu", "add", "aurora", "--new-person", "Carla Ferrari", "--attitude", "critic")
    (page,) = crmtui("dmu", "show", "aurora").rows
    laura, head, carla = page["stakeholders"]
    assert (laura["roles"], laura["power"], laura["veto"], laura["attitude"]) == ("buyer,decider", 4, True, None)
    assert (head["person"], head["reports_to"]) == (None, "Laura Bianchi")
    assert carla["attitude"] == -1
    assert crmtui("people", "show", "carla").rows[0]["account"] == "Aurora"


def test_judgements_are_changed_and_taken_back_to_unknown(crmtui: Crmtui) -> None:
    crmtui("dmu", "edit", "aurora", "laura", "--attitude", "+1", "--win", "less downtime")
    (laura,) = crmtui("dmu", "show", "aurora").rows[0]["stakeholders"]
    assert (laura["attitude"], laura["win"]) == (1, "less downtime")
    crmtui("dmu", "edit", "aurora", "laura", "--attitude", "?", "--clear", "win")
    (laura,) = crmtui("dmu", "show", "aurora").rows[0]["stakeholders"]
    assert (laura["attitude"], laura["win"]) == (None, "")
    assert "nothing to change" in crmtui("dmu", "edit", "aurora", "laura", code=2).err


def test_lines_are_drawn_changed_and_taken_away(crmtui: Crmtui) -> None:
    crmtui("dmu", "add", "aurora", "--person", "conti")
    crmtui("dmu", "link", "aurora", "laura", "conti", "--strength", "strong")
    crmtui("dmu", "link", "aurora", "laura", "conti", "--strength", "1")
    crmtui("dmu", "link", "aurora", "conti", "laura", "--kind", "conflict")
    lines = crmtui("dmu", "show", "aurora").rows[0]["influences"]
    assert [(one["kind"], one["strength"]) for one in lines] == [("influence", 1), ("conflict", 2)]
    assert "Laura Bianchi influences Gino Conti (1 weak)" in crmtui("dmu", "show", "aurora", "--format", "table").out
    crmtui("dmu", "unlink", "aurora", "laura", "conti")
    assert not crmtui("dmu", "show", "aurora").rows[0]["influences"]
    assert "no line" in crmtui("dmu", "unlink", "aurora", "laura", "conti", code=1).err


def test_an_opportunity_has_a_map_of_its_own_that_starts_from_the_accounts(crmtui: Crmtui) -> None:
    crmtui("dmu", "add", "line 4", "--person", "conti", "--power", "2")
    assert names(crmtui, "Line 4") == ["Laura Bianchi", "Gino Conti"]
    assert names(crmtui) == ["Laura Bianchi"]
    assert len(crmtui("dmu", "list").rows) == 2


def test_people_are_taken_off_and_maps_deleted(crmtui: Crmtui) -> None:
    crmtui("dmu", "add", "aurora", "--person", "conti")
    crmtui("dmu", "delete", "aurora", "laura")
    assert names(crmtui) == ["Gino Conti"]
    crmtui("dmu", "delete", "aurora", code=2)
    crmtui("dmu", "delete", "aurora", "--whole-map")
    assert not crmtui("dmu", "list").rows
    assert "no map" in crmtui("dmu", "delete", "aurora", "--whole-map", code=1).err
    crmtui("undo")
    assert names(crmtui) == ["Gino Conti"]


def test_who_is_not_on_the_map_is_told_who_is(crmtui: Crmtui) -> None:
    assert "Laura Bianchi" in crmtui("dmu", "edit", "aurora", "nobody", "--power", "1", code=1).err
    assert "opportunity" in crmtui("dmu", "show", "nowhere", code=1).err
    crmtui("dmu", "add", "aurora", "--new-person", "Laura Verdi")
    several = crmtui("dmu", "edit", "aurora", "laura", "--power", "1", code=1).err
    assert "Laura Bianchi" in several
    assert "Laura Verdi" in several


def test_a_page_for_people(crmtui: Crmtui) -> None:
    page = crmtui("dmu", "show", "aurora", "line 4", "--format", "table").out
    assert "favour ? (-1.00 to +1.00), 67 % known" in page
    assert "coverage 0 %, 50 % known" in page
    assert "veto" in page
    assert "Nobody is on this map yet" in page
    assert "Findings" in page


def test_why_shows_the_terms_and_what_they_add_up_to(crmtui: Crmtui) -> None:
    crmtui("dmu", "add", "aurora", "--person", "conti", "--roles", "user", "--power", "4", "--attitude", "-2")
    crmtui("dmu", "edit", "aurora", "laura", "--attitude", "1")
    crmtui("dmu", "link", "aurora", "laura", "conti")
    told = crmtui("dmu", "show", "aurora", "--why", "--format", "table").out
    assert "Own say is role weight times power" in told
    assert told.splitlines()[-1].split() == ["together", "100", "%", "100", "%", "+0.35", "0", "%"]
    assert "Why" not in crmtui("dmu", "show", "aurora", "--format", "table").out


def test_why_says_where_figures_had_to_be_taken_somehow(crmtui: Crmtui) -> None:
    crmtui("dmu", "add", "aurora", "--person", "conti", "--reports-to", "laura", "--power", "0", "--openness", "1")
    crmtui("dmu", "edit", "aurora", "laura", "--reports-to", "conti", "--power", "0", "--openness", "1", code=1)
    crmtui("dmu", "link", "aurora", "conti", "laura")
    crmtui("dmu", "edit", "aurora", "laura", "--power", "0", "--openness", "1")
    told = crmtui("dmu", "show", "aurora", "--why", "--format", "table").out
    assert "Nobody weighs anything by role and power, so all decide alike." in told
    assert "Laura Bianchi, Gino Conti are entirely open and only listen to one another" in told
    (page,) = crmtui("dmu", "show", "aurora").rows
    assert [one["figures"]["leverage"] for one in page["stakeholders"]] == pytest.approx([0.5, 0.5])


def test_programs_get_the_figures_with_their_terms(crmtui: Crmtui) -> None:
    crmtui("dmu", "add", "aurora", "--person", "conti", "--roles", "user", "--power", "4", "--attitude", "-2", "--veto")
    crmtui("dmu", "edit", "aurora", "laura", "--attitude", "1")
    crmtui("dmu", "link", "aurora", "laura", "conti")
    (page,) = crmtui("dmu", "show", "aurora").rows
    assert page["favour"] == pytest.approx(0.35)
    assert (page["favour_low"], page["favour_high"], page["coverage"]) == (page["favour"], page["favour"], 0)
    laura, conti = page["stakeholders"]
    assert laura["figures"]["leverage"] == pytest.approx(0.9)
    assert conti["figures"]["listens_to"] == {laura["uid"]: 1}
    assert sum(one["figures"]["favour_points"] for one in (laura, conti)) == pytest.approx(0.35)
    assert page["blocks"] == []
    first = page["findings"][0]
    assert (first["finding"], first["urgent"]) == ("Gino Conti weighs 10 % and is against us", True)
    assert (first["gain"], first["by"]) == ("one step: favour +0.05", pytest.approx(0.05))


def test_other_formats_list_who_is_on_it(crmtui: Crmtui) -> None:
    assert "laura" in crmtui("dmu", "show", "aurora", "--format", "csv").out.lower()
    assert len(crmtui("dmu", "show", "aurora", "--format", "ids").out.split()) == 1
