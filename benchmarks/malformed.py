"""What does it cost to refuse a file that was made to do harm, or that came to it?

python benchmarks/malformed.py [--json]

Each file is made, and `crmtui import` of it is run in a process of its own: it must end within two seconds and 200 MiB,
its workers among them, with a sentence that names the file, and leave the workspace as it was. `CASES` serves the
tests too.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import shutil
import sys
import tempfile
import time
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from installed import environment
from report import Target, tell

from crmtui.commands import workspace

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

MOST_SECONDS: Final = 2
MOST_MIB: Final = 200
HERE: Final = Path(sys.executable).parent
MEGA: Final = 1 << 20
_SHEET: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
_ROW: Final = '<row r="1"><c r="A1" t="inlineStr"><is><t>Company name</t></is></c></row>'
_ENTITY: Final = '<!DOCTYPE x [<!ENTITY name SYSTEM "file:///etc/passwd">]>'


class Case(NamedTuple):
    """A file.

    Attributes:
        name: what it is called.
        make: writes it.
        said: what the sentence that refuses it says.
    """

    name: str
    make: Callable[[Path], object]
    said: str


def _text(text: str | Callable[[], str]) -> Callable[[Path], object]:
    """Writes a text; one that takes long to make is made then."""
    return lambda path: path.write_text(text if isinstance(text, str) else text(), "utf-8", newline="")


def _workbook(path: Path, rows: str = _ROW, before: str = "", more: int = 0, sheets: int = 1) -> None:
    """A workbook with one sheet, or the same several times; `more` megabytes of blanks are a part of it."""
    listed = "".join(f'<sheet name="a{number}" sheetId="{number}" r:id="rId1"/>' for number in range(1, sheets + 1))
    links = f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"/>',
        "_rels/.rels": f'{links}Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{_SHEET}" xmlns:r="{_OFFICE}"><sheets>{listed}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'{links}Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
        "</Relationships>",
        "xl/styles.xml": f'<styleSheet xmlns="{_SHEET}"/>',
        "xl/worksheets/sheet1.xml": f'{before}<worksheet xmlns="{_SHEET}"><sheetData>{rows}</sheetData></worksheet>',
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
        if more:
            with archive.open("xl/sharedStrings.xml", "w") as part:
                for _mega in range(more):
                    part.write(b" " * MEGA)


def _cut_off(path: Path) -> None:
    _workbook(path)
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])


def _wide(count: int) -> str:
    cells = (f'<c r="{_letters(number)}1" t="inlineStr"><is><t>c{number}</t></is></c>' for number in range(count))
    return f'<row r="1">{"".join(cells)}</row>'


def _letters(number: int) -> str:
    found, left = "", number + 1
    while left:
        left, rest = divmod(left - 1, 26)
        found = chr(65 + rest) + found
    return found


def _series(rule: str, count: int) -> str:
    event = "BEGIN:VEVENT\r\nUID:{0}\r\nDTSTART:19700101T000000Z\r\nSUMMARY:x\r\nRRULE:{1}\r\nEND:VEVENT\r\n"
    entries = "".join(event.format(number, rule) for number in range(count))
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{entries}END:VCALENDAR\r\n"


def _members(name: str, value: str, count: int) -> str:
    """An object of JSON; both are numbered."""
    return "{" + ", ".join(f'"{name.format(number)}": {value.format(number)}' for number in range(count)) + "}"


CASES: Final[tuple[Case, ...]] = (
    Case("cut off.xlsx", _cut_off, "damaged"),
    Case("cut off.csv", _text('Company name,City\nHelios,"Roma\nNordik,Oslo\n'), "never closed"),
    Case("cut off.json", _text('[{"type": "account", "name": "Helios"}, {"type": "acc'), "line 1"),
    Case("cut off.vcf", _text("BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Ada Bianchi\r\nEMAIL:ada@x"), "cut off"),
    Case("nested quotes.csv", _text('Company name,City\n"Helios "the sun" Spa",Roma\n'), "text follows a quote"),
    Case("nested lists.json", _text("[" * 5_000_000), "nested too deeply"),
    Case("3,000 lists.json", _text(lambda: _members("l{0}", '[{{"a": {0}}}]', 3_000)), "3000 lists"),
    Case("400,000 members.json", _text(lambda: f"[{_members('k{0}', '{0}', 400_000)}]"), "400000 columns"),
    Case("long headers.csv", _text(",".join(["h" * 4_000] * 500) + "\n1\n"), "fit no noun"),
    Case("1 MB cell.csv", _text(f"Company name,Notes\nHelios,{'x' * (MEGA + 1)}\n"), "longer than 1 MB"),
    Case(
        "1 MB cells.xlsx",
        lambda path: _workbook(
            path, _ROW + f'<row r="2"><c r="A2" t="inlineStr"><is><t>{"x" * MEGA}</t></is></c></row>'
        ),
        "characters",
    ),
    Case("10,000 columns.csv", _text(",".join(f"c{number}" for number in range(10_000)) + "\n1\n"), "10000 columns"),
    Case("10,000 columns.xlsx", lambda path: _workbook(path, _wide(10_000)), "10000 columns"),
    Case("5,000 sheets.xlsx", lambda path: _workbook(path, sheets=5_000), "5000 sheets"),
    Case("bomb.xlsx", lambda path: _workbook(path, more=512), "unpacks to"),
    Case("entities.xlsx", lambda path: _workbook(path, before=_ENTITY), "declares entities"),
    Case(
        "a million by sixteen thousand.xlsx",
        lambda path: _workbook(path, _ROW + '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'),
        "spans",
    ),
    Case("every second.ics", _text(lambda: _series("FREQ=SECONDLY", 500)), "too often"),
    Case("every day of 300.ics", _text(_series("FREQ=DAILY", 300)), "too often"),
    Case("never.ics", _text(_series("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", 3_000)), "too often"),
    Case("without names.jsonl", _text('{"type":"account"}\n' * 500_000), "too many records"),
    Case("in one another.ics", _text("BEGIN:VCALENDAR\r\n" + "BEGIN:VEVENT\r\n" * 500_000), "do not end"),
    Case("of nobody.vcf", _text("BEGIN:VCARD\r\nVERSION:3.0\r\nEND:VCARD\r\n" * 300_000), "too many cards"),
    Case("folded.ics", _text("BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nSUMMARY:" + "x\r\n " * 2_000_000), "longer than 1 MB"),
    Case("folded.vcf", _text("BEGIN:VCARD\r\nFN:a\r\nNOTE:" + "x\r\n " * 2_000_000), "longer than 1 MB"),
)


def measure(folder: Path) -> dict[str, dict[str, float]]:
    """For each file what its import takes, by the clock and at the most in memory."""
    team = folder / "team.db"
    workspace.create(team, name="Team")
    figures = {}
    for case in CASES:
        path = folder / case.name
        case.make(path)
        figures[case.name] = _refused(case, path, team)
        path.unlink()
    return figures


def _refused(case: Case, path: Path, team: Path) -> dict[str, float]:
    before, said = _digest(team), path.with_suffix(".said")
    arguments = [str(HERE / "crmtui"), "--db", str(team), "import", str(path)]
    writing = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
    actions = [(os.POSIX_SPAWN_OPEN, 1, str(said), writing, 0o600), (os.POSIX_SPAWN_DUP2, 1, 2)]
    begun = time.perf_counter()
    child = os.posix_spawnp(arguments[0], arguments, environment(), file_actions=actions)
    _pid, status, used = os.wait4(child, 0)
    took = time.perf_counter() - begun
    sentence = said.read_text("utf-8")
    if os.waitstatus_to_exitcode(status) != 1 or case.said not in sentence or _digest(team) != before:
        raise SystemExit(f"{case.name} was not refused as it should be: {sentence}")
    return {
        "wall_s": round(took, 2),
        "cpu_s": round(used.ru_utime + used.ru_stime, 2),
        "peak_mib": round(used.ru_maxrss / 1024, 1),
    }


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def targets(figures: Mapping[str, Mapping[str, float]]) -> list[Target]:
    """The slowest and the largest of them."""
    return [
        Target("seconds of the slowest", max(one["wall_s"] for one in figures.values()), MOST_SECONDS),
        Target("peak memory of the largest in MiB", max(one["peak_mib"] for one in figures.values()), MOST_MIB),
    ]


def main() -> None:
    """Measure, and print figures with their targets."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        for place in ("CONFIG", "DATA", "STATE"):
            os.environ[f"CRMTUI_{place}_DIR"] = str(Path(name) / place.lower())
        figures = measure(Path(name))
        shutil.rmtree(Path(name) / "state", ignore_errors=True)
    tell(figures, targets(figures), as_json=options.json)


if __name__ == "__main__":
    main()
