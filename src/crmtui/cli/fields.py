"""Options from fields: what `add` and `edit` ask for derives from the one definition of each field."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from crmtui.cli.build import flag, option
from crmtui.domain.fields import Kind, Record, Spec, specs
from crmtui.text import N_, _, key

if TYPE_CHECKING:
    from collections.abc import Mapping

    from typer.core import TyperOption

    from crmtui.domain.fields import Word

PREFIX: Final = "field_"  # of the parameters, so that no field is mistaken for another option

_SHOWN: Final = {
    Kind.LINE: N_("TEXT"),
    Kind.TEXT: N_("TEXT"),
    Kind.INTEGER: N_("NUMBER"),
    Kind.NUMBER: N_("NUMBER"),
    Kind.SCALE: N_("GRADE"),
    Kind.CHOICE: N_("WORD"),
    Kind.CHOICES: N_("WORDS"),
    Kind.DATE: N_("DAY"),
    Kind.STAMP: N_("INSTANT"),
    Kind.MONEY: N_("AMOUNT"),
    Kind.CURRENCY: N_("CODE"),
    Kind.LINK: N_("NAME"),
}


def options(kind: type[Record], *, without: tuple[str, ...] = ()) -> list[TyperOption]:
    """The options of a record's fields; those of `without`, and those that the program fills, are left out."""
    return [_option(name, spec) for name, spec in asked(kind).items() if name not in without]


def asked(kind: type[Record]) -> dict[str, Spec]:
    """The fields that a user may set."""
    return {name: spec for name, spec in specs(kind).items() if not spec.hidden}


def option_of(name: str) -> str:
    """The option of a field: `owner_id` is `--owner`, `is_active` is `--active`."""
    return "--" + name.removesuffix("_id").removeprefix("is_").replace("_", "-")


def given(parameters: Mapping[str, str | bool | None]) -> dict[str, str | bool]:
    """What was typed, by field."""
    return {
        name.removeprefix(PREFIX): value
        for name, value in parameters.items()
        if name.startswith(PREFIX) and value is not None
    }


def _option(name: str, spec: Spec) -> TyperOption:
    shown = option_of(name)
    if spec.kind is Kind.BOOL:
        return flag(f"{shown}/--no-{shown[2:]}", _about(spec), into=PREFIX + name)
    words = tuple(word.value for word in spec.words or ())
    return option(shown, _(_SHOWN[spec.kind]), _about(spec), into=PREFIX + name, words=words)


def _about(spec: Spec) -> str:
    """Label and help, and what may be typed."""
    parts = [f"{_(spec.label)}.", _(spec.help) if spec.help else "", _allowed(spec)]
    return " ".join(part for part in parts if part)


def _allowed(spec: Spec) -> str:
    if spec.words is not None:
        words = ", ".join(map(_named, spec.words))
        return _("Any of: {words}.").format(words=words) if spec.kind is Kind.CHOICES else f"{words}."
    if spec.names:
        names = ", ".join(f"{grade} {_(name)}" for grade, name in spec.names.items())
        return f"{names}." if spec.required else _("{names}, ? unknown.").format(names=names)
    return ""


def _named(word: Word) -> str:
    """What is typed, and what it means where that is something else."""
    meaning = _(word.label)
    return word.value if key(meaning) == key(word.value) else f"{word.value} ({meaning})"
