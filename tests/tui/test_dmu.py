from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

import pytest
from rich.cells import cell_len
from textual.widgets import OptionList, Static

from crmtui.commands import dmu as commands, records as generic
from crmtui.domain.people import Person
from crmtui.domain.plans import Channel
from crmtui.domain.words import Basis, EdgeKind, Role
from crmtui.method.dmu_findings import Fact
from crmtui.queries import records, workspace
from crmtui.tui.actions import bindings, offers
from crmtui.tui.app import CrmtuiApp
from crmtui.tui.everywhere import EVERYWHERE
from crmtui.tui.rooms import Room
from crmtui.tui.screens.ask import AskScreen
from crmtui.tui.screens.choose import ChooseScreen
from crmtui.tui.screens.dmu import DmuPage, DmuScreen
from crmtui.tui.screens.dmu_compare import CompareScreen
from crmtui.tui.screens.dmu_why import FigureReasons
from crmtui.tui.screens.form import FormScreen
from crmtui.tui.screens.grading import GradeScreen
from crmtui.tui.screens.guiding import GuideScreen
from crmtui.tui.widgets.dmu_map import DmuMap
from crmtui.tui.widgets.findings import FindingList
from crmtui.tui.widgets.stakeholder_sheet import StakeholderSheet
from crmtui.tui.widgets.stakeholder_table import StakeholderSource
from crmtui.tui.widgets.window_list import WindowList
from crmtui.tui.widgets.window_source import Sort
from hostile import STRINGS, has_control
from maps import TODAY, TUI, Maps, begin
from tui.shell import NARROW, WIDE, until

if TYPE_CHECKING:
    from pathlib import Path

    from textual.pilot import Pilot
    from textual.screen import Screen

    from crmtui.domain.dmu import Stakeholder

BIANCHI, CONTI, FERRARI = "Bianchi, Laura", "Conti, Gino", "Ferrari, Ada"


class Bench(CrmtuiApp, inherit_bindings=False):
    """The workbench with the one room."""

    rooms = (Room("dmu", "3", "DMU", "crmtui.tui.screens.dmu:DmuScreen"),)
    MODES: ClassVar = {"dmu": DmuScreen}
    BINDINGS: ClassVar = bindings(*EVERYWHERE)

    @property
    def room(self) -> DmuScreen:
        """The room, whatever lies over it."""
        found = next(screen for screen in reversed(self.screen_stack) if isinstance(screen, DmuScreen))
        assert isinstance(found, DmuScreen)
        return found

    def on_top(self, kind: type[Screen[Any]]) -> bool:
        """Whether a screen of that kind is shown, and ready."""
        return isinstance(self.screen, kind) and self.screen.is_mounted

    @property
    def stakeholder(self) -> Stakeholder:
        """The one under the cursor."""
        current = self.room.current
        assert current is not None
        return current.stakeholder

    @property
    def names(self) -> list[str]:
        """Everybody on the map that is shown."""
        return [sheet.name for sheet in self.room.page.sheets] if self.room.page else []

    def words_on_sheet(self) -> str:
        """What the sheet says."""
        return self.room.query_one(StakeholderSheet).render().plain


@pytest.fixture
def maps(tmp_path: Path) -> Maps:
    return begin(tmp_path)


@pytest.fixture
def team(maps: Maps) -> Maps:
    """Bianchi decides, Conti and Ferrari report to her; Conti influences Ferrari."""
    boss = maps.add(BIANCHI, roles=("decider",), power=4)
    conti = maps.add(CONTI, roles=("user",), power=2, attitude=1, reports_to_id=boss)
    ferrari = maps.add(FERRARI, roles=("buyer",), power=3, attitude=-2, veto=True, openness=0.1, reports_to_id=boss)
    maps.link(conti, ferrari)
    return maps


async def opened(pilot: Pilot[int]) -> Bench:
    """The app, when something has been read."""
    app = pilot.app
    assert isinstance(app, Bench)
    await until(pilot, lambda: isinstance(app.screen, DmuScreen) and app.screen.page is not None)
    return app


