"""`whitespace`: who supplies what to whom, until when, and what accounts could need next."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from crmtui.cli import entry, fields, output, tabling
from crmtui.cli.build import Command, Group, Offer, argument, flag, option
from crmtui.cli.desk import say
from crmtui.cli.editing import clear_option
from crmtui.cli.output import Format
from crmtui.domain import dates
from crmtui.domain.accounts import Account
from crmtui.domain.offerings import Offering
from crmtui.domain.whitespace import WhiteSpace
from crmtui.domain.words import Source, Supply
from crmtui.errors import UsageError
from crmtui.queries import records, whitespace_table
from crmtui.queries.whitespace_table import NEEDS, TABLE
from crmtui.text import N_, _, ngettext

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from typer.core import TyperArgument

    from crmtui.cli.desk import Desk

EXAMPLES: Final = (
    "crmtui whitespace list industry:packaging --state competitor --ends +90d",
    "crmtui whitespace set Aurora 'Remote service' --competitor Rivalco --contract-ends-on +6m --potential 40k",
    "crmtui whitespace suggest Aurora --why",
    "crmtui whitespace open Aurora 'Remote service'",
)
_LIST: Final = N_("List who supplies what to whom, and until when.")
_SET: Final = N_("Say who supplies some offerings to an account.")
_SUGGEST: Final = N_("Suggest what accounts could need: what accounts like them buy.")
_OPEN: Final = N_("Make an opportunity of a cell, for a need that has no budget yet.")
_STATES: Final = {one.value: one for one in Supply}
MOST: Final = 30  # suggestions of the table


def command(name: str) -> Group:
    """Make the noun."""
    return Group(
        name,
        _("White space: accounts and their business units, and what each has from us, from others, or not yet."),
        {
            "list": Offer(_(_LIST), _list),
            "set": Offer(_(_SET), _set),
            "suggest": Offer(_(_SUGGEST), _suggest),
            "open": Offer(_(_OPEN), _open),
        },
        examples=EXAMPLES,
    )


def _account() -> TyperArgument:
    return argument("ref", _("ACCOUNT"), _("Its name or identity."))


# What is known


def _list() -> Command:
    states = [state.value for state in Supply]
    return Command(
        "list",
        list_cells,
        _("List cells: a table on a terminal, JSON lines in a pipe. What was ordered is ours until denied."),
        [
            *tabling.options(TABLE),
            option("--offering", _("NAME"), _("Only this offering."), into="offerings", many=True),
            option(
                "--state",
                _("WORD"),
                _("Only cells of this state: {words}; unknown ones are left out unless they are asked for.").format(
                    words=", ".join(states)
                ),
                into="states",
                many=True,
                words=states,
            ),
            option("--ends", _("DAY"), _("Only contracts that end from today to this day.")),
        ],
        loose=True,
        examples=EXAMPLES[:1],
    )


def list_cells(
    desk: Desk,
    offerings: Sequence[str],
    states: Sequence[str],
    ends: str | None,
    **given: Any,  # noqa: ANN401 - options
) -> None:
    """Write the cells of the accounts that a filter lets through."""
    from crmtui.queries import flat

    asked = tabling.asked(given)
    wanted = whitespace_table.Asked(
        words=asked.words,
        offerings=frozenset(records.find(desk.path, Offering, name) for name in offerings),
        states=frozenset(_STATES[output.one_of(word, list(_STATES), "--state")] for word in states),
        ends=None if ends is None else _day(desk, ends),
    )
    cells = whitespace_table.cells(desk.path, wanted, desk.today)
    first = cells if asked.order or asked.most < 0 else islice(cells, asked.most)
    found = tabling.chosen(desk, TABLE, list(first), replace(asked, words=""))
    if asked.form is Format.IDS:
        keys = [one.said.record.id for one in found if one.said and one.said.record]
        output.write_lines(flat.uids(desk.path, WhiteSpace, keys))
    else:
        tabling.write(desk, TABLE, found, asked)
    if not found:
        say(_("There is nothing to list."))


def _day(desk: Desk, typed: str) -> dt.date:
    try:
        return dates.parse_day(typed, desk.today)
    except ValueError as error:
        raise UsageError(str(error)) from None


# What is said


def _set() -> Command:
    return Command(
        "set",
        set_cells,
        _("Say who supplies some offerings to an account; what is not named stays. It goes before what orders say."),
        [
            _account(),
            argument("offerings", _("OFFERING"), _("Their names or identities."), many=True),
            *fields.options(WhiteSpace, without=("account_id", "offering_id")),
            clear_option(),
            flag("--forget", _("Forget what was said: orders speak again.")),
        ],
        examples=EXAMPLES[1:2],
    )


def set_cells(
    desk: Desk,
    ref: str,
    offerings: Sequence[str],
    clear: tuple[str, ...],
    forget: bool | None,
    **typed: Any,  # noqa: ANN401 - options
) -> None:
    """Judge cells, or forget what was said of them."""
    from crmtui.commands import whitespace

    account_id = records.find(desk.path, Account, ref)
    places = [(account_id, records.find(desk.path, Offering, name)) for name in offerings]
    given = entry.typed_values(desk, WhiteSpace, fields.given(typed), cleared=clear)
    if bool(given) == bool(forget):
        raise UsageError(_("Say something of it, as in --state competitor, or --forget it."))
    if forget:
        count = whitespace.forget(desk.path, places, Source.CLI)
    else:
        whitespace.judge(desk.path, places, given, Source.CLI, desk.today)
        count = len(places)
    say(
        ngettext(
            "Changed {count} cell. `crmtui undo` takes it back.",
            "Changed {count} cells. `crmtui undo` takes it back.",
            count,
        )
    )


# What could be needed


def _suggest() -> Command:
    return Command(
        "suggest",
        suggest,
        _("Suggest what accounts could need, from what accounts like them buy, the surest first."),
        [
            argument(
                "refs", _("ACCOUNT"), _("Their names or identities; all when none is named."), many=True, needed=False
            ),
            flag("--why", _("Also all that speaks for each; JSON always says so.")),
            *tabling.options(NEEDS, is_filtered=False),
        ],
        examples=EXAMPLES[2:3],
    )


def suggest(desk: Desk, refs: Sequence[str], why: bool | None, **given: Any) -> None:  # noqa: ANN401 - options
    """Write suggestions."""
    from crmtui.cli import whitespace_pages as pages
    from crmtui.queries import whitespace, whitespace_words

    asked = tabling.asked(given)
    ids = [records.find(desk.path, Account, ref) for ref in refs] or None
    patterns = whitespace.learn(desk.path)
    suggested = whitespace.suggested(desk.path, ids, desk.today, patterns)
    found = whitespace_table.needs(suggested, whitespace.offerings(desk.path))
    most = MOST if asked.most < 0 and asked.is_page else asked.most
    shown = tabling.chosen(desk, NEEDS, found, replace(asked, most=most))
    if asked.is_page and why:
        output.write_lines(pages.with_why(shown))
    else:
        tabling.write(desk, NEEDS, shown, asked)
    if more := len(found) - len(shown):
        say(ngettext("and {count} more", "and {count} more", more))
    if not found:
        say(_("Nothing stands out yet: it takes some accounts that are alike, with orders for offerings."))
    say(whitespace_words.rule(patterns))


def _open() -> Command:
    about = _("Make an opportunity of a cell, at the first rung of budget creation, worth the cell's potential.")
    ref = argument("offering", _("OFFERING"), _("Its name or identity."))
    return Command("open", open_deal, about, [_account(), ref], examples=EXAMPLES[3:])


def open_deal(desk: Desk, ref: str, offering: str) -> None:
    """Make an opportunity."""
    from crmtui.cli.adding import said
    from crmtui.commands import whitespace
    from crmtui.domain.opportunities import Opportunity

    place = (records.find(desk.path, Account, ref), records.find(desk.path, Offering, offering))
    said(desk.path, Opportunity, whitespace.open_opportunity(desk.path, place, Source.CLI, desk.today))
