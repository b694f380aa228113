"""Hanging tags on accounts, and taking them off."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from crmtui.domain.words import Source
from crmtui.queries import accounts as queries
from crmtui.text import _, key, ngettext
from crmtui.tui.screens.choose import ChooseScreen, Found

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from crmtui.tui.screens.base import RoomScreen

MOST: Final = 50


def ask(room: RoomScreen, account_ids: Sequence[int], again: Callable[[str], None]) -> None:
    """Let the user choose a tag, or make one, for some accounts.

    Args:
        room: the screen that is tagged on.
        account_ids: the accounts.
        again: puts the same tag on what is then under the cursor, for `.`.
    """

    def chosen(found: Found[tuple[str, bool]] | None) -> None:
        if found is not None:
            name, is_off = found.key
            put(room, account_ids, name, is_off=is_off, again=again)

    screen = ChooseScreen(_("Tag"), partial(_find, room, account_ids), create=_new)
    room.app.push_screen(screen, chosen)


def put(
    room: RoomScreen, account_ids: Sequence[int], name: str, *, is_off: bool = False, again: Callable[[str], None]
) -> None:
    """Hang a tag on accounts, or take it off."""
    from crmtui.commands import accounts

    change = accounts.untag if is_off else accounts.tag

    def told(count: int) -> None:
        if is_off:
            sentence = ngettext(
                "#{tag} taken off {count} account", "#{tag} taken off {count} accounts", count, tag=name
            )
        else:
            sentence = ngettext("#{tag} on {count} account", "#{tag} on {count} accounts", count, tag=name)
        room.crm.tell(sentence)

    work = partial(change, room.workspace, account_ids, name, Source.TUI)
    room.change(work, on_done=told, repeat=partial(again, name))


def _find(room: RoomScreen, account_ids: Sequence[int], words: str) -> list[Found[tuple[str, bool]]]:
    """Tags in use, each with whether choosing it takes it off: it does where all the accounts have it."""
    known = queries.known_tags(room.workspace, account_ids)
    wanted = key(words)
    found = [(name, count, ours == len(account_ids)) for name, count, ours in known if wanted in key(name)]
    return [
        Found((name, is_on), f"#{name}", _("takes it off") if is_on else _count(count))
        for name, count, is_on in found[:MOST]
    ]


def _new(words: str) -> Found[tuple[str, bool]]:
    return Found((words, False), words)


def _count(count: int) -> str:
    return ngettext("{count} account", "{count} accounts", count)
