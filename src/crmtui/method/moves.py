"""The best next moves across a workspace: by what an hour is worth, each thing once (method.md sections 2, 3 and 6).

Three sources, one scale (`method.move`): people on the maps, the criteria of the scorecards, and what the relationship
still lacks. What several of them say of one person is one move, whose gains add up. An account gives at most
`PER_ACCOUNT` moves to the list and a task at the desk at most `ALIKE`, so that neither fills it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Final, NamedTuple

from crmtui.method.move import (
    BEST,
    CONVINCING,
    HOURS,
    KNOWING,
    LEAST_HOURS,
    STEP,
    STEP_CONTACTS,
    WIDTH,
    Channel,
    Deal,
    Face,
    Field,
    Kind,
    Move,
    Term,
    Why,
)

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence

MOST: Final = 12
PER_ACCOUNT: Final = 2
ALIKE: Final = 3
WIN_MARK: Final = "win:"  # before the person's key, of what an action for a win works on
DESK: Final = frozenset({Kind.WIN, Kind.ASK, Kind.SCORE, Kind.MAP})  # done at the desk, not with the customer
_ORDER: Final = {kind: place for place, kind in enumerate(Kind)}


@dataclass(frozen=True, slots=True)
class Ranking:
    """The moves.

    Attributes:
        moves: the best, in order.
        total: how many there are that gain something.
        left_out: how many accounts with business were left out of it, for nothing is to be invested there.
    """

    moves: tuple[Move, ...]
    total: int
    left_out: int


class _Worth(NamedTuple):
    """What something adds, summed over opportunities.

    Attributes:
        money: Σ ΔP · stake, where the stake is known.
        points: Σ ΔP.
        is_priced: whether a stake is known.
    """

    money: float
    points: float
    is_priced: bool


class _Found(NamedTuple):
    """A candidate, without its terms.

    Attributes:
        worth: gain an hour, or ΔP an hour where nothing says what is at stake.
        is_priced: which of the two.
    """

    is_priced: bool
    worth: float
    kind: Kind
    account: int | None
    deal: int | None
    person: int | None = None
    channel: Channel | None = None
    code: str = ""


def rank(field: Field, *, most: int = MOST, per_account: int = PER_ACCOUNT, alike: int = ALIKE) -> Ranking:
    """The best moves, those whose worth is known in money first, each the greatest gain an hour first.

    What gains nothing is no move: a contact with somebody who is covered as well as can be, an opportunity whose
    margin is negative, a step that costs more than it brings.

    Args:
        field: what is looked at; an empty one has no moves.
        most: how many are told, at least 0.
        per_account: how many of them of one account; an opportunity without an account counts as one.
        alike: how many of them of one kind that is done at the desk.
    """
    sought = _Seeker(field)
    found = sorted(sought.candidates(), key=_place)
    chosen = islice(_spread(found, per_account, alike), most)
    left_out = field.left_out & {deal.account for deal in field.deals}
    return Ranking(tuple(map(sought.told, chosen)), len(found), len(left_out))


def _spread(found: Iterable[_Found], per_account: int, alike: int) -> Iterator[_Found]:
    """The candidates in order, without those of which there have been enough, and nobody twice."""
    shown: Counter[Hashable] = Counter()
    for one in found:
        whose = ("of", one.account, None if one.account is not None else one.deal)
        who, kind = ("to", one.person), ("as", one.kind)
        is_again = one.person is not None and shown[who]
        if shown[whose] < per_account and not is_again and (one.kind not in DESK or shown[kind] < alike):
            shown.update((whose, who, kind))
            yield one


def _place(one: _Found) -> tuple[bool, float, int, int, int, int, str]:
    """Where a candidate comes, the same in every run."""
    return (
        not one.is_priced,
        -one.worth,
        _ORDER[one.kind],
        one.account or 0,
        one.deal or 0,
        one.person or 0,
        one.code,
    )


class _Seeker:
    """Looks for moves in a field, and tells what the chosen ones are made of."""

    def __init__(self, field: Field) -> None:
        self._field = field
        self._deals = [deal for deal in field.deals if deal.account not in field.left_out]
        self._by_key = {deal.key: deal for deal in self._deals}
        self._of_map: dict[int, list[Deal]] = defaultdict(list)
        self._of_account: dict[int, list[Deal]] = defaultdict(list)
        for deal in self._deals:
            if deal.map is not None:
                self._of_map[deal.map].append(deal)
            if deal.account is not None:
                self._of_account[deal.account].append(deal)
        self._places: dict[tuple[int | None, int], list[tuple[int, Face]]] = defaultdict(list)
        for map_id, deals in self._of_map.items():
            for face in field.maps.get(map_id, ()):
                self._places[deals[0].account, face.person].append((map_id, face))

    def candidates(self) -> Iterator[_Found]:
        """All moves that gain something."""
        people = (*self._contacts(), *self._wins())
        business = (*self._criteria(), *self._first_cards(), *self._first_maps(), *self._gates())
        return (one for one in (*people, *business) if one.worth > 0)

    def told(self, one: _Found) -> Move:
        """A candidate with its terms."""
        terms = sorted(self._terms(one), key=lambda term: (-term.money, -term.points, term.deal))
        return Move(
            kind=one.kind,
            account=one.account,
            deal=one.deal,
            person=one.person,
            channel=one.channel.key if one.channel else None,
            code=one.code,
            hours=_hours(one.channel) if one.channel else HOURS[one.kind],
            cost=one.channel.cost if one.channel else 0.0,
            terms=tuple(terms),
        )

    # People

    def _contacts(self) -> Iterator[_Found]:
        """For each person the channel that is worth most an hour, or the one that the person prefers."""
        worth = {key: (_worth(deals, "favour"), _worth(deals, "coverage")) for key, deals in self._of_map.items()}
        for (account, person), places in self._places.items():
            if any(face.is_awaited for _map, face in places):
                continue
            options = [self._contact(account, person, channel, places, worth) for channel in self._open_to(places)]
            if options:
                yield min(options, key=_place)

    def _open_to(self, places: Sequence[tuple[int, Face]]) -> Sequence[Channel]:
        face = places[0][1]
        allowed = [channel for channel in self._field.channels if channel.key not in face.refused]
        return [channel for channel in allowed if channel.key == face.preferred] or allowed

    def _contact(
        self,
        account: int | None,
        person: int,
        channel: Channel,
        places: Sequence[tuple[int, Face]],
        worth: Mapping[int, tuple[_Worth, _Worth]],
    ) -> _Found:
        money = points = 0.0
        is_priced = False
        for map_id, face in places:
            favour, coverage = worth[map_id]
            moved, covered = _moved(face, channel), _covered(face, channel)
            money += moved * favour.money + covered * coverage.money
            points += moved * favour.points + covered * coverage.points
            is_priced |= favour.is_priced
        gain = money - channel.cost if is_priced else points
        return _Found(is_priced, gain / _hours(channel), Kind.CONTACT, account, None, person, channel)

    def _wins(self) -> Iterator[_Found]:
        """For each person whose win does not convince yet the step to one that does."""
        worth = {key: _worth(deals, "wins") for key, deals in self._of_map.items()}
        for (account, person), places in self._places.items():
            if (account, None, f"{WIN_MARK}{person}") in self._field.begun:
                continue
            gained = [(worth[map_id], _won(face)) for map_id, face in places]
            is_priced = any(one.is_priced for one, _share in gained)
            whole = sum(share * (one.money if is_priced else one.points) for one, share in gained)
            yield _Found(is_priced, whole / HOURS[Kind.WIN], Kind.WIN, account, None, person)

    # Scorecards

    def _criteria(self) -> Iterator[_Found]:
        """Of each scorecard what is worth most, up a grade and found out."""
        for deal in self._deals:
            steps = [step for step in deal.steps if (deal.account, deal.key, step.code) not in self._field.begun]
            if not steps:
                continue
            raised = max(steps, key=lambda step: step.rise)
            asked = max(steps, key=lambda step: step.width)
            yield _of_deal(deal, Kind.RAISE, raised.rise, raised.code)
            yield _of_deal(deal, Kind.ASK, asked.width * KNOWING, asked.code)

    def _first_cards(self) -> Iterator[_Found]:
        return (_of_deal(deal, Kind.SCORE, deal.width * KNOWING) for deal in self._deals if deal.width)

    # Maps and levels

    def _first_maps(self) -> Iterator[_Found]:
        """One map an account, for all its opportunities that have none."""
        for account, deals in self._of_account.items():
            if bare := [deal for deal in deals if deal.map is None]:
                yield _of_account(account, Kind.MAP, _worth(bare, "favour"), WIDTH * KNOWING)

    def _gates(self) -> Iterator[_Found]:
        for gate in self._field.gates:
            deals = self._of_account.get(gate.account, ())
            if deals and (gate.account, None, gate.code) not in self._field.begun:
                yield _of_account(gate.account, Kind.GATE, _worth(deals, "level"), gate.share, gate.code)

    # Terms

    def _terms(self, one: _Found) -> Iterator[Term]:
        if one.kind is Kind.CONTACT and one.person is not None and one.channel is not None:
            for map_id, face in self._places[one.account, one.person]:
                yield from self._terms_of_contact(self._of_map[map_id], face, one.channel)
        elif one.kind is Kind.WIN and one.person is not None:
            for map_id, face in self._places[one.account, one.person]:
                yield from _over(self._of_map[map_id], Why.WIN, "wins", _won(face))
        elif one.kind is Kind.GATE and one.account is not None:
            share = next(
                gate.share for gate in self._field.gates if (gate.account, gate.code) == (one.account, one.code)
            )
            yield from _over(self._of_account[one.account], Why.LEVEL, "level", share)
        elif one.kind is Kind.MAP and one.account is not None:
            bare = [deal for deal in self._of_account[one.account] if deal.map is None]
            yield from _over(bare, Why.FAVOUR, "favour", WIDTH * KNOWING)
        elif one.deal is not None:
            deal = self._by_key[one.deal]
            step = next((step for step in deal.steps if step.code == one.code), None)
            if step is None:
                yield _term(deal, Why.CARD, deal.width * KNOWING, deal.width * KNOWING)
            elif one.kind is Kind.RAISE:
                yield _term(deal, Why.CRITERION, 1.0, step.rise)
            else:
                yield _term(deal, Why.ANSWER, step.width * KNOWING, step.width * KNOWING)

    def _terms_of_contact(self, deals: Iterable[Deal], face: Face, channel: Channel) -> Iterator[Term]:
        yield from _over(deals, Why.COVERAGE, "coverage", _covered(face, channel))
        yield from _over(deals, Why.ATTITUDE if face.attitude is None else Why.STEP, "favour", _moved(face, channel))


def _hours(channel: Channel) -> float:
    return max(LEAST_HOURS, channel.hours)


def _moved(face: Face, channel: Channel) -> float:
    """Favour that a contact is worth: an attitude that becomes known, or comes nearer to the next step."""
    if face.attitude is None:
        return face.weight * channel.quality * WIDTH * KNOWING
    return face.weight * channel.quality * STEP / STEP_CONTACTS if face.attitude < BEST else 0.0


def _covered(face: Face, channel: Channel) -> float:
    """Coverage that a contact adds: c · Δk, where k after it is 1 - (1 - k)(1 - q), at most the ceiling."""
    after = min(face.ceiling, 1 - (1 - face.covered) * (1 - channel.quality))
    return face.weight * max(0.0, after - face.covered)


def _won(face: Face) -> float:
    """What a convincing win adds, weighed by leverage; nothing where there is one that nobody has judged."""
    return 0.0 if face.won is None else face.weight * max(0.0, CONVINCING - face.won)


def _worth(deals: Iterable[Deal], slope: str) -> _Worth:
    """What one unit of favour, coverage or level adds over some opportunities."""
    money = points = 0.0
    is_priced = False
    for deal in deals:
        change = getattr(deal, slope)
        points += change
        if deal.stake is not None:
            money += change * deal.counted
            is_priced = True
    return _Worth(money, points, is_priced)


def _of_deal(deal: Deal, kind: Kind, points: float, code: str = "") -> _Found:
    worth = points if deal.stake is None else points * deal.counted
    return _Found(deal.stake is not None, worth / HOURS[kind], kind, deal.account, deal.key, code=code)


def _of_account(account: int, kind: Kind, worth: _Worth, amount: float, code: str = "") -> _Found:
    whole = amount * (worth.money if worth.is_priced else worth.points)
    return _Found(worth.is_priced, whole / HOURS[kind], kind, account, None, code=code)


def _over(deals: Iterable[Deal], why: Why, slope: str, amount: float) -> Iterator[Term]:
    return (_term(deal, why, amount, amount * getattr(deal, slope)) for deal in deals if amount)


def _term(deal: Deal, why: Why, amount: float, points: float) -> Term:
    return Term(
        why=why,
        deal=deal.key,
        amount=amount,
        points=points,
        stake=None if deal.stake is None else deal.counted,
        chance=deal.chance,
        is_assumed=deal.is_assumed,
    )
