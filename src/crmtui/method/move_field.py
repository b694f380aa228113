"""What the best next moves are looked for in: opportunities, maps and people, what is planned and what is missing."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, NamedTuple

from crmtui.method.move import HOURS

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Mapping, Sequence

    from crmtui.domain.words import Role
    from crmtui.method.dmu_findings import Fact
    from crmtui.method.move import Kind

NEXT: Final = 0.5  # what an opportunity that is still to come counts, against one that is there; a judgement


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """A way to reach a person.

    Attributes:
        key: which.
        hours: that a contact usually takes, at least 0.
        cost: what it usually costs, in whole units of the base currency, at least 0.
        quality: how much one contact covers a person, 0 to 1.
    """

    key: int
    hours: float
    cost: float
    quality: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Face:
    """A person on a map who may be spoken to.

    Attributes:
        person: who.
        weight: the leverage, 0 to 1; those of a map sum to 1.
        covered: the coverage now, 0 to 1.
        ceiling: the most that coverage can be, by the relationship as judged, 0 to 1.
        attitude: -2 to +2; None when nobody has judged it.
        preferred: the channel that the person prefers; None when unknown.
        refused: channels that the person has refused.
        is_awaited: whether a contact with the person is planned already.
        won: how convincing the personal win is that we propose, 0 to 1; 0 where there is none, None where there is one
            that nobody has judged.
        notes: what was found of the person that a contact should mind.
    """

    person: int
    weight: float
    covered: float = 0.0
    ceiling: float = 1.0
    attitude: int | None = None
    preferred: int | None = None
    refused: frozenset[int] = frozenset()
    is_awaited: bool = False
    won: float | None = 0.0
    notes: tuple[Fact, ...] = ()


class Gap(NamedTuple):
    """What was found about a map as a whole.

    Attributes:
        fact: what.
        width: of favour's band, by which it would narrow once that is found out, 0 to 2; None where it is worked out by
            `Field.narrowing` alone, since that takes long.
        seat: the stakeholder that it is about; None where it is about nobody in particular.
        people: the persons that it is about, the weightiest first.
        roles: that nobody fills.
    """

    fact: Fact
    width: float | None = 0.0
    seat: int | None = None
    people: tuple[int, ...] = ()
    roles: tuple[Role, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A criterion of a scorecard as it bears on P(win).

    Attributes:
        code: which criterion.
        rise: by how much P rises with one grade up; 0 at the best grade, and while it is unknown.
        width: of P's band, by which an answer would narrow it; 0 when it is known.
    """

    code: str
    rise: float = 0.0
    width: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Deal:
    """An open opportunity, or the next one that an account is expected to bring.

    Attributes:
        key: which; negative for one that is still to come.
        account: whose; None when nobody's.
        stake: the margin, in whole units of the base currency; None when nothing says what it could be.
        is_assumed: whether the stake was concluded and not written down.
        chance: P(win), 0 to 1.
        favour: change of P with one unit of favour, from 0 to 1.
        coverage: change of P with one unit of coverage.
        wins: change of P with all personal wins compelling, against none.
        level: change of P with one step up the ladder.
        map: key of the map that it goes by; None where nobody is on one.
        steps: criteria that can be raised or found out by hand; empty while it has no scorecard.
        width: of P's band, by which a first scorecard would narrow it; 0 once it has one.
    """

    key: int
    account: int | None = None
    stake: float | None = None
    is_assumed: bool = False
    chance: float = 0.0
    favour: float = 0.0
    coverage: float = 0.0
    wins: float = 0.0
    level: float = 0.0
    map: int | None = None
    steps: tuple[Step, ...] = ()
    width: float = 0.0

    @property
    def counted(self) -> float:
        """The stake as it counts."""
        return (self.stake or 0.0) * (NEXT if self.key < 0 else 1.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Climb:
    """An account that is to reach a level.

    Attributes:
        account: which.
        gates: tells the codes of the gates that it does not meet yet for the next level; worked out when asked for.
    """

    account: int
    gates: Callable[[], Sequence[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """A contact that is planned and may be held now.

    Attributes:
        key: which.
        people: with whom.
        channel: how, with the hours and the cost of this contact where it has its own.
        due: days until its day, below 0 for late.
        account: whose; None when nobody's.
        deal: the opportunity that it is about; None for none.
        plan: the communication plan that it belongs to; None for none.
    """

    key: int
    people: tuple[int, ...]
    channel: Channel
    due: int = 0
    account: int | None = None
    deal: int | None = None
    plan: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposed:
    """The contact that a communication plan lacks most: with whom, how and when."""

    person: int
    channel: Channel
    day: dt.date


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """A communication plan that runs.

    Attributes:
        key: which.
        map: whom it is to reach.
        account: whose; None when nobody's.
        deal: the opportunity that it is for; None where it is for the account.
        propose: tells the next contact that it lacks, None for none; worked out when it is asked for.
    """

    key: int
    map: int
    account: int | None = None
    deal: int | None = None
    propose: Callable[[], Proposed | None] = lambda: None


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """All that a ranking looks at.

    Attributes:
        deals: open opportunities, and those still to come.
        maps: the people of each map, by its key.
        gaps: what was found about each map, by its key.
        narrowing: tells by how much favour's band on a map narrows once a gap is found out that has no width.
        channels: those in use.
        climbs: accounts that are to reach a level.
        visits: contacts that are planned: late, or due in the next days.
        courses: communication plans that run.
        left_out: accounts in which nothing is to be invested.
        begun: what an open action works on already: (account or None, opportunity or None, code).
        hours: that moves take where no channel says it, above 0.
    """

    deals: tuple[Deal, ...] = ()
    maps: Mapping[int, tuple[Face, ...]] = field(default_factory=dict)
    gaps: Mapping[int, tuple[Gap, ...]] = field(default_factory=dict)
    narrowing: Callable[[int, Gap], float] = lambda _map, _gap: 0.0
    channels: tuple[Channel, ...] = ()
    climbs: tuple[Climb, ...] = ()
    visits: tuple[Visit, ...] = ()
    courses: tuple[Course, ...] = ()
    left_out: frozenset[int] = frozenset()
    begun: frozenset[tuple[int | None, int | None, str]] = frozenset()
    hours: Mapping[Kind, float] = field(default_factory=lambda: HOURS)
