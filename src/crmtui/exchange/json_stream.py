"""One JSON text as a stream of its elements: a long array is never in memory as a whole."""

from __future__ import annotations

import json
import math
import re
from collections import Counter
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TextIO

from crmtui.text import N_, _

if TYPE_CHECKING:
    from collections.abc import Iterator

LONGEST_ELEMENT: Final = 8 << 20
_CHUNK: Final = 1 << 16
_LARGEST: Final = 2**63 - 1
_LONGEST_INTEGER: Final = 19  # digits of the largest
_LONGEST_TOKEN: Final = 20
_DEEPEST: Final = 3  # names that may lead to a list
_NAMED_LIST: Final = re.compile(r'\{[ \t\r\n]*"(?:[^"\\]|\\.)*"[ \t\r\n]*:[ \t\r\n]*\[')
_BLANK: Final = re.compile(r"[ \t\r\n]*")

DUPLICATE: Final = N_("the key {value} is there twice")
NOT_FINITE: Final = N_("{value} is not a number that JSON knows")
TOO_LARGE: Final = N_("{value} is too large a number")
TOO_DEEP: Final = N_("lists and objects are nested too deeply")


class JsonError(ValueError):
    """Text that is no JSON.

    Attributes:
        line: where, counted from 1.
        column: where on the line, counted from 1.
    """

    def __init__(self, sentence: str, line: int, column: int) -> None:
        self.line = line
        self.column = column
        super().__init__(sentence)


class Element(NamedTuple):
    """A value in the text.

    Attributes:
        line: the line on which it begins.
        name: the key of the list it stands in, empty for the only list.
        value: the value.
        faults: what is wrong in it, a sentence each, though it is JSON in form.
    """

    line: int
    name: str
    value: Any
    faults: tuple[str, ...]


class Decoder:
    """JSON to values; what should not be in data is noted as a fault and the rest is read on."""

    def __init__(self) -> None:
        self.faults: list[str] = []
        self._decoder = json.JSONDecoder(
            object_pairs_hook=self._object,
            parse_constant=self._constant,
            parse_int=self._integer,
            parse_float=self._float,
        )

    def decode(self, text: str, start: int = 0) -> tuple[Any, int]:
        """The value that begins at a place, and the place behind it; `faults` are those in it.

        Raises:
            json.JSONDecodeError: what is there is no JSON, or not all of it.
            RecursionError: it is nested too deeply.
        """
        self.faults.clear()
        return self._decoder.raw_decode(text, start)

    def _object(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) < len(pairs):
            counts = Counter(key for key, _value in pairs)
            self._note(DUPLICATE, counts.most_common(1)[0][0])
        return found

    def _constant(self, name: str) -> None:
        self._note(NOT_FINITE, name)

    def _integer(self, digits: str) -> int | None:
        if len(digits) <= _LONGEST_INTEGER + 1 and -_LARGEST <= (number := int(digits)) <= _LARGEST:
            return number
        self._note(TOO_LARGE, digits)
        return None

    def _float(self, digits: str) -> float | None:
        number = float(digits)
        if math.isfinite(number):
            return number
        self._note(TOO_LARGE, digits)
        return None

    def _note(self, sentence: str, value: str) -> None:
        from crmtui.domain.values import quoted

        self.faults.append(_(sentence).format(value=quoted(value[:1000])))


def elements(stream: TextIO, *, inside: bool = False) -> Iterator[Element]:
    """The elements of an array, or of each array of an object; or the one object that the text is.

    An object whose first value is an array is a set of named lists, as `export all` writes it; what else stands
    in it is passed over. Any other object is one element by itself, unless its lists of objects are to be read: those
    that stand in it, or in the objects in it, beside other values.

    Raises:
        JsonError: the text is no JSON, or neither an array nor an object.
    """
    text = _Text(stream)
    first = text.peek()
    if first == "[":
        yield from text.array("")
    elif first == "{" and (inside or text.is_set):
        yield from (element for is_listed, element in text.members(is_set=text.is_set) if is_listed)
    elif first == "{":
        yield text.element("")
    else:
        raise text.error(_("a list or an object should begin here"))
    if text.peek():
        raise text.error(_("nothing should follow the end of the data"))


def outline(stream: TextIO) -> tuple[dict[str, Any], list[str]]:
    """What stands beside the lists of objects in the one object that the text is, and the names of those lists.

    Raises:
        JsonError: the text is no JSON.
    """
    text = _Text(stream)
    beside: dict[str, Any] = {}
    lists: dict[str, None] = {}
    if text.peek() == "{" and not text.is_set:
        for is_listed, element in text.members(is_set=False):
            if is_listed:
                lists[element.name] = None
            else:
                beside[element.name] = element.value
    return beside, list(lists)


