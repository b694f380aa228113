"""The cards of a file, or of the files in a folder, as tables: one of people, one of companies."""

from __future__ import annotations

import json
from bisect import bisect_right
from typing import TYPE_CHECKING, Final

from crmtui.exchange.aside import Aside
from crmtui.exchange.cards import cells
from crmtui.exchange.cards.reading import Card, cards
from crmtui.exchange.content_lines import BINARY, LineError
from crmtui.exchange.encoding import examine
from crmtui.exchange.file_form import RECOGNISED
from crmtui.exchange.kinds import CARDS
from crmtui.exchange.mapping.meanings import address_fields
from crmtui.exchange.problems import Problem, refusal
from crmtui.exchange.reading import MOST_PROBLEMS, Row
from crmtui.text import _, line as one_line, ngettext

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

_PERSON: Final = "person"
_ACCOUNT: Final = "account"
_COLUMNS: Final = {
    _PERSON: (
        *("name", "honorific", "given_name", "family_name", "account", "title", "department", "reports_to"),
        *(field for base in ("email", "phone") for field, _kind in address_fields(base)),
        *("language", "city", "country", *cells.STYLE.values(), "notes", cells.UID),
    ),
    _ACCOUNT: (
        *("name", "website", "email", "phone", "street", "postcode", "city", "region", "country", "notes", cells.UID),
    ),
}

_NAMING: Final = ("name", "given_name", "family_name", *(field for field, _kind in address_fields("email")))


class CardTable:
    """Cards as a table (`exchange.tables.Tabular`); each column is called by the field that it fills.

    Attributes:
        noun: the table that its rows become.
        count: how many rows there are.
        faults: the cards that are no rows.
    """

    form = RECOGNISED

    def __init__(self, path: Path, noun: str, places: _Places) -> None:
        self.path = path
        self.noun = noun
        self.stem = noun
        self.name = one_line(path.name) if noun == _PERSON else f"{one_line(path.name)}/companies"
        self.headers: tuple[str, ...] = ()
        self.notes: list[str] = []
        self.problems: list[Problem] = []
        self.faults: list[Problem] = []
        self.count = 0
        self.has_header = False
        self._places = places
        self._aside = Aside()
        self._used: set[str] = {"name"}

    def add(self, number: int, row: dict[str, str]) -> None:
        """One more row, by its columns."""
        self.count += 1
        self._used.update(row)
        self._aside.stream.write(json.dumps([number, row]).encode() + b"\n")

    def refuse(self, number: int, why: str) -> None:
        """A card that is no row."""
        if len(self.faults) >= MOST_PROBLEMS:
            raise refusal(self.path, _("too many cards have a fault; is this the right file?"), number)
        self.faults.append(Problem(number, why))

    def settle(self) -> None:
        """Know the columns, when all rows are there."""
        self.headers = tuple(name for name in _COLUMNS[self.noun] if name in self._used)

    def rows(self) -> Iterator[Row]:
        """The cards in their order; those that cannot be used go to `problems`."""
        self.problems[:] = self.faults
        for text in self._aside.lines():
            if text:
                number, row = json.loads(text)
                yield Row(number, tuple(row.get(name, "") for name in self.headers))

    def place(self, line: int) -> str:
        """The file and its line, where there are several files."""
        return self._places.place(line)


class _Places:
    """The lines of several files, counted on from one to the next."""

    def __init__(self) -> None:
        self._begins: list[int] = []
        self._names: list[str] = []
        self.end = 0

    def begin(self, name: str) -> None:
        self._begins.append(self.end)
        self._names.append(name)

    def place(self, number: int) -> str:
        if len(self._names) <= 1:
            return ""
        at = bisect_right(self._begins, number - 1) - 1
        return _("{file}, line {line}").format(file=one_line(self._names[at]), line=number - self._begins[at])


def files_in(folder: Path) -> list[Path]:
    """The vCards of a folder, by name.

    Raises:
        FileProblemError: it has none, or may not be read.
    """
    try:
        found = sorted(path for path in folder.iterdir() if path.suffix.lower() in CARDS and path.is_file())
    except OSError as error:
        raise refusal(folder, _("this folder cannot be read: {reason}").format(reason=error.strerror)) from error
    if not found:
        raise refusal(folder, _("there are no vCards (.vcf) in this folder; name the files to be imported"))
    return found


def open_cards(path: Path, files: Sequence[Path], encoding: str | None = None) -> list[CardTable]:
    """The people and the companies on the cards of files, those that there are any of.

    Args:
        path: what the user named: the one file, or the folder of all.
        files: where the cards are.
        encoding: of the files, where the user names it.

    Raises:
        FileProblemError: a file cannot be read, has a property without end, or none of them has a card.
    """
    places, seen = _Places(), _Seen()
    tables = {noun: CardTable(path, noun, places) for noun in (_PERSON, _ACCOUNT)}
    for file in files:
        places.begin(file.name)
        end = 0
        for card in _cards_of(file, seen, encoding):
            end = card.end
            number = places.end + card.line
            seen.take(card)
            if card.fault:
                tables[_PERSON].refuse(number, _(card.fault))
            elif cells.is_company(card):
                tables[_ACCOUNT].add(number, cells.company(card))
            elif not cells.is_group(card):
                row = cells.person(card)
                if any(name in row for name in _NAMING):
                    tables[_PERSON].add(number, row)
                else:
                    tables[_PERSON].refuse(number, _("the row has no name"))
        places.end += end
    if not seen.cards:
        raise refusal(path, _("there is no card in it; is this the right file?"))
    found = [table for table in tables.values() if table.count or table.faults]
    for table in found or [tables[_PERSON]]:
        table.settle()
    found = found or [tables[_PERSON]]
    found[0].notes += seen.told(len(files))
    return found


def _cards_of(file: Path, seen: _Seen, encoding: str | None) -> Iterator[Card]:
    source = examine(file, encoding)
    seen.encoding = source.notes
    try:
        with source.open() as stream:
            yield from cards(stream)
    except LineError as error:
        raise refusal(file, str(error), error.line) from None
    except (OSError, UnicodeError) as error:
        raise refusal(file, _("the file changed while it was read; try again")) from error


class _Seen:
    """What went by."""

    def __init__(self) -> None:
        self.encoding: tuple[str, ...] = ()
        self.cards = 0
        self._groups = 0
        self._pictures = 0
        self._unread = 0

    def take(self, card: Card) -> None:
        self.cards += 1
        self._groups += cells.is_group(card)
        self._pictures += any(one.name in BINARY for one in card.properties)
        self._unread += card.unread

    def told(self, files: int) -> Iterator[str]:
        if files == 1:
            yield from self.encoding
        if self._groups:
            yield ngettext(
                "{count} card is a group and was passed over.",
                "{count} cards are groups and were passed over.",
                self._groups,
            )
        if self._pictures:
            yield ngettext(
                "{count} card has a picture or a sound, which is not kept.",
                "{count} cards have pictures or sounds, which are not kept.",
                self._pictures,
            )
        if self._unread:
            yield ngettext(
                "{count} line is no property and was passed over.",
                "{count} lines are no properties and were passed over.",
                self._unread,
            )
