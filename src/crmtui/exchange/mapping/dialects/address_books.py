"""Address books and networks: Google Contacts, Outlook, connections of LinkedIn."""

from __future__ import annotations

from typing import Final

from crmtui.exchange.mapping.dialects.form import Form
from crmtui.exchange.mapping.meanings import EXTERNAL, MOST_ALIKE, split
from crmtui.exchange.mapping.targets import KEPT

_MORE: Final = 12  # how many of a kind Google has columns for, in address books that are full of them


def _numbered(base: str, names: str) -> dict[str, str]:
    """The columns of several of a kind: `E-mail 2 - Value` fills `email_2`, and its label tells of what kind it is."""
    found = {}
    for count in range(1, MOST_ALIKE + 1):
        target = base if count == 1 else f"{base}_{count}"
        found[target] = f"{names} {count} - Value"
        found[f"{target}_kind"] = f"{names} {count} - Label, {names} {count} - Type"
    return found


def _rest() -> str:
    """What Google has columns for and a person here has not."""
    address = "Label, Type, Formatted, Street, City, PO Box, Region, Postal Code, Country, Extended Address"
    parts = {"Address": split(address)}
    for kind in ("Website", "Relation", "Event", "Custom Field", "IM", "Jot", "Calendar Link", "External ID"):
        parts[kind] = split("Label, Type, Value, Service")
    kept = [f"{kind} {count} - {part}" for kind in parts for count in range(1, _MORE) for part in parts[kind]]
    beyond = range(MOST_ALIKE + 1, _MORE)
    kept += [
        f"{kind} {count} - {part}"
        for kind in ("E-mail", "Phone")
        for count in beyond
        for part in ("Label", "Type", "Value")
    ]
    return ", ".join(kept)


GOOGLE: Final = Form(
    "google",
    "person",
    signs="""Phonetic First Name, Phonetic Last Name, Phonetic Middle Name, Given Name Yomi, Family Name Yomi,
        Name Prefix, Name Suffix, File As, Organization Title, Organization Department, Organization 1 - Name,
        Organization 1 - Title, Group Membership, Labels, E-mail 1 - Value, E-mail 1 - Label, E-mail 1 - Type,
        Phone 1 - Value, Phone 1 - Label, Phone 1 - Type, Address 1 - City, Website 1 - Value""",
    least=3,
    needs=("First Name, Last Name, Given Name, Family Name, Name, E-mail 1 - Value",),
    columns={
        "name": "Name",
        "honorific": "Name Prefix",
        "given_name": "First Name, Given Name",
        "middle_name": "Middle Name, Additional Name",
        "family_name": "Last Name, Family Name",
        "account_id": "Organization Name, Organization 1 - Name",
        "title": "Organization Title, Organization 1 - Title",
        "department": "Organization Department, Organization 1 - Department",
        **_numbered("email", "E-mail"),
        **_numbered("phone", "Phone"),
        "city": "Address 1 - City",
        "country": "Address 1 - Country",
        "language": "Language",
        "notes": "Notes",
        KEPT: f"""Phonetic First Name, Phonetic Middle Name, Phonetic Last Name, Yomi Name, Given Name Yomi,
            Additional Name Yomi, Family Name Yomi, Name Suffix, Initials, Nickname, Short Name, Maiden Name, File As,
            Birthday, Gender, Location, Billing Information, Directory Server, Mileage, Occupation, Hobby,
            Sensitivity, Priority, Subject, Photo, Labels, Group Membership, Organization 1 - Type,
            Organization 1 - Yomi Name, Organization 1 - Symbol, Organization 1 - Location,
            Organization 1 - Job Description, {_rest()}""",
    },
)

_OUTLOOK_ADDRESSES: Final = ", ".join(
    f"{kind} {part}"
    for kind in ("Business", "Home", "Other")
    for part in (
        *("Street", "Street 2", "Street 3", "State", "Postal Code", "Address", "Address PO Box", "City"),
        "Country/Region",
    )
)

