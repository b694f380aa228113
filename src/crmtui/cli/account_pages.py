"""The figures of an account, as `showing` asks for them: level, strength, favour, coverage, business, profile."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from crmtui.cli import account_business, assessment_pages, dmu_pages, dmu_why, output
from crmtui.cli.equity_pages import told as equity_told
from crmtui.cli.tables import bold
from crmtui.queries import (
    accounts,
    dmu,
    equity,
    equity_table,
    equity_words as words,
    postures,
    relationship,
    repeat,
    repeat_words,
)
from crmtui.queries.equity_words import in_units
from crmtui.text import _

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from crmtui.cli.account_business import Business
    from crmtui.queries.accounts import Profile
    from crmtui.queries.dmu import DmuPage
    from crmtui.queries.equity import Line
    from crmtui.queries.equity_basis import Basis
    from crmtui.queries.postures import ByHand
    from crmtui.queries.relationship import RelationshipPage
    from crmtui.queries.repeat import RepeatPage

MOST_MISSING: Final = 4  # things missing from the profile that are named


@dataclass(frozen=True, slots=True)
class Page:
    """How we stand with an account.

    Attributes:
        relationship: its level, gates and strength.
        unit: its own map.
        profile: how much of what has to be known of it is known.
        posture: what is done with it, as set by hand; None where nobody set anything.
        business: what it has from us and what we owe it.
        worth: works out what it is worth, which rests on all accounts: asked where the terms are.
        orders: works out how accounts order, likewise.
    """

    relationship: RelationshipPage
    unit: DmuPage
    profile: Profile
    posture: ByHand | None
    business: Business
    worth: Callable[[], tuple[Basis, Line | None]]
    orders: Callable[[], RepeatPage]


def read(path: Path, key: int, today: dt.date) -> Page:
    """How we stand with an account; NotFoundError if it is gone."""
    account = accounts.page(path, key, today)
    return Page(
        relationship.page(path, key, today),
        dmu.page_at(path, dmu.Place(account_id=key), today),
        account.profile,
        account.posture,
        account_business.read(path, key, account.white, today),
        partial(equity.of_account, path, key, today),
        partial(repeat.page, path, today),
    )


def brief(page: Page) -> Iterator[str]:
    """The figures with their bands, a line each."""
    yield from assessment_pages.brief(page.relationship)
    if page.unit.sheets:
        yield dmu_pages.brief(page.unit)
    else:
        yield _("favour and coverage unknown: nobody is on its map")
    yield _profile(page.profile)
    if page.posture:
        yield _("posture {told}").format(told=postures.told(page.posture))
    yield from account_business.brief(page.business)


def _profile(profile: Profile) -> str:
    told = _("profile {share:.0f} % known").format(share=profile.share * 100)
    missing = [_(label) for label in profile.missing]
    if not missing:
        return told
    more = len(missing) - MOST_MISSING
    names = ", ".join(missing[:MOST_MISSING]) + (_(" and {count} more").format(count=more) if more > 0 else "")
    return _("{told}; missing: {names}").format(told=told, names=names)


def write_why(page: Page) -> None:
    """Write what level and strength are made of, then favour and coverage, white space and delivery."""
    output.write_lines(["", bold(_("Why this level"))])
    assessment_pages.write_gates(page.relationship, with_why=True)
    output.write_lines(["", bold(_("Why this strength")), *assessment_pages.strength_terms(page.relationship)])
    basis, line = page.worth()
    told = (
        repeat_words.account(page.orders(), basis, line, in_units(basis.rates.currency))
        if line
        else [(_("no figure"), words.silence(basis))]
    )
    output.write_lines(["", bold(_("Why this value")), *equity_told(told)])
    if page.unit.sheets:
        dmu_why.write(page.unit)
    account_business.write_why(page.business)


def row(page: Page, *, why: bool) -> dict[str, Any]:
    """The same for programs; `why` adds every gate and everybody on the map."""
    ladder, unit = page.relationship.standing.ladder, page.unit
    figures: dict[str, Any] = {
        "level": page.relationship.account.level.value,
        "computed": ladder.computed.value,
        "level_low": ladder.low.value,
        "level_high": ladder.high.value,
        "completeness": ladder.completeness,
        "strength": assessment_pages.strength(page.relationship),
        **dmu_pages.figures(unit),
        "profile": page.profile.share,
        "profile_missing": list(page.profile.missing),
        **account_business.row(page.business, why=why),
    }
    if why:
        figures["equity"] = _worth(page)
        figures["gates"] = assessment_pages.gates(page.relationship)
        figures["people"] = [
            {"uid": sheet.stakeholder.uid, "name": sheet.name, **dmu_pages.terms(unit, sheet)} for sheet in unit.sheets
        ]
    return figures


def _worth(page: Page) -> dict[str, Any] | None:
    """What it is worth, in minor units of the workspace's own currency; None where nobody can say."""
    basis, line = page.worth()
    if line is None:
        return None
    found, ahead = line.worth, page.orders().forecasts.get(line.key)
    return {
        "value": round(found.value),
        "low": None,
        "high": None,
        **equity_table.ends(found, in_units(basis.rates.currency)),
        "currency": basis.rates.currency,
        "of_level": round(found.of_state),
        "own": round(found.own),
        "reward": None if found.reward is None else round(found.reward),
        "has_left": ahead.has_left if ahead else None,
    }
