"""What an older export of ours may do to a workspace that somebody has gone on with: as little as any other file."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from crmtui.commands.exporting import Format, export_to
from crmtui.commands.importing import Existing
from incoming import bring, file
from store_dump import query

if TYPE_CHECKING:
    from pathlib import Path

    from crmtui.commands.import_report import FileReport

A, B = "a" * 16, "b" * 16
ADA = {"type": "person", "uid": "p" * 16, "name": "Ada", "account_uid": A}
NOW = (
    {"type": "account", "uid": A, "name": "Acme", "industry": "services", "city": "Roma", "revenue": 500,
     "currency": "EUR", "level": "buyer", "level_on": "2026-03-01", "level_basis": "confirmed"},
    {"type": "account", "uid": B, "name": "Beta", "parent_uid": A},
    ADA,
    {"type": "person_email", "uid": "e" * 16, "person_uid": ADA["uid"], "address": "ada@acme.it"},
)  # fmt: skip
OLD = (
    {"type": "account", "uid": A, "name": "Acme", "industry": "retail", "city": "", "website": "acme.it",
     "revenue": 900, "potential": 70, "currency": "USD", "parent_uid": "c" * 16, "level": "partner",
     "level_on": "2025-01-01", "level_basis": "assumed", "level_source": "a guess"},
    {"type": "account", "uid": B, "name": "Beta", "parent_uid": "c" * 16},
    {"type": "account", "uid": "c" * 16, "name": "Group"},
    {"type": "person_email", "uid": "e" * 16, "person_uid": ADA["uid"], "address": "old@acme.it"},
    {"type": "person_email", "uid": "f" * 16, "person_uid": ADA["uid"], "address": "ada@home.it", "kind": "home"},
)  # fmt: skip
FOUND = """SELECT a.industry, a.city, a.website, a.revenue, a.potential, a.currency, p.name, a.level, a.level_on,
    a.level_source FROM account a LEFT JOIN account p ON p.id = a.parent_id WHERE a.name IN ('Acme', 'Beta')
    ORDER BY a.id"""


def own(workspace: Path, *rows: dict[str, Any], **options: Any) -> FileReport:
    """Bring rows of our own format."""
    text = "".join(f"{json.dumps(row)}\n" for row in rows)
    return bring(workspace, file(workspace.with_name("own.jsonl"), text), **options)


@pytest.mark.parametrize(
    ("existing", "acme", "parent", "mail", "counts"),
    [
        (
            Existing.FILL,
            ("services", "Roma", "acme.it", 500, None, "EUR", "Group", "buyer", "2026-03-01", ""),
            *("Acme", "ada@acme.it", (2, 1, 2)),
        ),
        (
            Existing.SKIP,
            ("services", "Roma", "", 500, None, "EUR", None, "buyer", "2026-03-01", ""),
            *("Acme", "ada@acme.it", (2, 0, 3)),
        ),
        (
            Existing.OVERWRITE,
            ("retail", "", "acme.it", 900, 70, "USD", "Group", "partner", "2025-01-01", "a guess"),
            *("Group", "old@acme.it", (2, 3, 0)),
        ),
    ],
)
def test_rows_of_ours_do_no_more_to_what_is_there_than_others(
    workspace: Path, existing: Existing, acme: tuple[object, ...], parent: str, mail: str, counts: tuple[int, int, int]
) -> None:
    own(workspace, *NOW)
    report = own(workspace, *OLD, existing=existing, is_traced=True)
    found = query(workspace, FOUND)
    assert (found[0], found[1][6]) == (acme, parent)
    assert query(workspace, "SELECT address FROM person_email ORDER BY id") == [(mail,), ("ada@home.it",)]
    assert (report.new, report.updated, report.kept) == counts
    assert bool(report.held) is (existing is not Existing.OVERWRITE)
    assert own(workspace, *OLD, existing=existing).updated == 0


@pytest.mark.parametrize("existing", Existing)
def test_what_went_out_and_did_not_change_is_unchanged(sample: Path, tmp_path: Path, existing: Existing) -> None:
    out = tmp_path / "all.jsonl"
    export_to(sample, "all", Format.JSONL, out)
    report = bring(sample, out, existing=existing)
    assert (report.new, report.updated, report.kept) == (0, 0, 0)


@pytest.mark.parametrize("existing", Existing)
def test_a_refusal_counts_whatever_rows_may_do(workspace: Path, existing: Existing) -> None:
    (channel,) = query(workspace, "SELECT uid FROM channel ORDER BY id LIMIT 1")[0]
    said = {"type": "consent", "uid": "s" * 16, "person_uid": ADA["uid"], "channel_uid": channel, "day": "2026-03-01"}
    own(workspace, NOW[0], ADA, said | {"state": "granted"})
    own(workspace, said | {"state": "refused"}, existing=existing)
    assert query(workspace, "SELECT state FROM consent") == [("refused",)]
