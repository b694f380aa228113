"""The page of a scorecard template: its criteria with their weights, and what each grade means."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar, Final

from textual import on
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from crmtui.domain.scorecards import Criterion, ScorecardTemplate
from crmtui.domain.words import Computed, Perspective, Source
from crmtui.errors import NotFoundError
from crmtui.exchange.templates import CriterionDraft, TemplateDraft
from crmtui.queries import templates as queries
from crmtui.text import N_, _, ngettext
from crmtui.tui import actions, show
from crmtui.tui.actions import Action, bindings
from crmtui.tui.screens import template_files as files
from crmtui.tui.screens.base import PageScreen
from crmtui.tui.screens.form import FormScreen, Shape
from crmtui.tui.widgets import template_facts as facts
from crmtui.tui.widgets.page import Pane
from crmtui.tui.widgets.small_source import SmallSource
from crmtui.tui.widgets.text_list import TextList
from crmtui.tui.widgets.window_list import WindowList

if TYPE_CHECKING:
    from collections.abc import Callable, Collection
    from pathlib import Path

    from textual.app import ComposeResult

    from crmtui.domain.values import Value
    from crmtui.queries.templates import Kept

ASKED: Final = ("label", "code", "perspective", "weight", "computed", "is_gate")
ANCHORS: Final = tuple(f"anchor_{grade}" for grade in range(5))
LATER: Final = Action(
    id="template.later",
    key="greater_than_sign",
    label=N_("Further down"),
    does="shift(1)",
    help=N_("Ask the criterion later, within its perspective."),
)
EARLIER: Final = Action(
    id="template.earlier",
    key="less_than_sign",
    label=N_("Further up"),
    does="shift(-1)",
    help=N_("Ask the criterion earlier, within its perspective."),
    show=False,
)
HEAD: Final = Action(
    id="template.head", key="D", label=N_("Description"), help=N_("Change what the template says it is for.")
)


@dataclass(frozen=True, slots=True)
class _Read:
    """What the page has read."""

    kept: Kept
    draft: TemplateDraft


class TemplatePage(PageScreen):
    """One version of a template.

    Args:
        key: the version.
    """

    HELP = N_(
        "The criteria of a template. e changes one: what it is called, how much it counts, what each grade means. "
        "Scorecards keep the version they were made with; a change to such a version makes the next one."
    )
    BINDINGS: ClassVar = bindings(actions.NEW, actions.EDIT, actions.DELETE, LATER, HEAD, files.WRITE, EARLIER)
    AUTO_FOCUS = "WindowList"
    DEFAULT_CSS = """
    TemplatePage {
        & #work { width: 1fr; }
        & #head { height: 2; padding: 0 1; text-wrap: nowrap; text-overflow: ellipsis; }
        & #meaning { height: 8; }
    }
    """

    def __init__(self, key: int, **more: Any) -> None:  # noqa: ANN401 - as the base asks
        super().__init__(key, **more)
        self._read: _Read | None = None

    def compose_body(self) -> ComposeResult:
        """The head, the criteria, and what the grades of one mean."""
        source = SmallSource(facts.COLUMNS, lambda: facts.rows(queries.draft(self.workspace, self.key)))
        empty = Content.styled(_("No criteria yet: n adds one."), show.MUTED)
        with Vertical(id="work"):
            yield Static(id="head", markup=False)
            yield Pane(TextList(source, empty, _("Criteria")), title=_("Criteria"))
            yield Pane(Static(id="told", markup=False), title=_("What the grades mean"), id="meaning")

    @property
    def list(self) -> WindowList:
        """The criteria."""
        return self.query_one(WindowList)

    @property
    def criterion(self) -> CriterionDraft | None:
        """The one under the cursor."""
        if self._read is None or (at := self.list.current) is None:
            return None
        criteria = self._read.draft.criteria
        return criteria[at - 1] if 0 < at <= len(criteria) else None

    # Reading

    def reload(self) -> None:
        """Read the template again."""
        self.list.reload()
        name = self._read.draft.name if self._read else ""
        self.jobs.run("read", partial(_read, self.workspace, self.key, name), on_done=self._show, on_failed=self.leave)

    def _show(self, read: _Read) -> None:
        self._read = read
        self.key = read.kept.template.id
        self.query_one("#head", Static).update(facts.head(read.kept, read.draft))
        count = len(read.draft.criteria)
        self.say(ngettext("{count} criterion", "{count} criteria", count))
        self._tell()

    @on(WindowList.Highlighted)
    def _tell(self) -> None:
        one = self.criterion
        self.query_one("#told", Static).update(facts.anchors(one) if one else Content())
        self.refresh_bindings()

    # Changing

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What needs a criterion is not offered without one; older versions are only read."""
        is_newest = self._read is not None and self._read.kept.is_newest
        if action in ("new", "head"):
            return is_newest
        if action in ("edit", "delete", "shift"):
            return is_newest and self.criterion is not None
        return super().check_action(action, parameters)

    @on(WindowList.Opened)
    def action_edit(self) -> None:
        """Change the criterion under the cursor."""
        if self._read and self._read.kept.is_newest and (one := self.criterion):
            self._ask(one, self._read.draft.criteria.index(one))

    def action_new(self) -> None:
        """Add a criterion after the one under the cursor."""
        perspective = self.criterion.perspective if self.criterion else Perspective.CUSTOMER
        self._ask(CriterionDraft("", "", perspective), None)

    def _ask(self, one: CriterionDraft, at: int | None) -> None:
        if self._read is None:
            return
        name, code = self._read.draft.name, "" if at is None else one.code
        form = FormScreen(
            Criterion,
            _fields(one),
            title=one.label or _("New criterion"),
            save=partial(_put, self.workspace, name, code),
            shape=Shape(only=(*ASKED, *ANCHORS), now=partial(_now, self.workspace, name, code)),
        )
        self.edit(form, self._saved)

    def action_delete(self) -> None:
        """Ask those that are marked no longer, or the one under the cursor."""
        if self._read:
            draft = self._read.draft
            codes = [draft.criteria[at - 1].code for at in self.list.chosen if at <= len(draft.criteria)]
            self._save(partial(_drop, self.workspace, draft.name, codes))

    def action_shift(self, by: int) -> None:
        """Change places with the criterion before or after."""
        if self._read and (one := self.criterion):
            criteria = self._read.draft.criteria
            to = criteria.index(one) + by
            if 0 <= to < len(criteria):
                self._save(partial(_shift, self.workspace, self._read.draft.name, one.code, by), to + 1)

    def _save(self, work: Callable[[], int], at: int | None = None) -> None:
        def done(key: int) -> None:
            self._saved(key)
            if at is not None:
                self.list.goto(at)

        self.change(work, on_done=done)

    def action_head(self) -> None:
        """Change the description."""
        if self._read:
            name = self._read.draft.name
            form = FormScreen(
                ScorecardTemplate,
                {"description": self._read.draft.description},
                title=name,
                save=partial(_describe, self.workspace, name),
                shape=Shape(
                    only=("description",),
                    now=lambda: {"description": queries.newest(self.workspace, name).description},
                ),
            )
            self.edit(form, self._saved)

    def _saved(self, key: int) -> None:
        """Go on with the version that the change has made."""
        self.key = key
        if self.is_attached:
            self.reload()

    def action_write(self) -> None:
        """Write it to a file."""
        files.write(self, self.key)


