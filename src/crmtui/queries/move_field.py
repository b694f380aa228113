"""What the best next moves are looked for in: all open opportunities, their maps and cards, read in a few SELECTs.

Only what a ranking needs is worked out: leverages and coverage of each map once, and of each card what moves its
probability.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from heapq import nlargest
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from crmtui.domain.words import BudgetRung, Computed, Level, Role
from crmtui.method import computed
from crmtui.method.coverage import Encounter, most as ceiling_of, reached
from crmtui.method.dmu import Member
from crmtui.method.favour import FULL as ADVOCATE
from crmtui.method.influence import Tie
from crmtui.method.leverage import leverage
from crmtui.method.levers import MOST, Asked, Form, Levers, first_width, form, levers, without_card
from crmtui.method.move import Channel, Deal, Face, Field, Gate
from crmtui.method.wins import STRONGEST
from crmtui.queries import relationship, standing
from crmtui.queries.stakes import Purse
from crmtui.queries.winning import Learnt, learnt
from crmtui.store.reading import moves as rows, standing as maps, winning

if TYPE_CHECKING:
    import datetime as dt
    import sqlite3
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from crmtui.method.leverage import Rules
    from crmtui.store.reading.moves import Open
    from crmtui.store.reading.standing import Judged

__all__ = ["CRITERION", "Sight", "field"]

MOST_CLIMBING: Final = 40  # accounts whose gates are looked at
CRITERION: Final = "criterion:"  # before its code, in the mark of an action that works on a criterion
_ROLES: Final = {role.value: role for role in Role}
_LEVELS: Final = {level.value: level for level in Level}
_RUNGS: Final = {rung.value: rung for rung in BudgetRung}
_COMPUTED: Final = {word.value: word for word in Computed}


class _Map(NamedTuple):
    """What a map comes to.

    Attributes:
        faces: the people on it who have a name.
        grades: of the criteria that are filled from it; None where that is not known.
    """

    faces: tuple[Face, ...]
    grades: Mapping[Computed, float | None]


@dataclass(frozen=True, slots=True)
class Sight:
    """What there is to choose moves from.

    Attributes:
        field: for the ranking.
        gates: the gates of `field` as the relationship has them, with the people there, by account and name.
    """

    field: Field
    standings: Mapping[int, relationship.Standing]


def field(connection: sqlite3.Connection, asked: Mapping[str, Any], currency: str, today: dt.date) -> Sight:
    """Read all that a ranking looks at; `asked` has `me`, None for everybody; `currency` is the workspace's."""
    purse = Purse(connection, currency)
    open_deals = rows.open_deals(connection, asked)
    settled = _Settled(connection, {one.key for one in open_deals}, asked, today)
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


# Maps


class _Settled:
    """The maps that opportunities go by, each worked out once."""

    def __init__(
        self, connection: sqlite3.Connection, deals: set[int], asked: Mapping[str, Any], today: dt.date
    ) -> None:
        self.to_come = rows.without_open(connection, asked)
        of_deals = maps.maps_of_opportunities(connection, None)
        self.of_deals = {key: of_deals[key][0] for key in deals if key in of_deals}
        self.of_accounts = maps.maps_of_accounts(connection, {row[0] for row in self.to_come})
        wanted = {*self.of_deals.values(), *self.of_accounts.values()}
        self.maps = dict(_maps(connection, wanted, today))

    def map_of(self, deal: int) -> int | None:
        """The map that an opportunity goes by; None where nobody is on one."""
        key = self.of_deals.get(deal)
        return key if key in self.maps else None


def _maps(connection: sqlite3.Connection, wanted: Iterable[int], today: dt.date) -> Iterable[tuple[int, _Map]]:
    """The maps with somebody on them."""
    keys = list(wanted)
    rules = standing.rules(connection)
    ties = maps.ties(connection, keys)
    covered = {
        person: reached((Encounter(one.quality, one.days) for one in met), rules.half_life)
        for person, met in maps.encounters(connection, keys, today).items()
    }
    chosen = _Ways(rows.preferred(connection), rows.refused(connection), rows.awaited(connection), covered)
    for key, people in maps.judged(connection, keys).items():
        yield key, _map(people, [Tie(*one) for one in ties.get(key, ())], rules, chosen)


class _Ways(NamedTuple):
    """What is known of all people: the channel preferred, those refused, who is awaited, how well each is covered."""

    preferred: Mapping[int, int]
    refused: Mapping[int, set[int]]
    awaited: set[int]
    covered: Mapping[int, float]


def _map(people: Sequence[Judged], ties: list[Tie], rules: Rules, ways: _Ways) -> _Map:
    members = [
        Member(
            key=one.key,
            is_named=one.person_id is not None,
            roles=tuple(_ROLES[role] for role in one.roles.split(",") if role),
            power=one.power,
            openness=one.openness,
            reports_to=one.reports_to_id,
        )
        for one in people
    ]
    weighed = leverage(members, ties, rules)
    faces: list[Face] = []
    favour = coverage = won = 0.0
    for one, term in zip(people, weighed.terms, strict=True):
        favour += term.leverage * (one.attitude or 0) / ADVOCATE
        won += term.leverage * (_won(one) or 0.0)
        if one.person_id is not None:
            face = _face(one, term.leverage, ways)
            faces.append(face)
            coverage += face.weight * face.covered
    known = any(one.attitude is not None for one in people)
    any_win = any(one.has_win and one.win_strength is not None for one in people)
    return _Map(
        tuple(faces),
        {
            Computed.FAVOUR: computed.of_favour(favour) if known else None,
            Computed.COVERAGE: computed.of_share(coverage),
            Computed.WINS: computed.of_share(won) if any_win else None,
        },
    )


def _face(one: Judged, weight: float, ways: _Ways) -> Face:
    person = one.person_id or 0
    ceiling = ceiling_of(one.relationship)
    ceiling = 1.0 if ceiling is None else ceiling
    return Face(
        person=person,
        weight=weight,
        covered=min(ceiling, ways.covered.get(person, 0.0)),
        ceiling=ceiling,
        attitude=one.attitude,
        preferred=ways.preferred.get(person),
        refused=frozenset(ways.refused.get(person, ())),
        is_awaited=person in ways.awaited,
        won=_won(one),
    )


def _won(one: Judged) -> float | None:
    """How convincing a personal win is, 0 to 1; None where there is one that nobody has judged."""
    if not one.has_win:
        return 0.0
    return None if one.win_strength is None else one.win_strength / STRONGEST


# Opportunities


def _open(
    connection: sqlite3.Connection,
    open_deals: Sequence[Open],
    settled: _Settled,
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


def _figures(deal: Open, found: _Map | None) -> dict[Computed, float | None]:
    """What the computed criteria of an opportunity come to."""
    level, rung = _LEVELS.get(deal.level or ""), _RUNGS.get(deal.budget or "")
    return {
        **(found.grades if found else {}),
        Computed.LEVEL: computed.of_level(level) if level else None,
        Computed.BUDGET: computed.of_budget(rung) if rung else None,
    }


def _to_come(connection: sqlite3.Connection, settled: _Settled, purse: Purse) -> Iterable[Deal]:
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
