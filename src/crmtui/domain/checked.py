"""Many values of one field at once: its rules made ready once, and a mark on the values that passed them."""

from __future__ import annotations

from itertools import repeat
from operator import is_
from typing import TYPE_CHECKING, Final, cast

from crmtui.domain import values
from crmtui.domain.fields import Kind, Spec
from crmtui.domain.values import Plain, Value
from crmtui.text import line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

_WHOLE: Final = frozenset({Kind.INTEGER, Kind.MONEY, Kind.SCALE, Kind.LINK})
_LARGEST: Final = 2**63 - 1


class Checked(list[Plain]):
    """Values of one field as SQLite keeps them, a row each; None where a row says nothing.

    Only `checked` and what reads cells make it, so that who writes it need not look at every value again.

    Attributes:
        spec: the field whose rules they passed.
    """

    __slots__ = ("spec",)

    def __init__(self, spec: Spec, passed: Iterable[Plain]) -> None:
        super().__init__(passed)
        self.spec = spec

    def filled(self, blank: Plain) -> Checked:
        """The same with a value, that the field may hold, where there was none."""
        if blank is None or all(self) or None not in self:  # which takes longer to tell
            return self
        return Checked(self.spec, [blank if value is None else value for value in self])

    def picked(self, places: Sequence[int]) -> Checked:
        """The values at some places."""
        return Checked(self.spec, [self[place] for place in places])


def checked(spec: Spec, given: Sequence[Value]) -> Checked:
    """Values checked and as SQLite keeps them; ValueError at the first one that is wrong."""
    if isinstance(given, Checked) and given.spec == spec:
        return given
    if given and all(map(is_, given, repeat(given[0]))):
        return Checked(spec, [checker(spec)(given[0])] * len(given))
    if spec.kind in _WHOLE and (isinstance(given, range) or set(map(type, given)) == {int}):
        low, high = _bounds(spec)
        least, most = (given[0], given[-1]) if isinstance(given, range) else (min(given), max(given))
        if low <= least and most <= high:
            return Checked(spec, cast("Sequence[int]", given))
    return Checked(spec, map(checker(spec), given))


def checker(spec: Spec) -> Callable[[Value], Plain]:
    """`values.plain` of `values.check` for one field, with a short way for the values that are usual."""
    if spec.kind is Kind.LINE:
        return _line_checker(spec)
    if spec.kind in _WHOLE:
        return _whole_checker(spec)
    if spec.kind is Kind.CHOICE:
        return _word_checker(spec)
    if spec.kind is Kind.BOOL:
        return lambda value: value if value is True or value is False else _checked(spec, value)
    return lambda value: _checked(spec, value)


def _checked(spec: Spec, value: Value) -> Plain:
    return values.plain(spec, values.check(spec, value))


def _line_checker(spec: Spec) -> Callable[[Value], Plain]:
    longest = spec.longest

    def check(value: Value) -> Plain:
        if type(value) is str:
            kept = line(value)
            if kept and len(kept) <= longest:
                return kept
        return _checked(spec, value)

    return check


def _whole_checker(spec: Spec) -> Callable[[Value], Plain]:
    low, high = _bounds(spec)

    def check(value: Value) -> Plain:
        return value if type(value) is int and low <= value <= high else _checked(spec, value)

    return check


def _bounds(spec: Spec) -> tuple[float, float]:
    """The least and the most that a whole number may be."""
    return -_LARGEST if spec.low is None else spec.low, _LARGEST if spec.high is None else spec.high


def _word_checker(spec: Spec) -> Callable[[Value], Plain]:
    known = {word.value: word.value for word in spec.words or ()}

    def check(value: Value) -> Plain:
        return known.get(value) or _checked(spec, value) if isinstance(value, str) else _checked(spec, value)

    return check
