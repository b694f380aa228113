"""Why the figures of an account are what they are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from textual.content import Content

from crmtui.text import _, ngettext
from crmtui.tui import show
from crmtui.tui.widgets import account_facts

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from crmtui.queries.accounts import AccountPage
    from crmtui.queries.repeat import RepeatPage
    from crmtui.tui.widgets.account_facts import Worth

WHY: Final = 70  # cells of the box of reasons on the narrowest screen


def reasons(page: AccountPage) -> Content:
    """What the figures are made of."""
    profile = page.profile
    known = [_(label) for label, is_known in profile.terms if is_known]
    missing = [_(label) for label in profile.missing]
    count = len(profile.terms)
    return Content("\n").join(
        [
            Content.styled(_("profile {share} %").format(share=round(profile.share * 100)), "bold"),
            Content(
                ngettext("{known} of {count} thing known", "{known} of {count} things known", count, known=len(known))
            ),
            *_listed(_("missing"), missing),
            *_listed(_("known"), known),
            Content(),
            *_unit_reasons(page),
            Content.styled(_("met"), "bold"),
            _met_reasons(page),
        ]
    )


def _listed(label: str, names: Sequence[str]) -> Iterator[Content]:
    shown = show.label(", ".join(names)) if names else show.nothing()
    return show.hanging(Content.styled(show.fit(label, account_facts.LABEL), show.MUTED), shown, WHY)


def worth_reasons(worth: Worth, orders: RepeatPage) -> Content:
    """What its value is made of and what contradicts it, or why there is none."""
    from crmtui.queries import equity_words as words, repeat_words
    from crmtui.tui.widgets import terms
    from crmtui.tui.widgets.equity_lines import saying

    basis, line = worth
    if line is None:
        told = words.silence(basis) or _("It was lost, or is closed: it is worth 0.")
        return Content("\n").join([Content.styled(_("equity"), "bold"), Content(told)])
    return terms.told(_("equity"), repeat_words.account(orders, basis, line, saying(basis)))


def _unit_reasons(page: AccountPage) -> Iterator[Content]:
    """What favour and coverage are, how much of them is known, and where their terms are."""
    if page.standing is None:
        return
    yield from account_facts.standing(page)
    favour, coverage = page.standing.figures.favour, page.standing.figures.coverage
    yield Content(
        _("Of what they rest on, {favour} and {coverage} are known. m opens the map; w there shows every term.").format(
            favour=show.percent(favour.completeness).plain, coverage=show.percent(coverage.completeness).plain
        )
    )
    yield Content()


def _met_reasons(page: AccountPage) -> Content:
    if not page.met.of:
        return Content(_("Nobody is on the account's own map yet, so that nothing can be said."))
    return Content(
        _("{met} of the {count} on the account's own map had a contact in the last 90 days.").format(
            met=page.met.count, count=page.met.of
        )
    )
