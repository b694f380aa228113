"""What stands in an open form, kept beside the workspace until it is saved or discarded: it outlives a crash."""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from crmtui import paths
from crmtui.text import clean

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Draft:
    """The draft of one form.

    Attributes:
        workspace: the file that the form would be saved to.
        title: what the form is called.
    """

    workspace: Path
    title: str

    @property
    def file(self) -> Path:
        """Where it is kept: private, named after nothing that a customer is called."""
        import hashlib

        name = hashlib.sha256(os.fsencode(self.workspace.absolute()) + b"\0" + self.title.encode()).hexdigest()
        return _folder() / f"{name[:20]}.json"

    def keep(self, typed: Mapping[str, str]) -> None:
        """Write what was typed, by field, so that only the user can read it; a full disk is no reason to stop."""
        import json

        with suppress(OSError):
            paths.make_private(_folder())
            building = self.file.with_suffix(".new")
            with os.fdopen(os.open(building, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as opened:
                json.dump(
                    {"workspace": str(self.workspace.absolute()), "title": self.title, "typed": dict(typed)}, opened
                )
            building.replace(self.file)

    def kept(self) -> dict[str, str]:
        """What was typed, by field; nothing where there is no draft that can be read."""
        found = _read(self.file).get("typed")
        return {str(name): clean(str(typed)) for name, typed in found.items()} if isinstance(found, dict) else {}

    def forget(self) -> None:
        """It was saved, or is not wanted."""
        with suppress(OSError):
            self.file.unlink(missing_ok=True)


def titles(workspace: Path) -> list[str]:
    """The forms of a workspace that have a draft."""
    with suppress(OSError):
        found = [_read(file) for file in sorted(_folder().glob("*.json"))]
        return [clean(str(one["title"])) for one in found if one.get("workspace") == str(workspace.absolute())]
    return []


def _folder() -> Path:
    return paths.state() / "drafts"


def _read(file: Path) -> dict[str, Any]:
    import json

    with suppress(OSError, ValueError):
        found = json.loads(file.read_text())
        if isinstance(found, dict):
            return found
    return {}
