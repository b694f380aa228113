"""JSON and JSON lines as records, read as a stream."""

from __future__ import annotations

import json
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from crmtui.exchange.encoding import Source, examine
from crmtui.exchange.json_stream import LONGEST_ELEMENT, TOO_DEEP, Decoder, Element, JsonError, elements, outline
from crmtui.exchange.layout import MOST_COLUMNS, too_wide
from crmtui.exchange.problems import Problem, refusal
from crmtui.text import _

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MOST_PROBLEMS: Final = 10_000
_BYTES_A_CHARACTER: Final = 4
_KEPT: Final = 500
_BLANKS: Final = " \t\r\n"


class Record(NamedTuple):
    """An object of the file.

    Attributes:
        line: the line on which it begins, counted from 1.
        kind: the name of the list that it stands in, empty where lists have no names.
        values: its members, values as JSON has them; texts are cleaned where they become a record of ours.
    """

    line: int
    kind: str
    values: dict[str, Any]


class RecordFile:
    """A JSON or JSON lines file that was opened and recognised; its records can be read several times.

    Attributes:
        path: where it is.
        encoding: the name of Python's codec.
        notes: what was recognised, a sentence each, in the user's language.
        problems: the records that the last reading left out, each with its reason.
        is_inside: whether the records are the elements of the lists in the one object that the file is.
    """

    def __init__(self, source: Source, *, by_lines: bool) -> None:
        self.path = source.path
        self.encoding = source.encoding
        self.notes = [*source.notes]
        self.problems: list[Problem] = []
        self._source = source
        self._by_lines = by_lines
        self.is_inside = False

    def rows(self) -> Iterator[Record]:
        """The objects, in their order; what is no object, or has a fault, goes to `problems`.

        Raises:
            FileProblemError: a JSON file is no JSON from some place on (in JSON lines that is a problem of one
                line), too many lines are none, or the file changed while it was read.
        """
        self.problems.clear()
        with self._sentences():
            for element in self._lines() if self._by_lines else self._elements():
                if element.faults:
                    self._reject(element.line, element.faults[0])
                elif isinstance(element.value, dict):
                    if len(element.value) > MOST_COLUMNS:  # told now, before it is read again for its columns
                        raise too_wide(self.path, len(element.value), element.line)
                    yield Record(element.line, element.name, element.value)
                else:
                    self._reject(element.line, _("this is no object with named values"))

    @contextmanager
    def _sentences(self) -> Iterator[None]:
        try:
            yield
        except JsonError as error:
            why = _("column {column}: {reason}").format(column=error.column, reason=str(error))
            raise refusal(self.path, why, error.line) from None
        except (OSError, UnicodeError) as error:
            raise refusal(self.path, _("the file changed while it was read; try again")) from error

    def _elements(self) -> Iterator[Element]:
        with self._source.open() as stream:
            yield from elements(stream, inside=self.is_inside)

    def outline(self) -> tuple[dict[str, Any], list[str]]:
        """What stands beside the lists of objects in the one object that the file is, and the names of those lists.

        Raises:
            FileProblemError: as `rows`.
        """
        if self._by_lines:
            return {}, []
        with self._sentences(), self._source.open() as stream:
            return outline(stream)

    def _lines(self) -> Iterator[Element]:
        if self._source.longest_line > LONGEST_ELEMENT * _BYTES_A_CHARACTER:
            raise refusal(self.path, _("one line is longer than 8 MB; save the data as one JSON list"))
        decoder = Decoder()
        with self._source.open() as stream:
            for number, text in enumerate(stream, 1):
                if typed := text.rstrip(_BLANKS):
                    try:
                        yield _one(decoder, number, typed)
                    except JsonError as error:
                        why = _("column {column}: {reason}").format(column=error.column, reason=str(error))
                        self._reject(number, why, typed)

    def _reject(self, line: int, reason: str, text: str = "") -> None:
        if len(self.problems) >= MOST_PROBLEMS:
            raise refusal(self.path, _("too many records have a fault; is this the right file?"), line)
        self.problems.append(Problem(line, reason, value=text[:_KEPT]))


def _one(decoder: Decoder, number: int, text: str) -> Element:
    try:
        value, end = decoder.decode(text, len(text) - len(text.lstrip(_BLANKS)))
    except json.JSONDecodeError as error:
        why = _("this is no JSON: {reason}").format(reason=error.msg)
        raise JsonError(why, number, error.pos + 1) from None
    except RecursionError:
        raise JsonError(_(TOO_DEEP), number, 1) from None
    if end < len(text):
        raise JsonError(_("nothing should follow the object on its line"), number, end + 1)
    return Element(number, "", value, tuple(decoder.faults))


def read_records(path: Path, *, by_lines: bool, encoding: str | None = None) -> RecordFile:
    """Open a JSON file (a list of objects, an object of such lists, one object) or, by lines, JSON lines.

    Raises:
        FileProblemError: the file cannot be read, or is no text.
    """
    return RecordFile(examine(path, encoding), by_lines=by_lines)
