"""`python -m crmtui` and the program `crmtui`."""

from __future__ import annotations

import sys


def main() -> int:
    """Run the command line of this process; returns its exit code."""
    arguments = sys.argv[1:]
    if arguments == ["--version"]:  # asked by scripts, so without loading anything
        from crmtui import __version__

        sys.stdout.write(f"crmtui {__version__}\n")
        return 0
    from crmtui.cli.app import run

    return run(arguments)


if __name__ == "__main__":
    sys.exit(main())
