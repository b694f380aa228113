"""Whether the probabilities were right, in words."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Final

from crmtui.days import dated
from crmtui.figures import Figure, count as digits
from crmtui.method.calibration import Doubt
from crmtui.queries.equity_words import share, shares
from crmtui.queries.learning_sheet import NOTHING, Lead, Sheet, part, whole
from crmtui.text import N_, NP_, _, line, ngettext

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crmtui.method.calibration import Bin
    from crmtui.queries.learning import LearningPage
    from crmtui.queries.learning_sheet import Term
    from crmtui.store.reading.learning import Closed

GIVEN: Final = "-given:none"  # the filter of the closed ones whose probability was given before
CALIBRATION: Final = "calibration"
_COIN: Final = 0.25  # the Brier score of whoever always says one half
DOUBTS: Final = {
    Doubt.NOTHING: N_("no closed opportunity has a scorecard with a probability yet"),
    Doubt.ONE_CLASS: N_("all ended alike: nothing can be told of the probabilities"),
    Doubt.FEW: N_("few outcomes: much of this is chance"),
}


def calibration(page: LearningPage) -> Sheet:
    """Whether the probabilities were right."""
    found = page.calibration
    columns = ((_("given"), True), (_("mean"), True), (_("won"), True), (_("of them"), True), (_("says"), False))
    rows = tuple(
        (shares(one.low, one.high), share(one.given), part(one.won), whole(one.won), _off(one)) for one in found.bins
    )
    return Sheet(
        CALIBRATION,
        _("probabilities"),
        NOTHING if found.brier is None else f"{Figure(found.brier):.3f}",
        _calibrated(page),
        tuple(_calibration_terms(page)),
        columns if rows else (),
        rows,
        Lead("opportunities", words=GIVEN) if found.count else lead(page),
    )


def lead(page: LearningPage) -> Lead:
    """To the opportunities that ended otherwise than was hoped."""
    found = page.calibration
    is_better = found.brier is not None and found.expected < found.won.count
    return Lead("opportunities", words="stage:won" if is_better else "stage:lost")


def _off(one: Bin) -> str:
    if not one.is_off or one.won.value is None:
        return NOTHING
    return _("hoped too much") if one.given > one.won.value else _("hoped too little")


def _calibrated(page: LearningPage) -> str:
    found = page.calibration
    if found.doubt is Doubt.NOTHING:
        return _(DOUBTS[Doubt.NOTHING])
    count = ngettext("{count} outcome", "{count} outcomes", found.count)
    if found.doubt is not None:
        return f"{count}; {_(DOUBTS[found.doubt])}"
    told = _("{expected} expected, {won} won").format(
        expected=digits(round(found.expected)), won=digits(found.won.count)
    )
    return f"{count}: {told}"


def _calibration_terms(page: LearningPage) -> Iterator[Term]:
    found = page.calibration
    if found.doubt is not None:
        yield _("doubt"), _(DOUBTS[found.doubt])
    if found.brier is None or found.murphy is None:
        yield _("how"), _("score opportunities before they are closed: what each card gives that day is kept")
        return
    low, high = digits(round(found.low)), digits(round(found.high))
    yield (
        _("expected"),
        _("{expected} won, eight times in ten {low} to {high}; {won} were").format(
            expected=f"{Figure(found.expected):,.1f}", low=low, high=high, won=digits(found.won.count)
        ),
    )
    told = _("{value:.4f}: 0 is best, {coin:.2f} is a coin")
    yield _("Brier score"), told.format(value=Figure(found.brier), coin=Figure(_COIN))
    murphy = found.murphy
    yield (
        _("reliability"),
        _("{value:.4f}: how far from what came; less is better").format(value=Figure(murphy.reliability)),
    )
    yield (
        _("resolution"),
        _("{value:.4f}: how well cases are told apart; more is better").format(value=Figure(murphy.resolution)),
    )
    yield _("uncertainty"), _("{value:.4f}: what the cases leave to everybody").format(value=Figure(murphy.uncertainty))
    within = murphy.variance - murphy.covariance
    yield _("within bins"), _("{value:+.4f}: of unlike probabilities in one row").format(value=Figure(within))
    if found.skill is not None:
        yield _("skill"), _("{value:+.0f} % beside always saying the share won").format(value=found.skill * 100)
    if found.log_loss is not None:
        yield _("log loss"), f"{Figure(found.log_loss):.4f}"
    if found.impossible:
        yield (
            _("impossible"),
            ngettext("{count} came that had probability 0", "{count} came that had probability 0", found.impossible),
        )
    if found.doubt is not Doubt.ONE_CLASS:
        yield _("says"), _("too much or too little only where chance would bring it once in twenty times at most")
    yield _("taken"), _("from the newest scorecard before each was closed")
    if page.unjudged:
        yield (
            _(NP_("figures", "left out")),
            ngettext(
                "{count} closed opportunity without a probability",
                "{count} closed opportunities without a probability",
                page.unjudged,
            ),
        )
    yield from _outcomes(page)


def judged(page: LearningPage) -> Iterator[Closed]:
    """The closed ones with the probability that each was given, the last first: what the score is made of."""
    return (one for one in page.closed.values() if one.probability is not None)


def _outcomes(page: LearningPage) -> Iterator[Term]:
    for one in judged(page):
        ended = _("won {day}") if one.is_won else _("lost {day}")
        told = ended.format(day=dated(dt.date.fromisoformat(one.day)) if one.day else "?")
        yield share(one.probability or 0.0), " · ".join(filter(None, (told, line(one.name), line(one.account))))
