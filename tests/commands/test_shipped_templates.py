from __future__ import annotations

import gettext
import re
from typing import TYPE_CHECKING

import pytest

from crmtui import text
from crmtui.commands.shipped_templates import SHIPPED, template
from crmtui.domain.scorecards import Criterion
from crmtui.domain.words import Computed, Perspective

if TYPE_CHECKING:
    from collections.abc import Iterator

ANCHORS = [f"anchor_{grade}" for grade in range(5)]


class _Shouted(gettext.NullTranslations):
    def gettext(self, message: str) -> str:
        parts = re.split(r"(\{\w*\})", message)  # what is put into a message keeps its name
        return "".join(part if part.startswith("{") else part.upper() for part in parts)


@pytest.fixture
def shouted() -> Iterator[None]:
    text.use(_Shouted(), "xx")
    yield
    text.use(gettext.NullTranslations(), "en")


@pytest.mark.parametrize("name", SHIPPED)
def test_every_criterion_is_valid_and_every_grade_has_its_own_sentence(name: str) -> None:
    from crmtui.domain import tables

    _head, criteria = template(name)
    anchors = [criterion[name] for criterion in criteria for name in ANCHORS]
    assert all(anchors)
    assert len(set(anchors)) == len(anchors)
    for criterion in criteria:
        assert tables.valid(Criterion, {**criterion, "template_id": 1})["code"] == criterion["code"]


def test_codes_are_distinct_and_in_their_perspectives() -> None:
    _head, criteria = template()
    by_perspective = {
        perspective: [one["code"] for one in criteria if one["perspective"] is perspective and not one["is_gate"]]
        for perspective in Perspective
    }
    assert by_perspective == {
        Perspective.RETURN: ["value", "margin", "strategic_value", "cost_to_win", "cost_to_serve"],
        Perspective.CUSTOMER: ["need", "budget", "risk", "process", "favour", "coverage"],
        Perspective.SOLUTION: ["resources", "integration", "wins"],
        Perspective.STRATEGY: ["competences", "values", "level"],
        Perspective.COMPETITION: ["price", "relations", "offer_fit"],
    }
    assert [one["code"] for one in criteria if one["is_gate"]] == ["money", "soundness"]
    assert {one["code"]: one["computed"] for one in criteria if one["computed"]} == {
        "budget": Computed.BUDGET,
        "favour": Computed.FAVOUR,
        "coverage": Computed.COVERAGE,
        "wins": Computed.WINS,
        "level": Computed.LEVEL,
    }


@pytest.mark.usefixtures("shouted")
@pytest.mark.parametrize("name", SHIPPED)
def test_it_is_written_in_the_users_language(name: str) -> None:
    head, criteria = template(name)
    texts = [head["description"], *(one[name] for one in criteria for name in ["label", *ANCHORS])]
    assert all(sentence == sentence.upper() for sentence in texts)
