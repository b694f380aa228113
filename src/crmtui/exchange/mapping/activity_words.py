"""What files call the kinds of activities, and whether they are done: in English and Italian, some in German."""

from __future__ import annotations

import re
from typing import Final

from crmtui.exchange.mapping.meanings import split
from crmtui.exchange.mapping.usual import NO, YES, compared
from crmtui.text import key

TASK: Final = "task"  # kinds that are no contact
NOTE: Final = "note"

# By the code of a channel, or one of the above; a word that ends in `s` stands for several too.
_KINDS: Final = {
    "call": """call, phone call, logged call, log a call, inbound call, outbound call, incoming call, outgoing call,
        phone, telephone, chiamata, telefonata, telefono, anruf, telefonat""",
    "video": """video, video call, videocall, video meeting, online meeting, virtual meeting, web meeting, teams, zoom,
        videochiamata, videoconferenza, riunione online, videokonferenz""",
    "email": """email, e mail, mail, list email, inbound email, outbound email, incoming email, forwarded email,
        email sent, posta, posta elettronica""",
    "meeting": """meeting, event, appointment, visit, customer visit, site visit, lunch, dinner, demo, presentation,
        riunione, incontro, appuntamento, visita, visita cliente, pranzo, cena, presentazione, besuch, termin,
        besprechung""",
    "event": "fair, trade fair, conference, webinar, expo, evento, fiera, convegno, congresso, messe",
    "letter": "letter, send letter, send mail, postal mail, lettera, brief",
    "web": "web, website, chat, linkedin, linkedin message, sms, whats app, whatsapp, messaggio",
    TASK: "task, to do, deadline, reminder, follow up task, compito, da fare, scadenza, promemoria, aufgabe",
    NOTE: "note, nota, notiz, annotazione",
}
_KIND_OF: Final = {key(name): code for code, names in _KINDS.items() for name in split(names)}

_DONE: Final = """completed, complete, done, closed, held, sent, delivered, logged, attended, finished, connected,
    fatto, fatta, completata, completato, eseguita, eseguito, svolta, svolto, chiusa, chiuso, conclusa, inviata,
    erledigt"""
_OPEN: Final = """not started, in progress, waiting on someone else, waiting, deferred, to do, todo, open, planned,
    scheduled, not completed, incomplete, not done, pending, queued, upcoming, da fare, aperta, aperto, pianificata,
    programmata, in corso, in attesa, non iniziata, non completata, non completato, offen, geplant"""
_OFF: Final = """cancelled, canceled, no show, no answer, not held, busy, failed, bounced, missed, rescheduled,
    annullata, annullato, cancellata, rinviata, nessuna risposta, non risponde, mancata, abgesagt"""
_STATES: Final = {
    **{compared(name): "done" for name in (*split(_DONE), *YES)},
    **{compared(name): "open" for name in (*split(_OPEN), *NO)},
    **{key(name): "off" for name in split(_OFF)},
}
_WORD: Final = re.compile(r"[^\W_]+(?:-[^\W_]+)*")


def kind_of(cell: str) -> str:
    """The code of the channel that a cell names, `task`, `note`, or ''."""
    name = key(cell)
    return _KIND_OF.get(name) or _KIND_OF.get(name.removesuffix("s"), "")


def kind_in(text: str) -> str:
    """The first of these that a word of a text names."""
    return next((code for word in _WORD.findall(text) if (code := kind_of(word))), "")


def state_of(cell: str) -> str:
    """`done`, `open`, or `off` for what was called off or did not happen; '' where a cell says none of it."""
    return _STATES.get(compared(cell), "")
