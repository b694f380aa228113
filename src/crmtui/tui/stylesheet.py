"""Rules of style that are parsed once: Textual parses all of them anew whenever a room is shown for the first time."""

from __future__ import annotations

from typing import Final

from textual.cache import LRUCache
from textual.css.stylesheet import Stylesheet as Textuals

_SOURCES: Final = 1_024  # more than there are; Textual forgets all when there are more than 64


class Stylesheet(Textuals):
    """Textual's, which forgets nothing as long as the colours are the same.

    Args:
        variables: the colours, by their names.
    """

    def __init__(self, *, variables: dict[str, str] | None = None) -> None:
        super().__init__(variables=variables)
        self._parse_cache = LRUCache(_SOURCES)

    def set_variables(self, variables: dict[str, str]) -> None:
        """Take other colours, by which all rules are to be parsed anew."""
        if variables != self._variables:
            super().set_variables(variables)

    def reparse(self) -> None:
        """Parse what has come, and what has other colours."""
        self.parse()
