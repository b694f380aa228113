from __future__ import annotations

import contextlib
import datetime as dt
import sqlite3
from typing import TYPE_CHECKING, Any

import pytest

from crmtui.commands import accounts, grades, matrix as commands, records as deleting, scorecards
from crmtui.commands.scorecards import Cell
from crmtui.domain.accounts import Account
from crmtui.domain.dmu import DmuMap, Stakeholder
from crmtui.domain.opportunities import Opportunity
from crmtui.domain.people import Person
from crmtui.domain.plans import ContactPerson
from crmtui.domain.portfolio import PortfolioCriterion, PortfolioGrade, PortfolioPosition
from crmtui.domain.relationship import Assessment, AssessmentRating
from crmtui.domain.scorecards import Criterion
from crmtui.domain.words import Axis, Basis, Figure, Level, Posture, Role, Segment, Source, Stage
from crmtui.method import recognition as method
from crmtui.method.portfolio import Axis as Sides
from crmtui.method.postures import Reason
from crmtui.queries import equity, matrix, matrix_words, postures, records, standing, winning
from crmtui.store.reading.connections import reading
from crmtui.store.unit import work
from customers import TODAY, Customers, ago

if TYPE_CHECKING:
    from pathlib import Path

    from crmtui.method.portfolio import Trace
    from crmtui.queries.matrix import Line, MatrixPage


@pytest.fixture
def customers(workspace: Path) -> Customers:
    return Customers(workspace)


def page(customers: Customers) -> MatrixPage:
    return matrix.page(customers.path, TODAY)


def named(customers: Customers) -> dict[str, Line]:
    return {one.name: one for one in page(customers).lines}


def told(customers: Customers, name: str) -> str:
    found = page(customers)
    line = next(one for one in found.lines if one.name == name)
    return "\n".join(
        f"{label}: {text}" for label, text in matrix_words.account(found, line, lambda minor: f"{minor:.0f}")
    )


def own(customers: Customers, account: int, *grades: int | None) -> None:
    """Criteria of our own, one an axis, with grades by hand; those of the method go."""
    keys = [one.id for one in records.every(customers.path, PortfolioCriterion)]
    deleting.delete(customers.path, PortfolioCriterion, keys, Source.CLI)
    keys = customers.write(
        PortfolioCriterion,
        {"axis": Axis.ATTRACTIVENESS, "name": "Growth", "weight": 2.0},
        {"axis": Axis.STRENGTH, "name": "Trust", "weight": 1.0},
    )
    given = zip(keys, grades, strict=True)
    customers.write(PortfolioGrade, *({"account_id": account, "criterion_id": k, "grade": g} for k, g in given))


def test_segments_and_postures_come_from_sales_potential_and_willingness(customers: Customers) -> None:
    customers.set(segment_sales=1_000.0, segment_potential=5_000.0)
    big = customers.account("Big", potential=1_000_000, currency="EUR")
    customers.order(big, 0.5, 30_000, price=200_000)
    unwilling = customers.account("Unwilling")
    customers.write(Assessment, {"account_id": unwilling, "day": ago(0.1), "level": Level.BUYER, "willingness": 1})
    customers.account("Wanted", Level.PROSPECT, potential=900_000, currency="EUR")
    customers.account("Abroad", Level.PROSPECT, potential=900_000, currency="USD")
    found = named(customers)
    assert {name: one.segmented.segment for name, one in found.items()} == {
        "Big": Segment.A,
        "Unwilling": Segment.D,
        "Wanted": Segment.C,
        "Abroad": Segment.D,
    }
    assert found["Unwilling"].stance.reason is Reason.UNWILLING
    assert (found["Wanted"].stance.posture, found["Wanted"].stance.reason) == (Posture.ACQUIRE, Reason.UNJUDGED)
    assert "potential a year: 900000, high from 500000" in told(customers, "Wanted")


def test_leave_is_said_only_where_going_on_loses_money(customers: Customers) -> None:
    good, bad = customers.account("Good"), customers.account("Bad")
    for key, margin in ((good, 5_000_000), (bad, -9_000_000)):
        customers.judge(key, (2.0, Level.BUYER), (1.0, Level.BUYER))
        customers.order(key, 0.5, margin, price=10_000_000)
    found = named(customers)
    parting = found["Bad"].stance.facts.parting
    assert parting is not None
    assert parting.is_to_leave
    assert found["Bad"].stance.posture is Posture.LEAVE
    assert found["Good"].stance.posture is not Posture.LEAVE


