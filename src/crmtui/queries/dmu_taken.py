"""What had to be taken somehow for the figures of a map, in sentences: nobody of weight, circles, contradictions."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from crmtui.domain.words import EdgeKind
from crmtui.text import _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crmtui.queries.dmu import DmuPage


def told(page: DmuPage) -> Iterator[str]:
    """Each thing that a figure had to take somehow, in the user's language; nothing on most maps."""
    found = page.figures
    if found.leverage.is_even and found.members:
        yield _("Nobody weighs anything by role and power, so all decide alike.")
    if found.leverage.adrift:
        adrift = ", ".join(_name(page, key) for key in found.leverage.adrift)
        yield _(
            "{names} are entirely open and only listen to one another: taken as the mean of what they think."
        ).format(names=adrift)
    yield from _contradictions(page)
    for key in found.favour.blocks:
        yield _("{name} has a veto and ends below -0.50: a block, whatever the favour.").format(name=_name(page, key))


def _contradictions(page: DmuPage) -> Iterator[str]:
    """Lines between the same two that say different things."""
    lines = {(edge.source_id, edge.target_id) for edge in page.edges if edge.kind is EdgeKind.INFLUENCE}
    quarrels = {frozenset((edge.source_id, edge.target_id)) for edge in page.edges if edge.kind is EdgeKind.CONFLICT}
    for one, other in combinations((sheet.key for sheet in page.sheets), 2):
        both = _name(page, one), _name(page, other)
        influences = ((one, other) in lines) + ((other, one) in lines)
        if influences and frozenset((one, other)) in quarrels:
            yield _(
                "{first} and {second} are in conflict, and one influences the other: the influence counts, the "
                "conflict is only shown."
            ).format(first=both[0], second=both[1])
        elif influences > 1:
            yield _("{first} and {second} influence each other: both lines count, so that they meet.").format(
                first=both[0], second=both[1]
            )


def _name(page: DmuPage, key: int) -> str:
    sheet = page.sheet(key)
    return sheet.name if sheet else ""
