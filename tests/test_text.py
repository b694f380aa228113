from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, strategies as st

from crmtui.text import are_lines, clean, key, keys, line, ngettext
from hostile import SHORT, STRINGS, has_control

ANY_TEXT = st.text(st.characters(codec=None)) | st.sampled_from(sorted(SHORT.values()))


@pytest.mark.parametrize("name", STRINGS)
def test_nothing_forbidden_is_left(name: str) -> None:
    raw = STRINGS[name]
    assert not has_control(clean(raw))
    assert not has_control(line(raw))
    assert not has_control(key(raw))


@pytest.mark.parametrize("name", STRINGS)
def test_cleaning_twice_is_cleaning_once(name: str) -> None:
    raw = STRINGS[name]
    assert clean(clean(raw)) == clean(raw)
    assert line(line(raw)) == line(raw)
    assert key(key(raw)) == key(raw)


@given(ANY_TEXT)
def test_any_text_is_cleaned_for_good(raw: str) -> None:
    once = clean(raw)
    assert not has_control(once)
    assert clean(once) == once
    assert unicodedata.is_normalized("NFC", once)
    once.encode("utf-8")


@given(st.lists(ANY_TEXT.map(line)))
def test_keys_of_many_names_are_those_of_each(raw: list[str]) -> None:
    assert keys(raw) == [key(name) for name in raw]


@given(ANY_TEXT)
def test_any_line_is_one_line_without_blanks_around(raw: str) -> None:
    once = line(raw)
    assert line(once) == once
    assert once == once.strip()
    assert "\n" not in once
    assert "\t" not in once
    assert "  " not in once


@given(ANY_TEXT)
def test_a_key_is_its_own_key(raw: str) -> None:
    assert key(key(raw)) == key(raw)


@given(ANY_TEXT)
def test_a_key_ignores_case_as_python_folds_it(raw: str) -> None:
    assert key(raw.casefold()) == key(raw)


@given(st.text(st.characters(min_codepoint=32, max_codepoint=126)))
def test_plain_ascii_passes_unchanged(raw: str) -> None:
    assert clean(raw) == raw


@pytest.mark.parametrize(
    ("raw", "kept"),
    [
        ("a\r\nb\rc\x85d\u2028e", "a\nb\nc\nd\ne"),
        ("a\tb", "a\tb"),
        ("Ac\x00\x1b[31mme", "Ac[31mme"),
        ("Socie\u0301te\u0301", "Soci\u00e9t\u00e9"),
        ("Ac\udce9me", "Ac\ufffdme"),
        ("👨‍👩‍👧", "👨‍👩‍👧"),
        ("می‌خواهم", "می‌خواهم"),
    ],
)
def test_clean_by_example(raw: str, kept: str) -> None:
    assert clean(raw) == kept


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("GTX Pro", "gtxpro"),
        ("Società Générale", "SOCIETA GENERALE"),
        ("Straße 1", "STRASSE-1"),
        ("Acme™", "acme tm"),
        ("ﬁrm", "FIRM"),
        ("Account Name  ↑", "account_name"),
    ],
)
def test_keys_of_the_same_name_agree(one: str, other: str) -> None:
    assert key(one) == key(other)


@pytest.mark.parametrize(("one", "other"), [("GTX Pro", "GTX Pro 2"), ("कि", "का")])
def test_keys_of_other_names_differ(one: str, other: str) -> None:
    assert key(one) != key(other)


def test_counts_in_messages_are_grouped_like_other_figures() -> None:
    assert ngettext("{count} row of {file}", "{count} rows of {file}", 8_800, file="a") == "8,800 rows of a"


@given(st.lists(ANY_TEXT | st.text(" ab\n\t", max_size=4), max_size=4))
def test_lines_told_at_once_are_lines(raw: list[str]) -> None:
    if are_lines(raw):
        assert [line(each) for each in raw] == raw


@given(st.lists(st.text(st.characters(min_codepoint=33, max_codepoint=126)), min_size=1))
def test_plain_words_are_told_at_once(raw: list[str]) -> None:
    assert are_lines(raw)
    assert not are_lines([*raw, " x"])
    assert not are_lines([*raw, "x "])
    assert not are_lines([*raw, "x  y"])
    assert not are_lines([*raw, "x\ny"])
