"""The curricula: a file for each, and beside it the folders of the modules that are written.

The library's own stand in `curricula/`: inside the package once it is installed, beside `src/`
in a checkout. A curriculum of someone else may name the library's modules as well as its own.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cafe_ia.curriculum import Curriculum
from cafe_ia.files.library import (
    CURRICULA,
    MODULE,
    MODULES,
    entries,
    folders_of_modules,
    own_curricula,
    written_modules,
)
from cafe_ia.files.modules import ModuleReading, read_module
from cafe_ia.files.reading import PROGRAMME
from cafe_ia.files.tree import read_source
from cafe_ia.files.typed import nearest, typed
from cafe_ia.phrases import DEFAULT_LANGUAGE
from cafe_ia.problem import Place, Problem, RecordError, Severity

if TYPE_CHECKING:
    from cafe_ia.files.node import Source

__all__ = [
    "CurriculumReading", "find_curricula", "find_modules", "load_curriculum", "read_curriculum",
]  # fmt: skip


@dataclass(slots=True)
class CurriculumReading:
    """What was read of a curriculum."""

    source: Source
    curriculum: Curriculum | None = None
    """The curriculum with the modules that are sound; none if its own file is not."""
    modules: list[ModuleReading] = field(default_factory=list)
    """The modules that are written, in order."""
    problems: list[Problem] = field(default_factory=list)
    """What is wrong with the curriculum's own file."""


def load_curriculum(name_or_path: str | Path) -> Curriculum:
    """A curriculum of the library, by its name, or anyone's, by the path of its file.

    Args:
        name_or_path: `"parlons-ia"`, a path that ends in `.yaml`, or a folder that holds one.

    Raises:
        RecordError: with every fault of its file and of its modules, or because there is none.
    """
    path, shown = _file_of(name_or_path)
    reading = read_curriculum(path, shown)
    problems = [*reading.problems, *(one for module in reading.modules for one in module.problems)]
    errors = [problem for problem in problems if problem.severity is Severity.ERROR]
    if errors or reading.curriculum is None:
        raise RecordError(errors or problems)
    return reading.curriculum


def read_curriculum(
    path: Path, shown: str | None = None, *, read: dict[Path, ModuleReading] | None = None
) -> CurriculumReading:
    """Read a curriculum's file and the modules that it names.

    Args:
        path: The file.
        shown: The path as a person should see it in messages.
        read: Modules beside the file that are read already, by their folder: several curricula
            name the same ones. Those that are read now are added.
    """
    source = read_source(path, shown)
    reading = CurriculumReading(source, problems=source.problems)
    if source.root is None:
        return reading
    data = {"id": path.stem, **source.root.plain()}
    entries = data.get("modules")
    entries = [entries] if isinstance(entries, str) else entries
    if isinstance(entries, list):
        read = {} if read is None else read
        data["modules"] = [
            _entry(reading, n, one, path.parent, read) for n, one in enumerate(entries)
        ]
    reading.curriculum, faults = typed(
        Curriculum, data, source, source.root, language=DEFAULT_LANGUAGE
    )
    reading.problems = sorted([*reading.problems, *faults], key=lambda one: one.place or Place(""))
    return reading


def _entry(
    reading: CurriculumReading,
    n: int,
    typed_entry: Any,
    folder: Path,
    read: dict[Path, ModuleReading],
) -> Any:
    """One place of a curriculum: a bare name, or fields; with its module, if it is written."""
    entry = {"id": typed_entry} if isinstance(typed_entry, str) else typed_entry
    if not isinstance(entry, dict) or not isinstance(entry.get("id"), str):
        return entry
    source, name = reading.source, entry["id"]
    assert source.root is not None  # the entry came from it
    place = source.place(source.root.find(("modules", n))[0])
    names = [one["id"] if isinstance(one, dict) else one for one in entries(source)[:n]]
    if name in names:
        source.tell("module-twice", place, module=name)
    written = _written(name, folder)
    if written is None:
        if "question" not in entry:
            known = folders_of_modules(folder / MODULES) + written_modules()
            values = {"known": ", ".join(known) or "–", "near": nearest(name, known)}
            source.tell("entry-question-missing", place, module=name, **values)
            return {**entry, "question": name}
        return entry
    if "question" in entry:
        source.tell("entry-question-unneeded", place, module=name)
    module = read.get(written) or read_module(written, shown=_shown(written, folder, source.file))
    if written.is_relative_to(folder):  # the library's own are shown by another path
        read[written] = module
    reading.modules.append(module)
    question: Any = module.module.question if module.module else name
    return {**entry, "question": question, "module": module.module}


def _written(name: str, folder: Path) -> Path | None:
    """Where the module of a name is written: beside the curriculum, else in the library."""
    for root in (folder, own_curricula()):
        if Path(name).name == name and (root / MODULES / name / MODULE).is_file():
            return root / MODULES / name
    return None


def _shown(written: Path, folder: Path, file: str) -> str:
    """A module's folder as a person should see it, beside the curriculum's file."""
    if written.is_relative_to(folder):
        return str(Path(file).parent / written.relative_to(folder))
    return str(Path(CURRICULA, MODULES, written.name))


def _file_of(name_or_path: str | Path) -> tuple[Path, str]:
    """The file of a curriculum, and its path as a person should see it.

    Raises:
        RecordError: `curriculum-unknown`.
    """
    path = Path(name_or_path)
    if path.suffix in (".yaml", ".yml"):
        return path, str(path)
    if path.is_dir() and len(found := sorted(path.glob("*.yaml"))) == 1:
        return found[0], str(found[0])
    own = own_curricula() / f"{path.name}.yaml"
    if path.is_dir() or not own.is_file():
        known = [one.stem for one in sorted(own_curricula().glob("*.yaml"))]
        values = {"name": str(path), "known": ", ".join(known), "near": nearest(path.name, known)}
        raise RecordError([Problem("curriculum-unknown", values)])
    return own, f"{CURRICULA}/{own.name}"


def find_curricula(folder: Path) -> list[Path]:
    """The curricula's files below a folder: each YAML file beside a folder `modules`, in order.

    A programme may have modules of its own: its own file is no curriculum.
    """
    folders = [
        path.parent
        for path in sorted(folder.rglob(MODULES))
        if path.is_dir() and not _hidden(path, folder)
    ]
    if folder.name == CURRICULA and folder not in folders:
        folders.append(folder)
    files = [file for one in folders for file in sorted(one.glob("*.yaml"))]
    return [file for file in files if file.name != PROGRAMME]


def find_modules(folder: Path) -> list[Path]:
    """The modules' folders below a folder, itself included, in order."""
    found = sorted(folder.rglob(MODULE))
    return [path.parent for path in found if not _hidden(path, folder)]


def _hidden(path: Path, folder: Path) -> bool:
    """Whether a path lies where nobody writes records: a hidden folder, or Python's packages."""
    parts = path.relative_to(folder).parts
    return any(part.startswith(".") or part == "site-packages" for part in parts)
