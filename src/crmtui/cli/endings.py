"""How a run ends: exit codes, and what is said. 0 ok, 1 failed, 2 usage, 75 busy, 130 interrupted."""

from __future__ import annotations

import contextlib
import os
import sys
from typing import TYPE_CHECKING, Final

from crmtui import crash
from crmtui.cli.desk import say
from crmtui.errors import CrmtuiError
from crmtui.text import N_, _

if TYPE_CHECKING:
    from io import TextIOWrapper
    from typing import Any

OK: Final = 0
FAILED: Final = 1
USAGE: Final = 2
INTERRUPTED: Final = 130
GLOBAL: Final = ("--db", "--lang")
BEFORE: Final = N_("{option} stands before the command.")
_CURRENCIES: Final = {"€": "EUR", "£": "GBP", "¥": "JPY", "₹": "INR", "₩": "KRW"}

# What Click says of a command line, in the user's words; by the name of its exception.
_SENTENCES: Final = {
    "NoSuchOption": N_("There is no option {option}.{near}"),
    "BadOptionUsage": N_("{option} needs a value."),
    "MissingParameter": N_("{param} is missing."),
}


def prepare_streams() -> None:
    """Data leaves as UTF-8 with line ends as written; a terminal gets what it can show."""
    for stream in (sys.stdout, sys.stderr):
        if not hasattr(stream, "reconfigure"):
            continue  # a test's, or none
        wrapper: TextIOWrapper[Any] = stream  # type: ignore[assignment]  # only such streams can be reconfigured
        if stream is sys.stdout and not stream.isatty():
            wrapper.reconfigure(encoding="utf-8", errors="backslashreplace", newline="")
        else:
            wrapper.reconfigure(errors=_showable())


def _showable() -> str:
    """The name of what puts ASCII for the signs that a terminal of another encoding cannot show."""
    import codecs

    def show(error: UnicodeError) -> tuple[str | bytes, int]:
        from crmtui import signs

        if not isinstance(error, UnicodeEncodeError):
            raise error
        sign = error.object[error.start]
        plain = _CURRENCIES.get(sign) or signs.plain(sign)
        return (plain if plain.isascii() else sign.encode("ascii", "backslashreplace").decode()), error.start + 1

    codecs.register_error("crmtui.showable", show)
    return "crmtui.showable"


def end(error: BaseException) -> int:
    """Say what ended a run, in one sentence; returns the exit code."""
    if isinstance(error, BrokenPipeError):
        return _unplugged()
    if isinstance(error, KeyboardInterrupt):
        say(_("Interrupted; what was not finished was not written."))
        return INTERRUPTED
    if isinstance(error, CrmtuiError):
        say(str(error))
        return error.exit_code
    if isinstance(error, OSError):
        return _refused(error)
    if isinstance(error, SystemExit):
        return error.code if isinstance(error.code, int) else FAILED
    return _of_typer(error) if _is_typers(error) else _unexpected(error)


def _is_typers(error: BaseException) -> bool:
    return hasattr(error, "exit_code")


def _of_typer(error: BaseException) -> int:
    """What Typer raises: `Exit` after help, or one of Click's exceptions about the command line."""
    kind = type(error).__name__
    if kind == "Exit":
        return int(getattr(error, "exit_code", FAILED))
    if kind == "NoArgsIsHelpError":
        sys.stderr.write(f"{error}\n")
        return USAGE
    say(_sentence(kind, error))
    if context := getattr(error, "ctx", None):
        say(_("Try: {path} --help").format(path=context.command_path))
    return USAGE


def _sentence(kind: str, error: BaseException) -> str:
    option = str(getattr(error, "option_name", ""))[:80]
    if option in GLOBAL:
        return _(BEFORE).format(option=option)
    if kind not in _SENTENCES:
        return str(getattr(error, "message", "") or error)
    param = getattr(error, "param", None)
    near = getattr(error, "possibilities", None) or ()
    return _(_SENTENCES[kind]).format(
        option=option,
        param=param.human_readable_name if param is not None else "",
        near=f" {_('Is it {names}?').format(names=', '.join(sorted(near)))}" if near else "",
    )


def _unexpected(error: BaseException) -> int:
    """A fault of ours: the report holds no data of customers, and neither does the message."""
    place = crash.report(error)
    say(_("This should not have happened: {what}. Nothing that was not finished was written.").format(
        what=crash.what(error)
    ))  # fmt: skip
    if place is not None:
        say(_("A report without any of your data is in {path}; please send it to us.").format(path=place))
    return FAILED


def _unplugged() -> int:
    """Whoever read our output has had enough (`| head`): no failure, and nothing to say."""
    _drop_output()
    return OK


def _refused(error: OSError) -> int:
    """The system refuses a file or a stream: a full disk behind stdout, a folder that may not be read."""
    _drop_output()
    why = error.strerror or type(error).__name__
    say(f"{error.filename}: {why}" if error.filename else _("The output cannot be written: {why}.").format(why=why))
    return FAILED


def _drop_output() -> None:
    """What is still in the buffer would fail once more at the end of the process."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
