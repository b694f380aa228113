from __future__ import annotations

import pytest

from crmtui.tui.widgets import terms
from hostile import STRINGS

TERMS = [
    ("value", "510 k€ (262 k€ to 759 k€)"),
    ("one level up", "93 k€ more, as those there are worth; what leads there is not taken off"),
    ("risk", STRINGS["markup_unbalanced"]),
]


@pytest.mark.parametrize(("width", "column"), [(terms.BOX, len("one level up  ")), (36, 2)])
def test_what_is_said_stands_in_one_column(width: int, column: int) -> None:
    title, *lines = terms.told("Aurora", TERMS, width).plain.split("\n")
    assert title == "Aurora"
    assert all(len(line) <= width for line in lines)
    labels = [line[:column].strip() for line in lines if line[:1].strip()]
    said = [line[column:] for line in lines if width == terms.BOX or not line[:1].strip()]
    assert len(labels) == len(TERMS)
    assert all(line[:1].strip() for line in said)
    assert " ".join(said) == " ".join(words for _label, words in TERMS)
