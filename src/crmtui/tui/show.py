"""How values look: the only place that turns what a record holds into styled text.

Everything here returns `Content` made of cleaned text and of the theme's own colours, never markup, so that no
name of a customer can become a style, an action or a terminal code.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Final, Literal

from rich.cells import cell_len, set_cell_size
from textual.content import Content

from crmtui import text
from crmtui.days import MONTHS, WEEKDAYS, dated
from crmtui.domain.money import exponent, format_amount, format_number, sign_of
from crmtui.text import _
from crmtui.tui.glyphs import ASCII, UNICODE, Glyphs

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date, datetime

Justify = Literal["left", "right", "center"]

MUTED: Final = "$foreground 60%"  # Textual's `$text-muted` loses its opacity in Content
FINE: Final = "$text-success"
WATCH: Final = "$text-warning"
ACT: Final = "$text-error"
BAR: Final = "$primary"
TROUGH: Final = "$foreground 25%"

LEVELS: Final = ("prospect", "buyer", "account", "partner")
ATTITUDE_STYLES: Final = (ACT, WATCH, "", FINE, FINE)
STATUS_STYLES: Final = {"planned": "", "done": FINE, "moved": WATCH, "cancelled": MUTED}

LONGEST: Final = 2_000  # characters on one line; measuring more than a screen holds would cost a frame
_NARROWEST: Final = 10  # cells for a value, however long its label is
_DAYS_AS_DAYS: Final = 14
_DAYS_AS_WEEKS: Final = 56
_HALF_A_YEAR: Final = 183
_WEEK: Final = 7
_WHOLE_BELOW: Final = 10_000
_THOUSANDS: Final = Decimal(999_500)  # rounds to 1000 k from here
_MILLIONS: Final = Decimal(999_500_000)
_HUNDRED: Final = 100
_TEN: Final = 10


class _Choice:
    """The signs in use; one choice for the process."""

    glyphs: Glyphs = UNICODE


def use_ascii(wanted: bool) -> None:
    """Show ASCII in place of every glyph from now on, or glyphs again."""
    _Choice.glyphs = ASCII if wanted else UNICODE


def glyphs() -> Glyphs:
    """The signs in use."""
    return _Choice.glyphs


# Text


def label(raw: str, style: str = "") -> Content:
    """Text of a user or a file on one line, cleaned, the start of it when it is long; the style is ours."""
    line = text.line(raw if len(raw) <= LONGEST else raw[:LONGEST] + glyphs().ellipsis)
    return Content.styled(line, style)


def block(raw: str, style: str = "") -> Content:
    """Text of several lines, cleaned."""
    return Content.styled(text.clean(raw).expandtabs(4), style)


def fit(plain: str, width: int, justify: Justify = "left") -> str:
    """Cleaned text in exactly so many cells: cut with an ellipsis, or filled with blanks."""
    length = len(plain) if plain.isascii() else cell_len(plain)
    if length > width:
        plain = set_cell_size(plain, width - 1).rstrip() + glyphs().ellipsis if width > 0 else ""
        length = cell_len(plain)
    space = width - length
    if justify == "left":
        return plain + " " * space
    left = space if justify == "right" else space // 2
    return " " * left + plain + " " * (space - left)


def lead(label: str, width: int) -> str:
    """A label in so many cells, the last of them always blank."""
    return fit(label, width - 1) + " "


def cells(content: Content | str, width: int, justify: Justify = "left") -> Content:
    """Styled text in exactly so many cells, its styles kept."""
    if isinstance(content, str):
        return Content(fit(content, width, justify), cell_length=width)
    content = at_most(content, width)
    space = width - content.cell_length
    if justify == "left":
        return content.pad_right(space)
    left = space if justify == "right" else space // 2
    return content.pad_left(left).pad_right(space - left)


def at_most(content: Content, width: int) -> Content:
    """Styled text in no more than so many cells."""
    return _cut(content, width) if content.cell_length > width else content


def _cut(content: Content, width: int) -> Content:
    if width <= 0:
        return Content()
    kept = content.truncate(width - 1).rstrip()
    return Content.assemble(kept, (glyphs().ellipsis, MUTED))


def hanging(label: Content, value: Content, width: int) -> Iterator[Content]:
    """The lines of a value in so many cells; those after the first stand below it, not below its label."""
    room = label.cell_length
    for line in value.wrap(max(_NARROWEST, width - room)) or [Content()]:
        yield label + line.rstrip()
        label = Content(" " * room)


def fitting(ways: Iterable[Content], width: int) -> Content:
    """The first way to say something that fits, from many words to few; the last one cut where none does."""
    way = Content()
    for way in ways:
        if way.cell_length <= width:
            break
    return at_most(way, width)


def nothing() -> Content:
    """The place of a value that is not there; missing is not zero."""
    return Content.styled(glyphs().nothing, MUTED)


def unknown() -> Content:
    """The place of a judgement that nobody has made."""
    return Content.styled(glyphs().unknown, MUTED)


# Figures


def figure(value: float | Decimal | None, decimals: int = 0, unit: str = "", *, signed: bool = False) -> Content:
    """A number with its unit muted; nothing when there is none.

    Args:
        value: the number.
        decimals: how many are shown.
        unit: what it counts, such as `h` or `%`, in the user's language.
        signed: whether a plus is shown.
    """
    if value is None:
        return nothing()
    rounded = round_to(value, decimals)
    plus = "+" if signed and rounded > 0 else ""
    return _with_unit(plus + format_number(rounded), unit)


def percent(share: float | None) -> Content:
    """A share between 0 and 1 as `63 %`."""
    return nothing() if share is None else figure(share * _HUNDRED, unit="%")


def round_to(value: float | Decimal, decimals: int) -> Decimal:
    """A number with so many decimals, halves away from zero, and no minus before a zero."""
    rounded = Decimal(str(value)).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    return rounded or abs(rounded)


def money(minor: int | None, currency: str) -> Content:
    """An amount for lists, without decimals and short: `940 €`, `62 k€`, `1.24 M€`; nothing when None."""
    if minor is None:
        return nothing()
    units = Decimal(minor).scaleb(-exponent(currency))
    number, scale = _short(abs(units))
    sign = "-" if units < 0 and number.strip("0.,") else ""
    mark = currency if glyphs() is ASCII else sign_of(currency)
    return _with_unit(sign + number, f"{scale}{mark}" if len(mark) == 1 or not scale else f"{scale} {mark}")


def money_in_full(minor: int | None, currency: str) -> Content:
    """An amount for details, to the last decimal where it has any: `1,200.50 EUR`, `1,200 EUR`; nothing when None."""
    if minor is None:
        return nothing()
    whole, rest = divmod(minor, 10 ** exponent(currency))
    if not rest:
        return _with_unit(format_number(whole), currency)
    number, _blank, code = format_amount(minor, currency).rpartition(" ")
    return _with_unit(number, code)


def money_in_whole(minor: int | None, currency: str) -> Content:
    """An amount for details that was worked out: its decimals would say more than is known; nothing when None."""
    if minor is None:
        return nothing()
    return _with_unit(format_number(round(Decimal(minor).scaleb(-exponent(currency)))), currency)


def _short(units: Decimal) -> tuple[str, str]:
    """Digits and scale of an amount: whole below ten thousand, then thousands, then three digits."""
    if units < _WHOLE_BELOW:
        return format_number(round_to(units, 0)), ""
    if units < _THOUSANDS:
        return format_number(round_to(units / 1000, 0)), _("k")
    scaled, scale = (units.scaleb(-6), _("M")) if units < _MILLIONS else (units.scaleb(-9), _("bn"))
    decimals = 2 if scaled < _TEN else 1 if scaled < _HUNDRED else 0
    return format_number(round_to(scaled, decimals)), scale


def _with_unit(number: str, unit: str) -> Content:
    return Content.assemble(number, (f" {unit}", MUTED)) if unit else Content(number)


# Dates


def when(day: date | None, today: date) -> Content:
    """A day seen from today: `today`, `3 d`, `in 2 w`, `12 Mar`, half a year off `Mar 2025`; nothing when None."""
    if day is None:
        return nothing()
    days = (day - today).days
    if days == 0:
        return Content(_("today"))
    if abs(days) >= _DAYS_AS_WEEKS:
        is_far = abs(days) >= _HALF_A_YEAR and day.year != today.year
        return _month(day) if is_far else _day(day)
    if abs(days) < _DAYS_AS_DAYS:
        return Content((_("in {count} d") if days > 0 else _("{count} d")).format(count=abs(days)))
    weeks = abs(days) // _WEEK
    return Content((_("in {count} w") if days > 0 else _("{count} w")).format(count=weeks))


def _day(day: date) -> Content:
    return Content(_("{day} {month}").format(day=day.day, month=_(MONTHS[day.month - 1])))


def _month(day: date) -> Content:
    return Content(_("{month} {year}").format(month=_(MONTHS[day.month - 1]), year=day.year))


def short_date(day: date, today: date) -> Content:
    """A day as `12 Mar`, with its year when it is not this one."""
    if day.year == today.year:
        return _day(day)
    return Content(dated(day))


def full_date(day: date | None) -> Content:
    """A day for details: `Thu 12 Mar 2026`; nothing when None."""
    if day is None:
        return nothing()
    month, weekday = _(MONTHS[day.month - 1]), _(WEEKDAYS[day.weekday()])
    return Content(_("{weekday} {day} {month} {year}").format(weekday=weekday, day=day.day, month=month, year=day.year))


def moment(stamp: datetime | None, today: date) -> Content:
    """An instant on the user's clock: `12 Mar 10:30`; nothing when None."""
    if stamp is None:
        return nothing()
    local = stamp.astimezone()
    return Content.assemble(short_date(local.date(), today), f" {local:%H:%M}")


