"""The command line as a whole: its commands, its global options, and how each run ends."""

from __future__ import annotations

import importlib
import os
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from crmtui import __version__, text
from crmtui.cli.build import WIDTH, Context, Group, Offer, flag, option
from crmtui.cli.desk import DB_VARIABLE, Desk
from crmtui.errors import CrmtuiError, UsageError
from crmtui.text import N_, _

if TYPE_CHECKING:
    from collections.abc import Sequence

PROGRAM: Final = "crmtui"
COMPLETE_VARIABLE: Final = "_CRMTUI_COMPLETE"

# Section, then command, the module that makes it, and what the help says.
COMMANDS: Final[tuple[tuple[str, tuple[tuple[str, str, str], ...]], ...]] = (
    (
        N_("Records"),
        (
            ("accounts", "nouns", N_("Customer organisations.")),
            ("people", "nouns", N_("Who works there, and how they want to be reached.")),
            ("dmu", "dmu", N_("Who decides there, and who listens to whom.")),
            ("opportunities", "nouns", N_("What could be sold, to whom and when.")),
            ("scorecards", "scorecards", N_("How opportunities are scored, and why.")),
            ("templates", "templates", N_("What scorecards ask: criteria, weights, and what each grade means.")),
            ("propositions", "nouns", N_("What we offer for which need, with the benefit and the proof.")),
            ("plans", "plans", N_("What we want to say to whom, in a period.")),
            ("assessments", "assessments", N_("How customers see us, and what is missing for the next level.")),
            ("objectives", "action_plan", N_("What is to be reached with whom, and by when.")),
            ("strategies", "action_plan", N_("The ways towards an objective.")),
            ("actions", "action_plan", N_("Who of ours does what until when.")),
            ("contacts", "contacts", N_("Meetings, calls and mails: planned, or happened.")),
            ("offerings", "nouns", N_("What we sell.")),
            ("orders", "nouns", N_("What customers ordered.")),
            ("whitespace", "whitespace", N_("Who supplies what to whom, and what could be needed next.")),
            ("projects", "delivery", N_("What was sold, and is being delivered.")),
            ("promises", "delivery", N_("What we promised, and whether we kept it.")),
            ("requests", "delivery", N_("What customers asked for, and when they were answered.")),
            ("feedback", "delivery", N_("How satisfied customers say they are.")),
            ("competitors", "nouns", N_("Who else they could choose.")),
            ("actors", "nouns", N_("Our own people.")),
            ("programmes", "programmes", N_("What priority customers get, and who is in.")),
            ("areas", "nouns", N_("Where accounts share a trip.")),
            ("curves", "nouns", N_("How accounts answer to effort.")),
            ("scenarios", "scenarios", N_("Plans of the territory that were kept.")),
            ("criteria", "criteria", N_("By what accounts are placed in the matrix, and how much it counts.")),
            ("grades", "grades", N_("How accounts are graded by hand for the matrix.")),
        ),
    ),
    (
        N_("Day by day"),
        (
            ("today", "today", N_("What to do now, and why.")),
            ("brief", "brief", N_("What to know before a meeting, on one page.")),
            ("log", "contacts", N_("Write down a contact that happened.")),
            ("assess", "assessments", N_("Assess the relationship with an account.")),
            ("note", "notes", N_("Keep a note on an account, a person or an opportunity.")),
        ),
    ),
    (
        N_("Figures"),
        (
            ("matrix", "matrix", N_("Where each account stands, and what to do with it, with the reason.")),
            ("territory", "territory", N_("How many hours, or contacts, each account should get, and why.")),
            ("equity", "equity", N_("What customers are worth, and what that rests on.")),
            ("learn", "learn", N_("Whether our judgements were right, and what to change.")),
        ),
    ),
    (
        N_("Files"),
        (
            ("import", "importing", N_("Import files, several linked ones at once.")),
            ("mappings", "mappings", N_("How files were read, remembered for the next ones with the same columns.")),
            ("export", "exporting", N_("Export a noun, or all, so that it can be imported again.")),
            ("report", "report", N_("A report as Markdown, HTML or PDF, for ourselves or for the customer.")),
            ("doubles", "doubles", N_("Find accounts or people that may be the same.")),
            ("merge", "doubles", N_("Make one of several records.")),
            ("apart", "doubles", N_("Say that two that look alike are not the same.")),
        ),
    ),
    (
        N_("The workspace"),
        (
            ("undo", "history", N_("Take back the newest change, or the one of a number.")),
            ("redo", "history", N_("Bring back what was undone.")),
            ("history", "history", N_("What was changed, when and by which door.")),
            ("backup", "safety", N_("Copy the workspace aside.")),
            ("backups", "safety", N_("List the backups.")),
            ("restore", "safety", N_("Bring a backup back.")),
            ("check", "safety", N_("Look for what is wrong; silent when all is well.")),
            ("settings", "settings", N_("What belongs to the workspace and travels with it.")),
            ("where", "places", N_("Where the workspace, its backups and the settings are.")),
            ("demo", "demo", N_("Open a sample workspace to try everything on.")),
            ("completion", "completion", N_("Let the shell complete commands and options.")),
        ),
    ),
)


