"""What was planned and done, and how accounts moved on the ladder, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmtui.days import dated
from crmtui.domain.words import Level
from crmtui.figures import Figure
from crmtui.queries.equity_words import share
from crmtui.queries.learning_sheet import NOTHING, Lead, Sheet, named, whole
from crmtui.text import _, ngettext

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crmtui.method.effort import Against
    from crmtui.queries.learning import LearningPage
    from crmtui.queries.learning_sheet import Term


def efforts(page: LearningPage) -> Sheet:
    """What was planned against what was done."""
    found = page.efforts
    columns = (
        *((_("effort"), False), (_("planned"), True), (_("of these done"), True)),
        *((_("share"), True), (_("unplanned"), True)),
    )
    given: list[tuple[str, Against]] = [(_("hours in plans"), found.hours), (_("contacts in plans"), found.contacts)]
    if found.allotted is not None:
        given.append((_("hours of the territory"), found.allotted))
    rows = tuple(
        (
            name,
            f"{Figure(one.planned):,.1f}",
            f"{Figure(one.done):,.1f}",
            NOTHING if one.ratio is None else share(one.ratio),
            f"{Figure(one.unplanned):,.1f}",
        )
        for name, one in given
    )
    ratio = found.contacts.ratio
    if ratio is None and not found.contacts.unplanned:
        says = _("no contact was planned or done within a year")
    elif ratio is None:
        says = _("no contact was planned within a year")
    else:
        says = _("{done:,.0f} of {planned:,.0f} planned contacts done; {unplanned:,.0f} unplanned").format(
            done=Figure(found.contacts.done),
            planned=Figure(found.contacts.planned),
            unplanned=Figure(found.contacts.unplanned),
        )
    return Sheet(
        "effort",
        _("plan and done"),
        NOTHING if ratio is None else share(ratio),
        says,
        tuple(_effort_terms(page)),
        columns,
        rows,
        Lead("plans"),
    )


def _effort_terms(page: LearningPage) -> Iterator[Term]:
    found = page.efforts
    yield _("since"), dated(found.since)
    most = found.allotted if found.allotted is not None else found.hours
    if most.planned and most.under:
        yield _("less than planned"), named(most.under, page.accounts)
    if most.planned and most.over:
        yield _("more than planned"), named(most.over, page.accounts)
    if found.allotted_since is not None:
        yield _("territory"), _("the accepted scenario, since {day}").format(day=dated(found.allotted_since))
    yield _("counted"), _("contacts without hours count none; cancelled ones stay planned")


def moves(page: LearningPage) -> Sheet:
    """How accounts moved on the ladder."""
    found = page.moves
    judged = found.up.of
    columns = ((_("from"), False), *((_(level.label), True) for level in Level))
    rows = tuple(
        (_(before.label), *(str(count) if (count := after[level]) else "" for level in Level))
        for before, after in found.rows.items()
        if any(after.values())
    )
    terms: list[Term] = [(_("since"), dated(page.moved_since))]
    if judged:
        terms += [(_("risen"), whole(found.up)), (_("fallen"), whole(found.down))]
    if found.risen:
        terms.append((_("who rose"), named(found.risen, page.accounts)))
    if found.fallen:
        terms.append((_("who fell"), named(found.fallen, page.accounts)))
    if found.unseen:
        told = ngettext("{count} account, not judged anew", "{count} accounts, not judged anew", found.unseen)
        terms.append((_("missing"), told))
    return Sheet(
        "moves",
        _("moves on the ladder"),
        f"+{found.up.count} −{found.down.count}" if judged else NOTHING,  # noqa: RUF001 - the sign of the visual language
        ngettext("of {count} account judged again", "of {count} accounts judged again", judged)
        if judged
        else _("no account was judged again within a year"),
        tuple(terms),
        columns if rows else (),
        rows,
        Lead("accounts"),
    )
