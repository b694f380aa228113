"""What headers mean: for every noun that files bring, the names under which each field is known.

English and Italian, then German, French, Spanish and Portuguese; compared as `text.key` folds them: case, accents,
blanks and punctuation do not count. The first name is the surest. A field ending in `_id` is a link, filled by name;
`external` is the record's key in the other system.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

from crmtui.domain.words import EmailKind, PhoneKind

if TYPE_CHECKING:
    from crmtui.domain.fields import Word

EXTERNAL: Final = "external"
UID: Final = "uid"

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


def split(names: str) -> tuple[str, ...]:
    """Names that are written in one text, parted by commas."""
    return tuple(name for part in names.split(",") if (name := " ".join(part.split())))


_MEANINGS: Final[dict[str, dict[str, str]]] = {
    "account": {
        EXTERNAL: """account id, id account,
            company id, organization id, organisation id, customer id, record id, id cliente,
            codice cliente, cod cliente, numero cliente, n cliente, nr cliente, customer code, customer no, customer
            number, client id, client code, client number, account code, kundennr, id azienda, id record,
            id do registro, id de registro, vcard uid, kundennummer, id""",
        "name": """nome account, nome societa,
            account, account name, company name, company, organization, organisation, organization name,
            organisation name, customer, customer name, azienda, cliente, ragione sociale, rag sociale, rag soc, ragione
            soc, nome azienda, denominazione, nome cliente, societa, ditta, nome, firma, firmenname, kunde, unternehmen,
            unternehmensname, entreprise, societe, nom de l entreprise, client, empresa, nombre de la empresa, nome da
            empresa""",
        "parent_id": """subsidiary of, parent account, parent company, parent, capogruppo, controllata da, gruppo,
            azienda madre,
            muttergesellschaft, societe mere, empresa matriz""",
        "owner_id": """titolare account, proprietario account,
            account owner, company owner, owner, account manager, proprietario, agente, commerciale,
            responsabile commerciale, venditore, assegnato a, proprietario azienda, proprietario dell azienda,
            inhaber, zustandig, proprietaire, propietario,
            proprietario da empresa""",
        "industry": """sector, industry, settore, industria, settore merceologico, ateco, branche, secteur,
            secteur d activite, setor, industria""",
        "founded": "year established, founded, year founded, anno di fondazione, fondata, gegrundet, annee de creation",
        "revenue": """revenue, annual revenue, turnover, sales, fatturato, fatturato annuo, ricavi, umsatz,
            jahresumsatz, chiffre d affaires, facturacion, ingresos anuales, faturamento, receita anual""",
        "employees": """employees, number of employees, headcount, staff, dipendenti, numero dipendenti, addetti,
            numero di dipendenti, mitarbeiter, mitarbeiterzahl, anzahl der mitarbeiter, effectif, nombre d employes,
            empleados, numero de empleados, numero de funcionarios, funcionarios""",
        "country": """paese di fatturazione,
            office location, country, billing country, country region, paese, nazione, stato estero, land,
            pays, pais, pais regiao""",
        "street": """via di fatturazione, indirizzo di fatturazione,
            street, billing street, street address, address, address line 1, via, indirizzo, sede, strasse,
            adresse, rue, direccion, endereco, rua""",
        "postcode": """cap di fatturazione,
            postcode, postal code, zip, zip code, zip postal code, billing zip postal code, cap,
            codice postale, plz, postleitzahl, code postal, codigo postal, cep""",
        "city": """city, billing city, town, citta, comune, localita, ort, stadt, ville, ciudad, cidade,
            citta di fatturazione""",
        "region": """provincia di fatturazione,
            region, state, province, billing state province, state region, state province, provincia, regione,
            prov, bundesland, departement, estado""",
        "website": """website, website url, web site, web page, company domain name, domain, url, homepage, sito,
            dominio, dominio azienda, nome dominio azienda, sito web, sito internet, webseite, site web, sitio web,
            site""",
        "email": "email, company email, e mail, mail, posta elettronica, e mail adresse, correo, correo electronico",
        "phone": """phone, phone number, telephone, company main phone, main phone, tel, telefono, numero di telefono,
            centralino, telefon, telefonnummer, telephone, numero de telephone, numero de telefono, telefone,
            numero de telefone""",
        "notes": """notes, description, comments, about, note, descrizione, osservazioni, commenti, notizen,
            beschreibung, bemerkungen, remarques, notas, descripcion, descricao, observacoes""",
        "currency": "currency, account currency, valuta, divisa, wahrung, devise, moneda, moeda",
        "segment": "segment, segment set by hand, customer segment, segmento, segmento fissato a mano",
        "posture": "posture, posture set by hand, postura, postura fissata a mano",
        "posture_reason": "reason of the posture, motivo della postura",
        "level": "level, account level, relationship level, livello, livello di relazione",
        "level_basis": "level is, il livello e",
        "level_on": "level judged on, livello giudicato il",
        "level_source": "level according to, livello secondo",
        "target_level": "target level, livello obiettivo",
        "target_on": "target date, data obiettivo",
        "potential": """potential a year, potential, yearly potential, annual potential, potential per year,
            potenziale annuo, potenziale, potenzial, potentiel, potencial""",
        "potential_basis": "potential is, il potenziale e",
        "potential_on": "potential judged on, potenziale giudicato il",
        "potential_source": "potential according to, potenziale secondo",
        "area_id": "area, zona, sales area, zona di vendita",
        "standing": """account status, customer status, company status, lifecycle stage, status, account type,
            customer type, type, relationship, relationship type, stato cliente, stato azienda, stato, tipo cliente,
            tipologia cliente, tipo, tipologia, fase del ciclo di vita, kundenstatus""",
    },
    "person": {
        EXTERNAL: """contact id, person id, record id, id contatto, id persona, id record, id do registro,
            id de registro,
            vcard uid, id""",
        "name": """full name, contact name, person, contact, name, contact person, nome completo, nome e cognome,
            cognome e nome, nominativo, referente, contatto, persona di contatto, ansprechpartner, kontakt,
            vollstandiger name, nom complet, contact principal, nombre completo, contacto, contato""",
        "honorific": "salutation, name prefix, prefix, mr ms, titolo di cortesia, appellativo, anrede, civilite",
        "given_name": """first name, given name, forename, firstname, nome, nome di battesimo, vorname, prenom, nombre,
            primeiro nome""",
        "family_name": """last name, family name, surname, lastname, second name, cognome, nachname, familienname, nom,
            nom de famille, apellido, apellidos, sobrenome, ultimo nome""",
        "account_id": """account name, company, company name, organization, organisation, account, organization name,
            organisation name, employer, customer, azienda, cliente, societa, ditta, ragione sociale, rag sociale, rag
            soc, ragione soc, nome azienda, azienda associata, ente, firma, firmenname, unternehmen, unternehmensname,
            kunde, entreprise,
            societe, nom de l entreprise, empresa, nombre de la empresa, nome da empresa""",
        "title": """job title, title, position, organization title, role, job, qualifica, posizione, mansione, ruolo,
            incarico, funzione, titolo professionale, position im unternehmen, funktion, berufsbezeichnung, poste,
            fonction,
            intitule du poste, cargo, puesto""",
        "department": """department, organization department, division, reparto, ufficio, dipartimento, divisione,
            abteilung, service, departement, departamento""",
        "reports_to_id": "reports to, riporta a, vorgesetzter",
        "email": """email, email address, e mail address, e mail, mail, emails, email addresses, work email,
            business email, primary email,
            posta elettronica, indirizzo e mail, indirizzo email, indirizzo di posta elettronica,
            indirizzo posta elettronica, email aziendale, e mail adresse, adresse e mail, courriel, correo,
            correo electronico""",
        "phone": """phone, phone number, phones, phone numbers, telephones, telefoni, business phone, work phone,
            telephone, direct phone, direct line, tel,
            telefono, numero di telefono, telefono ufficio, telefono diretto, interno, ufficio telefono, telefon,
            telefonnummer, durchwahl, numero de telephone, numero de telefono, telefone, numero de telefone""",
        "mobile": """mobile, mobile phone, mobile phone number, mobile number, cell, cell phone, cellphone, cellulare,
            telefono cellulare, cell, numero di cellulare, handy, handynummer, mobiltelefon, mobil, portable,
            telephone mobile, movil, celular, numero de celular""",
        "phone_kind": "phones type, phone numbers type, telephones type, phone type, tipo di telefono",
        "email_kind": "emails type, email addresses type, email type",
        "phone_home": "home phone, telefono casa, abitazione, telefono abitazione",
        "phone_fax": "fax, business fax, fax number, fax ufficio",
        "phone_other": "other phone, altro telefono",
        "email_2": "email 2, secondary email, other email, second email, seconda email, altra email",
        "email_home": "home email, personal email, private email, email personale, email privata",
        "city": "mailing city, city, business city, town, citta, citta ufficio, ort, stadt, ville, ciudad, cidade",
        "country": """mailing country, country, business country region, country region, paese, nazione, land, pays,
            pais""",
        "language": "language, lingua, sprache, langue, idioma",
        "social_style": "social style, stile sociale",
        "style_basis": "",
        "style_on": "",
        "style_source": "",
        "notes": """notes, description, contact description, comments, note, osservazioni, commenti, notizen,
            bemerkungen, remarques, notas, observacoes""",
        "no_email": "no email, no e mail",
        "no_call": """no calls, no chiamate, registro opposizioni, registro delle opposizioni,
            iscritto al registro delle opposizioni""",
        "no_contact": "dnc",
    },
    "opportunity": {
        EXTERNAL: """opportunity id, deal id, record id, id opportunita, id trattativa, id record, id do registro,
            id de registro, id""",
        "name": """opportunity name, deal name, opportunity, deal, title, name, opportunita, nome opportunita,
            trattativa, nome trattativa, nome affare, oggetto, titolo, projekt, nom de l affaire,
            nom de la transaction, nombre del negocio, nome do negocio, negocio""",
        "account_id": """account, account name, company, company name, organization, organisation, customer, associated
            company, azienda, cliente, ragione sociale, rag sociale, rag soc, ragione soc, nome azienda,
            azienda associata, societa,
            ditta, kunde, firma, unternehmen, client, entreprise, empresa""",
        "owner_id": """sales agent, opportunity owner, deal owner, owner, agent, salesperson, sales rep, agente,
            proprietario, venditore, commerciale, responsabile, responsabile commerciale, assegnato a,
            proprietario trattativa, proprietario della trattativa,
            zustandig, proprietaire, propietario, propietario del negocio, proprietario do negocio""",
        "offering_id": "product, product name, offering, prodotto, offerta, produkt, produit, producto, produto",
        "stage": """deal stage, stage, stage name, status, pipeline stage, sales stage, fase, stato, fase di vendita,
            fase trattativa, fase della trattativa,
            stadio, deal phase, phase, etape, etape de la transaction, etapa, etapa del negocio, etapa do negocio""",
        "opened_on": """engage date, created date, create date, created, opened, opened on, deal created, aperta il,
            data apertura, data creazione, data di creazione, creata il, erstellungsdatum, date de creation,
            fecha de creacion, data de criacao""",
        "closed_on": """close date, closed on, closing date, deal closed on, won time, chiusa il, data chiusura,
            data di chiusura, abschlussdatum, date de fermeture, date de cloture, fecha de cierre,
            data de fechamento""",
        "expected_on": """expected close date, expected close, estimated close date, forecast close date,
            chiusura prevista, data chiusura prevista, data prevista, voraussichtliches abschlussdatum""",
        "value": """close value, amount, value, deal value, deal amount, importo, valore, valore trattativa, totale,
            betrag, wert, montant, importe, valor""",
        "margin": "margin, gross margin, margine, marge, margen, margem",
        "currency": """currency, currency of value, amount currency, deal currency, valuta, divisa, wahrung, devise,
            moneda""",
        "need": "need, esigenza, bisogno",
        "next_step": "next step, next action, prossimo passo, prossima azione, prossima attivita, nachster schritt",
        "reason": """lost reason, loss reason, closed lost reason, closed won reason, reason, motivo, motivo perdita,
            motivo della perdita, verlustgrund""",
        "notes": """description, deal description, notes, comments, note, descrizione, osservazioni, commenti,
            beschreibung, notizen, descricao, notas""",
    },
    "offering": {
        EXTERNAL: "product id, offering id, id prodotto",
        "name": """product, product name, offering, prodotto, nome prodotto, offerta, articolo, produkt, produit,
            producto""",
        "code": "product code, sku, code, item code, codice, codice prodotto, codice articolo, artikelnummer",
        "family": "series, product family, family, category, product line, serie, famiglia, categoria, linea, gruppe",
        "price": "sales price, list price, price, unit price, prezzo, prezzo di listino, listino, preis, prix, precio",
        "currency": "currency, price currency, valuta, divisa, wahrung, devise, moneda, moeda",
        "description": "product description, description, descrizione, descrizione prodotto, beschreibung",
    },
    "actor": {
        EXTERNAL: "user id, owner id, id utente, id proprietario, id",
        "name": """sales agent, agent, salesperson, rep, sales rep, user, user name, owner, full name, agente,
            venditore, commerciale, utente, vertriebsmitarbeiter""",
        "given_name": "first name, given name, forename, nome, vorname, prenom",
        "family_name": "last name, family name, surname, cognome, nachname",
        "email": "agent email, user email, owner email, email, e mail, email address, mail, posta elettronica",
        "manager_id": "manager, supervisor, responsabile, capoarea, capo area",
        "region": "regional office, office, region, territory, area, filiale, zona",
        "title": "role, title, job title, ruolo",
        "is_active": "active, is active, attivo",
    },
    "contact": {
        EXTERNAL: "activity id, task id, event id, call id, meeting id, id attivita, record id, id",
        "message": """subject, activity, activity subject, activity name, task, event, meeting name, call title,
            task title, title, topic, oggetto, attivita, argomento, titolo, betreff, objet, asunto, assunto""",
        "day": """date, due date, activity date, start date, start, start time, day, when, data, data attivita,
            scadenza, data scadenza, inizio, data inizio, giorno, quando, datum, fallig am, beginn, date de debut,
            fecha""",
        "hour": "time, due time, hour, ora, ora inizio, orario, uhrzeit, heure, hora",
        "ends": "end, end time, end date, fine, data fine, ora fine, ende",
        "done_at": """completed date, completed date time, completed on, marked as done time, done time, done on,
            completata il, data completamento, erledigt am""",
        "changed_at": "last modified date, last modified, update time, modified, ultima modifica, modificato il",
        "channel": """type, activity type, channel, kind, task type, tipo, tipo attivita, tipologia, canale, modalita,
            art, typ, canal""",
        "state": """status, state, done, activity status, task status, completed, stato, fatto, fatta, eseguita,
            completata, erledigt, statut, estado""",
        "outcome": """notes, note, description, comments, full comments, body, result, outcome, minutes, esito,
            descrizione, commenti, verbale, resoconto, notizen, beschreibung, kommentar, remarques, notas""",
        "duration": "duration, durata, hours, ore, duration minutes, dauer, duree, duracion",
        "place": "location, place, where, luogo, dove, sede, ort, lieu, lugar",
        "account_id": """account, account name, company, company account, company name, organization, organisation,
            customer, azienda, cliente, ragione sociale, rag sociale, rag soc, ragione soc, societa, ditta, kunde,
            firma, unternehmen, client, entreprise, empresa""",
        "opportunity_id": """opportunity, opportunity name, deal, deal name, deal title, opportunita, trattativa,
            affare, projekt, affaire, negocio""",
        "actor_id": """assigned to, assigned, owner, activity owner, assigned to user, activity assigned to, user,
            assegnato a, assegnata a, incaricato, proprietario, responsabile, venditore, commerciale, zustandig""",
        "people": """contact, contact name, contact person, contacts, attendees, participants, person, name, with,
            referente, contatto, persona, partecipanti, persona di contatto, ansprechpartner, teilnehmer, contact
            principal, contacto, contato""",
        "mails": "email, e mail, contact email, attendee emails, email contatto, email referente",
        "related": "related to, regarding, relativo a, riguarda, bezug",
    },
    "sales_order": {
        EXTERNAL: """order number, order no, order nr, order id, sales order, order, invoice number, invoice no,
            invoice id, invoice, number, numero ordine, n ordine, nr ordine, ordine, numero fattura, n fattura,
            nr fattura, fattura, numero, id ordine, auftragsnummer, rechnungsnummer, numero de pedido""",
        "account_id": """customer, customer name, account, account name, company, company name, organization, client,
            cliente, nome cliente, azienda, ragione sociale, rag sociale, rag soc, ragione soc, societa, ditta, kunde,
            firma, empresa""",
        "day": """order date, date, invoice date, ordered on, day, data ordine, data, data fattura, giorno,
            auftragsdatum, datum, fecha""",
        "amount": """amount, order amount, total, order total, total amount, net amount, line total, value, importo,
            importo netto, totale, totale ordine, imponibile, valore, betrag, summe, importe""",
        "quantity": "quantity, qty, units, pieces, number of items, quantita, qta, pezzi, menge, cantidad",
        "unit_price": "unit price, price, price each, prezzo unitario, prezzo, einzelpreis, precio unitario",
        "margin": "margin, gross margin, margine, marge, deckungsbeitrag",
        "currency": "currency, valuta, divisa, wahrung, devise, moneda, moeda, value currency, amount currency",
        "offering": """product, product name, offering, item, product code, stock code, sku, article, prodotto,
            nome prodotto, articolo, codice articolo, produkt, artikel, producto""",
        "description": "description, item description, product description, descrizione, beschreibung",
        "status": "status, order status, state, stato, stato ordine",
        "notes": "notes, comments, note, osservazioni, notizen",
        "mails": "email, customer email, e mail, email cliente",
    },
    "note": {
        EXTERNAL: "note id, id nota, record id, id",
        "text": """note body, content, note, note content, note text, body, text, nota, testo, testo nota, contenuto,
            annotazione, notiz, notiztext""",
        "heading": "note title, title, subject, titolo, oggetto",
        "day": """activity date, date, add time, created, created on, created date, create date, data, data nota,
            data creazione, creata il, giorno, datum, erstellt am""",
        "changed_at": "last modified date, last modified, update time, ultima modifica, modificato il",
        "account_id": """account, account name, company, company name, organization, organisation, customer, azienda,
            cliente, ragione sociale, rag sociale, rag soc, ragione soc, societa, ditta, kunde, firma, unternehmen,
            client, entreprise, empresa""",
        "opportunity_id": """opportunity, opportunity name, deal, deal name, deal title, opportunita, trattativa""",
        "people": """contact, contact name, contact person, contacts, person, name, referente, contatto, persona,
            persona di contatto, ansprechpartner""",
        "mails": "email, e mail, contact email, email contatto, email referente",
        "related": "related to, parent, regarding, relativo a, riguarda",
    },
}

MEANINGS: Final[dict[str, dict[str, tuple[str, ...]]]] = {
    table: {target: split(names) for target, names in fields.items()} for table, fields in _MEANINGS.items()
}

# Our own identity, with which columns of our lists go out, is a key there; what says so otherwise goes first.
for _targets in MEANINGS.values():
    _targets[EXTERNAL] = (*_targets[EXTERNAL], UID)

# What the nouns are called where the user says which of them a file holds.
CHOSEN: Final = {
    "account": "accounts",
    "person": "people",
    "opportunity": "opportunities",
    "offering": "offerings",
    "actor": "actors",
    "sales_order": "orders",
    "contact": "contacts",
    "note": "notes",
}

# Words in the names of files that tell what they hold, as `text.key` folds them.
STEMS: Final[dict[str, tuple[str, ...]]] = {
    "account": split("account, compan, organi, customer, aziende, clienti, anagrafica, kunden, firmen, entreprises"),
    "person": split("person, people, contact, lead, contatti, referenti, rubrica, persone, kontakte, connections"),
    "opportunity": split("opportunit, deal, pipeline, trattative, offerte, forecast"),
    "offering": split("product, offering, listino, prodotti, articoli, price"),
    "actor": split("actor, agent, user, team, owner, venditori, agenti, utenti, proprietari"),
    "contact": split("activit, task, event, call, meeting, attivita, chiamate, visite, appuntamenti, interazioni"),
    "sales_order": split("order, invoice, ordini, fatture"),
    "note": split("note, notes, annotazioni, notizen"),
}

# More of the same kind have no usual names: they come from cards and from ourselves.
MEANINGS["person"] |= {name: () for name in ASIDE if name not in MEANINGS["person"]}

# Without one of these a file does not hold the noun: a price list also has a "product".
NEEDED: Final[dict[str, tuple[tuple[str, ...], ...]]] = {
    "actor": (
        ("name", "manager_id"),
        ("name", "region"),
        ("name", "email"),
        ("given_name", "email"),
        ("family_name", "email"),
        ("email", EXTERNAL),
    ),
    "offering": (("name", "price"), ("name", "family"), ("name", "code")),
    "account": (("name",),),
    "person": (("name",), ("family_name",), ("given_name",), ("email",)),
    "opportunity": (("stage",), ("value", "name"), ("value", EXTERNAL), ("closed_on", "name")),
    "contact": (("message", "day"), ("outcome", "day", "channel"), ("outcome", "day", "state")),
    "sales_order": ((EXTERNAL, "account_id", "day"), (EXTERNAL, "account_key", "day")),
    "note": (("text", "day"),),
}
