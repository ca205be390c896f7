"""A module's folder becomes a record: what has no language, and a Markdown file for each language.

Every fault of every file is told in one pass, each at its line.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic_core import PydanticCustomError

from cafe_ia.curriculum import Module, Moment, Standing
from cafe_ia.entry import whole_number
from cafe_ia.files.comparing import compare
from cafe_ia.files.cutting import read_outline
from cafe_ia.files.lesson import Lesson, is_partial, read_lesson
from cafe_ia.files.library import MODULE, module_folder
from cafe_ia.files.shape import woven
from cafe_ia.files.tree import read_source
from cafe_ia.files.typed import typed
from cafe_ia.phrases import DEFAULT_LANGUAGE
from cafe_ia.problem import Place, Problem, RecordError, Severity
from cafe_ia.schema import IN_OTHER_FILES
from cafe_ia.session import Mode
from cafe_ia.text import language_tag

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cafe_ia.files.node import Source

__all__ = ["ModuleReading", "load_module", "read_module"]


@dataclass(slots=True)
class ModuleReading:
    """What was read from a module's folder."""

    folder: Path
    source: Source
    """`module.yaml`."""
    first: str = DEFAULT_LANGUAGE
    """The language in which it was written first."""
    lessons: dict[str, Lesson] = field(default_factory=dict)
    """The languages, the source's first."""
    module: Module | None = None
    """The module, where nothing is wrong with it."""
    problems: list[Problem] = field(default_factory=list)
    """What is wrong with the files, in their order."""

    @property
    def original(self) -> Lesson | None:
        """The lesson from which the others are translated."""
        return self.lessons.get(self.first)

    def order(self, problem: Problem) -> tuple[int, Place]:
        """Where a problem is told: file by file, the source's first, in the order of the lines."""
        place = problem.place or Place("")
        lessons = [one.outline.source.file for one in self.lessons.values()]
        return lessons.index(place.file) + 1 if place.file in lessons else 0, place


def load_module(name_or_folder: str | Path) -> Module:
    """A module of the library, by its name, or anyone's, by its folder.

    Raises:
        RecordError: with every fault of every file, or because there is none.
    """
    reading = read_module(module_folder(name_or_folder))
    errors = [one for one in reading.problems if one.severity is Severity.ERROR]
    if errors or reading.module is None:
        raise RecordError(errors or reading.problems)
    return reading.module


def read_module(folder: Path, *, shown: str | None = None) -> ModuleReading:
    """Read all the files of a module's folder.

    Args:
        folder: The folder that holds `module.yaml` and a Markdown file for each language.
        shown: The folder's path as a person should see it in messages.
    """
    shown = str(folder) if shown is None else shown
    source = read_source(folder / MODULE, str(Path(shown, MODULE)))
    reading = ModuleReading(folder, source, problems=source.problems)
    data = source.root.plain() if source.root is not None else {}
    if not isinstance(data, dict):
        data = {}
    first = reading.first = str(data.get("source") or DEFAULT_LANGUAGE)
    paths = _lessons(reading)
    if first in paths:
        paths = {first: paths.pop(first), **paths}
    elif source.root is not None and not isinstance(_tag(first), PydanticCustomError):
        file = f"{first}.md"
        place = source.place(source.root.find(("source",))[0])
        reading.problems.append(Problem("source-missing", {"file": file}, ("source",), place))
    standing = {}
    for language, path in paths.items():
        outline = read_outline(path, language, str(Path(shown, path.name)))
        lesson = reading.lessons[language] = read_lesson(outline)
        standing[language] = _standing(lesson)
    texts = _texts(reading)
    for lesson in reading.lessons.values():
        reading.problems += lesson.outline.source.problems
    if source.root is not None:
        whole = {"id": _slug_of(folder), **data, "standing": standing or {DEFAULT_LANGUAGE: {}}}
        _typed(reading, whole, texts)
    reading.problems.sort(key=reading.order)
    return reading