async def choose(pilot: Pilot[int], app: Bench, words: str) -> None:
    """Type words into the list to choose from, and take the first that answers."""
    await until(pilot, lambda: app.on_top(ChooseScreen))
    await pilot.press(*words)
    options = app.screen.query_one("#found", OptionList)
    await until(
        pilot,
        lambda: options.option_count and words.casefold() in str(options.get_option_at_index(0).prompt).casefold(),
    )
    await pilot.press("enter")
    await until(pilot, lambda: isinstance(app.screen, DmuScreen))


def saved(maps: Maps, name: str) -> Stakeholder:
    return maps.sheet(name).stakeholder


def screen_text(app: Bench) -> str:
    """All that is shown."""
    return "\n".join(strip.text for strip in app.screen._compositor.render_strips())


def foretold(app: Bench) -> str:
    """What the dialog that is open says that saving would do."""
    return str(app.screen.query_one("#foretold", Static).render())


# Seeing


async def test_the_room_opens_on_the_map_that_was_judged_last(team: Maps) -> None:
    app = Bench(team.path)
    async with app.run_test(size=WIDE) as pilot:
        await opened(pilot)
        assert app.names == [BIANCHI, CONTI, FERRARI]
        assert app.room.current is not None
        assert app.room.current.name == BIANCHI
        assert app.room.map.layout_shown.bosses[saved(team, CONTI).id] == saved(team, BIANCHI).id
        assert app.room.query_one("#picture").border_title == "Aurora Spa"


async def test_the_sheet_follows_the_cursor(team: Maps) -> None:
    app = Bench(team.path)
    async with app.run_test(size=WIDE) as pilot:
        await opened(pilot)
        assert "? unknown" in app.words_on_sheet()
        await pilot.press("down", "right")
        await until(pilot, lambda: app.room.query_one("#sheet").border_title == FERRARI)
        assert "opponent" in app.words_on_sheet()
        assert "veto" in app.words_on_sheet()


async def test_nothing_yet_says_how_to_begin(maps: Maps) -> None:
    app = Bench(maps.path)
    async with app.run_test(size=WIDE) as pilot:
        await until(pilot, lambda: "Press / to choose an account" in app.room.map.empty)
        assert not {"new", "judge('attitude')", "why"} & {offer.action for offer in offers(app.screen)}
        await pilot.press("slash")
        await choose(pilot, app, "auro")
        await until(pilot, lambda: "Press n to add the first person" in app.room.map.empty)


async def test_the_table_shows_the_same_people_and_keeps_the_cursor(team: Maps) -> None:
    app = Bench(team.path)
    async with app.run_test(size=WIDE) as pilot:
        await opened(pilot)
        await pilot.press("down", "t")
        await until(pilot, lambda: app.room.table.current == saved(team, CONTI).id)
        assert app.room.is_table
        assert not app.room.query_one("#sheet").display
        await pilot.press("down")
        await until(pilot, lambda: app.stakeholder.id == saved(team, FERRARI).id)
        await pilot.press("t")
        assert app.room.map.cursor == saved(team, FERRARI).id


def test_the_table_is_sorted_by_each_column_with_what_is_unknown_last(team: Maps) -> None:
    source = StakeholderSource(TODAY)
    source.show(team.page())
    keys = [saved(team, name).id for name in (BIANCHI, CONTI, FERRARI)]
    bianchi, conti, ferrari = keys
    assert list(source.ids("", None)) == keys
    assert list(source.ids("", Sort("power"))) == [conti, ferrari, bianchi]
    assert list(source.ids("", Sort("attitude"))) == [ferrari, conti, bianchi]
    assert list(source.ids("", Sort("attitude", descending=True))) == [conti, ferrari, bianchi]
    assert list(source.ids("ferr", None)) == [ferrari]
    for column in source.columns:
        assert sorted(source.ids("", Sort(column.key))) == sorted(keys)


async def test_findings_lead_to_the_person_and_then_to_the_place(team: Maps) -> None:
    app = Bench(team.path)
    async with app.run_test(size=WIDE) as pilot:
        await opened(pilot)
        findings = app.room.query_one(FindingList)
        findings.focus()
        await until(pilot, lambda: findings.current and app.stakeholder.id == findings.current.key)
        facts = [finding.fact for finding in app.room.page.findings] if app.room.page else []
        assert facts[:2] == [Fact.BLOCK, Fact.UNKNOWN_ATTITUDE]
        assert app.stakeholder.id == saved(team, FERRARI).id
        await pilot.press("down")
        await until(pilot, lambda: app.stakeholder.id == saved(team, BIANCHI).id)
        assert app.room.query_one(StakeholderSheet).field == "attitude"
        await pilot.press("enter")
        await until(pilot, lambda: app.on_top(GradeScreen))


