from __future__ import annotations

import json
import tracemalloc
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, strategies as st

from crmtui.errors import FileProblemError
from crmtui.exchange.json_lines import Record, RecordFile, read_records
from crmtui.exchange.kinds import FileKind, recognise
from hostile import SHORT, STRINGS, has_control

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Opened = Callable[..., RecordFile]

VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**63) + 1, 2**63 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(codec=None)),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)
OBJECTS = st.lists(st.dictionaries(st.text(st.characters(codec=None)), VALUES, max_size=4))


@pytest.fixture
def opened(tmp_path: Path) -> Opened:
    def open_(text: str | bytes, *, by_lines: bool = False) -> RecordFile:
        path = tmp_path / "records"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return read_records(path, by_lines=by_lines)

    return open_


def values(file: RecordFile) -> list[dict[str, Any]]:
    return [record.values for record in file.rows()]


def test_a_list_of_objects(opened: Opened) -> None:
    file = opened('[\n  {"name": "Acme", "size": 5},\n\n  {"name": "É"}\n]\n')
    assert list(file.rows()) == [
        Record(2, "", {"name": "Acme", "size": 5}),
        Record(4, "", {"name": "É"}),
    ]
    assert values(file) == values(file)
    assert file.problems == []


def test_an_object_with_lists(opened: Opened) -> None:
    file = opened('{"accounts": [{"a": 1},\n{"a": 2}], "version": {"x": [1]}, "people": [], "deals": [{"b": 3}]}')
    assert list(file.rows()) == [
        Record(1, "accounts", {"a": 1}),
        Record(2, "accounts", {"a": 2}),
        Record(2, "deals", {"b": 3}),
    ]


@pytest.mark.parametrize("text", ['{"name": "x", "emails": [{"value": "y"}]}', "{}", '{"a": {"b": []}}'])
def test_one_object_is_one_record(opened: Opened, text: str) -> None:
    assert values(opened(text)) == [json.loads(text)]


def test_no_objects(opened: Opened) -> None:
    assert values(opened(" [ ] ")) == []


def test_json_lines(opened: Opened) -> None:
    file = opened('{"a": 1}\r\n\n  {"a": "\u2028x"}\n{"a": [1, {"b": 2}]}', by_lines=True)
    assert list(file.rows()) == [
        Record(1, "", {"a": 1}),
        Record(3, "", {"a": "\u2028x"}),
        Record(4, "", {"a": [1, {"b": 2}]}),
    ]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ('{"a": }', "column 7: this is no JSON: Expecting value"),
        ('  {"a" 1}', "column 8: this is no JSON: Expecting ':' delimiter"),
        ('{"a": 1} x', "column 9: nothing should follow the object on its line"),
        ('{"a": "x', "column 7: this is no JSON: Unterminated string starting at"),
        ("[" * 100_000, "column 1: lists and objects are nested too deeply"),
        ('{"a":' * 50_000, "column 1: lists and objects are nested too deeply"),
        ('{"a": 1, "b": 2, "a": 3}', "the key “a” is there twice"),
        ('{"x": {"a\x7f": 1, "a\x7f": 3}}', "the key “a” is there twice"),
        ('{"a": NaN}', "“NaN” is not a number that JSON knows"),
        ('{"a": [-Infinity]}', "“-Infinity” is not a number that JSON knows"),
        ('{"a": 9223372036854775808}', "“9223372036854775808” is too large a number"),
        ('{"a": ' + "9" * 5000 + "}", "“" + "9" * 40 + "…” is too large a number"),
        ('{"a": 1e999}', "“1e999” is too large a number"),
        ("[1]", "this is no object with named values"),
        ('"x"', "this is no object with named values"),
        ("null", "this is no object with named values"),
    ],
)
def test_a_line_with_a_fault_is_left_out_with_its_reason(opened: Opened, line: str, reason: str) -> None:
    file = opened('{"ok": 1}\n' + line + '\n{"ok": 2}\n', by_lines=True)
    assert values(file) == [{"ok": 1}, {"ok": 2}]
    assert [(problem.line, problem.reason) for problem in file.problems] == [(2, reason)]


