"""The commands that work in every room."""

from __future__ import annotations

from typing import Final

from crmtui.text import N_
from crmtui.tui.actions import Action
from crmtui.tui.rooms import ROOMS

ROOM_ACTIONS: Final = tuple(
    Action(id=f"app.{room.id}", key=room.key, label=room.label, does=f"room('{room.id}')", show=False) for room in ROOMS
)
EVERYWHERE: Final = (
    Action(id="app.undo", key="u", label=N_("Undo"), help=N_("Take the newest change back.")),
    Action(id="app.redo", key="ctrl+y", label=N_("Redo"), help=N_("Bring back what was undone."), show=False),
    Action(
        id="app.palette",
        key="ctrl+p",
        label=N_("Commands"),
        help=N_("Find what can be done here by its name."),
        show=False,
        priority=True,
    ),
    Action(
        id="app.lists",
        key="L",
        label=N_("Lists"),
        help=N_(
            "All people, objectives, actions, offerings, competitors, orders, our people, scorecard templates, "
            "channels."
        ),
        show=False,
    ),
    Action(
        id="app.history",
        key="H",
        label=N_("History"),
        help=N_("See what was changed, and take any of it back."),
        show=False,
    ),
    Action(
        id="app.doubles",
        key="equals_sign",
        label=N_("Find doubles"),
        help=N_("Look for accounts and people that are in the workspace twice, and make one of them."),
        does="doubles",
        show=False,
    ),
    Action(id="app.import", key="I", label=N_("Import"), help=N_("Import files."), does="import_files", show=False),
    Action(
        id="app.settings",
        key="comma",
        label=N_("Settings"),
        help=N_("Theme, language, keys, and the workspace's own settings."),
        show=False,
    ),
    Action(id="app.quit", key="q,ctrl+q", label=N_("Quit"), help=N_("Leave the workbench.")),
    Action(
        id="app.interrupt",
        key="ctrl+c",
        label=N_("Interrupt"),
        help=N_("Copy what is selected with the mouse; tells how to leave where nothing is."),
        does="interrupt",
        show=False,
    ),
    Action(id="app.suspend", key="ctrl+z", label=N_("Suspend"), does="suspend_process", show=False),
    Action(id="app.help", key="question_mark,f1", label=N_("Help"), help=N_("Help for what has the focus.")),
)
