"""The best next moves across a workspace: by what an hour is worth, each thing once (method.md sections 2, 3 and 6).

The sources are the people on the maps and what was found about the maps, the scorecards, what the relationship still
lacks, and the communication plans; all on one scale (`method.move`). An account gives at most `PER_ACCOUNT` moves to
the list, and a task at the desk at most `ALIKE`, so that neither fills it; so also what is planned, which Today tells
among what is due.
"""

from __future__ import annotations

import itertools
from collections import Counter
from dataclasses import dataclass
from heapq import heapify, heappop, heappush
from typing import TYPE_CHECKING, Final

from crmtui.method import move_business, move_people
from crmtui.method.move import Kind, Move, Term
from crmtui.method.move_ground import Found, Ground, Own, Part

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Iterator, Sequence

    from crmtui.method.dmu_findings import Fact
    from crmtui.method.move import Why
    from crmtui.method.move_field import Deal, Field

MOST: Final = 12
PER_ACCOUNT: Final = 2
ALIKE: Final = 3
DESK: Final = frozenset({Kind.WIN, Kind.FIND, Kind.ASK, Kind.SCORE, Kind.MAP})  # done there, not with the customer
LIMITED: Final = DESK | {Kind.HOLD, Kind.PLAN}
KEPT: Final = 256  # candidates of a kind; MORE times as many where these were too few
MORE: Final = 16
_ORDER: Final = {kind: place for place, kind in enumerate(Kind)}

_Waiting = tuple[bool, float, int, int, Found]  # as `_waiting` gives it


@dataclass(frozen=True, slots=True)
class Ranking:
    """The moves.

    Attributes:
        moves: the best, in order.
        total: how many there are that gain something, or may.
        left_out: how many accounts with business were left out of it, for nothing is to be invested there.
    """

    moves: tuple[Move, ...]
    total: int
    left_out: int


def rank(
    field: Field, *, most: int = MOST, per_account: int = PER_ACCOUNT, alike: int = ALIKE, kept: int = KEPT
) -> Ranking:
    """The best moves, those whose worth is known in money first, each the greatest gain an hour first.

    What gains nothing is no move: a contact with somebody who is covered as well as can be, an opportunity whose
    margin is negative, a step that costs more than it brings.

    Args:
        field: what is looked at; an empty one has no moves.
        most: how many are told, at least 0.
        per_account: how many of them of one account; an opportunity without an account counts as one.
        alike: how many of them of one kind that is done at the desk, or of what is planned or belongs into a plan.
        kept: how many candidates of a kind are kept at first, at least 1; it decides on memory, never on the moves.
    """
    ground = Ground(field)
    while True:
        best = _Best(itertools.chain(move_people.candidates(ground), move_business.candidates(ground)), kept)
        chosen = list(itertools.islice(_spread(best.in_order(), per_account, alike), most))
        if best.is_enough_for(chosen, most, alike):
            break
        kept *= MORE
    left_out = field.left_out & {deal.account for deal in field.deals}
    return Ranking(tuple(_told(one, field) for one in chosen), best.total, len(left_out))


class _Best:
    """The candidates that may be told: of each kind the best, for a list tells few and a workspace may have very many.

    Args:
        found: all candidates.
        kept: how many of a kind are kept at least.

    Attributes:
        total: how many of them gain something, or may.
    """

    def __init__(self, found: Iterable[Found], kept: int) -> None:
        self.total = 0
        self._kinds: dict[Kind, list[_Waiting]] = {kind: [] for kind in Kind}
        self._worst: dict[Kind, _Waiting] = {}  # the last one kept, of kinds that had more
        for one in found:
            if one.worth > 0:
                self.total += 1
                self._take(_waiting(one, self.total), kept)

    def _take(self, waiting: _Waiting, kept: int) -> None:
        kind = waiting[-1].kind
        if kind in self._worst and waiting > self._worst[kind]:
            return
        those = self._kinds[kind]
        those.append(waiting)
        if len(those) > 2 * kept:
            those.sort()
            del those[kept:]
            self._worst[kind] = those[-1]

    def in_order(self) -> Iterator[Found]:
        """Those kept, in order; what they are is worked out when they may be the next one."""
        count = itertools.count(self.total + 1)
        waiting = [one for those in self._kinds.values() for one in those]
        heapify(waiting)
        while waiting:
            one = heappop(waiting)[-1]
            if one.settle is None:
                yield one
            else:
                for settled in one.settle():
                    if settled.worth > 0:
                        heappush(waiting, _waiting(settled, next(count)))

    def is_enough_for(self, chosen: Sequence[Found], most: int, alike: int) -> bool:
        """Whether no candidate that was not kept could have come before the last one chosen.

        Of a kind of which there are enough the last of its own counts; but a plan that nobody looked at could have a
        next step for somebody who is to be spoken to.
        """
        for kind, worst in self._worst.items():
            own = [one for one in chosen if one.kind is kind]
            is_over = kind in LIMITED and kind is not Kind.PLAN and len(own) >= alike
            those = own if is_over else chosen
            if (not is_over and len(chosen) < most) or any(_waiting(one, 0) > worst for one in those[-1:]):
                return False
        return True


def _waiting(one: Found, number: int) -> _Waiting:
    """A candidate in its place, the same in every run: of those worth as much by kind, then as they were found."""
    return not one.is_priced, -one.worth, _ORDER[one.kind], number, one


def _spread(found: Iterable[Found], per_account: int, alike: int) -> Iterator[Found]:
    """The candidates in order, without those of which there have been enough, and nobody twice."""
    shown: Counter[Hashable] = Counter()
    for one in found:
        whose = ("of", one.account, None if one.account is not None else one.deal)
        who, kind = [("to", person) for person in one.people], ("as", one.kind)
        is_again = any(shown[person] for person in who)
        if shown[whose] < per_account and not is_again and (one.kind not in LIMITED or shown[kind] < alike):
            shown.update((whose, kind, *who))
            yield one


# Telling


def _told(one: Found, field: Field) -> Move:
    """A candidate with its terms."""
    terms = sorted(
        (term for part in one.parts for term in _terms(part)), key=lambda term: (-term.money, -term.points, term.deal)
    )
    return Move(
        kind=one.kind,
        account=one.account,
        deal=one.deal,
        people=one.people,
        channel=one.channel,
        code=one.code,
        gap=one.gap,
        notes=_notes(one, field),
        map=one.map,
        contacts=tuple(visit.key for visit in one.visits),
        plan=one.plan,
        day=one.day,
        due=one.visits[0].due if one.visits else None,
        hours=one.hours,
        cost=one.cost,
        terms=tuple(terms),
    )


def _notes(one: Found, field: Field) -> tuple[Fact, ...]:
    """What was found of the people on the map that it is about."""
    faces = field.maps.get(one.map, ()) if one.map is not None and one.kind is not Kind.WIN else ()
    return tuple(dict.fromkeys(note for face in faces if face.person in one.people for note in face.notes))


def _terms(part: Part | Own) -> Iterator[Term]:
    if isinstance(part, Own):
        yield _term(part.deal, part.why, part.amount, part.points)
    elif part.amount:
        for deal in part.group.deals:
            yield _term(deal, part.why, part.amount, part.amount * getattr(deal, part.figure))


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
