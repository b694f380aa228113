"""`add`: a new record from options."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from crmtui.cli import entry, fields, output, saving
from crmtui.cli.build import Command
from crmtui.cli.desk import say
from crmtui.domain.nouns import BY_TABLE
from crmtui.queries import flat, lists
from crmtui.text import _

if TYPE_CHECKING:
    from pathlib import Path

    from crmtui.cli.desk import Desk
    from crmtui.domain.fields import Record


def command(noun: str) -> Command:
    """Make `<noun> add`."""
    kind = BY_TABLE[lists.table_of(noun)]

    def does(desk: Desk, **typed: Any) -> None:  # noqa: ANN401 - options
        add(desk, kind, typed)

    return Command(
        "add",
        does,
        _("Add one of the {records}; its identity is written to stdout.").format(records=_(kind.noun.many)),
        saving.options(kind, editing=False),
    )


def add(desk: Desk, kind: type[Record], typed: dict[str, Any]) -> None:
    """Write a new record; a workspace that is not there is begun."""
    with desk.begun():
        record_id = saving.add(desk, kind, entry.typed_values(desk, kind, fields.given(typed)), typed)
    said(desk.path, kind, record_id)


def said(path: Path, kind: type[Record], record_id: int) -> None:
    """The identity of a new record on stdout, and what was done on stderr."""
    from crmtui.queries import records

    (uid,) = flat.uids(path, kind, [record_id])
    output.write_lines([uid])
    title = records.title(path, kind.noun.table, record_id) or uid
    say(_("Added {record} {title}. `crmtui undo` takes it back.").format(record=_(kind.noun.one), title=title))
