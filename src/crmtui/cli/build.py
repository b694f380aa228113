"""How commands are made: on Typer's own classes, but when they are called for, and in the user's language.

A function with annotations would be read, translated and given its options when its module is imported. Here most
options derive from the fields of a record, so that a command is built from parameters when it is invoked or helped.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from typer.core import TyperArgument, TyperCommand, TyperGroup, TyperOption

from crmtui import text
from crmtui.errors import UsageError
from crmtui.text import _

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

WIDTH: Final = 100  # cells in a line of help, at most
Context = Any  # Click's, which Typer keeps among its own secrets


class Offer(NamedTuple):
    """A command that can be made.

    Attributes:
        help: one sentence, translated.
        make: makes it, importing what it needs.
        section: the heading under which the help of the group lists it, translated.
    """

    help: str
    make: Callable[[], TyperCommand | TyperGroup]
    section: str = ""


class _Argument(TyperArgument):
    def make_metavar(self, ctx: Context, *, usage: bool = False) -> str:  # noqa: ARG002 - the interface
        name = f"{self.metavar}…" if self.nargs == -1 else str(self.metavar)
        return name if self.required else f"[{name}]"

    def get_help_record(self, ctx: Context) -> tuple[str, str] | None:
        return self.make_metavar(ctx), self.help or ""


def argument(
    name: str, shown: str, help_text: str, *, many: bool = False, needed: bool = True, kind: type = str
) -> TyperArgument:
    """A word that stands for itself; `many` takes all that are left; `kind` is `str` or `Path`."""
    return _Argument(
        param_decls=[name], metavar=shown, help=help_text, nargs=-1 if many else 1, required=needed, type=kind
    )


def option(
    name: str,
    shown: str,
    help_text: str,
    *,
    into: str = "",
    many: bool = False,
    words: Sequence[str] = (),
    kind: type = str,
) -> TyperOption:
    """An option with a value; None, or () when it may be repeated, where it was not given.

    Args:
        name: with its dashes.
        shown: what the help calls the value.
        help_text: one sentence, translated.
        into: the name of the parameter, where it is not the option's.
        many: whether it may be given several times.
        words: what the shell offers to complete it with.
        kind: `str` or `Path`.
    """
    return TyperOption(
        param_decls=[name, into or name.strip("-").replace("-", "_")],
        metavar=shown,
        help=help_text,
        multiple=many,
        type=kind,
        default=() if many else None,
        autocompletion=(lambda _context, _words, _begun: list(words)) if words else None,
    )


def flag(name: str, help_text: str, *, into: str = "") -> TyperOption:
    """An option without a value: True, or None where it was not given; `--x/--no-x` may also be False."""
    plain = name.split("/", maxsplit=1)[0].strip("-").replace("-", "_")
    return TyperOption(param_decls=[name, into or plain], help=help_text, is_flag=True, default=None)


class _Spoken:
    """Help in the user's language, with examples."""

    examples: Sequence[str] = ()

    def get_help_option(self, ctx: Context) -> Any:  # noqa: ANN401 - Click's option
        found = super().get_help_option(ctx)  # type: ignore[misc]  # a mixin: the superclass is Click's command
        if found is not None:
            found.help = _("Show this help.")
        return found

    def format_usage(self, ctx: Context, formatter: Any) -> None:  # noqa: ANN401 - Click's formatter
        words = [word for word in self.collect_usage_pieces(ctx) if word != "[OPTIONS]"]  # type: ignore[attr-defined]  # a mixin, as above
        words.insert(0, _("[OPTIONS]"))
        formatter.write_usage(ctx.command_path, " ".join(words), prefix=_("Usage:") + " ")

    def format_options(self, ctx: Context, formatter: Any) -> None:  # noqa: ANN401 - Click's formatter
        for kind, heading in (("argument", _("Arguments")), ("option", _("Options"))):
            params = [param for param in (*self.taken, self.get_help_option(ctx)) if param.param_type_name == kind]
            if rows := [row for param in params if (row := param.get_help_record(ctx)) is not None]:
                with formatter.section(heading):
                    formatter.write_dl(rows)

    @property
    def taken(self) -> Sequence[Any]:
        """The arguments and options that it takes."""
        found: Sequence[Any] = self.params  # type: ignore[attr-defined]  # a mixin
        return found

    def format_epilog(self, _ctx: Context, formatter: Any) -> None:  # noqa: ANN401 - Click's formatter
        if self.examples:
            with formatter.section(_("Examples")):
                for example in self.examples:
                    formatter.write(f"{' ' * formatter.current_indent}{example}\n")


