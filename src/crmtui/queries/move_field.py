"""What the best next moves are looked for in: all open opportunities, their maps and cards, read in a few SELECTs.

Only what a ranking needs is worked out: leverages and coverage of each map once, and of each card what moves its
probability.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from heapq import nlargest
from typing import TYPE_CHECKING, Any, Final

from crmtui.domain.words import BudgetRung, Computed, Level
from crmtui.method import computed
from crmtui.method.levers import MOST, Asked, Form, Levers, first_width, form, levers, without_card
from crmtui.method.move import Channel, Deal, Field, Gate
from crmtui.queries import relationship
from crmtui.queries.move_maps import Settled, Sketch
from crmtui.queries.stakes import Purse
from crmtui.queries.winning import Learnt, learnt
from crmtui.store.reading import moves as rows, winning

if TYPE_CHECKING:
    import datetime as dt
    import sqlite3
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from crmtui.store.reading.moves import Open

__all__ = ["CRITERION", "Sight", "field"]

MOST_CLIMBING: Final = 40  # accounts whose gates are looked at
CRITERION: Final = "criterion:"  # before its code, in the mark of an action that works on a criterion
_LEVELS: Final = {level.value: level for level in Level}
_RUNGS: Final = {rung.value: rung for rung in BudgetRung}
_COMPUTED: Final = {word.value: word for word in Computed}


@dataclass(frozen=True, slots=True)
class Sight:
    """What there is to choose moves from.

    Attributes:
        field: for the ranking.
        standings: the relationship of the accounts whose gates are in `field`, by account.
    """

    field: Field
    standings: Mapping[int, relationship.Standing]


def field(connection: sqlite3.Connection, asked: Mapping[str, Any], currency: str, today: dt.date) -> Sight:
    """Read all that a ranking looks at; `asked` has `me`, None for everybody; `currency` is the workspace's."""
    purse = Purse(connection, currency)
    open_deals = rows.open_deals(connection, asked)
    settled = Settled(connection, {one.key for one in open_deals}, asked, today)
    marked = rows.begun(connection)
    deals = (
        *_open(connection, open_deals, settled, purse, {deal for _account, deal, _gate in marked}),
        *_to_come(connection, settled, purse),
    )
    left_out = rows.left_out(connection)
    climbing = _climbing(rows.climbing(connection, asked), deals, left_out)
    standings = relationship.standings_of(connection, climbing, today) if climbing else {}
    return Sight(
        Field(
            deals=deals,
            maps={key: found.faces for key, found in settled.maps.items()},
            channels=tuple(
                Channel(
                    key=one.key,
                    hours=one.hours,
                    cost=purse.units(one.cost or 0, one.currency) or 0,
                    quality=one.quality,
                )
                for one in rows.channels(connection)
            ),
            gates=tuple(_gates(standings)),
            left_out=frozenset(left_out),
            begun=frozenset((account, deal, gate.removeprefix(CRITERION)) for account, deal, gate in marked),
        ),
        standings,
    )


# Opportunities


def _open(
    connection: sqlite3.Connection,
    open_deals: Sequence[Open],
    settled: Settled,
    purse: Purse,
    begun: Collection[int | None],
) -> Iterable[Deal]:
    """The open opportunities; of those that something is begun for more criteria are looked at than the best."""
    known = learnt(connection)
    cards = _cards(connection, known)
    is_bare = any(deal.key not in cards for deal in open_deals)
    bare, width = (without_card(known.model("")), first_width(known.model(""))) if is_bare else (None, 0.0)
    for deal in open_deals:
        map_id = settled.map_of(deal.key)
        if card := cards.get(deal.key):
            figures = _figures(deal, settled.maps.get(map_id or 0))
            yield _deal(deal, card.levers(figures, MOST if deal.key in begun else 1), map_id, purse)
        elif bare:
            yield _deal(deal, bare, map_id, purse, width=width)


@dataclass(slots=True)
class _Card:
    """A scorecard: the template, the grades that were given, and which figures were set aside by hand."""

    form: Form
    grades: list[float | None]
    by_hand: list[int]

    def levers(self, figures: Mapping[Computed, float | None], most: int) -> Levers:
        """What moves its probability, the computed criteria filled."""
        for at, one in enumerate(self.form.asked):
            if one.computed is not None and at not in self.by_hand:
                figure = figures.get(one.computed)
                if figure is not None:
                    self.grades[at] = figure
        return levers(self.form, self.grades, self.by_hand, most=most)


