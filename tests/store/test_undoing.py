"""Undo by example: what comes back, what is refused, and in which words."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest

from crmtui.commands import history
from crmtui.domain.accounts import Account, Competitor, Note, Tag
from crmtui.domain.identity import ExternalIdentity
from crmtui.domain.people import Person
from crmtui.domain.plans import Channel, Contact
from crmtui.domain.words import Source
from crmtui.domain.workspace import Actor
from crmtui.errors import ConflictError, NotFoundError
from crmtui.queries import workspace as queries
from crmtui.store import undoing
from crmtui.store.unit import work
from store_dump import dump, faults

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from crmtui.domain.fields import Record

TUI = Source.TUI
DAY = dt.date(2026, 3, 12)


def add(path: Path, kind: type[Record], /, **given: Any) -> int:
    with work(path, "add", TUI) as unit:
        return unit.insert(kind, given)


def change(path: Path, kind: type[Record], key: int, **given: Any) -> int:
    """Returns the number of the change set."""
    with work(path, "change", TUI) as unit:
        unit.update(kind, key, given)
    return queries.version(path)


def delete(path: Path, kind: type[Record], keys: Iterable[int]) -> int:
    with work(path, "delete", TUI) as unit:
        for key in keys:
            unit.delete(kind, key)
    return queries.version(path)


def refused(path: Path, number: int) -> ConflictError:
    """Undo is refused and changes nothing."""
    before = dump(path)
    with pytest.raises(ConflictError) as caught:
        history.undo(path, TUI, number)
    assert dump(path) == before
    return caught.value


def test_a_deleted_account_comes_back_with_all_that_belonged_to_it(workspace: Path) -> None:
    account = add(workspace, Account, name="Aurora")
    person = add(workspace, Person, name="Laura", account_id=account)
    add(workspace, Person, name="Conti", account_id=account, reports_to_id=person)
    add(workspace, Tag, name="vip", account_id=account)
    add(workspace, Note, text="met", account_id=account, day=DAY)
    add(workspace, ExternalIdentity, source="s", kind="account", external_id="7", record_id=account)
    before = dump(workspace)
    delete(workspace, Account, [account])
    gone = dump(workspace)
    assert not any(gone[table] for table in ("account", "person", "tag", "note", "external_identity"))
    history.undo(workspace, TUI)
    assert dump(workspace) == before
    history.redo(workspace, TUI)
    assert dump(workspace) == gone
    assert faults(workspace) == []


def test_nothing_is_redone_once_something_new_was_done(workspace: Path) -> None:
    add(workspace, Account, name="Aurora")
    history.undo(workspace, TUI)
    add(workspace, Account, name="Helios")
    before = dump(workspace)
    with pytest.raises(NotFoundError):
        history.redo(workspace, TUI)
    assert dump(workspace) == before


def test_what_was_redone_is_called_what_it_was_called_when_it_was_done(workspace: Path) -> None:
    add(workspace, Account, name="Aurora")
    done = queries.history(workspace, 1)[0].label
    assert history.undo(workspace, TUI).label == done
    assert history.redo(workspace, TUI).label == done
    assert queries.history(workspace, 1)[0].label == f"Redo: {done}"


def test_a_link_that_a_deletion_cleared_is_filled_again(workspace: Path) -> None:
    owner = add(workspace, Actor, name="Anna")
    add(workspace, Account, name="Aurora", owner_id=owner)
    before = dump(workspace)
    delete(workspace, Actor, [owner])
    history.undo(workspace, TUI)
    assert dump(workspace) == before


def test_later_changes_of_other_columns_stay(workspace: Path) -> None:
    account = add(workspace, Account, name="Aurora", city="Milano")
    moved = change(workspace, Account, account, city="Torino")
    change(workspace, Account, account, industry="packaging")
    history.undo(workspace, TUI, moved)
    with work(workspace, "", TUI) as unit:
        row = unit.connection.execute("SELECT city, industry FROM account").fetchone()
    assert row == ("Milano", "packaging")


def test_a_later_change_of_the_same_column_stands_in_the_way(workspace: Path) -> None:
    account = add(workspace, Account, name="Aurora", city="Milano")
    moved = change(workspace, Account, account, city="Torino")
    change(workspace, Account, account, city="Roma")
    assert refused(workspace, moved).lines == ("account Aurora: was changed since",)


def test_a_change_that_was_itself_undone_stands_in_nobodys_way(workspace: Path) -> None:
    account = add(workspace, Account, name="Aurora", city="Milano")
    moved = change(workspace, Account, account, city="Torino")
    change(workspace, Account, account, city="Roma")
    history.undo(workspace, TUI)
    history.undo(workspace, TUI, moved)
    history.undo(workspace, TUI)
    assert dump(workspace)["account"] == []


def test_what_was_added_and_then_changed_is_not_taken_away(workspace: Path) -> None:
    account = add(workspace, Account, name="Aurora")
    added = queries.version(workspace)
    change(workspace, Account, account, notes="worth keeping")
    assert refused(workspace, added).lines == ("account Aurora: was changed since",)


def test_what_hangs_on_an_addition_stands_in_its_way(workspace: Path) -> None:
    account = add(workspace, Account, name="Aurora")
    added = queries.version(workspace)
    add(workspace, Person, name="Laura", account_id=account)
    assert refused(workspace, added).lines == ("person Laura: was added since",)


def test_what_was_changed_and_then_deleted_stands_in_the_way(workspace: Path) -> None:
    account = add(workspace, Account, name="Aurora")
    changed = change(workspace, Account, account, city="Roma")
    delete(workspace, Account, [account])
    assert refused(workspace, changed).lines == ("account Aurora: was deleted since",)


def test_a_deletion_is_not_undone_into_nowhere(workspace: Path) -> None:
    account = add(workspace, Account, name="Aurora")
    person = add(workspace, Person, name="Laura", account_id=account)
    gone = delete(workspace, Person, [person])
    delete(workspace, Account, [account])
    assert refused(workspace, gone).lines == ("person Laura: links to one of the accounts that is gone",)


def test_a_name_that_was_given_away_since_is_said(workspace: Path) -> None:
    first = add(workspace, Competitor, name="Rivalco")
    renamed = change(workspace, Competitor, first, name="Altra")
    add(workspace, Competitor, name="Rivalco")
    assert refused(workspace, renamed).lines == ("Another competitor has the same Name already.",)


def test_a_long_list_of_reasons_is_cut(workspace: Path) -> None:
    account = add(workspace, Account, name="Aurora")
    added = queries.version(workspace)
    with work(workspace, "add", TUI) as unit:
        for number in range(30):
            unit.insert(Person, {"name": f"Laura {number}", "account_id": account})
    lines = refused(workspace, added).lines
    assert len(lines) == undoing.MOST_LINES + 1
    assert lines[-1] == "and 10 more"


def test_names_that_were_passed_on_are_passed_back(workspace: Path) -> None:
    """Taking the steps back in another order would meet a name that is still taken."""
    keys = [add(workspace, Competitor, name=name) for name in ("b", "a")]
    before = dump(workspace)
    with work(workspace, "pass on", TUI) as unit:
        unit.update(Competitor, keys[0], {"name": "c"})
        unit.update(Competitor, keys[1], {"name": "b"})
        unit.insert(Competitor, {"name": "a"})
    history.undo(workspace, TUI)
    assert dump(workspace) == before


def test_what_was_needed_goes_after_what_needed_it(workspace: Path) -> None:
    contact = add(workspace, Contact, channel_id=1, day=DAY)
    before = dump(workspace)
    with work(workspace, "another channel", TUI) as unit:
        channel = unit.insert(Channel, {"code": "fair", "name": "Fair"})
        unit.update(Contact, contact, {"channel_id": channel})
    history.undo(workspace, TUI)
    assert dump(workspace) == before


def test_replacing_a_row_is_undone(workspace: Path) -> None:
    """INSERT OR REPLACE deletes, and SQLite tells no trigger of it unless it is asked to."""
    add(workspace, Competitor, name="Rivalco", notes="strong")
    before = dump(workspace)
    with work(workspace, "replace", TUI) as unit:
        unit.connection.execute(
            "INSERT OR REPLACE INTO competitor SELECT id, uid, 'x', 'X', '', '', '', '' FROM competitor"
        )
    history.undo(workspace, TUI)
    assert dump(workspace) == before
    assert faults(workspace) == []


def test_thousands_of_rows_are_one_step(workspace: Path) -> None:
    empty = dump(workspace)
    with work(workspace, "import", Source.IMPORT) as unit:
        unit.connection.executemany(
            "INSERT INTO competitor (uid, name_key, name, website, strengths, weaknesses, notes)"
            " VALUES (?, ?, ?, '', '', '', '')",
            ((f"u{number}", f"c{number}", f"C{number}") for number in range(10_000)),
        )
    full = dump(workspace)
    history.undo(workspace, TUI)
    assert dump(workspace) == empty
    history.redo(workspace, TUI)
    assert dump(workspace) == full
    with work(workspace, "change", TUI) as unit:
        unit.connection.execute("UPDATE competitor SET notes = 'n' || id, website = name")
    history.undo(workspace, TUI)
    assert dump(workspace) == full
    assert faults(workspace) == []


def test_an_unknown_change_is_not_found(workspace: Path) -> None:
    with pytest.raises(NotFoundError), work(workspace, "", TUI) as unit:
        undoing.undo(unit, 4711)