@pytest.mark.parametrize(
    ("losses", "says"),
    [
        ([-9_000_000], "its band spans 0"),
        ([-9_000_000, -9_000_100, -9_000_050, -9_000_020], "but nobody knows its own margin"),
    ],
)
def test_losses_of_others_send_nobody_away(customers: Customers, losses: list[int], says: str) -> None:
    for number, margin in enumerate(losses):
        bad = customers.account(f"Bad {number}")
        customers.judge(bad, (2.0, Level.BUYER), (1.0, Level.BUYER))
        customers.order(bad, 0.5, margin, price=10_000_000)
    customers.account("Unknown")
    found = named(customers)["Unknown"].stance
    worth = {one.name: one.parting for one in equity.page(customers.path, TODAY).lines}
    assert found.facts.parting == worth["Unknown"]
    assert worth["Unknown"].is_to_leave
    assert found.posture is Posture.SERVE
    assert Posture.LEAVE in found.possible
    text = told(customers, "Unknown")
    assert "or, as the unknown turns out: enrich, keep, leave" in text
    assert "going on with it: perhaps leave it: going on is worth -" in text
    assert says in text


def test_what_was_set_by_hand_stands_beside_what_was_worked_out(customers: Customers) -> None:
    customers.account("Nobody", Level.PROSPECT, posture=Posture.LEAVE, segment=Segment.C)
    text = told(customers, "Nobody")
    assert "posture: serve at low cost\nbecause: " in text
    assert "\nposture on the account: ✎ by hand: leave: no reason given\n" in text
    assert "segment: D · unknown\nsegment on the account: ✎ by hand: C · valued\n" in text
    customers.account("Same", Level.PROSPECT, posture=Posture.SERVE, posture_reason="Too far", segment=Segment.D)
    customers.account("Unsaid", Level.PROSPECT)
    assert "segment on the account" not in told(customers, "Same")
    assert "posture on the account: ✎ by hand: serve at low cost: Too far" in told(customers, "Same")
    assert "by hand: " not in told(customers, "Unsaid")
    assert matrix_words.said(named(customers)["Same"]).endswith("; ✎ by hand: serve at low cost: Too far")


def test_the_journal_tells_when_a_posture_was_set(customers: Customers) -> None:
    imported, edited, resaid = (
        customers.account(name, posture=Posture.KEEP, posture_reason="Old friends") for name in ("Io", "Nike", "Pan")
    )
    other = {"city": "Turin"}
    for key, given in ((edited, {"posture": Posture.LEAVE}), (resaid, {"posture_reason": "Pays"}), (edited, other)):
        accounts.edit(customers.path, key, given, Source.CLI)
    with contextlib.closing(sqlite3.connect(customers.path)) as connection:
        sets = [key for (key,) in connection.execute("SELECT id FROM change_set ORDER BY id")][-6:]
        doors = ("import", "import", "import", "cli", "tui", "tui")
        for number, (key, door) in enumerate(zip(sets, doors, strict=True), 1):
            day = f"2026-01-0{number}T12:00:00Z"
            connection.execute("UPDATE change_set SET at = ?, source = ? WHERE id = ?", (day, door, key))
        connection.commit()
    lines = matrix.traced(customers.path, page(customers).lines)
    assert [postures.told(one.posture_by_hand) for one in lines if one.posture_by_hand] == [
        "✎ by hand: keep: Old friends (import, 1 Jan 2026)",
        "✎ by hand: leave: no reason given (4 Jan 2026)",
        "✎ by hand: keep: Pays (5 Jan 2026)",
    ]
    assert {imported, edited, resaid} == {one.key for one in lines}


def test_own_criteria_take_the_place_of_the_methods(customers: Customers) -> None:
    key = customers.account("Aurora")
    own(customers, key, 3, 1)
    customers.write(
        PortfolioCriterion,
        {"axis": Axis.ATTRACTIVENESS, "name": "Sales", "weight": 2.0, "computed": Figure.SALES, "full": 2_000.0},
    )
    customers.order(key, 0.5, None, price=100_000)  # half of what is graded 4
    found = page(customers)
    (line,) = found.lines
    assert found.own == set(Sides)
    assert (line.place.attractiveness.value, line.place.strength.value) == (62.5, 25.0)
    assert "Growth: grade 3.0 of 4, weight 2: 38 · ✎ by hand: assumed" in told(customers, "Aurora")
    assert "Sales: grade 2.0 of 4, weight 2: 25 · ≈ computed" in told(customers, "Aurora")