OUTLOOK: Final = Form(
    "outlook",
    "person",
    signs=f"""E-mail Address, E-mail 2 Address, E-mail 3 Address, E-mail Type, E-mail Display Name, Business Fax,
        Company Main Phone, Assistant's Name, Assistant's Phone, Manager's Name, Web Page, Callback, Car Phone,
        Primary Phone, Radio Phone, TTY/TDD Phone, Business Phone 2, Home Phone 2, Office Location,
        {_OUTLOOK_ADDRESSES}""",
    least=3,
    needs=("First Name, Last Name, E-mail Address", "E-mail Address, Business Phone, Mobile Phone, Business Street"),
    columns={
        "honorific": "Title",  # a form of address here: the position is called job title
        "given_name": "First Name",
        "middle_name": "Middle Name",
        "family_name": "Last Name",
        "account_id": "Company",
        "department": "Department",
        "title": "Job Title",
        "reports_to_id": "Manager's Name",
        "email": "E-mail Address",
        "email_2": "E-mail 2 Address",
        "email_3": "E-mail 3 Address",
        "phone": "Business Phone",
        "phone_2": "Business Phone 2",
        "phone_3": "Primary Phone",
        "mobile": "Mobile Phone",
        "mobile_2": "Car Phone",
        "phone_home": "Home Phone",
        "phone_home_2": "Home Phone 2",
        "phone_other": "Other Phone",
        "phone_fax": "Business Fax",
        "phone_fax_2": "Home Fax",
        "phone_fax_3": "Other Fax",
        "city": "Business City",
        "country": "Business Country/Region, Business Country",
        "language": "Language",
        "notes": "Notes",
        KEPT: f"""Suffix, Company Yomi, Given Yomi, Surname Yomi, Company Main Phone, Assistant's Name,
            Assistant's Phone, Callback, ISDN, Pager, Radio Phone, TTY/TDD Phone, Telex, E-mail Type,
            E-mail Display Name, E-mail 2 Type, E-mail 2 Display Name, E-mail 3 Type, E-mail 3 Display Name,
            Account, Anniversary, Billing Information, Birthday, Categories, Children, Directory Server, Gender,
            Government ID Number, Hobby, Initials, Internet Free Busy, Keywords, Location, Mileage, Office Location,
            Organizational ID Number, PO Box, Priority, Private, Profession, Referred By, Sensitivity, Spouse,
            User 1, User 2, User 3, User 4, Web Page, Schools, Nickname, {_OUTLOOK_ADDRESSES}""",
    },
)

_OUTLOOK_ITALIAN_ADDRESSES: Final = ", ".join(
    f"{part} ({kind}.)"
    for kind in ("uff", "ab", "altro", "altra")
    for part in ("Via", "Via 2", "Via 3", "Città", "Provincia", "CAP", "Paese/area geografica", "Casella postale")
)

OUTLOOK_ITALIAN: Final = Form(
    "outlook",
    "person",
    signs=f"""Indirizzo posta elettronica, Tipo posta elettronica, Nome visualizzato posta elettronica,
        Titolo straniero, Secondo nome, Ufficio, Ab., Fax (uff.), Nome assistente, Telefono assistente, Pagina Web,
        Tel. principale società, Nome manager, {_OUTLOOK_ITALIAN_ADDRESSES}""",
    least=3,
    needs=("Nome, Cognome, Indirizzo posta elettronica", "Indirizzo posta elettronica, Ufficio, Cellulare"),
    columns={
        "honorific": "Titolo",  # a form of address here too
        "given_name": "Nome",
        "middle_name": "Secondo nome",
        "family_name": "Cognome",
        "account_id": "Società",
        "department": "Reparto",
        "title": "Posizione, Qualifica",
        "reports_to_id": "Nome manager",
        "email": "Indirizzo posta elettronica, Indirizzo di posta elettronica",
        "email_2": "Indirizzo posta elettronica 2, Indirizzo di posta elettronica 2",
        "email_3": "Indirizzo posta elettronica 3, Indirizzo di posta elettronica 3",
        "phone": "Ufficio, Telefono (uff.), Telefono ufficio",
        "phone_2": "Ufficio 2, Telefono (uff.) 2",
        "mobile": "Cellulare, Telefono cellulare",
        "phone_home": "Ab., Abitazione, Telefono (ab.)",
        "phone_other": "Altro telefono, Altro tel.",
        "phone_fax": "Fax (uff.)",
        "phone_fax_2": "Fax (ab.)",
        "city": "Città (uff.)",
        "country": "Paese/area geografica (uff.), Paese (uff.)",
        "language": "Lingua",
        "notes": "Note, Notes",
        KEPT: f"""Titolo straniero, Tel. principale società, Nome assistente, Telefono assistente, Pagina Web,
            Compleanno, Anniversario, Categorie, Coniuge, Figli, Iniziali, Parole chiave, Priorità, Privato,
            Professione, Riservatezza, Tipo posta elettronica, Nome visualizzato posta elettronica, Sesso,
            {_OUTLOOK_ITALIAN_ADDRESSES}""",
    },
)

LINKEDIN: Final = Form(
    "linkedin",
    "person",
    signs="Connected On, Position, Email Address, URL, Company",
    least=4,
    needs=("First Name", "Last Name", "Connected On"),
    columns={
        EXTERNAL: "URL",
        "given_name": "First Name",
        "family_name": "Last Name",
        "email": "Email Address",
        "account_id": "Company",
        "title": "Position",
        KEPT: "Connected On",
    },
)

FORMS: Final = (GOOGLE, OUTLOOK, OUTLOOK_ITALIAN, LINKEDIN)
