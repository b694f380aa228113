"""Whose key people somebody is, guessed from a title where nobody has said it (method.md section 1).

Titles in English, Italian, German and French. A guess is shown as assumed; a title that says nothing stays unknown.
"""

from __future__ import annotations

import re
from typing import Final

from crmtui.domain.words import Rank
from crmtui.text import key

# The first that fits counts: an assistant to a director is an assistant, a vice president no president. Words begin
# where the pattern begins, unless it begins with a star; `.*` would run on into the name of a department.
_TITLES: Final[tuple[tuple[Rank | None, tuple[str, ...]], ...]] = (
    (None, ("works council", "consiglio di fabbrica", "*betriebsrat", "comite d entreprise")),
    (
        Rank.ASSISTANT,
        (
            *("assistant", "secretary", "clerk", "assistente", "segretari", "addett", "impiegat"),
            *("*assistent", "*assistenz", "*sekretar", "*sachbearbeiter", "secretaire", "adjointe? administrati"),
        ),
    ),
    (Rank.DIRECTOR, ("vice ?president", "vp\\b", "vizeprasident", "process owner", "prozesseigner")),
    (Rank.HEAD, ("(line|product|system|data) owner",)),
    (
        Rank.GENERAL,
        (
            *(
                "ceo\\b",
                "coo\\b",
                "chief executive",
                "chief operating",
                "managing (director|partner)",
                "general manager",
            ),
            *("general director", "president", "chair", "owner", "founder", "board\\b", "executive director"),
            *("amministrat(ore|rice) (delegat|unic)", "ad\\b", "dirett(ore|rice) generale", "presidente", "titolare"),
            *("soci[oa]\\b", "fondat", "geschaftsfuhr", "geschaftsleit", "vorstand", "inhaber", "generaldirekt"),
            *("direct(eur|rice) general", "pdg\\b", "dg\\b", "president", "gerante?\\b", "proprietaire", "proprietari"),
        ),
    ),
    (
        Rank.DIRECTOR,
        (
            *("director", "chief \\w+ officer", "cfo\\b", "cto\\b", "cio\\b", "cmo\\b", "cpo\\b", "chro\\b"),
            *("(plant|site|mill|factory) manager", "dirett(ore|rice)", "responsabile di processo"),
            *("responsabile (di |dello )?stabilimento", "*direktor", "*bereichsleit", "werk(s)?leit"),
            *("prozessverantwortlich", "direct(eur|rice)", "responsable de processus", "responsable d usine"),
        ),
    ),
    (
        Rank.HEAD,
        (
            *("head", "manager", "chief", "supervisor", "team lead", "responsabil", "cap[oi]", "coordinat"),
            *("*leiter", "*leitung", "chef", "responsable"),
        ),
    ),
)


def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(word[1:] if word.startswith("*") else f"\\b{word}" for word in words))


_PATTERNS: Final = tuple((rank, _pattern(words)) for rank, words in _TITLES)


def guess(title: str) -> Rank | None:
    """The rank that a title or a position tells of; None where it tells of none."""
    words = " ".join(key(word) for word in re.split(r"[\W_]+", title))
    return next((rank for rank, pattern in _PATTERNS if pattern.search(words)), None)
