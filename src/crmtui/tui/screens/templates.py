"""The scorecard templates: which there are, what they ask, and which new scorecards use."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, ClassVar, Final

from textual import on
from textual.content import Content

from crmtui.domain.scorecards import ScorecardTemplate
from crmtui.domain.words import Source
from crmtui.queries import templates as queries
from crmtui.text import N_, _, ngettext
from crmtui.tui import actions, show
from crmtui.tui.actions import Action, bindings
from crmtui.tui.screens import template_files as files
from crmtui.tui.screens.base import RoomScreen
from crmtui.tui.screens.form import FormScreen, Shape
from crmtui.tui.widgets.noun_list import NounList
from crmtui.tui.widgets.noun_source import NounSource
from crmtui.tui.widgets.page import Pane
from crmtui.tui.widgets.template_facts import preview
from crmtui.tui.widgets.told import Told, side
from crmtui.tui.widgets.window_list import WindowList

if TYPE_CHECKING:
    from pathlib import Path

    from textual.app import ComposeResult

    from crmtui.domain.values import Value
    from crmtui.exchange.templates import TemplateDraft
    from crmtui.tui.screens.choose import Found

USE: Final = Action(
    id="templates.use",
    key="t",
    label=N_("Use for new cards"),
    help=N_("Let new scorecards use this template; those that were begun keep theirs."),
)
BRING: Final = Action(
    id="templates.bring",
    key="m",
    label=N_("Bring in"),
    help=N_("Add a template from a TOML file, or one that comes with the program."),
)


class TemplatesScreen(RoomScreen):
    """All versions of all templates."""

    HELP = N_(
        "What scorecards ask. Enter opens a template to change its criteria, weights and sentences. A version that "
        "scorecards were made with stays as it is: a change makes the next one. x writes a template to a file, m "
        "brings one in."
    )
    BINDINGS: ClassVar = bindings(actions.NEW, USE, BRING, files.WRITE, actions.DELETE)
    AUTO_FOCUS = "WindowList"
    DEFAULT_CSS = "TemplatesScreen #side { width: 44; }"

    def compose_body(self) -> ComposeResult:
        """The list, and what the one under the cursor asks."""
        source = NounSource(self.workspace, "templates", lambda: self.crm.today)
        empty = Content.styled(_("No templates: m brings in one that comes with the program."), show.MUTED)
        yield Pane(NounList(source, empty), title=_("Scorecard templates"))
        yield side(Told(id="told"), _("What it asks"))

    @property
    def list(self) -> WindowList:
        """The list."""
        return self.query_one(WindowList)

    @property
    def current(self) -> int | None:
        """The key of the one under the cursor."""
        lists = self.query(WindowList)
        return lists.first().current if lists else None

    def reload(self) -> None:
        """Read the list and the preview again."""
        self.list.reload()
        self._read(self.current)

    @on(WindowList.Highlighted)
    def _highlighted(self, event: WindowList.Highlighted) -> None:
        self._read(event.key)
        self.refresh_bindings()

    def _read(self, key: int | None) -> None:
        if key is None:
            self.jobs.forget("told")
            self.query_one(Told).tell(Content())
        else:
            work = partial(queries.draft, self.workspace, key)
            self.jobs.run("told", work, on_done=self._show, on_failed=lambda _gone: None)

    def _show(self, draft: TemplateDraft) -> None:
        self.query_one(Told).tell(preview(draft))

    @on(WindowList.Counted)
    def _tell(self) -> None:
        if self.list.is_complete:
            self.say(ngettext("{count} version of a template", "{count} versions of templates", self.list.count))

    @on(WindowList.Opened)
    def _open(self, event: WindowList.Opened) -> None:
        self.crm.open_record(ScorecardTemplate.noun.table, event.key)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What needs a template is not offered without one."""
        if action in ("use", "write", "delete", "new"):
            return self.current is not None
        return super().check_action(action, parameters)

    def action_new(self) -> None:
        """Begin a template as a copy of the one under the cursor, under another name."""
        if (key := self.current) is not None:
            self.edit(
                FormScreen(
                    ScorecardTemplate,
                    {},
                    title=_("New template, a copy of this one"),
                    save=partial(_copy, self.workspace, key),
                    shape=Shape(only=("name", "description")),
                ),
                self._added,
            )

    def action_use(self) -> None:
        """Let new scorecards use it."""
        from crmtui.commands import templates

        if (key := self.current) is not None:
            self.change(partial(templates.use, self.workspace, key, Source.TUI))

    def action_bring(self) -> None:
        """Add one from a file."""
        self.app.push_screen(files.choosing(), self._bring)

    def _bring(self, found: Found[str] | None) -> None:
        if found is not None:
            self.change(partial(files.bring, self.workspace, found.key), on_done=self._added)

    def _added(self, key: int) -> None:
        self.list.goto(key)

    def action_write(self) -> None:
        """Write it to a file."""
        if (key := self.current) is not None:
            files.write(self, key)

    def action_delete(self) -> None:
        """Delete those that are marked, or the one under the cursor; not what scorecards were made with."""
        from crmtui.commands import records

        work = partial(records.delete, self.workspace, ScorecardTemplate, sorted(self.list.chosen), Source.TUI)
        self.change(work, on_done=lambda deleted: self.crm.tell(records.said(deleted)))


def _copy(path: Path, key: int, values: dict[str, Value]) -> int:
    from crmtui.commands import templates
    from crmtui.errors import InvalidError

    name = str(values.get("name") or "")
    if any(one.template.name == name for one in queries.kept(path)):
        raise InvalidError({"name": _("is taken: open that template to change it")})
    draft = replace(queries.draft(path, key), name=name, description=str(values.get("description") or ""))
    return templates.save(path, draft, Source.TUI)
