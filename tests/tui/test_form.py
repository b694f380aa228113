from __future__ import annotations

import datetime as dt
import threading
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest
from textual.widgets import Input, OptionList, Static

from crmtui.commands import records, workspace
from crmtui.domain import words
from crmtui.domain.accounts import Account
from crmtui.domain.dmu import Stakeholder
from crmtui.domain.fields import specs
from crmtui.domain.offerings import OrderLine
from crmtui.domain.opportunities import Opportunity
from crmtui.domain.scorecards import Criterion
from crmtui.domain.words import Source
from crmtui.domain.workspace import Actor
from crmtui.errors import CrmtuiError, InvalidError
from crmtui.queries import records as queries
from crmtui.tui import drafts
from crmtui.tui.screens.ask import AskScreen
from crmtui.tui.screens.choose import ChooseScreen
from crmtui.tui.screens.form import FormScreen, Saved, Shape, adding, editing
from crmtui.tui.widgets.fields import LinkEditor, OptionsEditor, TextEditor, choices
from tui.shell import NARROW, WIDE, Shell, until

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from textual.pilot import Pilot


@pytest.fixture(autouse=True)
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CRMTUI_STATE_DIR", str(tmp_path / "state"))
    path = tmp_path / "team.db"
    workspace.create(path, name="The team")
    return path


class Desk:
    """A form that is open, and how it was closed."""

    def __init__(self, app: Shell, pilot: Pilot[int], form: FormScreen[Any]) -> None:
        self.app = app
        self.pilot = pilot
        self.form = form
        self.closed: list[Saved[Any] | None] = []

    async def open(self) -> None:
        await until(self.pilot, lambda: self.app.follow.news)
        self.app.push_screen(self.form, self.closed.append)
        await until(self.pilot, lambda: self.form.is_attached and self.form.focused)

    async def save(self) -> Saved[Any]:
        await self.pilot.press("ctrl+s")
        await until(self.pilot, lambda: self.closed)
        assert self.closed[0] is not None
        return self.closed[0]

    def put(self, **typed: str) -> None:
        self.form.form.put(typed)

    def message(self, name: str) -> str:
        return str(self.form.query_one(f"#message-{name}", Static).content)

    @property
    def hint(self) -> str:
        return str(self.form.query_one("#hint", Static).content)


def offered(app: Shell) -> int:
    """How many records a chooser offers; 0 while none is open."""
    return app.screen.query_one(OptionList).option_count if isinstance(app.screen, ChooseScreen) else 0


def is_in_sight(screen: FormScreen[Any], name: str) -> bool:
    return screen.form.region.contains_region(screen.query_one(f"#{name}").region)


def form(save: Callable[[dict[str, Any]], Any], *only: str, **given: str) -> FormScreen[Any]:
    return FormScreen(Account, given, title="New account", save=save, shape=Shape(only=only))


async def test_what_somebody_else_changed_meanwhile_is_told_before_it_is_written_over(file: Path) -> None:
    key = records.add(file, Account, {"name": "Aurora", "notes": "old", "city": "Milano"}, Source.CLI)
    app = Shell(file)
    async with app.run_test(size=WIDE) as pilot:
        desk = Desk(app, pilot, editing(file, queries.get(file, Account, key)))
        await desk.open()
        records.edit(file, Account, key, {"notes": "[b]theirs[/]", "city": "Torino"}, Source.CLI)
        desk.put(notes="mine", name="Aurora Spa")
        await pilot.press("ctrl+s")
        told = "somebody else has made it “[b]theirs[/]” meanwhile"
        await until(pilot, lambda: told in desk.message("notes"))
        assert queries.get(file, Account, key).notes == "[b]theirs[/]"
        await desk.save()
    found = queries.get(file, Account, key)
    assert (found.name, found.notes, found.city) == ("Aurora Spa", "mine", "Torino")


def test_no_word_chosen_says_what_that_means() -> None:
    fields = {**specs(Criterion), **specs(Stakeholder)}
    assert [item.label for item in choices(fields["computed"])][:1] == ["graded by hand"]
    assert [item.label for item in choices(fields["rank"])][:1] == ["unknown"]


