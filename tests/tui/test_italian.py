"""What is cut or runs together where words are longer than in English, at the size of a small terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from textual.binding import Binding

from crmtui import text
from crmtui.domain.accounts import Account
from crmtui.domain.fields import specs
from crmtui.domain.words import Posture
from crmtui.queries import dmu, opportunities, today
from crmtui.tui.screens.help import HelpScreen
from crmtui.tui.screens.today import TodayScreen
from crmtui.tui.screens.welcome import WAYS, WelcomeScreen
from crmtui.tui.widgets import account_profile, dmu_reasons, facts, matrix_lines, pipeline, today_lines
from deals import TODAY
from tui.bench import NARROW, Workbench, at_top, drawn, enter, until

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.usefixtures("italian")


async def test_the_ways_to_begin_are_told_whole_with_the_key_that_takes_one(tmp_path: Path) -> None:
    async with Workbench(tmp_path / "new.db").run_test(size=NARROW) as pilot:
        await until(pilot, lambda: isinstance(pilot.app.screen, WelcomeScreen))
        await until(pilot, lambda: "Comincia" in drawn(pilot))
        shown = drawn(pilot)
        assert "…" not in shown
        assert "Area di lavoro di esempio  clienti" in shown
        assert len(WAYS) == sum(line.strip().startswith(("Area", "Importa", "Comincia")) for line in shown.splitlines())
        assert "⏎ Scegli" in shown.splitlines()[-1]


async def test_help_puts_its_sentences_below_each_other(workspace: Path) -> None:
    async with Workbench(workspace).run_test(size=NARROW) as pilot:
        await enter(pilot, "today")
        await at_top(pilot, TodayScreen)
        await pilot.press("question_mark")
        await until(pilot, lambda: isinstance(pilot.app.screen, HelpScreen))
        screen = pilot.app.screen
        assert isinstance(screen, HelpScreen)
        part = next(part for part in screen.parts if "Registra un contatto" in part.plain)
        told = [offer for offer in part.offers if offer.help]
        lines = {
            line.rindex(offer.help[:9]) for offer in told for line in part.plain.splitlines() if offer.help[:9] in line
        }
        assert len(lines) == 1


@pytest.mark.parametrize("has_accounts", [False, True])
def test_how_to_begin_is_told_in_lines_that_a_small_terminal_has(*, has_accounts: bool) -> None:
    assert max(line.left.cell_length for line in today_lines.beginning(has_accounts=has_accounts)) <= NARROW[0] - 6


def test_keys_are_called_as_on_the_keyboard(workspace: Path) -> None:
    app = Workbench(workspace)
    assert [app.get_key_display(Binding(key, "")) for key in ("space", "delete", "x")] == ["spazio", "canc", "x"]


def test_the_columns_of_the_terms_of_a_map_stand_apart(sample: Path) -> None:
    place = dmu.newest(sample)
    assert place is not None
    told = dmu_reasons.reasons(dmu.page_at(sample, place, TODAY), TODAY).plain
    heading = next(line for line in told.splitlines() if "giudizio" in line)
    assert heading.split() == ["proprio", "puntata", "giudizio", "arriva", "a", "aggiunge"]


def test_the_terms_of_everybody_on_a_map_are_told_whole(sample: Path) -> None:
    place = dmu.newest(sample)
    assert place is not None
    page = dmu.page_at(sample, place, TODAY)
    told = [dmu_reasons.reasons(page, TODAY, sheet.key).plain for sheet in page.sheets]
    assert any("il resto va a" in one for one in told)
    assert not any("…" in one for one in told)


def test_sums_of_opportunities_give_up_words_before_figures(sample: Path) -> None:
    board = opportunities.board(sample, TODAY)
    wide, narrow = (pipeline.totals(board, width).plain for width in (200, 78))
    assert "in elenco" in wide
    assert "pesato" in narrow
    assert "…" not in narrow
    assert [mark for mark in narrow if mark.isdigit()] == [mark for mark in wide.partition(" · ")[2] if mark.isdigit()][
        : sum(map(str.isdigit, narrow))
    ]


def test_the_words_of_the_matrix_and_of_the_profile_have_room() -> None:
    posture = next(column for column in matrix_lines.COLUMNS if column.key == "posture")
    assert max(len(text._(one.label)) for one in Posture) + len("?") <= posture.width
    fields = specs(Account)
    named = [text._(fields[name].label) for _title, names in account_profile.GROUPS for name in names if name in fields]
    assert max(map(len, named)) + 1 <= facts.LABEL


def test_the_figures_of_the_week_are_told_whole(sample: Path) -> None:
    told = today_lines.figures(today.page(sample, TODAY), 40).plain
    assert "aperte    13 opportunità" in told
    assert "…" not in told
    assert "territorio" in told
    assert max(map(len, told.splitlines())) <= 40


@pytest.mark.parametrize("width", [30, 46])
def test_what_to_watch_is_told_whole_in_any_width(sample: Path, width: int) -> None:
    page = today.page(sample, TODAY)
    lines = [line.left.plain for line in today_lines.watch(page, width) if line.key is None]
    told = "".join(lines[1:]).split()  # without the heading
    assert told == " ".join(finding.why for finding in page.watch).split() != []
    assert all(len(line) <= width for line in lines)
