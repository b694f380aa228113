"""Which record, or which row before it, a new row may mean: the one that scores most of those it is compared with.

They are compared as `method.doubles` compares records, and told from a lower score on, as who imports looks at them
anyway.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final, NamedTuple, Protocol

from crmtui.commands.import_meeting import as_row
from crmtui.method import doubles as method
from crmtui.method.blocking import SHARED, tail
from crmtui.queries.doubles_told import against, party, reasons

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from crmtui.commands.import_meeting import Finding, Meeting
    from crmtui.method.doubles import Party
    from crmtui.store.reading.doubles import Compared

LEAST: Final = 0.4  # names that are alike, and namesakes at two accounts, are told too


class Suspect(NamedTuple):
    """What a row may mean.

    Attributes:
        record_id: the record; `matching.SEVERAL` where there are more, 0 where it is a row.
        other: what it is called.
        score: 0 to 1.
        reasons: what speaks for it, in words, the strongest first.
        against: what speaks against it, in words.
        other_line: the line of the row; 0 where it is a record.
    """

    record_id: int
    other: str
    score: float
    reasons: tuple[str, ...]
    against: tuple[str, ...] = ()
    other_line: int = 0


class New(Protocol):
    """New rows, by their places."""

    @property
    def lines(self) -> Sequence[int]:
        """Of the file."""

    def compared(self, places: Collection[int]) -> list[Compared]:
        """Some of them as they are compared."""

    def there(self, record_ids: Collection[int]) -> list[Compared]:
        """Some records as they are compared."""


def likeliest(new: New, finding: Finding, leaving_out: Collection[int] = (), *, companies: bool) -> dict[int, Suspect]:
    """For each row, by its place, what it may mean: what scores most, the older where two do, where there is one.

    Args:
        new: the rows.
        finding: which are to be compared; who has which telephone, by its last digits, and which domain.
        leaving_out: the places of those that are left out if they are doubtful: no other is compared with them then.
        companies: whether they are accounts.
    """
    pairs, (phones, *domains) = finding()
    if not pairs:
        return {}
    members = set().union(*pairs)
    compared = [
        *new.compared([as_row(one) for one in members if one < 0]),
        *new.there([one for one in members if one > 0]),
    ]
    names = {one.id: one.name for one in compared}
    best: dict[int, method.Pair] = {}
    wanted = sorted(pairs, key=lambda pair: (as_row(pair[1]), pair[0] < 0, abs(pair[0])))
    parties = _parties(compared, phones)
    crowded = phones.crowded(SHARED)
    nobodys = {number for one in parties for number in one.phones if tail(number) in crowded}
    nobodys |= set().union(*(each.crowded(SHARED) for each in domains))
    for pair in method.weighed(parties, wanted, frozenset(nobodys), companies=companies):
        place, other = as_row(pair.other), as_row(pair.one)
        if pair.score < LEAST or (other in best and other in leaving_out):
            continue
        if place not in best or best[place].score < pair.score:
            best[place] = pair
    return {
        place: Suspect(
            *(max(pair.one, 0), names[pair.one], pair.score, reasons(pair), against(pair)),
            other_line=new.lines[as_row(pair.one)] if pair.one < 0 else 0,
        )
        for place, pair in best.items()
    }


def _parties(compared: Sequence[Compared], phones: Meeting[str]) -> list[Party]:
    """The same without telephones that nobody shares: to read them in E.164 takes long."""
    shared = phones.rows
    return [party(replace(one, phones=tuple(each for each in one.phones if tail(each) in shared))) for one in compared]
