"""What there are reports on, and the sections of each, by which they are chosen."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Final, NamedTuple

from crmtui.exchange.report.document import Section
from crmtui.text import N_, _

if TYPE_CHECKING:
    from collections.abc import Mapping

    from crmtui.exchange.report.document import Block


class Report(StrEnum):
    """What there are reports on."""

    ACCOUNT = "account"
    OPPORTUNITY = "opportunity"
    DMU = "dmu"
    QUARTER = "quarter"
    PORTFOLIO = "portfolio"


# What a report is on; that on all customers is on nothing less.
SUBJECTS: Final[Mapping[Report, str]] = {
    Report.ACCOUNT: "account",
    Report.OPPORTUNITY: "opportunity",
    Report.DMU: "account",
    Report.QUARTER: "account",
}
# The sections of each, in order. A DMU sheet has one more for the map of each open opportunity.
SECTIONS: Final[Mapping[Report, tuple[str, ...]]] = {
    Report.ACCOUNT: ("profile", "relationship", "dmu", "opportunities", "value", "plan", "actions", "delivery"),
    Report.OPPORTUNITY: ("basics", "chance", "scorecard", "dmu", "value"),
    Report.DMU: ("dmu",),
    Report.QUARTER: ("business", "delivery", "contacts", "relationship", "value", "ahead"),
    Report.PORTFOLIO: ("matrix", "segments", "hours", "equity", "white", "learning"),
}
TITLES: Final[Mapping[str, str]] = {
    "profile": N_("Profile"),
    "relationship": N_("Relationship"),
    "dmu": N_("Decision-making unit"),
    "opportunities": N_("Opportunities"),
    "value": N_("Value proposition"),
    "plan": N_("Communication plan"),
    "actions": N_("Action plan"),
    "delivery": N_("Delivery"),
    "basics": N_("Opportunity"),
    "chance": N_("Probability of winning"),
    "scorecard": N_("Scorecard"),
    "business": N_("Business of the quarter"),
    "contacts": N_("How we met"),
    "ahead": N_("The next quarter"),
    "matrix": N_("Matrix"),
    "segments": N_("Segments"),
    "hours": N_("Effort"),  # the report names it by its unit
    "equity": N_("Customer equity"),
    "white": N_("White space"),
    "learning": N_("Learning"),
}
# Those of which the customer may see something; of the others nothing leaves the house.
SHARED: Final = frozenset({"profile", "value", "plan", "delivery", "basics", "business", "contacts", "ahead"})


class Part(NamedTuple):
    """A section that a report may have.

    Attributes:
        id: its name, by which it is chosen.
        title: its heading.
        is_shared: whether the customer may see something of it.
    """

    id: str
    title: str
    is_shared: bool


def offered(what: Report) -> tuple[Part, ...]:
    """The sections that every report of a kind may have, in order; one that has nothing to say is not in it."""
    return tuple(Part(name, _(TITLES[name]), name in SHARED) for name in SECTIONS[what])


def section(name: str, blocks: tuple[Block, ...], instead: str = "") -> Section:
    """A section of a report.

    Args:
        name: one of `TITLES`.
        blocks: what it says.
        instead: what is said when there is nothing to say; '' leaves it out.
    """
    return Section(id=name, title=_(TITLES[name]), blocks=blocks, instead=instead)
