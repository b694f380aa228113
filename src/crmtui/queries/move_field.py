"""What the best next moves are looked for in: all open opportunities, their maps and cards, read in a few SELECTs.

Only what a ranking needs is worked out: leverages and coverage of each map once, and of each card what moves its
probability.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from crmtui.domain.words import BudgetRung, Computed, Level
from crmtui.method import computed
from crmtui.method.levers import MOST, Asked, Form, Levers, first_width, form, levers, without_card
from crmtui.method.move import Kind
from crmtui.method.move_field import Climb, Deal, Field
from crmtui.queries import move_plans, scenarios
from crmtui.queries.climbing import Ladders
from crmtui.queries.move_maps import Settled, Sketch
from crmtui.queries.move_plans import Plans
from crmtui.queries.stakes import Purse
from crmtui.queries.winning import Learnt, learnt
from crmtui.store.reading import moves as rows, standing, winning

if TYPE_CHECKING:
    import datetime as dt
    import sqlite3
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from crmtui.domain.workspace import Workspace
    from crmtui.method.winrate import Model
    from crmtui.store.reading.moves import Open, Reached, Running

__all__ = ["CRITERION", "Sight", "field"]

CRITERION: Final = "criterion:"  # before its code, in the mark of an action that works on a criterion
SILENT: Final = 0.01  # of P(win), by which the best card is better than the worst: below it cards have told nothing
_HOURS: Final = {  # the settings with the hours of each kind of move that no channel says them of
    **{kind: kind.value for kind in (Kind.WIN, Kind.RAISE, Kind.ASK, Kind.SCORE, Kind.MAP, Kind.GATE)},
    Kind.FIND: Kind.ASK.value,
}
_LEVELS: Final = {level.value: level for level in Level}
_RUNGS: Final = {rung.value: rung for rung in BudgetRung}
_COMPUTED: Final = {word.value: word for word in Computed}


@dataclass(frozen=True, slots=True)
class Sight:
    """What there is to choose moves from.

    Attributes:
        field: for the ranking.
        ladders: how the accounts stand that are to reach a level.
        channels: those in use, by key.
        plans: those that run, by key.
        silent: what was learnt of the cards in use, where that tells next to nothing: by template.
        today: the day.
    """

    field: Field
    ladders: Ladders
    channels: Mapping[int, Reached]
    plans: Mapping[int, Running]
    silent: Mapping[str, Model]
    today: dt.date


def field(connection: sqlite3.Connection, asked: Mapping[str, Any], settings: Workspace, today: dt.date) -> Sight:
    """Read all that a ranking looks at; `asked` has `me`, None for everybody, and `today`."""
    purse = Purse(connection, settings.base_currency)
    open_deals = rows.open_deals(connection, asked)
    left_out = rows.left_out(connection)
    targeted = [key for key in rows.climbing(connection, asked) if key not in left_out]
    planned = rows.planned(connection, asked)
    awaited = {one.person_id for one in planned}
    settled = Settled(connection, {one.key for one in open_deals}, asked, today, awaited, targeted)
    marked = rows.begun(connection)
    known = learnt(connection)
    cards = _cards(connection, known)
    deals = (
        *_open(open_deals, known, cards, settled, purse, {deal for _account, deal, _gate in marked}),
        *_to_come(known, settled, purse),
    )
    used = {card.template for card in cards.values()}
    used |= {""} if any(deal.key not in cards for deal in open_deals) or settled.to_come else set()
    ladders = Ladders(connection, targeted, settled.covers(), settings, today)
    reached, running = rows.channels(connection), rows.running_plans(connection, asked)
    channels = move_plans.channels(reached, purse)
    plans = Plans(running, planned, reached, channels, settings, today, scenarios.allowances(connection, today))
    accounts = {one.account_id for one in running if one.is_whole and one.account_id is not None}
    return Sight(
        Field(
            deals=deals,
            maps={key: found.faces for key, found in settled.maps.items()},
            gaps={key: found.gaps for key, found in settled.maps.items()},
            narrowing=settled.narrowing,
            channels=channels,
            climbs=tuple(Climb(account=key, gates=partial(ladders.missing, key)) for key in targeted),
            visits=move_plans.visits(planned, purse, today),
            courses=plans.courses(settled, standing.maps_of_accounts(connection, accounts)),
            left_out=frozenset(left_out),
            hours={kind: getattr(settings, f"move_hours_{name}") for kind, name in _HOURS.items()},
            begun=frozenset((account, deal, gate.removeprefix(CRITERION)) for account, deal, gate in marked),
        ),
        ladders,
        {one.key: one for one in reached},
        {one.key: one for one in running},
        {name: known.model(name) for name in sorted(used) if first_width(known.model(name)) < SILENT},
        today,
    )


# Opportunities


def _open(
    open_deals: Sequence[Open],
    known: Learnt,
    cards: Mapping[int, _Card],
    settled: Settled,
    purse: Purse,
    begun: Collection[int | None],
) -> Iterable[Deal]:
    """The open opportunities; of those that something is begun for more criteria are looked at than the best."""
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

    template: str
    form: Form
    grades: list[float | None]
    by_hand: list[int]

    def levers(self, figures: Mapping[Computed, float | None], most: int) -> Levers:
        """What moves its probability, the computed criteria filled."""
        for at, word in self.form.computed:
            figure = figures.get(word)
            if figure is not None and at not in self.by_hand:
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
    carded = winning.carded(connection, None)
    used = asked.keys() & {card.template_id for card in carded if card.scorecard_id}
    forms = {key: form(known.model(names[key]), asked[key]) for key in used}  # what nobody uses is not learnt
    found: dict[int, _Card] = {}
    by_card: dict[int, _Card] = {}
    for card in carded:
        if card.scorecard_id and card.template_id in forms:
            made = _Card(names[card.template_id], forms[card.template_id], [None] * len(asked[card.template_id]), [])
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


def _to_come(known: Learnt, settled: Settled, purse: Purse) -> Iterable[Deal]:
    """For accounts with a map and nothing open the next opportunity: like what was won there, at the rate of all.

    Where nothing was won nobody knows what it could bring.
    """
    if not settled.to_come:
        return
    found = without_card(known.model(""))
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
