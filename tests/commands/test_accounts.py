from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from crmtui.commands import accounts, history, records as commands
from crmtui.domain.accounts import Account, Competitor, CompetitorPosition, Note, Tag
from crmtui.domain.words import Source
from crmtui.errors import InvalidError, NotFoundError
from crmtui.queries import accounts as queries, records, workspace as past

if TYPE_CHECKING:
    from pathlib import Path

TODAY = dt.date(2026, 3, 12)
TUI = Source.TUI


@pytest.fixture
def three(workspace: Path) -> list[int]:
    return [commands.add(workspace, Account, {"name": name}, TUI) for name in ("Aurora", "Helios", "Nordik")]


def tags(path: Path, account: int) -> list[str]:
    return [tag.name for tag in records.belonging(path, Tag, "account_id", account)]


def test_several_accounts_are_tagged_in_one_step_that_undo_takes_back(workspace: Path, three: list[int]) -> None:
    assert accounts.tag(workspace, three, "key", TUI) == 3
    assert past.history(workspace, 1)[0].label == "Tag 3 accounts: key"
    history.undo(workspace, TUI)
    assert [tags(workspace, account) for account in three] == [[], [], []]


def test_an_account_that_has_the_tag_does_not_get_it_twice(workspace: Path, three: list[int]) -> None:
    accounts.tag(workspace, three[:1], "Key Account", TUI)
    assert accounts.tag(workspace, three[:2], "key account", TUI) == 1
    assert tags(workspace, three[0]) == ["Key Account"]
    assert past.history(workspace, 1)[0].label == "Tag Helios: key account"


def test_tags_without_letters_are_told_apart(workspace: Path, three: list[int]) -> None:
    accounts.tag(workspace, three[:1], "★", TUI)
    accounts.tag(workspace, three[:1], "✓", TUI)
    assert tags(workspace, three[0]) == ["★", "✓"]


def test_a_tag_is_taken_off_where_it_is(workspace: Path, three: list[int]) -> None:
    accounts.tag(workspace, three[:2], "key", TUI)
    assert accounts.untag(workspace, three, "Key", TUI) == 2
    assert queries.known_tags(workspace, three) == []


def test_known_tags_tell_how_many_of_the_given_accounts_have_them(workspace: Path, three: list[int]) -> None:
    accounts.tag(workspace, three, "all", TUI)
    accounts.tag(workspace, three[1:], "some", TUI)
    assert queries.known_tags(workspace, three[:2]) == [("all", 3, 2), ("some", 2, 1)]


@pytest.mark.parametrize("name", ["", " \u200b ", "x" * 51])
def test_a_tag_that_cannot_be_is_refused(workspace: Path, three: list[int], name: str) -> None:
    with pytest.raises(InvalidError) as caught:
        accounts.tag(workspace, three, name, TUI)
    assert list(caught.value.fields) == ["Tag"]


def test_an_account_that_is_gone_is_not_tagged_nor_are_the_others(workspace: Path, three: list[int]) -> None:
    with pytest.raises(NotFoundError):
        accounts.tag(workspace, [*three, 99], "key", TUI)
    assert tags(workspace, three[0]) == []


def test_a_title_with_braces_is_only_a_title(workspace: Path) -> None:
    account = commands.add(workspace, Account, {"name": "{tag} {0} {title}"}, TUI)
    accounts.tag(workspace, [account], "{count}", TUI)
    assert past.history(workspace, 1)[0].label == "Tag {tag} {0} {title}: {count}"


def test_a_position_is_written_once_and_changed_afterwards(workspace: Path, three: list[int]) -> None:
    rival = commands.add(workspace, Competitor, {"name": "Rivalco"}, TUI)
    first = accounts.set_position(workspace, three[0], rival, {"closeness": 2}, TUI, TODAY)
    again = accounts.set_position(workspace, three[0], rival, {"closeness": 4, "success_factors": "near"}, TUI, TODAY)
    assert first == again
    found = records.get(workspace, CompetitorPosition, first)
    assert (found.closeness, found.success_factors, found.judged_on) == (4, "near", TODAY)
    assert past.history(workspace, 1)[0].label == "Judge the position of Rivalco · Aurora"


def test_a_note_needs_something_that_it_is_about(workspace: Path, three: list[int]) -> None:
    note = accounts.add_note(workspace, {"account_id": three[0]}, "They move in May.\nAll of them.", TODAY, TUI)
    assert records.get(workspace, Note, note).text == "They move in May.\nAll of them."
    with pytest.raises(InvalidError):
        accounts.add_note(workspace, {}, "About nobody", TODAY, TUI)
    with pytest.raises(InvalidError):
        accounts.add_note(workspace, {"account_id": three[0]}, "  ", TODAY, TUI)
