"""People: who works at our customers, and how they want to be reached."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmtui.domain import words
from crmtui.domain.fields import Noun, OnDelete, Record, choice, date, line, link, record, text, yes_no
from crmtui.text import N_

if TYPE_CHECKING:
    import datetime as dt


@record(
    Noun(
        table="person",
        one=N_("person"),
        many=N_("people"),
        searched=("name", "title", "department", "notes"),
        checks=("reports_to_id <> id",),
    )
)
class Person(Record):
    """A person at a customer. `name` is what is shown; it is made of the parts when left empty."""

    name: str = line(N_("Name"), N_("As it is shown; made of the parts when left empty."), required=True)
    honorific: str = line(N_("Form of address"), longest=50)
    given_name: str = line(N_("Given name"))
    family_name: str = line(N_("Family name"))
    account_id: int | None = link(N_("Account"), "account", on_delete=OnDelete.CASCADE)
    title: str = line(N_("Title"), N_("Position in the organisation."))
    department: str = line(N_("Department"))
    reports_to_id: int | None = link(N_("Reports to"), "person")
    preferred_channel_id: int | None = link(N_("Preferred channel"), "channel")
    social_style: words.SocialStyle | None = choice(N_("Social style"), words.SocialStyle)
    style_basis: words.Basis = choice(N_("Style is"), words.Basis, words.Basis.ASSUMED, required=True)
    style_on: dt.date | None = date(N_("Style judged on"))
    style_source: str = line(N_("Style according to"))
    language: str = line(N_("Language"), longest=50)
    city: str = line(N_("City"))
    country: str = line(N_("Country"))
    notes: str = text(N_("Notes"))


@record(Noun(table="person_email", one=N_("e-mail"), many=N_("e-mails"), title="address", searched=("address",)))
class PersonEmail(Record):
    """An e-mail address of a person."""

    person_id: int = link(N_("Person"), "person", on_delete=OnDelete.CASCADE, required=True)
    address: str = line(N_("E-mail"), required=True, longest=320)
    kind: words.EmailKind = choice(N_("Kind"), words.EmailKind, words.EmailKind.WORK, required=True)
    is_primary: bool = yes_no(N_("Primary"))


@record(Noun(table="person_phone", one=N_("telephone"), many=N_("telephones"), title="number", searched=("number",)))
class PersonPhone(Record):
    """A telephone number of a person, as it was written."""

    person_id: int = link(N_("Person"), "person", on_delete=OnDelete.CASCADE, required=True)
    number: str = line(N_("Telephone"), required=True, longest=60)
    kind: words.PhoneKind = choice(N_("Kind"), words.PhoneKind, words.PhoneKind.WORK, required=True)
    is_primary: bool = yes_no(N_("Primary"))


@record(
    Noun(
        table="consent",
        one=N_("consent"),
        many=N_("consents"),
        title="source",
        unique=(("person_id", "channel_id"),),
    )
)
class Consent(Record):
    """What a person said about being contacted on a channel."""

    person_id: int = link(N_("Person"), "person", on_delete=OnDelete.CASCADE, required=True)
    channel_id: int = link(N_("Channel"), "channel", on_delete=OnDelete.CASCADE, required=True)
    state: words.ConsentState = choice(N_("Consent"), words.ConsentState, required=True)
    day: dt.date = date(N_("Given on"), required=True)
    source: str = line(N_("According to"))
