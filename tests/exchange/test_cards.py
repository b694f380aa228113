"""vCards of every dialect as people and companies; broken and endless ones."""

from __future__ import annotations

import time
import tracemalloc
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, strategies as st

from crmtui.errors import FileProblemError
from crmtui.exchange.cards.table import CardTable, files_in, open_cards
from crmtui.exchange.content_lines import escaped, split, unescaped, written
from crmtui.exchange.kinds import FileKind, recognise
from hostile import ENDLESSLY, SHORT, has_control

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Opened = Callable[..., list[CardTable]]

APPLE = r"""BEGIN:VCARD
VERSION:3.0
PRODID:-//Apple Inc.//macOS 14.0//EN
N:Bianchi;Laura;Maria;Dott.ssa;PhD
FN:Dott.ssa Laura Maria Bianchi PhD
ORG:Helios Packaging;Operations;Line 3
TITLE:Plant manager
EMAIL;type=INTERNET;type=HOME:laura@home.example
EMAIL;type=INTERNET;type=WORK;type=pref:Laura@helios.example
item1.EMAIL;type=INTERNET:l.bianchi@club.example
item1.X-ABLabel:Tennis
TEL;type=CELL;type=VOICE;type=pref:+39 335 1234567
TEL;type=IPHONE;type=CELL;type=VOICE:+39 335 1234567
TEL;type=WORK;type=FAX:+39 051 99
item2.TEL:+39 051 1
item2.X-ABLabel:_$!<HomeFAX>!$_
item3.ADR;type=WORK;type=pref:;;Via Roma 1\nInterno 2;Bologna;BO;40100;Italia
item3.X-ABADR:it
item4.URL;type=pref:https\://helios.example
item4.X-ABLabel:_$!<HomePage>!$_
item5.X-ABRELATEDNAMES;type=pref:Dario Conti
item5.X-ABLabel:_$!<Manager>!$_
BDAY;value=date:1970-05-01
NOTE:Likes tennis\, hates golf\nCall after nine
PHOTO;ENCODING=b;TYPE=JPEG:/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAgGBgcGBQgHBwcJCQgKDBQND
 AsLDBkSEw8UHRofHh0aHBwgJC4nICIsIxwcKDcpLDAxNDQ0Hyc5PTgyPC4zNDL/
UID:4A1B-77
X-ABUID:4A1B-77:ABPerson
END:VCARD
"""

GOOGLE = r"""BEGIN:VCARD
VERSION:3.0
FN:Dario Conti
N:Conti;Dario;;;
EMAIL;TYPE=INTERNET;TYPE=WORK:dario@helios.example
TEL;TYPE=CELL:335 7654321
TEL;TYPE=WORK:051 123
item1.ORG:Helios Packaging
item1.X-ABLabel:
TITLE:CFO
CATEGORIES:myContacts,Customers
END:VCARD
"""

OUTLOOK = """BEGIN:VCARD
VERSION:2.1
N;LANGUAGE=en-us;CHARSET=windows-1252;ENCODING=QUOTED-PRINTABLE:M=FCller;J=FCrgen
FN;CHARSET=windows-1252;ENCODING=QUOTED-PRINTABLE:J=FCrgen M=FCller
ORG:Aurora GmbH;Purchasing
TITLE:Head of purchasing
NOTE;ENCODING=QUOTED-PRINTABLE:First line=0D=0A=
second line, soft=
ly broken=3D
TEL;WORK;VOICE:+49 (89) 12
TEL;CELL;VOICE:+49 171 12
TEL;WORK;FAX:+49 89 99
ADR;WORK;PREF;ENCODING=QUOTED-PRINTABLE:;;Hauptstr. 1=0D=0AHof;M=C3=BCnchen;;80331;Germany
LABEL;WORK;PREF;ENCODING=QUOTED-PRINTABLE:Hauptstr. 1=0D=0A=
80331 M=C3=BCnchen
X-MS-OL-DEFAULT-POSTAL-ADDRESS:2
EMAIL;PREF;INTERNET:juergen@aurora.example
X-MS-MANAGER:Anna Verdi
X-MS-ASSISTANT:Karl
PHOTO;TYPE=JPEG;ENCODING=BASE64:
 /9j/4AAQSkZJRgABAQEAYABgAAD/2wBDAAgGBgcGBQgHBwcJCQgKDBQNDAsLDBkSEw8UHRofHh0a
 AAAA=

X-MS-OL-DESIGN;CHARSET=utf-8:<card xmlns="http://schemas.microsoft.com/office/outlook/12/cards" ver="1.0"/>
REV:20260331T093000Z
END:VCARD
"""

