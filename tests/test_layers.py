"""Imports go down the layers of DESIGN.md only, and importing the package costs nothing."""

from __future__ import annotations

import ast
import subprocess
import sys
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

SOURCE = Path(str(files("cafe_ia")))

LAYERS: tuple[tuple[str, ...], ...] = (
    ("phrases", "prose"),
    ("problem", "zone"),
    ("entry",),
    ("text",),
    ("record",),
    ("framework", "session"),
    ("curriculum", "feedback", "programme"),
    ("schema",),
    ("files", "intake"),
    ("checks", "planning", "wording"),
    ("calendar", "exchange", "forms", "notebook", "page", "summary"),
    ("classroom",),
    ("demo",),
    ("cli",),
    ("__main__",),
)
"""The rooms from the ground up: one imports only from those below it."""

APART = {"machines": (), "__init__": ()}
"""What stands beside the layers: notebooks' machines import nothing of the package, and its
front page imports by name when a name is used."""


def modules() -> Iterator[Path]:
    """The package's modules, from its root."""
    for path in sorted(SOURCE.rglob("*.py")):
        yield path.relative_to(SOURCE)


def room(path: Path) -> str:
    """The room in which a module stands."""
    return path.parts[0].removesuffix(".py")


def imported(path: Path) -> Iterator[str]:
    """The rooms that a module imports from, also inside functions and for types only."""
    for node in ast.walk(ast.parse((SOURCE / path).read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno}: imports are absolute"
            names = [alias.name for alias in node.names]
            whole = f"{node.module}"
            yield from _rooms(
                [f"{whole}.{name}" for name in names] if whole == "cafe_ia" else [whole]
            )
        elif isinstance(node, ast.Import):
            yield from _rooms([alias.name for alias in node.names])


def _rooms(names: list[str]) -> Iterator[str]:
    for name in names:
        package, _, rest = name.partition(".")
        if package == "cafe_ia" and rest:
            yield rest.partition(".")[0]


FLOORS = {name: floor for floor, names in enumerate(LAYERS) for name in names}


@pytest.mark.parametrize("path", list(modules()), ids=str)
def test_module_imports_only_from_lower_layers(path: Path) -> None:
    """A room never reaches up; a new room must be given its layer here."""
    here = room(path)
    if here in APART:
        if here == "machines":
            assert list(imported(path)) == []
        return
    assert here in FLOORS, f"{here} has no layer yet"
    for there in imported(path):
        if there != here:
            below = FLOORS.get(there, len(LAYERS)) < FLOORS[here]
            assert below, f"{path} imports cafe_ia.{there}"


def loaded_after(statement: str) -> set[str]:
    """The modules that a fresh interpreter has loaded after a statement."""
    command = f"{statement}\nimport sys\nprint(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", command], capture_output=True, text=True, check=True
    )
    return set(done.stdout.split())


def test_import_of_the_package_loads_nothing_heavy() -> None:
    """`import cafe_ia` loads no dependency at all, and only its own first page."""
    before, after = loaded_after("pass"), loaded_after("import cafe_ia")
    added = {name.partition(".")[0] for name in after - before}
    assert added & {
        "babel", "holidays", "ics", "icalendar", "jinja2", "langcodes", "pandas", "pydantic",
        "pydantic_core", "typer", "yaml",
    } == set()  # fmt: skip
    assert {name for name in after if name.startswith("cafe_ia")} == {"cafe_ia"}


def test_reading_a_programme_loads_only_what_reading_needs() -> None:
    """Neither calendars, figures, pages nor a rare language's registry come with the files."""
    statement = (
        "import cafe_ia\nfrom importlib.resources import files\n"
        "cafe_ia.load_programme(str(files('cafe_ia').joinpath('example')))"
    )
    added = {name.partition(".")[0] for name in loaded_after(statement)}
    assert {"pydantic", "yaml"} <= added
    assert added & {
        "babel", "dateutil", "holidays", "ics", "icalendar", "jinja2", "langcodes", "pandas",
        "typer",
    } == set()  # fmt: skip


def test_front_page_gives_every_name_it_promises() -> None:
    """Each name is the one of its home, the list is sorted, and a slip is an AttributeError."""
    import cafe_ia

    assert cafe_ia.__all__ == sorted(cafe_ia.__all__)
    assert dir(cafe_ia) == cafe_ia.__all__
    for name in cafe_ia.__all__:
        assert getattr(cafe_ia, name).__name__ == name
    with pytest.raises(AttributeError, match="Sesion"):
        _ = cafe_ia.Sesion


def test_front_page_tells_type_checkers_the_same_names() -> None:
    """What is imported for types and what is loaded by name are one list."""
    import cafe_ia

    tree = ast.parse((SOURCE / "__init__.py").read_text("utf-8"))
    for_types = {
        alias.asname or alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("cafe_ia.")
        for alias in node.names
    }
    assert for_types == set(cafe_ia.__all__)