async def test_a_finding_of_a_field_opens_the_form_there(team: Maps) -> None:
    app = Bench(team.path)
    async with app.run_test(size=WIDE) as pilot:
        await opened(pilot)
        findings = app.room.query_one(FindingList)
        findings.focus()
        assert app.room.page is not None
        findings.highlighted = [one.fact for one in app.room.page.findings].index(Fact.NO_WIN)
        await pilot.press("enter")
        await until(pilot, lambda: app.on_top(FormScreen) and app.screen.focused and app.screen.focused.id == "win")


async def test_a_finding_of_a_missing_role_offers_to_put_it_on_the_map(team: Maps) -> None:
    app = Bench(team.path)
    async with app.run_test(size=WIDE) as pilot:
        await opened(pilot)
        findings = app.room.query_one(FindingList)
        findings.focus()
        assert app.room.page is not None
        findings.highlighted = [one.fact for one in app.room.page.findings].index(Fact.NO_ROLE)
        await pilot.press("enter")
        await until(pilot, lambda: app.on_top(FormScreen))
        assert isinstance(app.screen, FormScreen)
        assert app.screen.form.typed["roles"] == "influencer"


async def test_a_finding_stays_under_the_cursor_when_others_go(team: Maps) -> None:
    app = Bench(team.path)
    async with app.run_test(size=WIDE) as pilot:
        await opened(pilot)
        findings = app.room.query_one(FindingList)
        assert app.room.page is not None
        findings.highlighted = [one.fact for one in app.room.page.findings].index(Fact.NO_WIN)
        before = findings.current
        commands.judge(team.path, saved(team, FERRARI).id, "attitude", 1, TUI, TODAY)
        await until(pilot, lambda: app.room.page and Fact.BLOCK not in [one.fact for one in app.room.page.findings])
        assert before is not None
        assert findings.current is not None
        assert (findings.current.fact, findings.current.key) == (before.fact, before.key)


async def test_the_figures_take_the_words_there_is_room_for(team: Maps) -> None:
    app = Bench(team.path)
    async with app.run_test(size=WIDE) as pilot:
        await opened(pilot)
        status = app.room.query_one("#status", Static)
        assert "1 block · favour " in str(status.render())
        assert "coverage 0 %" in str(status.render())
        await pilot.resize_terminal(60, 24)
        await until(pilot, lambda: "known" not in str(status.render()))
        assert "favour" in str(status.render())
        assert cell_len(str(status.render())) <= 58


async def test_why_shows_every_term(team: Maps) -> None:
    app = Bench(team.path)
    async with app.run_test(size=WIDE) as pilot:
        await opened(pilot)
        await pilot.press("w")
        await until(pilot, lambda: app.on_top(FigureReasons))
        told = str(app.screen.query_one("VerticalScroll Static", Static).render())
        assert all(name in told for name in (BIANCHI, CONTI, FERRARI))
        assert told.startswith(f"{BIANCHI}: bet")
        assert "own say: decider 4 · power 4" in told
        assert f"{CONTI} listens, and passes on" in told


async def test_lines_are_filtered_in_turns(team: Maps) -> None:
    app = Bench(team.path)
    async with app.run_test(size=WIDE) as pilot:
        await opened(pilot)
        seen = []
        for _press in range(3):
            await pilot.press("f")
            seen.append(app.room.map.edges_shown)
        assert seen == ["formal", "informal", "both"]


@pytest.mark.parametrize("size", [NARROW, WIDE])
async def test_the_map_takes_the_whole_screen_and_gives_it_back(team: Maps, size: tuple[int, int]) -> None:
    app = Bench(team.path)
    async with app.run_test(size=size) as pilot:
        await opened(pilot)
        picture, findings = app.room.query_one("#picture"), app.room.query_one(FindingList)
        await until(pilot, lambda: findings.size.height > 0)  # the picture has what is left then
        before = picture.size
        findings.focus()
        await pilot.press("z")
        await until(pilot, lambda: picture.size.height > before.height and picture.size.width == size[0] - 2)
        assert app.focused is app.room.map
        assert not app.room.query_one("#found").display
        await pilot.press("z")
        await until(pilot, lambda: picture.size == before)


