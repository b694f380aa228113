"""The stakeholders of a page as the cards and lines of the map."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from crmtui.domain.words import EdgeKind
from crmtui.queries.stakeholder_table import roles
from crmtui.text import _, line
from crmtui.tui import show
from crmtui.tui.widgets.map_layout import Card, Edge

if TYPE_CHECKING:
    from crmtui.queries.dmu import DmuPage, Sheet

LITTLE: Final = 0.5  # of an equal share of the leverage: below, a card is drawn dim


def cards(page: DmuPage) -> list[Card]:
    """A card for each stakeholder."""
    return [_card(page, sheet) for sheet in page.sheets]


def edges(page: DmuPage) -> list[Edge]:
    """The lines between them."""
    return [
        Edge(
            edge.source_id,
            edge.target_id,
            "conflict" if edge.kind is EdgeKind.CONFLICT else "influence",
            edge.strength,
            edge.is_formal,
        )
        for edge in page.edges
    ]


def short_name(sheet: Sheet) -> str:
    """`Bianchi L.` where the parts of the name are known, else the whole name."""
    person = sheet.person
    if person is None or not (person.family_name and person.given_name):
        return sheet.name
    return line(f"{person.family_name} {person.given_name[0]}.")


def bet(leverage: float) -> str:
    """How much of the bet to place on somebody."""
    return _("bet {share}").format(share=show.percent(leverage).plain)


def _card(page: DmuPage, sheet: Sheet) -> Card:
    stakeholder = sheet.stakeholder
    leverage = page.figures.leverage.of(sheet.key)
    said = roles(stakeholder.roles) or _("role {unknown}").format(unknown=show.glyphs().unknown)
    return Card(
        key=stakeholder.id,
        title=f"{short_name(sheet)}\t{sheet.position if sheet.person else ''}",
        lines=("\t".join((said, bet(leverage), show.percent(leverage).plain)),),
        reports_to=stakeholder.reports_to_id,
        attitude=stakeholder.attitude,
        placeholder=sheet.person is None,
        block=page.is_block(sheet.key),
        dim=leverage * len(page.sheets) < LITTLE,
    )