def _lessons(reading: ModuleReading) -> dict[str, Path]:
    """The lessons' files by the language that is their name; a name that is none is told."""
    found: dict[str, Path] = {}
    for path in sorted(reading.folder.glob("*.md")):
        if path.stem.upper() in ("README", "LICENSE", "SOURCES"):
            continue
        tag = _tag(path.stem)
        if isinstance(tag, str):
            found[tag] = path
        else:
            place = Place(str(Path(reading.source.file).with_name(path.name)))
            reading.problems.append(Problem(tag.type, dict(tag.context or {}), (), place))
    return found


def _tag(typed_tag: str) -> str | PydanticCustomError:
    """A language's tag as it is written, or why there is none of that name."""
    try:
        return language_tag(typed_tag)
    except PydanticCustomError as error:
        return error


def _slug_of(folder: Path) -> str:
    return folder.resolve().name


def _standing(lesson: Lesson) -> dict[str, Any]:
    """How far a lesson's text may be trusted: the fields at the head of its file."""
    source = lesson.outline.source
    if source.root is None:
        return {}
    data = source.root.plain()
    _, faults = typed(Standing, data, source, source.root, language=lesson.language)
    source.problems += faults
    return {} if faults else dict(data)


def _texts(reading: ModuleReading) -> dict[str, Any]:
    """The fields of the module that stand in the lessons, in every language at once."""
    lessons, original = reading.lessons, reading.original
    if original is None or not original.shape:
        return {}

    def differ(
        language: str, line: int, path: tuple[str | int, ...], count: int, source: int
    ) -> None:
        lesson = lessons[language]
        if not {path[0]} & (original.faulty | lesson.faulty):
            heading = lesson.outline.lines[line].strip("#*-+ ")
            values = {"heading": heading, "count": count, "source": source}
            lesson.outline.source.tell("translation-differs", lesson.outline.place(line), **values)

    shapes = {language: lesson.shape for language, lesson in lessons.items()}
    texts: dict[str, Any] = woven(shapes, differ)
    compare(list(lessons.values()))
    for term in texts.get("terms", ()):
        if darija := term.pop("darija", None):
            term["word"]["ary"] = darija
    for step in texts.get("steps", ()):
        if not step["guide"]:  # a break needs no words
            del step["guide"]
    return texts


def _typed(reading: ModuleReading, data: dict[str, Any], texts: Mapping[str, Any]) -> None:
    """Build the record; where the lessons are not sound, look at `module.yaml` all the same."""
    source = reading.source
    assert source.root is not None  # the caller has looked
    elsewhere = set(IN_OTHER_FILES[Module]) & set(data) - {"standing"}
    for name in elsewhere:
        place = source.place(source.root.keys.get(name))
        file = f"{data.get('source') or DEFAULT_LANGUAGE}.md"
        values = {"field": name, "file": file}
        reading.problems.append(Problem("field-of-lesson", values, (), place))
        del data[name]
    steps = data.get("steps")
    _tell_worded(reading)
    moments = [step for step in steps if isinstance(step, dict)] if isinstance(steps, list) else []
    spoken = texts.get("steps", [])
    if reading.original is not None and moments and "steps" in reading.original.shape:
        _same_steps(reading, len(moments), len(spoken))
    errors = any(one.severity is Severity.ERROR for one in reading.problems)
    sound = bool(texts) and not errors
    words = {name: said for name, said in texts.items() if name != "steps"}
    whole = {**data, **(words if sound else _NO_TEXTS)}
    if isinstance(steps, list):
        told = spoken if sound else [_NO_STEP] * len(steps)
        whole["steps"] = [
            {**one, **step} if isinstance(step, dict) else step
            for step, one in zip(steps, told, strict=False)
        ]
    language = str(data.get("source") or DEFAULT_LANGUAGE)
    module, faults = typed(Module, whole, source, source.root, language=language)
    reading.problems += faults
    _minutes(reading, moments)
    _wordless(reading, moments)
    if not any(one.severity is Severity.ERROR for one in reading.problems):
        reading.module = module


