"""What somebody else changed while a form was open: told before it is written over, and once."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from crmtui.domain import values
from crmtui.domain.fields import Kind, Record, specs
from crmtui.errors import InvalidError
from crmtui.text import _

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from crmtui.domain.fields import Spec
    from crmtui.domain.values import Value

    Fields = Mapping[str, Value]

_UNSAID: Final = (Kind.LINK, Kind.MONEY)  # a key, and minor units, say nothing to the user


class Meanwhile:
    """The fields that a form began with, beside those that are in the file when it is saved.

    Args:
        given: as the form began with them.
        now: blocking; as they are in the file, as far as they are kept there.
    """

    def __init__(self, given: Fields, now: Callable[[], Fields]) -> None:
        self._given = dict(given)
        self._now = now

    def check(self, asked: Mapping[str, Spec], found: Fields) -> None:
        """Blocking: let pass what is to be saved, unless it would undo what the user has not seen.

        Raises:
            InvalidError: names each field that somebody else has changed to something else; not a second time.
        """
        now = self._now()
        moved = {
            name: now[name]
            for name in asked.keys() & found.keys() & now.keys() & self._given.keys()
            if now[name] not in (self._given[name], found[name])
        }
        self._given |= moved
        if moved:
            raise InvalidError({name: _told(asked[name], moved[name]) for name in asked if name in moved})


def kept(path: Path, kind: type[Record], key: int) -> Callable[[], Fields]:
    """What reads the fields of a record as they are in the file."""
    return partial(_kept, path, kind, key)


def _kept(path: Path, kind: type[Record], key: int) -> Fields:
    from crmtui.queries import records

    found = records.get(path, kind, key)
    return {name: getattr(found, name) for name in specs(kind)}


def _told(spec: Spec, value: Value) -> str:
    if spec.kind in _UNSAID or value in (None, "", ()):
        return _("somebody else has changed this meanwhile; save again to have it your way")
    said = values.quoted(values.label(spec, value))
    return _("somebody else has made it {value} meanwhile; save again to have it your way").format(value=said)
