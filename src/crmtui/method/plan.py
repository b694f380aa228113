"""What a communication plan costs, by channel, person and actor, planned against done (method.md section 6).

The simple figures: sums, each with the contacts that it is made of. A contact with several people is shared among
them in equal parts, so that the parts add up to the whole. What has no cost or no hours is counted apart, never as 0.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Hashable, Iterable, Iterator

Key = TypeVar("Key", bound="Hashable")


class State(StrEnum):
    """What a contact is to a plan."""

    OPEN = "open"
    DONE = "done"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Touch:
    """A contact of a plan.

    Attributes:
        id: which.
        day: planned for, or happened on.
        state: what became of it.
        channel: how.
        people: with whom; empty when nobody was named.
        actor: who of ours; None when nobody was named.
        cost: minor units of `currency`, at least 0; None when unknown.
        currency: ISO 4217.
        hours: at least 0; None when unknown.
    """

    id: int
    day: dt.date
    state: State
    channel: int
    people: tuple[int, ...]
    actor: int | None
    cost: int | None
    currency: str
    hours: float | None


@dataclass(frozen=True, slots=True)
class Tally:
    """Some contacts together.

    Attributes:
        contacts: which; the terms of the figures.
        cost: minor units of the plan's currency, of those that have a cost in it.
        hours: of those that have hours.
        uncosted: how many have no cost.
        untimed: how many have no hours.
    """

    contacts: tuple[int, ...] = ()
    cost: int = 0
    hours: float = 0.0
    uncosted: int = 0
    untimed: int = 0

    @property
    def count(self) -> int:
        """How many contacts."""
        return len(self.contacts)


@dataclass(frozen=True, slots=True)
class Share(Generic[Key]):
    """What falls to one channel, person or actor.

    Attributes:
        key: whose share; None for contacts without a person, or without an actor.
        planned: what is still to happen.
        done: what happened.
    """

    key: Key
    planned: Tally
    done: Tally

    @property
    def cost(self) -> int:
        """Minor units, planned and done."""
        return self.planned.cost + self.done.cost

    @property
    def hours(self) -> float:
        """Hours, planned and done."""
        return self.planned.hours + self.done.hours

    @property
    def count(self) -> int:
        """Contacts, planned and done."""
        return self.planned.count + self.done.count


@dataclass(frozen=True, slots=True)
class Budget:
    """What may be spent, and what of it is left.

    Attributes:
        total: minor units; None when none was set.
        spent: on what happened.
        committed: for what is still to happen.
        left: total less both, below 0 when it is exceeded; None without a total.
    """

    total: int | None
    spent: int
    committed: int

    @property
    def left(self) -> int | None:
        """Total less what is spent and committed."""
        return None if self.total is None else self.total - self.spent - self.committed


@dataclass(frozen=True, slots=True)
class Burden:
    """What a plan costs against what the account brings.

    Attributes:
        cost: of the contacts, planned and done, minor units.
        hours: of theirs.
        worth: the hours at what an hour costs, minor units; None where that is not known in the plan's currency.
        margin: of the account, minor units; None when it is not known.
    """

    cost: int
    hours: float
    worth: int | None
    margin: int | None

    @property
    def whole(self) -> int:
        """Cost, and hours at their worth, minor units."""
        return self.cost + (self.worth or 0)

    @property
    def share(self) -> float | None:
        """The whole over the margin; None where there is no margin to hold it against, or it is not above 0."""
        return self.whole / self.margin if self.margin is not None and self.margin > 0 else None


@dataclass(frozen=True, slots=True)
class Summary:
    """The figures of a plan; cancelled contacts are in `cancelled` alone.

    Attributes:
        whole: all that is planned and done.
        by_channel: the shares, the costliest first; so also the others.
        by_person: a contact with nobody named falls to None.
        by_actor: so also here.
        budget: against the cost of the whole.
        elsewhere: cost in other currencies than the plan's, never added to it: (minor units, currency).
        late: still to happen, but on a day before today.
        outside: on a day that the plan does not span.
        cancelled: called off.
    """

    whole: Share[None]
    by_channel: tuple[Share[int], ...]
    by_person: tuple[Share[int | None], ...]
    by_actor: tuple[Share[int | None], ...]
    budget: Budget
    elsewhere: tuple[tuple[int, str], ...]
    late: tuple[int, ...]
    outside: tuple[int, ...]
    cancelled: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Frame:
    """What the contacts of a plan are held against.

    Attributes:
        starts_on: its first day.
        ends_on: its last day.
        currency: of its budget and its sums.
        budget: minor units; None when none was set.
    """

    starts_on: dt.date
    ends_on: dt.date
    currency: str
    budget: int | None


def summary(touches: Iterable[Touch], frame: Frame, today: dt.date) -> Summary:
    """Add up the contacts of a plan."""
    every = tuple(touches)
    held = tuple(touch for touch in every if touch.state is not State.CANCELLED)
    whole = _shares(held, frame.currency, lambda _touch: (None,))
    both = whole[0] if whole else Share(None, Tally(), Tally())
    return Summary(
        whole=both,
        by_channel=_shares(held, frame.currency, lambda touch: (touch.channel,)),
        by_person=_shares(held, frame.currency, lambda touch: touch.people or (None,)),
        by_actor=_shares(held, frame.currency, lambda touch: (touch.actor,)),
        budget=Budget(frame.budget, both.done.cost, both.planned.cost),
        elsewhere=_elsewhere(held, frame.currency),
        late=tuple(touch.id for touch in held if touch.state is State.OPEN and touch.day < today),
        outside=tuple(touch.id for touch in held if not frame.starts_on <= touch.day <= frame.ends_on),
        cancelled=tuple(touch.id for touch in every if touch.state is State.CANCELLED),
    )


def burden(found: Summary, hour_cost: float | None, margin: int | None) -> Burden:
    """What a plan costs against a margin; `hour_cost` in minor units of its currency, None where it is not known."""
    hours = found.whole.hours
    worth = None if hour_cost is None else round(hours * hour_cost)
    return Burden(found.whole.cost, hours, worth, margin)


def parts(amount: int, count: int) -> Iterator[int]:
    """An amount of minor units in so many equal parts; what cannot be parted falls to the first ones."""
    whole, rest = divmod(amount, count)
    return (whole + (number < rest) for number in range(count))


def _shares(
    touches: Iterable[Touch], currency: str, keys_of: Callable[[Touch], tuple[Key, ...]]
) -> tuple[Share[Key], ...]:
    planned: dict[Key, list[_Part]] = defaultdict(list)
    done: dict[Key, list[_Part]] = defaultdict(list)
    for touch in touches:
        keys = tuple(dict.fromkeys(keys_of(touch)))
        for key, part in zip(keys, _parts(touch, currency, len(keys)), strict=True):
            (done if touch.state is State.DONE else planned)[key].append(part)
    shares = [Share(key, _tally(planned[key]), _tally(done[key])) for key in dict.fromkeys((*planned, *done))]
    return tuple(sorted(shares, key=lambda share: (-share.cost, -share.hours, -share.count)))


@dataclass(frozen=True, slots=True)
class _Part:
    contact: int
    cost: int | None
    is_costed: bool
    hours: float | None


def _parts(touch: Touch, currency: str, count: int) -> Iterator[_Part]:
    cost = touch.cost if touch.currency == currency else None
    amounts: Iterator[int | None] = iter([None] * count) if cost is None else parts(cost, count)
    hours = None if touch.hours is None else touch.hours / count
    return (_Part(touch.id, amount, touch.cost is not None, hours) for amount in amounts)


def _tally(found: list[_Part]) -> Tally:
    return Tally(
        contacts=tuple(part.contact for part in found),
        cost=sum(part.cost or 0 for part in found),
        hours=sum(part.hours or 0.0 for part in found),
        uncosted=sum(not part.is_costed for part in found),
        untimed=sum(part.hours is None for part in found),
    )


def _elsewhere(touches: Iterable[Touch], currency: str) -> tuple[tuple[int, str], ...]:
    sums: dict[str, int] = defaultdict(int)
    for touch in touches:
        if touch.cost is not None and touch.currency != currency:
            sums[touch.currency] += touch.cost
    return tuple((minor, code) for code, minor in sorted(sums.items()))
