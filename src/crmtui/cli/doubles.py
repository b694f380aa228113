"""`doubles`, `merge` and `apart`: records that mean the same are found, made one, or told to be two."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from crmtui.cli import output
from crmtui.cli.build import Command, argument, option
from crmtui.cli.desk import say
from crmtui.cli.listing import filter_text, format_option
from crmtui.cli.output import Format
from crmtui.domain.words import Source
from crmtui.errors import UsageError
from crmtui.queries.doubles import NOUNS
from crmtui.text import N_, _, ngettext

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crmtui.cli.desk import Desk

MERGED: Final = NOUNS | {"competitors": "competitor", "offerings": "offering", "actors": "actor"}
HEADERS: Final = ("score", "uid", "name", "other_uid", "other_name", "reasons", "against")
_LEAST: Final = 50
_HEADINGS: Final = (N_("Score"), N_("One"), N_("Other"), N_("Because"))


def command(name: str) -> Command:
    """Make one of the commands."""
    return {"doubles": _doubles, "merge": _merge, "apart": _apart}[name]()


def _doubles() -> Command:
    return Command(
        "doubles",
        doubles,
        _("Accounts or people that may be the same, with what speaks for it; `merge` makes one of them."),
        [
            argument("noun", "accounts|people", _("Among whom.")),
            argument(
                "filters",
                _("FILTER"),
                _("Only pairs of which one answers to it; a filter as `list` takes it."),
                many=True,
                needed=False,
            ),
            option("--least", _("PERCENT"), _("Only pairs that score at least so much; 50 when not told.")),
            format_option(),
        ],
        examples=("crmtui doubles accounts owner:me", "crmtui doubles people --least 80 --format csv"),
        loose=True,
    )


def _merge() -> Command:
    return Command(
        "merge",
        merge,
        _("Make one record of several; all that hangs on them hangs on the first. `undo` takes it back."),
        [
            argument("noun", "|".join(MERGED), _("What they are.")),
            argument("names", _("NAME"), _("Identities or names; the first is the one that stays."), many=True),
            option("--take", _("FIELD,FIELD"), _("Fields in which the last one named is right.")),
        ],
        examples=("crmtui merge accounts 'Aurora Spa' 'Aurora S.p.A.' --take phone,website",),
    )


def _apart() -> Command:
    return Command(
        "apart",
        apart,
        _("Say that two records that look alike are not the same."),
        [
            argument("noun", "accounts|people", _("What they are.")),
            argument("names", _("NAME"), _("Identities or names of the two."), many=True),
        ],
        examples=("crmtui apart people m.rossi@aurora.eu m.rossi@helios.eu",),
    )


def doubles(desk: Desk, noun: str, filters: Sequence[str], least: str | None, form: str | None) -> None:
    """Write the pairs."""
    from crmtui.domain.nouns import BY_TABLE
    from crmtui.queries import doubles as queries, flat

    wanted = output.chosen(form)
    table = _table(noun, NOUNS)
    words, share = filter_text(filters), _share(least)
    found = queries.find(desk.path, table, share)
    if words:
        found = list(filter(queries.answering(desk.path, table, words, desk.today), found))
    kind = BY_TABLE[table]
    uids = list(flat.uids(desk.path, kind, [key for pair in found for key in (pair.one, pair.other)]))
    if wanted is Format.IDS:
        output.write_lines(uids)
    elif wanted is Format.TABLE:
        from crmtui.cli.tables import Heading, write_table

        headings = [Heading(_(title), is_figure=title == "Score") for title in _HEADINGS]
        rows = [
            [f"{pair.score:.0%}", pair.name, pair.other_name, "; ".join((*pair.reasons, *_but(pair.against)))]
            for pair in found
        ]
        write_table(headings, rows)
    else:
        output.write_data(
            wanted,
            HEADERS,
            (
                (
                    round(pair.score, 4),
                    uids[2 * place],
                    pair.name,
                    uids[2 * place + 1],
                    pair.other_name,
                    "; ".join(pair.reasons),
                    "; ".join(pair.against),
                )
                for place, pair in enumerate(found)
            ),
        )
    if not found:
        say(_("No doubles found."))
    elif wanted is Format.TABLE:
        say(ngettext("{count} pair", "{count} pairs", len(found)))


def _but(against: Sequence[str]) -> list[str]:
    return [_("but {reason}").format(reason=reason) for reason in against]


def merge(desk: Desk, noun: str, names: tuple[str, ...], take: str | None) -> None:
    """Make one of several."""
    from crmtui.commands import merging

    table = _table(noun, MERGED)
    keys = _keys(desk, table, names)
    if len(keys) < 2:  # noqa: PLR2004 - two make one
        raise UsageError(_("Name the record that stays and at least one other."))
    taken = dict.fromkeys(
        filter(None, (field.strip().replace("-", "_") for field in (take or "").split(","))), keys[-1]
    )
    merged = merging.merge(desk.path, table, keys[0], keys[1:], Source.CLI, taken)
    moved = ngettext("{count} record moved along", "{count} records moved along", merged.moved)
    say(f"{merged.label} ({moved}).")


def apart(desk: Desk, noun: str, names: tuple[str, ...]) -> None:
    """Say that two are two."""
    from crmtui.commands import merging

    table = _table(noun, NOUNS)
    keys = _keys(desk, table, names)
    if len(keys) != 2:  # noqa: PLR2004 - a pair
        raise UsageError(_("Name two accounts, or two people."))
    merging.keep_apart(desk.path, table, keys[0], keys[1], Source.CLI)
    say(_("They will not be told as doubles again."))


def _keys(desk: Desk, table: str, names: Sequence[str]) -> list[int]:
    from crmtui.domain.nouns import BY_TABLE
    from crmtui.queries import records

    return [records.find(desk.path, BY_TABLE[table], name) for name in names]


def _table(noun: str, known: dict[str, str]) -> str:
    if noun not in known:
        raise UsageError(_("There are no {noun}; there are {nouns}.").format(noun=noun, nouns=", ".join(known)))
    return known[noun]


def _share(typed: str | None) -> float:
    try:
        share = float((typed or str(_LEAST)).strip().rstrip("%").replace(",", ".")) / 100
    except ValueError:
        share = -1.0
    if not 0 <= share <= 1:
        raise UsageError(_("{option} is a number from 0 to 100.").format(option="--least"))
    return share