async def test_the_sheet_folds_on_a_narrow_screen(team: Maps) -> None:
    app = Bench(team.path)
    async with app.run_test(size=NARROW) as pilot:
        await opened(pilot)
        side = app.room.query_one("#sheet")
        assert not side.display
        await pilot.press("i")
        assert side.display
        await pilot.press("escape")
        assert not side.display


# Judging


async def test_an_attitude_changes_at_once_and_is_saved(team: Maps) -> None:
    app = Bench(team.path)
    async with app.run_test(size=WIDE) as pilot:
        await opened(pilot)
        await pilot.press("down", "plus")
        assert app.stakeholder.attitude == 2
        assert app.stakeholder.attitude_basis is Basis.ASSUMED
        await until(pilot, lambda: saved(team, CONTI).attitude == 2)
        assert saved(team, CONTI).attitude_on == app.today


async def test_a_step_of_attitude_tells_how_favour_moved(team: Maps, monkeypatch: pytest.MonkeyPatch) -> None:
    app = Bench(team.path)
    async with app.run_test(size=WIDE) as pilot:
        await opened(pilot)
        status = app.room.query_one("#status", Static)
        before = app.room.page.figures.favour.middle if app.room.page else 0
        await pilot.press("down", "minus")
        await until(pilot, lambda: saved(team, CONTI).attitude == 0)
        assert f"favour {before:+.2f} → " in str(status.render())
        monkeypatch.setattr("crmtui.tui.screens.dmu_view.MOVING", 0.01)
        await pilot.press("minus")
        await until(pilot, lambda: " → " not in str(status.render()))
        assert "favour" in str(status.render())


async def test_steps_stop_at_either_end_and_begin_in_the_middle(team: Maps) -> None:
    app = Bench(team.path)
    async with app.run_test(size=WIDE) as pilot:
        await opened(pilot)
        seen = []
        for key in ("plus", "plus", "plus", "plus", "minus", "x"):
            await pilot.press(key)
            seen.append(app.stakeholder.attitude)
        assert seen == [0, 1, 2, 2, 1, None]
        await until(pilot, lambda: not app.room._saving)
        assert saved(team, BIANCHI).attitude is None


async def test_the_last_of_many_fast_judgements_is_the_one_that_stays(team: Maps) -> None:
    app = Bench(team.path)
    async with app.run_test(size=WIDE) as pilot:
        await opened(pilot)
        await pilot.press(*["minus", "plus"] * 6, "minus")
        assert app.stakeholder.attitude == 0
        await until(pilot, lambda: not app.room._saving)
        assert saved(team, BIANCHI).attitude == 0


async def test_undo_takes_a_judgement_back(team: Maps) -> None:
    app = Bench(team.path)
    async with app.run_test(size=WIDE) as pilot:
        await opened(pilot)
        await pilot.press("down", "minus")
        await until(pilot, lambda: saved(team, CONTI).attitude == 0)
        await pilot.press("u")
        await until(pilot, lambda: app.stakeholder.attitude == 1)


async def test_a_full_stop_judges_the_next_person_the_same(team: Maps) -> None:
    app = Bench(team.path)
    async with app.run_test(size=WIDE) as pilot:
        await opened(pilot)
        await pilot.press("x", "down", "x", "right", "full_stop")
        await until(pilot, lambda: saved(team, FERRARI).attitude is None)
        assert saved(team, CONTI).attitude is None


async def test_a_grade_is_chosen_by_its_number_with_what_it_rests_on(team: Maps) -> None:
    app = Bench(team.path)
    async with app.run_test(size=WIDE) as pilot:
        await opened(pilot)
        await pilot.press("r")
        await until(pilot, lambda: app.on_top(GradeScreen))
        await pilot.press("3", "tab", "c", "tab", *"Gino", "escape")
        await until(pilot, lambda: app.on_top(AskScreen))
        await pilot.press("enter", "enter")
        await until(pilot, lambda: saved(team, BIANCHI).relationship == 3)
        found = saved(team, BIANCHI)
        assert (found.relationship_basis, found.relationship_source) == (Basis.CONFIRMED, "Gino")


