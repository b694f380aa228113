"""What each level of the relationship is about, and how to sell there: the three tables of method.md section 1."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from crmtui.domain.words import Level
from crmtui.text import N_, NP_

if TYPE_CHECKING:
    from collections.abc import Mapping

Row = tuple[str, str]
"""A label and what is said, both untranslated."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Play:
    """A level: what the customer wants and sees there; all untranslated.

    Attributes:
        sees: what it sees the supplier as.
        buys: what it buys.
        objective: its own objective.
        focus: what it looks at.
        judges: what it judges the supplier by.
        people: the key people.
        bond: what binds.
    """

    sees: str
    buys: str
    objective: str
    focus: str
    judges: str
    people: str
    bond: str

    @property
    def rows(self) -> tuple[Row, ...]:
        """Each with its label."""
        return (
            (N_("The customer sees us as"), self.sees),
            (N_("It buys"), self.buys),
            (N_("Its objective"), self.objective),
            (N_("Its focus"), self.focus),
            (N_("It judges us by"), self.judges),
            (N_("Key people"), self.people),
            (N_("Bond"), self.bond),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Selling:
    """A way to sell; all untranslated.

    Attributes:
        what: what is sold.
        sides: what the two sides are to each other.
        horizon: how far one looks.
        basis: what it is based on.
        relationship: the nature of the relationship.
        sale: the nature of the sale.
        levers: what moves the customer.
        competence: what sets us apart.
        partner: who to speak to.
    """

    what: str
    sides: str
    horizon: str
    basis: str
    relationship: str
    sale: str
    levers: str
    competence: str
    partner: str

    @property
    def rows(self) -> tuple[Row, ...]:
        """Each with its label."""
        return (
            (N_("What to sell"), self.what),
            (N_("The two sides are"), self.sides),
            (N_("Horizon"), self.horizon),
            (N_("Based on"), self.basis),
            (N_("Nature of the relationship"), self.relationship),
            (N_("Nature of the sale"), self.sale),
            (N_("Levers"), self.levers),
            (N_("Distinctive competence"), self.competence),
            (N_("Who to speak to"), self.partner),
        )


PLAYS: Final[Mapping[Level, Play]] = {
    Level.PROSPECT: Play(
        sees=N_("only a potential relationship"),
        buys=N_("nothing yet"),
        objective=N_("knowledge of the supplier"),
        focus=N_("experience, image, technical quality"),
        judges=N_("keeping promises, characteristics of product and service, way of working"),
        people=N_("assistant to the purchasing manager or to the head of the area"),
        bond=NP_("bond", "none"),
    ),
    Level.BUYER: Play(
        sees=N_("one to buy products from, not the main one"),
        buys=N_("the product"),
        objective=N_("reliable use"),
        focus=N_(
            "continuity of results and existing standards, easy integration with existing processes, "
            "operational reliability, cost of use"
        ),
        judges=N_(
            "continuity and ease of use, implementation support, efficiency of the relationship, operating standards, "
            "quality of work"
        ),
        people=N_("head of the area, purchasing manager"),
        bond=N_("mutual knowledge, interpersonal trust with end users"),
    ),
    Level.ACCOUNT: Play(
        sees=N_("a consultant with integrated solutions, among the main ones"),
        buys=N_("problem solving, support, a way of working together"),
        objective=N_("performance of its value process"),
        focus=N_("efficiency and effectiveness of work, assistance, operational professionalism, process control"),
        judges=N_("performance and output of work, know-how and expertise, work and integration process"),
        people=N_("process owner, director of function"),
        bond=N_("cooperative spirit, professionalism, interpersonal relations, a shared balanced scorecard"),
    ),
    Level.PARTNER: Play(
        sees=N_("strategic support to its business, the first to turn to"),
        buys=N_("“the company”"),
        objective=N_("change, co-business"),
        focus=N_(
            "core competence, cooperation and interdependence, institutional values, joint investment, "
            "cultural alignment"
        ),
        judges=N_("ability to advise, organisational and strategic performance, integration of know-how and processes"),
        people=N_("change leader, general management, a “strong” director of function"),
        bond=N_(
            "interpersonal trust with deciders, integration of organisational capabilities, mutual investment in "
            "improvement"
        ),
    ),
}
PRODUCT: Final = Selling(
    what=N_("sell the product"),
    sides=N_("buyer and vendor"),
    horizon=N_("here and now"),
    basis=N_("price"),
    relationship=N_("confrontation"),
    sale=N_("make the deal"),
    levers=N_("price, ease of purchase, reliability"),
    competence=N_("ease of use"),
    partner=N_("the buyer: purchasing or area head"),
)
SOLUTION: Final = Selling(
    what=N_("sell the solution"),
    sides=N_("client and consultant"),
    horizon=N_("start-up of the solution"),
    basis=N_("benefit"),
    relationship=N_("cooperation"),
    sale=N_("solve the problem"),
    levers=N_("solution fit, convenience, assistance and continuity"),
    competence=N_("assistance"),
    partner=N_("the influencers: process owners"),
)
COMPANY: Final = Selling(
    what=N_("sell the company"),
    sides=N_("partners"),
    horizon=N_("strategic plan"),
    basis=N_("trust and know-how"),
    relationship=N_("co-business"),
    sale=N_("support the change"),
    levers=N_("strategic fit, alignment of company values"),
    competence=N_("innovation"),
    partner=N_("the decider: general managers"),
)
SELLING: Final[Mapping[Level, Selling]] = {
    Level.PROSPECT: PRODUCT,
    Level.BUYER: PRODUCT,
    Level.ACCOUNT: SOLUTION,
    Level.PARTNER: COMPANY,
}