def root() -> Group:
    """The command `crmtui`, in the language that is spoken."""
    offers = {
        name: Offer(_(sentence), partial(_make, module, name), _(section))
        for section, entries in COMMANDS
        for name, module, sentence in entries
    }
    return _Root(
        PROGRAM,
        _("A workbench for B2B account managers. Without a command it opens the full screen."),
        offers,
        [
            option(
                "--db",
                _("FILE"),
                _("The workspace; else {variable}, the settings, or the usual place.").format(variable=DB_VARIABLE),
                kind=Path,
            ),
            option("--lang", _("CODE"), _("The language: {codes}.").format(codes=", ".join(text.LANGUAGES))),
            flag("--version", _("Show the version.")),
        ],
        alone=True,
    )


def run(arguments: Sequence[str]) -> int:
    """Run a command line; returns its exit code. Data goes to stdout, talk to stderr."""
    from crmtui.cli import endings

    endings.prepare_streams()
    try:
        _choose_language(arguments)
        code = _dispatch(list(arguments))
        sys.stdout.flush()
    except BaseException as error:  # noqa: BLE001 - the one place where every run ends
        return endings.end(error)
    return code


def _dispatch(arguments: list[str]) -> int:
    if os.environ.get(COMPLETE_VARIABLE):
        complete(arguments)
    with root().make_context(PROGRAM, arguments, obj=Desk(), max_content_width=WIDTH) as context:
        return int(context.command.invoke(context) or 0)


def complete(arguments: list[str]) -> None:
    """Answer the shell, as the environment asks, and leave."""
    from typer.completion import get_completion_inspect_parameters

    get_completion_inspect_parameters()  # this is how Typer makes its shells known
    root().main(arguments, PROGRAM, complete_var=COMPLETE_VARIABLE)


class _Root(Group):
    def invoke(self, ctx: Context) -> Any:  # noqa: ANN401 - what the command returns
        """Run the command that was named; the full screen when none was."""
        if ctx.params["version"]:
            sys.stdout.write(f"{PROGRAM} {__version__}\n")
            return 0
        ctx.obj.named = ctx.params["db"]
        try:
            result = super().invoke(ctx)
        finally:
            ctx.obj.back_up()
        if ctx.invoked_subcommand is None:
            from crmtui.cli.open import open_workspace

            return open_workspace(ctx.obj)
        return result


def _make(module: str, name: str) -> Any:  # noqa: ANN401 - a command or a group
    return importlib.import_module(f"crmtui.cli.{module}").command(name)


def _choose_language(arguments: Sequence[str]) -> None:
    """Before anything is built, since the help is part of what is built."""
    wanted = _asked_language(arguments)
    if wanted is None:
        from crmtui import config

        try:
            wanted = config.load().language
        except CrmtuiError:
            wanted = ""  # said when the settings are asked for a workspace
    elif wanted not in text.LANGUAGES:
        text.speak()
        raise UsageError(_("--lang is one of {codes}.").format(codes=", ".join(text.LANGUAGES)))
    text.speak(wanted or None)


def _asked_language(arguments: Sequence[str]) -> str | None:
    for place, word in enumerate(arguments):
        if word.startswith("--lang="):
            return word.partition("=")[2]
        if word == "--lang":
            return "".join(arguments[place + 1 : place + 2])
        if word == "--":
            break
    return None