# The visual language


def ladder(level: str | None) -> Content:
    """The step of a level word on the relationship ladder."""
    if level not in LEVELS:
        return unknown()
    return Content.styled(glyphs().ladder[LEVELS.index(level)], BAR)


def attitude(value: int | None) -> Content:
    """An attitude, -2 to +2, as its sign; unknown when None."""
    if value is None:
        return unknown()
    return Content.styled(glyphs().attitudes[value + 2], ATTITUDE_STYLES[value + 2])


def status(word: str) -> Content:
    """The sign of a contact that is planned, done, moved or cancelled."""
    return Content.styled(getattr(glyphs(), word), STATUS_STYLES[word])


def bar(value: float | None, of: float, width: int, *, trough: bool = False) -> Content:
    """A bar of at most so many cells, to an eighth of a cell; something always shows more than nothing.

    Args:
        value: how much, drawn between 0 and `of`; no bar when None.
        of: what fills the bar.
        width: cells of the full bar.
        trough: whether the empty cells are drawn, so that the whole can be seen.
    """
    parts = glyphs().parts
    share = max(0.0, min(1.0, value / of)) if value is not None and of > 0 else 0.0
    steps = max(round(share * width * len(parts)), 1 if share else 0)
    whole, rest = divmod(steps, len(parts))
    drawn = parts[-1] * whole + (parts[rest - 1] if rest else "")
    empty = glyphs().trough * (width - len(drawn)) if trough else ""
    return Content.assemble((drawn, BAR), (empty, TROUGH))


def trend(values: Sequence[float | None]) -> Content:
    """One line of heights from the least to the greatest; a gap where a value is missing."""
    known = [value for value in values if value is not None]
    low, high = min(known, default=0.0), max(known, default=0.0)
    heights = glyphs().rising
    top = len(heights) - 1

    def height(value: float | None) -> str:
        if value is None:
            return " "
        return heights[round((value - low) / (high - low) * top) if high > low else top // 2]

    return Content.styled("".join(map(height, values)), BAR)
