"""Files that are written whole or not at all."""

from __future__ import annotations

import contextlib
import errno
import filecmp
import os
import shutil
import stat
import sys
import tempfile
import time
from pathlib import Path
from typing import IO, TYPE_CHECKING, BinaryIO, Final, Literal, TextIO, overload

from crmtui.exchange.problems import refusal
from crmtui.sqlite_file import MAGIC, SIDECARS
from crmtui.text import _

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

_PREFIX: Final = ".crmtui-"
_SUFFIX: Final = ".part"
_WHOLE: Final = ".ready"  # of a folder whose files are all written, and are being put in place
_FEW: Final = 50  # files
_OTHERS: Final = 0o077  # in a file's mode
_JUST_BEGUN: Final = 10.0  # seconds, within which a file that nobody holds may be one that somebody is about to
_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


@overload
def atomic(path: Path, mode: Literal["w"] = "w") -> contextlib.AbstractContextManager[TextIO]: ...
@overload
def atomic(path: Path, mode: Literal["wb"]) -> contextlib.AbstractContextManager[BinaryIO]: ...
def atomic(path: Path, mode: str = "w") -> contextlib.AbstractContextManager[IO[str] | IO[bytes]]:
    """A stream whose content takes the place of a file when the block ends well.

    Until then it is a file beside it, for its owner's eyes only (0600); when the block fails, that one is removed
    and the old file is as it was. Text is UTF-8 with line ends as they are written. A link is followed. Devices and
    pipes, which cannot be replaced, are written to as they are.

    Raises:
        FileProblemError: the disk is full, the folder is missing or may not be written to, or the path is a folder or
            a database.
    """
    refuse_taken(path)
    return _atomic(path, mode)


@contextlib.contextmanager
def together(folder: Path) -> Iterator[Callable[[str], contextlib.AbstractContextManager[TextIO]]]:
    """What opens a stream for each file of a folder, by its name; all take their places when the block ends well.

    Until then they are beside those places, like a file of `atomic`, and when the block fails the folder is as it was.
    One that is not there gets its name when all is in it; else one file after the other is put in place, at once, but
    for those that are there already, letter by letter. Who is killed on the way leaves the others beside, all written:
    whoever writes or reads there next puts them in place (`finish`), so that old and new never stay mixed. The folder
    itself is not exchanged, since other files may be in it, and somebody may be.

    Raises:
        FileProblemError: as `atomic`, of the folder or of one of the files.
    """
    with _explained(folder):
        place = Path(os.path.realpath(folder))
        is_new = not place.exists()
        around = place.parent if is_new else place
        _sweep(around)
        staged = Path(tempfile.mkdtemp(prefix=_PREFIX, suffix=_SUFFIX, dir=around))
        try:
            with _held_folder(staged):
                yield lambda name: _staged(folder, staged, name)
                for path in () if is_new else [*staged.iterdir()]:
                    if _is_there(path, place / path.name):
                        path.unlink()
                written = [*staged.iterdir()]
                _sync_files(written)
                _sync_folder(staged)
                if is_new and written:
                    staged.rename(place)
                elif written:
                    whole = staged.rename(staged.with_suffix(_WHOLE))
                    _sync_folder(place)
                    _put(whole, place)
        finally:
            shutil.rmtree(staged, ignore_errors=True)
        _sync_folder(around)


def _put(whole: Path, place: Path) -> None:
    """Give the files of a folder their places in another one."""
    for path in sorted(whole.iterdir()):
        path.replace(_followed(place / path.name))
    whole.rmdir()


def finish(folder: Path) -> None:
    """Put files in place that were all written when who wrote them was killed; nothing where nobody was."""
    for left in folder.glob(f"{_PREFIX}*{_WHOLE}"):
        with contextlib.suppress(OSError), _held_folder(left):  # somebody is at it, or it cannot be done here
            _put(left, folder)


