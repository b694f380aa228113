"""What moves stand on: opportunities put together by map and by account, and what a unit of a figure adds over them."""

from __future__ import annotations

from collections import defaultdict
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterable, Sequence

    from crmtui.method.move import Kind, Why
    from crmtui.method.move_field import Deal, Face, Field, Gap, Visit


class Worth(NamedTuple):
    """What one unit of a figure adds, summed over opportunities.

    Attributes:
        money: Σ ΔP · stake, where the stake is known.
        points: Σ ΔP.
    """

    money: float
    points: float


class Group:
    """Some opportunities together.

    Attributes:
        deals: which.
        is_priced: whether the stake of any is known.
        favour: what one unit of it adds; so also coverage, wins and level.
    """

    __slots__ = ("coverage", "deals", "favour", "is_priced", "level", "wins")

    def __init__(self, deals: Sequence[Deal]) -> None:
        self.deals = deals
        self.is_priced = False
        favour = coverage = wins = level = 0.0
        for_favour = for_coverage = for_wins = for_level = 0.0
        for deal in deals:
            favour, coverage = favour + deal.favour, coverage + deal.coverage
            wins, level = wins + deal.wins, level + deal.level
            if deal.stake is not None:
                stake = deal.counted
                for_favour, for_coverage = for_favour + stake * deal.favour, for_coverage + stake * deal.coverage
                for_wins, for_level = for_wins + stake * deal.wins, for_level + stake * deal.level
                self.is_priced = True
        self.favour, self.coverage = Worth(for_favour, favour), Worth(for_coverage, coverage)
        self.wins, self.level = Worth(for_wins, wins), Worth(for_level, level)


class Place(NamedTuple):
    """A person on a map."""

    map: int
    face: Face


class Part(NamedTuple):
    """A part of a gain, over several opportunities.

    Attributes:
        why: what it comes from.
        group: which opportunities.
        figure: the figure of theirs that changes, as `Deal` and `Group` call it.
        amount: by how much.
    """

    why: Why
    group: Group
    figure: str
    amount: float


class Own(NamedTuple):
    """A part of a gain of one opportunity alone: `amount` of something that adds `points` to P(win)."""

    why: Why
    deal: Deal
    amount: float
    points: float


class Found(NamedTuple):
    """A candidate: what is to be done, and what it is worth.

    Attributes:
        is_priced: whether it is known for anything that it touches what is at stake.
        worth: gain an hour, or ΔP an hour where nothing says what is at stake; where `settle` is given, the most that
            it can be.
        settle: works out what it is, or what they are; the rest is not to be looked at before.

    The others are those of `Move`.
    """

    is_priced: bool
    worth: float
    kind: Kind
    settle: Callable[[], Iterable[Found]] | None = None
    account: int | None = None
    deal: int | None = None
    hours: float = 1.0
    cost: float = 0.0
    parts: tuple[Part | Own, ...] = ()
    people: tuple[int, ...] = ()
    code: str = ""
    channel: int | None = None
    map: int | None = None
    gap: Gap | None = None
    visits: tuple[Visit, ...] = ()
    plan: int | None = None
    day: dt.date | None = None


def later(group: Group, worth: Worth, amount: float, hours: float) -> tuple[bool, float]:
    """The same as `rated` for one part, before there is one."""
    return group.is_priced, amount * (worth.money if group.is_priced else worth.points) / hours


def rated(parts: Iterable[Part | Own], hours: float, cost: float = 0.0) -> tuple[bool, float]:
    """Whether what is at stake is known for any part, and the gain an hour; ΔP an hour where it is not."""
    money = points = 0.0
    is_priced = False
    for part in parts:
        if isinstance(part, Own):
            points += part.points
            money += part.points * part.deal.counted
            is_priced |= part.deal.stake is not None
        else:
            worth: Worth = getattr(part.group, part.figure)
            money += part.amount * worth.money
            points += part.amount * worth.points
            is_priced |= part.group.is_priced
    return is_priced, (money - cost if is_priced else points) / hours


class Ground:
    """A field, put together.

    Attributes:
        field: what is looked at.
        deals: its opportunities without those of accounts in which nothing is invested.
        maps: the opportunities that go by each map, by its key.
        accounts: those of each account, by its key; not put together, for few are looked at closely.
        places: where each person stands, by account and person; the account is that of the opportunities.
        people: the same by person alone.
        refused: the channels that each person has refused who has refused any, also on maps without an opportunity.
    """

    def __init__(self, field: Field) -> None:
        self.field = field
        self.refused: dict[int, set[int]] = defaultdict(set)
        for face in chain.from_iterable(field.maps.values()):
            if face.refused:
                self.refused[face.person] |= face.refused
        self.deals = [deal for deal in field.deals if deal.account not in field.left_out]
        of_map: dict[int, list[Deal]] = defaultdict(list)
        of_account: dict[int, list[Deal]] = defaultdict(list)
        for deal in self.deals:
            if deal.map is not None:
                of_map[deal.map].append(deal)
            if deal.account is not None:
                of_account[deal.account].append(deal)
        self.maps = {key: Group(deals) for key, deals in of_map.items()}
        self.accounts = of_account
        self.places: dict[tuple[int | None, int], list[Place]] = defaultdict(list)
        self.people: dict[int, list[Place]] = defaultdict(list)
        for map_id, deals in of_map.items():
            for face in field.maps.get(map_id, ()):
                place = Place(map_id, face)
                self.places[deals[0].account, face.person].append(place)
                self.people[face.person].append(place)

    def account_of(self, map_id: int) -> int | None:
        """Whose a map is: the account of the opportunities that go by it."""
        return self.maps[map_id].deals[0].account

    def is_begun(self, account: int | None, deal: int | None, code: str) -> bool:
        """Whether an open action works on that already."""
        return (account, deal, code) in self.field.begun
