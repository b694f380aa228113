"""The user's settings: a TOML file that need not exist, read once at start."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from crmtui import paths
from crmtui.errors import UsageError
from crmtui.text import LANGUAGES, N_, _

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

_WRONG: Final = N_("{file}: {name} should be {what}.")
_UNKNOWN: Final = N_("{file}: there is no setting {name}; there are {names}.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """What the user has chosen.

    Attributes:
        language: a code of `text.LANGUAGES`; empty for the locale's.
        theme: the name of a theme; empty for ours, light or dark as the terminal is.
        ascii: whether only ASCII signs are drawn; None for what the locale can show.
        db: the workspace that is opened when none is named; None for the default place.
        keys: other keys for actions, by the action's name.
    """

    language: str = ""
    theme: str = ""
    ascii: bool | None = None
    db: Path | None = None
    keys: Mapping[str, str] = field(default_factory=dict)

    @property
    def place(self) -> Path:
        """The workspace that is opened when none is named."""
        return self.db or paths.default_workspace()


def load(file: Path | None = None) -> Config:
    """Read the settings; all defaults where there is no file.

    Raises:
        UsageError: the file is not TOML, or holds what is no setting; the sentence names the place.
    """
    place = file or paths.config_file()
    try:
        raw = place.read_bytes()
    except FileNotFoundError:
        return Config()
    except OSError as error:
        raise UsageError(_("{file} cannot be read: {why}").format(file=place, why=error.strerror)) from None
    return _checked(place, _parsed(place, raw))


def _parsed(place: Path, raw: bytes) -> dict[str, Any]:
    import tomllib

    try:
        return tomllib.loads(raw.decode("utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise UsageError(_("{file} is not TOML: {why}").format(file=place, why=error)) from None


def _checked(place: Path, found: dict[str, Any]) -> Config:
    for name, value in found.items():
        if name not in _CHECKS:
            raise UsageError(_(_UNKNOWN).format(file=place, name=name, names=", ".join(_CHECKS)))
        is_right, what = _CHECKS[name]
        if not is_right(value):
            raise UsageError(_(_WRONG).format(file=place, name=name, what=_(what)))
    if "db" in found:
        found["db"] = paths.typed(found["db"])
    return Config(**found)


def _is_keys(value: object) -> bool:
    return isinstance(value, dict) and all(isinstance(key, str) and key for key in value.values())


_CHECKS: Final[Mapping[str, tuple[Callable[[Any], bool], str]]] = {
    "language": (lambda value: value in LANGUAGES, N_("one of the languages: en, it")),
    "theme": (lambda value: isinstance(value, str), N_("the name of a theme, in quotes")),
    "ascii": (lambda value: isinstance(value, bool), N_("true or false")),
    "db": (lambda value: isinstance(value, str) and bool(value) and "\0" not in value, N_("a path, in quotes")),
    "keys": (_is_keys, N_("a table of actions and keys")),
}


def shows_unicode() -> bool:
    """Whether the locale can show more than ASCII."""
    for name in ("LC_ALL", "LC_CTYPE", "LANG"):
        if value := os.environ.get(name):
            return "utf" in value.lower()
    return os.name == "nt"


def save(given: Mapping[str, str | bool | Mapping[str, str]], file: Path | None = None) -> None:
    """Write some settings, leaving the rest of the file, its comments too, as it is.

    Args:
        given: values by name; an empty text takes a setting away; of `keys` only those given are changed.
        file: where; the user's own settings when left out.

    Raises:
        UsageError: what would come of it is no valid file; it stays as it was.
        OSError: the file cannot be written.
    """
    place = file or paths.config_file()
    lines = place.read_text(encoding="utf-8").splitlines() if place.exists() else []
    for name, value in given.items():
        if isinstance(value, str | bool):
            lines = _set(lines, "", name, value)
        else:
            for action, key in value.items():
                lines = _set(lines, "keys", action, key)
    written = "\n".join(lines).strip() + "\n"
    _checked(place, _parsed(place, written.encode()))
    paths.make_private(place.parent)
    building = place.with_name(place.name + ".new")
    building.write_text(written, encoding="utf-8")
    building.replace(place)


def _set(lines: list[str], table: str, name: str, value: str | bool) -> list[str]:
    """The lines with one setting changed, added at the end of its table, or taken away."""
    import json

    shown = f'"{name}"' if "." in name else name
    line = [] if value == "" else [f"{shown} = {json.dumps(value, ensure_ascii=False)}"]
    begin, end = _span(lines, table)
    for index in range(begin, end):
        if lines[index].partition("=")[0].strip().strip("\"'") == name:
            return lines[:index] + line + lines[index + 1 :]
    if begin == 0 and table and line:
        return [*lines, "", f"[{table}]", *line]
    return lines[:end] + line + lines[end:]


def _span(lines: list[str], table: str) -> tuple[int, int]:
    """The lines of a table, first and one behind the last; the lines before any table for ''."""
    heads = [index for index, line in enumerate(lines) if line.lstrip().startswith("[")]
    begin = 0
    if table:
        begin = next((index + 1 for index in heads if lines[index].strip() == f"[{table}]"), 0)
        if not begin:
            return 0, 0
    return begin, next((index for index in heads if index >= begin), len(lines))
