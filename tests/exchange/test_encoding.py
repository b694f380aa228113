from __future__ import annotations

import codecs
import os
from typing import TYPE_CHECKING

import pytest

from crmtui.errors import FileProblemError
from crmtui.exchange.encoding import examine
from hostile import STRINGS, has_control

if TYPE_CHECKING:
    from pathlib import Path

TEXT = "Società;Città\r\nMüller & Söhne;Nürnberg\r\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "accounts.csv"


@pytest.mark.parametrize(
    ("raw", "codec"),
    [
        (TEXT.encode(), "utf-8"),
        (TEXT.encode("utf-8-sig"), "utf-8-sig"),
        (codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"), "utf-16"),
        (codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"), "utf-16"),
        (codecs.BOM_UTF32_LE + TEXT.encode("utf-32-le"), "utf-32"),
        (TEXT.encode("utf-16-le"), "utf-16-le"),
        (TEXT.encode("utf-16-be"), "utf-16-be"),
        ("name;город\r\n".encode("utf-16-le") + "Завод;Омск\r\n".encode("utf-16-le") * 99, "utf-16-le"),
        (TEXT.encode("cp1252"), "cp1252"),
        ("naïve € “x”".encode("cp1252"), "cp1252"),
        (TEXT.encode("latin-1") + b"\x81", "latin-1"),
        (b"plain", "utf-8"),
    ],
)
def test_encodings_are_recognised_and_said(file: Path, raw: bytes, codec: str) -> None:
    file.write_bytes(raw)
    source = examine(file)
    assert (source.encoding, source.errors) == (codec, "strict")
    assert source.notes[0].startswith("Encoding: ")
    with source.open() as stream:
        assert stream.read() == raw.decode(codec)


def test_a_late_byte_of_latin_1_is_seen_before_anything_is_read(file: Path) -> None:
    file.write_bytes(b"name\n" + b"plain\n" * 400_000 + b"caf\xe9\n")
    assert examine(file).encoding == "cp1252"


def test_one_damaged_byte_does_not_garble_the_rest(file: Path) -> None:
    file.write_bytes("Società\n".encode() * 3 + b"broken \xe9 byte\n")
    source = examine(file)
    with source.open() as stream:
        assert stream.readlines()[2:] == ["Società\n", "broken � byte\n"]
    assert "Some bytes are not UTF-8; each is shown as �." in source.notes


def test_a_character_across_two_chunks_is_one_character(file: Path) -> None:
    file.write_bytes(b"x" * ((1 << 20) - 1) + "é\n".encode())
    assert examine(file).encoding == "utf-8"


def test_a_few_nuls_are_noted(file: Path) -> None:
    file.write_bytes(b"name,city\nAc\0me,Bonn\n")
    assert "The file holds NUL bytes; it may be damaged." in examine(file).notes


@pytest.mark.parametrize("end", [b"\n", b"\r", b"\r\n"])
@pytest.mark.parametrize("before", [0, 1, 700_000])
def test_the_longest_line_is_measured_but_for_one_chunk(file: Path, before: int, end: bytes) -> None:
    file.write_bytes(b"ab" + end + b"x\n" * before + b"a" * 5_000_000 + end + b"c")
    assert 4_000_000 <= examine(file).longest_line <= 5_000_000


def test_a_named_encoding_is_used(file: Path) -> None:
    file.write_bytes("Łódź".encode("cp1250"))
    with examine(file, "cp1250").open() as stream:
        assert stream.read() == "Łódź"


@pytest.mark.parametrize("name", ["utf-8", "ascii", "utf-16", "utf-32"])
def test_a_named_encoding_that_does_not_fit_is_refused(file: Path, name: str) -> None:
    file.write_bytes(b"caf\xe9")
    with pytest.raises(FileProblemError, match="the text is not in "):
        examine(file, name)


@pytest.mark.parametrize("name", [*STRINGS.values(), "", "klingon", "rot13", "base64", "zip"])
def test_an_encoding_that_does_not_exist_is_refused(file: Path, name: str) -> None:
    file.write_bytes(b"caf\xe9")
    with pytest.raises(FileProblemError, match="there is no encoding") as refusal:
        examine(file, name)
    assert not has_control(str(refusal.value))


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"", "the file is empty"),
        (b" \r\n\n", "the file is empty"),
        (b"SQLite format 3\0" + b"\0" * 99, "an SQLite database"),
        (b"PK\x03\x04\x14\0\x06\0\x08\0[Content_Types].xml", "a workbook"),
        (b"PK\x03\x04 mimetypeapplication/vnd.oasis.opendocument.spreadsheet", "a workbook"),
        (b"PK\x03\x04 other", "a ZIP archive"),
        (b"%PDF-1.7", "a PDF document"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a workbook"),
        (b"\x1f\x8b\x08", "a gzip archive"),
        (b"\x89PNG\r\n", "a picture"),
        (b"\xef\xbb\xbf \n<!DOCTYPE html><html>", "a web page"),
        (b"<?xml version='1.0'?>", "an XML file"),
        (bytes(range(256)) * 10, "binary data"),
        (b"a,b\n" + b"\0" * 4000, "binary data"),
        (b"\xff\xfe\x00\xd8\x41\x00", "binary data"),
    ],
)
def test_what_is_no_text_is_refused_by_what_it_looks_like(file: Path, raw: bytes, said: str) -> None:
    file.write_bytes(raw)
    with pytest.raises(FileProblemError, match=said) as refusal:
        examine(file)
    assert str(refusal.value).startswith(str(file))


def test_places_that_are_no_files_are_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for path, said in (
        (tmp_path / "missing.csv", "there is no such file"),
        (tmp_path, "this is a folder"),
        (tmp_path / "pipe", "this is a device or pipe"),
    ):
        with pytest.raises(FileProblemError, match=said):
            examine(path)


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may read everything")
def test_a_file_that_may_not_be_read_is_refused(file: Path) -> None:
    file.write_bytes(b"name\n")
    file.chmod(0)
    with pytest.raises(FileProblemError, match="reading it is not allowed"):
        examine(file)


@pytest.mark.parametrize("name", STRINGS)
def test_hostile_names_of_files_are_refused_in_a_clean_sentence(tmp_path: Path, name: str) -> None:
    with pytest.raises(FileProblemError) as refusal:
        examine(tmp_path / "missing" / STRINGS[name])
    assert not has_control(str(refusal.value))
    assert len(str(refusal.value)) < 400
