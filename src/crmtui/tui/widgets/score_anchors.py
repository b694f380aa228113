"""What each grade of the criterion under the cursor means, and what the chosen one rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from crmtui.domain.words import Basis
from crmtui.text import _
from crmtui.tui import show

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from textual import events

    from crmtui.queries.scorecards import Judged, Line


class Anchors(Widget):
    """A line for each grade; a click on one chooses it."""

    DEFAULT_CSS = "Anchors { height: 1fr; text-wrap: nowrap; text-overflow: ellipsis; }"

    class Chosen(Message):
        """A grade was clicked.

        Attributes:
            grade: 0 to 4.
        """

        def __init__(self, grade: int) -> None:
            super().__init__()
            self.grade = grade

    def __init__(self) -> None:
        super().__init__()
        self._line: Line | None = None
        self._judged: Judged | None = None
        self._today: dt.date | None = None
        self._source = ""

    def tell(self, line: Line | None, judged: Judged | None, today: dt.date, source: str = "") -> None:
        """Show another criterion, as we or a competitor are judged on it; `source` is where our grade is computed."""
        self._line, self._judged, self._today, self._source = line, judged, today, source
        self.refresh()

    def render(self) -> Content:
        """The grades, and below them the evidence."""
        return Content("\n").join(self._rows())

    def _rows(self) -> Iterator[Content]:
        if self._line is None or self._judged is None or self._today is None:
            return
        is_computed = bool(self._source) and self._line.is_computed
        chosen = round(self._line.grade or 0) if is_computed else self._judged.grade
        for grade, anchor in enumerate(self._line.anchors):
            is_chosen = grade == chosen
            style = "bold" if is_chosen else show.MUTED
            yield Content.assemble(
                (show.glyphs().marked if is_chosen else " ", show.BAR),
                (f" {grade}  ", "bold $primary" if is_chosen else ""),
                show.label(anchor or _("no sentence yet"), style),
            )
        if is_computed:
            how = _("computed, w says how; a grade of your own needs a reason")
            yield Content.assemble(show.glyphs().computed, f" {self._source}", (f" · {how}", show.MUTED))
        else:
            yield said(self._judged, self._today)

    def on_click(self, event: events.Click) -> None:
        """Choose a grade."""
        if self._line is not None and 0 <= event.y < len(self._line.anchors):
            self.post_message(self.Chosen(event.y))


def said(judged: Judged, today: dt.date) -> Content:
    """`“wants to act” · Conti · 3 Mar · assumed`, or what is missing."""
    if judged.basis is None:
        return Content.styled(_("Nobody has answered this yet."), show.MUTED)
    parts = [show.label(judged.evidence) if judged.evidence else Content.styled(_("no evidence"), show.WATCH)]
    if judged.grade is None:
        parts.insert(0, Content.styled(_("unknown"), "bold"))
    if judged.source:
        parts.append(show.label(judged.source))
    if judged.judged_on:
        parts.append(show.short_date(judged.judged_on, today))
    parts.append(Content.styled(_(judged.basis.label), show.WATCH if judged.basis is Basis.ASSUMED else show.MUTED))
    if judged.override_reason:
        parts.append(Content.assemble(show.glyphs().override, " ", show.label(judged.override_reason)))
    return Content.styled(" · ", show.MUTED).join(parts)
