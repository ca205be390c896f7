"""Saving a file: all of its bytes or none.

A laptop that loses its current in the middle of a save must not cost a café its record: what is
new is first written beside the old file, then takes its place in one step.
"""

from __future__ import annotations

import os
import secrets
import stat
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from cafe_ia.problem import Problem, RecordError

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["create_file", "replace_file"]


def replace_file(path: Path, content: bytes) -> None:
    """Give a file a new content, all of it or nothing.

    The file keeps its mode, and a symbolic link keeps being one: its target is replaced. What is
    not a file (a pipe, a terminal) has nothing to lose and is written to as it stands.

    Raises:
        RecordError: `output-unwritable`; the old content is then untouched.
    """
    with _told(path):
        if path.exists() and not path.is_file():
            path.write_bytes(content)
            return
        target = Path(os.path.realpath(path))
        mode = stat.S_IMODE(target.stat().st_mode) if target.exists() else None
        with _beside(target.parent, content, mode) as temporary:
            temporary.replace(target)
        _settle(target.parent)


def create_file(path: Path, content: bytes) -> None:
    """Make a file that is not there yet, all of it or nothing.

    Of two that make the same file at once, one is refused: the name is taken in one step.

    Raises:
        RecordError: `file-exists`, and the file is untouched; `output-unwritable`.
    """
    with _told(path):
        with _beside(path.parent, content, None) as temporary:
            try:
                os.link(temporary, path)
            except FileExistsError:
                raise
            except OSError:  # a USB stick (FAT) knows no second name for a file
                _write_new(path, content)
        _settle(path.parent)


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """What the machine refuses is said as a problem with the file."""
    try:
        yield
    except FileExistsError as error:
        raise RecordError([Problem("file-exists", {"file": str(path)})]) from error
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise RecordError(
            [Problem("output-unwritable", {"file": str(path), "reason": reason})]
        ) from error


@contextmanager
def _beside(folder: Path, content: bytes, mode: int | None) -> Iterator[Path]:
    """A temporary file in the folder, safely on the disk; gone afterwards if it is still there."""
    temporary = folder / f".cafe-ia-{secrets.token_hex(8)}.tmp"
    try:
        _write_new(temporary, content, mode)
        yield temporary
    finally:
        temporary.unlink(missing_ok=True)


def _write_new(path: Path, content: bytes, mode: int | None = None) -> None:
    """Write a file that must not be there, down to the disk; a failure leaves none."""
    with path.open("xb") as stream:
        try:
            stream.write(content)
            if mode is not None:
                path.chmod(mode)
            stream.flush()
            os.fsync(stream.fileno())
        except BaseException:
            path.unlink()
            raise


def _settle(folder: Path) -> None:
    """Put the folder's list of names on the disk too, where the system can."""
    if os.name != "posix":
        return
    with suppress(OSError):  # the file is whole either way; some file systems refuse this
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
