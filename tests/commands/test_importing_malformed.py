"""Files that were made to do harm, or came to it: refused with a sentence, and the workspace is as it was."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from malformed import CASES, Case

from crmtui.commands.importing import ImportOptions, import_files
from crmtui.errors import FileProblemError

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_it_is_refused_with_a_sentence(workspace: Path, tmp_path: Path, case: Case) -> None:
    path = tmp_path / case.name
    case.make(path)
    before = workspace.read_bytes()
    try:
        report = import_files(workspace, [path], ImportOptions())
    except FileProblemError as refusal:
        said = str(refusal)
        assert case.name in said
    else:
        assert not report.done
        said = " ".join(problem.reason for file in report.files for problem in file.rejected)
    assert case.said in said
    assert len(said) < 1_000 or said.count(case.said) > 1
    assert workspace.read_bytes() == before