@pytest.mark.parametrize(
    ("element", "reason"),
    [
        ('{"a": 1, "a": 3}', "the key “a” is there twice"),
        ('{"a": NaN}', "“NaN” is not a number that JSON knows"),
        ('{"a": 1e400}', "“1e400” is too large a number"),
        ("5", "this is no object with named values"),
    ],
)
def test_an_element_with_a_fault_is_left_out_with_its_reason(opened: Opened, element: str, reason: str) -> None:
    file = opened('[{"ok": 1},\n' + element + ',\n{"ok": 2}]')
    assert values(file) == [{"ok": 1}, {"ok": 2}]
    assert [(problem.line, problem.reason) for problem in file.problems] == [(2, reason)]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[{"a": 1}\n {"b": 2}]', "line 2: column 2: “,” should stand here"),
        ('[{"a": 1},\n]', "line 2: column 1: this is no JSON: Expecting value"),
        ('[{"a": 1},\n {"b": tru', "line 2: column 8: this is no JSON: Expecting value"),
        ('[{"a": 1},\n {"b', "line 2: column 3: this is no JSON: Unterminated string"),
        ('[{"a": 1}', "line 1: column 10: “,” should stand here"),
        ('[{"a": 1}] x', "line 1: column 12: nothing should follow the end of the data"),
        ("name,city\n", "line 1: column 1: a list or an object should begin here"),
        ('{"a": [{"b": 1}], c}', "line 1: column 19: a name in quotes should stand here"),
        ('{"a": [{"b": 1}] "c": 1}', "line 1: column 18: “,” should stand here"),
        ('{"a": [{"b": 1}], "c" 1}', "line 1: column 23: “:” should stand here"),
        ('{"a": 1, }', "line 1: column 10: this is no JSON"),
        ("[" * 200_000, "line 1: column 2: lists and objects are nested too deeply"),
        ('{"a":' * 200_000, "line 1: column 1: lists and objects are nested too deeply"),
        ('[{"a": "' + "x" * 17_000_000 + '"}]', "what begins here is longer than 8 MB"),
        ('[\n{"a": 1, b}' + ',{"a": 1}' * 1_000_000, "line 2: column 10: this is no JSON"),
    ],
)
def test_what_is_no_json_is_refused_with_its_place(opened: Opened, text: str, said: str) -> None:
    with pytest.raises(FileProblemError) as refusal:
        values(opened(text))
    assert said in str(refusal.value)


@pytest.mark.parametrize("by_lines", [True, False])
def test_a_file_that_is_another_one_is_refused(opened: Opened, by_lines: bool) -> None:
    with pytest.raises(FileProblemError, match="too many records have a fault"):
        values(opened(("[" if not by_lines else "") + "5,\n" * 20_000, by_lines=by_lines))


def test_a_line_that_is_too_long_is_refused(opened: Opened) -> None:
    with pytest.raises(FileProblemError, match="one line is longer than 8 MB"):
        values(opened("x" * 40_000_000, by_lines=True))


@pytest.mark.parametrize("by_lines", [True, False])
def test_memory_does_not_grow_with_the_file(opened: Opened, by_lines: bool) -> None:
    row = '{"name": "Acme Corporation", "city": "Milano", "value": 12345}'
    file = opened("\n".join([row] * 50_000) if by_lines else "[" + ",\n".join([row] * 50_000) + "]", by_lines=by_lines)
    tracemalloc.start()
    try:
        assert [record.line for record in file.rows()][-1] == 50_000
        assert tracemalloc.get_traced_memory()[1] < 8_000_000
    finally:
        tracemalloc.stop()