def test_open_opportunities_are_weighed_by_the_probability_of_each(customers: Customers) -> None:
    key = customers.account("Aurora")
    customers.write(
        PortfolioCriterion,
        {"axis": Axis.ATTRACTIVENESS, "name": "Open", "weight": 1.0, "computed": Figure.PIPELINE, "full": 4_000.0},
    )
    given = {"value": 200_000, "currency": "EUR", "closed_on": None}
    for _each in range(2):
        sure = customers.deal(key, 0.0, Stage.PROPOSING, **given)
    assert named(customers)["Aurora"].place.attractiveness.value == pytest.approx(30.0)  # the usual share of each
    for criterion in records.every(customers.path, Criterion):
        if criterion.template_id == 1 and not criterion.is_gate and not criterion.computed:
            scorecards.score(customers.path, Cell(sure, criterion.id), 4, Source.CLI, TODAY)
    with reading(customers.path) as connection:
        chance = winning.estimates(connection, [sure], TODAY)[sure].value
    assert chance > 0.6
    assert named(customers)["Aurora"].place.attractiveness.value == pytest.approx((30 + 100 * chance) / 2)


def test_a_criterion_that_nobody_has_graded_widens_the_band_and_is_told(customers: Customers) -> None:
    key, other = customers.account("Aurora"), customers.account("Helios")
    own(customers, key, 4, 4)
    (reach, _none) = (one.place.attractiveness for one in page(customers).lines)
    assert (reach.value, reach.low, reach.completeness) == (100.0, 100.0, 1.0)
    customers.write(PortfolioCriterion, {"axis": Axis.ATTRACTIVENESS, "name": "Fit", "weight": 6.0})
    found = page(customers)
    reach = found.lines[0].place.attractiveness
    assert (reach.value, reach.low, reach.completeness) == (100.0, 25.0, 0.25)
    whole = dict(matrix_words.whole(found, str))
    assert whole["graded nobody yet"] == "Fit"
    assert whole["criteria of attractiveness"] == "Fit 75 %, Growth 25 %"
    assert "Fit: unknown, weight 6 · by hand, nobody has graded it" in told(customers, "Helios")
    assert found.lines[1].key == other


def test_an_axis_whose_weights_are_all_zero_places_nobody_and_says_so(customers: Customers) -> None:
    key = customers.account("Aurora")
    own(customers, key, 4, 4)
    with work(customers.path, "test", Source.CLI) as unit:  # as a file could bring it
        for one in records.every(customers.path, PortfolioCriterion):
            unit.update(PortfolioCriterion, one.id, {"weight": 0.0})
    found = page(customers)
    assert found.lines[0].place.cell is None
    assert "none has a weight" in dict(matrix_words.whole(found, str))["criteria of attractiveness"]


def test_the_strength_is_told_in_its_parts_with_their_bands(customers: Customers) -> None:
    key = customers.account("Aurora")
    assessed = customers.write(Assessment, {"account_id": key, "day": ago(0.1), "level": Level.BUYER})
    ratings = ({"assessment_id": assessed[0], "indicator": one, "grade": 4} for one in method.BONDS)
    customers.write(AssessmentRating, *ratings)
    place = page(customers).lines[0].place
    assert (place.strength.value, place.strength.low, place.strength.completeness) == (100.0, 30.0, 0.3)
    assert "bonds: grade 4.0 of 4, weight 3: 100 · ≈ computed" in told(customers, "Aurora")
    assert "coverage: unknown, weight 3 · ≈ computed" in told(customers, "Aurora")


def test_an_account_of_which_nothing_is_known_is_not_placed_but_has_a_posture(customers: Customers) -> None:
    customers.account("Nobody", Level.PROSPECT)
    (line,) = page(customers).lines
    assert line.place.cell is None
    assert line.stance.posture is Posture.SERVE
    assert "cell: unknown" in told(customers, "Nobody")


def only_trace(customers: Customers) -> Trace:
    """How the only account moved."""
    (trace,) = page(customers).traces.values()
    return trace


def test_places_are_kept_once_a_day_and_moves_seen_from_those_of_last_quarter(customers: Customers) -> None:
    key = customers.account("Aurora")
    own(customers, key, 4, 4)
    for years, value in ((0.3, 10.0), (0.1, 90.0)):
        spot = {"attractiveness": value, "strength": value}
        customers.write(PortfolioPosition, {"account_id": key, "day": ago(years), **spot})
    found = page(customers)
    trace = found.traces[found.lines[0].key]
    assert found.before is not None
    assert (found.before.day, found.before.is_kept) == (ago(0.3), True)
    assert (trace.before.attractiveness, trace.has_changed_cell) == (10.0, True)
    assert "as the places were kept" in dict(matrix_words.whole(found, str))["before"]
    assert commands.keep(customers.path, found, Source.CLI) == commands.keep(customers.path, found, Source.CLI) == 1