class _Text:
    """The part of the text that is in memory, and where it stands in the whole."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._decoder = Decoder()
        self._buffer = ""
        self._place = 0
        self._line = 1
        self._column = 1
        self._complete = False

    def peek(self) -> str:
        """The next character that is not blank; empty at the end."""
        while True:
            self._advance(self._blank_end())
            if self._place < len(self._buffer) or self._complete:
                return self._buffer[self._place : self._place + 1]
            self._read_on()

    def array(self, name: str) -> Iterator[Element]:
        """The elements of the array that begins here."""
        self._take("[")
        if self.peek() != "]":
            yield self.element(name)
            while self.peek() != "]":
                self._take(",")
                yield self.element(name)
        self._take("]")

    @property
    def is_set(self) -> bool:
        """Whether the object that begins here is a set of named lists."""
        return bool(_NAMED_LIST.match(self._buffer, self._place))

    def members(self, before: tuple[str, ...] = (), *, is_set: bool) -> Iterator[tuple[bool, Element]]:
        """The elements of the lists in the object that begins here, which are True, and what stands beside them.

        A list is called by the names that lead to it. In a set of lists each one counts, else those of objects.
        """
        self._take("{")
        if self.peek() != "}":
            yield from self._member(before, is_set=is_set)
            while self.peek() != "}":
                self._take(",")
                yield from self._member(before, is_set=is_set)
        self._take("}")

    def _member(self, before: tuple[str, ...], *, is_set: bool) -> Iterator[tuple[bool, Element]]:
        if self.peek() != '"':
            raise self.error(_("a name in quotes should stand here"))
        here = (*before, str(self.element("").value))
        self._take(":")
        if self.peek() == "[" and ((is_set and not before) or self._holds_objects()):
            yield from ((True, element) for element in self.array(".".join(here)))
        elif self.peek() == "{" and len(here) < _DEEPEST:
            yield from self.members(here, is_set=is_set)
        else:
            yield False, self.element(".".join(here))

    def _holds_objects(self) -> bool:
        """Whether the first element of the array that begins here is an object."""
        while True:
            blank = _BLANK.match(self._buffer, self._place + 1)
            place = blank.end() if blank else self._place + 1
            if place < len(self._buffer) or self._complete:
                return self._buffer[place : place + 1] == "{"
            self._read_on()

    def error(self, sentence: str, place: int | None = None) -> JsonError:
        """The error that stands at a place, or here."""
        self._advance(self._place if place is None else place)
        return JsonError(sentence, self._line, self._column)

    def _take(self, char: str) -> None:
        if self.peek() != char:
            raise self.error(_("“{char}” should stand here").format(char=char))
        self._advance(self._place + 1)

    def element(self, name: str) -> Element:
        """The value that begins here."""
        self.peek()
        line = self._line
        while True:
            try:
                value, end = self._decoder.decode(self._buffer, self._place)
            except json.JSONDecodeError as error:
                if self._complete or self._is_sure(error):
                    raise self.error(_("this is no JSON: {reason}").format(reason=error.msg), error.pos) from None
            except RecursionError:
                raise self.error(_(TOO_DEEP)) from None
            else:
                if end < len(self._buffer) or self._complete:  # else a number may go on
                    self._advance(end)
                    return Element(line, name, value, tuple(self._decoder.faults))
            if len(self._buffer) - self._place >= LONGEST_ELEMENT:
                raise self.error(_("what begins here is longer than 8 MB, or no JSON"))
            self._read_on()

    def _is_sure(self, error: json.JSONDecodeError) -> bool:
        """Whether reading on cannot mend it: it stands well before the end of what is read."""
        return error.pos < len(self._buffer) - _LONGEST_TOKEN and not error.msg.startswith("Unterminated string")

    def _blank_end(self) -> int:
        blank = _BLANK.match(self._buffer, self._place)
        return blank.end() if blank else self._place

    def _advance(self, place: int) -> None:
        ends = self._buffer.count("\n", self._place, place)
        if ends:
            self._line += ends
            self._column = place - self._buffer.rfind("\n", self._place, place)
        else:
            self._column += place - self._place
        self._place = place

    def _read_on(self) -> None:
        """Forget what was read and take in three times as much as is left, so that long elements cost no squares."""
        left = self._buffer[self._place :]
        more = self._stream.read(max(_CHUNK, 3 * len(left)))
        self._complete = not more
        self._buffer, self._place = left + more, 0
