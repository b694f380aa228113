"""Where link fields find the records they may lead to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmtui.domain.fields import default, specs
from crmtui.domain.nouns import BY_TABLE
from crmtui.domain.words import Source
from crmtui.tui.screens.choose import Found

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from crmtui.domain.fields import Spec


class WorkspaceLinks:
    """All records of the table that a field leads to, or what the caller offers for the field.

    Args:
        path: the workspace.
        find: searches for single fields, by name.
        create: makes a new record of its name for single fields, by their names.
    """

    def __init__(
        self,
        path: Path,
        find: Mapping[str, Callable[[str], Sequence[Found[int]]]],
        create: Mapping[str, Callable[[str], Found[int]]],
    ) -> None:
        self._path = path
        self._find = find
        self._create = create

    def find(self, name: str, spec: Spec, words: str) -> Sequence[Found[int]]:
        """In a thread: records whose names begin like the words."""
        if own := self._find.get(name):
            return own(words)
        from crmtui.queries import records

        return [Found(key, title) for key, title in records.suggest(self._path, spec.link, words)]

    def create(self, name: str, spec: Spec) -> Callable[[str], Found[int]] | None:
        """How a record is made of its name alone, where it needs no more and any of its kind may be chosen."""
        if own := self._create.get(name):
            return own
        if name in self._find or not _needs_only_a_name(spec.link):
            return None
        return lambda words: self._made(spec.link, words)

    def _made(self, table: str, words: str) -> Found[int]:
        from crmtui.commands import records

        kind = BY_TABLE[table]
        return Found(records.add(self._path, kind, {kind.noun.title: words}, Source.TUI), words)

    def title(self, spec: Spec, key: int) -> str:
        """In a thread: what a record is called."""
        from crmtui.queries import records

        return records.title(self._path, spec.link, key)


def _needs_only_a_name(table: str) -> bool:
    kind = BY_TABLE[table]
    return all(
        not spec.required or name == kind.noun.title or default(kind, name) not in (None, "")
        for name, spec in specs(kind).items()
    )
