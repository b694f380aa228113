"""The figures of a map on one line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from textual.content import Content

from crmtui.text import _, ngettext
from crmtui.tui import show

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crmtui.method.coverage import Coverage
    from crmtui.method.dmu import Figures
    from crmtui.method.favour import Favour
    from crmtui.queries.dmu import DmuPage

GAP: Final = " · "
WAYS: Final = 4  # from many words to few
MET, KNOWN, BANDS = range(1, WAYS)  # the first way that goes without


def figures(page: DmuPage, width: int) -> Content:
    """The figures in as many words as there is room for; nothing for an empty map."""
    if not page.sheets:
        return Content()
    return show.fitting((Content(GAP).join(_figures(page.figures, length)) for length in range(WAYS)), width)


def favour(found: Favour) -> Content:
    """`+0.34`, or unknown."""
    return show.unknown() if found.value is None else show.figure(found.value, 2, signed=True)


def coverage(found: Coverage) -> Content:
    """`61 %`, or unknown."""
    return show.unknown() if found.value is None else show.percent(found.value)


def favour_band(found: Favour) -> Content:
    """` (+0.10 to +0.52)`, where the ends differ as they are shown."""
    return _band(*(show.figure(end, 2, signed=True).plain for end in (found.low, found.high)))


def coverage_band(found: Coverage) -> Content:
    """` (58 to 64)`, likewise."""
    return _band(*(show.figure(end * 100).plain for end in (found.low, found.high)))


def _band(low: str, high: str) -> Content:
    if low == high:
        return Content()
    return Content.styled(_(" ({low} to {high})").format(low=low, high=high), show.MUTED)


def _figures(found: Figures, length: int) -> Iterator[Content]:
    """Each figure, the fewer words the greater `length` is."""
    if found.favour.blocks:
        said = ngettext("{count} block", "{count} blocks", len(found.favour.blocks))
        yield Content.styled(f"{show.glyphs().block} {said}", f"bold {show.ACT}")
    for label, figure, band, share in (
        (_("favour "), favour(found.favour), favour_band(found.favour), found.favour.completeness),
        (_("coverage "), coverage(found.coverage), coverage_band(found.coverage), found.coverage.completeness),
    ):
        more = (band if length < BANDS else "", *(_known(share) if length < KNOWN else ()))
        yield Content.assemble((label, show.MUTED), _bold(figure), *more)
    if length < MET:
        from crmtui.method.dmu import RECENT  # loads the figures of the method, which the list of accounts must not

        met = _("met in {days} days ").format(days=RECENT)
        yield Content.assemble((met, show.MUTED), _bold(show.percent(found.met)))


def _known(completeness: float | None) -> Iterator[Content]:
    """How much of what a figure rests on is known."""
    if completeness is not None:
        share = show.percent(completeness).plain
        style = show.MUTED if share.startswith("100") else show.WATCH
        yield Content.styled(_(", {share} known").format(share=share), style)


def _bold(content: Content) -> Content:
    return content.stylize("bold")
