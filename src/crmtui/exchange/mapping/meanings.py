"""What headers mean: for every noun that files bring, the names under which each field is known.

English and Italian, compared as `text.key` folds them: case, blanks and punctuation do not count. The first name
is the surest. A field ending in `_id` is a link, filled by name; `external` is the record's key in the other system.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

from crmtui.domain.words import EmailKind, PhoneKind

if TYPE_CHECKING:
    from crmtui.domain.fields import Word

EXTERNAL: Final = "external"

# Columns of a person that become records of their own, several of each kind: their tables, fields and kinds.
_ADDRESSES: Final[dict[str, tuple[str, str, type[Word], Word]]] = {
    "email": ("person_email", "address", EmailKind, EmailKind.WORK),
    "phone": ("person_phone", "number", PhoneKind, PhoneKind.WORK),
}
MOST_ALIKE: Final = 5


@cache
def address_fields(base: str) -> tuple[tuple[str, Word], ...]:
    """The columns of e-mail addresses (`email`) or telephones (`phone`) with their kinds, the first of each before."""
    _table, _field, kinds, usual = _ADDRESSES[base]
    return tuple(
        (_address_field(base, kind, usual, count), kind) for count in range(1, MOST_ALIKE + 1) for kind in kinds
    )


def _address_field(base: str, kind: Word, usual: Word, count: int) -> str:
    name = base if kind is usual else "mobile" if kind is PhoneKind.MOBILE else f"{base}_{kind}"
    return name if count == 1 else f"{name}_{count}"


# Which record such a column becomes: its table, its field, and what kind it is.
ASIDE: Final[dict[str, tuple[str, str, Word]]] = {
    name: (*_ADDRESSES[base][:2], kind) for base in _ADDRESSES for name, kind in address_fields(base)
}

MEANINGS: Final[dict[str, dict[str, tuple[str, ...]]]] = {
    "actor": {
        "name": ("sales agent", "agent", "salesperson", "rep", "sales rep", "user", "owner", "agente", "venditore"),
        "email": ("agent email", "user email", "email"),
        "manager_id": ("manager", "supervisor", "responsabile"),
        "region": ("regional office", "office", "region", "territory", "area", "filiale", "zona"),
        "title": ("role", "title", "ruolo"),
    },
    "offering": {
        EXTERNAL: ("product id", "offering id"),
        "name": ("product", "product name", "offering", "prodotto", "offerta", "articolo"),
        "code": ("product code", "sku", "code", "codice", "codice prodotto"),
        "family": ("series", "product family", "family", "category", "serie", "famiglia", "categoria"),
        "price": ("sales price", "list price", "price", "unit price", "prezzo", "prezzo di listino", "listino"),
        "description": ("product description", "description", "descrizione"),
    },
    "account": {
        EXTERNAL: (
            "account id",
            "company id",
            "organization id",
            "customer id",
            "record id",
            "id cliente",
            "vcard uid",
        ),
        "name": (
            "account",
            "account name",
            "company name",
            "company",
            "organization",
            "organisation",
            "organization name",
            "customer",
            "customer name",
            "azienda",
            "cliente",
            "ragione sociale",
        ),
        "parent_id": ("subsidiary of", "parent account", "parent company", "parent", "capogruppo", "controllata da"),
        "owner_id": ("account owner", "company owner", "owner", "proprietario", "agente"),
        "industry": ("sector", "industry", "settore", "industria"),
        "founded": ("year established", "founded", "year founded", "anno di fondazione", "fondata"),
        "revenue": ("revenue", "annual revenue", "turnover", "fatturato", "ricavi"),
        "employees": ("employees", "number of employees", "headcount", "dipendenti", "addetti"),
        "country": ("office location", "country", "billing country", "country region", "paese", "nazione"),
        "street": ("street", "billing street", "street address", "address", "via", "indirizzo"),
        "postcode": ("postcode", "postal code", "zip", "billing zip postal code", "cap"),
        "city": ("city", "billing city", "town", "citta", "comune"),
        "region": ("region", "state", "billing state province", "state region", "provincia", "regione"),
        "website": ("website", "website url", "web page", "company domain name", "domain", "sito", "sito web"),
        "email": ("email", "company email", "e mail"),
        "phone": ("phone", "phone number", "telephone", "company main phone", "telefono"),
        "notes": ("notes", "description", "note", "descrizione"),
        "currency": ("currency", "account currency", "valuta"),
    },
    "person": {
        EXTERNAL: ("contact id", "person id", "id contatto", "vcard uid"),
        "name": ("full name", "contact name", "person", "contact", "name", "nome completo", "nominativo", "referente"),
        "honorific": ("salutation", "name prefix", "prefix", "titolo di cortesia"),
        "given_name": ("first name", "given name", "forename", "nome"),
        "family_name": ("last name", "family name", "surname", "cognome"),
        "account_id": (
            "account name",
            "company",
            "company name",
            "organization",
            "organisation",
            "account",
            "organization name",
            "azienda",
            "cliente",
            "societa",
        ),
        "title": (
            "job title",
            "title",
            "position",
            "organization title",
            "qualifica",
            "posizione",
            "mansione",
            "ruolo",
        ),
        "department": ("department", "organization department", "reparto", "ufficio"),
        "reports_to_id": ("reports to", "riporta a"),
        "email": ("email", "email address", "e mail address", "e mail", "work email", "posta elettronica"),
        "phone": ("phone", "phone number", "business phone", "telephone", "telefono"),
        "mobile": ("mobile", "mobile phone", "mobile phone number", "cell", "cellulare"),
        "phone_home": ("home phone", "telefono casa"),
        "phone_fax": ("fax", "business fax", "fax number"),
        "phone_other": ("other phone", "altro telefono"),
        "email_home": ("home email", "personal email", "email personale"),
        "city": ("mailing city", "city", "business city", "citta"),
        "country": ("mailing country", "country", "business country region", "paese"),
        "language": ("language", "lingua"),
        "social_style": ("social style", "stile sociale"),
        "style_basis": (),
        "style_on": (),
        "style_source": (),
        "notes": ("notes", "description", "contact description", "note"),
    },
    "opportunity": {
        EXTERNAL: ("opportunity id", "deal id", "id opportunita"),
        "name": ("opportunity name", "deal name", "opportunity", "deal", "title", "opportunita", "trattativa"),
        "account_id": (
            "account",
            "account name",
            "company",
            "organization",
            "organisation",
            "customer",
            "associated company",
            "azienda",
            "cliente",
        ),
        "owner_id": ("sales agent", "opportunity owner", "deal owner", "owner", "agent", "agente", "proprietario"),
        "offering_id": ("product", "product name", "offering", "prodotto", "offerta"),
        "stage": ("deal stage", "stage", "stage name", "status", "fase", "stato"),
        "opened_on": ("engage date", "created date", "create date", "opened", "deal created", "aperta il"),
        "closed_on": ("close date", "closed on", "deal closed on", "won time", "chiusa il", "data chiusura"),
        "expected_on": ("expected close date", "expected close", "close month", "chiusura prevista"),
        "value": ("close value", "amount", "value", "deal value", "importo", "valore"),
        "margin": ("margin", "gross margin", "margine"),
        "currency": ("currency", "currency of value", "valuta"),
        "need": ("need", "esigenza", "bisogno"),
        "next_step": ("next step", "prossimo passo"),
        "reason": ("lost reason", "closed lost reason", "closed won reason", "reason", "motivo"),
        "notes": ("description", "deal description", "notes", "note", "descrizione"),
    },
}

# More of the same kind have no usual names: they come from cards and from ourselves.
MEANINGS["person"] |= {name: () for name in ASIDE if name not in MEANINGS["person"]}

# Without one of these a file does not hold the noun: a price list also has a "product".
NEEDED: Final[dict[str, tuple[tuple[str, ...], ...]]] = {
    "actor": (("name", "manager_id"), ("name", "region"), ("name", "email")),
    "offering": (("name", "price"), ("name", "family"), ("name", "code")),
    "account": (("name",),),
    "person": (("name",), ("family_name",), ("given_name",), ("email",)),
    "opportunity": (("stage",), ("value", "name"), ("value", EXTERNAL), ("closed_on", "name")),
}

# Words for stages that other systems use, by the stage that they come nearest to.
STAGES: Final[dict[str, tuple[str, ...]]] = {
    "prospecting": ("prospecting", "lead", "new", "open", "appointment scheduled", "contatto", "nuova", "aperta"),
    "engaging": ("engaging", "qualification", "qualified", "qualified to buy", "needs analysis", "in corso"),
    "proposing": ("proposing", "proposal", "proposal price quote", "quote", "presentation scheduled", "offerta"),
    "negotiating": ("negotiating", "negotiation", "negotiation review", "contract sent", "trattativa"),
    "won": ("won", "closed won", "vinta", "chiusa vinta"),
    "lost": ("lost", "closed lost", "persa", "chiusa persa"),
}

# Industries as they are usually spelt: a cell that is one slip away from one of these was meant to be it.
INDUSTRIES: Final = (
    "agriculture",
    "automotive",
    "aerospace",
    "banking",
    "chemicals",
    "construction",
    "consulting",
    "education",
    "electronics",
    "employment",
    "energy",
    "engineering",
    "entertainment",
    "finance",
    "food",
    "government",
    "healthcare",
    "hospitality",
    "insurance",
    "logistics",
    "manufacturing",
    "marketing",
    "media",
    "medical",
    "packaging",
    "pharmaceuticals",
    "retail",
    "services",
    "software",
    "technology",
    "telecommunications",
    "transportation",
    "utilities",
)