FOUR = """BEGIN:VCARD
VERSION:4.0
KIND:individual
FN:Zoë Ōe
N:Ōe;Zoë;;;
EMAIL;PREF=2:zoe@home.example
EMAIL;TYPE=work;PREF=1:zoe@example.jp
TEL;VALUE=uri;TYPE="voice,cell":tel:+81-3-1234;ext=5
LANG;TYPE=work;PREF=1:ja
ORG;SORT-AS="Oe":Ōe KK
NOTE:caret ^n stays
UID:urn:uuid:4fbe8971-0bc3-424c-9c26-36c3e1eff6b1
END:VCARD
"""


@pytest.fixture
def opened(tmp_path: Path) -> Opened:
    def open_(text: str | bytes, *, end: str = "\r\n") -> list[CardTable]:
        path = tmp_path / "cards.vcf"
        path.write_bytes(text if isinstance(text, bytes) else text.replace("\n", end).encode())
        assert recognise(path) is FileKind.CARDS
        return open_cards(path, [path])

    return open_


def rows(table: CardTable) -> list[dict[str, str]]:
    found = (dict(zip(table.headers, row.values, strict=True)) for row in table.rows())
    return [{name: value for name, value in row.items() if value} for row in found]


def test_a_card_of_apple(opened: Opened) -> None:
    (table,) = opened(APPLE)
    assert rows(table) == [
        {
            "name": "Dott.ssa Laura Maria Bianchi PhD",
            "honorific": "Dott.ssa",
            "given_name": "Laura Maria",
            "family_name": "Bianchi",
            "account": "Helios Packaging",
            "department": "Operations / Line 3",
            "title": "Plant manager",
            "reports_to": "Dario Conti",
            "email": "Laura@helios.example",
            "email_home": "laura@home.example",
            "email_2": "l.bianchi@club.example",
            "mobile": "+39 335 1234567",
            "phone_fax": "+39 051 99",
            "phone_fax_2": "+39 051 1",
            "city": "Bologna",
            "country": "Italia",
            "notes": "Likes tennis, hates golf\nCall after nine\n\nSuffix: PhD\n"
            "Address (work): Via Roma 1 Interno 2, 40100 Bologna BO, Italia\nWeb (homepage): https://helios.example\n"
            "Birthday: 1970-05-01",
            "vCard UID": "4A1B-77",
        }
    ]
    assert table.notes == ["Encoding: UTF-8.", "1 card has a picture or a sound, which is not kept."]


def test_a_card_of_google(opened: Opened) -> None:
    (table,) = opened(GOOGLE, end="\n")
    assert rows(table) == [
        {
            "name": "Dario Conti",
            "given_name": "Dario",
            "family_name": "Conti",
            "account": "Helios Packaging",
            "title": "CFO",
            "email": "dario@helios.example",
            "mobile": "335 7654321",
            "phone_2": "051 123",
            "notes": "Categories: myContacts,Customers",
        }
    ]


@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
def test_a_card_of_outlook(opened: Opened, end: str) -> None:
    (table,) = opened(OUTLOOK, end=end)
    assert rows(table) == [
        {
            "name": "Jürgen Müller",
            "given_name": "Jürgen",
            "family_name": "Müller",
            "account": "Aurora GmbH",
            "department": "Purchasing",
            "title": "Head of purchasing",
            "reports_to": "Anna Verdi",
            "email": "juergen@aurora.example",
            "phone": "+49 (89) 12",
            "mobile": "+49 171 12",
            "phone_fax": "+49 89 99",
            "city": "München",
            "country": "Germany",
            "notes": "First line\nsecond line, softly broken=\n\n"
            "Address (work): Hauptstr. 1 Hof, 80331 München, Germany\nAssistant: Karl",
        }
    ]


def test_a_card_of_version_4(opened: Opened) -> None:
    (table,) = opened(FOUR)
    assert rows(table) == [
        {
            "name": "Zoë Ōe",
            "given_name": "Zoë",
            "family_name": "Ōe",
            "account": "Ōe KK",
            "language": "ja",
            "email": "zoe@example.jp",
            "email_2": "zoe@home.example",
            "mobile": "+81-3-1234 ext. 5",
            "notes": "caret ^n stays",
            "vCard UID": "4fbe8971-0bc3-424c-9c26-36c3e1eff6b1",
        }
    ]


