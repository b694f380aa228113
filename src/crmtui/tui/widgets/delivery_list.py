"""What is delivered to an account, with all that can be done to it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar, Final, cast

from textual import on

from crmtui.domain.delivery import Competence, CustomerRequest, Project, ProjectPerson, Promise, Satisfaction
from crmtui.queries import delivery as queries, delivery_words
from crmtui.text import N_, _, key as folded, line
from crmtui.tui import actions
from crmtui.tui.actions import bindings
from crmtui.tui.jobs import Jobs
from crmtui.tui.screens import action_desk, delivery_desk
from crmtui.tui.screens.action_desk import Chosen
from crmtui.tui.screens.choose import ChooseScreen, Found
from crmtui.tui.screens.delivery_desk import DUE, KINDS
from crmtui.tui.screens.why import WhyScreen
from crmtui.tui.widgets import delivery_lines
from crmtui.tui.widgets.agenda import Agenda
from crmtui.tui.widgets.delivery_lines import FIGURE

if TYPE_CHECKING:
    from collections.abc import Callable

    from crmtui.domain.fields import Record
    from crmtui.queries.delivery import DeliveryPage
    from crmtui.tui.screens.base import RoomScreen

_NEW: Final[dict[type[Record], str]] = {
    Project: N_("A project"),
    Promise: N_("A promise"),
    CustomerRequest: N_("A request of the customer"),
    Satisfaction: N_("Feedback, 0 to 10"),
    ProjectPerson: N_("Somebody who is in the project"),
    Competence: N_("A competence that the project needs"),
}


class DeliveryList(Agenda):
    """Projects, promises, requests and feedback of an account, below the figures that they make.

    Args:
        room: the screen that it will be on.
        account_id: whose.
    """

    HELP = N_(
        "What is delivered: projects with the people in them and the competences they need, promises, requests, and "
        "what the customer says of us. x settles what is open: kept or not, answered, done. w tells what a figure is "
        "made of."
    )
    BINDINGS: ClassVar = bindings(
        actions.NEW,
        actions.EDIT,
        delivery_desk.SETTLE,
        delivery_desk.MOVE,
        delivery_desk.PASS,
        actions.WHY,
        delivery_desk.REOPEN,
        actions.DELETE,
    )

    def __init__(self, room: RoomScreen, account_id: int) -> None:
        super().__init__(id="delivery")
        self._path = room.workspace
        self._account_id = account_id
        self._jobs = Jobs(self)
        self.page: DeliveryPage | None = None
        self._wanted: tuple[str, int] | None = None

    @property
    def room(self) -> RoomScreen:
        """The screen that it is on."""
        return cast("RoomScreen", self.screen)

    def reload(self) -> None:
        """Read again."""
        work = partial(queries.page, self._path, self._account_id, self.room.crm.today)
        self._jobs.run("delivery", work, on_done=self._show, on_failed=lambda _gone: None)

    def _show(self, page: DeliveryPage) -> None:
        self.page = page
        self.show_lines(tuple(delivery_lines.lines(page, self.room.crm.today)))
        if self._wanted is not None:
            self.go_to(self._wanted)
            self._wanted = None

    # What is chosen

    @property
    def place(self) -> tuple[str, int] | None:
        """Table and key of the line under the cursor; None on a figure, or where there is nothing."""
        place = cast("tuple[str, int] | None", self.current)
        return None if place is None or place[0] == FIGURE else place

    def _record(self, place: tuple[str, int] | None) -> Record | None:
        return self.page.record(KINDS[place[0]], place[1]) if self.page and place else None

    @property
    def _current(self) -> Record | None:
        return self._record(self.place)

    @property
    def _chosen(self) -> list[Record]:
        """The marked ones, else what is under the cursor."""
        marked = sorted(cast("frozenset[tuple[str, int]]", self.marks))
        places = marked or ([self.place] if self.place else [])
        return [found for place in places if (found := self._record(place)) is not None]

    @property
    def kind(self) -> type[Record] | None:
        """What all that is chosen is; None where that differs, or nothing is chosen."""
        kinds = {type(one) for one in self._chosen}
        return kinds.pop() if len(kinds) == 1 else None

    def _told(self) -> Chosen:
        found = self._chosen
        kind = self.kind or Project
        note = ("answer" if kind is CustomerRequest else "notes") if len(found) == 1 else ""
        return Chosen(
            kind,
            tuple(one.id for one in found),
            tuple(line(str(getattr(one, one.noun.title) or _(one.noun.one))) for one in found),
            str(getattr(found[0], note, "")) if note else "",
        )

    # Doing

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What does not fit what is chosen is not offered."""
        if action in _CAN:
            return _CAN[action](self)
        return super().check_action(action, parameters)

    @property
    def is_open(self) -> bool:
        """Whether all that is chosen can be settled."""
        return self.kind in DUE and all(map(_is_open, self._chosen))

    @property
    def is_over(self) -> bool:
        """Whether all that is chosen has been settled."""
        return self.kind in DUE and not any(map(_is_open, self._chosen))

    def action_new(self) -> None:
        """Write down what is wanted: what the cursor is on first."""
        kinds: list[type[Record]] = [Project, Promise, CustomerRequest, Satisfaction]
        if self._project is not None:
            kinds += [ProjectPerson, Competence]
        if (current := self._current) is not None:
            kinds.sort(key=lambda kind: kind is not type(current))
        found = [Found(kind.noun.table, _(_NEW[kind])) for kind in kinds]

        def find(words: str) -> list[Found[str]]:
            return [one for one in found if folded(words) in folded(one.label)]

        self.app.push_screen(ChooseScreen(_("What is to be written down?"), find), self._new)

    @property
    def _project(self) -> int | None:
        """The project that the cursor is on, or under."""
        current = self._current
        if isinstance(current, Project):
            return current.id
        return current.project_id if isinstance(current, ProjectPerson | Competence) else None

    def _new(self, found: Found[str] | None) -> None:
        if found is None:
            return
        table = found.key
        given: dict[str, int | None] = {"account_id": self._account_id, "project_id": self._project}
        if table in ("project_person", "competence"):
            del given["account_id"]
        elif self._project is None or table == Project.noun.table:
            del given["project_id"]

        def made(key: int) -> None:
            self._wanted = (table, key)
            self.reload()

        self.room.edit(delivery_desk.adding(self.room, KINDS[table], given, self._account_id), made)

    @on(Agenda.Opened)
    def _opened(self, event: Agenda.Opened) -> None:
        event.stop()
        if self.place is None:
            self.action_why()
        else:
            self.action_edit()

    def action_edit(self) -> None:
        """Change what is under the cursor."""
        if self.place is not None:
            table, key = self.place
            delivery_desk.edit(self.room, KINDS[table], key, self._account_id)

    def action_settle(self) -> None:
        """Say how it ended."""
        delivery_desk.settle(self.room, self._told(), self.unmark, self._told)

    def action_put_off(self) -> None:
        """Set another day."""
        delivery_desk.move(self.room, self._told(), self.unmark, self._told)

    def action_pass_on(self) -> None:
        """Pass it on to one of ours."""
        delivery_desk.pass_on(self.room, self._told(), self.unmark, self._told)

    def action_reopen(self) -> None:
        """Take it up again."""
        delivery_desk.reopen(self.room, self._told(), self.unmark)

    def action_delete(self) -> None:
        """Delete it; what was promised for a project that goes stays."""
        action_desk.delete(self.room, self._told(), self.unmark)

    def action_why(self) -> None:
        """Tell the terms of a figure, or all that is known of a record."""
        if self.page is None or self.current is None:
            return
        if (record := self._current) is not None:
            title, told = _(record.noun.one), delivery_lines.full(self.page, record, self.room.crm.today)
        else:
            _figure, key = cast("tuple[str, str]", self.current)
            figure = next(one for one in delivery_words.figures(self.page) if one.key == key)
            title, told = _("Why"), delivery_lines.reasons(figure)
        self.app.push_screen(WhyScreen(title, told))


def _is_open(one: Record) -> bool:
    if isinstance(one, Project):
        return not one.status.is_over
    if isinstance(one, Promise):
        return one.kept is None
    return isinstance(one, CustomerRequest) and one.answered_on is None


_CAN: Final[dict[str, Callable[[DeliveryList], bool]]] = {
    "settle": lambda here: here.is_open,
    "put_off": lambda here: here.is_open,
    "pass_on": lambda here: here.is_open and here.kind is CustomerRequest,
    "reopen": lambda here: here.is_over,
    "edit": lambda here: here.place is not None,
    "delete": lambda here: here.kind is not None,
    "why": lambda here: here.current is not None,
    "new": lambda here: here.page is not None,
}
