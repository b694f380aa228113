"""People and accounts as vCards: what goes out comes back, and what we think of people stays here."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import Phase, given, settings, strategies as st

from crmtui.commands import people, records
from crmtui.commands.exporting import CardOptions, ExportOptions, Format, export_to
from crmtui.commands.importing import Existing, ImportOptions, import_files
from crmtui.domain.accounts import Account
from crmtui.domain.people import Person, PersonEmail, PersonPhone
from crmtui.domain.words import EmailKind, PhoneKind, Source
from crmtui.errors import UsageError
from crmtui.store.unit import work
from crmtui.store.writing.bulk import insert_many
from crmtui.text import clean, key, line
from store_dump import query

if TYPE_CHECKING:
    from pathlib import Path

    from crmtui.domain.fields import Record, Word

CARD = """BEGIN:VCARD
VERSION:3.0
PRODID:-//crmtui//crmtui//EN
UID:{uid}
FN:Laura Bianchi
N;X-CRMTUI-MADE=1:Bianchi;Laura;;;
TITLE:CEO
EMAIL;TYPE=INTERNET;TYPE=WORK;TYPE=PREF:laura@helios.example
TEL;TYPE=CELL;TYPE=VOICE;TYPE=PREF:+39 335 1
TEL;TYPE=WORK;TYPE=FAX:051\\, 9
{ours}REV:{rev}
END:VCARD
"""


OURS = """NOTE:Likes tennis\\; hates golf\\nCall after nine and write a long mail befor
 e that
