"""`templates`: the scorecards' criteria, weights and anchors, as files that can be passed on."""

from __future__ import annotations

import sys
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from crmtui import figures
from crmtui.cli import output
from crmtui.cli.build import Command, Group, Offer, argument, option
from crmtui.cli.deleting import command as deleting
from crmtui.cli.desk import say
from crmtui.cli.listing import command as listing
from crmtui.domain import values
from crmtui.domain.scorecards import ScorecardTemplate
from crmtui.domain.words import Source
from crmtui.errors import FileProblemError, InvalidError, UsageError
from crmtui.exchange import templates as exchange
from crmtui.queries import flat, templates as queries
from crmtui.text import N_, _

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from crmtui.cli.desk import Desk
    from crmtui.exchange.templates import TemplateDraft

STDIN: Final = "-"
EXAMPLES: Final = (
    "crmtui templates list",
    "crmtui templates show crmtui > ours.toml",
    "crmtui templates add ours.toml",
    "crmtui templates use 'Four questions'",
)


def command(name: str) -> Group:
    """Make the noun."""
    offers: dict[str, tuple[str, Callable[[], Command]]] = {
        "list": (N_("List the templates and their versions."), partial(listing, name)),
        "show": (N_("Write a template as TOML, to keep, change or pass on."), _show),
        "add": (N_("Add templates from TOML; one whose name is known becomes its next version."), _add),
        "edit": (N_("Change weights or the description, as the next version."), _edit),
        "use": (N_("Let new scorecards use a template."), _use),
        "delete": (N_("Delete templates that no scorecard uses; `undo` brings them back."), partial(deleting, name)),
    }
    return Group(
        name,
        _("What scorecards ask: criteria, weights, and what each grade means."),
        {verb: Offer(_(about), make) for verb, (about, make) in offers.items()},
        examples=EXAMPLES,
    )


def _show() -> Command:
    return Command(
        "show",
        show,
        _("Write a template as TOML, to keep, change or pass on."),
        [
            argument("ref", _("TEMPLATE"), _("Its name, for the newest version, or name and version.")),
            option("--out", _("FILE"), _("Write to this file instead of the screen."), kind=Path),
        ],
        examples=EXAMPLES[1:2],
    )


def _add() -> Command:
    from crmtui.commands.shipped_templates import SHIPPED

    about = _("A TOML file, - for what is piped in, or one that comes with the program: {names}.")
    return Command(
        "add",
        add,
        _("Add templates from TOML; one whose name is known becomes its next version."),
        [argument("files", _("FILE"), about.format(names=", ".join(SHIPPED)), many=True)],
        examples=EXAMPLES[2:3],
    )


def _edit() -> Command:
    return Command(
        "edit",
        edit,
        _("Change weights or the description, as the next version; for all else change the TOML."),
        [
            argument("ref", _("TEMPLATE"), _("Its name.")),
            option("--weight", _("CRITERION=WEIGHT"), _("How much a criterion counts."), into="weights", many=True),
            option("--description", _("TEXT"), _("What the template is for.")),
        ],
        examples=("crmtui templates edit crmtui --weight need=5 --weight price=1",),
    )


def _use() -> Command:
    return Command(
        "use",
        use,
        _("Let new scorecards use a template; those that were begun keep theirs."),
        [argument("ref", _("TEMPLATE"), _("Its name, for the newest version, or name and version."))],
        examples=EXAMPLES[3:],
    )


def show(desk: Desk, ref: str, out: Path | None) -> None:
    """Write one as TOML."""
    from crmtui.exchange.atomic import atomic

    written = exchange.write(queries.draft(desk.path, queries.found(desk.path, ref).template.id))
    if out is None:
        output.write_lines(written.splitlines())
        return
    with atomic(out) as file:
        file.write(written)
    say(_("Written to {path}.").format(path=out))


def add(desk: Desk, files: Sequence[str]) -> None:
    """Keep all, or none where one is wrong."""
    from crmtui.commands import templates as commands

    keys = commands.save_all(desk.path, [_read(name) for name in files], Source.CLI)
    output.write_lines(flat.uids(desk.path, ScorecardTemplate, keys))
    by_key = {one.template.id: one.template for one in queries.kept(desk.path)}
    for key in keys:
        kept = by_key[key]
        say(_("{name}, version {version}, is kept.").format(name=values.quoted(kept.name), version=kept.version))


def edit(desk: Desk, ref: str, weights: Sequence[str], description: str | None) -> None:
    """Keep the next version."""
    from crmtui.commands import templates as commands

    draft = queries.draft(desk.path, queries.found(desk.path, ref).template.id)
    typed = dict(_weight(draft, word) for word in weights)
    criteria = tuple(replace(one, weight=typed.get(one.code, one.weight)) for one in draft.criteria)
    said = draft.description if description is None else description
    key = commands.save(desk.path, replace(draft, description=said, criteria=criteria), Source.CLI)
    output.write_lines(flat.uids(desk.path, ScorecardTemplate, [key]))


def _weight(draft: TemplateDraft, word: str) -> tuple[str, float]:
    code, equals, typed = word.partition("=")
    codes = [one.code for one in draft.criteria]
    if not equals or code not in codes:
        shape = _("CRITERION=WEIGHT")
        raise UsageError(
            _("{option} is written {shape}; there are {names}.").format(
                option="--weight", shape=shape, names=", ".join(codes)
            )
        )
    try:
        return code, float(figures.read(typed))
    except ValueError as error:
        raise UsageError(f"{code}: {error}") from None


def use(desk: Desk, ref: str) -> None:
    """Make one the template of new scorecards."""
    from crmtui.commands import templates as commands

    found = queries.found(desk.path, ref).template
    commands.use(desk.path, found.id, Source.CLI)
    say(_("New scorecards use {name}, version {version}.").format(name=found.name, version=found.version))


def _read(name: str) -> TemplateDraft:
    from crmtui.commands.shipped_templates import SHIPPED, shipped

    if name == STDIN:
        return exchange.read(sys.stdin.buffer.read(exchange.LARGEST + 1))
    path = Path(name)
    if name in SHIPPED and not path.exists():
        return shipped(name)
    try:
        with path.open("rb") as file:
            return exchange.read(file.read(exchange.LARGEST + 1))
    except InvalidError as error:
        raise InvalidError(error.fields, name) from None
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) else str(error)
        raise FileProblemError(_("{path} cannot be read: {why}.").format(path=name, why=why)) from None
