"""What came with files and has no field of its own, as lines of a page."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from textual.content import Content

from crmtui.domain.bringing import CustomValue
from crmtui.domain.words import Source
from crmtui.queries.brought import known_as
from crmtui.text import _
from crmtui.tui import show
from crmtui.tui.widgets.facts import Fact

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crmtui.queries.brought import Brought
    from crmtui.tui.screens.base import RoomScreen

CUSTOM: Final = "custom_value "


def facts(brought: Brought) -> Iterator[Fact]:
    """Custom fields and keys elsewhere below a heading; nothing where there are none."""
    if not (brought.customs or brought.keys):
        return
    yield Fact("group brought", _("Came with files"))
    for one in brought.customs:
        source = ("  ", show.label(one.source, show.MUTED)) if one.source else ()
        yield Fact(f"{CUSTOM}{one.id}", one.name, Content.assemble(show.block(one.told.rstrip()), *source))
    for label, key in known_as(brought):
        yield Fact(f"key {label} {key}", label, show.label(key))


def custom_of(key: str) -> int | None:
    """The custom field of a line; None for another line."""
    return int(key.removeprefix(CUSTOM)) if key.startswith(CUSTOM) else None


def delete(room: RoomScreen, custom_id: int) -> None:
    """Take a custom field away."""
    from crmtui.commands import records as commands

    work = partial(commands.delete, room.workspace, CustomValue, [custom_id], Source.TUI)
    room.change(work, on_done=lambda gone: room.crm.tell(commands.said(gone)))
