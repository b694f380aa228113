"""Accounts, tags, competitors' positions and notes; each is one undoable step, however many accounts it changes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from crmtui.commands.records import labelled
from crmtui.commands.together import write_parts
from crmtui.domain.accounts import Account, Competitor, CompetitorPosition, Note, Tag
from crmtui.domain.fields import specs
from crmtui.domain.values import check
from crmtui.errors import InvalidError
from crmtui.store.reading import records
from crmtui.store.unit import UnitOfWork, work
from crmtui.text import _, key, line

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from crmtui.commands.together import Part
    from crmtui.domain.words import Source


def edit(path: Path, account_id: int, given: Mapping[str, Any], source: Source, *, parts: Sequence[Part] = ()) -> None:
    """Change an account and what belongs to it; another posture does not keep the reason of the one before.

    Raises:
        InvalidError: names each field that is wrong.
        NotFoundError: the account is gone.
    """
    with work(path, "", source) as unit:
        before = records.get(unit.connection, Account, account_id).posture
        is_other = given.get("posture", before) != before
        unit.update(Account, account_id, {"posture_reason": ""} | dict(given) if is_other else given)
        write_parts(unit, account_id, parts)
        unit.relabel(labelled(_("Change {record} {title}"), unit, Account, account_id))


def tag(path: Path, account_ids: Sequence[int], name: str, source: Source) -> int:
    """Hang a tag on accounts; returns how many did not have it yet.

    Raises:
        InvalidError: the tag is empty or too long.
        NotFoundError: one of the accounts is gone.
    """
    with work(path, "", source) as unit:
        word = _word(name)
        missing = [account_id for account_id in account_ids if not _tags(unit, account_id, word)]
        for account_id in missing:
            records.get(unit.connection, Account, account_id)
            unit.insert(Tag, {"account_id": account_id, "name": word})
        unit.relabel(_on(unit, _("Tag {title}: {tag}"), _("Tag {count} accounts: {tag}"), missing, word))
    return len(missing)


def untag(path: Path, account_ids: Sequence[int], name: str, source: Source) -> int:
    """Take a tag off accounts; returns how many had it."""
    with work(path, "", source) as unit:
        word = line(name)
        found = {account_id: _tags(unit, account_id, word) for account_id in account_ids}
        tagged = [account_id for account_id, tags in found.items() if tags]
        for one in (one for tags in found.values() for one in tags):
            unit.delete(Tag, one.id)
        unit.relabel(_on(unit, _("Untag {title}: {tag}"), _("Untag {count} accounts: {tag}"), tagged, word))
    return len(tagged)


def set_position(
    path: Path, account_id: int, competitor_id: int, given: Mapping[str, Any], source: Source, today: dt.date
) -> int:
    """Write how close a competitor is to an account, or change what is there; judged today unless told otherwise.

    Returns the key of the position. Raises InvalidError, which names each field that is wrong.
    """
    with work(path, "", source) as unit:
        of = "account_id = ? AND competitor_id = ?"
        there = next(records.where(unit.connection, CompetitorPosition, of, (account_id, competitor_id)), None)
        fields = {"judged_on": today, **given}
        if there is None:
            links = {"account_id": account_id, "competitor_id": competitor_id}
            position_id = unit.insert(CompetitorPosition, {**fields, **links})
        else:
            position_id = there.id
            unit.update(CompetitorPosition, position_id, fields)
        label = labelled(_("Judge the position of {title}"), unit, Competitor, competitor_id)
        unit.relabel(f"{label} · {labelled('{title}', unit, Account, account_id)}")
    return position_id


def add_note(path: Path, about: Mapping[str, int], text: str, day: dt.date, source: Source) -> int:
    """Keep a note; returns its key.

    Args:
        path: the workspace.
        about: the keys of what it is about, by link: account_id, person_id, opportunity_id; one at least.
        text: the note.
        day: what day it is of.
        source: the door it came through.

    Raises:
        InvalidError: there is no text, or nothing that it is about.
    """
    if not any(about.values()):
        label = specs(Note)["account_id"].label
        raise InvalidError({_(label): _("is needed")}, _(Note.noun.one))
    with work(path, "", source) as unit:
        note_id = unit.insert(Note, {**about, "text": text, "day": day})
        unit.relabel(labelled(_("Add {record} {title}"), unit, Note, note_id))
    return note_id


def _word(name: str) -> str:
    spec = specs(Tag)["name"]
    try:
        return str(check(spec, name))
    except ValueError as error:
        raise InvalidError({_(spec.label): str(error)}, _(Tag.noun.one)) from None


def _tags(unit: UnitOfWork, account_id: int, word: str) -> list[Tag]:
    """The account's tags that are the same word, without regard to case and accents."""
    tags = records.where(unit.connection, Tag, "account_id = ?", (account_id,))
    return [one for one in tags if one.name == word or (key(word) and key(one.name) == key(word))]


def _on(unit: UnitOfWork, one: str, many: str, account_ids: Sequence[int], word: str) -> str:
    if len(account_ids) == 1:
        label = labelled(one.replace("{tag}", "\0"), unit, Account, account_ids[0])
    else:
        label = many.replace("{tag}", "\0").format(count=len(account_ids))
    return label.replace("\0", word)
