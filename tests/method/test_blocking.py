"""Which records are compared: few of many, and none of a crowd that has a word in common."""

from __future__ import annotations

import pytest

from crmtui.method import blocking
from crmtui.method.blocking import BLOCK, SHARED
from crmtui.method.doubles import Party


def compared(parties: list[Party], *, companies: bool) -> list[tuple[int, int]]:
    known = {party.id: blocking.traits(party, companies=companies) for party in parties}
    return list(blocking.pairs(known, blocking.shared(known), companies=companies))


@pytest.mark.parametrize("companies", [True, False])
def test_a_crowd_is_not_compared_each_with_each(companies: bool) -> None:
    words = ["".join(chr(97 + number // 26**place % 26) for place in range(4)) for number in range(10 * BLOCK)]
    crowd = [Party(id=n, name=f"Carla {word} Holding") for n, word in enumerate(words)]
    assert len(compared(crowd, companies=companies)) < BLOCK * len(crowd) / 2


def test_each_pair_comes_once() -> None:
    twins = [
        Party(id=n, name="Carla Conti", account_id=5, mails=("c@a.it",), phones=("+390212345678",)) for n in (2, 1)
    ]
    assert compared(twins, companies=False) == [(1, 2)]


def test_a_telephone_of_many_brings_nobody_together() -> None:
    having = [Party(id=n, name=f"{'abdefgilmnoprs'[n] * 5}", phones=("+390212345678",)) for n in range(SHARED + 1)]
    assert compared(having, companies=True) == []
    assert compared(having[1:], companies=True)