async def test_values_of_every_kind_are_typed_and_saved(file: Path) -> None:
    app = Shell(file)
    async with app.run_test(size=WIDE) as pilot:
        desk = Desk(app, pilot, adding(file, Account))
        await desk.open()
        await pilot.press(*"Acme")
        desk.put(segment="b", level="account", target_on="+2w", revenue="62k", employees="12", notes="one\ntwo")
        saved = await desk.save()
    account = queries.get(file, Account, saved.result)
    assert account.name == "Acme"
    assert account.segment is words.Segment.B
    assert account.level is words.Level.ACCOUNT
    assert account.target_on == app.today + dt.timedelta(days=14)
    assert (account.revenue, account.currency) == (6_200_000, "EUR")
    assert (account.employees, account.notes) == (12, "one\ntwo")


async def test_amounts_decide_the_currency_and_may_not_differ(file: Path) -> None:
    app = Shell(file)
    async with app.run_test(size=WIDE) as pilot:
        desk = Desk(app, pilot, FormScreen(Opportunity, {"name": "Line 4"}, title="New", save=dict))
        await desk.open()
        desk.put(value="1,200.50 USD", margin="3 EUR")
        await pilot.press("ctrl+s")
        await pilot.pause()
        assert "EUR" in desk.message("margin")
        desk.put(margin="3 USD")
        saved = (await desk.save()).result
        assert (saved["value"], saved["margin"], saved["currency"]) == (120_050, 300, "USD")


async def test_an_amount_of_a_record_without_a_currency_is_in_that_of_the_whole(file: Path) -> None:
    app = Shell(file)
    async with app.run_test(size=WIDE) as pilot:
        line = FormScreen(OrderLine, {"order_id": 1}, title="Line", save=dict, shape=Shape(currency="USD"))
        desk = Desk(app, pilot, line)
        await desk.open()
        desk.put(margin="3 EUR")
        await pilot.press("ctrl+s")
        await pilot.pause()
        assert "EUR" in desk.message("margin")
        desk.put(margin="3")
        saved = (await desk.save()).result
        assert saved["margin"] == 300
        assert "currency" not in saved


async def test_a_form_that_cannot_be_saved_keeps_its_text_and_goes_to_the_wrong_field(file: Path) -> None:
    app = Shell(file)
    async with app.run_test(size=WIDE) as pilot:
        desk = Desk(app, pilot, adding(file, Account))
        await desk.open()
        desk.put(name="Acme", founded="long ago")
        await pilot.press("ctrl+s")
        await pilot.pause()
        assert desk.closed == []
        assert "whole number" in desk.message("founded")
        assert app.focused is not None
        assert app.focused.id == "founded"
        assert desk.form.form.typed["name"] == "Acme"
        desk.put(founded="1950")
        await pilot.pause()
        assert not desk.form.query_one("#message-founded").display
        saved = await desk.save()
        assert saved.values["founded"] == 1950


async def test_what_the_store_refuses_is_said_at_its_field(file: Path) -> None:
    def save(_values: dict[str, Any]) -> int:
        raise InvalidError({"City": "is no city"})

    app = Shell(file)
    async with app.run_test(size=WIDE) as pilot:
        desk = Desk(app, pilot, form(save, "name", "city", name="Acme"))
        await desk.open()
        await pilot.press("ctrl+s")
        await until(pilot, lambda: "is no city" in desk.message("city"))
        assert app.focused is not None
        assert app.focused.id == "city"


async def test_what_cannot_be_saved_at_all_is_said_and_may_be_tried_again(file: Path) -> None:
    is_disk_full = [False, True]

    def save(_values: dict[str, Any]) -> int:
        if is_disk_full.pop():
            raise CrmtuiError("the disk is full [/]")
        return 7

    app = Shell(file)
    async with app.run_test(size=WIDE) as pilot:
        desk = Desk(app, pilot, form(save, "name", name="Acme"))
        await desk.open()
        await pilot.press("ctrl+s")
        await until(pilot, lambda: "the disk is full [/]" in desk.hint)
        assert desk.closed == []
        assert (await desk.save()).result == 7


