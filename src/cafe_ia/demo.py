"""The main job on a real programme: copy it, check it, publish it.

The example that ships with the package is copied where a person can change it; from the copy come
the calendar, the page and the table that anyone can open. Run again, it renews what nobody
touched and leaves alone what somebody changed.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from cafe_ia.files.reading import PROGRAMME, read_programme
from cafe_ia.files.saving import replace_file
from cafe_ia.files.starting import SCHEMAS, make_folder
from cafe_ia.problem import Problem, Severity
from cafe_ia.schema import schema_bytes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from importlib.resources.abc import Traversable

    from cafe_ia.programme import Programme

__all__ = ["Demo", "make_demo"]

_MEMORY = ".cafe-ia-demo.json"
"""The file in which the demo remembers what it wrote, by digest."""


@dataclass(slots=True)
class Demo:
    """What the demo did."""

    folder: Path
    programme: Programme | None = None
    """The programme as it stands in the folder now; none if it cannot be read."""
    problems: list[Problem] = field(default_factory=list)
    """What is wrong with it, and what someone should look at."""
    written: list[Path] = field(default_factory=list)
    """Files that are new or renewed."""
    kept: list[Path] = field(default_factory=list)
    """Files that a person changed, left as they are."""

    @property
    def sound(self) -> bool:
        """Whether the programme has no error, so that it could be published."""
        errors = any(problem.severity is Severity.ERROR for problem in self.problems)
        return self.programme is not None and not errors


def make_demo(folder: Path, *, language: str = "fr") -> Demo:
    """Copy the example programme to `folder/programme`, check it, publish it in `folder/public`.

    Args:
        folder: Where; it is made if it is not there.
        language: The language of the calendar, the table and the JSON-LD.

    Raises:
        RecordError: a file cannot be written.
    """
    from cafe_ia.checks import check

    demo, memory = Demo(folder), _Memory(folder)
    stands = (folder / "programme" / PROGRAMME).exists()
    for inner, content in _example():
        name = PurePosixPath("programme", inner)
        if not (stands and memory.taken_away(name)):
            memory.put(demo, name, content)
    reading = read_programme(folder / "programme")
    demo.programme, demo.problems = reading.programme, list(reading.problems)
    if reading.programme is not None:
        demo.problems += [reading.located(one) for one in check(reading.programme)]
        if demo.sound:
            for file, make in _publications(language).items():
                memory.put(demo, PurePosixPath("public", file), make(reading.programme))
    memory.save()
    return demo


def _publications(language: str) -> Mapping[str, Callable[[Programme], bytes]]:
    """The files that everyone can open, and what makes each."""
    from cafe_ia.calendar import to_ics
    from cafe_ia.exchange import to_csv, to_jsonld
    from cafe_ia.page import to_html

    return {
        "programme.ics": lambda programme: to_ics(programme, language=language),
        "programme.jsonld": lambda programme: to_jsonld(programme, language=language),
        "programme.csv": lambda programme: to_csv(programme, language=language),
        "index.html": to_html,
    }


def _example() -> Iterator[tuple[str, bytes]]:
    """The files of the example programme, and the schemas that their first lines name."""

    def walk(folder: Traversable, above: str) -> Iterator[tuple[str, bytes]]:
        for entry in sorted(folder.iterdir(), key=lambda one: one.name):
            if entry.is_dir():
                yield from walk(entry, f"{above}{entry.name}/")
            elif entry.name.endswith((".yaml", ".md")):
                yield f"{above}{entry.name}", entry.read_bytes()

    yield from walk(files("cafe_ia").joinpath("example"), "")
    for name in ("programme", "session"):
        yield f"{SCHEMAS}/{name}.schema.json", schema_bytes(name)


class _Memory:
    """What the demo wrote the last time, so that what a person changed since is left alone."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.path = folder / _MEMORY
        self.digests: dict[str, str] = {}
        try:
            known = json.loads(self.path.read_text("utf-8"))
        except (OSError, ValueError):
            known = {}
        if isinstance(known, dict):
            self.digests = {str(name): str(digest) for name, digest in known.items()}

    def taken_away(self, name: PurePosixPath) -> bool:
        """Whether a person deleted a file that the demo had written."""
        return str(name) in self.digests and not (self.folder / name).exists()

    def put(self, demo: Demo, name: PurePosixPath, content: bytes) -> None:
        """Write a file, unless it stands there already or a person changed it."""
        path, new = self.folder / name, hashlib.sha256(content).hexdigest()
        if path.exists():
            old = hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else None
            if old == new:
                self.digests[str(name)] = new
                return
            if old is None or old != self.digests.get(str(name)):
                demo.kept.append(path)
                return
        make_folder(path.parent)
        replace_file(path, content)
        self.digests[str(name)] = new
        demo.written.append(path)

    def save(self) -> None:
        """Remember for the next time."""
        content = f"{json.dumps(self.digests, indent=1, sort_keys=True)}\n".encode()
        if not self.path.is_file() or self.path.read_bytes() != content:
            replace_file(self.path, content)
