"""What is on its way to the file: shown at once, forgotten when it has been read back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable

Page = TypeVar("Page")


class Change(Protocol[Page]):
    """Something that the user did to a page; each is one of its own, also where two say the same."""

    def applied(self, page: Page) -> Page:
        """The page as it will be."""


class Edits(Generic[Page]):
    """The changes of one screen that are not known to be in what was read."""

    def __init__(self) -> None:
        self._asked: list[Change[Page]] = []
        self._saved: list[Change[Page]] = []

    def add(self, edit: Change[Page]) -> None:
        """Take a change that is about to be saved, after those that were made before it."""
        self._asked.append(edit)

    def settle(self, edit: Change[Page], *, is_saved: bool) -> None:
        """One is in the file, or could not be saved."""
        self._asked.remove(edit)
        if is_saved:
            self._saved.append(edit)

    @property
    def saved(self) -> tuple[Change[Page], ...]:
        """Those that a reading that begins now will find in the file."""
        return tuple(self._saved)

    def forget(self, read: Iterable[Change[Page]]) -> None:
        """What was saved before a reading began is in what it has read."""
        known = list(read)
        self._saved = [one for one in self._saved if one not in known]

    def applied(self, page: Page) -> Page:
        """What was read, with all changes that it may lack."""
        for edit in (*self._saved, *self._asked):
            page = edit.applied(page)
        return page