@contextlib.contextmanager
def _staged(folder: Path, staged: Path, name: str) -> Iterator[TextIO]:
    """A stream to a file that will be one of a folder's."""
    path = folder / name
    refuse_taken(path)
    with _explained(path):
        _is_channel(Path(os.path.realpath(path)))  # nor is it a folder
        handle = os.open(staged / name, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        with _text(handle) as stream:
            yield stream


def _is_there(new: Path, path: Path) -> bool:
    """Whether a file has the same in it, and is for its owner alone."""
    return path.is_file() and not stat.S_IMODE(path.stat().st_mode) & _OTHERS and filecmp.cmp(new, path, shallow=False)


def _followed(path: Path) -> Path:
    """What a link leads to, else the path itself."""
    return Path(os.path.realpath(path)) if path.is_symlink() else path


@contextlib.contextmanager
def _held_folder(folder: Path) -> Iterator[None]:
    """Hold a folder while the block runs, where the system can."""
    if sys.platform == "win32":  # which opens no folders
        yield
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        _hold(handle)
        yield
    finally:
        os.close(handle)


def refuse_taken(path: Path, read: Iterable[Path] = ()) -> None:
    """Refuse to write where that would destroy what is dear: a database, such as a workspace, or what is read from.

    Args:
        path: where something is to be written.
        read: the files that are read for it, or that it is written about.

    Raises:
        FileProblemError: there is a database, or what belongs to one; or it is one of the files that are read.
    """
    try:
        target = Path(os.path.realpath(path))
        is_database = any(map(_is_database, (target, *_main(target))))
    except (OSError, ValueError):
        return  # which whoever writes to it says better
    if is_database:
        raise refusal(
            path, _("this is a workspace or another database, which is not written over; choose another name")
        )
    if str(target) in map(os.path.realpath, read):
        raise refusal(path, _("this is a file that is read from; choose another name"))


def _is_database(path: Path) -> bool:
    if not path.is_file():
        return False
    with path.open("rb") as file:
        return file.read(len(MAGIC)) == MAGIC


def _main(path: Path) -> list[Path]:
    """The database that a file would belong to by its name."""
    return [
        path.with_name(path.name.removesuffix(end)) for end in SIDECARS if path.name.endswith(end) and path.name != end
    ]


@contextlib.contextmanager
def _atomic(path: Path, mode: str) -> Iterator[IO[str] | IO[bytes]]:
    with _explained(path):
        target = Path(os.path.realpath(path))
        if _is_channel(target):
            with _opened(target, mode) as stream:
                yield stream
        else:
            with _replacing(target, mode) as stream:
                yield stream


@contextlib.contextmanager
def _explained(path: Path) -> Iterator[None]:
    """Turn what the system refuses into a sentence."""
    try:
        yield
    except (OSError, ValueError) as error:
        if isinstance(error, ValueError) and not _is_about_the_name(path):
            raise
        raise refusal(path, _why(error)) from error


def _is_channel(path: Path) -> bool:
    try:
        kind = path.stat().st_mode
    except FileNotFoundError:
        return False
    if stat.S_ISDIR(kind):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    return not stat.S_ISREG(kind)


@contextlib.contextmanager
def _replacing(target: Path, mode: str) -> Iterator[IO[str] | IO[bytes]]:
    _sweep(target.parent)
    handle, name = tempfile.mkstemp(prefix=_PREFIX, suffix=_SUFFIX, dir=target.parent)
    try:
        _hold(handle)
        stream = _opened(handle, mode)
        try:
            yield stream
            stream.flush()
            os.fsync(handle)
        finally:
            _close(stream)
        Path(name).replace(target)
    except BaseException:
        with contextlib.suppress(OSError):
            Path(name).unlink()
        raise
    _sync_folder(target.parent)


def _sweep(folder: Path) -> None:
    """Take away what was being written when a process was killed, and finish what was whole: nobody holds it now."""
    finish(folder)
    for left in folder.glob(f"{_PREFIX}*{_SUFFIX}"):
        with contextlib.suppress(OSError):  # somebody is at it, or was quicker
            if time.time() - left.stat().st_mtime > _JUST_BEGUN:
                handle = os.open(left, os.O_RDONLY)
                try:
                    _hold(handle)
                    if left.is_dir():
                        shutil.rmtree(left)
                    else:
                        left.unlink()
                finally:
                    os.close(handle)


def _hold(handle: int) -> None:
    """Hold a file as long as it is open; BlockingIOError where another process does."""
    if sys.platform != "win32":  # which lets nobody unlink an open file
        import fcntl

        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _opened(file: Path | int, mode: str) -> IO[str] | IO[bytes]:
    if mode == "wb":
        return open(file, "wb")  # noqa: PTH123 - it may be a file that is open already
    return _text(file)


def _text(file: Path | int) -> TextIO:
    # A lone surrogate, which UTF-8 does not have, becomes what JSON calls it.
    return open(file, "w", encoding="utf-8", errors="backslashreplace", newline="")  # noqa: PTH123 - as above


def _close(stream: IO[str] | IO[bytes]) -> None:
    """Close; what is still in the buffer was either flushed or is not wanted."""
    with contextlib.suppress(OSError):
        stream.close()


def _sync_files(paths: Sequence[Path]) -> None:
    """Make what was written last. Each file waits for the disk: many do it together, with all else that is written."""
    if len(paths) > _FEW and sys.platform != "win32":
        os.sync()
        return
    for path in paths:
        handle = os.open(path, os.O_RDWR)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _sync_folder(folder: Path) -> None:
    """Make the new name outlast a loss of power, where the system can."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _is_about_the_name(path: Path) -> bool:
    try:
        return b"\0" in os.fsencode(path)
    except UnicodeEncodeError:
        return True


def _why(error: OSError | ValueError) -> str:
    kept = _("what stood there before is unchanged")
    if isinstance(error, ValueError):
        return _("this cannot be the name of a file; choose another")
    if error.errno in _FULL:
        return _("the disk is full, {kept}; free some space and try again").format(kept=kept)
    if isinstance(error, FileNotFoundError):
        return _("its folder does not exist; make it first")
    if isinstance(error, IsADirectoryError):
        return _("this is a folder; name a file in it")
    if isinstance(error, PermissionError):
        return _("writing here is not allowed; choose another folder")
    return _("it cannot be written ({reason}), {kept}").format(reason=error.strerror or error, kept=kept)
