"""`delete`: take records away, and what belongs to them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmtui.cli.build import Command
from crmtui.cli.desk import say
from crmtui.cli.editing import ref_argument
from crmtui.domain.nouns import BY_TABLE
from crmtui.domain.relationship import Assessment
from crmtui.domain.words import Source
from crmtui.queries import lists, records
from crmtui.text import _

if TYPE_CHECKING:
    from crmtui.cli.desk import Desk
    from crmtui.domain.fields import Record


def command(noun: str) -> Command:
    """Make `<noun> delete`."""
    kind = BY_TABLE[lists.table_of(noun)]

    def does(desk: Desk, refs: tuple[str, ...]) -> None:
        delete(desk, kind, [records.find(desk.path, kind, ref) for ref in refs])

    return Command(
        "delete",
        does,
        _("Delete {records} and what belongs to them, as one step that can be undone.").format(
            records=_(kind.noun.many)
        ),
        [ref_argument(many=True)],
    )


def delete(desk: Desk, kind: type[Record], ids: list[int]) -> None:
    """Delete the records of these keys; all of them or none."""
    from crmtui.commands import records as commands

    keys = list(dict.fromkeys(ids))
    if kind is Assessment:
        from crmtui.commands import assessments

        gone = assessments.delete(desk.path, keys, Source.CLI)
    else:
        gone = commands.delete(desk.path, kind, keys, Source.CLI)
    say(_("{what}. `crmtui undo` brings it back.").format(what=commands.said(gone)))
