"""Reports as PDF: nothing is asked for, and where the part that writes them is not there it is said how to get it."""

from __future__ import annotations

import datetime as dt
import re
import sys
import zlib
from typing import TYPE_CHECKING

import pytest

from crmtui.errors import MissingPartError
from crmtui.exchange.report import pdf
from crmtui.exchange.report.document import Document, Picture, Section, Words
from hostile import STRINGS

if TYPE_CHECKING:
    from pathlib import Path

needs_engine = pytest.mark.usefixtures("engine")


@pytest.fixture(scope="module")
def engine() -> None:
    """What writes PDF, which takes long to load."""
    try:
        pdf.require()
    except MissingPartError as missing:
        pytest.skip(str(missing))


def document(words: str = "Aurora", svg: str = "") -> Document:
    blocks = (Words(text=words), *([Picture(caption=words, svg=svg, text="told")] if svg else []))
    section = Section(id="a", title="A", blocks=blocks)
    return Document(title=words, subtitle="", day=dt.date(2026, 3, 12), language="it", sections=(section,))


def content(written: bytes) -> bytes:
    """The file with its streams unpacked."""
    unpacked = [written]
    for stream in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", written, re.DOTALL):
        try:
            unpacked.append(zlib.decompress(stream))
        except zlib.error:
            unpacked.append(stream)
    return b"\n".join(unpacked)


@needs_engine
def test_it_is_written_with_its_title_its_language_and_its_parts() -> None:
    written = pdf.write(document("Città & Co"))
    assert written.startswith(b"%PDF-")
    assert written.rstrip().endswith(b"%%EOF")
    found = content(written)
    assert b"/Lang (it)" in found
    assert b"/StructTreeRoot" in found
    assert "Città & Co".encode("utf-16-be") in found or b"Citt" in found


@needs_engine
def test_nothing_is_fetched_from_anywhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import socket
    from urllib import request

    asked: list[object] = []
    monkeypatch.setattr(request.OpenerDirector, "open", lambda *given, **_more: asked.append(given))
    monkeypatch.setattr(socket, "create_connection", lambda *given, **_more: asked.append(given))
    secret = tmp_path / "secret.svg"
    secret.write_text('<svg xmlns="http://www.w3.org/2000/svg"/>')
    plain = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">{}</svg>'
    places = (secret.as_uri(), "https://example.invalid/a.png", "//example.invalid/a.png", "data:image/png;base64,AA")
    asking = plain.format("".join(f'<image href="{place}" width="9" height="9"/>' for place in places))
    asking += '<link rel="stylesheet" href="https://example.invalid/a.css"><img src="https://example.invalid/b.png">'
    assert pdf.write(document(svg=asking)).startswith(b"%PDF-")
    assert asked == []


@needs_engine
def test_whatever_records_hold_is_laid_out() -> None:
    assert pdf.write(document("\n".join(words[:300] for words in STRINGS.values()))).startswith(b"%PDF-")


def test_without_the_part_it_is_said_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "weasyprint", None)
    with pytest.raises(MissingPartError, match=r"pip install 'crmtui\[pdf\]'"):
        pdf.write(document())


def test_without_the_library_that_it_takes_it_is_said_which(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "weasyprint"
    folder.mkdir()
    (folder / "__init__.py").write_text("print('please'); raise OSError('cannot load library libpango-1.0-0')")
    monkeypatch.syspath_prepend(tmp_path)
    for name in [one for one in sys.modules if one.partition(".")[0] == "weasyprint"]:
        monkeypatch.delitem(sys.modules, name)
    with pytest.raises(MissingPartError, match="Pango"):
        pdf.require()
    assert capsys.readouterr().out == ""
