"""Asking how an account answers to effort, with its curve drawn as the answers are given."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar, Final

from crmtui.domain.fields import Kind, Spec, default
from crmtui.domain.territory import ResponseCurve
from crmtui.domain.words import Source
from crmtui.method import response
from crmtui.text import N_, _
from crmtui.tui import show
from crmtui.tui.screens.form import FormScreen, Shape
from crmtui.tui.widgets import territory_lines
from crmtui.tui.widgets.plot_view import drawn

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping
    from pathlib import Path

    from textual.content import Content

    from crmtui.domain.values import Value
    from crmtui.queries.territory import Taken

WIDTH: Final = 60  # cells of the curve
HEIGHT: Final = 9
HIGH: Final = 25  # of the whole dialog
_HELP: Final = N_("As a multiple of what it buys with today's effort: 0.8 is four fifths.")
_ASKED: Final = {
    name: Spec(kind=Kind.NUMBER, label=question, help=_HELP, low=0, high=100)
    for name, question in response.QUESTIONS.items()
}
_FIELDS: Final = ("sales", "margin_share", "hours", "basis", "source")


class AnswerScreen(FormScreen[int]):
    """The four questions and what they rest on, above the curve that goes through the answers."""

    HELP = N_("What would the account buy with other effort? The curve below is drawn as you answer.")
    # The questions scroll where there is no room for all of them: the curve stays whole.
    DEFAULT_CSS: ClassVar[str] = f"""
    AnswerScreen {{
        & #foretold {{ height: {HEIGHT}; margin-top: 0; }}
        & > #dialog {{ height: {HIGH}; }}
        & Form {{ height: 1fr; }}
    }}
    """


def asking(path: Path, taken: Taken, today: dt.date) -> AnswerScreen:
    """The form for an account; what was not asked yet begins as the usual of its level.

    It stays the usual where it is left as it is and something else is written down. Only what is changed is written,
    so that nothing is taken back that was written down while the form was open.
    """
    from crmtui.commands import territory

    def save(values: dict[str, Value]) -> int:
        changed = {one: value for one, value in values.items() if value != given.get(one)}
        if (not changed and not taken.is_judged) or not changed.keys().isdisjoint(response.QUESTIONS):
            changed |= {one: values[one] for one in response.QUESTIONS}
        return territory.judge(path, taken.key, changed, today, Source.TUI)

    given: dict[str, Value] = {one: getattr(taken.judged, one) for one in response.QUESTIONS}
    if taken.record is not None:
        given |= {one: getattr(taken.record, one) for one in (*_FIELDS, "currency")}
    else:
        given |= {one: default(ResponseCurve, one) for one in _FIELDS}
    return AnswerScreen(
        ResponseCurve,
        given,
        title=taken.name,
        save=save,
        shape=Shape(only=_FIELDS, extra=_ASKED, foretell=_curve),
    )


def bounding(path: Path, taken: Taken) -> FormScreen[int]:
    """The form for the hours that an account is promised, would take, or gets in any case."""
    from crmtui.commands import territory

    names = ("pinned_hours", "least_hours", "most_hours")
    return FormScreen(
        ResponseCurve,
        {one: getattr(taken.record, one) if taken.record else None for one in names},
        title=_("Hours of {name}").format(name=taken.name),
        save=partial(territory.bound, path, taken.key, source=Source.TUI),
        shape=Shape(only=names),
    )


def _curve(values: Mapping[str, Value]) -> Content:
    """The curve through what is typed, or what is wrong with it."""
    given = [values.get(one) for one in response.QUESTIONS]
    known = [float(one) for one in given if isinstance(one, int | float)]
    if len(known) < len(given):
        return show.label(_("All four answers make a curve."), show.MUTED)
    said = response.Judgements(*known)
    if wrong := response.faults(said):
        return show.block("\n".join(wrong.values())).stylize(show.ACT)
    return drawn(territory_lines.answer(response.fit(said)), WIDTH, HEIGHT)
