"""The nouns: each is a command with the verbs that every record knows."""

from __future__ import annotations

import importlib
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from crmtui.cli.build import Group, Offer
from crmtui.text import N_, _

if TYPE_CHECKING:
    from collections.abc import Mapping

VERBS: Final = {
    "list": ("listing", N_("List them.")),
    "show": ("showing", N_("Show everything about one.")),
    "add": ("adding", N_("Add one.")),
    "edit": ("editing", N_("Change one.")),
    "delete": ("deleting", N_("Delete some; `undo` brings them back.")),
}
ABOUT: Final[Mapping[str, str]] = {
    "accounts": N_("Customer organisations."),
    "people": N_("Who works there, and how they want to be reached."),
    "opportunities": N_("What could be sold, to whom and when."),
    "propositions": N_("The value proposition, line by line: need, offer, benefit, proof."),
    "plans": N_("What we want to say to whom, in a period."),
    "objectives": N_("What is to be reached with whom, and by when."),
    "strategies": N_("The ways towards an objective."),
    "actions": N_("Who of ours does what until when."),
    "contacts": N_("Meetings, calls and mails: planned, or happened."),
    "offerings": N_("What we sell."),
    "orders": N_("What customers ordered."),
    "projects": N_("What was sold, and is being delivered."),
    "promises": N_("What we promised, and whether we kept it."),
    "requests": N_("What customers asked for, and when they were answered."),
    "feedback": N_("How satisfied customers say they are."),
    "competitors": N_("Who else they could choose."),
    "actors": N_("Our own people."),
    "programmes": N_("Programmes for priority customers: what they get, what it costs, and whether they stay."),
    "areas": N_("Where accounts share a trip."),
    "curves": N_("How accounts answer to effort: what they would buy with none of it, half, more, and most."),
    "scenarios": N_("Plans of the territory that were kept."),
    "criteria": N_("What makes accounts attractive and relationships strong, with weights: the axes of the matrix."),
    "grades": N_("How accounts are graded by hand on the criteria of the matrix that are not computed."),
}
EXAMPLES: Final[Mapping[str, tuple[str, ...]]] = {
    "accounts": (
        "crmtui accounts list 'level:buyer last>60d'",
        "crmtui accounts add --name Helios --owner Anna --tag pilot",
        "crmtui accounts list --sort -favour --columns name,favour,coverage --format csv",
        "crmtui accounts show helios --why",
    ),
    "people": (
        "crmtui people add --given-name Laura --family-name Bianchi --account Aurora --email l.bianchi@aurora.eu",
    ),
    "propositions": (
        "crmtui propositions add --account Aurora --need 'stops of line 2' --offer 'remote service' --benefit '-30 %'",
    ),
    "opportunities": (
        'crmtui opportunities add --name "Line 4" --account Aurora --value "180k EUR" --expected-on +3m',
        "crmtui opportunities list account:none --format csv",
        "crmtui opportunities list 'win>50%' --sort -ev --columns fields,win,ev",
        "crmtui opportunities show 'Line 4' --why",
    ),
}


def command(name: str) -> Group:
    """Make the command of a noun."""
    return Group(name, _(ABOUT[name]), verbs(name), examples=EXAMPLES.get(name, ()))


def verbs(noun: str) -> dict[str, Offer]:
    """The verbs of a noun."""
    return {verb: Offer(_(about), partial(_make, module, noun)) for verb, (module, about) in VERBS.items()}


def _make(module: str, noun: str) -> Any:  # noqa: ANN401 - a command
    return importlib.import_module(f"crmtui.cli.{module}").command(noun)
