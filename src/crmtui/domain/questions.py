"""The questions that help to judge somebody: each answer leads to another question, or arrives at a judgement."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from crmtui.domain.words import Role
from crmtui.text import N_

if TYPE_CHECKING:
    from collections.abc import Mapping

    from crmtui.domain.values import Value


@dataclass(frozen=True, slots=True)
class Reply:
    """One of the answers to a question.

    Attributes:
        label: the answer, untranslated.
        leads_to: the code of the next question; '' where it arrives.
        arrives_at: the value of the field that was asked for; None for unknown.
    """

    label: str
    leads_to: str = ""
    arrives_at: Value = None


@dataclass(frozen=True, slots=True)
class Question:
    """A question about somebody, untranslated, and its answers."""

    text: str
    replies: tuple[Reply, ...]


UNKNOWN: Final = Reply(N_("nobody knows"))
# The first question of each field of a stakeholder, in the order in which they are asked.
FIRST: Final = {"roles": "part", "power": "no", "attitude": "lately", "relationship": "call"}
QUESTIONS: Final[Mapping[str, Question]] = {
    "part": Question(
        N_("What is the person's part in this decision?"),
        (
            Reply(N_("says the last yes or no, or signs"), arrives_at=(Role.DECIDER,)),
            Reply(N_("chooses the supplier, negotiates, orders"), arrives_at=(Role.BUYER,)),
            Reply(N_("sets requirements, tests, advises"), arrives_at=(Role.INFLUENCER,)),
            Reply(N_("will work with what is bought"), arrives_at=(Role.USER,)),
            Reply(N_("lets people and information in, or keeps them out"), arrives_at=(Role.GATEKEEPER,)),
            Reply(N_("was the first to see the need"), arrives_at=(Role.INITIATOR,)),
            Reply(N_("guides us inside, in confidence"), arrives_at=(Role.COACH,)),
            Reply(UNKNOWN.label, arrives_at=()),
        ),
    ),
    "no": Question(
        N_("If the person said no today, what would happen?"),
        (
            Reply(N_("it would be over"), "yes"),
            Reply(N_("the others would first have to win the person over"), "asked"),
            Reply(N_("it would go on all the same"), "opinion"),
            UNKNOWN,
        ),
    ),
    "yes": Question(
        N_("And if the person said yes, and the others no?"),
        (Reply(N_("it would be done"), arrives_at=4), Reply(N_("it would not be done"), arrives_at=3)),
    ),
    "asked": Question(
        N_("Is the person asked before it is decided?"),
        (Reply(N_("always"), arrives_at=3), Reply(N_("sometimes"), arrives_at=2)),
    ),
    "opinion": Question(
        N_("Does anybody want to know what the person thinks?"),
        (Reply(N_("some do"), arrives_at=1), Reply(N_("nobody does"), arrives_at=0), UNKNOWN),
    ),
    "lately": Question(
        N_("What has the person lately done for us, or against us?"),
        (
            Reply(N_("spoke for us when we were not there"), arrives_at=2),
            Reply(N_("agreed, or helped when we asked"), arrives_at=1),
            Reply(N_("objected, or put things off"), "against"),
            Reply(N_("nothing that we saw"), "spoken"),
        ),
    ),
    "against": Question(
        N_("Does the person work against us when we are not there, or for another supplier?"),
        (Reply(N_("yes"), arrives_at=-2), Reply(N_("not that we know"), arrives_at=-1)),
    ),
    "spoken": Question(
        N_("Have we spoken with the person about this decision?"),
        (Reply(N_("yes, and there was no preference"), arrives_at=0), Reply(N_("not yet"))),
    ),
    "call": Question(
        N_("If you called the person now, what would happen?"),
        (
            Reply(N_("the person would not know who we are"), arrives_at=0),
            Reply(N_("the person would take the call"), "together"),
            Reply(N_("the person would tell us what not everybody is told"), "wrong"),
            UNKNOWN,
        ),
    ),
    "together": Question(
        N_("Is there something that you do together?"),
        (Reply(N_("yes"), arrives_at=2), Reply(N_("not yet"), arrives_at=1)),
    ),
    "wrong": Question(
        N_("When something of ours goes wrong, does the person defend us?"),
        (Reply(N_("yes"), arrives_at=4), Reply(N_("not that we know"), arrives_at=3)),
    ),
}
