"""How a text table is laid out where nobody says so: as is recognised, or as was said of one with the same columns."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Final

from crmtui.domain.values import quoted
from crmtui.errors import FileProblemError
from crmtui.exchange.encoding import GUESSED
from crmtui.exchange.reading import Table, read_table
from crmtui.text import _

if TYPE_CHECKING:
    from pathlib import Path

    from crmtui.commands.import_mappings import Memory
    from crmtui.exchange.file_form import FileForm

_MOST: Final = 5  # layouts that are tried: each reads the file from end to end


def read_laid_out(path: Path, form: FileForm, memory: Memory) -> Table:
    """A table as somebody says that it is laid out; what nobody says, and its columns are not known, as others were.

    An encoding that was said of another with the same columns counts where a text could be in any.

    Raises:
        FileProblemError: the file cannot be read, is no text table, or has no header that can be used.
    """
    try:
        table = read_table(path, form)
    except FileProblemError:
        if (found := _as_before(path, form, memory)) is None:
            raise
        return found
    known = memory.of(table.headers)
    if known is None:
        return _as_before(path, form, memory) or table
    name, mapping = known
    if mapping.form.encoding and form.encoding is None and table.encoding in GUESSED:
        return _told(read_table(path, form._replace(encoding=mapping.form.encoding)), name)
    return table


def _as_before(path: Path, form: FileForm, memory: Memory) -> Table | None:
    """The table as another was said to be laid out, but for what is said now, if it then has that one's columns."""
    for before in memory.forms()[:_MOST]:
        if (wanted := form.over(before)) == form:
            continue
        with contextlib.suppress(FileProblemError):
            table = read_table(path, wanted)
            known = memory.of(table.headers)
            if known and known[1].form == before:
                return _told(table, known[0])
    return None


def _told(table: Table, name: str) -> Table:
    table.notes.append(_("Laid out as was said of {name}.").format(name=quoted(name)))
    return table
