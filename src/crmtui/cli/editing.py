"""`edit`: change some fields of a record."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from crmtui.cli import entry, fields, saving
from crmtui.cli.build import Command, argument, option
from crmtui.cli.desk import say
from crmtui.domain.nouns import BY_TABLE
from crmtui.errors import UsageError
from crmtui.queries import lists, records
from crmtui.text import _

if TYPE_CHECKING:
    from crmtui.cli.desk import Desk
    from crmtui.domain.fields import Record


def command(noun: str) -> Command:
    """Make `<noun> edit`."""
    kind = BY_TABLE[lists.table_of(noun)]

    def does(desk: Desk, ref: str, clear: tuple[str, ...], **typed: Any) -> None:  # noqa: ANN401 - options
        edit(desk, kind, records.find(desk.path, kind, ref), clear, typed)

    return Command(
        "edit",
        does,
        _("Change one of the {records}; what is not named stays.").format(records=_(kind.noun.many)),
        [ref_argument(), *saving.options(kind, editing=True), clear_option()],
    )


def ref_argument(*, many: bool = False) -> Any:  # noqa: ANN401 - Typer's argument
    """The argument that names a record, or several."""
    return argument(
        "refs" if many else "ref",
        _("REF"),
        _("Its name, its identity, or as many letters of either as are its own."),
        many=many,
    )


def clear_option() -> Any:  # noqa: ANN401 - Typer's option
    """The option that empties a field."""
    return option(
        "--clear", _("FIELD"), _("Empty a field, named like its option; an empty text does it too."), many=True
    )


def edit(desk: Desk, kind: type[Record], record_id: int, cleared: tuple[str, ...], typed: dict[str, Any]) -> None:
    """Change a record by what was typed."""
    current = records.get(desk.path, kind, record_id)
    given = entry.typed_values(desk, kind, fields.given(typed), cleared=cleared, current=current)
    if not given and not any(value not in (None, ()) for value in typed.values()):
        raise UsageError(_("There is nothing to change: name at least one field."))
    saving.edit(desk, kind, record_id, given, typed)
    title = records.title(desk.path, kind.noun.table, record_id)
    say(_("Changed {record} {title}. `crmtui undo` takes it back.").format(record=_(kind.noun.one), title=title))
    saving.warn(desk, kind, record_id)
