"""By what accounts are placed in the matrix: the criteria with their weights, and the grades of an account."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, ClassVar, Final

from crmtui.domain.fields import Record, default, specs
from crmtui.domain.portfolio import PortfolioCriterion, PortfolioGrade
from crmtui.domain.words import Source
from crmtui.queries import matrix as queries
from crmtui.text import N_, _, ngettext
from crmtui.tui import meanwhile
from crmtui.tui.actions import Action, bindings
from crmtui.tui.screens.catalogue import Catalogue, CatalogueScreen
from crmtui.tui.screens.form import FormScreen, Shape

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping
    from pathlib import Path

    from crmtui.domain.fields import Spec
    from crmtui.domain.values import Value
    from crmtui.queries.matrix import Line, MatrixPage
    from crmtui.tui.screens.base import RoomScreen

CRITERIA: Final = Catalogue(
    "criteria",
    N_("Criteria of the matrix"),
    N_("None of your own: the method's place the accounts. n adds one, b brings the method's here to be changed."),
)
MORE: Final = Action(
    id="criteria.more", key="plus", label=N_("More weight"), does="weigh(0.5)", help=N_("Let the criterion count more.")
)
LESS: Final = Action(
    id="criteria.less", key="minus", label=N_("Less"), does="weigh(-0.5)", help=N_("Let the criterion count less.")
)
RESTORE: Final = Action(
    id="criteria.restore",
    key="b",
    label=N_("Method's"),
    help=N_("Bring those of the method's criteria back that are missing."),
)
_ASKED: Final = ("axis", "name", "weight", "computed", "full")
_GRADED: Final = ("grade", "evidence", "basis", "judged_on", "source")


class CriteriaScreen(CatalogueScreen):
    """The criteria, with what is known of the one under the cursor beside them."""

    HELP = N_(
        "What makes an account attractive, and our relationship with it strong. + and - change how much a criterion "
        "counts; segments, postures and what hangs on a weight follow at once. What is computed from nothing is "
        "graded by hand, account by account, in the matrix."
    )
    BINDINGS: ClassVar = bindings(MORE, LESS, RESTORE)

    def __init__(self) -> None:
        super().__init__(CRITERIA)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only a criterion can be weighed."""
        if action == "weigh":
            return bool(self.query("RecordTable")) and self.table.list.current is not None
        return super().check_action(action, parameters)

    def action_weigh(self, by: float) -> None:
        """Let the criterion under the cursor count more or less."""
        from crmtui.commands import criteria

        if (key := self.table.list.current) is not None:
            self.change(
                partial(criteria.weigh, self.workspace, key, by, Source.TUI), repeat=partial(self.action_weigh, by)
            )

    def action_restore(self) -> None:
        """Bring the method's back."""
        from crmtui.commands import criteria

        def done(count: int) -> None:
            self.crm.tell(ngettext("Added {count} criterion.", "Added {count} criteria.", count))

        self.change(partial(criteria.restore, self.workspace, Source.TUI), on_done=done)


def adding(room: RoomScreen, given: Mapping[str, Value]) -> FormScreen[int]:
    """The form for a new criterion."""
    from crmtui.commands import criteria

    return FormScreen(
        PortfolioCriterion,
        given,
        title=_("New {record}").format(record=_(PortfolioCriterion.noun.one)),
        save=lambda values: criteria.add(room.workspace, values, Source.TUI),
        shape=Shape(only=_ASKED),
    )


def editing(room: RoomScreen, criterion: PortfolioCriterion) -> FormScreen[None]:
    """The form of a criterion."""
    from crmtui.commands import criteria

    return FormScreen(
        PortfolioCriterion,
        {name: getattr(criterion, name) for name in specs(PortfolioCriterion)},
        title=criterion.name,
        save=lambda values: criteria.edit(room.workspace, criterion.id, values, Source.TUI),
        changes_only=True,
        shape=Shape(only=_ASKED, now=meanwhile.kept(room.workspace, PortfolioCriterion, criterion.id)),
    )


# The grades of an account


def by_hand(page: MatrixPage) -> dict[int, str]:
    """The user's criteria that are graded by hand: names by key."""
    asked = (one for one in page.criteria if not one.is_computed and one.code in page.names)
    return {int(one.code): page.labels[one.code] for one in asked}


def grading(path: Path, page: MatrixPage, one: Line, today: dt.date) -> FormScreen[int]:
    """The form for the grades of an account: each criterion with its grade, what that rests on, and who says so."""
    names = by_hand(page)

    def now() -> dict[str, Value]:
        return next((_said(line, names) for line in queries.page(path, today).lines if line.key == one.key), {})

    return FormScreen(
        Record,
        _said(one, names),
        title=_("Grades of {name}").format(name=one.name),
        save=partial(_grade, path, one.key, today),
        changes_only=True,
        shape=Shape(extra=_fields(names), now=now),
    )


def _fields(names: Mapping[int, str]) -> Mapping[str, Spec]:
    """The fields of a grade for each criterion; the first is called like it."""
    known = specs(PortfolioGrade)
    return {
        f"{field}_{key}": replace(known[field], label=name) if field == "grade" else known[field]
        for key, name in names.items()
        for field in _GRADED
    }


def _said(one: Line, names: Mapping[int, str]) -> dict[str, Value]:
    said: dict[str, Value] = {}
    for key in names:
        found = one.judged.get(str(key))
        for field in _GRADED:
            said[f"{field}_{key}"] = getattr(found, field) if found else default(PortfolioGrade, field)
    return said


def _grade(path: Path, account_id: int, today: dt.date, values: Mapping[str, Value]) -> int:
    """Blocking: write what was changed, by criterion."""
    from crmtui.commands import grades

    given: dict[int, dict[str, Value]] = {}
    for name, value in values.items():
        field, _line, key = name.rpartition("_")
        given.setdefault(int(key), {})[field] = value
    return grades.grade(path, account_id, given, Source.TUI, today)
