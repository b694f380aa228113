"""The tabs of a page on one line, wide enough for them or not."""

from __future__ import annotations

from textual.app import App, ComposeResult

from crmtui.tui.widgets.tab_line import Tab, TabLine

TABS = [Tab(name, name.title()) for name in ("profile", "people", "relationship", "plans", "timeline")]


class Page(App[None]):
    def compose(self) -> ComposeResult:
        yield TabLine(TABS)

    @property
    def line(self) -> TabLine:
        return self.query_one(TabLine)

    def on_tab_line_chosen(self, event: TabLine.Chosen) -> None:
        self.line.current = event.tab


async def test_all_tabs_stand_on_a_line_that_is_wide_enough() -> None:
    app = Page()
    async with app.run_test(size=(80, 3)):
        assert app.line.render().plain == "Profile │ People │ Relationship │ Plans │ Timeline"


async def test_a_click_reaches_also_the_tabs_for_which_there_is_no_room() -> None:
    app = Page()
    async with app.run_test(size=(40, 3)) as pilot:
        for tab in TABS[1:]:
            assert app.line.render().plain.endswith("→")
            await pilot.click(TabLine, offset=(38, 0))
            assert app.line.current == tab.id
            assert tab.label in app.line.render().plain
        assert not app.line.render().plain.endswith("→")
        before = iter(reversed(TABS[:-1]))
        while app.line.render().plain.startswith("←"):
            await pilot.click(TabLine, offset=(1, 0))
            assert app.line.current == next(before).id
        assert "Profile" in app.line.render().plain


async def test_a_line_of_a_few_cells_shows_the_open_tab() -> None:
    app = Page()
    async with app.run_test(size=(6, 3)):
        app.line.current = "plans"
        assert "Plans" in app.line.render().plain
