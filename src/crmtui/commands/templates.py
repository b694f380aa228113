"""Scorecard templates: every change makes a new version, so that old scorecards keep the one they were scored with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmtui.commands.shipped_templates import SHIPPED, criteria, head, shipped
from crmtui.domain.scorecards import Criterion, ScorecardTemplate
from crmtui.errors import ConflictError
from crmtui.exchange import templates as exchange
from crmtui.queries import templates as queries
from crmtui.store.reading import records, scorecards
from crmtui.store.unit import UnitOfWork, work
from crmtui.store.writing.bulk import insert_many
from crmtui.text import _, line, ngettext

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from crmtui.domain.words import Source
    from crmtui.exchange.templates import TemplateDraft


def seed(unit: UnitOfWork) -> None:
    """Write the shipped templates into a new workspace; the first is what new scorecards use."""
    for name in SHIPPED:
        _insert(unit, shipped(name), 1, is_current=name == SHIPPED[0])


def save(
    path: Path,
    draft: TemplateDraft,
    source: Source,
    *,
    on_top: bool = False,
    instead_of: TemplateDraft | None = None,
) -> int:
    """Keep a template: a new one, or the next version of the one of that name; returns its key.

    One that says nothing new makes no version. The next version of what new scorecards use is used from now on.
    With `on_top` a version that no scorecard was made with is changed itself: so are several changes in a row one.

    Raises:
        InvalidError: the template cannot be scored with; it says why.
        ConflictError: the newest version is no longer what the draft was made from, where `instead_of` says that.
    """
    exchange.check(draft)
    with work(path, "", source) as unit:
        if instead_of is not None and _newest(unit, instead_of.name) != instead_of:
            raise ConflictError(_("Somebody else has changed this template meanwhile; look at it again."))
        return _save(unit, draft, on_top=on_top)


def save_all(path: Path, drafts: Sequence[TemplateDraft], source: Source) -> list[int]:
    """Keep several templates in one step, or none where one is wrong; returns their keys. Errors as `save`."""
    for draft in drafts:
        exchange.check(draft)
    with work(path, "", source) as unit:
        keys = [_save(unit, draft, on_top=False) for draft in drafts]
        if len(keys) > 1:
            unit.relabel(ngettext("Keep {count} scorecard template", "Keep {count} scorecard templates", len(keys)))
        return keys


def _newest(unit: UnitOfWork, name: str) -> TemplateDraft | None:
    known = queries.versions(unit.connection, name)
    return queries.draft_of(unit.connection, known[-1]) if known else None


def _save(unit: UnitOfWork, draft: TemplateDraft, *, on_top: bool) -> int:
    known = queries.versions(unit.connection, draft.name)
    newest = known[-1] if known else None
    if newest and queries.draft_of(unit.connection, newest) == draft:
        return newest.id
    if newest and on_top and not scorecards.template_counts(unit.connection)[newest.id][1]:
        key, version = _replace(unit, newest.id, draft), newest.version
    else:
        is_current = any(one.is_current for one in known)
        for one in known:
            if one.is_current:
                unit.update(ScorecardTemplate, one.id, {"is_current": False})
        version = newest.version + 1 if newest else 1
        key = _insert(unit, draft, version, is_current=is_current)
    unit.relabel(_("Write scorecard template {name}, version {version}").format(name=line(draft.name), version=version))
    return key


def _replace(unit: UnitOfWork, key: int, draft: TemplateDraft) -> int:
    for criterion in scorecards.criteria(unit.connection, key):
        unit.delete(Criterion, criterion.id)
    unit.update(ScorecardTemplate, key, {"description": draft.description})
    insert_many(unit, Criterion, ({**fields, "template_id": key} for fields in criteria(draft)))
    return key


def use(path: Path, template_id: int, source: Source) -> None:
    """Let new scorecards use a template; NotFoundError if it is gone."""
    with work(path, "", source) as unit:
        wanted = records.get(unit.connection, ScorecardTemplate, template_id)
        for one in queries.every(unit.connection):
            if one.is_current != (one.id == template_id):
                unit.update(ScorecardTemplate, one.id, {"is_current": one.id == template_id})
        unit.relabel(_("Use {name} for new scorecards").format(name=line(wanted.name)))


def _insert(unit: UnitOfWork, draft: TemplateDraft, version: int, *, is_current: bool) -> int:
    (key,) = insert_many(unit, ScorecardTemplate, [head(draft, version, is_current=is_current)])
    insert_many(unit, Criterion, ({**fields, "template_id": key} for fields in criteria(draft)))
    return key