async def test_a_slow_save_is_not_started_twice_and_the_form_stays_until_it_is_done(file: Path) -> None:
    gate, calls = threading.Event(), []

    def save(values: dict[str, Any]) -> int:
        calls.append(values)
        assert gate.wait(5)
        return 1

    app = Shell(file)
    async with app.run_test(size=WIDE) as pilot:
        desk = Desk(app, pilot, form(save, "name", name="Acme"))
        await desk.open()
        await pilot.press("ctrl+s", "ctrl+s", "escape")
        assert desk.closed == []
        gate.set()
        await until(pilot, lambda: desk.closed)
        assert len(calls) == 1


async def test_a_changed_form_asks_before_it_is_left(file: Path) -> None:
    app = Shell(file)
    async with app.run_test(size=WIDE) as pilot:
        desk = Desk(app, pilot, adding(file, Account))
        await desk.open()
        await pilot.press("A", "escape")
        assert app.screen is not desk.form
        assert len(app.screen.query("#question")) == 1
        await pilot.press("escape")
        assert app.screen is desk.form
        assert desk.form.form.typed["name"] == "A"
        await pilot.press("escape")
        await pilot.click("#answer-discard")
        await until(pilot, lambda: desk.closed == [None])


async def test_an_untouched_form_is_left_at_once(file: Path) -> None:
    app = Shell(file)
    async with app.run_test(size=WIDE) as pilot:
        desk = Desk(app, pilot, adding(file, Account))
        await desk.open()
        await pilot.press("escape")
        assert desk.closed == [None]


async def test_a_record_that_exists_is_saved_in_what_was_changed_only(file: Path) -> None:
    key = records.add(file, Account, {"name": "Acme", "city": "Milano"}, Source.CLI)
    app = Shell(file)
    async with app.run_test(size=WIDE) as pilot:
        desk = Desk(app, pilot, editing(file, queries.get(file, Account, key)))
        await desk.open()
        desk.put(city="Torino")
        saved = await desk.save()
        assert saved.values == {"city": "Torino"}
    assert queries.get(file, Account, key).city == "Torino"


async def test_a_link_is_found_by_typing_part_of_its_name(file: Path) -> None:
    anna = records.add(file, Actor, {"name": "Anna Bruni"}, Source.CLI)
    records.add(file, Actor, {"name": "Marco"}, Source.CLI)
    app = Shell(file)
    async with app.run_test(size=WIDE) as pilot:
        desk = Desk(app, pilot, adding(file, Account))
        await desk.open()
        desk.form.form.go_to("owner_id")
        await pilot.press("b")
        await until(pilot, partial(offered, app))
        await pilot.press("enter")
        await until(pilot, lambda: app.screen is desk.form)
        assert desk.form.query_one("#owner_id", LinkEditor).keys == (anna,)
        desk.put(name="Acme")
        saved = await desk.save()
        assert saved.values["owner_id"] == anna


async def test_a_link_to_what_is_not_there_yet_makes_it(file: Path) -> None:
    app = Shell(file)
    async with app.run_test(size=WIDE) as pilot:
        desk = Desk(app, pilot, adding(file, Account))
        await desk.open()
        desk.form.form.go_to("owner_id")
        await pilot.press("Z", "o", "e")
        await until(pilot, partial(offered, app))
        await pilot.press("enter")
        await until(pilot, lambda: app.screen is desk.form)
        (key,) = desk.form.query_one("#owner_id", LinkEditor).keys
    assert queries.get(file, Actor, key).name == "Zoe"


async def test_a_given_link_shows_its_name_and_counts_as_unchanged(file: Path) -> None:
    anna = records.add(file, Actor, {"name": "Bruni, Anna"}, Source.CLI)
    app = Shell(file)
    async with app.run_test(size=WIDE) as pilot:
        desk = Desk(app, pilot, adding(file, Account, {"owner_id": anna}))
        await desk.open()
        owner = desk.form.query_one("#owner_id", LinkEditor)
        await until(pilot, lambda: "Anna" in owner.render().plain)
        assert desk.form.form.changed == {}


async def test_several_links_and_further_fields(file: Path) -> None:
    keys = tuple(records.add(file, Actor, {"name": name}, Source.CLI) for name in ("Anna", "Marco"))
    from crmtui.domain.fields import Kind, Spec

    shape = Shape(only=("name",), extra={"team": Spec(kind=Kind.LINK, label="Team", link="actor")}, many=("team",))
    screen = FormScreen(Account, {"name": "Acme", "team": keys}, title="Team", save=dict, shape=shape)
    app = Shell(file)
    async with app.run_test(size=WIDE) as pilot:
        desk = Desk(app, pilot, screen)
        await desk.open()
        await until(pilot, lambda: "Marco" in desk.form.query_one("#team", LinkEditor).render().plain)
        assert (await desk.save()).result["team"] == keys