def _read(path: Path, key: int, name: str) -> _Read:
    """Blocking: the version of that key; the newest of that name where the version was undone."""
    kept = {one.template.id: one for one in queries.kept(path)}
    newest = next((one for one in kept.values() if one.template.name == name and one.is_newest), None)
    if one := kept.get(key, newest):
        return _Read(one, queries.draft(path, one.template.id))
    raise NotFoundError(_("The {record} is no longer there.").format(record=_(ScorecardTemplate.noun.one)))


def _fields(one: CriterionDraft) -> dict[str, Value]:
    return {
        "label": one.label,
        "code": one.code,
        "perspective": one.perspective,
        "weight": one.weight,
        "computed": one.computed,
        "is_gate": one.is_gate,
        **dict(zip(ANCHORS, one.anchors, strict=True)),
    }


def _now(path: Path, name: str, code: str) -> dict[str, Value]:
    """Blocking: the criterion as it is kept; nothing where it is a new one, or has gone."""
    return next((_fields(one) for one in queries.newest(path, name).criteria if one.code == code), {})


def _put(path: Path, name: str, code: str, values: dict[str, Value]) -> int:
    """Blocking: keep a criterion in the place of the one of that code, or at the end where it is a new one."""
    before = queries.newest(path, name)
    at = _at(before, code) if code else len(before.criteria)
    one = CriterionDraft(
        code=str(values.get("code") or ""),
        label=str(values.get("label") or ""),
        perspective=next(one for one in Perspective if one == values["perspective"]),
        weight=float(str(values["weight"])),
        is_gate=bool(values.get("is_gate")),
        computed=next((one for one in Computed if one == values.get("computed")), None),
        anchors=tuple(str(values.get(name) or "") for name in ANCHORS),
    )
    return _keep(path, before, (*before.criteria[:at], one, *before.criteria[at + 1 :]))


def _drop(path: Path, name: str, codes: Collection[str]) -> int:
    """Blocking: leave criteria out."""
    before = queries.newest(path, name)
    return _keep(path, before, tuple(one for one in before.criteria if one.code not in codes))


def _shift(path: Path, name: str, code: str, by: int) -> int:
    """Blocking: let a criterion change places with the one so far before or after it, if there is one."""
    before = queries.newest(path, name)
    criteria = list(before.criteria)
    at = _at(before, code)
    to = min(max(at + by, 0), len(criteria) - 1)
    criteria[at], criteria[to] = criteria[to], criteria[at]
    return _keep(path, before, tuple(criteria))


def _at(draft: TemplateDraft, code: str) -> int:
    codes = [one.code for one in draft.criteria]
    if code not in codes:
        raise NotFoundError(_("The {record} is no longer there.").format(record=_(Criterion.noun.one)))
    return codes.index(code)


def _keep(path: Path, before: TemplateDraft, criteria: tuple[CriterionDraft, ...]) -> int:
    from crmtui.commands import templates

    draft = replace(before, criteria=criteria)
    return templates.save(path, draft, Source.TUI, on_top=True, instead_of=before)


def _describe(path: Path, name: str, values: dict[str, Value]) -> int:
    from crmtui.commands import templates

    before = queries.newest(path, name)
    draft = replace(before, description=str(values.get("description") or ""))
    return templates.save(path, draft, Source.TUI, on_top=True, instead_of=before)
