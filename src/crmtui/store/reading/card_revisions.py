"""When what a vCard tells was changed last: its record, its addresses, and what it names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from crmtui.domain.dmu import Stakeholder
from crmtui.domain.people import Person, PersonEmail, PersonPhone
from crmtui.store.reading.revision_ties import add_hanging, add_linked
from crmtui.store.reading.revisions import histories, revision

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping, Sequence

    from crmtui.store.reading.revisions import Revision

_WAYS: Final = (PersonEmail.noun.table, PersonPhone.noun.table)
_PLACES: Final = Stakeholder.noun.table
_NAMED: Final = {"account_id": "account", "reports_to_id": Person.noun.table}


def card_revisions(
    connection: sqlite3.Connection, table: str, record_ids: Sequence[int], *, judgements: bool
) -> Mapping[int, Revision]:
    """The revision of the card of each person, or of each account, by the key of the record.

    Args:
        connection: to the workspace.
        table: of the records.
        record_ids: their keys.
        judgements: whether places on maps are on the cards.
    """
    found = histories(connection, table, record_ids)
    if table == Person.noun.table:
        for hanging in (*_WAYS, _PLACES) if judgements else _WAYS:
            add_hanging(connection, hanging, "person_id", found)
        for link, named in _NAMED.items():
            add_linked(connection, (table, link), (named, "name"), found)
    return {record_id: revision(found[record_id]) for record_id in record_ids}