async def test_a_grade_tells_how_the_figures_move_before_it_is_kept(team: Maps) -> None:
    app = Bench(team.path)
    async with app.run_test(size=WIDE) as pilot:
        await opened(pilot)
        before = app.room.page.figures.favour.middle if app.room.page else 0
        await pilot.press("a")
        await until(pilot, lambda: app.on_top(GradeScreen))
        assert " → " not in foretold(app)
        await pilot.press("2")
        await until(pilot, lambda: f"favour {before:+.2f} → " in foretold(app))
        told = foretold(app)
        assert saved(team, BIANCHI).attitude is None
        await pilot.press("enter")
        await until(pilot, lambda: saved(team, BIANCHI).attitude == -2)
        assert app.room.page is not None
        assert f"→ {app.room.page.figures.favour.value:+.2f}" in told


async def test_questions_arrive_at_four_judgements_that_are_saved_together(team: Maps) -> None:
    app = Bench(team.path)
    async with app.run_test(size=NARROW) as pilot:
        await opened(pilot)
        await pilot.press("down", "f2")
        await until(pilot, lambda: app.on_top(GuideScreen))
        await pilot.press("3", "9", "1", "backspace", "2", "1", "down", "down", "enter", "1", "2", "1")
        await until(pilot, lambda: isinstance(app.screen, GuideScreen) and app.screen.walked.question is None)
        told = str(app.screen.query_one("#arrived", Static).render())
        assert told == "roles influencer · power 3 strong say · attitude -2 opponent · relationship 2 works with us"
        assert " → " in foretold(app)
        await pilot.press("enter")
        await until(pilot, lambda: saved(team, CONTI).attitude == -2)
        conti = saved(team, CONTI)
        assert (conti.roles, conti.power, conti.relationship) == ((Role.INFLUENCER,), 3, 2)
        assert conti.attitude_on == app.today
        await pilot.press("u")
        await until(pilot, lambda: saved(team, CONTI).attitude == 1)


async def test_a_grade_is_arrived_at_by_questions_and_kept_by_enter(team: Maps) -> None:
    app = Bench(team.path)
    async with app.run_test(size=WIDE) as pilot:
        await opened(pilot)
        await pilot.press("p", "f2")
        await until(pilot, lambda: app.on_top(GuideScreen))
        await pilot.press("3", "1", "enter")
        await until(pilot, lambda: app.on_top(GradeScreen))
        assert isinstance(app.screen, GradeScreen)
        assert app.screen.value == 1
        await pilot.press("enter")
        await until(pilot, lambda: saved(team, BIANCHI).power == 1)


async def test_a_form_tells_how_the_figures_move_and_that_a_block_goes(team: Maps) -> None:
    app = Bench(team.path)
    async with app.run_test(size=WIDE) as pilot:
        await opened(pilot)
        await pilot.press("down", "right", "e")
        await until(pilot, lambda: app.on_top(FormScreen) and "1 block" in foretold(app))
        assert isinstance(app.screen, FormScreen)
        app.screen.form.put({"attitude": "1"})
        await until(pilot, lambda: "no block any more" in foretold(app))


async def test_a_contact_tells_what_coverage_it_would_bring(team: Maps) -> None:
    app = Bench(team.path)
    async with app.run_test(size=WIDE) as pilot:
        await opened(pilot)
        await pilot.press("c")
        await until(pilot, lambda: app.on_top(FormScreen))
        assert isinstance(app.screen, FormScreen)
        app.screen.form.put({"channel_id": f"{records.find(team.path, Channel, 'meeting')}=Meeting"})
        await until(pilot, lambda: "coverage 0 % → " in foretold(app))
        told = foretold(app)
        await pilot.press("ctrl+s")
        await until(pilot, lambda: app.room.page and app.room.page.figures.coverage.value)
        assert app.room.page is not None
        assert f"→ {(app.room.page.figures.coverage.value or 0) * 100:.0f} %" in told


