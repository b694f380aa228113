"""`export`: a noun, or all of the workspace, in our own format, which `import` reads back."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from crmtui.cli.build import Command, argument, flag, option
from crmtui.cli.desk import say
from crmtui.cli.output import one_of
from crmtui.text import _, ngettext

if TYPE_CHECKING:
    from crmtui.cli.desk import Desk
    from crmtui.commands.exporting import Format

FORMATS: Final = ("jsonl", "json", "csv", "tsv", "xlsx", "vcf", "ics")


def command(_name: str) -> Command:
    """Make `export`."""
    from crmtui.commands.exporting import KINDS
    from crmtui.exchange.cards.writing import VERSIONS

    return Command(
        "export",
        export,
        _("Export records with every field, links by identity and name, so that `import` gives the same again."),
        [
            argument("kind", _("NOUN"), ", ".join(KINDS) + "."),
            option("--format", _("FORMAT"), ", ".join(FORMATS) + ".", into="form", words=FORMATS),
            option(
                "--output", _("FILE"), _("A file, or for csv, tsv and vcf a folder; stdout when not told."), kind=Path
            ),
            flag("--raw", _("Leave cells that a spreadsheet would run as they are.")),
            option("--vcard", _("VERSION"), _("Of vCards: 3.0 or 4.0."), into="version", words=VERSIONS),
            flag("--with-judgements", _("Write what we think of people on their vCards, too.")),
        ],
        examples=(
            "crmtui export all > team.jsonl",
            "crmtui export accounts --output accounts.xlsx",
            "crmtui export people --output people.vcf",
            "crmtui export plans --output plans.ics",
        ),
    )


def export(desk: Desk, kind: str, form: str | None, output: Path | None, raw: bool | None, **cards: Any) -> None:  # noqa: ANN401 - options
    """Write the records, and say how many they are."""
    from crmtui.cli.progress import waiting
    from crmtui.commands import exporting

    wanted = _format(form, output)
    options = exporting.CardOptions(
        version=cards["version"] or exporting.CARDS.version, judgements=bool(cards["with_judgements"])
    )
    if output is None:
        count = exporting.export(desk.path, kind, wanted, sys.stdout, raw=bool(raw), cards=options)
    else:
        with waiting(_("Exporting")):
            count = exporting.export_to(desk.path, kind, wanted, output, raw=bool(raw), cards=options)
        say(ngettext("{count} record is in {path}.", "{count} records are in {path}.", count, path=output))


def _format(form: str | None, target: Path | None) -> Format:
    """The format that was asked for, or that the file's name tells; JSON lines otherwise."""
    from crmtui.commands.exporting import Format

    named = target.suffix.removeprefix(".").lower() if target is not None else ""
    return Format(one_of(form or (named if named in FORMATS else "jsonl"), FORMATS, "--format"))
