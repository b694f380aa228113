"""An iCalendar file taken apart: its events, to-dos and time zones as text, each within bounds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple, TextIO

from crmtui.exchange.content_lines import LineError, logical_lines
from crmtui.text import N_, _

if TYPE_CHECKING:
    from collections.abc import Iterator

EVENT: Final = "VEVENT"
TASK: Final = "VTODO"
ZONE: Final = "VTIMEZONE"
METHOD: Final = "METHOD"
LARGEST: Final = 1 << 20  # characters of a component
DEEPEST: Final = 20  # components in one another; an event has alarms in it, and these have nothing
_COMPONENTS: Final = (EVENT, TASK, ZONE)
_MOST_RULES: Final = 200

CUT_OFF: Final = N_("it is cut off: its end is missing")
TOO_LARGE: Final = N_("it has more in it than an entry ever has")


class Part(NamedTuple):
    """A component of the file, or its method.

    Attributes:
        name: what it is.
        line: the line on which it begins, counted from 1.
        text: unfolded, without the components in it; of the method its word.
        fault: why it cannot be used, untranslated; '' when it can.
    """

    name: str
    line: int
    text: str
    fault: str = ""


class _Growing:
    """A component while its lines come."""

    def __init__(self, name: str, line: int, text: str) -> None:
        self.name = name
        self._line = line
        self._lines = [text]
        self._size = 0
        self._inside: list[str] = []

    def take(self, word: str, value: str, text: str) -> bool:
        """One more line, `word:value` in capitals or as it is; returns whether it is the last one."""
        if word == "END" and not self._inside:
            self._keep(text)
            return True
        if self.name == ZONE or not (self._inside or word == "BEGIN"):
            self._keep(text)
        if word == "BEGIN":
            self._inside.append(value)
        elif word == "END":
            self._inside.pop()
        return False

    @property
    def depth(self) -> int:
        """How many components that are in one another are open in it."""
        return len(self._inside)

    def _keep(self, text: str) -> None:
        self._size += len(text)
        if self._size <= LARGEST:
            self._lines.append(text)

    def part(self) -> Part:
        if self._size > LARGEST:
            return Part(self.name, self._line, "", TOO_LARGE)
        return Part(self.name, self._line, "".join(f"{line}\r\n" for line in self._lines))

    def cut_off(self) -> Part:
        return Part(self.name, self._line, "", CUT_OFF)


def components(stream: TextIO) -> Iterator[Part]:
    """The components of a file in their order, alarms and the like left out; and its method.

    Raises:
        LineError: a property is endless, or components are in one another without end.
    """
    growing: _Growing | None = None
    for line, text in logical_lines(stream):
        word, _colon, value = text.partition(":")
        word, value = word.strip().upper(), value.strip().upper()
        if growing is not None:
            if growing.take(word, value, text):
                yield growing.part()
                growing = None
            elif growing.depth > DEEPEST:
                raise LineError(_("components begin in one another and do not end; is this the right file?"), line)
        elif word == "BEGIN" and value in _COMPONENTS:
            growing = _Growing(value, line, text)
        elif word == METHOD:
            yield Part(METHOD, line, value)
    if growing is not None:
        yield growing.cut_off()


def is_harmless(zone: str) -> bool:
    """Whether a time zone changes its clock once a year by each of its rules, and has not too many of them."""
    said = zone.upper()
    rules = [line for line in said.split("\r\n") if line.startswith("RRULE")]
    are_yearly = all("FREQ=YEARLY" in rule and "BYSECOND" not in rule and "BYMINUTE" not in rule for rule in rules)
    return are_yearly and said.count("RRULE") == len(rules) <= _MOST_RULES and said.count("RDATE") <= _MOST_RULES