def test_where_an_account_stood_last_quarter_follows_from_what_was_known_then(customers: Customers) -> None:
    key = customers.account("Aurora")
    new = customers.account("Newcomer")
    own(customers, key, None, None)
    customers.write(
        PortfolioCriterion,
        {"axis": Axis.ATTRACTIVENESS, "name": "Sales", "weight": 2.0, "computed": Figure.SALES, "full": 2_000.0},
        {"axis": Axis.STRENGTH, "name": "Bonds", "weight": 1.0, "computed": Figure.BONDS},
    )
    for account, years, price in ((key, 0.5, 50_000), (key, 0.1, 150_000), (new, 0.1, 50_000)):
        customers.order(account, years, None, price=price)
    for account, years, grade in ((key, 0.5, 1), (key, 0.1, 4), (new, 0.1, 4)):
        (assessed,) = customers.write(Assessment, {"account_id": account, "day": ago(years), "level": Level.BUYER})
        ratings = ({"assessment_id": assessed, "indicator": one, "grade": grade} for one in method.BONDS)
        customers.write(AssessmentRating, *ratings)
    found = page(customers)
    assert found.before is not None
    assert (found.before.day, found.before.is_kept) == (TODAY - dt.timedelta(91), False)
    by_name = {one.name: one for one in found.lines}
    trace = found.traces[by_name["Aurora"].key]
    assert (trace.before.attractiveness, trace.before.strength) == (25.0, 25.0)
    assert (trace.after.attractiveness, trace.after.strength) == (100.0, 100.0)
    assert by_name["Newcomer"].key not in found.traces  # nothing was known of it then
    moved = dict(matrix_words.whole(found, str))["before"]
    assert moved.startswith("1 account in another cell since 11 Dec 2025, by what was known then; who is on a map")
    assert "before: 11 Dec 2025: attractiveness low, strength low; 106 points away" in told(customers, "Aurora")


def test_a_grade_by_hand_stands_as_it_had_been_judged_by_then(customers: Customers) -> None:
    key = customers.account("Aurora")
    own(customers, key, 4, 4)
    with work(customers.path, "test", Source.CLI) as unit:
        for one in records.every(customers.path, PortfolioGrade):
            unit.update(PortfolioGrade, one.id, {"judged_on": ago(0.5), "grade": 1})
    growth = records.every(customers.path, PortfolioCriterion)[0]
    grades.grade(customers.path, key, {growth.id: {"grade": 3, "basis": Basis.CONFIRMED}}, Source.CLI, TODAY)
    trace = only_trace(customers)
    assert (trace.before.attractiveness, trace.after.attractiveness) == (25.0, 75.0)
    # judged again, and the same as before: nothing has moved
    grades.grade(customers.path, key, {growth.id: {"grade": 1, "basis": Basis.CONFIRMED}}, Source.CLI, TODAY)
    trace = only_trace(customers)
    assert trace.length == 0


def test_the_potential_stands_as_it_had_been_judged_by_then(customers: Customers) -> None:
    said: dict[str, Any] = {"currency": "EUR", "potential": 50_000, "potential_on": ago(0.5)}
    raised, learnt = customers.account("Raised", **said), customers.account("Learnt", currency="EUR")
    own(customers, raised, None, None)
    customers.write(
        PortfolioCriterion,
        {"axis": Axis.ATTRACTIVENESS, "name": "Room", "weight": 1.0, "computed": Figure.POTENTIAL, "full": 1_000.0},
        {"axis": Axis.STRENGTH, "name": "Level", "weight": 1.0, "computed": Figure.LEVEL},
    )
    with work(customers.path, "test", Source.CLI) as unit:
        for key in (raised, learnt):
            unit.update(Account, key, {"potential": 100_000, "potential_on": ago(0.1)})
    found = page(customers)
    moved = {one.name: found.traces.get(one.key) for one in found.lines}
    assert moved["Raised"] is not None
    assert (moved["Raised"].before.attractiveness, moved["Raised"].after.attractiveness) == (50.0, 100.0)
    assert moved["Learnt"] is not None
    assert moved["Learnt"].length == 0  # nobody had said what it could buy


