"""`plans`: communication plans, what they cost and cover, and the contacts that could be added to them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from crmtui.cli import output
from crmtui.cli.build import Command, Group, Offer, argument, flag
from crmtui.cli.desk import say
from crmtui.cli.editing import ref_argument
from crmtui.cli.listing import format_option
from crmtui.cli.nouns import ABOUT, verbs
from crmtui.cli.output import Format
from crmtui.domain.plans import Contact, Plan
from crmtui.domain.words import Source
from crmtui.queries import flat, plans, proposing, records
from crmtui.text import _, ngettext

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crmtui.cli.desk import Desk

EXAMPLES: Final = (
    "crmtui plans add --objective 'Finance knows the savings' --account Aurora --from today --to +3m --budget 2k",
    "crmtui plans propose 'Finance knows the savings'",
    "crmtui plans show --why 'Finance knows the savings'",
)


def command(name: str) -> Group:
    """Make the noun with its own verbs."""
    own = {
        "show": Offer(_("Show everything about one."), _show),
        "propose": Offer(_("Propose contacts for one, by coverage per cost."), _propose),
    }
    return Group(name, _(ABOUT[name]), {**verbs(name), **own}, examples=EXAMPLES)


def _show() -> Command:
    return Command(
        "show",
        show,
        _("Show everything about {records}: a page on a terminal, JSON lines in a pipe.").format(
            records=_(Plan.noun.many)
        ),
        [
            ref_argument(many=True),
            flag("--why", _("Also the figures with their terms: money, hours, channels, coverage now and at the end.")),
            format_option(),
        ],
        examples=EXAMPLES[2:],
    )


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
        writes=True,
    )


def show(desk: Desk, refs: Sequence[str], why: bool | None, form: str | None) -> None:
    """Write plans whole; with `why` also their figures."""
    from crmtui.cli import plan_pages, showing

    keys = [records.find(desk.path, Plan, ref) for ref in refs]
    wanted = output.chosen(form)
    if not why or wanted not in (Format.TABLE, Format.JSON, Format.JSONL):
        showing.show(desk, Plan.noun.table, keys, form)
        return
    pages = [plans.page(desk.path, key, desk.today) for key in keys]
    if wanted is Format.TABLE:
        for place, (key, page) in enumerate(zip(keys, pages, strict=True)):
            if place:
                output.write_lines([""])
            showing.show(desk, Plan.noun.table, [key], form)
            plan_pages.write_figures(page)
        return
    rows = showing.rows(Plan.noun.table, showing.pages(desk.path, Plan.noun.table, keys))
    figures = [row | {"figures": plan_pages.figures(page)} for row, page in zip(rows, pages, strict=True)]
    headers = list(figures[0]) if figures else []
    output.write_data(wanted, headers, (list(row.values()) for row in figures))


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
