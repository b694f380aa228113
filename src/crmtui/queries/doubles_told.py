"""How records are given to the method that finds doubles, and how what it says is told: on demand and by imports."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmtui.exchange.phones import e164, region
from crmtui.method.doubles import Evidence, Party
from crmtui.text import _, line

if TYPE_CHECKING:
    from crmtui.method.doubles import Pair
    from crmtui.store.reading.doubles import Compared


def party(one: Compared, family: frozenset[int] = frozenset()) -> Party:
    """A record as it is compared, its telephones in E.164."""
    return Party(
        id=one.id,
        name=one.name,
        mails=one.mails,
        phones=tuple(filter(None, (e164(number, one.country) for number in one.phones))),
        domains=(one.website,) if one.website else (),
        place=one.city,
        country=region(one.country) or one.country,
        account_id=one.account_id,
        family=family,
    )


def reasons(pair: Pair) -> tuple[str, ...]:
    """What speaks for a pair, in words, the strongest first."""
    told = []
    for reason in pair.reasons:
        words = _(reason.evidence.label)
        plain = reason.evidence in (Evidence.NAME, Evidence.ALIKE, Evidence.ACCOUNT)
        told.append(words if plain else f"{words}: {line(reason.value)}")
    return tuple(told)


def against(pair: Pair) -> tuple[str, ...]:
    """What speaks against a pair, in words."""
    return tuple(_(contradiction.label) for contradiction in pair.against)
