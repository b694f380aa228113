"""What can be done on a map of a decision-making unit."""

from __future__ import annotations

from typing import Final

from crmtui.text import N_
from crmtui.tui import actions
from crmtui.tui.actions import Action
from crmtui.tui.screens.guiding import GUIDE
from crmtui.tui.screens.report_key import REPORT

ADD: Final = Action(
    id="dmu.new",
    key="n",
    label=N_("Person"),
    does="new",
    help=N_("Put a person of the account on the map, or somebody new."),
)
ROLE: Final = Action(
    id="dmu.role",
    key="N",
    label=N_("Role"),
    does="role",
    help=N_("Put a role on the map that must exist but has no name yet."),
    show=False,
)
ATTITUDE: Final = Action(
    id="dmu.attitude",
    key="a",
    label=N_("Attitude"),
    does="judge('attitude')",
    help=N_("Judge the attitude towards us; + and - take one step, x says that nobody knows."),
)
POWER: Final = Action(
    id="dmu.power", key="p", label=N_("Power"), does="judge('power')", help=N_("Judge the power over this decision.")
)
RELATIONSHIP: Final = Action(
    id="dmu.relationship",
    key="r",
    label=N_("Relationship"),
    does="judge('relationship')",
    help=N_("Judge the relationship with us."),
)
BETTER: Final = Action(
    id="dmu.better",
    key="plus",
    label=N_("Attitude up"),
    does="step(1)",
    help=N_("The attitude one step better; from unknown to neutral."),
    show=False,
)
WORSE: Final = Action(
    id="dmu.worse",
    key="minus",
    label=N_("Attitude down"),
    does="step(-1)",
    help=N_("The attitude one step worse; from unknown to neutral."),
    show=False,
)
FORGET: Final = Action(
    id="dmu.forget",
    key="x",
    label=N_("Attitude unknown"),
    does="forget",
    help=N_("Nobody knows the attitude."),
    show=False,
)
BOSS: Final = Action(
    id="dmu.boss", key="b", label=N_("Boss"), does="boss", help=N_("Say to whom the person reports here.")
)
LINE: Final = Action(
    id="dmu.line",
    key="A",
    label=N_("Line"),
    does="line",
    help=N_("Draw a line of influence or of conflict to somebody else."),
)
UNLINE: Final = Action(
    id="dmu.unline",
    key="X",
    label=N_("Take a line away"),
    does="unline",
    help=N_("Take away one of the person's lines."),
    show=False,
)
TABLE: Final = Action(
    id="dmu.table", key="t", label=N_("Table"), does="table", help=N_("Switch between the map and the table.")
)
FORMAL: Final = Action(
    id="dmu.formal",
    key="f",
    label=N_("Lines"),
    does="lines",
    help=N_("Show the formal lines, the informal ones, or both."),
)
WHOLE: Final = Action(
    id="dmu.whole",
    key="z",
    label=N_("Whole screen"),
    does="whole",
    help=N_("Give the map or the table the whole screen, or bring findings and sheet back."),
    show=False,
)
MAPS: Final = Action(
    id="dmu.maps",
    key="m",
    label=N_("Maps"),
    does="maps",
    help=N_("Go to the account's own map or to that of one of its opportunities."),
)
COMPARE: Final = Action(
    id="dmu.compare",
    key="v",
    label=N_("Compare"),
    does="compare",
    help=N_("Put another map of the account beside this one, with all in which they differ."),
)
ACCOUNT: Final = Action(
    id="dmu.account",
    key="slash",
    label=N_("Account"),
    does="account",
    help=N_("Go to the map of another account or opportunity."),
)
REMOVE: Final = Action(
    id="dmu.delete",
    key="d,delete",
    label=N_("Take off"),
    does="delete",
    help=N_("Take the person off the map, or all that are marked; undo brings them back."),
)
ALL: Final = (
    ADD, ATTITUDE, POWER, RELATIONSHIP, GUIDE, actions.EDIT, BOSS, LINE, MAPS, COMPARE, ACCOUNT, TABLE, actions.CONTACT,
    actions.WHY, FORMAL, WHOLE, REMOVE, ROLE, BETTER, WORSE, FORGET, UNLINE, REPORT,
)  # fmt: skip
