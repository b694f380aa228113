"""What goes with a rating or with the level, asked over the relationship: evidence, target, level, other days."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, TypeAlias

from crmtui.domain.relationship import Assessment, AssessmentRating
from crmtui.domain.words import Basis, Indicator, Source
from crmtui.queries import relationship as queries, relationship_words as words
from crmtui.text import _, key
from crmtui.tui import show
from crmtui.tui.screens.choose import ChooseScreen, Found
from crmtui.tui.screens.form import FormScreen, Shape
from crmtui.tui.widgets.ladder_rows import LABELS, Field

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable
    from pathlib import Path

    from crmtui.domain.values import Value
    from crmtui.method.gates import Gate
    from crmtui.queries.relationship import RelationshipPage
    from crmtui.tui.screens.base import RoomScreen
    from crmtui.tui.widgets.ladder_rows import Place

Dated: TypeAlias = Found[int]
LEVEL = ("target_level", "target_on", "override_level", "override_reason", "notes")
ASKED = {
    Field.WILLINGNESS: ("willingness", "willingness_basis", "willingness_on", "willingness_source"),
    Field.BENEFIT: ("benefit",),
}


def rating(path: Path, account_id: int, place: Place, grade: int | None, today: dt.date) -> Callable[[], int]:
    """What writes a rating, or the willingness; blocking."""
    from crmtui.commands import assessments

    if isinstance(place, Indicator):
        said = assessments.Rating(indicator=place, grade=grade)
        return partial(assessments.rate, path, account_id, said, Source.TUI, today)
    return partial(assessments.assess, path, account_id, Source.TUI, today, given={Field.WILLINGNESS.value: grade})


def form(path: Path, page: RelationshipPage, place: Place, today: dt.date) -> FormScreen[int]:
    """The form for what a row rests on."""
    if isinstance(place, Indicator):
        return FormScreen(
            AssessmentRating,
            _rated(page, place),
            title=_(place.label),
            save=partial(_note, path, page.account.id, place, today),
            shape=Shape(
                only=("evidence", "basis", "source"),
                now=lambda: _rated(queries.page(path, page.account.id, today), place),
            ),
            changes_only=True,
        )
    field = Field(place)
    return _fields(path, page, ASKED[field], _(LABELS[field]), today)


def setting(path: Path, page: RelationshipPage, today: dt.date) -> FormScreen[int]:
    """The form for the target, and for a level set by hand."""
    return _fields(path, page, LEVEL, _("Level and target of {name}").format(name=page.account.name), today)


def _fields(path: Path, page: RelationshipPage, only: tuple[str, ...], title: str, today: dt.date) -> FormScreen[int]:
    from crmtui.commands import assessments

    return FormScreen(
        Assessment,
        _assessed(page, only),
        title=title,
        save=lambda values: assessments.assess(path, page.account.id, Source.TUI, today, given=values),
        shape=Shape(only=only, now=lambda: _assessed(queries.page(path, page.account.id, today), only)),
        changes_only=True,
    )


def _assessed(page: RelationshipPage, only: tuple[str, ...]) -> dict[str, Value]:
    shown = page.assessment or Assessment()
    given: dict[str, Value] = {name: getattr(shown, name) for name in only}
    return given | {name: getattr(page.account, name) for name in ("target_level", "target_on") if name in only}


def _rated(page: RelationshipPage, indicator: Indicator) -> dict[str, Value]:
    now = page.ratings[indicator]
    return {"evidence": now.evidence, "basis": now.basis or Basis.ASSUMED, "source": now.source}


def _note(path: Path, account_id: int, indicator: Indicator, today: dt.date, values: dict[str, Value]) -> int:
    from crmtui.commands import assessments

    said = assessments.Rating(
        indicator=indicator,
        is_graded=False,
        evidence=values.get("evidence"),
        basis=values.get("basis"),
        according_to=values.get("source"),
    )
    return assessments.rate(path, account_id, said, Source.TUI, today)


def text_of(page: RelationshipPage, place: Place) -> str:
    """The long text of a row."""
    if isinstance(place, Indicator):
        return page.ratings[place].evidence
    return page.assessment.benefit if page.assessment else ""


def edit_text(room: RoomScreen, page: RelationshipPage, place: Place, today: dt.date) -> None:
    """Let the user write the long text of a row in an editor of their own."""
    from crmtui.queries import relationship
    from crmtui.tui.long_text import LongText

    path, account_id = room.workspace, page.account.id
    LongText(
        room,
        text_of(page, place),
        now=lambda: text_of(relationship.page(path, account_id, today), place),
        save=lambda text: _write(path, account_id, place, text, today),
    ).change()


def _write(path: Path, account_id: int, place: Place, text: str, today: dt.date) -> int:
    from crmtui.commands import assessments

    if isinstance(place, Indicator):
        return _note(path, account_id, place, today, {"evidence": text})
    return assessments.assess(path, account_id, Source.TUI, today, given={Field.BENEFIT.value: text})


def planning(path: Path, page: RelationshipPage, gate: Gate, today: dt.date) -> Callable[[], int]:
    """What makes a gate an action of the account plan, of the account's owner, until the day of the target."""
    from crmtui.commands import action_plan
    from crmtui.domain.action_plan import PlanAction

    due = page.account.target_on
    given = {
        "account_id": page.account.id,
        "name": words.action(gate),
        "owner_id": page.account.owner_id,
        "due_on": due if due and due >= today else None,
        "gate": gate.name.value,
    }
    return partial(action_plan.add, path, PlanAction, given, Source.TUI, today)


def past(page: RelationshipPage) -> ChooseScreen[int]:
    """Choose one of the dated assessments, the newest first."""
    dated = [
        Found(assessment_id, show.full_date(move.mark.day).plain, _(move.mark.level.label))
        for assessment_id, move in zip(page.assessment_ids, page.moves, strict=True)
    ]
    return ChooseScreen(
        _("Assessments of {name}").format(name=page.account.name),
        lambda typed: [one for one in reversed(dated) if key(typed) in key(one.label)],
    )
