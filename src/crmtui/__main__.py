"""`python -m crmtui` and the program `crmtui`."""

from __future__ import annotations

import os
import sys


def main() -> int:
    """Run the command line of this process; returns its exit code."""
    _fill_in_streams()
    arguments = sys.argv[1:]
    if arguments == ["--version"]:  # asked by scripts, so without loading anything
        from crmtui import __version__

        sys.stdout.write(f"crmtui {__version__}\n")
        return 0
    try:
        _heed_signals()
        _leave_objects_alone()
        from crmtui.cli.app import run

        return run(arguments)
    except KeyboardInterrupt:  # while the program was still being loaded
        return 130


def _fill_in_streams() -> None:
    """Put nothing where a standard stream was closed (`>&-`): the next file opened would be taken for it."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: PTH123, SIM115 - pathlib takes its time; open to the end


def _leave_objects_alone() -> None:
    """Let Python not look for circles among all objects at the end, which takes 0.04 s and frees what goes anyway."""
    import atexit
    import gc

    atexit.register(gc.freeze)


def _heed_signals() -> None:
    """End by an exception when the system asks for it, so that files that are being built are cleared away."""
    import signal

    def leave(number: int, _frame: object) -> None:
        sys.exit(128 + number)

    for name in ("SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) is signal.SIG_DFL:  # `nohup` has it ignored
            signal.signal(number, leave)


if __name__ == "__main__":
    sys.exit(main())
