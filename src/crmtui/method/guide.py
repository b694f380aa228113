"""Help me choose: a walk through short questions that arrives at a role, a power, an attitude and a relationship."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from crmtui.domain.questions import FIRST, QUESTIONS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from crmtui.domain.questions import Question
    from crmtui.domain.values import Value


@dataclass(frozen=True, slots=True)
class Walk:
    """How far a walk has come.

    Attributes:
        field: the field that is asked for; '' at the end.
        question: the question to answer now; None at the end.
        arrived: the fields that were arrived at, with their values; None, or () of roles, for unknown.
    """

    field: str
    question: Question | None
    arrived: Mapping[str, Value]


def walk(fields: Sequence[str], answers: Sequence[int]) -> Walk:
    """Where these answers lead, each the number of a reply from 0 on, in the order in which they were asked.

    Raises:
        ValueError: a field has no questions, or an answer is none of the question's, or there are more than questions.
    """
    if unknown := [field for field in fields if field not in FIRST]:
        raise ValueError(f"there are no questions about {', '.join(unknown)}")
    arrived: dict[str, Value] = {}
    left = list(answers)
    for field in fields:
        code = FIRST[field]
        while code:
            question = QUESTIONS[code]
            if not left:
                return Walk(field, question, arrived)
            number = left.pop(0)
            if not 0 <= number < len(question.replies):
                raise ValueError(f"the question has no answer {number}")
            reply = question.replies[number]
            code = reply.leads_to
            if not code:
                arrived[field] = reply.arrives_at
    if left:
        raise ValueError("there are more answers than questions")
    return Walk("", None, arrived)
