"""How the figures of a map would move, on one line."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from textual.content import Content

from crmtui.queries import dmu_foretold
from crmtui.text import _, ngettext
from crmtui.tui import show
from crmtui.tui.widgets import dmu_figures

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterator, Mapping

    from crmtui.method.dmu import Figures
    from crmtui.queries.dmu import DmuPage

    Foretold = Callable[[Mapping[str, Any]], Content]


def of_stakeholder(page: DmuPage, key: int) -> Foretold:
    """What the values of a form about somebody on a map would do to its figures."""
    return partial(_edited, page, key)


def of_contact(page: DmuPage, today: dt.date) -> Foretold:
    """What the values of a form about a contact would do to the figures of a map."""
    return partial(_met, page, today)


def _edited(page: DmuPage, key: int, values: Mapping[str, Any]) -> Content:
    return moved(page.figures, dmu_foretold.edited(page, key, values))


def _met(page: DmuPage, today: dt.date, values: Mapping[str, Any]) -> Content:
    after = dmu_foretold.met(page, values.get("persons") or (), values.get("channel_id"), values.get("day"), today)
    return moved(page.figures, after)


def moved(before: Figures, after: Figures) -> Content:
    """`favour +0.53 → +0.61 (+0.40 to +0.70) · coverage 37 → 49 %`; what stays is muted."""
    return Content(dmu_figures.GAP).join(_parts(before, after))


def _parts(before: Figures, after: Figures) -> Iterator[Content]:
    favours = (dmu_figures.favour(before.favour), dmu_figures.favour(after.favour))
    yield Content.assemble(_change(_("favour"), *favours), dmu_figures.favour_band(after.favour))
    yield _change(_("coverage"), dmu_figures.coverage(before.coverage), dmu_figures.coverage(after.coverage))
    if blocks := len(after.favour.blocks):
        said = ngettext("{count} block", "{count} blocks", blocks)
        yield Content.styled(f"{show.glyphs().block} {said}", show.ACT)
    elif before.favour.blocks:
        yield Content.styled(_("no block any more"), show.FINE)


def _change(label: str, before: Content, after: Content) -> Content:
    if before.plain == after.plain:
        return Content.assemble((f"{label} ", show.MUTED), (before.plain, show.MUTED))
    return Content.assemble(
        (f"{label} ", show.MUTED), before, (f" {show.glyphs().later} ", show.MUTED), after.stylize("bold")
    )
