"""The curricula: a file for each, and the names of the modules that they hold.

The library's own stand in `curricula/`: inside the package once it is installed, beside `src/`
in a checkout.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from cafe_ia.curriculum import Curriculum
from cafe_ia.files.tree import read_source
from cafe_ia.files.typed import typed
from cafe_ia.phrases import DEFAULT_LANGUAGE
from cafe_ia.problem import RecordError, Severity

__all__ = ["CURRICULA", "known_modules", "load_curriculum"]

CURRICULA = "curricula"
"""The folder that holds one file for each curriculum."""


def load_curriculum(name_or_path: str | Path) -> Curriculum:
    """A curriculum of the library, by its name, or anyone's, by the path of its file.

    Args:
        name_or_path: `"parlons-ia"`, or a path that ends in `.yaml`.

    Raises:
        RecordError: with every fault of the file, or because there is none.
    """
    path = Path(name_or_path)
    shown = str(path)
    if path.suffix not in (".yaml", ".yml"):
        path = _folder() / f"{path.name}.yaml"
        shown = f"{CURRICULA}/{path.name}"
    source = read_source(path, shown)
    curriculum, problems = None, list(source.problems)
    if source.root is not None:
        curriculum, faults = typed(
            Curriculum, source.root.plain(), source, source.root, language=DEFAULT_LANGUAGE
        )
        problems += faults
    errors = [problem for problem in problems if problem.severity is Severity.ERROR]
    if errors or curriculum is None:
        raise RecordError(errors or problems)
    return curriculum


@cache
def known_modules() -> tuple[str, ...]:
    """The names of all modules of the library's curricula, each once.

    The files are those of the installed package: they are read once.

    Raises:
        RecordError: one of the files is not sound.
    """
    names: dict[str, None] = {}
    for path in sorted(_folder().glob("*.yaml")):
        names.update(dict.fromkeys(module.id for module in load_curriculum(path).modules))
    return tuple(names)


def _folder() -> Path:
    """Where the library's own curricula are."""
    package = Path(__file__).resolve().parents[1]
    installed = package / CURRICULA
    return installed if installed.is_dir() else package.parents[1] / CURRICULA
