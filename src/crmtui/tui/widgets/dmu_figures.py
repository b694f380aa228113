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
    ways = [Content(GAP).join(_figures(page.figures, length)) for length in range(WAYS)]
    return next((way for way in ways if way.cell_length <= width), show.cells(ways[-1], max(width, 0)))


def favour(found: Favour) -> Content:
    """`+0.34`, or unknown."""
    return show.unknown() if found.value is None else show.figure(found.value, 2, signed=True)


def coverage(found: Coverage) -> Content:
    """`0.61`, or unknown."""
    return show.unknown() if found.value is None else show.figure(found.value, 2)


def band(found: Favour | Coverage, *, signed: bool) -> Content:
    """` (+0.10 to +0.52)`, where the ends differ as they are shown."""
    low, high = (show.figure(end, 2, signed=signed).plain for end in (found.low, found.high))
    if low == high:
        return Content()
    return Content.styled(_(" ({low} to {high})").format(low=low, high=high), show.MUTED)


def _figures(found: Figures, length: int) -> Iterator[Content]:
    """Each figure, the fewer words the greater `length` is."""
    if found.favour.blocks:
        said = ngettext("{count} block", "{count} blocks", len(found.favour.blocks))
        yield Content.styled(f"{show.glyphs().block} {said}", f"bold {show.ACT}")
    yield Content.assemble(
        (_("favour "), show.MUTED), _bold(favour(found.favour)), *_more(found.favour, length, signed=True)
    )
    yield Content.assemble(
        (_("coverage "), show.MUTED), _bold(coverage(found.coverage)), *_more(found.coverage, length, signed=False)
    )
    if length < MET:
        from crmtui.method.dmu import RECENT  # loads the figures of the method, which the list of accounts must not

        met = _("met in {days} days ").format(days=RECENT)
        yield Content.assemble((met, show.MUTED), _bold(show.percent(found.met)))


def _more(found: Favour | Coverage, length: int, *, signed: bool) -> Iterator[Content]:
    """The band, and how much of what the figure rests on is known."""
    if length < BANDS:
        yield band(found, signed=signed)
    if length < KNOWN and found.completeness is not None:
        share = show.percent(found.completeness).plain
        style = show.MUTED if share.startswith("100") else show.WATCH
        yield Content.styled(_(", {share} known").format(share=share), style)


def _bold(content: Content) -> Content:
    return content.stylize("bold")
