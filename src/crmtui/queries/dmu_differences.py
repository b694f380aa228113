"""Two maps side by side: who is on one only, and what is judged otherwise."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from crmtui.domain import values
from crmtui.domain.dmu import Influence, Stakeholder
from crmtui.domain.fields import specs
from crmtui.domain.words import EdgeKind
from crmtui.queries import dmu
from crmtui.text import N_, _, key as folded

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator
    from pathlib import Path

    from crmtui.queries.dmu import DmuPage, Place, Sheet

PRESENT: Final = "present"  # the field of somebody who is on one map only
LEVERAGE: Final = "leverage"
LINE: Final = "line"
LEAST: Final = 0.005  # of a leverage: less is not shown as another figure
_SPECS: Final = specs(Stakeholder)
_COMPARED: Final = (
    *("position", "rank", "roles", "veto", "power", "attitude", "openness", "relationship"),
    *("win", "win_strength", "criteria", "objectives"),
)
_LABELS: Final = {PRESENT: N_("On the map"), LEVERAGE: N_("Bet")}


@dataclass(frozen=True, slots=True)
class Difference:
    """Something that is otherwise on the second map.

    Attributes:
        name: of whom; cleaned text.
        field: the stakeholder's field, or `PRESENT`, `LEVERAGE` or `LINE`.
        label: what the field is called, in the user's language.
        first: how it is on the first map, in the user's language; '' for not there.
        second: how it is on the second.
        first_key: the stakeholder on the first map; None where nobody is there.
        second_key: so also on the second.
    """

    name: str
    field: str
    label: str
    first: str
    second: str
    first_key: int | None
    second_key: int | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two maps and all in which they differ, the weightiest person on either first.

    Attributes:
        first: the map that is compared.
        second: the one that it is compared with.
        differences: all of them.
    """

    first: DmuPage
    second: DmuPage
    differences: tuple[Difference, ...]


def compared(path: Path, first: Place, second: Place, today: dt.date) -> Comparison:
    """Compare two maps; NotFoundError if what one is of is gone."""
    pages = (dmu.page_at(path, first, today), dmu.page_at(path, second, today))
    return Comparison(*pages, tuple(differences(*pages)))


def differences(first: DmuPage, second: DmuPage) -> Iterator[Difference]:
    """In what two maps differ; persons are the same by their record, roles without a name by their position."""
    here, there = ({_identity(sheet): sheet for sheet in page.sheets} for page in (first, second))
    everybody = sorted({**here, **there}, key=lambda one: -_weight(first, here.get(one), second, there.get(one)))
    for one in everybody:
        pair = (here.get(one), there.get(one))
        if pair[0] and pair[1]:
            yield from _between(first, pair[0], second, pair[1])
        else:
            yield _told(pair, PRESENT, *(_("yes") if sheet else _("no") for sheet in pair))
    yield from _lines(first, second)


def _identity(sheet: Sheet) -> tuple[int, str]:
    return (sheet.person.id, "") if sheet.person else (0, folded(sheet.name))


def _weight(first: DmuPage, here: Sheet | None, second: DmuPage, there: Sheet | None) -> float:
    """The greater of the two leverages."""
    return max(
        first.figures.leverage.of(here.key) if here else 0.0, second.figures.leverage.of(there.key) if there else 0.0
    )


def _between(first: DmuPage, here: Sheet, second: DmuPage, there: Sheet) -> Iterator[Difference]:
    """What is otherwise of somebody who is on both."""
    pair = (here, there)
    bets = (first.figures.leverage.of(here.key), second.figures.leverage.of(there.key))
    if abs(bets[0] - bets[1]) >= LEAST:
        yield _told(pair, LEVERAGE, *(f"{bet * 100:.0f} %" for bet in bets))
    for field in _COMPARED:
        found = [getattr(sheet.stakeholder, field) for sheet in pair]
        if found[0] != found[1]:
            yield _told(pair, field, *(values.label(_SPECS[field], value) for value in found))
    for field, names in (
        ("reports_to_id", (_boss(first, here), _boss(second, there))),
        ("covered_by_id", (here.covered_by, there.covered_by)),
        ("competitor_id", (here.competitor, there.competitor)),
    ):
        if names[0] != names[1]:
            yield _told(pair, field, *names)


def _boss(page: DmuPage, sheet: Sheet) -> str:
    boss = page.sheet(sheet.stakeholder.reports_to_id)
    return boss.name if boss else ""


def _lines(first: DmuPage, second: DmuPage) -> Iterator[Difference]:
    """Lines between the same two that are on one map only, or of another strength."""
    here, there = _drawn(first), _drawn(second)
    for one in dict.fromkeys((*here, *there)):
        if here.get(one) != there.get(one):
            source, sentence = one
            sheets = tuple(_called(page, source) for page in (first, second))
            yield Difference(
                sheets[0].name if sheets[0] else sheets[1].name if sheets[1] else "",
                LINE,
                sentence,
                here.get(one, ""),
                there.get(one, ""),
                *(sheet.key if sheet else None for sheet in sheets),
            )


def _drawn(page: DmuPage) -> dict[tuple[tuple[int, str], str], str]:
    """The strength of each line in words, by who it begins at and what it says."""
    found = {}
    for edge in page.edges:
        source, target = page.sheet(edge.source_id), page.sheet(edge.target_id)
        if source and target:
            words = _("in conflict with {name}") if edge.kind is EdgeKind.CONFLICT else _("influences {name}")
            sentence = words.format(name=target.name) + (f", {_('formal')}" if edge.is_formal else "")
            found[_identity(source), sentence] = values.label(specs(Influence)["strength"], edge.strength)
    return found


def _called(page: DmuPage, identity: tuple[int, str]) -> Sheet | None:
    return next((sheet for sheet in page.sheets if _identity(sheet) == identity), None)


def _told(pair: tuple[Sheet | None, Sheet | None], field: str, first: str, second: str) -> Difference:
    keys = [sheet.key if sheet else None for sheet in pair]
    name = next(sheet.name for sheet in pair if sheet)
    label = _(_LABELS.get(field) or _SPECS[field].label)
    return Difference(name, field, label, first, second, *keys)