async def test_another_grade_is_nobodys_until_said(team: Maps) -> None:
    grounds = commands.Grounds(Basis.CONFIRMED, "Gino")
    commands.judge(team.path, saved(team, BIANCHI).id, "power", 4, TUI, TODAY, grounds=grounds)
    app = Bench(team.path)
    async with app.run_test(size=WIDE) as pilot:
        await opened(pilot)
        await pilot.press("p")
        await until(pilot, lambda: app.on_top(GradeScreen))
        await pilot.press("2", "enter")
        await until(pilot, lambda: saved(team, BIANCHI).power == 2)
        found = saved(team, BIANCHI)
        assert (found.power_basis, found.power_source) == (Basis.ASSUMED, "")


async def test_enter_keeps_the_grade_that_stands(team: Maps) -> None:
    app = Bench(team.path)
    async with app.run_test(size=WIDE) as pilot:
        await opened(pilot)
        await pilot.press("a")
        await until(pilot, lambda: app.on_top(GradeScreen))
        await pilot.press("enter")
        await until(pilot, lambda: not app.room._saving)
        assert saved(team, BIANCHI).attitude is None


# Drawing


async def test_a_contact_that_happened_is_seen_on_the_sheet(team: Maps) -> None:
    app = Bench(team.path)
    async with app.run_test(size=WIDE) as pilot:
        await opened(pilot)
        await pilot.press("c")
        await until(pilot, lambda: app.on_top(FormScreen) and app.screen.query("#outcome"))
        assert isinstance(app.screen, FormScreen)
        app.screen.form.put({"channel_id": f"{records.find(team.path, Channel, 'call')}=Call"})
        await pilot.press("ctrl+s")
        await until(pilot, lambda: app.room.current and app.room.current.last_contact == app.today)
        assert "today Call" in app.words_on_sheet()


async def test_a_finding_of_who_was_never_met_plans_a_contact(team: Maps) -> None:
    app = Bench(team.path)
    async with app.run_test(size=WIDE) as pilot:
        await opened(pilot)
        findings = app.room.query_one(FindingList)
        findings.focus()
        assert app.room.page is not None
        findings.highlighted = [one.fact for one in app.room.page.findings].index(Fact.NEVER_MET)
        await pilot.press("enter")
        await until(pilot, lambda: app.on_top(FormScreen))
        assert "Plan a contact" in str(app.screen.query_one("#dialog").border_title)


async def test_a_person_of_the_account_is_added_and_has_the_cursor(maps: Maps) -> None:
    maps.add(BIANCHI)
    app = Bench(maps.path)
    async with app.run_test(size=WIDE) as pilot:
        await opened(pilot)
        await pilot.press("n")
        await choose(pilot, app, "ferrari")
        await until(pilot, lambda: app.room.current and app.room.current.name == FERRARI)
        assert app.names == [BIANCHI, FERRARI]


async def test_somebody_new_is_made_and_added_in_one_step(maps: Maps) -> None:
    maps.add(BIANCHI)
    app = Bench(maps.path)
    async with app.run_test(size=WIDE) as pilot:
        await opened(pilot)
        await pilot.press("n")
        await choose(pilot, app, "moretti")
        await until(pilot, lambda: app.names == [BIANCHI, "moretti"])
        await pilot.press("u")
        await until(pilot, lambda: app.names == [BIANCHI])


async def test_an_opportunitys_map_begins_with_the_accounts_people(team: Maps) -> None:
    app = Bench(team.path)
    async with app.run_test(size=WIDE) as pilot:
        await opened(pilot)
        await pilot.press("m")
        await choose(pilot, app, "line 4")
        await until(pilot, lambda: "3 people of the account's other map" in app.room.map.empty)
        assert app.room.query_one("#picture").border_title == "Aurora Spa / Line 4"
        await pilot.press("n")
        await until(pilot, lambda: app.names == [BIANCHI, CONTI, FERRARI])
        assert "1 other map" in str(app.room.query_one("#picture").border_subtitle)


