"""Where curricula and modules are found: the library's own by their names, anyone's by a path.

The library's own stand in `curricula/`: inside the package once it is installed, beside `src/`
in a checkout.
"""

from __future__ import annotations

from pathlib import Path

from cafe_ia.files.typed import nearest
from cafe_ia.problem import Problem, RecordError

__all__ = [
    "CURRICULA", "MODULE", "MODULES", "folders_of_modules", "is_installed", "module_folder",
    "own_curricula", "written_modules",
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
        RecordError: `module-unknown`.
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
