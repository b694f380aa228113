"""Scorecard templates to and from TOML files, asked for over a screen."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from crmtui import paths
from crmtui.domain.words import Source
from crmtui.errors import FileProblemError
from crmtui.queries import templates as queries
from crmtui.text import N_, _, key as folded
from crmtui.tui.actions import Action
from crmtui.tui.screens.choose import ChooseScreen, Found

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crmtui.tui.screens.base import RoomScreen

WRITE: Final = Action(
    id="templates.write", key="x", label=N_("Write to a file"), help=N_("Write the template as TOML, to pass it on.")
)


def choosing() -> ChooseScreen[str]:
    """Type the path of a file, or choose a template that comes with the program."""
    return ChooseScreen(
        _("A TOML file, or one that comes with the program"), _find, create=lambda words: Found(words, words)
    )


def _find(words: str) -> Sequence[Found[str]]:
    from crmtui.commands.shipped_templates import SHIPPED, shipped

    named = [Found(name, shipped(name).name, _("comes with the program")) for name in SHIPPED]
    return [one for one in named if folded(words) in folded(one.label)]


def bring(path: Path, name: str) -> int:
    """Blocking: keep what a file holds, or a template that comes with the program; returns its key."""
    from crmtui.commands import templates
    from crmtui.commands.shipped_templates import SHIPPED, shipped
    from crmtui.exchange import templates as exchange

    if name in SHIPPED:
        return templates.save(path, shipped(name), Source.TUI)
    try:
        place = Path(name).expanduser()
        if place.exists() and not place.is_file():  # reading a pipe or a terminal would not end
            raise FileProblemError(_("{path} is not a file.").format(path=name))
        with place.open("rb") as file:
            draft = exchange.read(file.read(exchange.LARGEST + 1))
    except (OSError, ValueError, RuntimeError) as error:
        why = error.strerror if isinstance(error, OSError) else str(error)
        raise FileProblemError(_("{path} cannot be read: {why}.").format(path=name, why=why)) from None
    return templates.save(path, draft, Source.TUI)


def write(screen: RoomScreen, key: int) -> None:
    """Ask for a path, and write a template there."""

    def chosen(found: Found[str] | None) -> None:
        if found is not None:
            work = partial(_written, screen.workspace, key, found.key)
            screen.jobs.run("written", work, on_done=screen.crm.tell, on_failed=lambda error: screen.crm.tell(
                str(error), is_wrong=True
            ))  # fmt: skip

    screen.app.push_screen(
        ChooseScreen(_("Write to which file"), lambda _words: [], create=lambda words: Found(words, words)), chosen
    )


def _written(path: Path, key: int, name: str) -> str:
    from crmtui.exchange import templates as exchange
    from crmtui.exchange.atomic import atomic

    place = paths.typed(name)
    if paths.is_there(place):
        raise FileProblemError(_("{path} is there already; choose another name.").format(path=name))
    with atomic(place) as file:
        file.write(exchange.write(queries.draft(path, key)))
    return _("Written to {path}.").format(path=name)