@pytest.mark.parametrize("size", [NARROW, WIDE])
async def test_two_maps_stand_side_by_side_with_what_is_otherwise(team: Maps, size: tuple[int, int]) -> None:
    commands.map_of(team.path, team.of_line4, TUI)
    team.judge(team.sheet(CONTI, team.of_line4).key, attitude=-1)
    commands.remove(team.path, [team.sheet(FERRARI, team.of_line4).key], TUI)
    app = Bench(team.path)
    async with app.run_test(size=size) as pilot:
        await opened(pilot)
        app.room.show_place(team.of_line4)
        await until(pilot, lambda: app.room.page and app.room.page.title == "Aurora Spa / Line 4")
        await pilot.press("v")
        await until(pilot, lambda: app.on_top(CompareScreen) and app.screen.query_one(WindowList).current)
        screen = app.screen
        assert isinstance(screen, CompareScreen)
        assert screen.query_one("#maps").display is (size == WIDE)
        told = [(one.name, one.field) for one in screen.differences]
        assert (FERRARI, "present") in told
        at = told.index((CONTI, "attitude"))
        for _step in range(at):
            await pilot.press("down")
        await until(pilot, lambda: screen.current and screen.current.field == "attitude")
        assert screen.query_one("#first", DmuMap).cursor == saved(team, CONTI).id
        assert screen.query_one("#second", DmuMap).cursor == team.sheet(CONTI, team.of_line4).key
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, DmuPage) and app.screen.current)
        assert app.stakeholder.id == team.sheet(CONTI, team.of_line4).key
        await pilot.press("escape", "escape")
        await until(pilot, lambda: app.screen is app.room)


async def test_maps_that_say_the_same_say_so_and_one_map_has_nothing_to_compare_with(team: Maps) -> None:
    app = Bench(team.path)
    async with app.run_test(size=WIDE) as pilot:
        await opened(pilot)
        assert "compare" not in {offer.action for offer in offers(app.screen)}
        commands.map_of(team.path, team.of_line4, TUI)
        await until(pilot, lambda: "compare" in {offer.action for offer in offers(app.screen)})
        await pilot.press("v")
        await until(pilot, lambda: app.on_top(CompareScreen) and app.screen.query_one("#left").border_title)
        await until(pilot, lambda: "say the same" in screen_text(app))


async def test_a_role_is_put_on_the_map_and_named_by_enter(team: Maps) -> None:
    app = Bench(team.path)
    async with app.run_test(size=WIDE) as pilot:
        await opened(pilot)
        await pilot.press("N")
        await until(pilot, lambda: app.on_top(FormScreen))
        await pilot.press(*"Board", "ctrl+s")
        await until(pilot, lambda: app.room.current and app.room.current.name == "Board")
        assert app.stakeholder.person_id is None
        await pilot.press("enter")
        await choose(pilot, app, "moretti")
        await until(pilot, lambda: app.names[-1] == "moretti")
        assert app.stakeholder.position == "Board"


async def test_the_form_changes_a_person_and_dates_the_judgement(team: Maps) -> None:
    app = Bench(team.path)
    async with app.run_test(size=WIDE) as pilot:
        await opened(pilot)
        await pilot.press("down", "enter")
        await until(pilot, lambda: app.on_top(FormScreen))
        assert isinstance(app.screen, FormScreen)
        app.screen.form.put({"power": "4", "roles": "user,coach"})
        await pilot.press("ctrl+s")
        await until(pilot, lambda: saved(team, CONTI).power == 4)
        assert saved(team, CONTI).power_on == app.today
        assert saved(team, CONTI).roles == (Role.USER, Role.COACH)


async def test_a_boss_is_chosen_and_a_circle_is_told(team: Maps) -> None:
    app = Bench(team.path)
    async with app.run_test(size=WIDE) as pilot:
        await opened(pilot)
        await pilot.press("down", "b")
        await choose(pilot, app, "ferrari")
        await until(pilot, lambda: saved(team, CONTI).reports_to_id == saved(team, FERRARI).id)
        await until(pilot, lambda: app.stakeholder.reports_to_id == saved(team, FERRARI).id)
        app.room.go_to(saved(team, FERRARI).id)
        await pilot.press("b")
        await choose(pilot, app, "conti")
        await until(pilot, lambda: any("circle" in one.message for one in app._notifications))
        assert saved(team, FERRARI).reports_to_id == saved(team, BIANCHI).id