COMPANY = """BEGIN:VCARD
VERSION:3.0
N:;;;;
FN:Helios Packaging
ORG:Helios Packaging;
X-ABShowAs:COMPANY
TEL;TYPE=WORK:051 1
TEL;TYPE=WORK,FAX:051 2
ADR;TYPE=WORK:;;Via Roma 1;Bologna;BO;40100;Italia
URL:https://helios.example
END:VCARD
"""


@pytest.mark.parametrize("said", ["X-ABShowAs:COMPANY\n", "", "KIND:org\n"])
def test_the_card_of_a_company_is_an_account(opened: Opened, said: str) -> None:
    people, companies = opened(GOOGLE + COMPANY.replace("X-ABShowAs:COMPANY\n", said))
    assert len(rows(people)) == 1
    assert (companies.noun, companies.name) == ("account", "cards.vcf/companies")
    (row,) = rows(companies)
    assert row.pop("notes").startswith("Telephone (fax, work): 051 2")
    assert row == {
        "name": "Helios Packaging",
        "website": "https://helios.example",
        "phone": "051 1",
        "street": "Via Roma 1",
        "postcode": "40100",
        "city": "Bologna",
        "region": "BO",
        "country": "Italia",
    }


def test_several_cards_with_their_lines_and_faults(opened: Opened) -> None:
    group = "BEGIN:VCARD\nVERSION:3.0\nFN:All\nX-ADDRESSBOOKSERVER-KIND:group\nEND:VCARD\n"
    inner = "AGENT:\nBEGIN:VCARD\nFN:Assistant\nEND:VCARD\n"
    agent = f"BEGIN:VCARD\nVERSION:2.1\nN:Verdi;Anna\n{inner}TITLE:CEO\nEND:VCARD\n"
    open_ = "BEGIN:VCARD\nFN:Without end\n"
    (table,) = opened("\n\n" + GOOGLE + group + open_ + agent + "garbage\nBEGIN:VCARD\nFN:Last\nwhat is this\n")
    assert [(row.line, row.values[0]) for row in table.rows()] == [(3, "Dario Conti"), (22, "Anna Verdi")]
    assert [(problem.line, problem.reason) for problem in table.problems] == [
        (20, "the card is cut off: its end is missing"),
        (32, "the card is cut off: its end is missing"),
    ]
    assert rows(table)[1]["title"] == "CEO"
    assert "1 card is a group and was passed over." in table.notes
    assert "1 line is no property and was passed over." in table.notes


def test_cards_of_a_folder(tmp_path: Path) -> None:
    for name, text in (("b.vcf", APPLE), ("a.VCF", "\n" + GOOGLE + "BEGIN:VCARD\n"), ("c.txt", "no card")):
        (tmp_path / name).write_text(text, "utf-8")
    assert [path.name for path in files_in(tmp_path)] == ["a.VCF", "b.vcf"]
    (table,) = open_cards(tmp_path, files_in(tmp_path))
    assert [(row.values[0], table.place(row.line)) for row in table.rows()] == [
        ("Dario Conti", "a.VCF, line 2"),
        ("Dott.ssa Laura Maria Bianchi PhD", "b.vcf, line 1"),
    ]
    assert [table.place(problem.line) for problem in table.problems] == ["a.VCF, line 14"]
    (tmp_path / "empty").mkdir()
    with pytest.raises(FileProblemError, match="no vCards"):
        files_in(tmp_path / "empty")


@pytest.mark.parametrize("codec", ["utf-8-sig", "utf-16", "cp1252"])
def test_cards_in_other_encodings(opened: Opened, codec: str) -> None:
    (table,) = opened("BEGIN:VCARD\r\nFN:Müller, Jörg\r\nEND:VCARD\r\n".encode(codec))
    assert rows(table) == [{"name": "Müller, Jörg"}]


def test_more_addresses_than_there_are_columns_go_to_the_note(opened: Opened) -> None:
    lines = "".join(f"EMAIL;TYPE=WORK:a{number}@x.example\n" for number in range(8))
    (row,) = rows(opened(f"BEGIN:VCARD\nFN:A\n{lines}EMAIL:A0@X.example\nEND:VCARD\n")[0])
    assert [row[name] for name in ("email", "email_2", "email_5")] == ["a0@x.example", "a1@x.example", "a4@x.example"]
    assert row["notes"].splitlines() == [f"E-mail (work): a{number}@x.example" for number in (5, 6, 7)]


ENDLESS = {
    "folded": b"NOTE:" + b"x\r\n " * 1_500_000,
    "in one line": b"NOTE:" + b"x" * 3_000_000,
    "softly broken": b"NOTE;ENCODING=QUOTED-PRINTABLE:" + b"xx=\r\n" * 1_500_000,
}


