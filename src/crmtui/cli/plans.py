"""`plans`: communication plans, what they cost and cover, and the contacts that could be added to them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from crmtui.cli import output
from crmtui.cli.build import Command, Group, Offer, argument, flag
from crmtui.cli.desk import say
from crmtui.cli.listing import format_option
from crmtui.cli.nouns import ABOUT, verbs
from crmtui.cli.output import Format
from crmtui.domain.plans import Contact, Plan
from crmtui.domain.words import Source
from crmtui.queries import flat, proposing, records
from crmtui.text import _, ngettext

if TYPE_CHECKING:
    from crmtui.cli.desk import Desk

EXAMPLES: Final = (
    "crmtui plans add --objective 'Savings known' --account Aurora --starts-on today --ends-on +3m --budget 2k",
    "crmtui plans propose 'Finance knows the savings'",
    "crmtui plans show --why 'Finance knows the savings'",
)


def command(name: str) -> Group:
    """Make the noun with its own verbs."""
    own = Offer(_("Propose contacts for one, by coverage per cost."), _propose)
    return Group(name, _(ABOUT[name]), {**verbs(name), "propose": own}, examples=EXAMPLES)


def _propose() -> Command:
    return Command(
        "propose",
        propose,
        _("Propose contacts for a plan within budget, cadence, working days and consent; nothing is written."),
        [
            argument("ref", _("PLAN"), _("Its objective, its identity, or as many letters of either as are its own.")),
            flag("--accept", _("Plan all that is proposed, in one step; their identities are written to stdout.")),
            flag("--why", _("Also why each is proposed; JSON always says so.")),
            format_option(),
        ],
        examples=EXAMPLES[1:2],
    )


def propose(desk: Desk, ref: str, accept: bool | None, why: bool | None, form: str | None) -> None:
    """Write a draft, or plan all of it."""
    from crmtui.cli import plan_pages
    from crmtui.commands import proposals

    page = proposing.page(desk.path, records.find(desk.path, Plan, ref), desk.today)
    wanted = output.chosen(form)
    if accept:
        keys = proposals.accept(desk.path, page, page.draft.proposals, Source.CLI) if page.draft.proposals else []
        output.write_lines(flat.uids(desk.path, Contact, keys))
        say(
            ngettext(
                "Planned {count} contact. `crmtui undo` takes it back.",
                "Planned {count} contacts. `crmtui undo` takes them back.",
                len(keys),
            )
        )
    elif wanted is Format.TABLE:
        plan_pages.write_draft(page, with_why=bool(why))
        return
    else:
        output.write_data(wanted, plan_pages.DRAFT, plan_pages.draft_rows(page))
    for line in plan_pages.remarks(page):
        say(line)