async def test_a_line_is_drawn_and_taken_away(team: Maps) -> None:
    app = Bench(team.path)
    async with app.run_test(size=WIDE) as pilot:
        await opened(pilot)
        assert "unline" not in {offer.action for offer in offers(app.screen)}
        await pilot.press("A")
        await until(pilot, lambda: app.on_top(FormScreen))
        assert isinstance(app.screen, FormScreen)
        target = saved(team, CONTI).id
        app.screen.form.put({"target_id": f"{target}=x", "kind": "conflict", "strength": "3"})
        await pilot.press("ctrl+s")
        await until(pilot, lambda: len(team.page().edges) == 2)
        edge = team.page().edges[1]
        assert (edge.target_id, edge.kind, edge.strength) == (target, EdgeKind.CONFLICT, 3)
        await until(pilot, lambda: "in conflict" in app.words_on_sheet())
        await pilot.press("X")
        await choose(pilot, app, "conflict")
        await until(pilot, lambda: len(team.page().edges) == 1)


async def test_who_is_taken_off_comes_back_by_undo(team: Maps) -> None:
    app = Bench(team.path)
    async with app.run_test(size=WIDE) as pilot:
        await opened(pilot)
        await pilot.press("d")
        await until(pilot, lambda: app.names == [CONTI, FERRARI])
        assert app.room.current is not None
        await pilot.press("u")
        await until(pilot, lambda: sorted(app.names) == [BIANCHI, CONTI, FERRARI])


async def test_all_marked_in_the_table_are_taken_off(team: Maps) -> None:
    app = Bench(team.path)
    async with app.run_test(size=WIDE) as pilot:
        await opened(pilot)
        await pilot.press("t")
        await until(pilot, lambda: app.room.table.count == 3)
        await pilot.press("space", "space", "d")
        await until(pilot, lambda: app.names == [FERRARI])


# From elsewhere


async def test_a_page_is_opened_on_top_and_left(team: Maps) -> None:
    app = Bench(team.path)
    async with app.run_test(size=WIDE) as pilot:
        await opened(pilot)
        other = commands.map_of(team.path, team.of_line4, TUI)
        app.open_record("dmu_map", other)
        await until(pilot, lambda: isinstance(app.screen, DmuPage) and app.screen.page)
        assert app.room.page is not None
        assert app.room.page.title == "Aurora Spa / Line 4"
        await pilot.press("plus")
        await until(pilot, lambda: team.sheet(BIANCHI, team.of_line4).stakeholder.attitude == 0)
        await pilot.press("escape")
        assert type(app.screen) is DmuScreen


async def test_a_page_of_a_place_without_a_map_is_opened(maps: Maps) -> None:
    maps.add(BIANCHI)
    app = Bench(maps.path)
    async with app.run_test(size=WIDE) as pilot:
        await opened(pilot)
        before = workspace.version(maps.path)
        app.push_screen(DmuPage(place=maps.of_line4))
        await until(pilot, lambda: isinstance(app.screen, DmuPage) and app.screen.page)
        assert app.names == []
        assert workspace.version(maps.path) == before


async def test_what_another_process_does_shows_and_the_cursor_stays(team: Maps) -> None:
    app = Bench(team.path)
    async with app.run_test(size=WIDE) as pilot:
        await opened(pilot)
        await pilot.press("down", "right")
        await until(pilot, lambda: app.stakeholder.id == saved(team, FERRARI).id)
        commands.remove(team.path, [saved(team, CONTI).id], TUI)
        await until(pilot, lambda: app.names == [BIANCHI, FERRARI])
        assert app.stakeholder.id == saved(team, FERRARI).id


@pytest.mark.parametrize("size", [WIDE, NARROW])
async def test_hostile_text_is_shown_as_text(maps: Maps, size: tuple[int, int]) -> None:
    for number, text in enumerate([*STRINGS.values()][size[0] % 7 :: 8]):
        name = f"{text[:200]}x{number}"
        person = generic.add(maps.path, Person, {"name": name, "account_id": maps.account}, TUI)
        given = {"person_id": person, "position": name, "criteria": text[:200], "win": name, "power": 4}
        commands.add_stakeholder(maps.path, maps.of_account, given, TUI, TODAY)
        if number == 12:
            break
    app = Bench(maps.path)
    async with app.run_test(size=size) as pilot:
        await opened(pilot)
        for keys in (["down"] * 3, ["t"], ["tab", "down"], ["i"]):
            await pilot.press(*keys)
            await pilot.pause()
            shown = screen_text(app)
            assert not has_control(shown.replace("\n", ""))
        for screen in ("w", "a", "e", "m", "b"):
            app.room.map.focus()
            await pilot.press(screen, "escape")
        assert app.is_running
