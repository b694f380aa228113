"""What a person has refused no import plans or takes back; what happened all the same may be brought."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from crmtui.commands.contacts import OPEN, said
from crmtui.domain.people import Consent, Person
from crmtui.domain.plans import Contact, ContactPerson
from crmtui.domain.words import ConsentState
from crmtui.store.reading import contacts, records
from crmtui.text import _

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from crmtui.domain.fields import Record
    from crmtui.store.unit import UnitOfWork


class Consents:
    """The refusals in a workspace, while rows are brought into it.

    What the workspace knew before the import counts. A file that tells of a refusal tells too what was planned before
    it, and comes back as it went out.
    """

    def __init__(self, unit: UnitOfWork) -> None:
        self._unit = unit
        rows = unit.connection.execute("SELECT person_id, channel_id FROM consent WHERE state = 'refused'")
        self._refused = frozenset((row[0], row[1]) for row in rows)

    def against(self, kind: type[Record], record_id: int | None, given: Mapping[str, Any]) -> str:
        """Why a row would plan what somebody does not want; '' where it does not, or changes nothing about that."""
        if not self._refused:  # so that most imports need no look at the workspace
            return ""
        if kind is Consent and record_id is not None:
            return self._of_consent(record_id, given)
        if kind is Contact and record_id is not None:
            return self._of_contact(record_id, given)
        if kind is ContactPerson:
            return self._of_person(record_id, given)
        return ""

    def _of_consent(self, record_id: int, given: Mapping[str, Any]) -> str:
        """Of a refusal that the row would turn into its contrary: only a person does that."""
        before = records.get(self._unit.connection, Consent, record_id)
        if before.state is not ConsentState.REFUSED or given.get("state") in (None, ConsentState.REFUSED):
            return ""
        person = records.get(self._unit.connection, Person, before.person_id)
        return _("{name} has refused this, and no file takes that back; who hears otherwise says it by hand").format(
            name=person.name
        )

    def _of_contact(self, contact_id: int, given: Mapping[str, Any]) -> str:
        """Of a contact that is there: another channel, or open again."""
        before = records.get(self._unit.connection, Contact, contact_id)
        status, channel = given.get("status", before.status), given.get("channel_id", before.channel_id)
        if status not in OPEN or (channel == before.channel_id and before.status in OPEN):
            return ""
        people = contacts.interlocutors(self._unit.connection, [contact_id]).get(contact_id, [])
        return self._said(channel, [person.id for person in people])

    def _of_person(self, record_id: int | None, given: Mapping[str, Any]) -> str:
        """Of somebody who is new in a contact."""
        person, contact_id = given.get("person_id"), given.get("contact_id")
        if person is None or contact_id is None:
            return ""
        if record_id is not None:
            before = records.get(self._unit.connection, ContactPerson, record_id)
            if (before.person_id, before.contact_id) == (person, contact_id):
                return ""
        contact = records.get(self._unit.connection, Contact, contact_id)
        return self._said(contact.channel_id, [person]) if contact.status in OPEN else ""

    def _said(self, channel: int, people: Sequence[int]) -> str:
        known = [person for person in people if (person, channel) in self._refused]
        return "; ".join(map(said, contacts.refusals(self._unit.connection, channel, known)))
