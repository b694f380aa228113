"""The entries of a file that are told of apart, with what became of them: passed over, kept, or put to an account."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from crmtui.commands.import_last_word import BY_HAND, OVERTAKEN
from crmtui.commands.import_report import MOST_NAMED
from crmtui.domain.values import quoted
from crmtui.text import line, ngettext

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from crmtui.commands.import_guessing import Guess
    from crmtui.exchange.entries import Entry

_LONGEST_NAME: Final = 80  # of what has none


@dataclass(slots=True)
class Asides:
    """What is told of apart, by what the entries are called.

    Attributes:
        never_here: how many were called off before they were ever here.
        guessed: what names no account by itself, with that to which it was put.
        superseded: what the file has a newer version of too.
        strangers: what has to do with nobody here.
        held: what was kept though it is another there, by why.
    """

    never_here: int = 0
    guessed: list[tuple[str, Guess]] = field(default_factory=list)
    superseded: list[str] = field(default_factory=list)
    strangers: list[str] = field(default_factory=list)
    held: dict[str, list[str]] = field(default_factory=lambda: {OVERTAKEN: [], BY_HAND: []})

    def notes(self) -> Iterator[str]:
        """What was passed over, in sentences."""
        if self.never_here:
            yield ngettext(
                "{count} entry was called off before it was ever here, and was passed over",
                "{count} entries were called off before they were ever here, and were passed over",
                self.never_here,
            )
        if self.guessed:
            yield ngettext(
                "{count} entry names no account, and was put to the one that it most likely is of: {names}",
                "{count} entries name no account, and were put to the ones that they most likely are of: {names}",
                len(self.guessed),
                names=_guessed(self.guessed[:MOST_NAMED]) + ("…" if len(self.guessed) > MOST_NAMED else ""),
            )
        if self.superseded:
            yield ngettext(
                "{count} entry is an older version of one in the same file, and was passed over: {names}",
                "{count} entries are older versions of others in the same file, and were passed over: {names}",
                len(self.superseded),
                names=_few(self.superseded),
            )
        if self.strangers:
            yield ngettext(
                "{count} entry has to do with nobody here and was passed over: {names}",
                "{count} entries have to do with nobody here and were passed over: {names}",
                len(self.strangers),
                names=_few(self.strangers),
            )
        if held := self.held[OVERTAKEN]:
            yield ngettext(
                "{count} entry is older than the version that came before, and changes nothing: {names}",
                "{count} entries are older than the versions that came before, and change nothing: {names}",
                len(held),
                names=_few(held),
            )
        if held := self.held[BY_HAND]:
            yield ngettext(
                "{count} entry is called off, or on again, but was changed by hand and stays as it is: {names}",
                "{count} entries are called off, or on again, but were changed by hand and stay as they are: {names}",
                len(held),
                names=_few(held),
            )


def title_of(entry: Entry) -> str:
    """What an entry is called; the beginning of its text where it has no name."""
    return entry.summary or line(entry.description[:_LONGEST_NAME])


def _few(titles: Sequence[str]) -> str:
    """Some of what entries are called, each once."""
    names = list(dict.fromkeys(titles))
    return ", ".join(map(quoted, names[:MOST_NAMED])) + ("…" if len(names) > MOST_NAMED else "")


def _guessed(found: Sequence[tuple[str, Guess]]) -> str:
    """What entries are called, each with the account that it was put to, and why."""
    return ", ".join(f"{quoted(title)} > {line(guess.name)} ({guess.reason})" for title, guess in found)
