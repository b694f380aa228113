"""The room of accounts and the page of one."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest
from textual.events import Key
from textual.widget import Widget
from textual.widgets import Input, Static

from crmtui import paths
from crmtui.commands import accounts as commands, people, records
from crmtui.domain.accounts import Account, Competitor, CompetitorPosition, Note, Tag
from crmtui.domain.bringing import CustomValue
from crmtui.domain.people import Person
from crmtui.domain.plans import Contact
from crmtui.domain.words import Level, Source
from crmtui.queries import accounts as pages, lists, records as queries
from crmtui.store.unit import work
from crmtui.store.writing.bulk import insert_many
from crmtui.tui import saved_filters
from crmtui.tui.screens import forms
from crmtui.tui.screens.account import AccountPage
from crmtui.tui.screens.accounts import AccountsScreen
from crmtui.tui.screens.choose import ChooseScreen
from crmtui.tui.screens.dmu import DmuPage
from crmtui.tui.screens.form import FormScreen
from crmtui.tui.screens.person import PersonPage
from crmtui.tui.screens.scorecard import ScorecardPage
from crmtui.tui.screens.told import ToldScreen
from crmtui.tui.screens.why import WhyScreen
from crmtui.tui.widgets import account_facts
from crmtui.tui.widgets.account_head import AccountHead
from crmtui.tui.widgets.account_profile import Profile
from crmtui.tui.widgets.filter_box import FilterBox
from crmtui.tui.widgets.record_table import RecordTable
from crmtui.tui.widgets.tab_line import TabLine
from crmtui.tui.widgets.timeline import Timeline
from crmtui.tui.widgets.told import Told
from crmtui.tui.widgets.window_list import WindowList
from deals import TODAY, TUI, Deals, begin
from hostile import CLIPBOARD, STRINGS, has_control
from tui.bench import NARROW, WIDE, Workbench, at_top, enter, offered, text_of, until

if TYPE_CHECKING:
    from pathlib import Path

    from textual.geometry import Region
    from textual.pilot import Pilot
    from textual.screen import Screen
    from textual.strip import Strip


@pytest.fixture
def deals(workspace: Path) -> Deals:
    """Aurora Spa, with an opportunity, and two more accounts."""
    made = begin(workspace)
    for name in ("Helios", "Nordik"):
        records.add(workspace, Account, {"name": name, "level": Level.BUYER}, TUI)
    return made


@pytest.fixture
def painted(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """The kinds of widgets that were drawn since it was cleared."""
    kinds: set[str] = set()
    of_widget = Widget.render_lines

    def noted(widget: Widget, crop: Region) -> list[Strip]:
        kinds.add(type(widget).__name__)
        return of_widget(widget, crop)

    monkeypatch.setattr(Widget, "render_lines", noted)
    return kinds


async def test_a_key_on_the_list_draws_nothing_that_is_not_beside_the_row(deals: Deals, painted: set[str]) -> None:
    app = Workbench(deals.path)
    async with app.run_test(size=WIDE) as pilot:
        await enter(pilot, "accounts")
        await until(pilot, lambda: app.screen.query_one(WindowList).count == 3)
        await pilot.pause()
        painted.clear()
        app.screen.query_one(WindowList).refresh_line(1)
        await until(pilot, lambda: painted)
        assert {"Pane", "RecordTable"} <= painted
        assert not painted & {"Header", "Footer", "Static", "SidePane", "Told"}


def status(screen: Screen[Any]) -> str:
    return str(screen.query_one("#status", Static).content)


def told(screen: AccountsScreen) -> str:
    return screen.query_one(Told).content.plain


def tags(deals: Deals) -> list[tuple[str, int]]:
    return [
        (tag.name, account)
        for account in lists.ids(deals.path, "accounts", TODAY)
        for tag in queries.belonging(deals.path, Tag, "account_id", account)
    ]


async def room(pilot: Pilot[int], count: int = 3) -> AccountsScreen:
    await enter(pilot, "accounts")
    screen = pilot.app.screen
    assert isinstance(screen, AccountsScreen)
    await until(pilot, lambda: screen.table.list.count == count and screen.table.list.is_complete)
    if count:
        await until(pilot, lambda: told(screen))
    return screen


async def page(pilot: Pilot[int]) -> AccountPage:
    """The page of Aurora Spa, once it has been read."""
    await room(pilot)
    await pilot.press("enter")
    await until(pilot, lambda: isinstance(pilot.app.screen, AccountPage))
    screen = pilot.app.screen
    assert isinstance(screen, AccountPage)
    await until(pilot, lambda: screen.page is not None and screen.focused)
    return screen


async def part(pilot: Pilot[int], screen: AccountPage, tab: str) -> RecordTable:
    while screen.tabs.current != tab:
        await pilot.press("right")
    assert isinstance(screen.part, RecordTable)
    return screen.part


async def form(pilot: Pilot[int]) -> FormScreen[Any]:
    await until(pilot, lambda: isinstance(pilot.app.screen, FormScreen) and pilot.app.screen.focused)
    screen = pilot.app.screen
    assert isinstance(screen, FormScreen)
    return screen


async def fill(pilot: Pilot[int], **typed: str) -> None:
    """Fill in the form that opens, and save it."""
    screen = await form(pilot)
    screen.form.put(typed)
    await pilot.press("ctrl+s")
    await until(pilot, lambda: pilot.app.screen is not screen)


# The room


async def test_the_one_under_the_cursor_is_told_beside_the_list(deals: Deals) -> None:
    commands.tag(deals.path, [deals.account], "key account", TUI)
    async with Workbench(deals.path).run_test(size=WIDE) as pilot:
        screen = await room(pilot)
        assert status(screen) == "3 accounts"
        await until(pilot, lambda: "[Prospect]─ Buyer ─ Account ─ Partner" in told(screen))
        assert "#key account" in told(screen)
        assert "180 k€" in told(screen)
        heading = screen.table.list.render_line(0).text
        assert all(label in heading for label in ("Level", "Favour", "Cover", "Pipeline", "Last", "Next"))
        await pilot.press("j")
        await until(pilot, lambda: "Prospect ─[Buyer]─ Account" in told(screen))


async def test_an_empty_room_teaches_how_to_begin(workspace: Path) -> None:
    async with Workbench(workspace).run_test(size=NARROW) as pilot:
        screen = await room(pilot, 0)
        await until(pilot, lambda: "organisations that buy from you" in text_of(screen))
        assert not offered(screen) & {"edit", "delete", "tag", "why", "contact", "map"}


async def test_a_filter_that_cannot_be_read_is_told_under_the_box_and_the_list_stays(deals: Deals) -> None:
    async with Workbench(deals.path).run_test(size=WIDE) as pilot:
        screen = await room(pilot)
        await pilot.press("slash", *"level:buyer")
        await until(pilot, lambda: screen.table.list.count == 2)
        await pilot.press("x")
        await until(pilot, lambda: "! level:buyerx finds nothing" in text_of(screen))
        assert screen.table.list.count == 2
        assert not pilot.app._notifications
        await pilot.press("backspace")
        await until(pilot, lambda: "finds nothing" not in text_of(screen))
        assert "filter: level:buyer" in status(screen)
        await pilot.press("escape")
        await until(pilot, lambda: screen.table.list.count == 3)


async def test_a_new_account_stands_under_the_cursor(deals: Deals) -> None:
    async with Workbench(deals.path).run_test(size=NARROW) as pilot:
        screen = await room(pilot)
        await pilot.press("n")
        await fill(pilot, name="Acme [/] Ltd", city="Kotor")
        await until(pilot, lambda: screen.table.list.count == 4)
        key = screen.table.list.current
        assert key is not None
        assert queries.get(deals.path, Account, key).city == "Kotor"


async def test_a_name_of_a_hundred_thousand_characters_is_refused_politely(deals: Deals) -> None:
    async with Workbench(deals.path).run_test(size=NARROW) as pilot:
        screen = await room(pilot)
        await pilot.press("n")
        opened = await form(pilot)
        opened.form.put({"name": STRINGS["long"]})
        await pilot.press("ctrl+s")
        await until(pilot, lambda: "has 100000 characters; at most 500 fit" in text_of(opened))
        assert opened.form.typed["name"] == STRINGS["long"]
        opened.form.put({"name": "Acme"})
        await pilot.press("ctrl+s")
        await until(pilot, lambda: screen.table.list.count == 4)


async def test_marked_accounts_are_deleted_together_and_come_back_together(deals: Deals) -> None:
    async with Workbench(deals.path).run_test(size=WIDE) as pilot:
        screen = await room(pilot)
        await pilot.press("space", "space")
        await until(pilot, lambda: "2 marked" in status(screen))
        await pilot.press("d")
        await until(pilot, lambda: screen.table.list.count == 1)
        await pilot.press("u")
        await until(pilot, lambda: screen.table.list.count == 3)


async def test_a_tag_is_hung_on_all_that_are_marked_and_once_more_elsewhere(deals: Deals) -> None:
    async with Workbench(deals.path).run_test(size=WIDE) as pilot:
        screen = await room(pilot)
        await pilot.press("space", "space", "t")
        await until(pilot, lambda: isinstance(pilot.app.screen, ChooseScreen))
        await pilot.press(*"new one")
        await until(pilot, lambda: "create" in text_of(pilot.app.screen))
        await pilot.press("enter")
        await until(pilot, lambda: len(tags(deals)) == 2)
        screen.table.list.mark(frozenset())
        await pilot.press("G", "full_stop")
        await until(pilot, lambda: len(tags(deals)) == 3)


async def test_a_tag_that_all_have_is_taken_off(deals: Deals) -> None:
    commands.tag(deals.path, [deals.account], "old", TUI)
    async with Workbench(deals.path).run_test(size=WIDE) as pilot:
        await room(pilot)
        await pilot.press("t")
        await until(pilot, lambda: "takes it off" in text_of(pilot.app.screen))
        await pilot.press("enter")
        await until(pilot, lambda: not tags(deals))


async def test_the_reasons_of_the_figures_are_told(deals: Deals) -> None:
    async with Workbench(deals.path).run_test(size=WIDE) as pilot:
        await room(pilot)
        await pilot.press("w")
        await until(pilot, lambda: isinstance(pilot.app.screen, ToldScreen))
        screen = pilot.app.screen
        assert isinstance(screen, ToldScreen)
        assert "0 of 13 things known" in screen.content.plain
        assert "Value chain" in screen.content.plain


async def test_a_contact_begins_with_the_account(deals: Deals) -> None:
    async with Workbench(deals.path).run_test(size=WIDE) as pilot:
        await room(pilot)
        await pilot.press("c")
        opened = await form(pilot)
        await until(pilot, lambda: "Aurora Spa" in opened.form.typed["account_id"])


async def test_the_map_opens_also_where_none_has_been_begun(deals: Deals) -> None:
    async with Workbench(deals.path).run_test(size=WIDE) as pilot:
        await room(pilot)
        await pilot.press("m")
        await until(pilot, lambda: isinstance(pilot.app.screen, DmuPage))


async def test_a_page_is_left_for_the_same_row(deals: Deals) -> None:
    async with Workbench(deals.path).run_test(size=WIDE) as pilot:
        screen = await room(pilot)
        await pilot.press("j", "enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, AccountPage))
        await pilot.press("escape")
        await until(pilot, lambda: pilot.app.screen is screen)
        assert screen.table.list.current == lists.ids(deals.path, "accounts", TODAY)[1]


# The page


async def test_the_head_tells_how_the_account_sees_us(deals: Deals) -> None:
    records.edit(deals.path, Account, deals.account, {"city": "Milano", "target_level": "partner"}, TUI)
    async with Workbench(deals.path).run_test(size=WIDE) as pilot:
        screen = await page(pilot)
        head = str(screen.query_one(AccountHead).render())
        assert head.startswith("Aurora Spa · Milano")
        assert "[Prospect]── Buyer" in head
        assert "target Partner" in head
        assert "open 1 180 k€" in head
        await pilot.resize_terminal(*NARROW)
        await until(pilot, lambda: screen.query_one(AccountHead).size.height == 3)
        assert all(len(line) <= NARROW[0] for line in str(screen.query_one(AccountHead).render()).splitlines())


async def test_parts_are_opened_by_arrows_and_by_the_mouse(deals: Deals) -> None:
    async with Workbench(deals.path).run_test(size=WIDE) as pilot:
        screen = await page(pilot)
        assert screen.tabs.counts["opportunities"] == 1
        await pilot.press("l", "l", "l")
        assert screen.tabs.current == "opportunities"
        table = screen.part
        assert isinstance(table, RecordTable)
        await until(pilot, lambda: table.list.count == 1)
        await pilot.press("h", "h", "h", "h")
        assert screen.tabs.current == "timeline"
        await pilot.click(TabLine, offset=(2, 0))
        assert screen.tabs.current == "profile"
        assert isinstance(screen.focused, Profile)


async def test_an_opportunity_opens_its_scorecard(deals: Deals) -> None:
    async with Workbench(deals.path).run_test(size=WIDE) as pilot:
        screen = await page(pilot)
        table = await part(pilot, screen, "opportunities")
        await until(pilot, lambda: table.list.count == 1)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, ScorecardPage))


async def test_a_person_is_written_down_with_addresses_and_opens(deals: Deals) -> None:
    async with Workbench(deals.path).run_test(size=WIDE) as pilot:
        screen = await page(pilot)
        table = await part(pilot, screen, "people")
        await pilot.press("n")
        await fill(pilot, given_name="Laura", family_name="Bianchi", emails="laura@x.example\nl@y.example home")
        await until(pilot, lambda: table.list.count == 1)
        (person,) = queries.belonging(deals.path, Person, "account_id", deals.account)
        assert person.name == "Laura Bianchi"
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, PersonPage))
        await until(pilot, lambda: "l@y.example  home" in text_of(pilot.app.screen))


async def test_a_wrong_address_is_told_under_its_field(deals: Deals) -> None:
    async with Workbench(deals.path).run_test(size=WIDE) as pilot:
        screen = await page(pilot)
        await part(pilot, screen, "people")
        await pilot.press("n")
        opened = await form(pilot)
        opened.form.put({"name": "Laura", "emails": "nowhere"})
        await pilot.press("ctrl+s")
        await until(
            pilot, lambda: "nowhere is not an e-mail" in str(opened.query_one("#message-emails", Static).content)
        )


async def test_the_form_begins_at_the_line_under_the_cursor(deals: Deals) -> None:
    async with Workbench(deals.path).run_test(size=NARROW) as pilot:
        screen = await page(pilot)
        profile = screen.query_one(Profile)
        await pilot.press("j", "j")
        assert profile.current is not None
        assert profile.current.key == "industry"
        await pilot.press("e")
        opened = await form(pilot)
        await until(pilot, lambda: opened.focused is not None and opened.focused.id == "industry")


async def test_a_long_text_is_changed_in_the_user_s_own_editor(deals: Deals, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("crmtui.tui.editor.edited", lambda _app, before: before + "They need speed.\n")
    async with Workbench(deals.path).run_test(size=WIDE) as pilot:
        screen = await page(pilot)
        profile = screen.query_one(Profile)
        assert "editor" not in offered(screen)
        while profile.current is not None and profile.current.key != "needs":
            await pilot.press("j")
        await pilot.press("E")
        await until(pilot, lambda: queries.get(deals.path, Account, deals.account).needs == "They need speed.\n")
        await until(pilot, lambda: "They need speed." in text_of(screen))


async def test_a_competitor_is_placed_changed_and_taken_away(deals: Deals) -> None:
    rival = records.add(deals.path, Competitor, {"name": "Rivalco"}, TUI)
    async with Workbench(deals.path).run_test(size=WIDE) as pilot:
        screen = await page(pilot)
        await pilot.press("n")
        await fill(pilot, competitor_id=f"{rival}=Rivalco", closeness="3", success_factors="Near the plant")
        profile = screen.query_one(Profile)
        await until(pilot, lambda: any(fact.label == "Rivalco" for fact in profile.facts))
        (position,) = queries.belonging(deals.path, CompetitorPosition, "account_id", deals.account)
        assert (position.closeness, position.judged_on) == (3, TODAY)
        await pilot.press("G", "k", "k")  # above what it could buy, and its needs
        assert profile.current is not None
        assert profile.current.label == "Rivalco"
        await pilot.press("e")
        await fill(pilot, closeness="4")
        await until(pilot, lambda: queries.get(deals.path, CompetitorPosition, position.id).closeness == 4)
        await pilot.press("d")
        await until(pilot, lambda: not queries.belonging(deals.path, CompetitorPosition, "account_id", deals.account))


async def test_the_timeline_takes_notes_and_shows_one_kind_at_a_time(deals: Deals) -> None:
    async with Workbench(deals.path).run_test(size=WIDE) as pilot:
        screen = await page(pilot)
        await pilot.press("left")
        timeline = screen.part
        assert isinstance(timeline, Timeline)
        await until(pilot, lambda: timeline.list.count == 1)
        await pilot.press("n")
        await fill(pilot, text="They move in May.\nAll of them.")
        await until(pilot, lambda: timeline.list.count == 2)
        (note,) = queries.belonging(deals.path, Note, "account_id", deals.account)
        assert note.day == TODAY
        while [kind.value for kind in timeline.kinds] != ["stage"]:
            await pilot.press("f")
        await until(pilot, lambda: timeline.list.count == 1 and "Prospecting" in text_of(screen))
        assert not offered(screen) & {"edit", "delete"}
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, ScorecardPage))


async def test_a_contact_is_read_in_full_from_the_timeline_with_what_came_with_a_file(deals: Deals) -> None:
    given = {"account_id": deals.account, "channel_id": 3, "day": TODAY, "message": "Pilot [/] review"}
    contact = records.add(deals.path, Contact, given, TUI)
    custom = {"contact_id": contact, "name": "Internal notes", "value": STRINGS["markup_action"], "source": "HubSpot"}
    records.add(deals.path, CustomValue, custom, TUI)
    async with Workbench(deals.path).run_test(size=WIDE) as pilot:
        screen = await page(pilot)
        await pilot.press("left")
        timeline = screen.part
        assert isinstance(timeline, Timeline)
        while [kind.value for kind in timeline.kinds] != ["contact"]:
            await pilot.press("f")
        await until(pilot, lambda: timeline.list.count == 1 and timeline.list.current is not None)
        await pilot.press("w")
        await until(pilot, lambda: isinstance(pilot.app.screen, WhyScreen))
        shown = text_of(pilot.app.screen)
        assert all(word in shown for word in ("Pilot [/] review", "Internal notes", STRINGS["markup_action"]))


async def test_a_note_is_changed_and_deleted_from_the_timeline(deals: Deals) -> None:
    note = commands.add_note(deals.path, {"account_id": deals.account}, "Old news", TODAY, TUI)
    async with Workbench(deals.path).run_test(size=WIDE) as pilot:
        screen = await page(pilot)
        await pilot.press("left")
        timeline = screen.part
        assert isinstance(timeline, Timeline)
        await until(pilot, lambda: "Old news" in text_of(screen))
        while [kind.value for kind in timeline.kinds] != ["note"]:
            await pilot.press("f")
        await until(pilot, lambda: timeline.list.current is not None)
        await pilot.press("e")
        await fill(pilot, text="Good news")
        await until(pilot, lambda: queries.get(deals.path, Note, note).text == "Good news")
        await pilot.press("d")
        await until(pilot, lambda: not queries.belonging(deals.path, Note, "account_id", deals.account))


async def test_an_account_deleted_elsewhere_closes_its_page_with_a_sentence(deals: Deals) -> None:
    async with Workbench(deals.path).run_test(size=WIDE) as pilot:
        await page(pilot)
        records.delete(deals.path, Account, [deals.account], Source.CLI)
        await until(pilot, lambda: isinstance(pilot.app.screen, AccountsScreen) and len(pilot.app._notifications) == 1)
        (notice,) = pilot.app._notifications
        assert "no longer there" in notice.message


async def test_a_person_s_form_keeps_the_addresses_that_are_there(deals: Deals) -> None:
    given = {"name": "Laura", "account_id": deals.account, "emails": "a@x.example\nb@x.example home"}
    person = people.add(deals.path, given, TUI)
    async with Workbench(deals.path).run_test(size=WIDE) as pilot:
        screen = await page(pilot)
        forms.edit(screen, queries.get(deals.path, Person, person), "emails")
        opened = await form(pilot)
        assert opened.form.typed["emails"] == "a@x.example\nb@x.example home"
        await until(pilot, lambda: opened.focused is not None and opened.focused.id == "emails")


# Hostile texts


@pytest.fixture
def hostile(workspace: Path) -> tuple[Path, int]:
    """An account for each hostile string, and the one that holds long hostile texts besides."""
    text = "\n".join(STRINGS.values())[:150_000]
    with work(workspace, "fill", TUI) as unit:
        names = [f"{raw[:450]} x" for raw in STRINGS.values()]
        keys = insert_many(unit, Account, ({"name": one, "industry": one, "city": one} for one in names))
        insert_many(unit, Tag, ({"account_id": key, "name": one[:40]} for key, one in zip(keys, names, strict=True)))
    fields = dict.fromkeys(("value_chain", "needs", "notes"), text)
    records.edit(workspace, Account, keys[0], fields, TUI)
    rival = records.add(workspace, Competitor, {"name": STRINGS["markup_action"]}, TUI)
    commands.set_position(workspace, keys[0], rival, {"success_factors": text}, TUI, TODAY)
    commands.add_note(workspace, {"account_id": keys[0]}, text, TODAY, TUI)
    people.add(workspace, {"name": STRINGS["markup_closing"], "account_id": keys[0], "notes": text}, TUI)
    return workspace, keys[0]


@pytest.mark.parametrize("size", [WIDE, NARROW])
async def test_hostile_texts_are_only_texts(hostile: tuple[Path, int], size: tuple[int, int]) -> None:
    path, account = hostile
    async with Workbench(path).run_test(size=size) as pilot:
        screen = await room(pilot, len(STRINGS))
        for _page in range(6):
            await pilot.press("pagedown")
            assert not has_control(text_of(screen))
        screen.table.list.goto(account)
        await until(pilot, lambda: screen.table.list.current == account)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, AccountPage) and pilot.app.screen.page)
        opened = pilot.app.screen
        assert isinstance(opened, AccountPage)
        for _tab in opened.TABS:
            await pilot.press("G", "g", "j", "pagedown", "right")
            assert not has_control(text_of(opened))
        assert opened.tabs.current == "profile"


async def test_what_another_program_wrote_into_the_file_is_cleaned_before_it_is_shown(deals: Deals) -> None:
    dirty = f"Acme \x1b]{CLIPBOARD}\x07 \u202egnp\u202c"
    account = deals.account
    people.add(deals.path, {"name": "Laura", "account_id": account}, TUI)
    commands.add_note(deals.path, {"account_id": account}, "note", TODAY, TUI)
    commands.tag(deals.path, [account], "tag", TUI)
    with work(deals.path, "dirt", TUI) as unit:
        unit.connection.execute("UPDATE account SET name = ?1, industry = ?1, city = ?1, needs = ?1", (dirty,))
        for change in ("person SET name", "note SET text", "tag SET name", "opportunity SET name"):
            unit.connection.execute(f"UPDATE {change} = ?", (dirty,))
    async with Workbench(deals.path).run_test(size=WIDE) as pilot:
        screen = await room(pilot)
        await until(pilot, lambda: "Acme" in text_of(screen))
        assert not has_control(text_of(screen))
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, AccountPage) and pilot.app.screen.page)
        for _tab in AccountPage.TABS:
            await until(pilot, lambda: "Acme" in text_of(pilot.app.screen))
            assert not has_control(text_of(pilot.app.screen))
            await pilot.press("right")


def test_the_preview_shows_hostile_texts_in_its_width(hostile: tuple[Path, int]) -> None:
    path, _account = hostile
    for key in lists.ids(path, "accounts", TODAY):
        shown = account_facts.preview(pages.page(path, key, TODAY), TODAY, 41)
        lines = shown.split("\n")[:12]
        assert not has_control(shown.plain)
        assert all(line.cell_length <= 41 for line in lines)


def test_the_preview_says_that_a_posture_was_set_by_hand(deals: Deals) -> None:
    path, key = deals.path, deals.account
    assert "by hand" not in account_facts.preview(pages.page(path, key, TODAY), TODAY, 39).plain
    records.edit(path, Account, key, {"posture": "leave", "status": "dormant"}, TUI)
    shown = account_facts.preview(pages.page(path, key, TODAY), TODAY, 39).plain
    assert "posture      leave ✎ by hand\n             no reason given (" in shown
    records.edit(path, Account, key, {"posture": "serve", "posture_reason": "They are far"}, TUI)
    assert "\n             They are far (" in account_facts.preview(pages.page(path, key, TODAY), TODAY, 39).plain
    assert "posture      serve at low cost ✎\n" in account_facts.preview(pages.page(path, key, TODAY), TODAY, 39).plain


@pytest.mark.parametrize("width", [20, 37, 47])
def test_an_open_opportunity_keeps_its_name_apart_from_its_day(deals: Deals, width: int) -> None:
    deals.add("A name that is longer than any preview", account_id=deals.account, expected_on=dt.date(2027, 2, 3))
    shown = account_facts.preview(pages.page(deals.path, deals.account, TODAY), TODAY, width).plain
    (line,) = (line for line in shown.splitlines() if line.endswith("Feb 2027"))
    assert line.endswith("… Feb 2027")
    assert len(line) == width


async def test_keys_that_come_faster_than_the_focus_moves_are_typed_where_it_goes(deals: Deals) -> None:
    """The letters are keys of the list: "t" asks for a tag, "g" goes to the top; "n" asks for a new account."""
    async with Workbench(deals.path).run_test(size=WIDE) as pilot:
        await enter(pilot, "accounts")
        screen: Any = pilot.app.screen
        await until(pilot, lambda: screen.query_one(WindowList).count == 3)
        for key in ("slash", *"gnt"):
            pilot.app.post_message(Key(key, key))
        await until(pilot, lambda: screen.query_one(FilterBox).value == "gnt")
        assert pilot.app.screen is screen
        await pilot.press("escape")
        for key in "nText":
            pilot.app.post_message(Key(key, key))
        form = await at_top(pilot, FormScreen)
        await until(pilot, lambda: form.query(Input).first().value == "Text")


async def test_a_filter_is_kept_taken_again_and_forgotten(deals: Deals) -> None:
    async with Workbench(deals.path).run_test(size=WIDE) as pilot:
        screen = await room(pilot)
        await pilot.press("slash", *"level:buyer", "enter", "F")
        await until(pilot, lambda: "create “level:buyer”" in text_of(pilot.app.screen))
        await pilot.press("enter")
        await until(pilot, lambda: pilot.app.screen is screen)
        assert saved_filters.of("accounts") == ["level:buyer"]
        await pilot.press("slash", "escape")
        await until(pilot, lambda: screen.table.list.count == 3)
        await pilot.press("F")
        await until(pilot, lambda: "level:buyer" in text_of(pilot.app.screen))
        await pilot.press("enter")
        await until(pilot, lambda: screen.table.list.count == 2)
        await pilot.press("F")
        await until(pilot, lambda: "forgets it" in text_of(pilot.app.screen))
        await pilot.press("enter")
        await until(pilot, lambda: not saved_filters.of("accounts"))


@pytest.mark.parametrize("kept", ["", "[]", '{"accounts": 3}', '{"accounts": [null, "a\\u202eb"]}'])
def test_kept_filters_that_cannot_be_read_are_none(kept: str) -> None:
    paths.state().mkdir(parents=True)
    (paths.state() / "filters.json").write_text(kept)
    assert not any(has_control(one) for one in saved_filters.of("accounts"))
    saved_filters.keep("accounts", "level:buyer")
    assert saved_filters.of("accounts")[0] == "level:buyer"
    assert saved_filters.of("people") == []
