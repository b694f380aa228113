"""What only the user can know of the cells: which of day and month is first, currencies, words of others, people."""

from __future__ import annotations

from functools import partial
from typing import Final

from textual import on
from textual.content import Content

from crmtui.domain.money import CURRENCIES
from crmtui.domain.nouns import BY_TABLE
from crmtui.exchange.mapping.choices import About
from crmtui.exchange.mapping.headers import words_of
from crmtui.exchange.mapping.meant import NOTHING, OUTCOME, YES_NO, vocabulary
from crmtui.exchange.mapping.targets import OF_CONSENT, STANDING, link_of, spec_of
from crmtui.text import N_, _
from crmtui.tui import show
from crmtui.tui.importing.columns import answering
from crmtui.tui.importing.plan import DATES, DECIMALS, UNITS, Question
from crmtui.tui.importing.step import Changed, ListStep
from crmtui.tui.screens.choose import ChooseScreen, Found
from crmtui.tui.widgets.window_list import WindowList
from crmtui.tui.widgets.window_source import ListColumn, Row

COLUMNS: Final = (
    ListColumn(key="file", title=N_("File"), width=14, widest=24, priority=1, sortable=False),
    ListColumn(key="column", title=N_("Column"), width=14, widest=24, sortable=False),
    ListColumn(key="asked", title=N_("What is asked"), width=33, flexible=True, sortable=False),
    ListColumn(key="answer", title=N_("Decided"), width=14, widest=24, sortable=False),
)
_ASKED: Final = {
    About.DATES: N_("is the day or the month first?"),
    About.NUMBERS: N_("what marks decimals?"),
    About.UNITS: N_("how are figures told?"),
    None: N_("currency of amounts that name none"),
}
_WAYS: Final = {About.DATES: DATES, About.NUMBERS: DECIMALS, About.UNITS: UNITS}
_NO: Final = N_("read as no")
_READ_AS: Final = {OUTCOME: N_("read as open"), **dict.fromkeys((*OF_CONSENT, STANDING), N_("kept as it is"))}


class ValuesStep(ListStep):
    """What the files leave open."""

    NAME = N_("Values")
    COLUMNS = COLUMNS
    HELP = N_("What only you can know of the cells. Enter answers; what is red must be answered before it goes on.")

    def rows(self) -> list[Row]:
        """A row for each question."""
        is_one = len(self.plan.looks) == 1
        return [
            Row(
                number,
                (one.look.name, _column(one) if one.header or is_one else _all_of(one), _question(one), _answer(one)),
            )
            for number, one in enumerate(self.plan.questions(), 1)
        ]

    def empty(self) -> Content:
        """Nothing is asked."""
        return show.block(_("Nothing to decide: days, numbers and words can be read in one way only."))

    def refresh_rows(self) -> None:
        """Show the questions."""
        count = len(self.plan.open)
        self.say(_("Enter answers the rows in red before it goes on.") if count else _("Everything can be read."))
        super().refresh_rows()

    @property
    def question(self) -> Question | None:
        """The one under the cursor."""
        found = list(self.plan.questions())
        return found[self.place] if self.place is not None and self.place < len(found) else None

    def about(self) -> Content:
        """The question in full, with the cells that it is about."""
        question = self.question
        if question is None:
            return Content()
        asked = Content.assemble(show.label(question.look.name), " · ", _column(question), " · ", _question(question))
        return Content("\n").join([asked, show.label(" · ".join(question.examples[:12]), show.MUTED)])

    @on(WindowList.Opened)
    def _choose(self) -> None:
        question = self.question
        if question is None:
            return

        def chosen(found: Found[str] | None) -> None:
            if found is not None:
                self.plan.answer(question, found.key)
                self.post_message(Changed())

        title = question.header or question.look.name
        self.app.push_screen(ChooseScreen(title, partial(answering, offered(question))), chosen)


def offered(question: Question) -> list[Found[str]]:
    """What may be answered to a question."""
    if question.about is None:
        return [Found(code, code) for code in sorted(CURRENCIES, key=lambda code: (code != question.answer, code))]
    if question.about in _WAYS:
        return [Found(way, _(said)) for way, said in _WAYS[question.about]]
    if question.about is About.PEOPLE:
        words = words_of(question.cell)
        led_to = {one.word for one in question.look.understood if one.about is About.PEOPLE}
        names = dict.fromkeys([*question.look.people, *sorted(led_to)])
        near = sorted(names, key=lambda name: not words & words_of(name))
        found = [Found(name, name) for name in near]
        if not link_of(question.target):  # nobody is called by a key
            found.append(Found(question.cell, _("somebody new: {name}").format(name=question.cell)))
        return [*found, Found(NOTHING, _("nobody"))]
    kind = BY_TABLE[question.look.table]
    found = [Found(word, _(said)) for word, said in vocabulary(kind, question.target).items()]
    if question.target not in YES_NO and not spec_of(kind, question.target).required:
        found.append(Found(NOTHING, _("leave empty")))
    return found


def _column(one: Question) -> Content:
    return show.label(one.header) if one.header else Content.styled(_("all columns"), show.MUTED)


def _all_of(one: Question) -> Content:
    """Where the column of files is folded, the files would look alike."""
    return Content.styled(_("all of {file}").format(file=show.label(one.look.name).plain), show.MUTED)


def _question(one: Question) -> Content:
    if one.about is About.PEOPLE:
        return show.label(_("who is “{word}”?").format(word=one.cell))
    if one.cell:
        return show.label(_("what is “{word}”?").format(word=one.cell))
    return Content(_(_ASKED[one.about]))


def _answer(one: Question) -> Content:
    if one.answer:
        labels = {found.key: found.label for found in offered(one)}
        return show.label(labels.get(one.answer, one.answer))
    if one.about in (About.DATES, About.NUMBERS):
        return Content.styled(_("to be answered"), show.ACT)
    if one.about is About.PEOPLE:
        return Content.styled(_("nobody so far") if link_of(one.target) else _("somebody new"), show.MUTED)
    if one.about is About.WORDS:
        return Content.styled(_("refused so far"), show.WATCH)
    return Content.styled(_(_READ_AS.get(one.target, _NO)), show.WATCH)
