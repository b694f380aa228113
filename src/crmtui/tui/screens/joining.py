"""Putting accounts into a programme for priority customers, and taking them out."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from crmtui.domain.programmes import Programme
from crmtui.domain.words import Source
from crmtui.text import _, line, ngettext
from crmtui.tui.screens.choose import ChooseScreen, Found

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crmtui.queries.programmes import ProgrammePage
    from crmtui.tui.screens.base import RoomScreen

_Choice = tuple[int, bool]  # the programme, and whether the accounts go out of it


def ask(room: RoomScreen, clubs: Sequence[ProgrammePage], keys: Sequence[int]) -> None:
    """Ask for the programme; where all of them are in already, it is to take them out. A new name makes a new one."""
    from crmtui.commands import records

    def find(words: str) -> list[Found[_Choice]]:
        return [one for one in map(offered, clubs) if words.casefold() in one.label.casefold()]

    def offered(club: ProgrammePage) -> Found[_Choice]:
        inside = {member.account_id for member in club.members}
        is_out = inside.issuperset(keys)
        return Found((club.programme.id, is_out), line(club.programme.name), _("take out") if is_out else _("put in"))

    def create(words: str) -> Found[_Choice]:
        key = records.add(room.workspace, Programme, {"name": words}, Source.TUI)
        return Found((key, False), words)

    def chosen(found: Found[_Choice] | None) -> None:
        if found is not None:
            _change(room, keys, *found.key)

    count = ngettext("{count} account", "{count} accounts", len(keys))
    room.app.push_screen(ChooseScreen(_("Programme: {accounts}").format(accounts=count), find, create=create), chosen)


def _change(room: RoomScreen, keys: Sequence[int], programme_id: int, is_out: bool) -> None:
    from crmtui.commands import programmes

    does = programmes.leave if is_out else programmes.join

    def told(count: int) -> None:
        went = ngettext("{count} account went out", "{count} accounts went out", count)
        came = ngettext("{count} account came in", "{count} accounts came in", count)
        room.crm.tell(went if is_out else came)

    room.change(partial(does, room.workspace, programme_id, keys, room.crm.today, Source.TUI), on_done=told)
