"""What every table is, whatever the format of its file: columns, checks, matching and reports ask no more."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from crmtui.exchange.file_form import FileForm
    from crmtui.exchange.problems import Problem
    from crmtui.exchange.reading import Row


class Tabular(Protocol):
    """A table that was opened and recognised; its rows can be read several times.

    Attributes:
        path: the file that it is in.
        name: what it is called: the name of its file, for a sheet followed by the sheet's.
        stem: what its name tells of its content: without folder and ending, or the sheet's name.
        form: how it was read; what a file of its kind has not is None or empty.
        headers: the names of its columns, cleaned, none empty, none twice.
        notes: what was recognised or mended, a sentence each, in the user's language.
        problems: the rows that the last reading left out, each with its reason.
        has_header: whether the file names its columns, so that empty cells are worth telling.
    """

    @property
    def path(self) -> Path: ...  # noqa: D102 - as above, and so below
    @property
    def name(self) -> str: ...  # noqa: D102 - as above
    @property
    def stem(self) -> str: ...  # noqa: D102 - as above
    @property
    def form(self) -> FileForm: ...  # noqa: D102 - as above
    @property
    def headers(self) -> tuple[str, ...]: ...  # noqa: D102 - as above
    @property
    def notes(self) -> list[str]: ...  # noqa: D102 - as above
    @property
    def problems(self) -> list[Problem]: ...  # noqa: D102 - as above
    @property
    def has_header(self) -> bool: ...  # noqa: D102 - as above

    def rows(self) -> Iterator[Row]:
        """The rows that fit the header, in their order."""
        ...

    def place(self, line: int) -> str:
        """Where a line is, in words, if its number alone does not tell it; else ''."""
        ...
