from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from contact_desk import TODAY, TUI, ContactDesk, begin
from crmtui import text
from crmtui.commands import delivery
from crmtui.domain.delivery import Promise, Satisfaction
from crmtui.queries import delivery as queries, delivery_words as words

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[ContactDesk]:
    """A workspace that began in English, and is read in Italian."""
    begun = begin(tmp_path)
    text.speak("it")
    yield begun
    text.speak("en")


def test_one_and_many_and_decimals_are_told_in_the_manner_of_the_language(desk: ContactDesk) -> None:
    def told() -> dict[str, str]:
        return {one.key: one.rest for one in words.figures(queries.page(desk.path, desk.account, TODAY))}

    for name, expected in (("Training", "1 aperta"), ("Spare parts", "2 aperte")):
        given = {"account_id": desk.account, "name": name, "due_on": TODAY}
        delivery.add(desk.path, Promise, given, TUI, TODAY)
        assert told()[words.PROMISES] == expected
    answer = {"account_id": desk.account, "score": 8, "day": TODAY}
    delivery.add(desk.path, Satisfaction, answer, TUI, TODAY)
    assert "media 8,0" in told()[words.SATISFACTION]
