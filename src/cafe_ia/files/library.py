"""Where curricula and modules are found: the library's own by their names, anyone's by a path.

The library's own stand in `curricula/`: inside the package once it is installed, beside `src/`
in a checkout.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cafe_ia.files.tree import read_source
from cafe_ia.files.typed import nearest
from cafe_ia.problem import Problem, RecordError

if TYPE_CHECKING:
    from cafe_ia.files.node import Source

__all__ = [
    "CURRICULA", "MODULE", "MODULES", "entries", "folders_of_modules", "is_installed",
    "known_modules", "module_folder", "modules_for", "own_curricula", "written_modules",
]  # fmt: skip

MODULE = "module.yaml"
"""The file that makes a folder a module."""

CURRICULA = "curricula"
"""The folder that holds a file for each curriculum."""

MODULES = "modules"
"""The folder beside those that holds a folder for each module."""


def module_folder(name_or_folder: str | Path) -> Path:
    """The folder of a module: the one given, or the library's of that name.

    Raises:
        RecordError: `module-unknown`; `module-to-come`, where a curriculum only announces it.
    """
    path = Path(name_or_folder)
    if path.name == MODULE and path.is_file():
        return path.parent
    if (path / MODULE).is_file():
        return path
    own = own_curricula() / MODULES / path.name
    if str(path) == path.name and (own / MODULE).is_file():
        return own
    known = written_modules()
    if str(path) in known_modules():
        announced = {"module": str(path), "known": ", ".join(known)}
        raise RecordError([Problem("module-to-come", announced)])
    values = {"module": str(path), "known": ", ".join(known), "near": nearest(path.name, known)}
    raise RecordError([Problem("module-unknown", values)])


def written_modules() -> list[str]:
    """The names of the library's modules that are written, in order of the alphabet."""
    return folders_of_modules(own_curricula() / MODULES)


def folders_of_modules(folder: Path) -> list[str]:
    """The names of the folders in a folder that hold a module."""
    return sorted(path.parent.name for path in folder.glob(f"*/{MODULE}"))


def is_installed(folder: Path) -> bool:
    """Whether a folder belongs to the installed package, whose files an update replaces."""
    return folder.resolve().is_relative_to(Path(__file__).resolve().parents[1])


def own_curricula() -> Path:
    """Where the library's own curricula are."""
    package = Path(__file__).resolve().parents[1]
    installed = package / CURRICULA
    return installed if installed.is_dir() else package.parents[1] / CURRICULA


def modules_for(programme: Path) -> tuple[str, ...]:
    """The names of the modules that a programme's sessions may be about.

    Args:
        programme: The programme's folder: its own modules stand in `modules/`.
    """
    return (*known_modules(), *folders_of_modules(programme / MODULES))


@cache
def known_modules() -> tuple[str, ...]:
    """The names of all modules of the library's curricula, each once, written or to come.

    The files are those of the installed package: they are read once.

    Raises:
        RecordError: one of the files is not sound.
    """
    names: dict[str, None] = {}
    for path in sorted(own_curricula().glob("*.yaml")):
        source = read_source(path)
        if source.problems:
            raise RecordError(source.problems)
        names |= {one["id"] if isinstance(one, dict) else one: None for one in entries(source)}
    return tuple(names)


def entries(source: Source) -> list[Any]:
    """The places of a curriculum as they were typed: names, or fields."""
    listed = source.root.plain().get("modules") if source.root else None
    return listed if isinstance(listed, list) else []
