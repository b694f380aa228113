"""Exporting everything and importing it into nothing gives the same workspace."""

from __future__ import annotations

import datetime as dt
import json
from typing import TYPE_CHECKING

import pytest

from crmtui.commands.exporting import Format, export_to
from crmtui.commands.importing import ImportOptions, import_files
from crmtui.commands.sample import create_sample
from crmtui.errors import UsageError

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sample") / "sample.db"
    create_sample(path, dt.date(2026, 3, 12))
    return path


def everything(path: Path, target: Path) -> list[str]:
    export_to(path, "all", Format.JSONL, target)
    return sorted(target.read_text("utf-8").splitlines())


@pytest.mark.parametrize("form", list(Format))
def test_all_comes_back_the_same(sample: Path, tmp_path: Path, form: Format) -> None:
    target = tmp_path / ("all" if form in (Format.CSV, Format.TSV) else f"all.{form.value}")
    export_to(sample, "all", form, target)
    files = sorted(target.iterdir()) if target.is_dir() else [target]
    copy = tmp_path / "copy.db"
    report = import_files(copy, files, ImportOptions())
    assert report.rejected == 0
    assert everything(copy, tmp_path / "copy.jsonl") == everything(sample, tmp_path / "sample.jsonl")
    assert import_files(copy, files, ImportOptions()).done is False


def test_every_field_is_there_with_names_beside_identities(sample: Path, tmp_path: Path) -> None:
    target = tmp_path / "accounts.jsonl"
    export_to(sample, "accounts", Format.JSONL, target)
    objects = [json.loads(line) for line in target.read_text("utf-8").splitlines()]
    account = next(found for found in objects if found["type"] == "account" and found["owner"])
    assert account["owner_uid"]
    assert account["currency"] in ("EUR", "GBP", "CHF")
    assert account["revenue"] is None or isinstance(account["revenue"], int)
    assert {found["type"] for found in objects} == {"account", "tag", "competitor_position"}


def test_files_are_private_and_whole(sample: Path, tmp_path: Path) -> None:
    target = tmp_path / "people.csv"
    target.write_text("old", "utf-8")
    export_to(sample, "people", Format.CSV, target)
    assert target.stat().st_mode & 0o777 == 0o600
    assert len(target.read_text("utf-8").splitlines()) > 70


def test_unknown_kinds_are_named(sample: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="there are accounts"):
        export_to(sample, "unicorns", Format.CSV, tmp_path / "x.csv")
