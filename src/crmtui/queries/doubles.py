"""Accounts and people that may be the same: pairs with their reasons, and in what two records differ."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from crmtui.domain.nouns import BY_TABLE
from crmtui.errors import UsageError
from crmtui.method import doubles as method
from crmtui.queries import lists
from crmtui.queries.doubles_told import against, party, reasons
from crmtui.store.reading import doubles as rows
from crmtui.store.reading.connections import reading
from crmtui.text import _, line

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from crmtui.store.reading.doubles import Compared

NOUNS: Final = {"accounts": "account", "people": "person"}  # by the lists that they are in


@dataclass(frozen=True, slots=True)
class Double:
    """Two records that may be the same.

    Attributes:
        one: the key of the older record.
        name: what it is called.
        other: the key of the newer one.
        other_name: what that is called.
        score: 0 to 1.
        reasons: what speaks for it, in words, the strongest first.
        against: what speaks against it, in words.
    """

    one: int
    name: str
    other: int
    other_name: str
    score: float
    reasons: tuple[str, ...]
    against: tuple[str, ...]


def find(path: Path, table: str, least: float = method.LEAST) -> list[Double]:
    """Pairs of accounts or of people, the likeliest first.

    Raises:
        UsageError: of this kind nobody looks for doubles.
    """
    if table not in NOUNS.values():
        raise UsageError(_("Doubles are looked for among accounts and people."))
    with reading(path) as connection:
        compared = rows.accounts(connection) if table == "account" else rows.people(connection)
        apart = rows.apart(connection, table)
    families = _families(compared)
    by_key = {one.id: one for one in compared}
    parties = [party(one, families.get(one.id, frozenset())) for one in compared]
    told = partial(_told, by_key)
    return [told(pair) for pair in method.pairs(parties, apart, least, companies=table == "account")]


def answering(path: Path, table: str, words: str, today: dt.date) -> Callable[[Double], bool]:
    """Whether at least one record of a pair answers to a filter of its list.

    Raises:
        UsageError: the filter names what the list does not know.
    """
    noun = next(noun for noun, of in NOUNS.items() if of == table)
    found = set(lists.ids(path, noun, today, filter_text=words))
    return lambda pair: pair.one in found or pair.other in found


def differences(path: Path, table: str, keys: Sequence[int]) -> dict[str, dict[int, Any]]:
    """The fields in which records differ, each with their values by key."""
    with reading(path) as connection:
        return rows.differences(connection, BY_TABLE[table], keys)


def _families(compared: Iterable[Compared]) -> dict[int, frozenset[int]]:
    """Accounts that are part of one another."""
    found: dict[int, set[int]] = {}
    for one in compared:
        if one.parent_id:
            found.setdefault(one.id, set()).add(one.parent_id)
            found.setdefault(one.parent_id, set()).add(one.id)
    return {key: frozenset(family) for key, family in found.items()}


def _told(by_key: dict[int, Compared], pair: method.Pair) -> Double:
    one, other = by_key[pair.one], by_key[pair.other]
    return Double(pair.one, _named(one), pair.other, _named(other), pair.score, reasons(pair), against(pair))


def _named(one: Compared) -> str:
    place = one.account or one.city
    return line(f"{one.name} ({place})" if place else one.name)