def test_a_long_element_over_many_chunks(opened: Opened) -> None:
    objects = [{"text": "é\n" * 300_000, "n": 12345}, {"n": 1}]
    assert values(opened(json.dumps(objects, ensure_ascii=False))) == objects


@given(objects=OBJECTS, indent=st.sampled_from([None, 2]))
def test_objects_come_back(
    tmp_path_factory: pytest.TempPathFactory, objects: list[dict[str, Any]], indent: int | None
) -> None:
    path = tmp_path_factory.getbasetemp() / "back.json"
    path.write_text(json.dumps(objects, indent=indent), encoding="utf-8")
    assert values(read_records(path, by_lines=False)) == objects
    path.write_text("\n".join(map(json.dumps, objects)) or "\n{}", encoding="utf-8")
    assert values(read_records(path, by_lines=True)) == (objects or [{}])


@given(st.text(st.sampled_from('{}[]",:1e-NaN \n\\u\x00é')) | st.text(), st.booleans())
def test_any_text_gives_records_or_a_sentence(
    tmp_path_factory: pytest.TempPathFactory, text: str, by_lines: bool
) -> None:
    path = tmp_path_factory.getbasetemp() / "any.json"
    path.write_text(text, encoding="utf-8", newline="")
    try:
        recognise(path)
        file = read_records(path, by_lines=by_lines)
        values(file)
        assert not any(has_control(problem.reason) for problem in file.problems)
    except FileProblemError as refusal:
        assert not has_control(str(refusal))  # noqa: PT017 - both outcomes are fine


@pytest.mark.parametrize("name", STRINGS)
def test_hostile_keys_and_values_come_back(opened: Opened, name: str) -> None:
    written = json.dumps([{STRINGS[name]: STRINGS[name]}])
    assert values(opened(written)) == json.loads(written)
    if name in SHORT:
        assert values(opened(json.dumps({STRINGS[name]: [{"a": 1}]}))) == [{"a": 1}]


@pytest.mark.parametrize(
    ("name", "text", "kind"),
    [
        ("x.csv", "a,b\n1,2\n", FileKind.TABLE),
        ("x.csv", "[a],b\n1,2\n", FileKind.TABLE),
        ("x.csv", '[{"a": 1}]', FileKind.JSON),
        ("x.txt", '{"a": 1}\n{"a": 2}\n', FileKind.JSON_LINES),
        ("x.json", '{"a": 1}\n\n{"a": 2}\n', FileKind.JSON_LINES),
        ("x.json", '{\n"a": 1}', FileKind.JSON),
        ("x.json", '{"a": 1}', FileKind.JSON),
        ("x.json", "{\n{", FileKind.JSON),
        ("x.JSONL", '{"a": 1}', FileKind.JSON_LINES),
        ("x.ndjson", "broken", FileKind.JSON_LINES),
        ("x", "[]", FileKind.JSON),
        ("x", "[" * 70_000, FileKind.TABLE),
    ],
)
def test_kinds_of_files(tmp_path: Path, name: str, text: str, kind: FileKind) -> None:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    assert recognise(path) is kind


def test_a_long_list_beside_other_values_is_read_as_a_stream(opened: Opened) -> None:
    row = '{"name": "' + "x" * 1000 + '"}'
    file = opened('{"count": 20000, "page": {"rows": [' + ",".join([row] * 20_000) + "]}}")
    file.is_inside = True
    tracemalloc.start()
    assert file.outline() == ({"count": 20_000}, ["page.rows"])
    assert sum(record.kind == "page.rows" for record in file.rows()) == 20_000
    assert tracemalloc.get_traced_memory()[1] < 2 << 20
    tracemalloc.stop()


@pytest.mark.parametrize("text", ['{"a": 1, "b": [{"c": 1},]}', '{"a": 1,}', '{"a": 1 "b": 2}', '{"a": {"b": [{}]}'])
def test_what_is_no_json_within_an_object_is_refused(opened: Opened, text: str) -> None:
    with pytest.raises(FileProblemError):
        opened(text).outline()