def _tell_worded(reading: ModuleReading) -> None:
    """Tell the words of a step that stand in `module.yaml`: they belong to the languages."""
    root = reading.source.root
    steps = root.value.get("steps") if root is not None and isinstance(root.value, dict) else None
    for step in steps.value if steps is not None and isinstance(steps.value, list) else []:
        for name in IN_OTHER_FILES[Moment]:
            if name in step.keys:
                values = {"field": name, "file": f"{reading.first}.md"}
                place = reading.source.place(step.keys[name])
                reading.problems.append(Problem("field-of-lesson", values, (), place))


def _same_steps(reading: ModuleReading, here: int, said: int) -> None:
    """Tell where the source's lesson has another number of steps than `module.yaml`."""
    if here == said or reading.original is None or "steps" in reading.original.faulty:
        return
    outline = reading.original.outline
    line = outline.pieces["steps",].line
    heading = outline.lines[line].strip("# ")
    values = {"heading": heading, "count": said, "steps": here}
    reading.problems.append(Problem("steps-differ", values, ("steps",), outline.place(line)))


def _wordless(reading: ModuleReading, steps: list[dict[str, Any]]) -> None:
    """Tell each step of which a language that is read says nothing; a break needs no words."""
    for lesson in reading.lessons.values():
        outline = lesson.outline
        pieces = outline.inside("steps")
        if is_partial(lesson.language) or len(pieces) != len(steps):  # that is told
            continue
        for step, piece in zip(steps, pieces, strict=True):
            if not piece.words and not piece.waiting and step.get("mode") != Mode.BREAK.value:
                place = outline.place(piece.line)
                problem = Problem("part-empty", {"heading": piece.title}, (), place)
                reading.problems.append(problem)


def _totals(steps: list[dict[str, Any]]) -> dict[int, int]:
    """What the steps of each version add up to; nothing where one of the lengths is none."""
    totals: dict[int, int] = {}
    try:
        for step in steps:
            for version, length in dict(step["minutes"]).items():
                key, minutes = whole_number(version), whole_number(length)
                if minutes < 1:
                    return {}
                totals[key] = totals.get(key, 0) + minutes
    except (KeyError, TypeError, ValueError, PydanticCustomError):  # its own field tells it
        return {}
    return totals


def _minutes(reading: ModuleReading, steps: list[dict[str, Any]]) -> None:
    """Tell each version whose steps do not add up to its length, and names used twice.

    The minutes are read as they were typed, so that another fault does not hide theirs.
    """
    source = reading.source
    assert source.root is not None  # the steps came from it
    place = source.place(source.root.keys.get("steps"))
    for version, total in sorted(_totals(steps).items()):
        if total != version:
            values = {"version": version, "total": total}
            reading.problems.append(Problem("module-minutes", values, ("steps",), place))
    seen: dict[str, int] = {}
    for n, step in enumerate(steps):
        name = str(step.get("id"))
        if name in seen:
            node, _ = source.root.find(("steps", n, "id"))
            said = {"id": name, "line": seen[name]}
            reading.problems.append(Problem("step-twice", said, (), source.place(node)))
        node, _ = source.root.find(("steps", n))
        seen.setdefault(name, node.line + 1)


_NO_STEP: Mapping[str, Any] = {"title": {DEFAULT_LANGUAGE: "–"}}
_SAID = {DEFAULT_LANGUAGE: "–"}
_NO_TEXTS: Mapping[str, Any] = {
    "question": _SAID,
    "invitation": _SAID,
    "objectives": (),
    "prediction": _SAID,
    "twin": {"rules": _SAID},
    "debate": {"question": _SAID},
    "hard": {"said": _SAID, "reply": _SAID},
    "takeaway": _SAID,
}
"""What stands for the lessons' words while they are not sound, so that `module.yaml` is looked
at in the same pass; a record made of it is never given out."""