def _cards(connection: sqlite3.Connection, known: Learnt) -> dict[int, _Card]:
    """The newest card of each open opportunity that has one."""
    asked: dict[int, list[Asked]] = defaultdict(list)
    places: dict[int, int] = {}
    names: dict[int, str] = {}
    for criterion in winning.criteria(connection):
        those = asked[criterion.template_id]
        places[criterion.criterion_id] = len(those)
        those.append(Asked(criterion.code, criterion.weight, _COMPUTED.get(criterion.computed or "")))
        names[criterion.template_id] = criterion.template
    forms = {key: form(known.model(names[key]), those) for key, those in asked.items()}
    found: dict[int, _Card] = {}
    by_card: dict[int, _Card] = {}
    for card in winning.carded(connection, None):
        if card.scorecard_id and card.template_id in forms:
            made = _Card(forms[card.template_id], [None] * len(asked[card.template_id]), [])
            found[card.opportunity_id] = by_card[card.scorecard_id] = made
    for card_id, criterion_id, grade, is_set in rows.grades(connection):
        if card_id in by_card:
            at, one = places[criterion_id], by_card[card_id]
            one.grades[at] = grade
            if is_set and one.form.asked[at].computed is not None:
                one.by_hand.append(at)
    return found


def _deal(deal: Open, found: Levers, map_id: int | None, purse: Purse, *, width: float = 0.0) -> Deal:
    stake, is_assumed = purse.stake(deal.margin, deal.value, deal.currency)
    return Deal(
        key=deal.key,
        account=deal.account_id,
        stake=stake,
        is_assumed=is_assumed,
        chance=found.chance,
        favour=found.favour,
        coverage=found.coverage,
        wins=found.wins,
        level=found.level,
        map=map_id,
        steps=found.steps,
        width=width,
    )


def _figures(deal: Open, found: Sketch | None) -> dict[Computed, float | None]:
    """What the computed criteria of an opportunity come to."""
    level, rung = _LEVELS.get(deal.level or ""), _RUNGS.get(deal.budget or "")
    return {
        **(found.grades if found else {}),
        Computed.LEVEL: computed.of_level(level) if level else None,
        Computed.BUDGET: computed.of_budget(rung) if rung else None,
    }


def _to_come(connection: sqlite3.Connection, settled: Settled, purse: Purse) -> Iterable[Deal]:
    """For accounts with a map and nothing open the next opportunity: like what was won there, at the rate of all.

    Where nothing was won nobody knows what it could bring.
    """
    if not settled.to_come:
        return
    found = without_card(learnt(connection).model(""))
    usual = {account: (margin, currency) for account, currency, margin in settled.to_come}
    for account, (margin, currency) in usual.items():
        map_id = settled.of_accounts.get(account)
        if map_id in settled.maps:
            yield Deal(
                key=-account,
                account=account,
                stake=None if margin is None or currency is None else purse.units(margin, currency),
                is_assumed=True,
                chance=found.chance,
                favour=found.favour,
                coverage=found.coverage,
                wins=found.wins,
                level=found.level,
                map=map_id,
            )


# The relationship


def _climbing(wanted: Iterable[int], deals: Sequence[Deal], left_out: Collection[int]) -> list[int]:
    """Of the accounts with a level to reach those where a step up is worth most; the gates of all would take long."""
    worth: dict[int, float] = defaultdict(float)
    for deal in deals:
        if deal.account is not None:
            worth[deal.account] += deal.level * deal.counted
    return nlargest(MOST_CLIMBING, (key for key in wanted if key not in left_out), key=lambda key: worth[key])


def _gates(standings: Mapping[int, relationship.Standing]) -> Iterable[Gate]:
    """What each account lacks for the next level, each an equal part of the step."""
    for account, found in standings.items():
        missing = found.ladder.missing
        for gate in missing:
            yield Gate(account=account, code=gate.name.value, share=1 / len(missing))
