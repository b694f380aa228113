"""What thousands of maps come to, by numpy: the same as `map_values` tells of one, in a fraction of the time.

Maps of as many people are worked out together, each step of `influence` for all of them at once. numpy is loaded with
this module: import it where there is much to work out.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from crmtui.method.coverage import STEPS
from crmtui.method.favour import FULL
from crmtui.method.influence import BOSS_STRENGTH, NO_SHARE, settle
from crmtui.method.leverage import MIDDLE_POWER
from crmtui.method.map_values import Values
from crmtui.method.wins import STRONGEST

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from numpy.typing import NDArray

    from crmtui.method.columns import Floats, Whole

AT_ONCE: Final = 4_096  # maps whose weights are in memory together


class People(NamedTuple):
    """Who is on maps, a column each, in any order; nan is what is unknown.

    Attributes:
        key: of the stakeholder.
        map_id: whose map it is.
        reports_to: the key of a stakeholder; nan for nobody.
        role: the weight of the role in a decision, at least 0.
        power: 0 to 4.
        attitude: -2 to 2.
        openness: to the influence of those who are listened to, 0 to 1.
        relationship: 0 to 4.
        reached: k by the contacts alone, 0 to 1.
        strength: of the personal win, 0 to 3; nan where there is none, or nobody has judged it.
    """

    key: Whole
    map_id: Whole
    reports_to: Floats
    role: Floats
    power: Floats
    attitude: Floats
    openness: Floats
    relationship: Floats
    reached: Floats
    strength: Floats

    def judged_as(self, then: Mapping[int, Mapping[str, float]]) -> People:
        """The same with judgements of another day, by key and column, in the place of those of now."""
        places = dict(zip(self.key.tolist(), range(len(self.key)), strict=True))
        changed = {name: getattr(self, name).copy() for name in {name for one in then.values() for name in one}}
        for key, judged in then.items():
            for name, value in judged.items():
                changed[name][places[key]] = value
        return self._replace(**changed)


class Ties(NamedTuple):
    """Lines of influence, from and to the keys of stakeholders, a column each; see `influence.Tie`."""

    source: Floats
    target: Floats
    strength: Floats
    is_formal: Floats


class Contacts:
    """Contacts that happened, each with one person, a column each.

    Args:
        person: a key.
        quality: q of the channel, 0 to 1.
        days: since then; below 0 where it was later than the day that is asked about, so that it does not count.
    """

    def __init__(self, person: Whole, quality: Floats, days: Whole) -> None:
        self.person, self.quality, self.days = person, quality, days

    def until(self, days: int) -> Contacts:
        """Those that had happened so many days earlier, seen from there."""
        had = self.days >= days
        return Contacts(self.person[had], self.quality[had], self.days[had] - days)


def met(there: tuple[Whole, Whole], happened: tuple[Whole, Floats, Whole]) -> Contacts:
    """Contacts with each of those who were there.

    Args:
        there: the key of a contact and that of a person, in any order.
        happened: the keys of the contacts that happened, the quality of their channel, the days since then.
    """
    (contact, person), (keys, quality, days) = there, happened
    if not len(keys):
        return Contacts(person[:0], quality, days)
    order = np.argsort(keys)
    at, is_there = _found(keys[order], contact)
    rows = order[at[is_there]]
    return Contacts(person[is_there], quality[rows], days[rows])


def reached(people: Floats, contacts: Contacts, half_life: float) -> Floats:
    """How well contacts alone cover each of the people, 0 to 1, as `coverage.reached` tells of one; nan is nobody."""
    happened = contacts.until(0)
    if not len(happened.person):
        return np.zeros(len(people))
    left = 1 - happened.quality * 0.5 ** (happened.days / half_life)
    order = np.argsort(happened.person)
    persons, starts = np.unique(happened.person[order].astype(float), return_index=True)
    covered = 1 - np.multiply.reduceat(left[order], starts)
    at, is_there = _found(persons, people)
    return np.where(is_there, covered[at], 0.0)


def values(people: People, ties: Ties, informal_share: float) -> dict[int, Values]:
    """What maps come to, by the key of the map; without those that have nobody. θ is that of `influence.listening`."""
    if not len(people.key):
        return {}
    sorted_ = _Sorted(people, ties)
    found: dict[int, Values] = {}
    for rows, size in sorted_.chunks():
        leverages = sorted_.leverages(rows, size, informal_share)
        found.update(sorted_.values(rows, leverages))
    return found


class _Sorted:
    """The people in the order of the sizes of their maps, and within these in that of their maps."""

    def __init__(self, people: People, ties: Ties) -> None:
        maps = people.map_id
        _all, inverse, counts = np.unique(maps, return_inverse=True, return_counts=True)
        order = np.lexsort((people.key, maps, counts[inverse]))
        self._maps, self._sizes = maps[order], counts[inverse][order]
        # Of each person the place on the map: how far from the first of the map.
        self._firsts = np.flatnonzero(np.diff(self._maps, prepend=self._maps[:1] - 1))
        self._places = np.arange(len(order)) - np.repeat(self._firsts, self._sizes[self._firsts])
        self._role, self._openness = people.role[order], people.openness[order]
        self._power, self._attitude, self._strength = (
            people.power[order],
            people.attitude[order],
            people.strength[order],
        )
        relationship = people.relationship[order]
        limits = np.where(np.isnan(relationship), 1.0, (1 + relationship) / STEPS)
        self._covered = np.minimum(limits, people.reached[order])
        self._lines(people, ties, order)

    def _lines(self, people: People, ties: Ties, order: NDArray[np.intp]) -> None:
        """Who listens to whom: the row of the listener, in order, the place of the other, how strongly, by office."""
        bosses = people.reports_to[order]
        led = np.flatnonzero(~np.isnan(bosses))
        keys = people.key[order]
        by_key = np.argsort(keys)
        both = (np.append(ties.source, bosses[led]), np.append(ties.target, keys[led]))
        ends = [_found(keys[by_key], np.asarray(one, np.float64)) for one in both]
        (sources, is_source), (targets, is_target) = ((by_key[at], there) for at, there in ends)
        strengths = np.append(ties.strength, np.full(len(led), float(BOSS_STRENGTH)))
        is_formal = np.append(ties.is_formal > 0, np.full(len(led), True))
        is_line = is_source & is_target & (sources != targets) & (strengths > 0)
        is_line &= self._maps[sources] == self._maps[targets]
        kept = np.flatnonzero(is_line)
        kept = kept[np.argsort(targets[kept], kind="stable")]
        self._listeners, self._heard = targets[kept], self._places[sources[kept]]
        self._strengths, self._is_formal = strengths[kept], is_formal[kept]

    def chunks(self) -> Iterator[tuple[slice, int]]:
        """The rows of some maps of the same size, and that size."""
        sizes = self._sizes[self._firsts]
        for size in np.unique(sizes).tolist():
            firsts = self._firsts[sizes == size]
            for begin in range(0, len(firsts), AT_ONCE):
                some = firsts[begin : begin + AT_ONCE]
                yield slice(int(some[0]), int(some[-1]) + size), size

    def leverages(self, rows: slice, size: int, informal_share: float) -> Floats:
        """The leverage c of everybody, a row a map; see `leverage.shares`."""
        rights = self._rights(rows, size)
        weights = self._weights(rows, size, informal_share)
        listens = weights.any(2)
        openness = self._openness[rows].reshape(-1, size)
        held = np.where(listens, 1 - openness, 1.0)
        found = held * _gathered((1 - held)[:, :, None] * weights, held, rights)
        for at in np.flatnonzero((held <= 0).any(1)).tolist():  # some may be adrift
            listened = [{place: float(row[place]) for place in np.flatnonzero(row).tolist()} for row in weights[at]]
            found[at] = settle(listened, openness[at].tolist()).leverages(rights[at].tolist())
        return found

    def _rights(self, rows: slice, size: int) -> Floats:
        power = self._power[rows]
        rights = (self._role[rows] * np.where(np.isnan(power), MIDDLE_POWER, power)).reshape(-1, size)
        total = rights.sum(1, keepdims=True)
        return np.where(total > 0, rights / np.where(total > 0, total, 1), 1 / size)

    def _weights(self, rows: slice, size: int, informal_share: float) -> Floats:
        """W of each map; see `influence.listening`."""
        first, last = np.searchsorted(self._listeners, (rows.start, rows.stop))
        strengths = np.zeros((2, rows.stop - rows.start, size))
        kind, listener = self._is_formal[first:last].astype(np.intp), self._listeners[first:last] - rows.start
        np.maximum.at(strengths, (kind, listener, self._heard[first:last]), self._strengths[first:last])
        sums = strengths.sum(2)
        both = (sums > 0).all(0)
        shares = (informal_share, 1 - informal_share)
        mixed = np.array([share if share > NO_SHARE else 0.0 for share in shares])[:, None]
        scales = np.where(both, mixed, 1.0) / np.where(sums > 0, sums, 1.0)
        weights: Floats = (strengths * scales[:, :, None]).sum(0).reshape(-1, size, size)
        return weights

    def values(self, rows: slice, leverages: Floats) -> Iterator[tuple[int, Values]]:
        """What the maps of some rows come to."""
        size = leverages.shape[1]
        attitude, strength = (one[rows].reshape(-1, size) for one in (self._attitude, self._strength))
        coverage = np.minimum(1.0, (leverages * self._covered[rows].reshape(-1, size)).sum(1))
        wins = np.minimum(1.0, _mean(leverages, strength, STRONGEST))
        columns = (_mean(leverages, attitude, FULL), coverage, wins)
        told = ([None if math.isnan(one) else one for one in column.tolist()] for column in columns)
        return zip(self._maps[rows][::size].tolist(), map(Values, *told), strict=True)


def _found(keys: Floats | Whole, wanted: Floats | Whole) -> tuple[NDArray[np.intp], NDArray[np.bool_]]:
    """The place of each wanted key among keys in order, and whether it is there."""
    at = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
    return at, keys[at] == wanted


def _gathered(rows: Floats, held: Floats, rights: Floats) -> Floats:
    """dᵀ(I - ΛW)^-1 of many maps of a size: `influence.settle` and `Settled.gathered`, map by map at the same time.

    Args:
        rows: ΛW, of shape (maps, people, people); turned into its factors in place.
        held: the sums of the rows of I - ΛW.
        rights: d.
    """
    size = held.shape[1]
    held, left = held.copy(), rights.copy()
    for at in range(size):
        rest = rows[:, at, at + 1 :]
        rows[:, at, at] = pivot = held[:, at] + rest.sum(1)
        factors = rows[:, at + 1 :, at] / np.where(pivot > 0, pivot, 1.0)[:, None]  # 0 where all are adrift
        rows[:, at + 1 :, at] = factors
        rows[:, at + 1 :, at + 1 :] += factors[:, :, None] * rest[:, None, :]
        held[:, at + 1 :] += factors * held[:, at, None]
        left[:, at] /= np.where(pivot > 0, pivot, 1.0)
        left[:, at + 1 :] += rest * left[:, at, None]
    for at in range(size - 1, -1, -1):
        left[:, :at] += rows[:, at, :at] * left[:, at, None]
    return left


def _mean(weights: Floats, judged: Floats, most: int) -> Floats:
    """Σ c·y / most of each map; nan where nobody has judged anything."""
    unknown = np.isnan(judged)
    sums = (weights * np.where(unknown, 0.0, judged)).sum(1) / most
    return np.where(unknown.all(1), np.nan, sums)
