"""Words that cells usually mean: stages of other systems, industries, yes and no."""

from __future__ import annotations

from typing import Final

from crmtui.exchange.mapping.meanings import split
from crmtui.text import key, line

# Words for stages that other systems use, by the stage that they come nearest to; the usual ones of Salesforce, HubSpot
# and Pipedrive among them.
STAGES: Final[dict[str, tuple[str, ...]]] = {
    "prospecting": split("""prospecting, lead, lead in, new, open, appointment scheduled, contatto, nuova, nuovo,
        aperta, aperto, prospect, da contattare, identified"""),
    "engaging": split("""engaging, qualification, qualified, qualified to buy, needs analysis, value proposition,
        id decision makers, contact made, discovery, in corso, qualifica, qualificata, analisi"""),
    "proposing": split("""proposing, perception analysis, proposal, proposal price quote, proposal made, quote, quoted,
        presentation scheduled, demo scheduled, demo, offerta, offerta inviata, preventivo, proposta"""),
    "negotiating": split("""negotiating, negotiation, negotiation review, negotiations started, contract sent,
        decision maker bought in, verbal, commit, contract, trattativa, negoziazione, in negoziazione"""),
    "won": split(
        "won, closed won, vinta, vinto, chiusa vinta, chiuso vinto, acquisita, gewonnen, gagne, ganado, ganho"
    ),
    "lost": split("""lost, closed lost, persa, perso, chiusa persa, chiuso perso, abbandonata, verloren, perdu,
        perdido, deleted"""),
}

# Words for how an account stands, by what they mean; those of the usual lists of Salesforce and HubSpot among them.
STANDINGS: Final[dict[str, tuple[str, ...]]] = {
    "customer": split("""client, existing customer, current customer, active customer, customer direct,
        customer channel, cliente, cliente attivo, cliente esistente, cliente acquisito, kunde, bestandskunde"""),
    "prospect": split("""prospective customer, potential customer, potential, lead, new lead, suspect, subscriber,
        marketing qualified lead, mql, sales qualified lead, sql, opportunity, potenziale, potenziale cliente,
        cliente potenziale, prospetto, da acquisire, interessent"""),
    "active": split("attivo, attiva, aktiv, actif, activo, ativo"),
    "dormant": split("""inactive, inactive customer, on hold, sleeping, inattivo, inattiva, cliente inattivo,
        dormiente, cliente dormiente, sospeso, inaktiv, inactif, inactivo, inativo"""),
    "closed": split("""former, former customer, ex customer, past customer, lost customer, churned, out of business,
        ex cliente, cliente perso, cliente cessato, cessato, cessata, chiuso, chiusa, ehemaliger kunde"""),
}

# Words for how far an order has come.
ORDER_STATES: Final[dict[str, tuple[str, ...]]] = {
    "open": split("""open, new, pending, processing, in progress, confirmed, draft, aperto, nuovo, in corso, confermato,
        in lavorazione, offen"""),
    "delivered": split("""delivered, shipped, completed, complete, closed, fulfilled, invoiced, paid, consegnato,
        spedito, evaso, completato, chiuso, fatturato, pagato, geliefert, bezahlt"""),
    "cancelled": split("cancelled, canceled, void, voided, refunded, returned, annullato, stornato, storniert"),
}

YES: Final = frozenset(
    split("yes, y, true, t, 1, x, on, checked, si, s, vero, v, ja, oui, sim, wahr, vrai, opted out, ✓, ✔, ☑, ✅")
)
NO: Final = frozenset(split("no, n, false, f, 0, off, unchecked, falso, nein, non, nao, falsch, faux, ☐, ✗, ✘"))
# Beginnings and endings of what kinds of users, or their profiles, are called that are no people.
SYSTEM_USERS: Final = tuple(
    split("""automated process, cloud integration user, integration user, security user, guest user, platform
        integration, system integrations, api only""")
)
# What a person said about being contacted, where a column holds more than yes and no.
REFUSING: Final = frozenset(
    split("""unsubscribed, opted out, opt out, do not contact, do not call, do not email, do not allow, refused,
        refuses, denied, withdrawn, revoked, disiscritto, disiscritta, rifiutato, rifiutata, rifiuta, negato,
        revocato""")
)
DENYING: Final = frozenset(split("no consent, not allowed, nessun consenso, non acconsente, non acconsento"))
GRANTING: Final = frozenset(
    split("""granted, given, allow, allowed, opt in, opted in, subscribed, consented, concesso, acconsente, acconsento,
        iscritto, iscritta""")
)

CURRENCIES: Final = {
    "€": "EUR",
    "euro": "EUR",
    "euros": "EUR",
    "£": "GBP",
    "us dollar": "USD",
    "us$": "USD",
    "u s dollar": "USD",
    "british pound": "GBP",
    "swiss franc": "CHF",
    "franco svizzero": "CHF",
    "sterlina": "GBP",
    "dollaro": "USD",
    "dollaro usa": "USD",
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


def compared(cell: str) -> str:
    """What a cell says, as it is compared: a name without case and accents, else the signs that it is made of."""
    return key(cell) or line(cell)
