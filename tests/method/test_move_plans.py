"""Contacts that are planned, plans that fall behind, and what they lack, as moves on the scale of the others."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from crmtui.method.move import Kind, Move
from crmtui.method.move_field import Channel, Course, Deal, Face, Field, Proposed, Visit
from crmtui.method.moves import rank

CALL = Channel(key=1, hours=0.5, cost=5, quality=0.35)
MEETING = Channel(key=2, hours=2, cost=140, quality=0.6)
LINE_4 = Deal(key=10, account=1, stake=62_000, chance=0.48, favour=0.08, coverage=0.16, map=5)
BIANCHI = Face(person=7, weight=0.3, attitude=2, won=1, is_awaited=True)
CONTI = Face(person=8, weight=0.2, attitude=2, won=1, is_awaited=True)
FIELD = Field(deals=(LINE_4,), maps={5: (BIANCHI, CONTI)}, channels=(CALL, MEETING))
MONDAY = dt.date(2026, 3, 16)


def moves(field: Field) -> list[Move]:
    return list(rank(field, most=100, per_account=100).moves)


def test_a_contact_that_is_planned_is_worth_what_it_brings_with_all_its_people_in_its_own_hours() -> None:
    own = replace(MEETING, hours=1, cost=90)
    visit = Visit(key=3, people=(7, 8), channel=own, due=-3, account=1, deal=10)
    (one,) = moves(replace(FIELD, visits=(visit,)))
    assert (one.kind, one.people, one.contacts, one.due) == (Kind.HOLD, (7, 8), (3,), -3)
    assert one.gain == pytest.approx((0.3 + 0.2) * 0.6 * 0.16 * 62_000 - 90)
    assert (one.hours, one.cost, one.deal, one.account) == (1, 90, 10, 1)


def test_a_channel_that_was_refused_meanwhile_brings_nothing_with_that_person() -> None:
    visit = Visit(key=3, people=(7, 8), channel=CALL)
    faces = (replace(BIANCHI, refused=frozenset({CALL.key})), CONTI)
    (one,) = moves(replace(FIELD, maps={5: faces}, visits=(visit,)))
    assert one.people == (8,)
    assert one.gain == pytest.approx(0.2 * 0.35 * 0.16 * 62_000 - 5)


def test_a_contact_with_somebody_on_no_map_is_no_move() -> None:
    assert not moves(replace(FIELD, visits=(Visit(key=3, people=(99,), channel=CALL),)))


def test_a_plan_with_two_contacts_late_has_fallen_behind_and_is_told_once() -> None:
    late = tuple(Visit(key=key, people=(7,), channel=CALL, due=-key, account=1, plan=4) for key in (1, 2))
    due = Visit(key=3, people=(8,), channel=CALL, due=2, account=1, plan=4)
    caught, held = moves(replace(FIELD, visits=(*late, due)))
    assert (caught.kind, caught.contacts, caught.plan, caught.people) == (Kind.CATCH_UP, (1, 2), 4, ())
    assert caught.gain == pytest.approx(0.3 * (1 - 0.65**2) * 0.16 * 62_000 - 10)
    assert caught.hours == 1
    assert (held.kind, held.contacts) == (Kind.HOLD, (3,))
    (alone,) = moves(replace(FIELD, visits=late[:1]))
    assert (alone.kind, alone.plan) == (Kind.HOLD, 4)


def test_what_a_plan_lacks_stands_in_for_a_contact_with_that_person() -> None:
    free = tuple(replace(face, is_awaited=False) for face in (BIANCHI, CONTI))
    proposed = Proposed(person=8, channel=MEETING, day=MONDAY)
    course = Course(key=4, map=5, account=1, propose=lambda: proposed)
    field = replace(FIELD, maps={5: free}, courses=(course,))
    contact, step = moves(field)
    assert (contact.kind, contact.person) == (Kind.CONTACT, 7)
    assert (step.kind, step.person, step.channel, step.plan, step.day) == (Kind.PLAN, 8, MEETING.key, 4, MONDAY)
    assert step.gain == pytest.approx(0.2 * 0.6 * 0.16 * 62_000 - 140)


def test_a_plan_that_lacks_nothing_or_nothing_that_pays_leaves_the_contacts_as_they_are() -> None:
    free = (replace(BIANCHI, is_awaited=False),)
    dear = Proposed(person=7, channel=replace(MEETING, cost=100_000), day=MONDAY)
    for propose in (lambda: None, lambda: dear):
        course = Course(key=4, map=5, account=1, propose=propose)
        (one,) = moves(replace(FIELD, maps={5: free}, courses=(course,)))
        assert one.kind is Kind.CONTACT


def test_a_plan_that_could_not_be_among_the_best_is_not_worked_out() -> None:
    def never() -> Proposed | None:
        raise AssertionError

    small = Deal(key=11, account=2, stake=100, coverage=0.16, map=6)
    course = Course(key=4, map=6, account=2, propose=never)
    faces = {5: (replace(BIANCHI, is_awaited=False),), 6: (replace(CONTI, is_awaited=False),)}
    cheap = replace(CALL, cost=0)
    field = Field(deals=(LINE_4, small), maps=faces, channels=(cheap,), courses=(course,))
    assert [one.person for one in rank(field, most=1).moves] == [7]
