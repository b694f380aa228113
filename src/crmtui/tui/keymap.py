"""The user's own keys for actions, from the settings; keys that clash are refused with both names."""

from __future__ import annotations

from importlib import import_module
from itertools import combinations
from pkgutil import iter_modules
from typing import TYPE_CHECKING, Final

from textual.app import App
from textual.binding import Binding
from textual.dom import DOMNode
from textual.screen import ModalScreen, Screen

from crmtui.errors import UsageError
from crmtui.text import _

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_PACKAGES: Final = ("crmtui.tui.screens", "crmtui.tui.widgets")


def check(keys: Mapping[str, str]) -> None:
    """Refuse keys for actions that there are not, and two actions on one key that can be meant at the same time.

    Raises:
        UsageError: names the action, or both that clash.
    """
    if not keys:
        return
    places = catalogue()
    known = {binding.id for bindings in places.values() for binding in bindings}
    if strange := sorted(keys.keys() - known):
        raise UsageError(
            _("The settings give a key to {name}, which is no action; there are {names}.").format(
                name=strange[0], names=", ".join(sorted(name for name in known if name))
            )
        )
    for together in _together(places):
        _refuse_clash(keys, together)


def catalogue() -> dict[type[DOMNode], list[Binding]]:
    """Every action of the full screen, by the class that does it; loads all rooms."""
    for package in _PACKAGES:
        for module in iter_modules(import_module(package).__path__, package + "."):
            import_module(module.name)
    import_module("crmtui.tui.app")
    return {kind: found for kind in _kinds(DOMNode) if (found := _own(kind))}


def _kinds(kind: type[DOMNode]) -> Iterator[type[DOMNode]]:
    for below in kind.__subclasses__():
        if below.__module__.startswith("crmtui."):
            yield below
        yield from _kinds(below)


def _own(kind: type[DOMNode]) -> list[Binding]:
    """The actions that a class does, with those of the classes it is made from; one for each key."""
    merged = kind._merged_bindings  # noqa: SLF001 - Textual keeps them nowhere else
    return [binding for _key, binding in merged or () if binding.id]


def _together(places: Mapping[type[DOMNode], list[Binding]]) -> Iterator[list[Binding]]:
    """Actions that can be reached at the same time: of a class, and of it with each that it may stand in."""
    apps: list[type[DOMNode]] = [kind for kind in places if issubclass(kind, App)]
    screens = [kind for kind in places if issubclass(kind, Screen)]
    for kind, bindings in places.items():
        yield bindings
        around: list[type[DOMNode]] = [] if issubclass(kind, App | ModalScreen) else apps
        if not issubclass(kind, App | Screen):
            around = [*apps, *screens]
        for other in around:
            yield [*bindings, *places[other]]


def _refuse_clash(keys: Mapping[str, str], bindings: list[Binding]) -> None:
    """Two actions on one key, which they do not share without the user's keys."""
    usual = {(binding.id, binding.key) for binding in bindings}
    moved = {binding.id: binding for binding in bindings if binding.id in keys}
    now = [binding for binding in bindings if binding.id not in keys]
    for binding in moved.values():
        now += Binding.make_bindings([binding.with_key(keys[binding.id or ""])])
    for one, other in combinations(now, 2):
        is_new = not {(one.id, one.key), (other.id, one.key)} <= usual
        if one.key == other.key and one.id != other.id and is_new:
            raise UsageError(
                _("The key {key} cannot be both “{one}” ({one_id}) and “{other}” ({other_id}).").format(
                    key=one.key, one=_(one.description), one_id=one.id, other=_(other.description), other_id=other.id
                )
            )