async def test_options_answer_to_arrows_digits_letters_and_clicks(file: Path) -> None:
    app = Shell(file)
    async with app.run_test(size=WIDE) as pilot:
        desk = Desk(app, pilot, FormScreen(Stakeholder, {}, title="Person", save=dict))
        await desk.open()
        power = desk.form.query_one("#power", OptionsEditor)
        assert power.typed == ""
        power.focus()
        await pilot.press("3")
        assert power.typed == "3"
        await pilot.press("right")
        assert power.typed == "4"
        await pilot.press("u")
        assert power.typed == ""
        roles = desk.form.query_one("#roles", OptionsEditor)
        roles.focus()
        await pilot.press("space", "d", "space")
        assert roles.typed == "initiator,decider"
        at = roles.render().plain.index("user")
        await pilot.click(roles, offset=(at, 0))
        assert roles.typed == "initiator,user,decider"


async def test_a_judgement_says_on_one_row_how_sure_when_and_according_to_whom(file: Path) -> None:
    app = Shell(file)
    async with app.run_test(size=WIDE) as pilot:
        desk = Desk(app, pilot, adding(file, Account))
        await desk.open()
        lines = {desk.form.query_one(f"#{name}").region.y for name in ("level_basis", "level_on", "level_source")}
        assert len(lines) == 1
        desk.put(level_on="soon")
        desk.form.form.go_to("level_on")
        await pilot.press("tab")
        await pilot.pause()
        assert "soon" in desk.message("level_basis")


async def test_a_date_is_written_in_full_when_it_is_left(file: Path) -> None:
    app = Shell(file)
    async with app.run_test(size=WIDE) as pilot:
        desk = Desk(app, pilot, adding(file, Account))
        await desk.open()
        desk.form.form.go_to("target_on")
        await pilot.press(*"+1d", "tab")
        await pilot.pause()
        assert desk.form.query_one("#target_on", Input).value == (app.today + dt.timedelta(days=1)).isoformat()


async def test_what_was_typed_outlives_the_app_and_is_offered_again(file: Path) -> None:
    app = Shell(file)
    async with app.run_test(size=WIDE) as pilot:
        desk = Desk(app, pilot, adding(file, Account))
        await desk.open()
        await pilot.press(*"Acme")
        desk.form.keep_draft()
    again = Shell(file)
    async with again.run_test(size=WIDE) as pilot:
        desk = Desk(again, pilot, adding(file, Account))
        again.push_screen(desk.form, desk.closed.append)
        await until(pilot, lambda: isinstance(again.screen, AskScreen))
        await pilot.press("enter")
        await until(pilot, lambda: again.screen is desk.form)
        assert desk.form.form.typed["name"] == "Acme"
        saved = await desk.save()
        assert saved.values["name"] == "Acme"
    assert drafts.titles(file) == []


@pytest.mark.parametrize("size", [WIDE, NARROW])
async def test_the_longest_form_can_be_walked_through_and_nothing_is_cut(file: Path, size: tuple[int, int]) -> None:
    app = Shell(file)
    async with app.run_test(size=size) as pilot:
        desk = Desk(app, pilot, FormScreen(Stakeholder, {}, title="Person", save=dict))
        await desk.open()
        editors = {name: desk.form.query_one(f"#{name}") for name in desk.form.form.typed}
        assert max(editor.region.right for editor in editors.values()) <= size[0]
        for name in ("person_id", "win", "power_source", "notes"):
            desk.form.form.go_to(name)
            await until(pilot, partial(is_in_sight, desk.form, name))


async def test_a_text_takes_several_lines_and_tab_leaves_it(file: Path) -> None:
    app = Shell(file)
    async with app.run_test(size=WIDE) as pilot:
        desk = Desk(app, pilot, form(dict, "needs", "notes", name="Acme"))
        await desk.open()
        await pilot.press("a", "enter", "b", "tab")
        assert desk.form.query_one("#needs", TextEditor).text == "a\nb"
        assert app.focused is not None
        assert app.focused.id == "notes"
