"""Whose an e-mail address is: one person's, or that of whoever reads what comes to a department."""

from __future__ import annotations

import re
from typing import Final

from crmtui.method.namesakes import are_alike, domain_of, label_of, turned
from crmtui.text import key

# Words of addresses that a company, a department or a machine has, and no person.
_WORDS: Final = """info infos information sales office offices contact contacts contactus contatto contatti kontakt
    contacto hello ciao mail email post posta pec welcome admin administration amministrazione
    amministratore administracion verwaltung management direzione direction direccion presidenza
    segreteria secretary sekretariat reception accoglienza empfang accueil zentrale ufficio uffici buero
    acquisti purchasing procurement einkauf achats compras ordini ordine orders order bestellung
    bestellungen pedidos commandes vendite commerciale commercial vertrieb verkauf ventas ventes
    preventivi offerte quotes billing fatture fatturazione invoice invoices rechnung rechnungen factures
    contabilita accounting accounts finance buchhaltung comptabilite payroll hr personale personal jobs
    job careers lavoro recruiting recruitment marketing press stampa media presse events eventi support
    supporto assistenza service services servizio servizi help helpdesk kundendienst it edp ced tecnico
    technical technik qualita quality produzione production produktion logistica logistics logistik
    magazzino warehouse lager spedizioni shipping export import estero team staff shop store negozio
    customer customers clienti customercare care noreply reply donotreply postmaster webmaster
    hostmaster root newsletter privacy legal security"""
_ROLES: Final = frozenset(_WORDS.split())
_PARTS: Final = re.compile(r"[^a-z]+")
_LEAST_LETTERS: Final = 2  # of a word that two names share


def is_role(address: str) -> bool:
    """Whether an address is that of a department, of a machine, or of a whole company (`aurora@aurora.it`)."""
    local = address.strip().lower().partition("@")[0]
    domain = domain_of(address)
    return not _ROLES.isdisjoint(_PARTS.split(local)) or (domain != "" and key(local) == key(label_of(domain)))


def is_of(address: str, name: str, other: str) -> bool:
    """Whether an address tells that two who have it and are called so are one person.

    Their names say the same where one tells all that the other tells, where they are written a little differently, or
    where there is the address instead of a name. Of an address that is somebody's own a name in common is enough, since
    people marry; where nothing is in common it is handed on.
    """
    local = key(address.partition("@")[0])
    if "@" in name or "@" in other or local in (key(name), key(other)):
        return True
    one, two = turned(name), turned(other)
    mine, theirs = set(one.split()), set(two.split())
    if mine <= theirs or theirs <= mine or are_alike(one, two, companies=False):
        return True
    return not is_role(address) and any(len(word) >= _LEAST_LETTERS for word in mine & theirs)
