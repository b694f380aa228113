"""What new rows have in common with one another and with records: a telephone, a domain, how their name is heard."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable
from functools import cached_property
from itertools import combinations, compress
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from crmtui.method.blocking import tails

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

Pairs = set[tuple[int, int]]  # the older and the newer of two that may be the same; rows by `as_row`
Value = TypeVar("Value", str, int)


def as_row(place: int) -> int:
    """The key by which the row of a place is compared, which no record has; of such a key, the place."""
    return -1 - place


class Meeting(Generic[Value]):
    """The rows that tell each value, and the records that have it; only what two have takes time.

    Attributes:
        values: what rows tell.

    Args:
        values: the same.
        places: of each value the place of the row that tells it.
    """

    def __init__(self, values: Sequence[Value], places: Sequence[int]) -> None:
        self.values: Sequence[Value] = values
        self._places = places
        self._there: defaultdict[Value, set[int]] = defaultdict(set)

    @cached_property
    def _told(self) -> set[Value]:
        return set(self.values)

    def meet(self, values: Sequence[Value], record_ids: Sequence[int]) -> None:
        """Note the records that have what rows tell: values, and of each a record that has it."""
        met = self._told.intersection(values)
        for value, record_id in zip(values, record_ids, strict=True) if met else ():
            if value in met:
                self._there[value].add(record_id)

    @cached_property
    def rows(self) -> dict[Value, set[int]]:
        """The places of the rows that tell each value which two have, whoever they are."""
        if not self._there and len(self._told) == len(self.values):
            return {}
        first = dict(zip(reversed(self.values), reversed(self._places), strict=True))
        found = {value: {first[value]} for value in self._there}
        for value, place in zip(self.values, self._places, strict=True):
            if first[value] != place:
                found.setdefault(value, {first[value]}).add(place)
        return found

    def crowded(self, most: int) -> set[Value]:
        """The values that more than so many have."""
        return {value for value, places in self.rows.items() if len(places) + len(self._there.get(value, ())) > most}

    def pairs(self, most: int) -> Iterator[tuple[int, int]]:
        """Each row with each that was before it, a record or a row, of values that no more than so many have."""
        for value, places in self.rows.items():
            records = self._there.get(value, ())
            if len(places) + len(records) <= most:
                rows = list(map(as_row, sorted(places)))
                yield from ((record_id, row) for record_id in records for row in rows)
                yield from combinations(rows, 2)


def repeated(values: Sequence[Value], places: Sequence[int]) -> tuple[Sequence[Value], Sequence[int]]:
    """Those of the values that are told more than once, and where: the others meet nothing where nobody is there."""
    if len(set(values)) == len(values):
        return (), ()
    times = Counter(values)
    is_repeated = [times[value] > 1 for value in values]
    return list(compress(values, is_repeated)), list(compress(places, is_repeated))


Finding = Callable[[], tuple[Pairs, list[Meeting[str]]]]  # what is to be compared; who has which telephone, domain


def dialled(numbers: str, owners: Sequence[int]) -> tuple[list[str], list[int]]:
    """The last digits of telephones, one a line, and of each whose it is."""
    digits = tails(numbers)
    return list(filter(None, digits)), list(compress(owners, digits))


def columns(rows: Iterable[Sequence[Any]], count: int) -> list[Sequence[Any]]:
    """Rows of so many cells, turned."""
    return list(zip(*rows, strict=True)) or [()] * count
