from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, strategies as st

from crmtui.domain.dmu import Stakeholder
from crmtui.domain.fields import specs
from crmtui.domain.questions import FIRST, QUESTIONS
from crmtui.domain.words import Role
from crmtui.method.guide import walk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crmtui.domain.values import Value

FIELDS = list(FIRST)


def ends(code: str) -> Iterator[Value]:
    """Every value that the questions from one on arrive at."""
    for reply in QUESTIONS[code].replies:
        yield from ends(reply.leads_to) if reply.leads_to else (reply.arrives_at,)


def test_the_first_question_is_the_part_in_the_decision() -> None:
    begun = walk(FIELDS, [])
    assert (begun.field, begun.question, begun.arrived) == ("roles", QUESTIONS["part"], {})


def test_a_walk_arrives_at_a_role_a_power_an_attitude_and_a_relationship() -> None:
    done = walk(FIELDS, [0, 0, 0, 2, 0, 1, 1])
    assert (done.field, done.question) == ("", None)
    assert done.arrived == {"roles": (Role.DECIDER,), "power": 4, "attitude": -2, "relationship": 1}


def test_who_does_not_know_arrives_at_unknown() -> None:
    assert walk(["power", "attitude"], [3, 3, 1]).arrived == {"power": None, "attitude": None}
    assert walk(["roles"], [7]).arrived == {"roles": ()}


@pytest.mark.parametrize("field", ["power", "attitude", "relationship"])
def test_every_grade_can_be_arrived_at_and_so_can_unknown(field: str) -> None:
    assert set(ends(FIRST[field])) == {None, *specs(Stakeholder)[field].names}


def test_every_role_can_be_arrived_at() -> None:
    assert {role for roles in ends(FIRST["roles"]) if isinstance(roles, tuple) for role in roles} == set(Role)


@pytest.mark.parametrize(
    ("fields", "answers", "said"),
    [(["power"], [9], "no answer 9"), (["power"], [3, 0], "more answers"), (["name"], [], "no questions about name")],
)
def test_what_is_no_answer_is_refused(fields: list[str], answers: list[int], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        walk(fields, answers)


@given(st.data())
def test_every_walk_ends_soon(data: st.DataObject) -> None:
    answers: list[int] = []
    while question := walk(FIELDS, answers).question:
        answers.append(data.draw(st.integers(0, len(question.replies) - 1)))
        assert len(answers) <= 2 * len(FIELDS)
    assert set(walk(FIELDS, answers).arrived) == set(FIELDS)
