"""Scorecard templates: all of them with what uses them, and one as it is written down."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from crmtui.domain import values
from crmtui.domain.scorecards import ScorecardTemplate
from crmtui.errors import NotFoundError
from crmtui.exchange.templates import CriterionDraft, TemplateDraft
from crmtui.store.reading import records, scorecards
from crmtui.store.reading.connections import reading
from crmtui.text import _, key as folded

if TYPE_CHECKING:
    import sqlite3
    from pathlib import Path

__all__ = ["Kept", "draft", "draft_of", "every", "found", "kept", "newest", "versions"]


@dataclass(frozen=True, slots=True)
class Kept:
    """A version of a template.

    Attributes:
        is_newest: whether no version of the same name is newer.
        criteria: how many it asks.
        cards: how many scorecards use it.
    """

    template: ScorecardTemplate
    is_newest: bool
    criteria: int
    cards: int


def kept(path: Path) -> list[Kept]:
    """All versions of all templates: what new scorecards use first, the newest version of each name first."""
    with reading(path) as connection:
        every_one = every(connection)
        counts = scorecards.template_counts(connection)
    newest = {one.name: max(other.version for other in every_one if other.name == one.name) for one in every_one}
    current = {one.name for one in every_one if one.is_current}
    ordered = sorted(every_one, key=lambda one: (one.name not in current, one.name, -one.version))
    return [Kept(one, one.version == newest[one.name], *counts[one.id]) for one in ordered]


def found(path: Path, ref: str) -> Kept:
    """The newest version of that name, the version that is named too, or the one of an identity.

    Raises:
        NotFoundError: none answers to it, or more than one.
    """
    known = kept(path)
    wanted = folded(ref)
    exact = [one for one in known if wanted == folded(f"{one.template.name} {one.template.version}")]
    newest = [one for one in known if wanted == folded(one.template.name) and one.is_newest]
    identical = [one for one in known if one.template.uid == ref.strip().lower()]
    begun = [one for one in known if wanted and folded(one.template.name).startswith(wanted) and one.is_newest]
    for those in (exact, newest, identical, begun):
        if len(those) == 1:
            return those[0]
    names = ", ".join(one.template.name for one in known if one.is_newest)
    raise NotFoundError(
        _("There is no template {name}; there are {names}.").format(name=values.quoted(ref), names=names)
    )


def draft(path: Path, template_id: int) -> TemplateDraft:
    """A template as it is written down; NotFoundError if it is gone."""
    with reading(path) as connection:
        return draft_of(connection, records.get(connection, ScorecardTemplate, template_id))


def newest(path: Path, name: str) -> TemplateDraft:
    """The newest version of the template of that name, as it is written down; NotFoundError where there is none."""
    with reading(path) as connection:
        known = versions(connection, name)
        if not known:
            raise NotFoundError(_("The {record} is no longer there.").format(record=_(ScorecardTemplate.noun.one)))
        return draft_of(connection, known[-1])


def every(connection: sqlite3.Connection) -> list[ScorecardTemplate]:
    """All versions of all templates, the first made first."""
    return list(records.where(connection, ScorecardTemplate, "1"))


def versions(connection: sqlite3.Connection, name: str) -> list[ScorecardTemplate]:
    """The versions of a template, the oldest first."""
    return list(records.where(connection, ScorecardTemplate, "name = ?", (name,), "version"))


def draft_of(connection: sqlite3.Connection, template: ScorecardTemplate) -> TemplateDraft:
    """A template that was read, as it is written down."""
    return TemplateDraft(
        template.name,
        template.description,
        tuple(
            CriterionDraft(
                code=one.code,
                label=one.label,
                perspective=one.perspective,
                weight=one.weight,
                is_gate=one.is_gate,
                computed=one.computed,
                anchors=(one.anchor_0, one.anchor_1, one.anchor_2, one.anchor_3, one.anchor_4),
            )
            for one in scorecards.criteria(connection, template.id)
        ),
    )
