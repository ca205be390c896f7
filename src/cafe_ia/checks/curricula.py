"""A folder of curricula and modules, looked at whole."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from cafe_ia.checks.lesson import check_module
from cafe_ia.files.curricula import find_curricula, find_modules, read_curriculum
from cafe_ia.files.library import MODULE
from cafe_ia.files.modules import ModuleReading, read_module

if TYPE_CHECKING:
    from pathlib import Path

    from cafe_ia.problem import Problem

__all__ = ["Looked", "check_curricula"]


class Looked(NamedTuple):
    """What was looked at, and what was found."""

    files: tuple[str, ...]
    """Every file that was read, as a person should see its path."""
    problems: tuple[Problem, ...]
    """File by file, in the order of the lines."""


def check_curricula(path: Path) -> Looked:
    """Every problem of every curriculum and module below a folder, in one pass.

    Args:
        path: A folder; or one file of a module or a curriculum, and only its problems are given.
    """
    folder = path.parent if path.is_file() else path
    files: list[str] = []
    problems: list[Problem] = []
    read: dict[Path, ModuleReading] = {}
    for file in find_curricula(folder):
        curriculum = read_curriculum(file, read=read)
        files.append(curriculum.source.file)
        problems += curriculum.problems
    for one in find_modules(folder):
        module = read.get(one) or read_module(one)
        files.append(str(one / MODULE))
        files += [lesson.outline.source.file for lesson in module.lessons.values()]
        problems += check_module(module)
    if path.is_file():
        files = [file for file in files if path.samefile(file)]
        problems = [one for one in problems if one.place and one.place.file in files]
    return Looked(tuple(files), tuple(problems))
