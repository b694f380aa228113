from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from crmtui.domain.words import Rank
from crmtui.method.rank import guess

TITLES = {
    # the row "key people" of the ladder (method.md section 1)
    "Assistant to the purchasing manager": Rank.ASSISTANT,
    "Head of area": Rank.HEAD,
    "Purchasing manager": Rank.HEAD,
    "Process owner": Rank.DIRECTOR,
    "Director of function": Rank.DIRECTOR,
    "General manager": Rank.GENERAL,
    # English
    "Chief financial officer": Rank.DIRECTOR,
    "CEO": Rank.GENERAL,
    "Managing partner, sales": Rank.GENERAL,
    "Vice President Operations": Rank.DIRECTOR,
    "Line owner, line 9": Rank.HEAD,
    "Owner and president": Rank.GENERAL,
    # Italian
    "Assistente del direttore acquisti": Rank.ASSISTANT,
    "Responsabile acquisti": Rank.HEAD,
    "Direttrice di produzione": Rank.DIRECTOR,
    "Amministratore delegato": Rank.GENERAL,
    "Direttore generale": Rank.GENERAL,
    # German
    "Sekretärin der Geschäftsleitung": Rank.ASSISTANT,
    "Einkaufsleiterin": Rank.HEAD,
    "Werksleiter": Rank.DIRECTOR,
    "Technischer Direktor": Rank.DIRECTOR,
    "Geschäftsführer": Rank.GENERAL,
    # French
    "Secrétaire de direction": Rank.ASSISTANT,
    "Responsable des achats": Rank.HEAD,
    "Directeur technique": Rank.DIRECTOR,
    "Directrice générale": Rank.GENERAL,
    "Présidente": Rank.GENERAL,
}


@pytest.mark.parametrize("title", TITLES)
def test_a_title_tells_whose_key_people_somebody_is(title: str) -> None:
    assert guess(title) is TITLES[title]


@pytest.mark.parametrize("title", ["", "Master fitter", "Controller", "Chair of the works council", "\ud800", "…"])
def test_what_tells_nothing_stays_unknown(title: str) -> None:
    assert guess(title) is None


@given(st.text(max_size=40))
def test_any_text_is_taken(title: str) -> None:
    assert guess(title) in {None, *Rank}
