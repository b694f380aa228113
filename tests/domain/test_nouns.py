"""The records are found by the table that each says it is kept in, and none is loaded before it is asked for."""

from __future__ import annotations

import subprocess
import sys

from crmtui.domain import nouns
from crmtui.domain.fields import specs


def test_every_record_is_found_by_its_own_table() -> None:
    assert [kind.noun.table for kind in nouns.RECORDS] == list(nouns.BY_TABLE)
    assert len(nouns.RECORDS) == len(nouns.BY_TABLE) == len(set(nouns.RECORDS))
    assert nouns.BY_TABLE["person"] in nouns.RECORDS
    assert "nobody" not in nouns.BY_TABLE


def test_what_others_link_to_comes_first() -> None:
    """But for links between records of one kind."""
    seen: set[str] = set()
    for table, kind in nouns.BY_TABLE.items():
        links = {spec.link for spec in specs(kind).values() if spec.link and spec.link != table}
        assert links <= seen, table
        seen.add(table)


def test_asking_for_one_loads_no_other() -> None:
    script = (
        "import sys\nfrom crmtui.domain.nouns import BY_TABLE\n"
        "assert not [name for name in sys.modules if name == 'crmtui.domain.accounts']\n"
        "assert BY_TABLE['account'].__name__ == 'Account'\n"
        "assert 'crmtui.domain.plans' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", script], check=True)
