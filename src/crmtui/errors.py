"""Errors that a person reads: each says what, where and what to do, and carries its exit code."""

from __future__ import annotations

from typing import ClassVar


class CrmtuiError(Exception):
    """Something the user can understand and act on; printed as one sentence, never as a traceback."""

    exit_code: ClassVar[int] = 1


class UsageError(CrmtuiError):
    """The words of the command line do not fit together."""

    exit_code: ClassVar[int] = 2


class UnknownContentError(UsageError):
    """A file can be read, and nobody knows what it holds."""


class CancelledError(CrmtuiError):
    """What the user asked to stop; nothing of it was kept."""


class BusyError(CrmtuiError):
    """Another process holds the file for longer than we wait."""

    exit_code: ClassVar[int] = 75


class NotFoundError(CrmtuiError):
    """Nothing, or more than one thing, answers to a name."""


class MissingPartError(CrmtuiError):
    """A part of the program that is installed on request is not there."""


class InvalidError(CrmtuiError):
    """Values that a record refuses.

    Attributes:
        fields: the sentence for each field that is wrong, by the field's name.
    """

    def __init__(self, fields: dict[str, str], what: str = "") -> None:
        self.fields = fields
        sentences = "; ".join(f"{name}: {why}" for name, why in fields.items())
        super().__init__(f"{what}: {sentences}" if what else sentences)


class ConflictError(CrmtuiError):
    """A change that cannot be made, or unmade, because other records stand in the way.

    Attributes:
        lines: what stands in the way, a line each.
    """

    def __init__(self, sentence: str, lines: tuple[str, ...] = ()) -> None:
        self.lines = lines
        super().__init__("\n".join((sentence, *(f"  {line}" for line in lines))))


class FileProblemError(CrmtuiError):
    """A file that cannot be used as asked: missing, foreign, newer, damaged, full disk, no permission."""
