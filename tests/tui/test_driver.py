from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from crmtui.tui.driver import Decoder, is_light

WHITE = b"\x1b]11;rgb:ffff/ffff/ffff\x1b\\"
BLACK = b"\x1b]11;rgb:00/00/00\x07"


def decoded(*parts: bytes) -> tuple[str, list[bool]]:
    told: list[bool] = []
    decoder = Decoder(told.append)
    text = "".join(decoder.decode(part) for part in parts) + decoder.decode(b"", final=True)
    return text, told


@given(st.binary(), st.integers(0, 20))
def test_no_byte_breaks_the_decoder(data: bytes, cut: int) -> None:
    text, _told = decoded(data[:cut], data[cut:])
    assert text == data.decode(errors="replace")


@given(st.text(), st.integers(0, 40))
def test_typed_text_arrives_whole_however_it_is_cut(typed: str, cut: int) -> None:
    data = typed.encode(errors="replace")
    assert decoded(data[:cut], data[cut:])[0] == data.decode()


@pytest.mark.parametrize(("answer", "expected"), [(WHITE, True), (BLACK, False)])
@pytest.mark.parametrize("cut", range(2, len(BLACK)))
def test_the_answer_about_the_background_is_taken_out_of_what_is_typed(answer: bytes, expected: bool, cut: int) -> None:
    text, told = decoded(b"ab" + answer[:cut], answer[cut:] + b"cd")
    assert text == "abcd"
    assert told == [expected]


def test_an_answer_is_looked_for_once_so_that_it_cannot_be_pasted() -> None:
    text, told = decoded(WHITE, BLACK)
    assert told == [True]
    assert text == BLACK.decode()


@pytest.mark.parametrize(
    ("colour", "expected"),
    [
        (("fb", "f6", "ee"), True),
        (("15", "18", "1c"), False),
        (("f", "f", "f"), True),
        (("0000", "1000", "0"), False),
    ],
)
def test_light_is_what_dark_text_reads_well_on(colour: tuple[str, str, str], expected: bool) -> None:
    assert is_light(*colour) is expected
