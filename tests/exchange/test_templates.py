from __future__ import annotations

import re

import pytest
from hypothesis import given, strategies as st

from crmtui import text
from crmtui.domain.words import Computed, Perspective
from crmtui.errors import InvalidError
from crmtui.exchange.templates import GRADES, MOST, CriterionDraft, TemplateDraft, check, read, write
from hostile import SHORT

GOOD = """
name = "Ours"
[[criteria]]
code = "need"
label = "Need"
perspective = "customer"
weight = 2.5
gate = true
computed = "favour"
anchors = ["a", "b", "c", "d", "e"]
"""
LINES = st.text(max_size=80).map(text.line)
NAMES = LINES.filter(str.strip)


@st.composite
def drafts(draw: st.DrawFn) -> TemplateDraft:
    typed = NAMES.map(lambda name: text.line(re.sub("[=:]", "", name))[:60].strip() or "x")
    codes = draw(st.lists(typed, min_size=1, max_size=6, unique=True))
    return TemplateDraft(
        draw(NAMES),
        draw(st.text(max_size=80).map(text.clean)),
        tuple(
            CriterionDraft(
                code,
                draw(NAMES),
                draw(st.sampled_from(Perspective)),
                draw(st.floats(0.01, 100)),
                draw(st.booleans()),
                draw(st.none() | st.sampled_from(Computed)),
                tuple(draw(LINES) for _grade in range(GRADES)),
            )
            for code in codes
        ),
    )


def test_a_template_is_read() -> None:
    found = read(GOOD.encode())
    assert found == TemplateDraft(
        "Ours",
        "",
        (
            CriterionDraft(
                "need",
                "Need",
                Perspective.CUSTOMER,
                2.5,
                is_gate=True,
                computed=Computed.FAVOUR,
                anchors=tuple("abcde"),
            ),
        ),
    )


@given(drafts())
def test_what_is_written_is_read_back(draft: TemplateDraft) -> None:
    assert read(write(draft).encode()) == draft


@pytest.mark.parametrize("hostile", SHORT.values(), ids=SHORT)
def test_hostile_text_is_kept_as_text_or_refused_with_a_sentence(hostile: str) -> None:
    draft = TemplateDraft(hostile, hostile, (CriterionDraft("x", hostile, anchors=(hostile,) * GRADES),))
    try:
        found = read(write(draft).encode("utf-8", "replace"))
    except InvalidError:
        return
    assert found.name == text.line(found.name)
    assert found.criteria[0].anchors[0] == text.line(found.criteria[0].anchors[0])


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ("", "name: is needed.*criteria: at least one is needed"),
        ('name = "x"\ncriteria = []', "at least one is needed"),
        ('name = "x"\ncriteria = 3', "list of tables"),
        ("name = 3", "name is text"),
        ("nonsense", "is no TOML"),
        (GOOD + "colour = 3\n", "colour is not known here"),
        ("owner = 'me'\n" + GOOD, "owner is not known here"),
        (GOOD.replace("2.5", "0"), "all are 0"),
        (GOOD.replace("2.5", "-1"), "from 0 to 100"),
        (GOOD.replace("2.5", "nan"), "from 0 to 100"),
        (GOOD.replace("2.5", "1" + "0" * 400), "from 0 to 100"),
        (GOOD.replace("2.5", '"two"'), "from 0 to 100"),
        (GOOD.replace("2.5", "true"), "from 0 to 100"),
        (GOOD.replace("gate = true", "gate = 1"), "true or false"),
        (GOOD.replace("customer", "client"), "perspective is one of return"),
        (GOOD.replace('"favour"', '"luck"'), "computed is one of favour"),
        (GOOD.replace('"e"]', '"e", "f"]'), "5 sentences"),
        (GOOD.replace('["a", "b", "c", "d", "e"]', '"a"'), "5 sentences"),
        (GOOD.replace('code = "need"', 'code = ""'), "needs a code"),
        (GOOD.replace('label = "Need"', ""), "needs a label"),
        (GOOD + GOOD.partition("\n")[2].partition("\n")[2], "there 2 times"),
        (GOOD.replace('code = "need"', 'code = "a=b"'), "without = :"),
        (GOOD.replace('"e"]', f'"{"e" * 501}"]'), "at most 500 characters each"),
        (f'name = "{"x" * 501}"', "in one line of at most 500"),
        ("x = " + "[" * 5000, "nested too deeply"),
        ("a." * 250_000 + "b = 1", "nested too deeply"),
        ("x = {" + "'a' . " * 100_000 + "b = 1}", "nested too deeply"),
        (GOOD.replace("2.5", "9" * 5000), "a number in it is too long"),
        (GOOD + "\udcff", "is not in UTF-8"),
    ],
)
def test_a_bad_template_is_refused_with_a_sentence(wrong: str, why: str) -> None:
    with pytest.raises(InvalidError, match=why):
        read(wrong.encode("utf-8", "surrogateescape"))


def test_too_many_criteria_and_too_large_files_are_refused() -> None:
    many = tuple(CriterionDraft(f"c{number}", "x") for number in range(MOST + 1))
    with pytest.raises(InvalidError, match="at most 60"):
        check(TemplateDraft("x", "", many))
    with pytest.raises(InvalidError, match="larger than"):
        read(b" " * 1_000_001)
