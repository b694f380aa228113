"""What outcomes speak for changing, in words: contradicted weights, channels that cost much and cover little."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from crmtui.days import dated
from crmtui.figures import Figure, count as digits
from crmtui.method.revision import CONTACTS, Change
from crmtui.queries import calibration_words
from crmtui.queries.ending_words import LOST, finding
from crmtui.queries.equity_words import share
from crmtui.queries.learning_sheet import NAMED, NOTHING, Lead, Sheet
from crmtui.text import N_, NP_, _, line, ngettext

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from crmtui.method.revision import Weight
    from crmtui.queries.learning import Channels, LearningPage, Weights
    from crmtui.queries.learning_sheet import Row, Term

CHANNELS: Final = Lead("channels")
CHANGES: Final = {
    Change.CONTRADICTED: N_("lost ones had the better grades"),
    Change.LESS: N_("counts half as much, or less"),
    Change.MORE: N_("counts twice as much, or more"),
}


def to_change(page: LearningPage, channels: Channels | None) -> Sheet:
    """What outcomes speak for changing."""
    found = [*_hopes(page), *_lessons(page), *_weights(page), *_channels(channels)]
    return Sheet(
        "change",
        _("what to change"),
        str(len(found)) if found else NOTHING,
        found[0][0] if found else _("outcomes contradict nothing yet"),
        columns=((_("What outcomes say"), False),) if found else (),
        rows=tuple((said,) for said, _lead in found),
        lead=found[0][1] if found else None,
    )


def _hopes(page: LearningPage) -> Iterator[tuple[str, Lead]]:
    found = page.calibration
    if found.doubt is not None or found.low <= found.won.count <= found.high:
        return
    told = (
        N_("You hope too much: {expected} were to be won by the probabilities given, {won} were.")
        if found.expected > found.won.count
        else N_("You hope too little: {expected} were to be won by the probabilities given, {won} were.")
    )
    said = _(told).format(expected=digits(round(found.expected)), won=digits(found.won.count))
    yield said, calibration_words.lead(page)


def _lessons(page: LearningPage) -> Iterator[tuple[str, Lead]]:
    told = _("“{finding}”: on {lost} of the maps of lost ones, on {won} of won ones. See to it early.")
    for one in page.shared:
        if one.is_lesson:
            lost, won = share(one.lost.value or 0.0), share(one.won.value or 0.0)
            yield told.format(finding=finding(one.code), lost=lost, won=won), LOST


def _weights(page: LearningPage) -> Iterator[tuple[str, Lead]]:
    contradicted = _("“{label}”: lost ones had better grades, {lost:.1f} against {won:.1f}. Take weight off it.")
    other = _("“{label}” weighs {weight:g}: outcomes would give it {learnt:.1f}.")
    for those in page.weights:
        lead = _template(those)
        for one in those.found:
            label = _label(page, one)
            if one.change is Change.CONTRADICTED:
                yield contradicted.format(label=label, lost=Figure(one.lost or 0.0), won=Figure(one.won or 0.0)), lead
            elif one.change is not None and one.learnt is not None:
                yield other.format(label=label, weight=Figure(one.weight), learnt=Figure(one.learnt)), lead


def _template(those: Weights) -> Lead:
    return Lead("templates", those.template_id)


def _channels(channels: Channels | None) -> Iterator[tuple[str, Lead]]:
    told = _("{channel}: {cost} of the cost, {covered} of what contacts covered. Use it less.")
    for one in channels.found if channels else ():
        if one.is_poor and channels:
            name = line(channels.names[one.use.key])
            yield told.format(channel=name, cost=share(one.cost), covered=share(one.covered)), CHANNELS


def _label(page: LearningPage, one: Weight) -> str:
    return line(page.labels.get(one.code, one.code))


def weights(page: LearningPage) -> Sheet:
    """What outcomes say of the weights of criteria."""
    changed = [one for those in page.weights for one in those.found if one.change is not None]
    columns = (
        *((_("criterion"), False), (_("weight"), True), (_("learnt"), True)),
        *((_("won"), True), (_("lost"), True), (_("says"), False)),
    )
    rows = tuple(row for those in page.weights for row in _weight_rows(page, those.found))
    terms = [
        (line(those.template), ngettext("{count} outcome", "{count} outcomes", those.outcomes))
        for those in page.weights
    ]
    terms.append((_("learnt"), _("from 50 outcomes with scorecards on; before, grades of won and lost are compared")))
    return Sheet(
        "weights",
        _("weights of criteria"),
        str(len(changed)) if rows else NOTHING,
        _("contradicted: {names}").format(names=", ".join(_label(page, one) for one in changed[:NAMED]))
        if changed
        else _("outcomes contradict none")
        if rows
        else _("no closed opportunity had a scorecard"),
        tuple(terms),
        columns if rows else (),
        rows,
        _to_weigh(page),
    )


def _to_weigh(page: LearningPage) -> Lead | None:
    """The template with a weight to change, else the first that outcomes say anything of."""
    changed = [those for those in page.weights if any(one.change for one in those.found)]
    return next((_template(those) for those in (*changed, *page.weights)), None)


def _weight_rows(page: LearningPage, found: Iterable[Weight]) -> Iterator[Row]:
    for one in found:
        yield (
            _label(page, one),
            f"{Figure(one.weight):g}",
            NOTHING if one.learnt is None else f"{Figure(one.learnt):.1f}",
            NOTHING if one.won is None else f"{Figure(one.won):.1f}",
            NOTHING if one.lost is None else f"{Figure(one.lost):.1f}",
            _(CHANGES[one.change]) if one.change else "",
        )


def used(channels: Channels | None) -> Sheet:
    """What channels brought for their cost."""
    label = NP_("learning", "channels")
    if channels is None:
        return Sheet("channels", _(label), NOTHING, _("Loading …"), lead=CHANNELS)
    poor = [one for one in channels.found if one.is_poor]
    columns = (
        *((_("channel"), False), (_("contacts"), True), (_("of the cost"), True)),
        *((_("of what was covered"), True), (_("says"), False)),
    )
    rows = tuple(
        (
            line(channels.names[one.use.key]),
            digits(one.use.contacts),
            share(one.cost),
            share(one.covered),
            _("costs much, covers little") if one.is_poor else "",
        )
        for one in channels.found
    )
    names = ", ".join(line(channels.names[one.use.key]) for one in poor[:NAMED])
    fair = _("of those with {count} contacts none costs twice its share of what was covered").format(count=CONTACTS)
    says = _("cost much, cover little: {names}").format(names=names) if poor else fair
    return Sheet(
        "channels",
        _(label),
        str(len(poor)) if channels.found else NOTHING,
        says if channels.found else _("no contact with a map cost anything within a year"),
        tuple(_channel_terms(channels)),
        columns if rows else (),
        rows,
        CHANNELS,
    )


def _channel_terms(channels: Channels) -> Iterator[Term]:
    yield _("since"), dated(channels.since)
    yield _("cost"), _("of contacts and hours, in {currency}").format(currency=channels.currency)
    yield _("covered"), _("what a contact covers, times how much the person weighs on the account's map")
    maps = ngettext("{count} map", "{count} maps", channels.maps)
    if channels.others:
        maps += _("; {count} with fewer contacts left out").format(count=digits(channels.others))
    yield _("compared by"), maps
    yield (
        _("costs much"),
        _("a share of the cost at least twice that of what was covered, of at least {count} contacts").format(
            count=CONTACTS
        ),
    )
    if channels.elsewhere:
        yield (
            _(NP_("figures", "left out")),
            ngettext("cost of {count} in another currency", "cost of {count} in other currencies", channels.elsewhere),
        )
