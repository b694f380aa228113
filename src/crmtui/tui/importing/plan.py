"""What the user has decided about an import so far; no widget knows more."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from crmtui.commands.import_existing import Existing
from crmtui.commands.import_mappings import NOTHING, FileMapping
from crmtui.commands.importing import ImportOptions
from crmtui.domain.nouns import BY_TABLE
from crmtui.exchange.file_form import RECOGNISED, FileForm
from crmtui.exchange.kinds import FileKind
from crmtui.exchange.mapping.choices import About
from crmtui.exchange.mapping.meant import names_ours
from crmtui.exchange.mapping.targets import KEPT, SHARED
from crmtui.text import N_, key

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from crmtui.commands.import_looking import FileLook
    from crmtui.commands.import_report import ImportReport
    from crmtui.exchange.mapping.choices import Open

MOST_TRACED: Final = 200_000  # rows; what became of more is not kept, since it would fill the memory
DATES: Final = (("dmy", N_("day first")), ("mdy", N_("month first")))
DECIMALS: Final = (("comma", N_("a comma marks decimals")), ("point", N_("a point marks decimals")))
UNITS: Final = (("1", N_("as they are")), ("1000", N_("in thousands")), ("1000000", N_("in millions")))
MODES: Final = {
    Existing.FILL: N_("fill gaps"),
    Existing.OVERWRITE: N_("overwrite"),
    Existing.SKIP: N_("leave as it is"),
}


@dataclass(frozen=True, slots=True)
class Question:
    """Something that the file leaves open, or that may be decided otherwise.

    Attributes:
        look: the file.
        about: what it is about; the currency when None.
        header: the column; '' for all of them.
        examples: cells that it is about.
        cell: the word that is unknown; '' where the question is of the whole column.
        answer: what was decided; '' for nothing yet.
        target: what the column becomes.
    """

    look: FileLook
    about: About | None
    header: str
    examples: tuple[str, ...] = ()
    cell: str = ""
    answer: str = ""
    target: str = ""


@dataclass(slots=True)
class Plan:
    """An import in the making.

    Attributes:
        path: the workspace.
        files: what was named, and what was found in folders that were.
        found: the latter.
        looks: what the files hold, as they were read last.
        mappings: what was decided about each of them, by name.
        forms: how each of them is laid out, by name, where that was said.
        existing: what rows may do to records that are there.
        skip_rejected: whether the other rows are imported where some are refused.
        anew: whether to forget what was decided about files of the same headers.
        account: the name of the account of what calendars hold that has none; '' to pass that over.
        spelt: words whose meaning was decided, as the file has them.
        trial: what the last trial told; None after anything was decided since.
    """

    path: Path
    files: tuple[Path, ...] = ()
    found: frozenset[Path] = frozenset()
    looks: list[FileLook] = field(default_factory=list)
    mappings: dict[str, FileMapping] = field(default_factory=dict)
    forms: dict[str, FileForm] = field(default_factory=dict)
    existing: Existing = Existing.FILL
    skip_rejected: bool = False
    anew: bool = False
    account: str = ""
    spelt: dict[tuple[str, str], str] = field(default_factory=dict)
    trial: ImportReport | None = None

    @property
    def rows(self) -> int:
        """How many there are in all files; 0 before the trial has told."""
        return sum(file.rows for file in self.trial.files) if self.trial else 0

    def options(self, now: dt.datetime, heed: Callable[[], None], *, dry_run: bool) -> ImportOptions:
        """The same as a command takes it."""
        return ImportOptions(
            dry_run=dry_run,
            skip_rejected=self.skip_rejected or dry_run,
            is_traced=not dry_run and self.rows <= MOST_TRACED,
            existing=self.existing,
            files=dict(self.mappings),
            forms=dict(self.forms),
            anew=self.anew,
            account=self.account if self.has_calendars else "",
            found=self.found,
            heed=heed,
            now=now,
        )

    @property
    def can_go_on(self) -> bool:
        """Whether there is a file that can be read, and none that cannot."""
        return bool(self.looks) and not any(look.problem for look in self.looks)

    @property
    def has_calendars(self) -> bool:
        """Whether any of the files is a calendar."""
        return any(look.kind is FileKind.CALENDAR for look in self.looks)

    @property
    def open(self) -> list[Question]:
        """What must be decided before anything can be read."""
        return [one for one in self.questions() if not one.answer and one.about in (About.DATES, About.NUMBERS)]

    # Deciding

    def _decide(self, look: FileLook, mapping: FileMapping) -> None:
        self.mappings[look.name] = mapping
        self.trial = None

    def mapping(self, look: FileLook) -> FileMapping:
        """What was decided about a file in this import."""
        return self.mappings.get(look.name, NOTHING)

    def decided(self, look: FileLook) -> FileMapping:
        """The same, and what was decided about the last file of its headers."""
        return self.mapping(look).over(look.kept)

    def turn_anew(self) -> None:
        """Forget what was decided about the last files of the same headers, or use it after all."""
        self.anew, self.trial = not self.anew, None

    def form(self, look: FileLook) -> FileForm:
        """How a file is laid out, as far as it was said."""
        return self.forms.get(look.name, RECOGNISED).over(self.forms.get(look.path.name, RECOGNISED))

    def lay_out(self, look: FileLook, form: FileForm) -> None:
        """Say how a file is laid out; what was said of its columns goes, since there may be others now."""
        is_sheet = look.name != look.path.name
        if is_sheet:  # the line is its own, the rest is said of the workbook
            self.forms[look.name] = FileForm(header=form.header)
        else:
            self.forms = {name: one for name, one in self.forms.items() if not name.startswith(f"{look.path.name}/")}
        self.forms[look.path.name] = form._replace(header=None) if is_sheet else form
        for name in [name for name in self.mappings if name == look.name or name.startswith(f"{look.path.name}/")]:
            mapping = self.mappings.pop(name)
            kind = "" if mapping.columns else mapping.kind
            if kind or mapping.skip_doubtful is not None:
                self.mappings[name] = FileMapping(kind=kind, skip_doubtful=mapping.skip_doubtful)
        self.trial = None

    def hold(self, look: FileLook, table: str) -> None:
        """Say what a file holds; what was said of its columns goes with what it held before."""
        self._decide(look, FileMapping(kind=table, skip_doubtful=self.mapping(look).skip_doubtful))

    def become(self, look: FileLook, header: str, target: str | None) -> None:
        """Say what a column becomes; None leaves it to the file again."""
        mapping = self.mapping(look)
        columns = {name: one for name, one in mapping.columns.items() if name != header}
        if target is not None:
            if target not in SHARED:  # another column that was to become it loses it
                columns = {name: one for name, one in columns.items() if one != target}
                columns |= {name: KEPT for name, one in self.decided(look).columns.items() if one == target}
            columns[header] = target
        self._decide(look, replace(mapping, kind=mapping.kind or look.table, columns=columns))

    def answer(self, question: Question, answer: str) -> None:
        """Decide what a file leaves open."""
        mapping = self.mapping(question.look)
        if question.about is About.DATES:
            mapping = replace(mapping, day_first=answer == DATES[0][0])
        elif question.about is About.NUMBERS:
            mapping = replace(mapping, decimal_comma=answer == DECIMALS[0][0])
        elif question.about is About.UNITS:
            mapping = replace(mapping, units={**mapping.units, question.header: float(answer)})
        elif question.cell:
            for look, header in self._asking(question):
                self._mean(look, header, question.cell, answer)
            return
        else:
            mapping = replace(mapping, currency=answer)
        self._decide(question.look, mapping)

    def _asking(self, question: Question) -> Iterator[tuple[FileLook, str]]:
        """The file and the column of a question, and others that ask who the same of ours is."""
        yield question.look, question.header
        for look in self.looks if question.about is About.PEOPLE else ():
            for one in look.questions:
                if one.about is About.PEOPLE and question.cell in one.examples:
                    yield look, one.header
            for said in look.understood:
                if said.about is About.PEOPLE and question.cell == said.cell:
                    yield look, said.header

    def _mean(self, look: FileLook, header: str, cell: str, word: str) -> None:
        mapping, place = self.mapping(look), (header, key(cell))
        self.spelt.setdefault(place, cell)
        self._decide(look, replace(mapping, words={**mapping.words, place: word}))

    def turn_mode(self, look: FileLook, header: str) -> None:
        """Let the cells of a column do the next thing to records that are there; after the last, what all do."""
        mapping = self.mapping(look)
        before = self.decided(look).modes.get(header)
        order = [*Existing] if header in look.kept.modes else [None, *Existing]
        after = order[(order.index(before) + 1) % len(order)]
        modes = {name: mode for name, mode in mapping.modes.items() if name != header}
        if after is not None:
            modes[header] = after
        self._decide(look, replace(mapping, modes=modes))

    def turn_existing(self) -> None:
        """Let all rows do the next thing to records that are there."""
        order = list(Existing)
        self.existing = order[(order.index(self.existing) + 1) % len(order)]
        self.trial = None

    @property
    def skip_doubtful(self) -> bool:
        """Whether new rows that may be there already, or twice in a file, are left out."""
        return any(self.decided(look).skip_doubtful for look in self.looks)

    def turn_doubtful(self) -> None:
        """Bring new rows that may be there already, or twice in a file, or leave them out."""
        wanted = not self.skip_doubtful
        for look in self.looks:
            said = None if bool(look.kept.skip_doubtful) is wanted else wanted
            self._decide(look, replace(self.mapping(look), skip_doubtful=said))

    def put_to(self, account: str) -> None:
        """Say of which account it is what calendars hold that has none; '' to pass that over."""
        self.account, self.trial = account, None

    # What there is to decide

    def questions(self) -> Iterator[Question]:
        """What the files leave open, and what was decided about it; the currency of amounts that name none."""
        for look in self.looks:
            mapping, about = self.decided(look), {one.about for one in look.questions}
            yield from (asked for one in look.questions for asked in _asked(look, one, mapping))
            if mapping.day_first is not None and About.DATES not in about:
                yield Question(look, About.DATES, "", answer=DATES[0 if mapping.day_first else 1][0])
            if mapping.decimal_comma is not None and About.NUMBERS not in about:
                yield Question(look, About.NUMBERS, "", answer=DECIMALS[0 if mapping.decimal_comma else 1][0])
            yield from self._said(look, mapping)
            for told in look.understood:
                if (told.header, key(told.cell)) not in mapping.words:
                    cell = told.cell
                    yield Question(look, told.about, told.header, (cell,), cell, told.word, told.target)
            if look.currency:
                yield Question(look, None, "", answer=mapping.currency or look.currency)

    def _said(self, look: FileLook, mapping: FileMapping) -> Iterator[Question]:
        """What was decided about single columns and their words."""
        targets = {guess.header: guess.field for guess in look.columns}
        for header, unit in mapping.units.items():
            if header in targets:
                yield Question(
                    look,
                    About.UNITS,
                    header,
                    answer=str(int(unit)) if unit == int(unit) else str(unit),
                    target=targets[header],
                )
        for (header, cell), word in mapping.words.items():
            if header in targets:
                spelt = self.spelt.get((header, cell), cell)
                about = About.PEOPLE if names_ours(BY_TABLE[look.table], targets[header]) else About.WORDS
                yield Question(look, about, header, (), spelt, word, targets[header])


def _asked(look: FileLook, one: Open, mapping: FileMapping) -> Iterator[Question]:
    """A question of the file; of each of its words where it is about those."""
    if one.about in (About.DATES, About.NUMBERS):
        yield Question(look, one.about, one.header, one.examples, target=one.target)
    elif one.about is About.UNITS:
        if one.header not in mapping.units:
            yield Question(look, one.about, one.header, one.examples, "", UNITS[0][0], one.target)
    else:
        for cell in one.examples:
            if (one.header, key(cell)) not in mapping.words:
                yield Question(look, one.about, one.header, (cell,), cell, "", one.target)
