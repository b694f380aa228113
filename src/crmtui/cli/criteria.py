"""`criteria`: by what accounts are placed in the matrix, and the method's own brought back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from crmtui.cli.build import Command, Group, Offer
from crmtui.cli.desk import say
from crmtui.cli.nouns import ABOUT, verbs
from crmtui.domain.words import Source
from crmtui.text import N_, _, ngettext

if TYPE_CHECKING:
    from crmtui.cli.desk import Desk

EXAMPLES: Final = (
    "crmtui criteria add --axis attractiveness --name 'Pays in time' --weight 2",
    "crmtui criteria edit 'what it could buy' --weight 5",
    "crmtui grades set Aurora 'Pays in time'=4 --according-to Anna",
)
_RESTORE: Final = N_("Bring the method's criteria back that are missing.")


def command(name: str) -> Group:
    """Make the noun with its own verb."""
    own = {"restore": Offer(_(_RESTORE), lambda: Command("restore", restore, _(_RESTORE)))}
    return Group(name, _(ABOUT[name]), {**verbs(name), **own}, examples=EXAMPLES)


def restore(desk: Desk) -> None:
    """Write the method's criteria beside the others."""
    from crmtui.commands import criteria

    count = criteria.restore(desk.path, Source.CLI)
    say(
        ngettext(
            "Added {count} criterion. `crmtui undo` takes it back.",
            "Added {count} criteria. `crmtui undo` takes it back.",
            count,
        )
    )
