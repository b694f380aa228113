"""Judgements in files of others: levels, potentials, segments and postures of accounts, where they surely are ours."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from crmtui.commands.importing import Existing, FileMapping
from crmtui.errors import FileProblemError
from incoming import bring, file
from store_dump import query

if TYPE_CHECKING:
    from pathlib import Path

JUDGED = """SELECT a.level, a.level_basis, a.level_on, a.potential, a.segment, a.target_level, z.name
    FROM account a LEFT JOIN area z ON z.id = a.area_id"""
ENGLISH = "Account,Level,Potential a year,Industry,Segment,Target level,Area\nFoo,buyer,10000,Steel,B,Account,North\n"
ITALIAN = """Cliente;Livello;Potenziale annuo;Settore;Segmento;Livello obiettivo;Zona
Foo;Compratore;10.000,00;Steel;B · grande oggi;account;North
"""


@pytest.mark.parametrize("text", [ENGLISH, ITALIAN])
def test_our_own_labels_are_known_in_either_language(workspace: Path, tmp_path: Path, text: str) -> None:
    bring(workspace, file(tmp_path / "a.csv", text))
    assert query(workspace, JUDGED) == [("buyer", "assumed", None, 1_000_000, "b", "account", "North")]
    assert query(workspace, "SELECT name FROM custom_value") == []


def test_words_and_figures_that_are_none_of_ours_are_no_judgement(workspace: Path, tmp_path: Path) -> None:
    text = "Company,Level,Segment,Potential\nFoo,buyer,SMB,60%\nBar,gold,A,70%\n"
    bring(workspace, file(tmp_path / "a.csv", text))
    assert query(workspace, "SELECT level, segment, potential FROM account") == [("prospect", None, None)] * 2
    assert len(query(workspace, "SELECT name FROM custom_value")) == 6
    said = {"": FileMapping(columns={"Level": "level"}, words={("Level", "gold"): "partner"})}
    bring(workspace, file(tmp_path / "b.csv", text), files=said)
    assert query(workspace, "SELECT level FROM account ORDER BY id") == [("buyer",), ("partner",)]


def test_nothing_that_was_known_of_one_judgement_is_left_beside_another(workspace: Path, tmp_path: Path) -> None:
    bring(
        workspace, file(tmp_path / "a.csv", "Company,Level,Level judged on,Level is\nFoo,buyer,2026-01-02,confirmed\n")
    )
    assert query(workspace, JUDGED)[0][:3] == ("buyer", "confirmed", "2026-01-02")
    partner = file(tmp_path / "b.csv", "Company,Level\nFoo,partner\n")
    bring(workspace, partner)
    assert query(workspace, JUDGED)[0][:3] == ("buyer", "confirmed", "2026-01-02")
    bring(workspace, partner, existing=Existing.OVERWRITE)
    assert query(workspace, JUDGED)[0][:3] == ("partner", "assumed", None)


def test_a_field_that_is_not_there_names_those_of_the_noun(workspace: Path, tmp_path: Path) -> None:
    people = file(tmp_path / "people.csv", "First name,Last name,Email,Hat\nAda,Rossi,ada@acme.it,big\n")
    with pytest.raises(FileProblemError) as caught:
        bring(workspace, people, files={"": FileMapping(columns={"Hat": "hat"})})
    assert "given_name" in str(caught.value)
    assert "revenue" not in str(caught.value)
