"""`completion`: the script that lets a shell complete our commands."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final

from crmtui.cli.build import Command, argument
from crmtui.cli.desk import say
from crmtui.errors import UsageError
from crmtui.text import N_, _

if TYPE_CHECKING:
    from collections.abc import Mapping

    from crmtui.cli.desk import Desk

USES: Final[Mapping[str, str]] = {
    "bash": N_('To use it, write this into ~/.bashrc:  eval "$(crmtui completion bash)"'),
    "zsh": N_('To use it, write this into ~/.zshrc, after compinit:  eval "$(crmtui completion zsh)"'),
    "fish": N_("To use it:  crmtui completion fish > ~/.config/fish/completions/crmtui.fish"),
}


def command(_name: str) -> Command:
    """Make `completion`."""
    return Command(
        "completion",
        completion,
        _("Write the script that lets your shell complete commands and options."),
        [argument("shell", _("SHELL"), ", ".join(USES) + ".")],
        examples=('eval "$(crmtui completion bash)"',),
    )


def completion(_desk: Desk, shell: str) -> None:
    """Write the script of a shell; say how it is used."""
    if shell not in USES:
        raise UsageError(_("There is completion for {shells}.").format(shells=", ".join(USES)))
    from crmtui.cli.app import COMPLETE_VARIABLE, complete

    say(_(USES[shell]))
    os.environ[COMPLETE_VARIABLE] = f"source_{shell}"  # how Typer is asked for it
    try:
        complete([])
    finally:
        del os.environ[COMPLETE_VARIABLE]