class Command(_Spoken, TyperCommand):
    """A command whose function gets the desk, then every parameter by name, cleaned.

    Args:
        name: as it is typed.
        does: the function.
        help_text: what it does, translated.
        params: arguments and options.
        examples: lines that can be typed.
        loose: words that begin with a minus are arguments, not mistaken options.
    """

    def __init__(
        self,
        name: str,
        does: Callable[..., Any],
        help_text: str,
        params: Sequence[TyperArgument | TyperOption] = (),
        *,
        examples: Sequence[str] = (),
        loose: bool = False,
    ) -> None:
        super().__init__(name, callback=does, params=list(params), help=help_text, rich_markup_mode=None)
        self.does, self.examples = does, examples
        self.context_settings = {"allow_extra_args": True, "ignore_unknown_options": loose}

    def invoke(self, ctx: Context) -> Any:  # noqa: ANN401 - what the function returns
        """Run the function; words that nothing asked for are refused."""
        if ctx.args:
            raise UsageError(_("{words}: nothing more is expected here.").format(words=text.line(" ".join(ctx.args))))
        return self.does(ctx.obj, **{name: _cleaned(value) for name, value in ctx.params.items()})


class Group(_Spoken, TyperGroup):
    """A command of commands, each made when it is called for.

    Args:
        name: as it is typed.
        help_text: what it is about, translated.
        offers: its commands by name.
        params: options before the command.
        examples: lines that can be typed.
        alone: whether it may stand without one of its commands.
        plain: what it does where none of its commands is the first word.
    """

    def __init__(
        self,
        name: str,
        help_text: str,
        offers: Mapping[str, Offer],
        params: Sequence[TyperOption] = (),
        *,
        examples: Sequence[str] = (),
        alone: bool = False,
        plain: Command | None = None,
    ) -> None:
        super().__init__(
            name=name,
            help=help_text,
            params=list(params),
            rich_markup_mode=None,
            invoke_without_command=alone,
            no_args_is_help=not alone,
            subcommand_metavar=_("COMMAND …") if plain is None else _("[FILTER… or COMMAND …]"),
        )
        self.offers, self.examples, self.plain = offers, examples, plain

    def make_context(self, info_name: str | None, args: list[str], parent: Context = None, **extra: Any) -> Any:  # noqa: ANN401 - Click's
        """What the words mean: one of the commands, or what the group does by itself."""
        is_untold = not args and extra.get("resilient_parsing")  # its help is asked for, or how it could go on
        is_of_group = is_untold or "--help" in args or (args and args[0] in self.offers)
        if self.plain is None or is_of_group:
            return super().make_context(info_name, args, parent, **extra)
        if word := next((word for word in args if word in self.offers and args[0].startswith("-")), ""):
            told = _("{command}: write its options behind it.")
            raise UsageError(told.format(command=f"{parent.command_path} {info_name} {word}"))
        return self.plain.make_context(info_name, args, parent, **extra)

    @property
    def taken(self) -> Sequence[Any]:
        """Those of what it does by itself, and its own."""
        return [*(self.plain.params if self.plain else ()), *self.params]

    def shell_complete(self, ctx: Context, incomplete: str) -> Any:  # noqa: ANN401 - Click's
        """Its commands, and the options of what it does by itself."""
        found = super().shell_complete(ctx, incomplete)
        return found + (self.plain.shell_complete(ctx, incomplete) if self.plain else [])

    def list_commands(self, ctx: Context) -> list[str]:  # noqa: ARG002 - the interface
        """The names of the commands, in the order of the help."""
        return list(self.offers)

    def get_command(self, ctx: Context, cmd_name: str) -> Any:  # noqa: ANN401, ARG002 - the interface
        """Make a command; None where there is none of that name."""
        offer = self.offers.get(cmd_name)
        return offer.make() if offer else None

    def resolve_command(self, ctx: Context, args: list[str]) -> Any:  # noqa: ANN401 - Click's command
        """The command that the first word names; UsageError says which come near."""
        if args[0] not in self.offers and not ctx.resilient_parsing:
            raise UsageError(self._unknown(args[0], ctx.command_path))
        return super().resolve_command(ctx, args)

    def format_options(self, ctx: Context, formatter: Any) -> None:  # noqa: ANN401 - Click's formatter
        """The options, then the commands by section."""
        super().format_options(ctx, formatter)
        for section in dict.fromkeys(offer.section for offer in self.offers.values()):
            rows = [(name, offer.help) for name, offer in self.offers.items() if offer.section == section]
            with formatter.section(section or _("Commands")):
                formatter.write_dl(rows)

    def _unknown(self, word: str, where: str) -> str:
        from difflib import get_close_matches

        typed = text.line(word)[:40]
        near = get_close_matches(typed, self.offers, n=3)
        names = ", ".join(near or self.offers)
        return (_("There is no command {word}; is it {names}?") if near else _("{path} has no {word}; it has {names}.")
            ).format(word=typed, names=names, path=where)  # fmt: skip


def _cleaned(value: Any) -> Any:  # noqa: ANN401 - a parameter
    if isinstance(value, str):
        return text.clean(value)
    return tuple(map(_cleaned, value)) if isinstance(value, tuple) else value  # paths are taken as they are
