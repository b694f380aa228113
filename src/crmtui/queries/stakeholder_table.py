"""The stakeholders of a map as a table: what is judged of each, and what follows for whom to bet on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from crmtui.domain.dmu import Stakeholder
from crmtui.domain.fields import specs
from crmtui.domain.words import Role
from crmtui.queries.lists import Shape
from crmtui.queries.worked import Table, worked
from crmtui.text import N_, NP_, _, key as folded, line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from crmtui.queries.dmu import DmuPage, Sheet

# The roles that say most of a person come first, since a card has room for few.
_FIRST: Final = (Role.DECIDER, Role.BUYER, Role.INFLUENCER, Role.GATEKEEPER, Role.USER, Role.COACH, Role.INITIATOR)
_SPECS: Final = specs(Stakeholder)
DIGITS: Final = 4  # of a share


class Row(NamedTuple):
    """A stakeholder on the map that it is of."""

    page: DmuPage
    sheet: Sheet

    @property
    def kept(self) -> Stakeholder:
        """The record."""
        return self.sheet.stakeholder

    @property
    def bet(self) -> float | None:
        """How much of the bet to place on them."""
        return _rounded(self.page.figures.leverage.of(self.sheet.key))

    @property
    def cover(self) -> float | None:
        """How well they are covered; None for a position that nobody fills yet."""
        return _rounded(self.page.figures.coverage.of(self.sheet.key)) if self.sheet.person else None


def rows(page: DmuPage | None) -> list[Row]:
    """The stakeholders of a page, as on the map."""
    return [Row(page, sheet) for sheet in page.sheets] if page else []


def roles(given: Iterable[Role]) -> str:
    """The roles, those that say most first."""
    return ", ".join(_(role.label) for role in sorted(given, key=_FIRST.index))


def graded(field: str, value: int | None) -> str:
    """A judgement by its word; '' where nobody judged."""
    return "" if value is None else _(_SPECS[field].names[value])


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, DIGITS)


def _text(of: Callable[[Row], str]) -> Callable[[Row], str | None]:
    """What a text is sorted by, without regard to accents."""
    return lambda one: folded(of(one)) or None


TABLE: Final[Table[Row]] = Table(
    noun="stakeholders",
    title=N_("Stakeholders"),
    account=lambda one: one.sheet.key,
    columns=(
        worked("uid", N_("Identity"), lambda one: one.kept.uid),
        worked("map", N_("Map"), lambda one: one.page.title),
        worked("name", N_("Name"), lambda one: line(one.sheet.name), by=_text(lambda one: one.sheet.name)),
        worked(
            "position", N_("Position"), lambda one: line(one.sheet.position), by=_text(lambda one: one.sheet.position)
        ),
        worked(
            "roles",
            N_("Roles"),
            lambda one: [role.value for role in one.kept.roles],
            said=lambda one: roles(one.kept.roles),
            by=lambda one: roles(one.kept.roles) or None,
        ),
        worked("bet", NP_("column", "Bet"), lambda one: one.bet, Shape.SHARE),
        worked("power", NP_("column", "Power"), lambda one: one.kept.power, Shape.NUMBER),
        worked(
            "attitude",
            NP_("column", "Attitude"),
            lambda one: one.kept.attitude,
            said=lambda one: graded("attitude", one.kept.attitude),
        ),
        worked(
            "relationship",
            N_("Relation"),
            lambda one: one.kept.relationship,
            said=lambda one: graded("relationship", one.kept.relationship),
        ),
        worked("cover", N_("Cover"), lambda one: one.cover, Shape.SHARE),
        worked(
            "covered",
            N_("Covered by"),
            lambda one: line(one.sheet.covered_by),
            by=_text(lambda one: one.sheet.covered_by),
        ),
        worked(
            "last", N_("Last"), lambda one: one.sheet.last_contact and one.sheet.last_contact.isoformat(), Shape.PAST
        ),
        worked("win", N_("Win"), lambda one: line(one.kept.win), by=_text(lambda one: one.kept.win)),
    ),
    shown=("name", "position", "roles", "bet", "power", "attitude", "relationship", "cover", "covered", "last", "win"),
    fields=(),
    is_one_each=False,
)
