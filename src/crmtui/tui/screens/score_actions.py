"""What can be done on the page of an opportunity."""

from __future__ import annotations

from typing import Final

from crmtui.text import N_
from crmtui.tui.actions import Action

EVIDENCE: Final = Action(
    id="scorecard.evidence",
    key="e",
    label=N_("Evidence"),
    help=N_("Write down what the grade under the cursor rests on, who says so, and whether it is confirmed."),
)
RIVAL: Final = Action(
    id="scorecard.rival", key="a", label=N_("Add a competitor"), help=N_("Put a competitor beside us on the card.")
)
DROP: Final = Action(
    id="scorecard.drop",
    key="d,delete",
    label=N_("Take off"),
    help=N_("Take the competitor under the cursor off the card; older cards keep it."),
)
PAST: Final = Action(
    id="scorecard.past",
    key="O",
    label=N_("Older cards"),
    help=N_("See how it was scored on another day; the latest card is the one that is scored."),
)
RECORD: Final = Action(
    id="scorecard.record",
    key="o",
    label=N_("Opportunity"),
    help=N_("Change the opportunity itself: value, dates, need, next step."),
)
CLOSE: Final = Action(
    id="scorecard.close",
    key="x",
    label=N_("Won or lost"),
    help=N_("Close the opportunity: how it ended, why, and what was learnt."),
)
RENEW: Final = Action(
    id="scorecard.renew",
    key="T",
    label=N_("Newer template"),
    help=N_("Go on with the newer template; grades of the same criteria come along."),
)
TEMPLATE: Final = Action(
    id="scorecard.template",
    key="t",
    label=N_("Template"),
    help=N_("Choose another template for this opportunity; grades of the same criteria come along."),
    show=False,
)
EDITOR: Final = Action(
    id="scorecard.editor",
    key="E",
    label=N_("Editor"),
    help=N_("Write the evidence in your own editor ($EDITOR)."),
    show=False,
)
BUDGET: Final = Action(
    id="scorecard.budget",
    key="b",
    label=N_("Budget step"),
    does="budget(1)",
    help=N_("The creation of a budget has come one step further: aware, wants to act, risk accepted, set."),
)
BUDGET_BACK: Final = Action(
    id="scorecard.budget_back",
    key="B",
    label=N_("Budget step back"),
    does="budget(-1)",
    help=N_("The creation of a budget is one step back."),
    show=False,
)
LATEST_ONLY: Final = frozenset({"evidence", "rival", "drop", "renew", "editor", "budget", "template"})