X-CRMTUI-SOCIAL-STYLE:driving
X-CRMTUI-STYLE-BASIS:assumed
X-CRMTUI-STYLE-SOURCE:Dario
"""
JUDGED = CardOptions(judgements=True)


@pytest.fixture
def laura(workspace: Path) -> Path:
    fields = {
        "name": "Laura Bianchi",
        "title": "CEO",
        "emails": "laura@helios.example",
        "phones": "+39 335 1 mobile\n051, 9 fax",
        "notes": "Likes tennis; hates golf\nCall after nine and write a long mail before that",
        "social_style": "driving",
        "style_source": "Dario",
    }
    people.add(workspace, fields, Source.CLI)
    return workspace


@pytest.mark.parametrize(("options", "ours"), [(CardOptions(), ""), (JUDGED, OURS)])
def test_a_card_by_example(laura: Path, tmp_path: Path, options: CardOptions, ours: str) -> None:
    target = tmp_path / "people.vcf"
    assert export_to(laura, "people", Format.VCF, target, ExportOptions(cards=options)) == 1
    (uid,), (at,) = (*query(laura, "SELECT uid FROM person"), *query(laura, "SELECT max(at) FROM change_set"))
    assert target.read_bytes().decode() == CARD.format(uid=uid, rev=at, ours=ours).replace("\n", "\r\n")
    assert target.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("version", ["3.0", "4.0"])
def test_judgements_go_only_where_they_are_asked_for(filled: Path, tmp_path: Path, version: str) -> None:
    plain, told = tmp_path / "plain.vcf", tmp_path / "told.vcf"
    export_to(filled, "people", Format.VCF, plain, ExportOptions(cards=CardOptions(version=version)))
    export_to(filled, "people", Format.VCF, told, ExportOptions(cards=CardOptions(version=version, judgements=True)))
    unfolded = {path: path.read_bytes().decode().replace("\r\n ", "") for path in (plain, told)}
    assert "X-CRMTUI-S" not in unfolded[plain]
    assert "\nNOTE" not in unfolded[plain]
    assert "\nNOTE" in unfolded[told]
    assert "X-CRMTUI-SOCIAL-STYLE:" in unfolded[told]
    assert "X-CRMTUI-STAKEHOLDER:" in unfolded[told]
    assert "Attitude" in unfolded[told]
    copy = tmp_path / "copy.db"
    assert import_files(copy, [told], ImportOptions()).rejected == 0
    styles = "SELECT name, social_style, style_basis, style_on FROM person WHERE social_style IS NOT NULL ORDER BY name"
    assert query(copy, styles) == query(filled, styles) != []


@pytest.mark.parametrize(
    ("kind", "fields"),
    [
        (Person, {"city": "Bologna"}),
        (PersonEmail, {"address": "lb@helios.example"}),
        (PersonPhone, {"number": "051 8"}),
        (PersonPhone, None),
        (Account, {"name": "Helios Packaging"}),
    ],
)
def test_a_card_is_as_new_as_the_newest_of_what_it_tells(
    laura: Path, tmp_path: Path, kind: type[Record], fields: dict[str, Any] | None
) -> None:
    helios = records.add(laura, Account, {"name": "Helios"}, Source.CLI)
    records.edit(laura, Person, 1, {"account_id": helios}, Source.CLI)
    with work(laura, "later", Source.CLI) as unit:
        if fields is None:
            unit.delete(kind, 1)
        else:
            unit.update(kind, 1, fields)
    export_to(laura, "people", Format.VCF, tmp_path / "a.vcf")
    ((at,),) = query(laura, "SELECT at FROM change_set ORDER BY id DESC LIMIT 1")
    assert f"REV:{at}" in (tmp_path / "a.vcf").read_text("utf-8")


def test_cards_that_come_back_change_nothing_and_edited_ones_do(laura: Path, tmp_path: Path) -> None:
    target = tmp_path / "people.vcf"
    export_to(laura, "people", Format.VCF, target)
    assert not import_files(laura, [target], ImportOptions()).done
    target.write_text(target.read_text("utf-8").replace("TITLE:CEO", "TITLE:Chair"), "utf-8")
    assert import_files(laura, [target], ImportOptions(existing=Existing.OVERWRITE)).files[0].updated == 1
    assert query(laura, "SELECT title, notes <> '' FROM person") == [("Chair", 1)]


def test_a_card_of_another_program_goes_out_under_its_own_identity(workspace: Path, tmp_path: Path) -> None:
    uid = "4fbe8971-0bc3-424c-9c26-36c3e1eff6b1"
    path = tmp_path / "a.vcf"
    path.write_text(f"BEGIN:VCARD\nVERSION:4.0\nFN:Zoë\nUID:urn:uuid:{uid}\nEND:VCARD\n", "utf-8")
    import_files(workspace, [path], ImportOptions())
    for version, said in (("3.0", f"UID:{uid}"), ("4.0", f"UID:urn:uuid:{uid}")):
        export_to(workspace, "people", Format.VCF, path, ExportOptions(cards=CardOptions(version=version)))
        assert said in path.read_text("utf-8").splitlines()


def test_a_folder_gets_a_file_for_each_card(laura: Path, tmp_path: Path) -> None:
    people.add(laura, {"name": "Dario"}, Source.CLI)
    assert export_to(laura, "people", Format.VCF, tmp_path / "cards") == 2
    uids = {f"{uid}.vcf" for (uid,) in query(laura, "SELECT uid FROM person")}
    assert {path.name for path in (tmp_path / "cards").iterdir()} == uids
    assert import_files(tmp_path / "copy.db", [tmp_path / "cards"], ImportOptions()).files[0].new == 2


def test_what_has_no_card_is_refused(workspace: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cards are of people, accounts"):
        export_to(workspace, "orders", Format.VCF, tmp_path / "a.vcf")
    with pytest.raises(UsageError, match=r"3\.0, 4\.0"):
        export_to(workspace, "people", Format.VCF, tmp_path / "a.vcf", ExportOptions(cards=CardOptions(version="2.1")))


LINES = st.text(st.sampled_from("aàZ 1,;:\\\"'=^n✓あ"), max_size=90).map(line)
NAMES = LINES.filter(key)
TEXTS = st.text(st.sampled_from("aà ,;:\\\n=日"), max_size=200).map(clean).filter(lambda text: text.strip() or not text)


# Without comma and semicolon: they part two addresses, as they do in the columns of other programs.
def ways(kinds: type[Word]) -> st.SearchStrategy[list[tuple[str, Word]]]:
    way = st.tuples(
        st.from_regex(r"[a-z0-9@+:= ]{1,20}", fullmatch=True).map(line).filter(bool), st.sampled_from(list(kinds))
    )
    return st.lists(way, max_size=4, unique_by=lambda way: way[0])


PEOPLE = st.lists(
    st.fixed_dictionaries(
        {
            "name": NAMES,
            "honorific": LINES.map(lambda text: text[:50].strip()),
            "given_name": LINES,
            "family_name": LINES,
            "title": LINES,
            "department": LINES,
            "language": LINES.map(lambda text: text[:50].strip()),
            "city": LINES,
            "country": LINES,
            "notes": TEXTS,
            "account": st.sampled_from(["", "Helios; Packaging, S.p.A.", "Aurora"]),
            "emails": ways(EmailKind),
            "phones": ways(PhoneKind),
        }
    ),
    min_size=1,
    max_size=10,
    unique_by=lambda person: key(str(person["name"])),
)
PARTS = ("name", "honorific", "given_name", "family_name")
FIELDS = (*PARTS, "title", "department", "language", "city", "country", "notes")


def put(path: Path, found: list[dict[str, Any]]) -> None:
    """The people, each after the first the boss of the one before in the same account."""
    with work(path, "people", Source.CLI, by_record=False) as unit:
        names = sorted({person["account"] for person in found} - {""})
        accounts = dict(zip(names, insert_many(unit, Account, ({"name": name} for name in names)), strict=True))
        rows = [
            {name: person[name] for name in FIELDS} | {"account_id": accounts.get(person["account"])}
            for person in found
        ]
        keys = insert_many(unit, Person, rows)
        for kind, field, name in ((PersonEmail, "address", "emails"), (PersonPhone, "number", "phones")):
            insert_many(
                unit,
                kind,
                (
                    {"person_id": person_id, field: value, "kind": word, "is_primary": not place}
                    for person_id, person in zip(keys, found, strict=True)
                    for place, (value, word) in enumerate(person[name])
                ),
            )


def people_of(path: Path) -> list[Any]:
    fields = ", ".join(f"p.{name}" for name in FIELDS)
    found = query(path, f"SELECT p.id, {fields}, a.name FROM person p LEFT JOIN account a ON a.id = p.account_id")
    ways = {
        table: query(path, f"SELECT person_id, {field}, kind, is_primary FROM {table}")
        for table, field in (("person_email", "address"), ("person_phone", "number"))
    }
    return sorted(
        (row[1:], *(sorted(way[1:] for way in table if way[0] == row[0]) for table in ways.values())) for row in found
    )


@settings(max_examples=6, phases=[Phase.generate])  # each example is two workspaces: to shrink takes minutes
@given(PEOPLE, st.sampled_from(["3.0", "4.0"]))
def test_people_come_back_as_they_were(
    template: Path, tmp_path_factory: pytest.TempPathFactory, found: list[dict[str, Any]], version: str
) -> None:
    folder = tmp_path_factory.mktemp("cards")
    for name in ("team.db", "copy.db"):
        shutil.copy2(template, folder / name)
    put(folder / "team.db", found)
    export_to(
        folder / "team.db",
        "people",
        Format.VCF,
        folder / "a.vcf",
        ExportOptions(cards=CardOptions(version=version, judgements=True)),
    )
    report = import_files(folder / "copy.db", [folder / "a.vcf"], ImportOptions())
    assert (report.rejected, report.files[0].new) == (0, len(found))
    assert people_of(folder / "copy.db") == people_of(folder / "team.db")
    assert not import_files(folder / "team.db", [folder / "a.vcf"], ImportOptions()).done


def test_companies_come_back_as_they_were(filled: Path, tmp_path: Path) -> None:
    export_to(filled, "accounts", Format.VCF, tmp_path / "a.vcf", ExportOptions(cards=JUDGED))
    report = import_files(tmp_path / "copy.db", [tmp_path / "a.vcf"], ImportOptions())
    assert [file.table for file in report.files] == ["account"]
    told = (
        "SELECT name, website, email, phone, street, postcode, city, region, country, notes FROM account ORDER BY name"
    )
    assert query(tmp_path / "copy.db", told) == query(filled, told)
