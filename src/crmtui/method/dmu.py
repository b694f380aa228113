"""The figures of a map of a decision-making unit, with the terms each is made of (method.md section 2).

Favour, coverage and leverage, and what can be counted: how much is known, who was met lately.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from crmtui.domain.words import Role, SocialStyle
from crmtui.method.coverage import coverage
from crmtui.method.favour import favour
from crmtui.method.leverage import Rules, leverage
from crmtui.text import N_

if TYPE_CHECKING:
    from collections.abc import Iterable

    from crmtui.method.coverage import Coverage, Encounter
    from crmtui.method.favour import Favour
    from crmtui.method.influence import Tie
    from crmtui.method.leverage import Leverage

RECENT: Final = 90  # days in which a contact counts as recent
REACH: Final = 0.6  # the coverage quality of a meeting, as long as no other channel is said to be the best
QUESTIONS: Final = ("person_id", "roles", "power", "attitude", "relationship")  # what should be known of everybody

# How to speak to a person, by how the person deals with others (Merrill & Reid 1981).
ADVICE: Final = {
    SocialStyle.DRIVING: N_("be brief, show results and options"),
    SocialStyle.EXPRESSIVE: N_("show the vision and who else does it, details later"),
    SocialStyle.AMIABLE: N_("build trust first, assure, do not press"),
    SocialStyle.ANALYTICAL: N_("bring facts and proof in writing, leave time"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A stakeholder as the method takes it.

    Attributes:
        key: who it is.
        is_named: whether it is a person; a placeholder otherwise.
        roles: in the buying process.
        has_veto: whether the person can stop the decision alone.
        power: 0 to 4 over this decision; None when nobody has judged it.
        attitude: -2 to +2 towards us; None when nobody has judged it.
        relationship: 0 to 4; None when nobody has judged it.
        is_covered: whether somebody of ours looks after the person.
        has_win: whether we have a personal win to propose.
        win_strength: how convincing that is, 0 to 3; None when nobody has judged it.
        has_rival: whether a competitor is named as the strongest with the person.
        days: since the last contact that happened; None for never.
        contacts: how many happened in the last `RECENT` days.
        openness: to influence from others, 0 to 1.
        reports_to: the key of whom the person reports to; None for nobody on the map.
        encounters: all contacts that happened.
        reach: the coverage quality of the best channel that the person accepts, 0 to 1.
        rank: whose key people the person is, 0 (assistants) to 3 (general management); None when nobody has said.
        our_rank: the highest rank of those of ours who look after the person or were in a contact; None likewise.
    """

    key: int
    is_named: bool = True
    roles: tuple[Role, ...] = ()
    has_veto: bool = False
    power: int | None = None
    attitude: int | None = None
    relationship: int | None = None
    is_covered: bool = False
    has_win: bool = False
    win_strength: int | None = None
    has_rival: bool = False
    days: int | None = None
    contacts: int = 0
    openness: float = 0.5
    reports_to: int | None = None
    encounters: tuple[Encounter, ...] = ()
    reach: float = REACH
    rank: int | None = None
    our_rank: int | None = None

    @property
    def missing(self) -> tuple[str, ...]:
        """Which of `QUESTIONS` nobody has answered."""
        answers = (self.is_named or None, self.roles or None, self.power, self.attitude, self.relationship)
        return tuple(name for name, answer in zip(QUESTIONS, answers, strict=True) if answer is None)

    @property
    def is_met(self) -> bool:
        """Whether a contact happened in the last `RECENT` days."""
        return self.days is not None and self.days <= RECENT


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of a map, with all that they are made of: change that and `figures` tells what would be.

    Attributes:
        members: the stakeholders.
        ties: the lines of influence between them.
        rules: what the user has set.
        leverage: on whom to bet.
        favour: where attitudes lead.
        coverage: how well we keep in touch.
    """

    members: tuple[Member, ...]
    ties: tuple[Tie, ...]
    rules: Rules
    leverage: Leverage
    favour: Favour
    coverage: Coverage

    @property
    def known(self) -> float | None:
        """The share of `QUESTIONS` that are answered over all stakeholders, 0 to 1; None on an empty map."""
        asked = len(QUESTIONS) * len(self.members)
        return 1 - sum(len(member.missing) for member in self.members) / asked if asked else None

    @property
    def missing(self) -> tuple[tuple[int, tuple[str, ...]], ...]:
        """For each stakeholder, in the order given, which of `QUESTIONS` are not answered."""
        return tuple((member.key, member.missing) for member in self.members)

    @property
    def met(self) -> float | None:
        """The share of stakeholders met in the last `RECENT` days, 0 to 1; None on an empty map."""
        return len(self.met_keys) / len(self.members) if self.members else None

    @property
    def met_keys(self) -> tuple[int, ...]:
        """Who they are."""
        return tuple(member.key for member in self.members if member.is_met)


def figures(members: Iterable[Member], ties: Iterable[Tie] = (), rules: Rules | None = None) -> Figures:
    """The figures of a map, with their terms; `ties` are the lines of influence, without those of reports-to."""
    given, lines, used = tuple(members), tuple(ties), rules or Rules()
    found = leverage(given, lines, used)
    return Figures(given, lines, used, found, favour(given, found), coverage(given, found, used.half_life))
