"""Write docs/commands.md from the help of every command: `python docs/make_commands.py`."""  # noqa: INP001 - a script

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from crmtui import text
from crmtui.cli.app import PROGRAM, root
from crmtui.cli.build import WIDTH, Group

if TYPE_CHECKING:
    from collections.abc import Iterator

PAGE = Path(__file__).with_name("commands.md")
HEAD = """\
# The command line

Written by `docs/make_commands.py` from the help texts; a test keeps it current.

Data goes to stdout, talk to stderr. Lists are tables on a terminal and JSON lines in a pipe; `--format` chooses.
Exit codes: 0 ok, 1 failed, 2 usage, 75 the workspace is busy, 130 interrupted.

A record is named by its name, by words of it, by its identity (`uid`), or by as many letters of the identity as are
its own. Days are ISO, `31 Mar`, `today`, `tomorrow`, `fri`, `+2w`, `-3d`. Amounts are typed as people write them,
`180k EUR` or `1,200.50`; all amounts of a record are in one currency. `?` takes a judgement back to unknown; an empty
text, or `--clear FIELD`, empties a field.

`json` and `jsonl` carry every field of a record: dates ISO, money as whole minor units (cents) with its `currency`
beside, a link as identity and name (`owner_uid`, `owner`). `import` reads them back, as it does `csv`, `tsv` and
`xlsx`, which tell money in whole units (`value_amount`); in `csv` and `tsv` cells that a spreadsheet would run are
guarded by an apostrophe. `--columns` picks columns of the screen and fields of the record; money says its currency
beside (`value`, `value_currency`), unless `currency` is picked too, and in tables that are exported it is in whole
units as well. `matrix`, `territory`, `equity` and `whitespace` are
filtered, sorted and written in the same way; rows that tell of more than an account have a `section` that says so, and
go out where that column does.

The workspace is the file of `--db`, of `CRMTUI_DB`, of the settings, or at the usual place, in this order.
"""


def pages() -> Iterator[tuple[str, str]]:
    """Each command as it is typed, with its help, in the language that is spoken."""
    yield from _pages(root(), None)


def page() -> str:
    """The whole document, in English."""
    text.speak("en")
    parts = [HEAD]
    for name, shown in pages():
        level = "##" if len(name.split()) < 3 else "###"  # noqa: PLR2004 - a noun with its verb
        parts.append(f"{level} {name}\n\n```text\n{shown.rstrip()}\n```\n")
    return "\n".join(parts)


def _pages(command: Any, parent: Any) -> Iterator[tuple[str, str]]:  # noqa: ANN401 - Click's
    name = command.name if parent else PROGRAM
    context = command.make_context(name, [], parent=parent, resilient_parsing=True, terminal_width=WIDTH)
    yield context.command_path, command.get_help(context)
    if isinstance(command, Group):
        for offer in command.offers.values():
            yield from _pages(offer.make(), context)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
