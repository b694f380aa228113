"""The programmes of the sample, and who is in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmtui.domain.programmes import Programme, ProgrammeMember

if TYPE_CHECKING:
    from crmtui.sample.rows import Book, Table


def add_programme(book: Book, name: str, table: Table) -> None:
    """Add a programme with its members."""
    programme = book.add(Programme, name, {key: value for key, value in table.items() if key != "members"})
    for member in table["members"]:
        book.add(ProgrammeMember, f"{name}.{member['account']}", {"programme": programme} | member)