@pytest.mark.parametrize("many", [1_000, 1])
def test_people_on_maps_stand_as_they_had_been_judged_by_then(
    customers: Customers, many: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whether few maps are worked out, one by one, or very many, all together."""
    monkeypatch.setattr(standing, "MANY", many)
    key = customers.account("Aurora")
    laura, carlo = customers.write(Person, {"name": "Laura", "account_id": key}, {"name": "Carlo", "account_id": key})
    (map_id,) = customers.write(DmuMap, {"account_id": key})
    judged = {"map_id": map_id, "power": 4, "attitude": -2, "attitude_on": ago(0.5), "roles": (Role.DECIDER,)}
    keys = customers.write(Stakeholder, {**judged, "person_id": laura}, {**judged, "person_id": carlo})
    own(customers, key, 4, None)
    customers.write(
        PortfolioCriterion, {"axis": Axis.STRENGTH, "name": "Favour", "weight": 1.0, "computed": Figure.FAVOUR}
    )
    with work(customers.path, "test", Source.CLI) as unit:
        unit.update(Stakeholder, keys[0], {"attitude": 2, "attitude_on": ago(0.1)})
    trace = only_trace(customers)
    assert (trace.before.strength, trace.after.strength) == (0.0, 50.0)


def test_what_was_learnt_meanwhile_is_no_move(customers: Customers) -> None:
    key = customers.account("Aurora")
    own(customers, key, 4, 4)  # judged on no day, so also then
    customers.write(
        PortfolioCriterion, {"axis": Axis.STRENGTH, "name": "Bonds", "weight": 9.0, "computed": Figure.BONDS}
    )
    (assessed,) = customers.write(Assessment, {"account_id": key, "day": ago(0.1), "level": Level.BUYER})
    ratings = ({"assessment_id": assessed, "indicator": one, "grade": 1} for one in method.BONDS)
    customers.write(AssessmentRating, *ratings)
    found = page(customers)
    assert found.lines[0].place.strength.value == 32.5
    assert found.traces[key].length == 0.0


def test_coverage_and_open_business_of_last_quarter_are_those_of_then(customers: Customers) -> None:
    path, key = customers.path, customers.account("Aurora")
    (person,) = customers.write(Person, {"name": "Laura", "account_id": key})
    (map_id,) = customers.write(DmuMap, {"account_id": key})
    customers.write(Stakeholder, {"map_id": map_id, "person_id": person, "power": 4, "roles": (Role.DECIDER,)})
    own(customers, key, None, None)
    customers.write(
        PortfolioCriterion,
        {"axis": Axis.STRENGTH, "name": "Coverage", "weight": 1.0, "computed": Figure.COVERAGE},
        {"axis": Axis.ATTRACTIVENESS, "name": "Pipeline", "weight": 1.0, "computed": Figure.PIPELINE, "full": 200.0},
    )
    met = customers.contact(key, 0.1)
    customers.write(ContactPerson, {"contact_id": met, "person_id": person})
    given = {"name": "Line", "account_id": key, "value": 100_000, "currency": "EUR"}
    closed = {"stage": Stage.LOST, "reason": "price", "lesson": "ask earlier", "closed_on": ago(0.1)}
    customers.write(Opportunity, {**given, **closed, "opened_on": ago(1)}, {**given, "opened_on": ago(0.05)})
    trace = only_trace(customers)
    assert (trace.before.attractiveness, trace.after.attractiveness) == (100.0, 100.0)
    assert trace.before.strength == 0.0
    assert (trace.after.strength or 0) > 20
    assert matrix.page(path, ago(0.1) - dt.timedelta(200)).before is not None


def test_looking_at_the_matrix_writes_nothing_and_is_remembered(customers: Customers) -> None:
    key = customers.account("Aurora")
    own(customers, key, 4, 4)
    with reading(customers.path) as connection:
        before = connection.execute("SELECT count(*) FROM change").fetchone()
    assert matrix.sketch(customers.path, TODAY).before is None
    assert matrix.valued(customers.path, TODAY).before is None
    assert page(customers) is page(customers) is matrix.valued(customers.path, TODAY)
    with reading(customers.path) as connection:
        assert connection.execute("SELECT count(*) FROM change").fetchone() == before


def test_the_sample_has_accounts_in_every_segment(filled: Path) -> None:
    assert {one.segmented.segment for one in matrix.page(filled, TODAY).lines} == set(Segment)