@pytest.mark.parametrize("endless", ENDLESS.values(), ids=ENDLESS)
def test_an_endless_line_is_refused_quickly_and_in_little_memory(opened: Opened, endless: bytes) -> None:
    raw = b"BEGIN:VCARD\r\nFN:a\r\n" + endless + b"\r\nEND:VCARD\r\n"
    start = time.process_time()
    tracemalloc.start()
    with pytest.raises(FileProblemError, match="line 3: a property here is longer than 1 MB"):
        opened(raw)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert time.process_time() - start < ENDLESSLY
    assert peak < 64 << 20


@pytest.mark.parametrize(
    "long",
    [
        "X;" + " " * 500_000,
        'X;"=' + "a" * 500_000 + '":v',
        "TEL" + ";TYPE=a" * 120_000 + ":1",
        "NOTE;X=" + "a" * 60_000 + ":=\r\n" + "=\r\n" * 10_000,
    ],
    ids=["blanks", "quote", "types", "equals signs"],
)
def test_a_line_that_is_nearly_endless_is_gone_over_once(opened: Opened, long: str) -> None:
    start = time.process_time()
    (table,) = opened(f"BEGIN:VCARD\r\nFN:Ada\r\n{long}\r\nEND:VCARD\r\n".encode())
    assert time.process_time() - start < ENDLESSLY
    assert [row["name"] for row in rows(table)] == ["Ada"]


def test_an_endless_picture_is_passed_over(opened: Opened) -> None:
    picture = b"PHOTO;ENCODING=b:" + b"AAAA\r\n " * 50_000
    (table,) = opened(b"BEGIN:VCARD\r\nFN:a\r\n" + picture + b"\r\nEND:VCARD\r\n")
    assert rows(table) == [{"name": "a"}]


def test_a_card_of_everything_is_refused_and_the_others_are_not(opened: Opened) -> None:
    (table,) = opened("BEGIN:VCARD\nFN:a\n" + "X-A:b\n" * 3_000 + "END:VCARD\nBEGIN:VCARD\nFN:b\nEND:VCARD\n")
    assert rows(table) == [{"name": "b"}]
    assert [problem.reason for problem in table.problems] == ["the card has more in it than a card ever has"]


@given(st.text(st.sampled_from("\\;,n: é\n"), max_size=30))
def test_text_comes_back_as_it_was(text: str) -> None:
    assert unescaped(escaped(text)) == text
    assert [unescaped(part) for part in split(f"{escaped(text)};x;{escaped(text)}", ";")] == [text, "x", text]


@given(st.text(max_size=300), st.text(st.sampled_from('a"^:;,\n é'), max_size=20))
def test_written_lines_are_short_and_come_back(text: str, label: str) -> None:
    line = written("NOTE", escaped(text.replace("\r", "")), [("X-LABEL", label)])
    assert all(len(piece) <= 75 for piece in line.encode().split(b"\r\n"))


@pytest.mark.parametrize("name", SHORT)
def test_nothing_that_another_program_kept_leaves_the_line_it_is_in(name: str) -> None:
    raw = SHORT[name]
    text = written("NOTE", escaped(raw), [("X-LABEL", raw)]) + written("URL", raw)
    assert not has_control(text.replace("\r\n", "\n"))
    whole = text.replace("\r\n ", "")
    assert (whole.count("\n"), whole.count("\r\n")) == (2, 2)


@given(raw=st.binary(max_size=300) | st.text(st.sampled_from('BEGINVCARDEND:;=\r\n \\"')).map(str.encode))
def test_any_bytes_give_cards_or_a_sentence(tmp_path_factory: pytest.TempPathFactory, raw: bytes) -> None:
    path = tmp_path_factory.mktemp("cards") / "a.vcf"
    path.write_bytes(b"BEGIN:VCARD\r\nFN:a\r\n" + raw)
    try:
        for table in open_cards(path, [path]):
            list(table.rows())
    except FileProblemError as error:
        assert str(path) in str(error)  # noqa: PT017 - either is right


@pytest.mark.parametrize("text", SHORT)
def test_hostile_text_is_only_text(opened: Opened, text: str) -> None:
    for table in opened(f"BEGIN:VCARD\nFN:{text}\nNOTE:{text}\nORG:{text}\nEND:VCARD\n"):
        for row in table.rows():
            assert all(value.isprintable() or "\n" in value or "\t" in value for value in row.values)
