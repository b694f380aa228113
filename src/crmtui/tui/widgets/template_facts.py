"""What is told of a scorecard template: its criteria as rows, its head, and what the grades of one mean."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from textual.content import Content

from crmtui.figures import Figure
from crmtui.text import N_, _, ngettext
from crmtui.tui import show
from crmtui.tui.widgets.window_source import ListColumn, Row

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crmtui.exchange.templates import CriterionDraft, TemplateDraft
    from crmtui.queries.templates import Kept

COLUMNS: Final = (
    ListColumn(key="label", title=N_("Criterion"), width=22, flexible=True),
    ListColumn(key="perspective", title=N_("Perspective"), width=15),
    ListColumn(key="weight", title=N_("Weight"), width=6, justify="right"),
    ListColumn(key="kind", title=N_("Kind"), width=22, priority=1),
    ListColumn(key="code", title=N_("Code"), width=14, priority=2),
)


def rows(draft: TemplateDraft) -> list[Row]:
    """The criteria in the order they are asked; their keys count from 1."""
    return [
        Row(
            at,
            (
                show.label(one.label),
                _(one.perspective.label),
                f"{Figure(one.weight):g}" if one.weight else show.glyphs().nothing,
                kind(one),
                show.label(one.code),
            ),
        )
        for at, one in enumerate(draft.criteria, 1)
    ]


def kind(one: CriterionDraft) -> Content:
    """Whether it is a gate, or computed from what."""
    if one.computed:
        return Content.assemble(show.glyphs().computed, " ", _(one.computed.label))
    return Content(_("gate")) if one.is_gate else show.nothing()


def head(kept: Kept, draft: TemplateDraft) -> Content:
    """The name, the version and what uses it; below, what it is for."""
    version = _("version {version}").format(version=kept.template.version)
    parts = [
        show.label(draft.name, "bold"),
        Content(version if kept.is_newest else version + " · " + _("an older one, to read only")),
        Content(ngettext("{count} scorecard", "{count} scorecards", kept.cards)),
    ]
    if kept.template.is_current:
        parts.append(Content.styled(_("new scorecards use it"), show.FINE))
    told = show.label(draft.description, show.MUTED)
    return Content("\n").join([Content.styled(" · ", show.MUTED).join(parts), told])


def anchors(one: CriterionDraft) -> Content:
    """What each grade means, a line each."""
    return Content("\n").join(
        Content.assemble((f"{grade}  ", "bold $primary"), show.label(sentence or _("no sentence yet")))
        for grade, sentence in enumerate(one.anchors)
    )


def preview(draft: TemplateDraft) -> Content:
    """All that is asked, by perspective."""
    return Content("\n").join(_lines(draft))


def _lines(draft: TemplateDraft) -> Iterator[Content]:
    yield show.label(draft.name, "bold")
    yield show.block(draft.description, show.MUTED)
    last = None
    for one in sorted(draft.criteria, key=lambda one: not one.is_gate):
        heading = _("Gates, asked first") if one.is_gate else _(one.perspective.label)
        if heading != last:
            yield Content()
            yield Content.styled(heading, "bold $primary")
            last = heading
        sign = show.glyphs().computed if one.computed else " "
        yield Content.assemble(
            show.cells(show.label(one.label), 32), f"{Figure(one.weight):g}".rjust(4) if one.weight else "", f" {sign}"
        )
