"""A value proposition as facts: need, offer, benefit and proof, then each person's criterion and personal win."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from textual.content import Content

from crmtui.domain.propositions import Proposition
from crmtui.domain.scales import WIN_STRENGTH
from crmtui.domain.words import Basis
from crmtui.text import N_, _, ngettext
from crmtui.tui import show
from crmtui.tui.widgets.account_profile import judged
from crmtui.tui.widgets.facts import Fact

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crmtui.queries.value import Carried, Line, Part, ValuePage, Win

LINE: Final = Proposition.noun.table
PERSON: Final = "stakeholder"
EMPTY: Final = "begin"
PARTS: Final = (
    ("need", N_("Need")),
    ("offer", N_("Offer")),
    ("benefit", N_("Benefit")),
    ("proof", N_("Proof")),
)
_MISSING: Final = {
    "offer": N_("what do we bring to it?"),
    "benefit": N_("what does the customer have from it?"),
    "proof": N_("why should it be believed?"),
}
_BEGIN: Final = N_(
    "What the customer needs, what we offer for it, what it brings and why that can be believed: the answer to "
    "which value proposition we present. n writes the first line."
)
_NOBODY: Final = N_("Nobody is on the map of the decision-making unit yet, so nobody has a personal win; m opens it.")


def facts(page: ValuePage) -> list[Fact]:
    """The page, from the organisation to its people."""
    found = [Fact("organisation", _("For the organisation: need, offer, benefit, proof"))]
    found += _lines(page.own) if page.own.lines else [Fact(EMPTY, _("Nothing yet"), Content(_(_BEGIN)))]
    for part in page.others:
        title = _("For {opportunity}").format(opportunity=part.name) if part.name else _("For the account as a whole")
        found += [Fact(f"part {part.place}", title), *_lines(part)]
    return [*found, *_people(page)]


def _lines(part: Part) -> Iterator[Fact]:
    deal = part.place.opportunity_id
    leads_to = ("opportunity", deal) if deal is not None else None
    for number, line in enumerate(part.lines, 1):
        for name, label in PARTS:
            told = f"{number} {_(label)}" if name == "need" else f"  {_(label)}"
            yield Fact(f"{LINE} {line.record.id} {name}", told, _value(line, name), leads_to)


def _value(line: Line, name: str) -> Content:
    record, words = line.record, str(getattr(line.record, name))
    if name == "offer" and line.offering:
        offering = show.label(line.offering, show.MUTED)
        return Content.assemble(show.label(words), "  ", offering) if words else offering
    if not words:
        return Content.styled(_(_MISSING[name]), show.WATCH if name == "proof" else show.MUTED)
    if name == "need":
        told = judged(words, record.basis, record.judged_on, record.source)
        carried = _carried(line.carried)
        return Content.assemble(told, "  ", carried) if carried.plain else told
    return show.label(words)


def _carried(found: Carried) -> Content:
    """In how many contacts it is told."""
    parts = []
    if found.done:
        parts.append(ngettext("told in {count} contact", "told in {count} contacts", found.done))
    if found.planned:
        parts.append(ngettext("planned for {count}", "planned for {count}", found.planned))
    return Content.styled(", ".join(parts), show.MUTED)


# People


def _people(page: ValuePage) -> Iterator[Fact]:
    missing = len(page.missing)
    title = _("For each person: criterion or objective, personal win")
    if missing:
        title += " · " + ngettext("{count} who matters has none yet", "{count} who matter have none yet", missing)
    yield Fact("people", title)
    if not page.wins:
        yield Fact("nobody", _("Nobody yet"), Content.styled(_(_NOBODY), show.MUTED))
    for win in page.wins:
        yield Fact(f"{PERSON} {win.stakeholder.id}", win.name, _win(win))


def _win(win: Win) -> Content:
    """`weighs 31 %  criteria downtime; price`, the objectives, then `win calm nights  convincing`."""
    one = win.stakeholder
    weighs = Content.assemble((_("weighs"), show.MUTED), " ", show.percent(win.leverage))
    lines = [
        Content.assemble(weighs, "  ", _words(_("criteria"), one.criteria)),
        *([_words(_("objectives"), one.objectives)] if one.objectives.strip() else []),
        _personal(win),
    ]
    return Content("\n").join(lines)


def _words(label: str, text: str) -> Content:
    """Several lines of text as one."""
    told = "; ".join(part.strip() for part in text.splitlines() if part.strip())
    return Content.assemble((label, show.MUTED), " ", show.label(told) if told else show.unknown())


def _personal(win: Win) -> Content:
    one = win.stakeholder
    if not one.win.strip():
        if win.weighs:
            return Content.styled(f"{show.glyphs().urgent} {_('no personal win yet')}", show.ACT)
        return Content.styled(_("no personal win yet"), show.MUTED)
    strength = (
        _(WIN_STRENGTH[one.win_strength]) if one.win_strength is not None else _("nobody has judged how convincing")
    )
    told = Content.assemble((_("win"), show.MUTED), " ", show.block(one.win.strip()), "  ", (strength, show.MUTED))
    if one.win_basis is Basis.ASSUMED:
        told = Content.assemble(told, (f"  {show.glyphs().assumed} {_(Basis.ASSUMED.label)}", show.MUTED))
    carried = _carried(win.carried)
    return Content.assemble(told, "  ", carried) if carried.plain else told
